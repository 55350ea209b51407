//! Typed ids. A number that names a door can never be handed to a function that wants a household.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::json::Json;
use crate::text::Text;
use crate::time::Millis;
use uuid::Uuid;

/// The text is not an id of the kind that was asked for.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("not a {kind}")]
pub struct NotAnId {
    /// Which kind was asked for.
    pub kind: &'static str,
}

macro_rules! number_id {
    ($(#[$doc:meta])* $name:ident, $of:ty, $kind:literal) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, Json)]
        #[serde(transparent)]
        pub struct $name(pub $of);

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }

        impl Text for $name {
            fn say(&self, out: &mut String) {
                self.0.say(out);
            }
        }

        impl FromStr for $name {
            type Err = NotAnId;
            fn from_str(text: &str) -> Result<Self, NotAnId> {
                text.parse().map(Self).map_err(|_| NotAnId { kind: $kind })
            }
        }
    };
}

number_id!(
    /// A compound (小区): a walled group of buildings with a gate.
    CompoundId, u16, "compound");
number_id!(
    /// A building of a community. Half of the partition key of everything that happens at its doors.
    BuildingId, u16, "building");
number_id!(
    /// A door: a place with a stable id; relabelling it never moves old facts.
    DoorId, u32, "door");
number_id!(
    /// A household: the people behind a door, who may move or have no door at all.
    HouseholdId, u32, "household");
number_id!(
    /// A person who signs in.
    PersonId, u32, "person");
number_id!(
    /// A run: a dated batch of jobs, such as an ordering window with its delivery.
    RunId, u32, "run");
number_id!(
    /// A notice to residents.
    NoticeId, u32, "notice");

/// The name of a fact, made by the device that made the fact (UUIDv7, so that ids sort by time).
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct FactId(#[serde(with = "uuid::serde::simple")] pub Uuid);

impl FactId {
    /// Builds a UUIDv7 from a device time in milliseconds and ten random bytes.
    #[must_use]
    pub fn new(device_ms: i64, random: [u8; 10]) -> Self {
        let ms = u64::try_from(device_ms).unwrap_or(0);
        Self(uuid::Builder::from_unix_timestamp_millis(ms, &random).into_uuid())
    }

    /// When it was built, by the clock of whoever built it.
    #[must_use]
    pub fn built(self) -> Millis {
        Millis(i64::try_from(self.0.as_u128() >> 80).unwrap_or(0))
    }

    /// The name of the n-th fact that continues this one, so that sending a long text twice is still one text.
    #[must_use]
    pub fn continued(self, n: u8) -> Self {
        Self(Uuid::from_u128(self.0.as_u128() ^ u128::from(n)))
    }
}

impl fmt::Debug for FactId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl fmt::Display for FactId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text())
    }
}

impl Text for FactId {
    fn say(&self, out: &mut String) {
        out.push_str(&hex(self.0.as_bytes()));
    }
}

impl FromStr for FactId {
    type Err = NotAnId;
    fn from_str(text: &str) -> Result<Self, NotAnId> {
        from_hex(text).map(|bytes| Self(Uuid::from_bytes(bytes))).ok_or(NotAnId { kind: "fact" })
    }
}

/// Sixteen bytes as 32 small hexadecimal digits. Not by `fmt`, whose code a phone would pay for.
pub(crate) fn hex(bytes: &[u8; 16]) -> String {
    let digit = |half: u8| char::from(b"0123456789abcdef"[usize::from(half & 15)]);
    let mut text = String::new();
    for byte in bytes {
        text.push(digit(byte >> 4));
        text.push(digit(*byte));
    }
    text
}

/// Reads what [`hex`] wrote, with dashes as in UUIDs or without.
pub(crate) fn from_hex(text: &str) -> Option<[u8; 16]> {
    let mut number = 0_u128;
    let mut digits = 0;
    for byte in text.bytes().filter(|byte| *byte != b'-') {
        number = number << 4 | u128::from(char::from(byte).to_digit(16)?);
        digits += 1;
    }
    (digits == 32).then(|| number.to_be_bytes())
}

macro_rules! text_id {
    ($(#[$doc:meta])* $name:ident, $max:literal, $kind:literal) => {
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, Json)]
        #[serde(try_from = "String", into = "String")]
        pub struct $name(String);

        impl $name {
            /// The text of the id.
            #[must_use]
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl FromStr for $name {
            type Err = NotAnId;
            fn from_str(text: &str) -> Result<Self, NotAnId> {
                let fits = !text.is_empty()
                    && text.len() <= $max
                    && text.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_');
                if fits { Ok(Self(text.to_owned())) } else { Err(NotAnId { kind: $kind }) }
            }
        }

        impl TryFrom<String> for $name {
            type Error = NotAnId;
            fn try_from(text: String) -> Result<Self, NotAnId> {
                text.parse()
            }
        }

        impl From<$name> for String {
            fn from(id: $name) -> Self {
                id.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }

        impl Text for $name {
            fn say(&self, out: &mut String) {
                out.push_str(&self.0);
            }
        }
    };
}

text_id!(
    /// A community: one desk and the compounds it serves. Letters, digits, `-` and `_`, at most 24.
    CommunityId, 24, "community");
text_id!(
    /// The code a set menu is ordered by, printed in the booklet: letters, digits, `-` and `_`, at most 12.
    MenuCode, 12, "menu code");

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fact_ids_sort_by_the_time_they_were_made() {
        assert!(FactId::new(1_000, [255; 10]) < FactId::new(1_001, [0; 10]));
    }

    #[test]
    fn a_key_separator_never_gets_into_an_id() {
        assert!("a#b".parse::<MenuCode>().is_err());
        assert!("".parse::<CommunityId>().is_err());
        assert!("-1".parse::<DoorId>().is_err());
    }
}
