//! What a household says to its care remarks being kept. A refusal removes them in the same breath, and a later
//! ledger does not bring them back (`web::ledger` asks here).

use std::collections::BTreeSet;

use domain::actor::Signed;
use domain::care::Consent;
use domain::{CommunityId, HouseholdId, Millis};
use serde::{Deserialize, Serialize};

use crate::client::Store;
use crate::error::StoreError;
use crate::expression::Condition;
use crate::item::Item;
use crate::keys;
use crate::query::Query;
use crate::table::Table;
use crate::table_ops::Consistency;
use crate::vault::Vault;

/// What was said, when, and who wrote it down.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct ConsentRecord {
    /// What.
    pub is: Consent,
    /// When.
    pub at: Millis,
    /// Who of the desk heard it.
    pub by: Signed,
}

impl Store {
    /// What a household said; `None` if nobody has asked it yet.
    ///
    /// # Errors
    /// [`StoreError::Corrupt`] when the envelope does not open.
    pub async fn consent(
        &self,
        vault: &Vault,
        c: &CommunityId,
        household: HouseholdId,
    ) -> Result<Option<ConsentRecord>, StoreError> {
        let item = self.get(Table::Main, &keys::consent(c, household), Consistency::Strong).await?;
        item.map(|item| vault.open(&item)).transpose()
    }

    /// Writes down what a household said. A refusal stands before its remarks go, so that an import in the same
    /// moment cannot bring them back.
    ///
    /// # Errors
    /// Any transport error of [`StoreError`].
    pub async fn set_consent(
        &self,
        vault: &Vault,
        c: &CommunityId,
        household: HouseholdId,
        said: ConsentRecord,
    ) -> Result<(), StoreError> {
        let item = vault.seal(Item::new(&keys::consent(c, household)), &said)?;
        self.put(Table::Main, item, Condition::Always).await?;
        if said.is == Consent::Refused {
            let remarks = Query::partition(keys::household(c, household)).prefix(keys::CARE).strong();
            for remark in self.query(Table::Main, remarks).await? {
                self.delete(Table::Main, &remark.key()?, Condition::Always).await?;
            }
        }
        Ok(())
    }

    /// Those of the households that refused.
    ///
    /// # Errors
    /// [`StoreError::Corrupt`] when an envelope does not open.
    pub async fn refused_care(
        &self,
        vault: &Vault,
        c: &CommunityId,
        households: impl IntoIterator<Item = HouseholdId>,
    ) -> Result<BTreeSet<HouseholdId>, StoreError> {
        let mut refused = BTreeSet::new();
        let keys: Vec<_> = households.into_iter().map(|one| (keys::consent(c, one), one)).collect();
        let items = self.batch_get(Table::Main, keys.iter().map(|(key, _)| key.clone()), Consistency::Strong);
        let items = items.await?;
        for (key, household) in keys {
            let Some(item) = items.get(&key) else { continue };
            let said: ConsentRecord = vault.open(item)?;
            if said.is == Consent::Refused {
                refused.insert(household);
            }
        }
        Ok(refused)
    }
}
