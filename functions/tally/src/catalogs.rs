//! Communities as last read: a batch costs half a read unit to see that nothing moved.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use domain::CommunityId;
use store::{Catalog, Store, StoreError};

/// The communities.
#[derive(Debug, Default)]
pub(crate) struct Catalogs {
    kept: Mutex<HashMap<CommunityId, Arc<Catalog>>>,
}

impl Catalogs {
    /// A community as it is now; `None` where there is none.
    pub(crate) async fn newest(
        &self,
        store: &Store,
        c: &CommunityId,
    ) -> Result<Option<Arc<Catalog>>, StoreError> {
        let kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner).get(c).cloned();
        if let Some(kept) = kept
            && kept.version == store.catalog_version(c).await?
        {
            return Ok(Some(kept));
        }
        let Some(read) = store.catalog(c).await?.map(Arc::new) else { return Ok(None) };
        self.kept.lock().unwrap_or_else(PoisonError::into_inner).insert(c.clone(), read.clone());
        Ok(Some(read))
    }
}
