//! Facts that a phone sealed when its owner signed out without signal: opened with a key that only this server derives
//! from its vault, and kept as they came where they do not open. The sealing half is `public/kept.js`.

use crate::client::Store;
use crate::error::StoreError;
use crate::expression::Condition;
use crate::item::Item;
use crate::keys;
use crate::query::Query;
use crate::secret::{hash, hex, parse_hex};
use crate::table::Table;
use crate::unread::Kept;
use crate::vault::Vault;
use aes_gcm::aead::{Aead, KeyInit};
use aes_gcm::{Aes256Gcm, Nonce};
use domain::{CommunityId, Millis};
use hkdf::Hkdf;
use p256::ecdh::diffie_hellman;
use p256::elliptic_curve::sec1::ToEncodedPoint;
use p256::{PublicKey, SecretKey};
use serde::{Deserialize, Serialize};
use sha2::Sha256;

/// The largest sealed fact, in bytes: twice what the largest fact takes.
pub const PARCEL_BYTES: usize = 8 * 1024;
/// How many that do not open a community keeps, so that no stranger fills the table.
pub const PARCELS_KEPT: usize = 200;
/// How long: whoever finds a lost key again has a season for it.
const KEPT_DAYS: i64 = 90;

/// Half a key agreement, uncompressed.
const HALF: usize = 65;
const NONCE: usize = 12;
/// What the agreed key is for.
const ABOUT: &[u8] = b"last metre sealed fact 1";
/// Attribute of the bytes.
const RAW: &str = "raw";

/// A sealed fact that waits for somebody.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Parcel {
    /// The server's time when it came.
    #[serde(rename = "at")]
    pub received: Millis,
    /// Why it waits.
    pub why: Why,
    /// As it came.
    #[serde(skip)]
    pub raw: Vec<u8>,
}

/// Why a sealed fact waits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Why {
    /// It was damaged on its way, or sealed to a key that this server does not have.
    Closed,
    /// It opens, but nobody is known by its hand-in token (any more).
    Nobody,
}

impl Vault {
    /// What phones seal to: the public half of the newest key, as 65 bytes in hexadecimal.
    ///
    /// # Errors
    /// [`StoreError::Invalid`] never in practice: when no key can be derived.
    pub fn sealing_key(&self) -> Result<String, StoreError> {
        let newest = self.masters().last().and_then(secret_half).ok_or_else(no_key)?;
        Ok(hex(&half_of(&newest.public_key())))
    }

    /// Opens what a phone sealed to one of this vault's keys; `None` if it was damaged or is not for us.
    #[must_use]
    pub fn open_parcel(&self, parcel: &[u8]) -> Option<Vec<u8>> {
        let (half, rest) = parcel.split_at_checked(HALF)?;
        let (nonce, closed) = rest.split_at_checked(NONCE)?;
        let theirs = PublicKey::from_sec1_bytes(half).ok()?;
        self.masters().iter().rev().filter_map(secret_half).find_map(|own| {
            let shared = diffie_hellman(own.to_nonzero_scalar(), theirs.as_affine());
            let salt = [half, &half_of(&own.public_key())[..]].concat();
            let mut key = [0; 32];
            Hkdf::<Sha256>::new(Some(&salt), shared.raw_secret_bytes()).expand(ABOUT, &mut key).ok()?;
            Aes256Gcm::new(&key.into()).decrypt(Nonce::from_slice(nonce), closed).ok()
        })
    }
}

fn half_of(key: &PublicKey) -> Vec<u8> {
    key.to_encoded_point(false).as_bytes().to_vec()
}

/// A master key's own half for sealed facts: nothing more has to be kept, moved or rotated.
fn secret_half(master: &[u8; 32]) -> Option<SecretKey> {
    let mut scalar: [u8; 32] = parse_hex(&hash("sealed facts", &[master]))?;
    // Below the order of the curve, whatever the hash.
    scalar[0] &= 0x7f;
    SecretKey::from_slice(&scalar).ok()
}

fn no_key() -> StoreError {
    StoreError::Invalid { operation: "vault", code: "no key".to_owned() }
}

impl Store {
    /// Keeps a sealed fact that waits for somebody. The same one twice is one.
    ///
    /// # Errors
    /// Any transport error of [`StoreError`].
    pub async fn keep_parcel(&self, c: &CommunityId, parcel: &Parcel) -> Result<Kept, StoreError> {
        if parcel.raw.len() > PARCEL_BYTES {
            return Ok(Kept::TooLarge);
        }
        let name = hash("parcel", &[&parcel.raw]);
        let waiting = self.query(Table::Main, Query::partition(keys::parcels(c)).limit(PARCELS_KEPT)).await?;
        let key = keys::parcel(c, &name);
        let there = waiting.iter().any(|item| item.key().is_ok_and(|known| known == key));
        if !there && waiting.len() >= PARCELS_KEPT {
            return Ok(Kept::Full);
        }
        let until = (parcel.received + KEPT_DAYS * Millis::DAY).0.div_euclid(1_000);
        let item = Item::new(&key).with_body(parcel)?.with_bytes(RAW, parcel.raw.clone()).expires_at(until);
        match self.put(Table::Main, item, Condition::Absent).await {
            Ok(()) | Err(StoreError::Conflict { .. }) => Ok(Kept::There),
            Err(error) => Err(error),
        }
    }

    /// The sealed facts of a community that wait for somebody.
    ///
    /// # Errors
    /// Any transport error of [`StoreError`].
    pub async fn parcels(&self, c: &CommunityId) -> Result<Vec<Parcel>, StoreError> {
        let items = self.query(Table::Main, Query::partition(keys::parcels(c))).await?;
        items
            .into_iter()
            .map(|item| {
                let raw = item.bytes(RAW).unwrap_or_default().to_vec();
                Ok(Parcel { raw, ..item.into_body()? })
            })
            .collect()
    }

    /// Drops one that was opened and has its place now.
    ///
    /// # Errors
    /// Any transport error of [`StoreError`].
    pub async fn forget_parcel(&self, c: &CommunityId, parcel: &Parcel) -> Result<(), StoreError> {
        let key = keys::parcel(c, &hash("parcel", &[&parcel.raw]));
        self.delete(Table::Main, &key, Condition::Always).await
    }
}
