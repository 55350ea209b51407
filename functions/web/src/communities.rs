//! Communities as last read from the table, so that a page costs no read for menus and places. What this process
//! writes is read anew at once; what another process writes, within [`KEPT_MS`].

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use domain::{CommunityId, Millis};
use store::{Catalog, Store};
use ui::pages::error::Trouble;

use crate::errors::Problem;

/// How long a community is believed, in milliseconds.
const KEPT_MS: i64 = 15_000;

/// The communities.
#[derive(Debug)]
pub struct Communities {
    store: Store,
    /// The address of this server: its cards are known even before the desk saves the settings after a move.
    own_host: String,
    kept: Mutex<HashMap<CommunityId, Kept>>,
    /// One reader at a time: a thousand phones after a deadline ask the table once.
    reading: tokio::sync::Mutex<()>,
}

#[derive(Debug, Clone)]
struct Kept {
    read: Millis,
    catalog: Arc<Catalog>,
}

impl Communities {
    /// Nothing read yet.
    #[must_use]
    pub fn new(store: Store, own_host: String) -> Self {
        Self { store, own_host, kept: Mutex::default(), reading: tokio::sync::Mutex::default() }
    }

    /// The community, as it was at most [`KEPT_MS`] ago.
    ///
    /// # Errors
    /// The table's; [`Trouble::NotFound`] if there is none.
    pub async fn get(&self, id: &CommunityId, now: Millis) -> Result<Arc<Catalog>, Problem> {
        if let Some(catalog) = self.kept(id, now) {
            return Ok(catalog);
        }
        let _alone = self.reading.lock().await;
        if let Some(catalog) = self.kept(id, now) {
            return Ok(catalog);
        }
        let known = self.lock().get(id).map(|kept| kept.catalog.clone());
        let catalog = match known {
            Some(known) => match self.store.catalog_news(id).await? {
                (version, needs) if version == known.version => {
                    let mut known = (*known).clone();
                    known.open_needs = Arc::new(needs);
                    Arc::new(known)
                }
                _ => self.whole(id).await?,
            },
            None => self.whole(id).await?,
        };
        let kept = Kept { read: now, catalog: catalog.clone() };
        self.lock().insert(id.clone(), kept);
        Ok(catalog)
    }

    async fn whole(&self, id: &CommunityId) -> Result<Arc<Catalog>, Problem> {
        let catalog = self.store.catalog(id).await?.ok_or(Trouble::NotFound)?;
        Ok(Arc::new(self.with_own_host(catalog)))
    }

    fn with_own_host(&self, mut catalog: Catalog) -> Catalog {
        if !catalog.community.settings.hosts.contains(&self.own_host) {
            let mut community = (*catalog.community).clone();
            community.settings.hosts.insert(0, self.own_host.clone());
            catalog.community = Arc::new(community);
        }
        catalog
    }

    /// Reads it anew at once: after every write of this process, and before believing that a place is not there.
    ///
    /// # Errors
    /// As [`Communities::get`].
    pub async fn newest(&self, id: &CommunityId, now: Millis) -> Result<Arc<Catalog>, Problem> {
        if let Some(kept) = self.lock().get_mut(id) {
            kept.read = Millis(i64::MIN);
        }
        self.get(id, now).await
    }

    fn kept(&self, id: &CommunityId, now: Millis) -> Option<Arc<Catalog>> {
        let kept = self.lock().get(id).cloned()?;
        let fresh = (0..KEPT_MS).contains(&(now - kept.read));
        fresh.then_some(kept.catalog)
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, HashMap<CommunityId, Kept>> {
        self.kept.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
