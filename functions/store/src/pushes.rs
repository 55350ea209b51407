//! Phones that want to be rung. What the push service needs to know of a phone stands sealed in the main
//! table, so that neither the table's stream nor an export shows it and `tally` needs no right to the
//! sessions. A phone is named by its session and goes with it.

use crate::client::Store;
use crate::error::StoreError;
use crate::expression::Condition;
use crate::item::Item;
use crate::keys;
use crate::query::Query;
use crate::secret::{SessionToken, hash, hex, parse_hex, random};
use crate::table::Table;
use crate::vault::Vault;
use domain::actor::Signed;
use domain::{CommunityId, Millis};
use serde::{Deserialize, Serialize};
use std::path::Path;

/// How long it is remembered that somebody was told something: longer than any record is repeated.
const TOLD_DAYS: i64 = 3;
/// The key file in the data folder.
const KEY_FILE: &str = "push.key";

/// The one secret of push: the private half of the key that push services know us by, and what the
/// phones' addresses are sealed with. A new one ends every subscription; phones make a new one then.
#[derive(Clone)]
pub struct PushKey {
    scalar: [u8; 32],
    vault: Vault,
}

impl std::fmt::Debug for PushKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("PushKey(…)")
    }
}

impl PushKey {
    /// A key from a P-256 scalar. Whether it is one is seen where it is used to sign.
    ///
    /// # Errors
    /// [`StoreError::Invalid`] never in practice: kept for the vault.
    pub fn new(scalar: [u8; 32]) -> Result<Self, StoreError> {
        let seal = parse_hex::<32>(&hash("push seal", &[&scalar])).ok_or_else(|| invalid("hash"))?;
        Ok(Self { scalar, vault: Vault::with_keys(vec![seal])? })
    }

    /// Reads 64 hexadecimal digits, the key itself; or at least 43 random letters and digits, which carry 256 bits and
    /// are hashed into one, since Terraform makes random letters more easily than random bytes.
    ///
    /// # Errors
    /// [`StoreError::Invalid`] for anything else.
    pub fn parse(text: &str) -> Result<Self, StoreError> {
        let text = text.trim();
        if let Some(scalar) = parse_hex(text) {
            return Self::new(scalar);
        }
        if text.len() < 43 {
            return Err(invalid("neither 64 hexadecimal digits nor 43 random letters and digits"));
        }
        let hashed = hash("push key", &[text.as_bytes()]);
        let mut scalar: [u8; 32] = parse_hex(&hashed).ok_or_else(|| invalid("hash"))?;
        // Below the order of the curve, whatever the text.
        scalar[0] &= 0x7f;
        Self::new(scalar)
    }

    /// The key of a data folder, made when there is none.
    ///
    /// # Errors
    /// [`StoreError::CannotOpen`].
    pub fn in_dir(dir: &Path) -> Result<Self, StoreError> {
        // Below the order of the curve.
        let mut fresh: [u8; 32] = random();
        fresh[0] &= 0x7f;
        Self::parse(&crate::vault::key_file(&dir.join(KEY_FILE), &hex(&fresh))?)
    }

    /// The private scalar, for signing.
    #[must_use]
    pub fn scalar(&self) -> &[u8; 32] {
        &self.scalar
    }
}

/// What a push service needs to know to ring a phone, and what the phone then says, in the language it
/// was asked in. Nothing in it tells why it rings.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Subscription {
    /// The address at the phone's push service: a secret, for whoever knows it can ring the phone.
    pub endpoint: String,
    /// The phone's public key, uncompressed P-256, in base64url.
    pub p256dh: String,
    /// Its shared secret of 16 bytes, in base64url.
    pub auth: String,
    /// The first line that is shown.
    pub title: String,
    /// The second.
    pub text: String,
}

/// A phone that wants to be rung.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pushed {
    /// Whose.
    pub who: Signed,
    /// Where and what.
    pub subscription: Subscription,
    /// Names it to [`Store::unsubscribe`].
    handle: String,
}

#[derive(Serialize, Deserialize)]
struct Stored {
    who: Signed,
}

