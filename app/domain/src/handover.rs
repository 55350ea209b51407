//! Handing the rest of a round (配送轮次) from one phone to another without signal, as facts.
//!
//! The giver's phone makes a [`HandOver`], which carries the seal of a random ticket. A QR code carries the ticket and
//! what is left to do ([`rest`]) to the receiver's phone, whose facts name the ticket from then on. Whichever phone
//! finds signal first, the same facts give the same round ([`passed`]).
//!
//! A ticket lets its holder report. It never lets anybody read.

mod bytes;
pub mod parts;
pub mod rest;
mod seal;
pub mod written;

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::actor::{Actor, At, Right, Signed};
use crate::fact::{Body, Stamped, in_order};
use crate::feed::{Feed, Me};
use crate::ids::{BuildingId, CompoundId, FactId, NotAnId, PersonId, RunId, from_hex, hex};
use crate::json::Json;
use crate::places::Area;
use crate::time::{Millis, Shown};

use rest::Rest;

macro_rules! sixteen_bytes {
    ($(#[$doc:meta])* $name:ident, $kind:literal) => {
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, Json)]
        #[serde(try_from = "String", into = "String")]
        pub struct $name([u8; 16]);

        // A secret, or nearly one: never in a log.
        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(concat!(stringify!($name), "(…)"))
            }
        }

        impl FromStr for $name {
            type Err = NotAnId;
            fn from_str(text: &str) -> Result<Self, NotAnId> {
                from_hex(text).map(Self).ok_or(NotAnId { kind: $kind })
            }
        }

        impl TryFrom<String> for $name {
            type Error = NotAnId;
            fn try_from(text: String) -> Result<Self, NotAnId> {
                text.parse()
            }
        }

        impl From<$name> for String {
            fn from(value: $name) -> Self {
                hex(&value.0)
            }
        }
    };
}

sixteen_bytes!(
    /// What the QR code carries and whoever took the round over names: 128 random bits.
    Ticket, "ticket");
sixteen_bytes!(
    /// What the giver's fact says of the ticket: 128 bits of its SHA-256.
    Seal, "seal");

impl Ticket {
    /// A ticket of 128 bits that the caller drew at random.
    #[must_use]
    pub fn new(random: [u8; 16]) -> Self {
        Self(random)
    }

    /// Its seal.
    #[must_use]
    pub fn seal(&self) -> Seal {
        Seal(seal::half_digest(&self.0))
    }
}

/// The most areas in one hand-over: what somebody can be assigned in one building.
pub const MAX_AREAS: usize = 8;

/// Somebody hands what is left to do in a building to whoever holds the ticket.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize, Json)]
pub struct HandOver {
    /// Which run.
    pub run: RunId,
    /// In which building.
    #[serde(rename = "b")]
    pub building: BuildingId,
    /// Which parts of it: the giver's own.
    pub areas: Vec<Area>,
    /// The seal of the ticket.
    pub seal: Seal,
}

/// Somebody scanned it and walks on. The ticket is in the fact's own `via`.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize, Json)]
pub struct TookOver {
    /// Which run.
    pub run: RunId,
    /// In which building.
    #[serde(rename = "b")]
    pub building: BuildingId,
    /// Which parts of it, as the code said.
    pub areas: Vec<Area>,
    /// The hand-over: said again here, since the giver's phone may be heard of later, or never.
    pub hand: FactId,
    /// Who gave it.
    pub from: PersonId,
}

/// Whether a place lies in one of these areas.
#[must_use]
pub fn covers(areas: &[Area], at: At<'_>) -> bool {
    areas.iter().any(|area| area.covers(at.compound, at.building, at.spot))
}

/// Whether areas can stand in a hand-over of this building at all.
#[must_use]
pub fn well_formed(areas: &[Area], building: BuildingId) -> bool {
    let inside = |area: &Area| match area {
        Area::Building(id) | Area::Unit(id, _) | Area::Floors(id, ..) => *id == building,
        Area::Community | Area::Compound(_) => false,
    };
    (1..=MAX_AREAS).contains(&areas.len()) && areas.iter().all(inside)
}

/// A part of a round that went from one person to another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Passed {
    /// The hand-over's name.
    pub hand: FactId,
    /// In which building.
    pub building: BuildingId,
    /// Which parts of it.
    pub areas: Vec<Area>,
    /// Who gave it.
    pub from: PersonId,
    /// When; where the giver's phone was not heard of yet, when it was taken.
    pub at: Shown,
    /// The giver's phone was heard of, and what it says fits.
    pub heard: bool,
    /// Who took it, each once, the latest last. More than one: the code was scanned by several.
    pub takers: Vec<PersonId>,
}

