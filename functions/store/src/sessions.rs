//! Who is signed in on which phone, and the token by which a phone hands in facts long after. How a
//! person proves who they are is decided elsewhere: with a letter, an invite or a code (`codes.rs`).

use crate::client::Store;
use crate::error::StoreError;
use crate::expression::{Condition, Update};
use crate::item::{Item, Key, PK, SK};
use crate::keys;
use crate::pushes::handle_of;
use crate::query::Query;
use crate::secret::{HandInToken, SessionToken};
use crate::table::Table;
use crate::table_ops::Consistency;
use crate::transact::Write;
use domain::actor::Signed;
use domain::{CommunityId, HouseholdId, Millis};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// How long a phone may still hand in facts after its session has ended.
pub const HAND_IN_DAYS: i64 = 30;
/// Attribute of a phone's item: until when its session lasts.
const EXPIRES: &str = "expires";
/// Attribute that ends a session or a hand-in token for good.
const REVOKED: &str = "revoked";

/// A signed-in phone.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Session {
    /// In which community.
    pub community: CommunityId,
    /// As whom.
    pub who: Signed,
    /// Since when.
    pub created: Millis,
    /// Until when.
    pub expires: Millis,
    /// What the phone calls itself, for the list of one's phones: "Android, Chrome".
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub device: String,
}

/// One of somebody's phones, as lists show it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Phone {
    /// What names it to [`Store::revoke`]; nothing can be signed in with it.
    #[serde(skip)]
    pub handle: String,
    /// Hash of its hand-in token.
    hand_in: String,
    /// The session.
    #[serde(flatten)]
    pub session: Session,
}

/// The author of facts that a hand-in token brings.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct HandIn {
    /// In which community.
    pub community: CommunityId,
    /// Who made the facts.
    pub who: Signed,
    /// Until when the phone may hand in.
    pub expires: Millis,
    /// When the session was revoked (a lost phone): its facts go to the desk as unconfirmed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub revoked: Option<Millis>,
}

/// The two tokens of a new session. They exist here and on the phone, nowhere else.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tokens {
    /// For the cookie.
    pub session: SessionToken,
    /// For the phone's storage.
    pub hand_in: HandInToken,
}

impl Tokens {
    /// New ones.
    #[must_use]
    pub fn random() -> Self {
        Self { session: SessionToken::random(), hand_in: HandInToken::random() }
    }
}

impl Store {
    /// Signs a phone in.
    ///
    /// # Errors
    /// Any transport error of [`StoreError`].
    pub async fn start_session(&self, tokens: &Tokens, session: &Session) -> Result<(), StoreError> {
        self.transact(session_writes(tokens, session)?.into()).await
    }

    /// The session of a token, unless it is unknown, expired or revoked.
    ///
    /// # Errors
    /// Any transport error of [`StoreError`].
    pub async fn session(&self, token: &SessionToken, now: Millis) -> Result<Option<Session>, StoreError> {
        let item = self.get_surely(&keys::session(&token.hash())).await?;
        let session: Option<Session> = item.map(Item::into_body).transpose()?;
        Ok(session.filter(|session| now < session.expires))
    }

    /// Who hands in with this token, unless it is unknown or older than its session and 30 days. One
    /// of a revoked session is answered, with the time in [`HandIn::revoked`].
    ///
    /// # Errors
    /// Any transport error of [`StoreError`].
    pub async fn hand_in_author(
        &self,
        token: &HandInToken,
        now: Millis,
    ) -> Result<Option<HandIn>, StoreError> {
        let item = self.get_surely(&keys::hand_in(&token.hash())).await?;
        let author: Option<HandIn> = item.map(Item::into_body).transpose()?;
        Ok(author.filter(|author| now < author.expires))
    }

    /// Half a unit for what is there; what is not there is asked again strongly, so that a phone that
    /// signed in a moment ago is never a stranger.
    async fn get_surely(&self, key: &Key) -> Result<Option<Item>, StoreError> {
        match self.get(Table::Sessions, key, Consistency::Eventual).await? {
            None => self.get(Table::Sessions, key, Consistency::Strong).await,
            found => Ok(found),
        }
    }

