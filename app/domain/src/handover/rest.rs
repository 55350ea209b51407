//! What is left of a round, as another phone needs it to walk on without signal: doors with their cards, who lives
//! there as far as a round shows it, the jobs with what each gets, and whom all that is from.
//!
//! Nothing about health goes along: of a medicine or a sample only that there is one, never which or why.

use super::Ticket;
use crate::actor::Signed;
use crate::community::Person;
use crate::door_code::DoorToken;
use crate::fact::{AddJob, Away, Body, FACT_VERSION, Fact, OrderSet, Sequence, Stamped, Verdict};
use crate::feed::{Card, Feed};
use crate::household::Household;
use crate::ids::{DoorId, FactId, HouseholdId, RunId};
use crate::job::JobRef;
use crate::menu::Menu;
use crate::places::{Area, Building, Compound, Door};
use crate::round::Job;
use crate::time::{DeviceTime, Millis};
use crate::window::Window;

/// What is left, and who gives it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rest {
    /// The giver's hand-over.
    pub hand: FactId,
    /// The ticket whose seal it carries.
    pub ticket: Ticket,
    /// Who gives it.
    pub from: Person,
    /// Which parts of the building.
    pub areas: Vec<Area>,
    /// The run, as far as walking it needs.
    pub window: Window,
    /// Where the building stands.
    pub compound: Compound,
    /// The building.
    pub building: Building,
    /// The menus that the boxes are of.
    pub menus: Vec<Menu>,
    /// The doors with something left to do, in the order of the stairs.
    pub stops: Vec<Left>,
    /// The bytes that all this was read from, as they are kept.
    pub(super) bytes: Vec<u8>,
}

/// A door with something left to do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Left {
    /// The door.
    pub door: Door,
    /// Its card.
    pub card: Option<DoorToken>,
    /// Who lives behind it.
    pub households: Vec<Household>,
    /// The open jobs.
    pub jobs: Vec<Job>,
}

impl Rest {
    /// Whether it can be walked at a moment: round data leaves a phone 12 hours after the round, and a code from
    /// nowhere stays no longer than one of ours could.
    #[must_use]
    pub fn walkable(&self, now: Millis) -> bool {
        self.window.delivering(now) && self.window.delivery_to - now < 2 * Millis::DAY
    }

    /// Whether it has this door.
    #[must_use]
    pub fn has(&self, door: DoorId) -> bool {
        self.stops.iter().any(|stop| stop.door.id == door)
    }

    /// Puts it beside what a feed has. What the feed knows itself stays as it is.
    #[allow(clippy::map_entry, reason = "entries of five types would cost a phone more than looking twice")]
    pub fn join(self, feed: &mut Feed) {
        let (run, at, hand) = (self.window.run, self.window.closes, self.hand);
        let community = &mut feed.community;
        if !community.windows.contains_key(&run) {
            community.windows.insert(run, self.window);
        }
        for menu in self.menus {
            if community.menu(&menu.code, menu.version).is_none() {
                community.menus.push(menu);
            }
        }
        if !community.people.contains_key(&self.from.id) {
            community.people.insert(self.from.id, self.from);
        }
        let places = &mut community.places;
        if !places.compounds.contains_key(&self.compound.id) {
            places.compounds.insert(self.compound.id, self.compound);
        }
        if !places.buildings.contains_key(&self.building.id) {
            places.buildings.insert(self.building.id, self.building);
        }
        for stop in self.stops {
            let door = stop.door.id;
            if places.doors.contains_key(&door) {
                continue;
            }
            places.doors.insert(door, stop.door);
            for household in stop.households {
                if !places.households.contains_key(&household.id) {
                    places.households.insert(household.id, household);
                }
            }
            if let Some(token) = stop.card {
                feed.cards.push(Card { door, token });
            }
            for job in stop.jobs {
                tell(job, door, run, at, hand, &mut feed.facts);
            }
        }
    }
}

/// The facts that make a job appear, as far as the code tells them.
fn tell(job: Job, door: DoorId, run: RunId, at: Millis, hand: FactId, facts: &mut Vec<Stamped>) {
    let made = DeviceTime { at, offset: 0, contact: None };
    let seq = Sequence { epoch: Sequence::HERE, number: 0 };
    let mut told = |id, body| {
        let fact = Fact { v: FACT_VERSION, id, made, seq, body, via: None };
        facts.push(Stamped { fact, by: Signed::Clock, received: at, verdict: Verdict::Taken });
    };
    match job.id {
        JobRef::Order(household) => {
            let id = FactId(uuid_near(hand, household));
            let (lines, substitution) = (job.lines, job.substitution);
            told(id, Body::Order(OrderSet { run, household, replaces: None, lines, substitution }));
            if job.away {
                told(id.continued(1), Body::Away(Away { run, household, away: true }));
            }
        }
        JobRef::Added(id) => {
            let (household, kind, text) = (job.household, job.kind, job.text);
            told(id, Body::AddJob(AddJob { run, door, household, kind, text, need: None }));
        }
    }
}

/// A name for the order of a household that was told by a code: the same whenever it is read.
fn uuid_near(hand: FactId, household: HouseholdId) -> uuid::Uuid {
    uuid::Uuid::from_u128(hand.0.as_u128() ^ u128::from(household.0) << 8)
}
