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
use crate::transact::Write;
use domain::actor::Signed;
use domain::window::Window;
use domain::{CommunityId, FactId, HouseholdId, Millis, NoticeId, RunId};
use serde::{Deserialize, Serialize};

/// Spreads an hour over partitions, so that a whole city's closings at 18:00 are no hot key.
const SHARDS: u8 = 4;
/// The most hours walked through in one go after a long stop.
const HOURS_AT_ONCE: i64 = 48;
const HOUR: &str = "hour";

/// What is to be done. A task says only where to look: whether something is still to be done there is
/// decided by whoever takes it, from what stands in the table then.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Task {
    /// A window's ordering time begins.
    Open(RunId),
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
        /// For the how many-th time, from 1.
        level: u8,
    },
    /// The quiet hours are over: somebody has news from them.
    Tell(Signed),
    /// A notice is shown from now on.
    Show(NoticeId),
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
            Task::Open(run) => format!("open-{run}"),
            Task::Close(run) => format!("close-{run}"),
            Task::Seal(run) => format!("seal-{run}"),
            Task::Escalate { household, need, level } => format!("escalate-{household}-{need}-{level}"),
            Task::Tell(who) => format!("tell-{}", keys::who(*who)),
            Task::Show(notice) => format!("show-{notice}"),
        };
        let what = format!("{}-{task}", self.community);
        let spread = hash("due", &[what.as_bytes()]);
        let shard = spread.as_bytes().first().copied().unwrap_or(0) % SHARDS;
        keys::due(self.at, shard, &what)
    }
}

/// What was found when somebody looked for due tasks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sweep {
    /// What is due and not yet done, the earliest first.
    pub due: Vec<Due>,
    /// The last hour since 1970 that was looked at whole or in part.
    looked: i64,
}

impl Sweep {
    /// Whether it looked up to `now`; if not, ask again.
    #[must_use]
    pub fn reaches(&self, now: Millis) -> bool {
        self.looked >= now.0.div_euclid(Millis::HOUR)
    }
}

impl Store {
    /// Notes a task for its time. The same task for the same time is one task. A time that the clock
    /// has passed already counts as now.
    ///
    /// # Errors
    /// Any transport error of [`StoreError`].
    pub async fn schedule(&self, due: &Due) -> Result<(), StoreError> {
        let cursor = self.due_cursor().await?;
        self.put(Table::Main, due_item(due.clone(), cursor)?, Condition::Always).await
    }

    /// Everything that is due at `now` and not yet done. After a long stop it looks at two days at a
    /// time: ask again until nothing is left.
    ///
    /// # Errors
    /// Any transport error of [`StoreError`].
    pub async fn due(&self, now: Millis) -> Result<Sweep, StoreError> {
        let this_hour = now.0.div_euclid(Millis::HOUR);
        let first = self.due_cursor().await?.map_or(this_hour - HOURS_AT_ONCE, |done| done + 1);
        let looked = this_hour.min(first + HOURS_AT_ONCE);
        let mut due: Vec<Due> = Vec::new();
        for hour in first..=looked {
            for shard in 0..SHARDS {
                let query = Query::partition(keys::due_hour(hour, shard));
                let query = query.between("0", keys::due_until(now)).strong();
                for item in self.query(Table::Main, query).await? {
                    let key = item.key()?;
                    match item.into_body() {
                        Ok(one) => due.push(one),
                        Err(error) => self.bury("due", &key, &error.to_string(), now).await?,
                    }
                }
            }
        }
        due.sort();
        Ok(Sweep { due, looked })
    }

    /// A task is done.
    ///
    /// # Errors
    /// Any transport error of [`StoreError`].
    pub async fn done(&self, due: &Due) -> Result<(), StoreError> {
        self.delete(Table::Main, &due.key(), Condition::Always).await
    }

    /// Everything a sweep found is done: the hours before its last one need no further look.
    ///
    /// # Errors
    /// Any transport error of [`StoreError`].
    pub async fn swept(&self, sweep: &Sweep) -> Result<(), StoreError> {
        // One hour back: a task may have been noted for a time that had just passed.
        let hour = sweep.looked - 2;
        let item = Item::new(&keys::due_cursor()).with_number(HOUR, hour);
        let forward = Condition::Any(vec![Condition::Lacks(HOUR), Condition::NumberBelow(HOUR, hour)]);
        match self.put(Table::Main, item, forward).await {
            Ok(()) | Err(StoreError::Conflict { .. }) => Ok(()),
            Err(error) => Err(error),
        }
    }

    /// The last hour since 1970 that needs no further look.
    pub(crate) async fn due_cursor(&self) -> Result<Option<i64>, StoreError> {
        let cursor = self.get(Table::Main, &keys::due_cursor(), Consistency::Strong).await?;
        Ok(cursor.and_then(|item| item.number(HOUR)))
    }
}

/// A task as it is stored; one that is late already stands where the clock will still look.
fn due_item(mut due: Due, cursor: Option<i64>) -> Result<Item, StoreError> {
    if let Some(done) = cursor {
        due.at = due.at.max(Millis((done + 1) * Millis::HOUR));
    }
    Item::new(&due.key()).with_body(&due)
}

/// What has to happen at the times of a window, for the transaction that saves it.
pub(crate) fn window_tasks(
    c: &CommunityId,
    window: &Window,
    cursor: Option<i64>,
) -> Result<Vec<Write>, StoreError> {
    if !window.published || window.sealed.is_some() {
        return Ok(Vec::new());
    }
    let run = window.run;
    let tasks = [
        (window.opens, Task::Open(run)),
        (window.closes, Task::Close(run)),
        (window.grace_ends(), Task::Seal(run)),
    ];
    let put = |(at, task)| {
        let due = Due { at, community: c.clone(), task };
        Ok(Write::Put(Table::Main, due_item(due, cursor)?, Condition::Always))
    };
    tasks.into_iter().map(put).collect()
}