    /// Somebody's phones that are signed in, newest first.
    ///
    /// # Errors
    /// Any transport error of [`StoreError`].
    pub async fn phones(&self, c: &CommunityId, who: Signed, now: Millis) -> Result<Vec<Phone>, StoreError> {
        let prefix = keys::holder_prefix(who);
        let query = Query::partition(keys::holders(c)).prefix(prefix.clone()).strong();
        let mut phones = Vec::new();
        for item in self.query(Table::Sessions, query).await? {
            let handle = item.key()?.sk().strip_prefix(prefix.as_str()).unwrap_or_default().to_owned();
            let phone = Phone { handle, ..item.into_body()? };
            phones.extend((now < phone.session.expires).then_some(phone));
        }
        phones.sort_by_key(|phone| std::cmp::Reverse(phone.session.created));
        Ok(phones)
    }

    /// The households of a community with a phone that is signed in: one Query, whatever their number.
    ///
    /// # Errors
    /// Any transport error of [`StoreError`].
    pub async fn households_with_phone(
        &self,
        c: &CommunityId,
        now: Millis,
    ) -> Result<BTreeSet<HouseholdId>, StoreError> {
        let query = Query::partition(keys::holders(c)).prefix(keys::HOUSEHOLD_HOLDERS);
        let query = query.only(&[PK, SK, EXPIRES]).strong();
        let phones = self.query(Table::Sessions, query).await?;
        let signed_in = phones.iter().filter(|item| item.number(EXPIRES).is_some_and(|until| now.0 < until));
        Ok(signed_in.filter_map(|item| keys::parse_household_holder(item.key().ok()?.sk())).collect())
    }

    /// Ends a session because its holder signs out: what waits on the phone can still be handed in.
    /// An unknown token is no error.
    ///
    /// # Errors
    /// Any transport error of [`StoreError`].
    pub async fn end_session(&self, token: &SessionToken) -> Result<(), StoreError> {
        let hash = token.hash();
        let key = keys::session(&hash);
        let Some(item) = self.get(Table::Sessions, &key, Consistency::Strong).await? else { return Ok(()) };
        let session: Session = item.into_body()?;
        let listed = keys::holder_session(&session.community, session.who, &hash);
        self.transact(vec![
            Write::Delete(Table::Sessions, key, Condition::Always),
            Write::Delete(Table::Sessions, listed, Condition::Always),
            unrung(&session.community, session.who, &hash),
        ])
        .await
    }

    /// Ends the session of a lost phone: it sees nothing more (at once here, within a minute where
    /// sessions are cached), and what it hands in is marked as unconfirmed.
    ///
    /// # Errors
    /// Any transport error of [`StoreError`].
    pub async fn revoke(
        &self,
        c: &CommunityId,
        who: Signed,
        phone: &Phone,
        now: Millis,
    ) -> Result<(), StoreError> {
        let hand_in = Update::of(keys::hand_in(&phone.hand_in)).set_number(REVOKED, now.0);
        self.transact(vec![
            Write::Delete(Table::Sessions, keys::session(&phone.handle), Condition::Always),
            Write::Delete(Table::Sessions, keys::holder_session(c, who, &phone.handle), Condition::Always),
            Write::Update(Table::Sessions, hand_in.only_if(Condition::Present)),
            unrung(c, who, &phone.handle),
        ])
        .await
    }
}

/// A phone that is not signed in is not rung.
fn unrung(c: &CommunityId, who: Signed, session_hash: &str) -> Write {
    Write::Delete(Table::Main, keys::push(c, who, &handle_of(session_hash)), Condition::Always)
}

/// The three items of a new session, for whatever transaction admits it.
pub(crate) fn session_writes(tokens: &Tokens, session: &Session) -> Result<[Write; 3], StoreError> {
    let (hash, hand_in) = (tokens.session.hash(), tokens.hand_in.hash());
    let seconds = |at: Millis| at.0.div_euclid(1_000);
    let hand_in_until = session.expires + HAND_IN_DAYS * Millis::DAY;
    let author = HandIn {
        community: session.community.clone(),
        who: session.who,
        expires: hand_in_until,
        revoked: None,
    };
    let phone = Phone { handle: String::new(), hand_in: hand_in.clone(), session: session.clone() };
    let put = |item: Item| Write::Put(Table::Sessions, item, Condition::Absent);
    Ok([
        put(Item::new(&keys::session(&hash)).with_body(session)?.expires_at(seconds(session.expires))),
        put(Item::new(&keys::hand_in(&hand_in)).with_body(&author)?.expires_at(seconds(hand_in_until))),
        put(Item::new(&keys::holder_session(&session.community, session.who, &hash))
            .with_body(&phone)?
            .expires_at(seconds(session.expires))),
    ])
}
