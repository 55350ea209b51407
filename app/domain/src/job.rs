//! Jobs at a door, and how they turn out. Adding a kind of job is one line in the table of this file.

use serde::{Deserialize, Serialize};

use crate::ids::{FactId, HouseholdId, MenuCode};
use crate::json::Json;

/// What a kind of job needs to know of itself.
struct Traits {
    /// Something is carried to the door, so that load and proof of delivery apply.
    carries: bool,
}

macro_rules! job_kinds {
    ($($(#[$doc:meta])* $kind:ident { carries: $carries:literal }),* $(,)?) => {
        /// What is to be done at a door. Screens name it in `ui::locales` and draw it in `ui::components::icon`,
        /// where the compiler asks for every kind.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, Json)]
        #[serde(rename_all = "snake_case")]
        pub enum JobKind { $($(#[$doc])* $kind),* }

        impl JobKind {
            /// Every kind, in the order of pickers.
            pub const ALL: &'static [Self] = &[$(Self::$kind),*];

            fn traits(self) -> Traits {
                match self { $(Self::$kind => Traits { carries: $carries }),* }
            }
        }
    };
}

job_kinds! {
    /// Deliver what the household ordered.
    DeliverOrder { carries: true },
    /// Carry a parcel up from the gate.
    Parcel { carries: true },
    /// An errand, bought for the household (代买).
    Errand { carries: true },
    /// Deliver medicine, contactless where asked.
    Medicine { carries: true },
    /// Deliver a sealed letter, such as the enrolment letter.
    Letter { carries: true },
    /// Take the rubbish down.
    Rubbish { carries: false },
    /// Knock and ask how they are and what is short (敲门行动).
    Knock { carries: false },
    /// Take a sample at the door.
    Sample { carries: false },
    /// Deliver a notice.
    Notice { carries: true },
    /// Anything else; the text says what.
    Other { carries: false },
}

impl JobKind {
    /// Whether something is carried to the door.
    #[must_use]
    pub fn carries(self) -> bool {
        self.traits().carries
    }
}

/// Which job of a run is meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, Json)]
pub enum JobRef {
    /// Delivering the order of a household: one basket per household and run.
    #[serde(rename = "o")]
    Order(HouseholdId),
    /// A job the desk added; named by the fact that added it.
    #[serde(rename = "j")]
    Added(FactId),
}

/// An item of a box: the menu in the version that was ordered, and the item's place in its list.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize, Json)]
pub struct BoxItem {
    /// Which menu.
    #[serde(rename = "m")]
    pub menu: MenuCode,
    /// Which version of it.
    #[serde(rename = "ver")]
    pub version: u16,
    /// The place in its list, from 0.
    #[serde(rename = "n")]
    pub item: u8,
}

/// Why a job could not be done: a failed attempt (未送达).
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize, Json)]
#[serde(rename_all = "snake_case")]
pub enum Failure {
    /// Nobody opened.
    NobodyHome,
    /// The way was closed.
    NoAccess,
    /// They did not want it.
    Refused,
    /// Not their door.
    WrongAddress,
    /// Something was missing or damaged: which boxes, which of their items, and in words.
    ShortOrDamaged {
        /// The whole boxes concerned.
        menus: Vec<MenuCode>,
        /// The items concerned in boxes that came.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        items: Vec<BoxItem>,
        /// What exactly, in words; may be empty.
        #[serde(default, skip_serializing_if = "String::is_empty")]
        note: String,
    },
    /// Something else, in words.
    Other(String),
}

/// How a job turned out.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize, Json)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// Handed over in person (当面交付), or, where nothing is carried, done.
    Done,
    /// Left at the door (放门口).
    LeftAtDoor,
    /// Given to a neighbour; who, in words.
    Neighbour(String),
    /// Not done.
    Failed(Failure),
}

impl Outcome {
    /// Whether the household has what it was to have.
    #[must_use]
    pub fn succeeded(&self) -> bool {
        !matches!(self, Self::Failed(_))
    }
}
