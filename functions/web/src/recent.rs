//! What a household's pages read lately, believed as long as its version stands. On one machine the version is exact
//! and costs nothing to ask, so a page is read from the table once and then again only when something happened there.
//! As a function the version costs what the read does, so there nothing is kept.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use domain::fact::Stamped;
use domain::{CommunityId, HouseholdId, NoticeId, RunId};
use store::{Store, StoreError, Version, Watch};

/// Parts of households that are kept at most; beyond it all are read again. Some 2 KB each.
const KEPT: usize = 10_000;

/// What of a household.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Part {
    /// Its part of a run.
    Run(RunId),
    /// Its newest needs.
    Needs,
    /// Whether it has seen a notice.
    Seen(NoticeId),
}

type Key = (CommunityId, HouseholdId, Part);
type Facts = Arc<Vec<Stamped>>;

/// The facts that were read lately.
#[derive(Debug, Default)]
pub struct Recent {
    kept: Mutex<HashMap<Key, (Version, Facts)>>,
}

impl Recent {
    /// The facts of one part: from memory while `watch` has not moved, else by `read`.
    ///
    /// # Errors
    /// The table's.
    pub async fn get<F>(
        &self,
        store: &Store,
        (c, household, part): (&CommunityId, HouseholdId, Part),
        watch: Watch,
        read: impl FnOnce() -> F,
    ) -> Result<Facts, StoreError>
    where
        F: Future<Output = Result<Vec<Stamped>, StoreError>>,
    {
        if !store.versions_are_free() {
            return Box::pin(read()).await.map(Arc::new);
        }
        // Asked before the read: a change in between is read once too often, never too late.
        let version = store.version(c, watch).await?;
        let key = (c.clone(), household, part);
        if let Some((of, facts)) = self.lock().get(&key)
            && *of == version
        {
            return Ok(facts.clone());
        }
        let facts = Arc::new(Box::pin(read()).await?);
        let mut kept = self.lock();
        if kept.len() >= KEPT {
            kept.clear();
        }
        kept.insert(key, (version, facts.clone()));
        Ok(facts)
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, HashMap<Key, (Version, Facts)>> {
        self.kept.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
