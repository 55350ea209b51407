//! The building board (楼栋图): each door's state, and the counts of each building.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use crate::community::Places;
use crate::fact::Stamped;
use crate::ids::{BuildingId, DoorId, HouseholdId};
use crate::job::{JobKind, JobRef};
use crate::look::to_look_at;
use crate::round::{JobState, stops};
use crate::tally::DoorTally;

/// What a door's window on the board shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Cell {
    /// Nobody behind it ordered and nothing is to be done.
    Nothing,
    /// Something is to be brought.
    Ordered,
    /// Everything arrived.
    Delivered,
    /// A failed attempt.
    Failed,
    /// A household says otherwise.
    Disputed,
    /// Two people marked it differently.
    Conflict,
}

impl Cell {
    /// Every state, in the order of the legend.
    pub const ALL: [Self; 6] =
        [Self::Nothing, Self::Ordered, Self::Delivered, Self::Failed, Self::Disputed, Self::Conflict];
}

/// A door on the board.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct DoorOnBoard {
    /// Its state.
    pub cell: Cell,
    /// A need of a household behind it is open.
    pub open_need: bool,
    /// A mark came with a flag, and the desk has not looked at it.
    pub look: bool,
}

/// How many doors of a building are in which state.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Counts {
    /// Doors in all.
    pub doors: u32,
    /// Doors with nothing to bring.
    pub nothing: u32,
    /// Doors still to be served.
    pub ordered: u32,
    /// Doors served.
    pub delivered: u32,
    /// Failed attempts.
    pub failed: u32,
    /// Doors where a household says otherwise.
    pub disputed: u32,
    /// Doors that two people marked differently.
    pub conflicts: u32,
    /// Doors with a mark that the desk should look at.
    pub looks: u32,
    /// Doors with an open need.
    pub open_needs: u32,
}

impl Counts {
    /// Adds one door.
    pub fn add(&mut self, door: DoorOnBoard) {
        self.doors += 1;
        self.open_needs += u32::from(door.open_need);
        self.looks += u32::from(door.look);
        match door.cell {
            Cell::Nothing => self.nothing += 1,
            Cell::Ordered => self.ordered += 1,
            Cell::Delivered => self.delivered += 1,
            Cell::Failed => self.failed += 1,
            Cell::Disputed => self.disputed += 1,
            Cell::Conflict => self.conflicts += 1,
        }
    }
}

/// The board of a run.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Board {
    /// Every door.
    pub doors: BTreeMap<DoorId, DoorOnBoard>,
    /// Every building.
    pub counts: BTreeMap<BuildingId, Counts>,
}

/// Draws the board from the facts of one run and the households with open needs.
#[must_use]
pub fn board(places: &Places, facts: &[Stamped], open_needs: &BTreeSet<HouseholdId>) -> Board {
    let stops = stops(facts, |household| places.door_of(household));
    let in_need: BTreeSet<DoorId> =
        open_needs.iter().filter_map(|household| places.door_of(*household)).collect();
    let looks: BTreeSet<DoorId> = to_look_at(facts).into_iter().map(|one| one.mark.door).collect();
    let mut board = Board::default();
    for door in places.doors.values() {
        let cell = stops.get(&door.id).map_or(Cell::Nothing, |stop| DoorTally::of(stop).cell);
        let (open_need, look) = (in_need.contains(&door.id), looks.contains(&door.id));
        let on_board = DoorOnBoard { cell, open_need, look };
        board.counts.entry(door.building).or_default().add(on_board);
        board.doors.insert(door.id, on_board);
    }
    board
}

/// Doors at which a delivery is due and nobody has been: the unreached, by name.
#[must_use]
pub fn unreached(places: &Places, facts: &[Stamped]) -> Vec<DoorId> {
    let stops = stops(facts, |household| places.door_of(household));
    let waiting = |id: &DoorId| {
        stops[id].jobs.iter().any(|job| {
            job.state() == JobState::Open
                && (job.kind.carries() || matches!(job.id, JobRef::Added(_)) || job.kind == JobKind::Knock)
        })
    };
    stops.keys().copied().filter(waiting).collect()
}
