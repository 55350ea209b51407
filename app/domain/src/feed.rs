//! The feed: what the server gives a phone so that it can fold and decide on its own, and for how long.

use serde::{Deserialize, Serialize};

use crate::actor::{Actor, Assignment, Role};
use crate::community::Community;
use crate::door_code::{DoorToken, ShortCode};
use crate::fact::Stamped;
use crate::ids::{DoorId, HouseholdId, MenuCode, PersonId, RunId};
use crate::json::Json;
use crate::time::Millis;

/// Who is signed in on the phone.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Json)]
#[serde(rename_all = "snake_case")]
pub enum Me {
    /// Somebody of a household.
    Household(HouseholdId),
    /// A person with a role.
    Person {
        /// Who.
        id: PersonId,
        /// Their name.
        name: String,
        /// As what.
        role: Role,
        /// Where.
        assignments: Vec<Assignment>,
    },
}

impl Me {
    /// As an actor for `admit`.
    #[must_use]
    pub fn actor(&self) -> Actor {
        match self {
            Self::Household(id) => Actor::Household(*id),
            Self::Person { id, role, assignments, .. } => {
                Actor::Person { id: *id, role: *role, assignments: assignments.clone() }
            }
        }
    }
}

/// The card on a door of one's round: what lets a phone without signal tell which door was scanned.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Json)]
pub struct Card {
    /// The door.
    pub door: DoorId,
    /// What its QR code carries; the short code is its beginning.
    pub token: DoorToken,
}

/// The state of the world as far as one phone may know it. Pages fold this with the facts still waiting in the
/// outbox, by the same functions as the server.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Json)]
pub struct Feed {
    /// The server's time when it was made: the age that pages show.
    pub as_of: Millis,
    /// Whose.
    pub me: Me,
    /// The part of the community.
    pub community: Community,
    /// The facts: of the household, or of the rounds.
    pub facts: Vec<Stamped>,
    /// The cards on the doors of the rounds; empty for a household.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub cards: Vec<Card>,
    /// How many boxes are left of menus that run out.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub left: Vec<Left>,
    /// The codes to pay with, drawn: a phone's program has no room for what draws them.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub codes: Vec<PayCode>,
}

/// The text of a [`crate::window::Payment::Prepaid`] as a QR picture.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Json)]
pub struct PayCode {
    /// Which run it pays.
    pub run: RunId,
    /// Width and height in modules, light border included.
    pub side: u16,
    /// The dark area as SVG path data.
    pub path: String,
}

/// How many boxes of a menu are left in a run.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Json)]
pub struct Left {
    /// Which run.
    pub run: RunId,
    /// Which menu.
    pub menu: MenuCode,
    /// How many.
    pub boxes: u32,
}

impl Feed {
    /// How many boxes of a menu are left; `None` where it does not run out.
    #[must_use]
    pub fn left(&self, run: RunId, menu: &MenuCode) -> Option<u32> {
        self.left.iter().find(|left| left.run == run && left.menu == *menu).map(|left| left.boxes)
    }

    /// The household's own id, where the feed is a household's.
    #[must_use]
    pub fn household(&self) -> Option<HouseholdId> {
        match self.me {
            Me::Household(id) => Some(id),
            Me::Person { .. } => None,
        }
    }

    /// The door of a scanned card, if it is on this phone's rounds.
    #[must_use]
    pub fn door_of_card(&self, token: &DoorToken) -> Option<DoorId> {
        self.cards.iter().find(|card| card.token == *token).map(|card| card.door)
    }

    /// The door of a typed short code, if it is on this phone's rounds.
    #[must_use]
    pub fn door_of_short_code(&self, code: &ShortCode) -> Option<DoorId> {
        self.cards.iter().find(|card| card.token.short_code() == *code).map(|card| card.door)
    }
}
