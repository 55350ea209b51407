//! The feed: what the server gives a phone so that it can fold and decide on its own, and for how long.

use serde::{Deserialize, Serialize};

use crate::actor::{Actor, Assignment, Role};
use crate::community::Community;
use crate::fact::Stamped;
use crate::ids::{HouseholdId, PersonId};
use crate::time::Millis;

/// Who is signed in on the phone.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
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

/// The state of the world as far as one phone may know it. Pages fold this with the facts still waiting in the
/// outbox, by the same functions as the server.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Feed {
    /// The server's time when it was made: the age that pages show.
    pub as_of: Millis,
    /// Whose.
    pub me: Me,
    /// The part of the community.
    pub community: Community,
    /// The facts: of the household, or of the rounds.
    pub facts: Vec<Stamped>,
}

impl Feed {
    /// The household's own id, where the feed is a household's.
    #[must_use]
    pub fn household(&self) -> Option<HouseholdId> {
        match self.me {
            Me::Household(id) => Some(id),
            Me::Person { .. } => None,
        }
    }
}
