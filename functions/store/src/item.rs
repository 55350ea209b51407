//! Keys and items as the rest of the crate handles them. What keys look like is decided in
//! `keys.rs`; which attributes an entity has, in its own module.

use crate::error::StoreError;
use aws_sdk_dynamodb::types::AttributeValue;
use serde::Serialize;
use serde::de::DeserializeOwned;
use std::collections::HashMap;

/// Attribute of the partition key, in both tables.
pub(crate) const PK: &str = "pk";
/// Attribute of the sort key, in both tables.
pub(crate) const SK: &str = "sk";
/// Partition key of the sparse desk index.
pub(crate) const GPK: &str = "gpk";
/// Sort key of the sparse desk index.
pub(crate) const GSK: &str = "gsk";
/// When the table may delete the item, in seconds since 1970.
pub(crate) const TTL: &str = "ttl";

const RESERVED: [&str; 5] = [PK, SK, GPK, GSK, TTL];

/// The largest item DynamoDB stores, in bytes, names included.
pub const ITEM_LIMIT_BYTES: usize = 400 * 1024;

pub(crate) type Attributes = HashMap<String, AttributeValue>;

/// Where an item lives.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Key {
    pub(crate) pk: String,
    pub(crate) sk: String,
}

impl Key {
    /// A key from its two parts. Only `keys.rs` and the store's own tests call this; everybody else
    /// gets keys from the typed functions there.
    #[must_use]
    pub fn from_parts(pk: impl Into<String>, sk: impl Into<String>) -> Self {
        Self { pk: pk.into(), sk: sk.into() }
    }

    /// The partition key.
    #[must_use]
    pub fn pk(&self) -> &str {
        &self.pk
    }

    /// The sort key.
    #[must_use]
    pub fn sk(&self) -> &str {
        &self.sk
    }

    pub(crate) fn attributes(&self) -> Attributes {
        HashMap::from([
            (PK.to_owned(), AttributeValue::S(self.pk.clone())),
            (SK.to_owned(), AttributeValue::S(self.sk.clone())),
        ])
    }
}

/// One stored item: its key, the attributes the table itself looks at, and a body.
#[derive(Debug, Clone, PartialEq)]
pub struct Item {
    attributes: Attributes,
}

impl Item {
    /// An item with nothing but its key.
    #[must_use]
    pub fn new(key: &Key) -> Self {
        Self { attributes: key.attributes() }
    }

    /// Adds every field of `body` as an attribute.
    ///
    /// # Errors
    /// [`StoreError::Invalid`] when the body is not a map or uses a name the table needs itself.
    pub fn with_body(mut self, body: &impl Serialize) -> Result<Self, StoreError> {
        let fields: Attributes = serde_dynamo::to_item(body).map_err(|error| invalid(error.to_string()))?;
        if let Some(name) = RESERVED.iter().find(|name| fields.contains_key(**name)) {
            return Err(invalid(format!("the body has a field {name}")));
        }
        self.attributes.extend(fields);
        Ok(self)
    }

    /// Shows the item in the desk index under these keys, until it is written without them.
    #[must_use]
    pub fn indexed(mut self, gpk: impl Into<String>, gsk: impl Into<String>) -> Self {
        self = self.with_text(GPK, gpk);
        self.with_text(GSK, gsk)
    }

    /// Lets the table delete the item after this second since 1970. Deletion may come days late, so
    /// whoever reads still compares the time.
    #[must_use]
    pub fn expires_at(self, seconds: i64) -> Self {
        self.with_number(TTL, seconds)
    }

    /// Adds a text attribute.
    #[must_use]
    pub fn with_text(mut self, name: &str, value: impl Into<String>) -> Self {
        self.attributes.insert(name.to_owned(), AttributeValue::S(value.into()));
        self
    }

    /// Adds a whole number.
    #[must_use]
    pub fn with_number(mut self, name: &str, value: i64) -> Self {
        self.attributes.insert(name.to_owned(), AttributeValue::N(value.to_string()));
        self
    }

