//! Sealing what only `web` may read: care remarks and telephone numbers. Each item has a data key of
//! its own, which is wrapped by the master key; the item's place is sealed in, so that an envelope
//! moved to another household does not open. Where sealed items stand is in `care.rs`.

use crate::error::StoreError;
use crate::item::Item;
use crate::secret::{hash, hex, parse_hex, random};
use chacha20poly1305::aead::{Aead, KeyInit, Payload};
use chacha20poly1305::{XChaCha20Poly1305, XNonce};
use hmac::{Hmac, Mac};
use serde::Serialize;
use serde::de::DeserializeOwned;
use sha2::Sha256;
use std::fs::OpenOptions;
use std::io::{Read, Write};
use std::path::Path;

/// The key file in the data folder, one key a line in hexadecimal, the newest last.
pub const KEY_FILE: &str = "care.key";
const NONCE: usize = 24;

/// Attributes of an envelope.
const KEY_ID: &str = "key";
const WRAPPED: &str = "wrapped";
const SEALED: &str = "sealed";

/// The master keys. Only `web` opens it.
#[derive(Clone)]
pub struct Vault {
    /// The newest last: it seals; all of them open.
    keys: Vec<[u8; 32]>,
}

impl std::fmt::Debug for Vault {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Vault(…)")
    }
}

impl Vault {
    /// The vault of a data folder. Makes a key file that only its owner reads when there is none.
    /// **Without that file nothing sealed can ever be read: back it up apart from the table.**
    ///
    /// # Errors
    /// [`StoreError::CannotOpen`] when it cannot be read or made, or holds no key.
    pub fn in_dir(dir: &Path) -> Result<Self, StoreError> {
        let path = dir.join(KEY_FILE);
        key_file(&path, &hex(&random::<32>()))?;
        Self::in_file(&path)
    }

    /// The vault of a key file that is there: one key a line in hexadecimal, the newest last.
    ///
    /// # Errors
    /// [`StoreError::CannotOpen`] when it cannot be read or holds no key.
    pub fn in_file(path: &Path) -> Result<Self, StoreError> {
        let cannot = |source: crate::error::Source| StoreError::CannotOpen { path: path.to_owned(), source };
        let text = read_key_file(path)?;
        let lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
        let keys: Option<Vec<[u8; 32]>> = lines.map(parse_hex).collect();
        match keys {
            Some(keys) if !keys.is_empty() => Ok(Self { keys }),
            _ => Err(cannot("it holds no key, or a damaged one".into())),
        }
    }

    /// A vault with these keys, the newest last: for tests, and for keys that come from elsewhere.
    ///
    /// # Errors
    /// [`StoreError::Invalid`] when there is no key.
    pub fn with_keys(keys: Vec<[u8; 32]>) -> Result<Self, StoreError> {
        if keys.is_empty() {
            return Err(StoreError::Invalid { operation: "vault", code: "no key".to_owned() });
        }
        Ok(Self { keys })
    }

    /// All master keys, the newest last.
    pub(crate) fn masters(&self) -> &[[u8; 32]] {
        &self.keys
    }

    /// Whether it opens what was sealed by the key of this name.
    pub(crate) fn has(&self, id: &str) -> bool {
        self.keys.iter().any(|key| key_id(key) == id)
    }

    /// Adds an envelope around `secret` to an item, bound to the item's key.
    pub(crate) fn seal(&self, item: Item, secret: &impl Serialize) -> Result<Item, StoreError> {
        let at = bound_to(&item)?;
        let text = serde_json::to_vec(secret).map_err(|error| failed(&error.to_string()))?;
        let data_key: [u8; 32] = random();
        let master = self.keys.last().ok_or_else(|| failed("no key"))?;
        let wrapped = encrypt(master, &data_key, &at)?;
        let sealed = encrypt(&data_key, &text, &at)?;
        Ok(item.with_text(KEY_ID, key_id(master)).with_bytes(WRAPPED, wrapped).with_bytes(SEALED, sealed))
    }

    /// Opens the envelope of an item.
    pub(crate) fn open<T: DeserializeOwned>(&self, item: &Item) -> Result<T, StoreError> {
        let at = bound_to(item)?;
        let id = item.text(KEY_ID).unwrap_or_default();
        let master =
            self.keys.iter().find(|key| key_id(key) == id).ok_or_else(|| damaged("its key is missing"))?;
        let part = |name| item.bytes(name).ok_or_else(|| damaged("it is no envelope"));
        let data_key = decrypt(master, part(WRAPPED)?, &at)?;
        let data_key: [u8; 32] = data_key.try_into().map_err(|_| damaged("its data key is too short"))?;
        let text = decrypt(&data_key, part(SEALED)?, &at)?;
        serde_json::from_slice(&text).map_err(|_| damaged("its content has another shape"))
    }

