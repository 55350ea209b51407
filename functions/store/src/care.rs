//! What is private about a household: telephone numbers and care remarks, sealed item by item. Every
//! read of care is refused or logged here, so that no caller can forget it.

use crate::client::Store;
use crate::error::StoreError;
use crate::expression::Condition;
use crate::facts::AT_ONCE;
use crate::item::Item;
use crate::keys;
use crate::query::Query;
use crate::table::Table;
use crate::table_ops::Consistency;
use crate::vault::Vault;
use domain::actor::{Actor, Right, Signed};
use domain::{CommunityId, HouseholdId, Millis};
use futures_util::stream::{self, StreamExt, TryStreamExt};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::fmt;

/// Telephone numbers of a household, the first to be called first.
#[derive(Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Contact {
    /// The numbers, as they are dialled.
    pub phones: Vec<String>,
}

impl fmt::Debug for Contact {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Contact({} hidden)", self.phones.len())
    }
}

/// A care remark (特殊情况).
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Care {
    /// In words.
    pub text: String,
    /// When somebody has to ask whether it still holds.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub review: Option<Millis>,
}

impl fmt::Debug for Care {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Care(hidden)")
    }
}

/// The answer to a question for care data.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CareRead {
    /// The remarks by flag; the read is on record.
    Read(BTreeMap<String, Care>),
    /// Not this person's to see.
    NotAllowed,
}

/// That somebody read care data.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CareReadRecord {
    /// When.
    pub at: Millis,
    /// Who.
    pub by: Signed,
    /// For what, in words.
    pub purpose: String,
}

impl Store {
    /// Saves telephone numbers, and makes each findable; what is there already is left alone. A number
    /// that a household no longer has is not found any more. Calls: one for 100 households to read, two
    /// for 25 to write, one for each number that is gone.
    ///
    /// # Errors
    /// Any transport error of [`StoreError`].
    pub async fn save_contacts(
        &self,
        vault: &Vault,
        c: &CommunityId,
        contacts: impl IntoIterator<Item = (HouseholdId, Contact)>,
    ) -> Result<(), StoreError> {
        let contacts: BTreeMap<HouseholdId, Contact> = contacts.into_iter().collect();
        let before = self.contacts_read(vault, c, contacts.keys().copied(), Consistency::Strong).await?;
        let changed = || contacts.iter().filter(|(id, contact)| before.get(id) != Some(*contact));
        let (mut findable, mut sealed, mut gone) = (BTreeMap::new(), Vec::new(), Vec::new());
        for (household, contact) in changed() {
            for number in &contact.phones {
                let key = keys::phone(c, &phone_hash(vault, number)?, *household);
                findable.insert(key.clone(), Item::new(&key));
            }
            sealed.push(vault.seal(Item::new(&keys::contact(c, *household)), contact)?);
            let old = before.get(household).map(|old| old.phones.as_slice()).unwrap_or_default();
            for number in old.iter().filter(|number| !contact.phones.contains(number)) {
                gone.push(keys::phone(c, &phone_hash(vault, number)?, *household));
            }
        }
        // Findable first: after a crash in between, the next import finds the numbers still unsaved.
        self.batch_put(Table::Main, findable.into_values()).await?;
        self.batch_put(Table::Main, sealed).await?;
        stream::iter(gone)
            .map(|key| async move { self.delete(Table::Main, &key, Condition::Always).await })
            .buffer_unordered(AT_ONCE)
            .try_collect()
            .await
    }

    /// A household's telephone numbers. The caller has the right to call it.
    ///
    /// # Errors
    /// [`StoreError::Corrupt`] when the envelope does not open.
    pub async fn contact(
        &self,
        vault: &Vault,
        c: &CommunityId,
        household: HouseholdId,
    ) -> Result<Option<Contact>, StoreError> {
        let item = self.get(Table::Main, &keys::contact(c, household), Consistency::Strong).await?;
        item.map(|item| vault.open(&item)).transpose()
    }

    /// The telephone numbers of many households: what a household list for the worst case prints.
    ///
    /// # Errors
    /// [`StoreError::Corrupt`] when an envelope does not open.
    pub async fn contacts(
        &self,
        vault: &Vault,
        c: &CommunityId,
        households: impl IntoIterator<Item = HouseholdId>,
    ) -> Result<BTreeMap<HouseholdId, Contact>, StoreError> {
        self.contacts_read(vault, c, households, Consistency::Eventual).await
    }

    async fn contacts_read(
        &self,
        vault: &Vault,
        c: &CommunityId,
        households: impl IntoIterator<Item = HouseholdId>,
        consistency: Consistency,
    ) -> Result<BTreeMap<HouseholdId, Contact>, StoreError> {
        let by_key: BTreeMap<_, _> =
            households.into_iter().map(|household| (keys::contact(c, household), household)).collect();
        let items = self.batch_get(Table::Main, by_key.keys().cloned(), consistency).await?;
        let known =
            items.iter().filter_map(|(key, item)| by_key.get(key).map(|household| (*household, item)));
        known.map(|(household, item)| Ok((household, vault.open(item)?))).collect()
    }