    /// Adds bytes (an encrypted envelope, a hash).
    #[must_use]
    pub fn with_bytes(mut self, name: &str, value: impl Into<Vec<u8>>) -> Self {
        let blob = aws_sdk_dynamodb::primitives::Blob::new(value.into());
        self.attributes.insert(name.to_owned(), AttributeValue::B(blob));
        self
    }

    /// A text attribute, when it is there and is text.
    #[must_use]
    pub fn text(&self, name: &str) -> Option<&str> {
        self.attributes.get(name)?.as_s().ok().map(String::as_str)
    }

    /// A whole number, when it is there and is one.
    #[must_use]
    pub fn number(&self, name: &str) -> Option<i64> {
        self.attributes.get(name)?.as_n().ok()?.parse().ok()
    }

    /// Bytes, when they are there.
    #[must_use]
    pub fn bytes(&self, name: &str) -> Option<&[u8]> {
        self.attributes.get(name)?.as_b().ok().map(AsRef::as_ref)
    }

    /// Its key.
    ///
    /// # Errors
    /// [`StoreError::Corrupt`] when the answer lacked one of the two parts (a projection).
    pub fn key(&self) -> Result<Key, StoreError> {
        match (self.text(PK), self.text(SK)) {
            (Some(pk), Some(sk)) => Ok(Key::from_parts(pk, sk)),
            _ => Err(StoreError::Corrupt {
                wanted: "an item with a key",
                source: "pk or sk is missing".into(),
            }),
        }
    }

    /// The body, without the attributes that belong to the table itself.
    ///
    /// # Errors
    /// [`StoreError::Corrupt`] when the attributes do not make a `T`.
    pub fn into_body<T: DeserializeOwned>(mut self) -> Result<T, StoreError> {
        for name in RESERVED {
            self.attributes.remove(name);
        }
        serde_dynamo::from_item(self.attributes).map_err(|error| StoreError::Corrupt {
            wanted: std::any::type_name::<T>(),
            source: Box::new(error),
        })
    }

    /// Its size in bytes by DynamoDB's rules: what write units are counted from.
    #[must_use]
    pub fn size(&self) -> usize {
        self.attributes.iter().map(|(name, value)| name.len() + value_size(value)).sum()
    }

    pub(crate) fn attributes(&self) -> &Attributes {
        &self.attributes
    }

    pub(crate) fn from_table(attributes: Attributes) -> Self {
        Self { attributes }
    }

    /// The attributes to send, unless they are more than the table takes.
    pub(crate) fn into_attributes(self) -> Result<Attributes, StoreError> {
        match self.size() {
            size if size > ITEM_LIMIT_BYTES => {
                Err(StoreError::TooLarge { what: "item", size, limit: ITEM_LIMIT_BYTES })
            }
            _ => Ok(self.attributes),
        }
    }
}

fn invalid(code: String) -> StoreError {
    StoreError::Invalid { operation: "Item", code }
}

/// DynamoDB's published rules: a number is about a byte for two digits and one more, a list or map
/// three bytes and one for each member.
fn value_size(value: &AttributeValue) -> usize {
    fn number(text: &str) -> usize {
        let digits = text.bytes().filter(u8::is_ascii_digit).count();
        digits.div_ceil(2) + 1 + usize::from(text.starts_with('-'))
    }
    match value {
        AttributeValue::S(text) => text.len(),
        AttributeValue::N(text) => number(text),
        AttributeValue::B(bytes) => bytes.as_ref().len(),
        AttributeValue::Bool(_) | AttributeValue::Null(_) => 1,
        AttributeValue::Ss(texts) => texts.iter().map(String::len).sum(),
        AttributeValue::Ns(texts) => texts.iter().map(|text| number(text)).sum(),
        AttributeValue::Bs(blobs) => blobs.iter().map(|blob| blob.as_ref().len()).sum(),
        AttributeValue::L(values) => 3 + values.iter().map(|v| 1 + value_size(v)).sum::<usize>(),
        AttributeValue::M(fields) => {
            3 + fields.iter().map(|(name, v)| 1 + name.len() + value_size(v)).sum::<usize>()
        }
        _ => 0,
    }
}