    /// A stamp that only this server can make, for something it gives out and wants to know again: 32 hexadecimal
    /// digits.
    ///
    /// # Errors
    /// When the vault has no key.
    pub fn stamp(&self, purpose: &str, text: &str) -> Result<String, StoreError> {
        self.keyed_hash(purpose, text)
    }

    /// A hash that only this vault can make, to find something without storing it in the clear.
    pub(crate) fn keyed_hash(&self, purpose: &str, text: &str) -> Result<String, StoreError> {
        Ok(hex(&self.drawn(purpose, text)?))
    }

    /// 128 bits that nobody can tell without this vault, the same for the same text each time. They are made with the
    /// oldest key, so that they stay the same when a key is added.
    ///
    /// # Errors
    /// When the vault has no key.
    pub fn drawn(&self, purpose: &str, text: &str) -> Result<[u8; 16], StoreError> {
        let key = self.keys.first().ok_or_else(|| failed("no key"))?;
        let mut mac =
            <Hmac<Sha256> as Mac>::new_from_slice(key).map_err(|error| failed(&error.to_string()))?;
        mac.update(hash(purpose, &[text.as_bytes()]).as_bytes());
        let code = mac.finalize().into_bytes();
        Ok(std::array::from_fn(|n| code[n]))
    }
}

/// The name of the key that an item needs, where it is sealed.
pub(crate) fn sealed_by(item: &Item) -> Option<&str> {
    item.bytes(WRAPPED).and_then(|_| item.text(KEY_ID))
}

/// A key file that only its owner reads, made with `fresh` in it when there is none.
pub(crate) fn key_file(path: &Path, fresh: &str) -> Result<String, StoreError> {
    let cannot = |source: crate::error::Source| StoreError::CannotOpen { path: path.to_owned(), source };
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt;
        options.mode(0o600);
    }
    match options.open(path) {
        Ok(mut file) => {
            writeln!(file, "{fresh}").map_err(|error| cannot(error.into()))?;
            file.sync_all().map_err(|error| cannot(error.into()))?;
        }
        Err(error) if error.kind() == std::io::ErrorKind::AlreadyExists => {}
        Err(error) => return Err(cannot(error.into())),
    }
    read_key_file(path)
}

fn read_key_file(path: &Path) -> Result<String, StoreError> {
    let cannot = |source: crate::error::Source| StoreError::CannotOpen { path: path.to_owned(), source };
    let mut text = String::new();
    let mut file = OpenOptions::new().read(true).open(path).map_err(|error| cannot(error.into()))?;
    file.read_to_string(&mut text).map_err(|error| cannot(error.into()))?;
    Ok(text)
}

/// What an envelope is bound to.
fn bound_to(item: &Item) -> Result<Vec<u8>, StoreError> {
    let key = item.key()?;
    Ok(format!("{}\n{}", key.pk(), key.sk()).into_bytes())
}

/// Names a key without telling anything about it.
fn key_id(key: &[u8; 32]) -> String {
    let mut id = hash("care key", &[key]);
    id.truncate(16);
    id
}

fn encrypt(key: &[u8; 32], text: &[u8], at: &[u8]) -> Result<Vec<u8>, StoreError> {
    let nonce: [u8; NONCE] = random();
    let cipher = XChaCha20Poly1305::new(key.into());
    let sealed = cipher
        .encrypt(&XNonce::from(nonce), Payload { msg: text, aad: at })
        .map_err(|_| failed("sealing failed"))?;
    Ok([&nonce[..], &sealed].concat())
}

fn decrypt(key: &[u8; 32], sealed: &[u8], at: &[u8]) -> Result<Vec<u8>, StoreError> {
    let (nonce, text) = sealed.split_at_checked(NONCE).ok_or_else(|| damaged("it is too short"))?;
    let nonce: [u8; NONCE] = nonce.try_into().map_err(|_| damaged("it is too short"))?;
    let cipher = XChaCha20Poly1305::new(key.into());
    cipher
        .decrypt(&XNonce::from(nonce), Payload { msg: text, aad: at })
        .map_err(|_| damaged("it does not open"))
}

fn failed(why: &str) -> StoreError {
    StoreError::Invalid { operation: "vault", code: why.to_owned() }
}

fn damaged(why: &'static str) -> StoreError {
    StoreError::Corrupt { wanted: "a sealed item", source: why.into() }
}