    /// The households with a telephone number, given whole.
    ///
    /// # Errors
    /// Any transport error of [`StoreError`].
    pub async fn households_by_phone(
        &self,
        vault: &Vault,
        c: &CommunityId,
        number: &str,
    ) -> Result<Vec<HouseholdId>, StoreError> {
        let pk = keys::phone_partition(c, &phone_hash(vault, number)?);
        let items = self.query(Table::Main, Query::partition(pk)).await?;
        let households = items.iter().filter_map(|item| item.key().ok()?.sk().parse().ok());
        Ok(households.collect())
    }

    /// Saves care remarks, each under its flag.
    ///
    /// # Errors
    /// Any transport error of [`StoreError`].
    pub async fn save_care(
        &self,
        vault: &Vault,
        c: &CommunityId,
        remarks: impl IntoIterator<Item = (HouseholdId, String, Care)>,
    ) -> Result<(), StoreError> {
        // One item a key: the table refuses a batch that names one twice.
        let mut sealed = BTreeMap::new();
        for (household, flag, care) in remarks {
            let key = keys::care(c, household, &flag);
            sealed.insert(key.clone(), vault.seal(Item::new(&key), &care)?);
        }
        self.batch_put(Table::Main, sealed.into_values()).await
    }

    /// Removes a care remark: consent was taken back, or it no longer holds.
    ///
    /// # Errors
    /// Any transport error of [`StoreError`].
    pub async fn remove_care(
        &self,
        c: &CommunityId,
        household: HouseholdId,
        flag: &str,
    ) -> Result<(), StoreError> {
        self.delete(Table::Main, &keys::care(c, household, flag), Condition::Always).await
    }

    /// The remarks under one flag of many households, for a program that compares them with a new ledger and shows
    /// nobody more than whether they differ. Who is to **see** a remark asks [`Store::read_care`].
    ///
    /// # Errors
    /// [`StoreError::Corrupt`] when an envelope does not open.
    pub async fn compare_care(
        &self,
        vault: &Vault,
        c: &CommunityId,
        flag: &str,
        households: impl IntoIterator<Item = HouseholdId>,
    ) -> Result<BTreeMap<HouseholdId, Care>, StoreError> {
        let by_key: BTreeMap<_, _> =
            households.into_iter().map(|household| (keys::care(c, household, flag), household)).collect();
        let items = self.batch_get(Table::Main, by_key.keys().cloned(), Consistency::Eventual).await?;
        let known =
            items.iter().filter_map(|(key, item)| by_key.get(key).map(|household| (*household, item)));
        known.map(|(household, item)| Ok((household, vault.open(item)?))).collect()
    }

    /// A household's care remarks, for somebody with [`Right::Desk`]. The record of the read is
    /// written **before** anything is shown.
    ///
    /// # Errors
    /// [`StoreError::Corrupt`] when an envelope does not open.
    pub async fn read_care(
        &self,
        vault: &Vault,
        c: &CommunityId,
        household: HouseholdId,
        reader: &Actor,
        purpose: &str,
        now: Millis,
    ) -> Result<CareRead, StoreError> {
        if !reader.may(Right::Desk, now) {
            return Ok(CareRead::NotAllowed);
        }
        let record = CareReadRecord { at: now, by: reader.signed(), purpose: purpose.to_owned() };
        let key = keys::care_read(c, household, now, record.by);
        self.put(Table::Main, Item::new(&key).with_body(&record)?, Condition::Always).await?;
        let query = Query::partition(keys::household(c, household)).prefix(keys::CARE).strong();
        let items = self.query(Table::Main, query).await?;
        let open = |item: Item| -> Result<(String, Care), StoreError> {
            let flag = item.key()?.sk().strip_prefix(keys::CARE).unwrap_or_default().to_owned();
            Ok((flag, vault.open(&item)?))
        };
        Ok(CareRead::Read(items.into_iter().map(open).collect::<Result<_, _>>()?))
    }

    /// Who read a household's care data, newest first, at most 100.
    ///
    /// # Errors
    /// Any transport error of [`StoreError`].
    pub async fn care_readers(
        &self,
        c: &CommunityId,
        household: HouseholdId,
    ) -> Result<Vec<CareReadRecord>, StoreError> {
        let query = Query::partition(keys::household(c, household)).prefix(keys::CARE_READS);
        let items = self.query(Table::Main, query.backwards().limit(100)).await?;
        items.into_iter().map(Item::into_body).collect()
    }
}

/// Only digits count: numbers are typed with spaces, dashes and a country code in brackets.
fn phone_hash(vault: &Vault, number: &str) -> Result<String, StoreError> {
    let digits: String = number.chars().filter(char::is_ascii_digit).collect();
    let national = digits.strip_prefix("0086").or_else(|| digits.strip_prefix("86"));
    let national = national.filter(|national| national.len() >= 10).unwrap_or(&digits);
    vault.keyed_hash("telephone", national)
}
