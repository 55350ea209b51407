//! Households: the people behind a door. Needs and orders hang on them, not on the door.

use crate::map::BTreeSet;
use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::ids::{DoorId, HouseholdId, NotAnId};
use crate::json::Json;
use crate::lang::Lang;

/// A diet a menu keeps and a household wants kept: `halal`, `vegetarian`, `low-sugar`, or a desk's own.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, Json)]
#[serde(try_from = "String", into = "String")]
pub struct DietTag(String);

impl DietTag {
    /// The tag's text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for DietTag {
    type Err = NotAnId;
    fn from_str(text: &str) -> Result<Self, NotAnId> {
        // Chinese has no case; the tables of the other scripts would be 6 KB of a phone's program.
        let tag = text.trim().to_ascii_lowercase();
        let fits = !tag.is_empty()
            && crate::wire::characters(&tag) <= 20
            && !tag.chars().any(|c| c.is_control() || c == ';');
        if fits { Ok(Self(tag)) } else { Err(NotAnId { kind: "diet tag" }) }
    }
}

impl TryFrom<String> for DietTag {
    type Error = NotAnId;
    fn try_from(text: String) -> Result<Self, NotAnId> {
        text.parse()
    }
}

impl From<DietTag> for String {
    fn from(tag: DietTag) -> Self {
        tag.0
    }
}

impl fmt::Display for DietTag {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// A set of diets.
pub type Diets = BTreeSet<DietTag>;

/// A household as the desk keeps it. Care remarks and telephone numbers are stored apart from it,
/// because a volunteer's phone receives this.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Json)]
pub struct Household {
    /// Its id.
    pub id: HouseholdId,
    /// The door it lives behind; `None` while stranded, in a centre, in hospital.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub door: Option<DoorId>,
    /// Who to ask for.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub holder: String,
    /// How many people.
    pub people: u16,
    /// How many of them are over 60.
    #[serde(default)]
    pub over_60: u16,
    /// The language the screens and letters start in.
    #[serde(default)]
    pub lang: Lang,
    /// The language as the ledger names it, where the screens do not have it.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub speaks: String,
    /// What to know at the door: "don't ring, baby".
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub note: String,
    /// Diets to keep.
    #[serde(default, skip_serializing_if = "Diets::is_empty")]
    pub diets: Diets,
}

impl Household {
    /// The diets this household keeps that a box does not: what the order page warns of.
    #[must_use]
    pub fn clashes(&self, kept: &Diets) -> Vec<DietTag> {
        self.diets.difference(kept).cloned().collect()
    }
}
