//! News that no fact tells: ordering began or ended, nobody has read an urgent need, the quiet hours
//! are over. `clock` writes them once; `tally` meets them in the table's stream and tells people.

use crate::client::Store;
use crate::error::StoreError;
use crate::expression::Condition;
use crate::item::Item;
use crate::keys;
use crate::query::Query;
use crate::table::Table;
use domain::actor::Signed;
use domain::{CommunityId, FactId, HouseholdId, Millis, NoticeId, PersonId, RunId};
use serde::{Deserialize, Serialize};

/// How long news are kept: long enough for a night without power.
const DAYS: i64 = 3;

/// What happened.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum What {
    /// Orders are taken from now on.
    Opened(RunId),
    /// No more orders are taken.
    Closed(RunId),
    /// Nobody has read an urgent need: it is this person's turn.
    Escalated {
        /// Whose need.
        household: HouseholdId,
        /// Which.
        need: FactId,
        /// Who is next on duty.
        to: PersonId,
    },
    /// Somebody has news from the quiet hours.
    Held(Signed),
    /// A notice is shown.
    Shown(NoticeId),
}

/// News of a community.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct News {
    /// Since when it is so: part of its name, so that a window closed twice is told twice.
    pub at: Millis,
    /// What.
    pub what: What,
}

impl News {
    /// Names it inside its community.
    #[must_use]
    pub fn name(&self) -> String {
        let what = match &self.what {
            What::Opened(run) => format!("opened-{run}"),
            What::Closed(run) => format!("closed-{run}"),
            What::Escalated { need, to, .. } => format!("escalated-{need}-{to}"),
            What::Held(who) => format!("held-{}", keys::who(*who)),
            What::Shown(notice) => format!("shown-{notice}"),
        };
        format!("{:014}#{what}", self.at.0.max(0))
    }
}

impl Store {
    /// Writes news once. `false` when they were written before.
    ///
    /// # Errors
    /// Any transport error of [`StoreError`].
    pub async fn tell(&self, c: &CommunityId, news: &News, now: Millis) -> Result<bool, StoreError> {
        let seconds = (now + DAYS * Millis::DAY).0.div_euclid(1_000);
        let item = Item::new(&keys::news(c, &news.name())).with_body(news)?.expires_at(seconds);
        match self.put(Table::Main, item, Condition::Absent).await {
            Ok(()) => Ok(true),
            Err(StoreError::Conflict { .. }) => Ok(false),
            Err(error) => Err(error),
        }
    }

    /// News since a time, for whoever missed them.
    ///
    /// # Errors
    /// Any transport error of [`StoreError`].
    pub async fn news_since(&self, c: &CommunityId, since: Millis) -> Result<Vec<News>, StoreError> {
        let query = Query::partition(keys::all_news(c)).from(format!("{:014}", since.0.max(0)));
        self.query(Table::Main, query).await?.into_iter().map(Item::into_body).collect()
    }
}