impl Store {
    /// A phone wants to be rung from now on, until its session ends.
    ///
    /// # Errors
    /// Any transport error of [`StoreError`].
    pub async fn subscribe(
        &self,
        key: &PushKey,
        (c, who): (&CommunityId, Signed),
        session: &SessionToken,
        subscription: &Subscription,
        until: Millis,
    ) -> Result<(), StoreError> {
        let place = keys::push(c, who, &handle(session));
        let item = Item::new(&place).with_body(&Stored { who })?.expires_at(until.0.div_euclid(1_000));
        self.put(Table::Main, key.vault.seal(item, subscription)?, Condition::Always).await
    }

    /// A phone does not want to be rung any more, or signs out.
    ///
    /// # Errors
    /// Any transport error of [`StoreError`].
    pub async fn unsubscribe_session(
        &self,
        c: &CommunityId,
        who: Signed,
        session: &SessionToken,
    ) -> Result<(), StoreError> {
        self.delete(Table::Main, &keys::push(c, who, &handle(session)), Condition::Always).await
    }

    /// Whether the phone of a session is rung.
    ///
    /// # Errors
    /// Any transport error of [`StoreError`].
    pub async fn is_subscribed(
        &self,
        c: &CommunityId,
        who: Signed,
        session: &SessionToken,
    ) -> Result<bool, StoreError> {
        let place = keys::push(c, who, &handle(session));
        let found = self.get(Table::Main, &place, crate::table_ops::Consistency::Eventual).await?;
        Ok(found.is_some())
    }

    /// A phone whose push service does not know it any more, or that was revoked.
    ///
    /// # Errors
    /// Any transport error of [`StoreError`].
    pub async fn unsubscribe(&self, c: &CommunityId, phone: &Pushed) -> Result<(), StoreError> {
        self.delete(Table::Main, &keys::push(c, phone.who, &phone.handle), Condition::Always).await
    }

    /// The phones that want to be rung: somebody's, or all of a community. One that cannot be opened (the
    /// key was changed) is taken away.
    ///
    /// # Errors
    /// Any transport error of [`StoreError`].
    pub async fn subscriptions(
        &self,
        key: &PushKey,
        c: &CommunityId,
        who: Option<Signed>,
        now: Millis,
    ) -> Result<Vec<Pushed>, StoreError> {
        let query = Query::partition(keys::pushes(c));
        let query = who.map_or(query.clone(), |who| query.prefix(keys::pushes_of(who)));
        let mut found = Vec::new();
        for item in self.query(Table::Main, query).await? {
            if item.number(crate::item::TTL).is_some_and(|ttl| ttl <= now.0.div_euclid(1_000)) {
                continue;
            }
            let place = item.key()?;
            let handle = place.sk().rsplit_once('#').map_or("", |(_, handle)| handle).to_owned();
            match key.vault.open(&item) {
                Ok(subscription) => {
                    let Stored { who } = bare(item)?;
                    found.push(Pushed { who, subscription, handle });
                }
                Err(_) => self.delete(Table::Main, &place, Condition::Always).await?,
            }
        }
        Ok(found)
    }

    /// Notes that somebody is told something. `false` when they were told before: tell them nothing.
    ///
    /// # Errors
    /// Any transport error of [`StoreError`].
    pub async fn claim(
        &self,
        c: &CommunityId,
        who: Signed,
        what: &str,
        now: Millis,
    ) -> Result<bool, StoreError> {
        let until = (now + TOLD_DAYS * Millis::DAY).0.div_euclid(1_000);
        let item = Item::new(&keys::told(c, who, what)).expires_at(until);
        match self.put(Table::Main, item, Condition::Absent).await {
            Ok(()) => Ok(true),
            Err(StoreError::Conflict { .. }) => Ok(false),
            Err(error) => Err(error),
        }
    }
}

fn invalid(code: &str) -> StoreError {
    StoreError::Invalid { operation: "push key", code: code.to_owned() }
}

/// Names a session in the main table, which shall not hold what the sessions table is asked with.
fn handle(session: &SessionToken) -> String {
    handle_of(&session.hash())
}

/// The same from what the sessions table keeps of a token.
pub(crate) fn handle_of(session_hash: &str) -> String {
    hash("push session", &[session_hash.as_bytes()])
}

fn bare(item: Item) -> Result<Stored, StoreError> {
    item.into_body()
}
