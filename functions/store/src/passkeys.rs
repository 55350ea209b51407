//! Passkeys of staff: the public key of each, by which its holder signs in again, and the challenges that were used.
//! Whether a signature is good is `web`'s question; that none is good twice is settled here, in the transaction that
//! takes it.

use crate::client::Store;
use crate::codes::{Entered, seconds};
use crate::error::StoreError;
use crate::expression::{Condition, Update};
use crate::item::{Item, Key};
use crate::keys;
use crate::query::Query;
use crate::secret::hash;
use crate::sessions::{Session, Tokens, session_writes};
use crate::table::Table;
use crate::table_ops::Consistency;
use crate::transact::Write;
use domain::{CommunityId, Millis, PersonId};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Attribute of how often the authenticator says it was used.
const COUNTER: &str = "counter";
/// Attribute of when somebody last signed in with it.
const USED: &str = "used";

/// A passkey, as it is kept. Nobody can sign in with what stands here.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Passkey {
    /// In which community.
    pub community: CommunityId,
    /// Whose.
    pub person: PersonId,
    /// What the authenticator calls it, in base64url.
    pub id: String,
    /// Its public half: an uncompressed point of P-256, in base64url.
    pub public_key: String,
    /// How often the authenticator says it was used; 0 where it does not count.
    pub counter: i64,
    /// What it was made on: "Android".
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub device: String,
    /// Since when.
    pub created: Millis,
    /// When somebody last signed in with it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub used: Option<Millis>,
}

impl Passkey {
    /// What names it to [`Store::remove_passkey`].
    #[must_use]
    pub fn handle(&self) -> String {
        handle(&self.id)
    }
}

/// A challenge that somebody answered, remembered for as long as it could be answered again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answered {
    /// The challenge.
    pub challenge: String,
    /// Until when it would be taken.
    pub expires: Millis,
}

impl Answered {
    fn write(&self) -> Write {
        let key = keys::spent_challenge(&hash("challenge", &[self.challenge.as_bytes()]));
        let item = Item::new(&key).expires_at(seconds(self.expires) + 1);
        Write::Put(Table::Sessions, item, Condition::Absent)
    }
}

impl Store {
    /// Takes a person's new passkey. `false` where the challenge was used before or the passkey is there already.
    ///
    /// # Errors
    /// Any transport error of [`StoreError`].
    pub async fn add_passkey(&self, passkey: &Passkey, answered: &Answered) -> Result<bool, StoreError> {
        let handle = passkey.handle();
        let put = |item: Item| Write::Put(Table::Sessions, item, Condition::Absent);
        let listed = keys::person_passkey(&passkey.community, passkey.person, &handle);
        let writes = vec![
            answered.write(),
            put(Item::new(&keys::passkey(&handle)).with_body(passkey)?),
            put(Item::new(&listed)),
        ];
        unless_refused(self.transact(writes).await)
    }

    /// The passkey that an authenticator calls so.
    ///
    /// # Errors
    /// Any transport error of [`StoreError`].
    pub async fn passkey(&self, id: &str) -> Result<Option<Passkey>, StoreError> {
        let key = keys::passkey(&handle(id));
        let item = self.get(Table::Sessions, &key, Consistency::Strong).await?;
        item.map(Item::into_body).transpose()
    }

    /// A person's passkeys, the oldest first.
    ///
    /// # Errors
    /// Any transport error of [`StoreError`].
    pub async fn passkeys(&self, c: &CommunityId, person: PersonId) -> Result<Vec<Passkey>, StoreError> {
        let prefix = keys::person_passkeys(person);
        let listed = Query::partition(keys::holders(c)).prefix(prefix.clone()).strong();
        let mut wanted: Vec<Key> = Vec::new();
        for item in self.query(Table::Sessions, listed).await? {
            let key = item.key()?;
            wanted.push(keys::passkey(key.sk().strip_prefix(prefix.as_str()).unwrap_or_default()));
        }
        let found: BTreeMap<_, _> =
            self.batch_get(Table::Sessions, wanted, Consistency::Strong).await?.into_iter().collect();
        let mut passkeys: Vec<Passkey> =
            found.into_values().map(Item::into_body).collect::<Result<_, StoreError>>()?;
        passkeys.sort_by(|one, other| (one.created, &one.id).cmp(&(other.created, &other.id)));
        Ok(passkeys)
    }

    /// Takes a person's passkey away: nobody signs in with it any more; phones that did stay signed in. One that is
    /// not theirs, or not there, is no error.
    ///
    /// # Errors
    /// Any transport error of [`StoreError`].
    pub async fn remove_passkey(
        &self,
        c: &CommunityId,
        person: PersonId,
        handle: &str,
    ) -> Result<(), StoreError> {
        if !self.passkeys(c, person).await?.iter().any(|passkey| passkey.handle() == handle) {
            return Ok(());
        }
        let delete = |key| Write::Delete(Table::Sessions, key, Condition::Always);
        let writes = vec![delete(keys::passkey(handle)), delete(keys::person_passkey(c, person, handle))];
        self.transact(writes).await
    }

    /// Signs a phone in by a passkey whose signature was found good: the challenge is spent, the counter moves and the
    /// session begins, or nothing of it happens. [`Entered::No`] where the challenge was used before, or the passkey was
    /// used or taken away meanwhile.
    ///
    /// # Errors
    /// Any transport error of [`StoreError`].
    pub async fn enter_by_passkey(
        &self,
        passkey: &Passkey,
        counter: i64,
        answered: &Answered,
        tokens: &Tokens,
        session: Session,
    ) -> Result<Entered, StoreError> {
        let used = Update::of(keys::passkey(&passkey.handle()))
            .set_number(COUNTER, counter)
            .set_number(USED, session.created.0)
            .only_if(Condition::All(vec![Condition::Present, Condition::NumberIs(COUNTER, passkey.counter)]));
        let mut writes = vec![answered.write(), Write::Update(Table::Sessions, used)];
        writes.extend(session_writes(tokens, &session)?);
        let taken = unless_refused(self.transact(writes).await)?;
        Ok(if taken { Entered::In(session) } else { Entered::No })
    }
}

fn unless_refused(outcome: Result<(), StoreError>) -> Result<bool, StoreError> {
    match outcome {
        Ok(()) => Ok(true),
        Err(StoreError::TransactionRefused { .. }) => Ok(false),
        Err(error) => Err(error),
    }
}

fn handle(id: &str) -> String {
    hash("passkey", &[id.as_bytes()])
}
