//! Invites of staff: given, listed for the desk, taken back. How one becomes a session is in `codes.rs`.

use crate::client::Store;
use crate::codes::{Pass, seconds};
use crate::error::StoreError;
use crate::expression::Condition;
use crate::item::Item;
use crate::keys;
use crate::query::Query;
use crate::secret::hash;
use crate::table::Table;
use crate::table_ops::Consistency;
use crate::transact::Write;
use domain::actor::{Role, Signed};
use domain::enrolment_code::EnrolmentSecret;
use domain::{CommunityId, Millis, PersonId};
use std::collections::BTreeMap;

/// An invite that still lets somebody in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OpenInvite {
    /// What names it to [`Store::revoke_invite`]; nobody comes in with it.
    pub handle: String,
    /// Until when it is good.
    pub expires: Millis,
    /// How many phones it still admits.
    pub phones: u32,
}

impl Store {
    /// Invites a person: good until `expires` for so many phones.
    ///
    /// # Errors
    /// Any transport error of [`StoreError`].
    pub async fn issue_invite(
        &self,
        c: &CommunityId,
        person: PersonId,
        role: Role,
        secret: &EnrolmentSecret,
        expires: Millis,
        phones: u32,
    ) -> Result<(), StoreError> {
        let handle = invite_hash(secret);
        let who = Signed::Person(person, role);
        let pass = Pass { community: c.clone(), who, expires, phones, admitted: 0 };
        let put =
            |item: Item| Write::Put(Table::Sessions, item.expires_at(seconds(expires)), Condition::Absent);
        self.transact(vec![
            put(Item::new(&keys::invite(&handle)).with_body(&pass)?),
            put(Item::new(&keys::person_invite(c, person, &handle))),
        ])
        .await
    }

    /// The invites of a person that still let somebody in, the first to end first.
    ///
    /// # Errors
    /// Any transport error of [`StoreError`].
    pub async fn open_invites(
        &self,
        c: &CommunityId,
        person: PersonId,
        now: Millis,
    ) -> Result<Vec<OpenInvite>, StoreError> {
        let prefix = keys::person_invites(person);
        let listed = Query::partition(keys::holders(c)).prefix(prefix.clone()).strong();
        let mut handles = BTreeMap::new();
        for item in self.query(Table::Sessions, listed).await? {
            let handle = item.key()?.sk().strip_prefix(prefix.as_str()).unwrap_or_default().to_owned();
            handles.insert(keys::invite(&handle), handle);
        }
        let passes = self.batch_get(Table::Sessions, handles.keys().cloned(), Consistency::Strong).await?;
        let mut open = Vec::new();
        for (key, item) in passes {
            let pass: Pass = item.into_body()?;
            let phones = pass.phones.saturating_sub(pass.admitted);
            if let Some(handle) = handles.remove(&key).filter(|_| phones > 0 && now < pass.expires) {
                open.push(OpenInvite { handle, expires: pass.expires, phones });
            }
        }
        open.sort_by(|one, other| (one.expires, &one.handle).cmp(&(other.expires, &other.handle)));
        Ok(open)
    }

    /// Takes an invite back: nobody comes in by it any more; phones that did stay signed in.
    ///
    /// # Errors
    /// Any transport error of [`StoreError`].
    pub async fn revoke_invite(
        &self,
        c: &CommunityId,
        person: PersonId,
        invite: &OpenInvite,
    ) -> Result<(), StoreError> {
        let delete = |key| Write::Delete(Table::Sessions, key, Condition::Always);
        self.transact(vec![
            delete(keys::invite(&invite.handle)),
            delete(keys::person_invite(c, person, &invite.handle)),
        ])
        .await
    }
}

pub(crate) fn invite_hash(secret: &EnrolmentSecret) -> String {
    hash("invite", &[secret.text().as_bytes()])
}
