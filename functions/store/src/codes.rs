//! Ways in: enrolment letters, invites, ten-minute codes. Each becomes a session in one transaction,
//! so that none is ever spent without a phone being signed in, or the other way round. Looking at one
//! spends nothing. Letters stand in the main table, because they are printed and have to stay good when
//! the data moves to another machine; invites and ten-minute codes stay with the sessions.

use crate::client::Store;
use crate::error::StoreError;
use crate::expression::{Condition, Update};
use crate::invites::invite_hash;
use crate::item::{Item, Key};
use crate::keys;
use crate::secret::hash;
use crate::sessions::{Session, Tokens, session_writes};
use crate::table::Table;
use crate::table_ops::Consistency;
use crate::transact::Write;
use crate::vault::Vault;
use domain::actor::Signed;
use domain::enrolment_code::{EnrolmentCode, EnrolmentSecret};
use domain::{CommunityId, HouseholdId, Millis};
use serde::{Deserialize, Serialize};

/// Phones a letter admits.
pub const LETTER_PHONES: u32 = 6;
/// Days a letter is good for.
pub const LETTER_DAYS: i64 = 14;
/// Minutes a code from a signed-in phone is good for.
pub const CODE_MINUTES: i64 = 10;

/// Attribute of how many phones a way in has admitted.
const ADMITTED: &str = "admitted";

/// A way in, as it is kept.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pass {
    /// To which community.
    pub community: CommunityId,
    /// Who comes in by it.
    pub who: Signed,
    /// Until when it is good.
    pub expires: Millis,
    /// How many phones it admits.
    pub phones: u32,
    /// How many it has admitted.
    #[serde(default)]
    pub admitted: u32,
}

/// What somebody shows at the door.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum WayIn {
    /// A letter's QR code.
    Letter(EnrolmentSecret),
    /// A letter's code, typed on the page of a community: [`WayIn::typed_letter`].
    TypedLetter(CommunityId, TypedHash),
    /// An invite of staff.
    Invite(EnrolmentSecret),
    /// A ten-minute code of another phone, typed or scanned on the page of a community.
    Minute(CommunityId, EnrolmentCode),
}

/// What the table keeps of a letter's typed code: a hash that needs the vault's key, because so short a
/// code could be guessed from a plain one by whoever gets hold of an export.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TypedHash(String);

impl TypedHash {
    fn of(vault: &Vault, c: &CommunityId, code: &EnrolmentCode) -> Result<Self, StoreError> {
        let code = hash("typed letter", &[c.as_str().as_bytes(), code.text().as_bytes()]);
        vault.keyed_hash("typed letter", &code).map(Self)
    }
}

impl WayIn {
    /// A letter's code, typed on the page of a community.
    ///
    /// # Errors
    /// When the vault has no key.
    pub fn typed_letter(vault: &Vault, c: &CommunityId, code: &EnrolmentCode) -> Result<Self, StoreError> {
        TypedHash::of(vault, c, code).map(|hash| Self::TypedLetter(c.clone(), hash))
    }

    /// The table it stands in.
    fn table(&self) -> Table {
        match self {
            Self::Letter(_) | Self::TypedLetter(..) => Table::Main,
            Self::Invite(_) | Self::Minute(..) => Table::Sessions,
        }
    }
}

/// What became of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Entered {
    /// The phone is signed in with the given tokens.
    In(Session),
    /// Unknown, expired, replaced, spent or full: to strangers all the same.
    No,
}

/// The letter that counts for a household.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct LetterOf {
    secret: String,
    typed: String,
    /// When the desk asked for it. Letters of earlier programs do not say.
    #[serde(default)]
    asked: Millis,
}

/// What became of a letter that was asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Issued {
    /// It is the household's letter now, or was already.
    Good,
    /// The household has one that was asked for later: that stays good, this one does not become it.
    Replaced,
}

/// Leads from a typed code to its letter.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct Typed {
    secret: String,
}

impl Store {
    /// Gives a household a letter; an earlier one is good for nothing from now on. Phones that are
    /// signed in stay so. The letter that it has already stays as it is, and one that was `asked` for later stays good:
    /// whoever loads a page of older letters again takes nothing from those on paper.
    ///
    /// # Errors
    /// [`StoreError::TransactionRefused`] when its typed code is taken in this community: draw again.
    pub async fn issue_letter(
        &self,
        vault: &Vault,
        c: &CommunityId,
        household: HouseholdId,
        secret: &EnrolmentSecret,
        asked: Millis,
        now: Millis,
    ) -> Result<Issued, StoreError> {
        let secret_hash = secret_hash(secret);
        let typed_hash = TypedHash::of(vault, c, &secret.typed())?.0;
        let pass = Pass {
            community: c.clone(),
            who: Signed::Household(household),
            expires: now + LETTER_DAYS * Millis::DAY,
            phones: LETTER_PHONES,
            admitted: 0,
        };
        let ttl = seconds(pass.expires);
        let current = keys::household_letter(c, household);
        let before = self.get(Table::Main, &current, Consistency::Strong).await?;
        let same = before.as_ref().is_some_and(|item| item.text("secret") == Some(secret_hash.as_str()));
        if same {
            return Ok(Issued::Good);
        }
        let condition = match &before {
            None => Condition::Absent,
            Some(item) => Condition::TextIs("secret", item.text("secret").unwrap_or_default().to_owned()),
        };
        let before: Option<LetterOf> = before.map(Item::into_body).transpose()?;
        if before.as_ref().is_some_and(|before| asked < before.asked) {
            return Ok(Issued::Replaced);
        }
        let letter = LetterOf { secret: secret_hash.clone(), typed: typed_hash.clone(), asked };
        let typed = Typed { secret: secret_hash.clone() };
        let item = |key: &Key| Item::new(key).expires_at(ttl);
        let mut writes = vec![
            Write::Put(Table::Main, item(&current).with_body(&letter)?, condition),
            Write::Put(Table::Main, item(&keys::letter(&secret_hash)).with_body(&pass)?, Condition::Absent),
            Write::Put(
                Table::Main,
                item(&keys::typed_letter(c, &typed_hash)).with_body(&typed)?,
                Condition::Absent,
            ),
        ];
        if let Some(before) = before {
            let delete = |key| Write::Delete(Table::Main, key, Condition::Always);
            writes.push(delete(keys::letter(&before.secret)));
            writes.push(delete(keys::typed_letter(c, &before.typed)));
        }
        self.transact(writes).await.map(|()| Issued::Good)
    }

