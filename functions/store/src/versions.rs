//! Versions of what happened, for ETags: a phone or board that has the newest is told so for half a
//! read unit, or for nothing on one machine.
//!
//! An order is one write unit, so it cannot also move a version. On AWS `tally` moves it, once for a
//! batch of the table's stream. The embedded table has one owner, so there the version lives in this
//! process; it begins anew with a random number at every start, which at worst sends a page once more.

use crate::client::Store;
use crate::error::StoreError;
use crate::expression::Update;
use crate::item::Key;
use crate::keys;
use crate::table::Table;
use crate::table_ops::Consistency;
use domain::{BuildingId, CommunityId, HouseholdId, RunId};
use std::collections::HashMap;
use std::hash::{BuildHasher, Hasher};
use std::sync::{Mutex, PoisonError};

/// What a page looks at.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Watch {
    /// Everything that happens in a run in a building: rounds, boards, a household's orders there.
    Building(RunId, BuildingId),
    /// What households without a door have in a run.
    Doorless(RunId),
    /// A household's needs, and the notices it has seen.
    Needs(HouseholdId),
    /// The desk's queue of open needs.
    Desk,
}

impl Watch {
    /// In the table a building has one version for all its runs: a phone has a run that is delivered and one that is
    /// open, and would pay for each at every look. What it costs is a look again when the other one moved.
    fn key(self, c: &CommunityId) -> Key {
        match self {
            Self::Building(_, building) => keys::version(keys::building_news(c, building)),
            Self::Doorless(_) => keys::version(keys::doorless_news(c)),
            Self::Needs(household) => keys::version(keys::household(c, household)),
            Self::Desk => keys::version(keys::desk_queue(c)),
        }
    }
}

/// How often something changed, as text for an ETag. Only equality means anything.
pub type Version = String;

const COUNT: &str = "n";

/// The versions of one process that owns its table.
#[derive(Debug)]
pub(crate) struct Versions {
    start: u64,
    counts: Mutex<HashMap<(CommunityId, Watch), u64>>,
}

impl Default for Versions {
    fn default() -> Self {
        // The standard library's per-process random keys: enough to differ from the last start.
        let start = std::hash::RandomState::new().build_hasher().finish();
        Self { start, counts: Mutex::default() }
    }
}

impl Versions {
    pub(crate) fn bump(&self, c: &CommunityId, watch: Watch) {
        let mut counts = self.counts.lock().unwrap_or_else(PoisonError::into_inner);
        *counts.entry((c.clone(), watch)).or_default() += 1;
    }

    fn get(&self, c: &CommunityId, watch: Watch) -> Version {
        let counts = self.counts.lock().unwrap_or_else(PoisonError::into_inner);
        let count = counts.get(&(c.clone(), watch)).copied().unwrap_or(0);
        format!("{:x}-{count}", self.start)
    }
}

impl Store {
    /// The version of what `watch` looks at. Read it **before** the facts: then a change in between
    /// shows once too often, never too late. Costs 0.5 read units, on one machine nothing.
    ///
    /// # Errors
    /// Any transport error of [`StoreError`].
    pub async fn version(&self, c: &CommunityId, watch: Watch) -> Result<Version, StoreError> {
        if self.owns_its_table() {
            return Ok(self.versions().get(c, watch));
        }
        let item = self.get(Table::Main, &watch.key(c), Consistency::Eventual).await?;
        Ok(item.and_then(|item| item.number(COUNT)).unwrap_or(0).to_string())
    }

    /// The versions of several, in their order: one call for a hundred of them.
    ///
    /// # Errors
    /// Any transport error of [`StoreError`].
    pub async fn versions_of(&self, c: &CommunityId, watches: &[Watch]) -> Result<Vec<Version>, StoreError> {
        if self.owns_its_table() {
            return Ok(watches.iter().map(|watch| self.versions().get(c, *watch)).collect());
        }
        let keys: Vec<Key> = watches.iter().map(|watch| watch.key(c)).collect();
        let items = self.batch_get(Table::Main, keys.iter().cloned(), Consistency::Eventual).await?;
        let count = |key| items.get(key).and_then(|item| item.number(COUNT)).unwrap_or(0);
        Ok(keys.iter().map(|key| count(key).to_string()).collect())
    }

    /// Whether [`Store::version`] costs nothing and is exact: true on one machine.
    #[must_use]
    pub fn versions_are_free(&self) -> bool {
        self.owns_its_table()
    }

    /// Moves the version of what `watch` looks at. For `tally`, once for a batch: 1 write unit. Moving
    /// it twice does no harm.
    ///
    /// # Errors
    /// Any transport error of [`StoreError`].
    pub async fn bump_version(&self, c: &CommunityId, watch: Watch) -> Result<(), StoreError> {
        if self.owns_its_table() {
            self.versions().bump(c, watch);
            return Ok(());
        }
        self.update(Table::Main, Update::of(watch.key(c)).add(COUNT, 1)).await.map(drop)
    }

    /// After a committed write on one machine.
    pub(crate) fn changed(&self, c: &CommunityId, watch: Watch) {
        if self.owns_its_table() {
            self.versions().bump(c, watch);
        }
    }
}