impl Passed {
    /// Who walks it now: the last one that took it.
    #[must_use]
    pub fn holder(&self) -> Option<PersonId> {
        self.takers.last().copied()
    }
}

/// What was handed over in a run, in the order of the facts.
#[must_use]
pub fn passed<'a>(facts: impl IntoIterator<Item = &'a Stamped>) -> Vec<Passed> {
    let facts = in_order(facts);
    let mut all: Vec<(Passed, Option<Seal>)> = Vec::new();
    for stamped in &facts {
        if let (Body::HandOver(hand), Signed::Person(from, _)) = (&stamped.fact.body, stamped.by) {
            let passed = Passed {
                hand: stamped.fact.id,
                building: hand.building,
                areas: hand.areas.clone(),
                from,
                at: stamped.shown(),
                heard: true,
                takers: Vec::new(),
            };
            all.push((passed, Some(hand.seal)));
        }
    }
    for stamped in &facts {
        let (Body::TookOver(took), Signed::Person(who, _)) = (&stamped.fact.body, stamped.by) else {
            continue;
        };
        let seal = stamped.fact.via.map(|ticket| ticket.seal());
        // Without the right ticket it is only what somebody says: it stands beside, and takes nothing away.
        let said =
            all.iter().position(|(known, of)| known.hand == took.hand && (of.is_none() || *of == seal));
        let place = said.unwrap_or_else(|| {
            let passed = Passed {
                hand: took.hand,
                building: took.building,
                areas: took.areas.clone(),
                from: took.from,
                at: stamped.shown(),
                heard: false,
                takers: Vec::new(),
            };
            all.push((passed, None));
            all.len() - 1
        });
        let takers = &mut all[place].0.takers;
        takers.retain(|known| *known != who);
        takers.push(who);
    }
    all.into_iter().map(|(passed, _)| passed).collect()
}

/// The parts of a building that somebody walks now: assigned to them, or taken over and not handed on.
#[must_use]
pub fn held(
    me: &Me,
    passed: &[Passed],
    compound: CompoundId,
    building: BuildingId,
    now: Millis,
) -> Vec<Area> {
    let Me::Person { id, assignments, .. } = me else { return Vec::new() };
    let mut areas: Vec<Area> = Vec::new();
    let mut add = |area: Area| {
        if !areas.iter().any(|known| area.within(known, compound)) {
            areas.retain(|known| !known.within(&area, compound));
            areas.push(area);
        }
    };
    for assignment in assignments.iter().filter(|assignment| assignment.holds(now)) {
        if let Some(area) = assignment.area.inside(compound, building) {
            add(area);
        }
    }
    for one in passed.iter().filter(|one| one.building == building && one.holder() == Some(*id)) {
        for area in &one.areas {
            add(*area);
        }
    }
    areas.truncate(MAX_AREAS);
    areas
}

/// The ticket that a fact made on this phone goes under; `None` where its author needs none.
#[must_use]
pub fn ticket_for(rests: &[Rest], feed: &Feed, body: &Body, now: Millis) -> Option<Ticket> {
    let places = &feed.community.places;
    let actor = feed.me.actor();
    let of_building = |building: BuildingId| {
        let compound = places.buildings.get(&building)?.compound;
        let Actor::Person { assignments, .. } = &actor else { return None };
        let own = assignments.iter().any(|a| a.from <= now && a.area.touches(compound, building));
        rests.iter().rev().find(|rest| !own && rest.building.id == building)
    };
    let rest = match body {
        Body::TookOver(took) => rests.iter().find(|rest| rest.hand == took.hand),
        Body::HandOver(hand) => of_building(hand.building),
        Body::Load(load) => of_building(load.building),
        body => {
            let (door, household) = crate::outbox::concerns(body);
            let door = door.or_else(|| places.door_of(household?))?;
            let own = places.at(door).is_some_and(|at| actor.may(Right::Report(at), now));
            rests.iter().rev().find(|rest| !own && rest.has(door))
        }
    };
    rest.map(|rest| rest.ticket)
}

/// What was handed over last at a place.
#[must_use]
pub fn last_at<'p>(passed: &'p [Passed], at: At<'_>) -> Option<&'p Passed> {
    passed.iter().rev().find(|passed| covers(&passed.areas, at))
}