    /// Lets a signed-in phone bring in another one, once, within ten minutes.
    ///
    /// # Errors
    /// [`StoreError::Conflict`] when the code is in use: draw again.
    pub async fn issue_minute_code(
        &self,
        session: &Session,
        code: &EnrolmentCode,
        now: Millis,
    ) -> Result<(), StoreError> {
        let c = &session.community;
        let pass = Pass {
            community: c.clone(),
            who: session.who,
            expires: now + CODE_MINUTES * Millis::MINUTE,
            phones: 1,
            admitted: 0,
        };
        let item = Item::new(&keys::minute_code(c, &minute_hash(c, code))).with_body(&pass)?;
        self.put(Table::Sessions, item.expires_at(seconds(pass.expires)), Condition::Absent).await
    }

    /// What a way in leads to, spending nothing. `None` when it leads nowhere (any more).
    ///
    /// # Errors
    /// Any transport error of [`StoreError`].
    pub async fn look_at(&self, way_in: &WayIn, now: Millis) -> Result<Option<Pass>, StoreError> {
        let Some(key) = self.pass_key(way_in).await? else { return Ok(None) };
        let item = self.get(way_in.table(), &key, Consistency::Strong).await?;
        let pass: Option<Pass> = item.map(Item::into_body).transpose()?;
        Ok(pass.filter(|pass| now < pass.expires && pass.admitted < pass.phones))
    }

    /// Spends one phone of a way in and signs that phone in, both or neither. Throttle before.
    ///
    /// # Errors
    /// Any transport error of [`StoreError`].
    pub async fn enter(
        &self,
        way_in: &WayIn,
        tokens: &Tokens,
        device: &str,
        now: Millis,
        session_days: i64,
    ) -> Result<Entered, StoreError> {
        let Some(pass) = self.look_at(way_in, now).await? else { return Ok(Entered::No) };
        let Some(key) = self.pass_key(way_in).await? else { return Ok(Entered::No) };
        let session = Session {
            community: pass.community,
            who: pass.who,
            created: now,
            expires: now + session_days * Millis::DAY,
            device: device.chars().filter(|c| !c.is_control()).take(60).collect(),
        };
        let spend = Update::of(key).add(ADMITTED, 1).only_if(Condition::All(vec![
            Condition::Present,
            Condition::NumberBelow(ADMITTED, i64::from(pass.phones)),
        ]));
        let mut writes = vec![Write::Update(way_in.table(), spend)];
        writes.extend(session_writes(tokens, &session)?);
        match self.transact(writes).await {
            Ok(()) => Ok(Entered::In(session)),
            Err(StoreError::TransactionRefused { refused }) if refused.iter().any(|part| part.index == 0) => {
                Ok(Entered::No)
            }
            Err(error) => Err(error),
        }
    }

    async fn pass_key(&self, way_in: &WayIn) -> Result<Option<Key>, StoreError> {
        Ok(match way_in {
            WayIn::Letter(secret) => Some(keys::letter(&secret_hash(secret))),
            WayIn::Invite(secret) => Some(keys::invite(&invite_hash(secret))),
            WayIn::Minute(c, code) => Some(keys::minute_code(c, &minute_hash(c, code))),
            WayIn::TypedLetter(c, typed) => {
                let key = keys::typed_letter(c, &typed.0);
                let item = self.get(Table::Main, &key, Consistency::Strong).await?;
                item.map(Item::into_body::<Typed>).transpose()?.map(|typed| keys::letter(&typed.secret))
            }
        })
    }
}

fn secret_hash(secret: &EnrolmentSecret) -> String {
    hash("letter", &[secret.text().as_bytes()])
}

fn minute_hash(c: &CommunityId, code: &EnrolmentCode) -> String {
    hash("minute code", &[c.as_str().as_bytes(), code.text().as_bytes()])
}

pub(crate) fn seconds(at: Millis) -> i64 {
    at.0.div_euclid(1_000)
}
