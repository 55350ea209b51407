//! What is left of menus that run out, for the screen: read once for everybody who looks within a moment. The word that
//! counts is the order's own transaction, which says "sold out" with what is really left.

use std::collections::{BTreeMap, HashMap};
use std::sync::{Arc, Mutex, PoisonError};

use domain::{CommunityId, MenuCode, Millis, RunId};
use store::{Catalog, StoreError};

use crate::state::AppState;

/// How long the counters are believed, in milliseconds.
const KEPT_MS: i64 = 2_000;

type Counted = Arc<BTreeMap<MenuCode, u32>>;

/// Counters as last read.
#[derive(Debug, Default)]
pub struct Stock {
    kept: Mutex<HashMap<(CommunityId, RunId), (Millis, Counted)>>,
}

impl Stock {
    /// The boxes left in a run, by menu, as they were at most two seconds ago.
    ///
    /// # Errors
    /// The table's.
    pub async fn left(&self, state: &AppState, catalog: &Catalog, run: RunId) -> Result<Counted, StoreError> {
        let (key, now) = ((catalog.id().clone(), run), state.now());
        let kept = self.lock().get(&key).cloned();
        if let Some((read, counted)) = kept
            && (0..KEPT_MS).contains(&(now - read))
        {
            return Ok(counted);
        }
        let counted = Arc::new(state.store().stock_left(catalog, run).await?);
        self.lock().insert(key, (now, counted.clone()));
        Ok(counted)
    }

    /// Somebody was just told what is really left in a community's runs: what is shown next must not say otherwise.
    pub fn forget(&self, c: &CommunityId) {
        self.lock().retain(|(of, _), _| of != c);
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, HashMap<(CommunityId, RunId), (Millis, Counted)>> {
        self.kept.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
