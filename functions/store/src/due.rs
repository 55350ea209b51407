//! What has to happen at a time: items by hour, which `clock` walks through. What an item asks for is
//! done by whoever takes it; doing it twice must do no harm, for after a crash it is taken again.

use crate::client::Store;
use crate::error::StoreError;
use crate::expression::Condition;
use crate::item::Item;
use crate::keys;
use crate::query::Query;
use crate::secret::hash;
use crate::table::Table;
use crate::table_ops::Consistency;
use domain::{CommunityId, FactId, HouseholdId, Millis, RunId};
use serde::{Deserialize, Serialize};

/// Spreads an hour over partitions, so that a whole city's closings at 18:00 are no hot key.
const SHARDS: u8 = 4;
/// The most hours walked through in one go after a long stop.
const HOURS_AT_ONCE: i64 = 48;
const HOUR: &str = "hour";

/// What is to be done.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Task {
    /// A window's ordering time ends.
    Close(RunId),
    /// Grace is over: fix the window.
    Seal(RunId),
    /// An urgent need may still be unread: bring it to the next on duty.
    Escalate {
        /// Whose.
        household: HouseholdId,
        /// Which.
        need: FactId,
    },
}

/// A task with its time.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Due {
    /// When.
    pub at: Millis,
    /// For which community.
    pub community: CommunityId,
    /// What.
    pub task: Task,
}

impl Due {
    fn key(&self) -> crate::item::Key {
        let task = match &self.task {
            Task::Close(run) => format!("close-{run}"),
            Task::Seal(run) => format!("seal-{run}"),
            Task::Escalate { household, need } => format!("escalate-{household}-{need}"),
        };
        let what = format!("{}-{task}", self.community);
        let spread = hash("due", &[what.as_bytes()]);
        let shard = spread.as_bytes().first().copied().unwrap_or(0) % SHARDS;
        keys::due(self.at, shard, &what)
    }
}

impl Store {
    /// Notes a task for its time. The same task for the same time is one task.
    ///
    /// # Errors
    /// Any transport error of [`StoreError`].
    pub async fn schedule(&self, due: &Due) -> Result<(), StoreError> {
        self.put(Table::Main, Item::new(&due.key()).with_body(due)?, Condition::Always).await
    }

    /// Everything that is due at `now` and not yet done, the earliest first.
    ///
    /// # Errors
    /// Any transport error of [`StoreError`].
    pub async fn due(&self, now: Millis) -> Result<Vec<Due>, StoreError> {
        let this_hour = now.0.div_euclid(Millis::HOUR);
        let cursor = self.get(Table::Main, &keys::due_cursor(), Consistency::Strong).await?;
        let first = cursor.and_then(|item| item.number(HOUR)).unwrap_or(this_hour - HOURS_AT_ONCE);
        let mut found: Vec<Due> = Vec::new();
        for hour in first..=this_hour.min(first + HOURS_AT_ONCE) {
            for shard in 0..SHARDS {
                let query = Query::partition(keys::due_hour(hour, shard));
                let query = query.between("0", keys::due_until(now)).strong();
                for item in self.query(Table::Main, query).await? {
                    let key = item.key()?;
                    match item.into_body() {
                        Ok(due) => found.push(due),
                        Err(error) => tracing::error!(sk = key.sk(), %error, "left out a due item"),
                    }
                }
            }
        }
        found.sort();
        Ok(found)
    }

    /// A task is done.
    ///
    /// # Errors
    /// Any transport error of [`StoreError`].
    pub async fn done(&self, due: &Due) -> Result<(), StoreError> {
        self.delete(Table::Main, &due.key(), Condition::Always).await
    }

    /// Everything due before `now`'s hour is done: do not look there again. Call it after
    /// [`Store::due`] came back with nothing from earlier hours.
    ///
    /// # Errors
    /// Any transport error of [`StoreError`].
    pub async fn due_done_until(&self, now: Millis) -> Result<(), StoreError> {
        // One hour back: a task may have been noted for a time that had just passed.
        let hour = now.0.div_euclid(Millis::HOUR) - 1;
        let item = Item::new(&keys::due_cursor()).with_number(HOUR, hour);
        let forward = Condition::Any(vec![Condition::Lacks(HOUR), Condition::NumberBelow(HOUR, hour)]);
        match self.put(Table::Main, item, forward).await {
            Ok(()) | Err(StoreError::Conflict { .. }) => Ok(()),
            Err(error) => Err(error),
        }
    }
}
