//! What `tally` keeps of a building in a run, so that a board costs a page and not every fact: for each door its state,
//! whether somebody still has to go there, how many households ordered and how many boxes. Each line is the fold of
//! that door's facts, so a record that comes twice, late or in another order changes nothing. Only screens read it:
//! pick list and rounds fold the facts themselves.

use std::collections::{BTreeMap, BTreeSet};

use crate::board::{Board, Cell, DoorOnBoard};
use crate::community::Places;
use crate::fact::{Body, Stamped};
use crate::ids::{DoorId, FactId, HouseholdId};
use crate::job::JobRef;
use crate::look::looks_at;
use crate::menu::total;
use crate::money::Fen;
use crate::order::order_of;
use crate::round::{JobState, Stop, stops};

/// One door in a run.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct DoorTally {
    /// What the board shows.
    pub cell: Cell,
    /// Somebody still has to go there.
    pub to_do: bool,
    /// Households that ordered, at most 15.
    pub orders: u8,
    /// Boxes ordered.
    pub boxes: u32,
    /// What they cost.
    pub cost: Fen,
    /// A mark came with a flag, and the desk has not looked at it.
    pub look: bool,
}

/// The most orders that are told apart at one door.
const MOST_ORDERS: u8 = 15;
/// The bit above a line's boxes: rare, so that other lines stay short.
const LOOK: u32 = 40;

impl DoorTally {
    /// A door with nothing to do.
    const NOTHING: Self =
        Self { cell: Cell::Nothing, to_do: false, orders: 0, boxes: 0, cost: Fen(0), look: false };

    /// A door as its folded stop shows it.
    #[must_use]
    pub fn of(stop: &Stop) -> Self {
        let cell = match stop.state() {
            JobState::Open => Cell::Ordered,
            JobState::Done => Cell::Delivered,
            JobState::Failed => Cell::Failed,
            JobState::Conflict => Cell::Conflict,
            JobState::Disputed => Cell::Disputed,
        };
        let ordered =
            stop.jobs.iter().filter(|job| matches!(job.id, JobRef::Order(_)) && !job.lines.is_empty());
        let orders = u8::try_from(ordered.count()).unwrap_or(MOST_ORDERS).min(MOST_ORDERS);
        let cost = stop.jobs.iter().map(|job| total(&job.lines).0).sum();
        Self { cell, to_do: stop.to_do(), orders, boxes: stop.boxes(), cost: Fen(cost), look: false }
    }

    fn pack(self) -> u64 {
        let cell = Cell::ALL.iter().position(|cell| *cell == self.cell).unwrap_or(0);
        let small = (u64::from(self.orders.min(MOST_ORDERS)) * 2 + u64::from(self.to_do)) * 8;
        let look = u64::from(self.look) << LOOK;
        look + (u64::from(self.boxes) * 16 * 2 * 8) + small + u64::try_from(cell).unwrap_or(0)
    }

    fn unpack(packed: u64, cost: u64) -> Option<Self> {
        let cell = *Cell::ALL.get(usize::try_from(packed % 8).ok()?)?;
        let orders = u8::try_from(packed / 16 % 16).ok()?;
        let look = packed >> LOOK == 1;
        let boxes = u32::try_from((packed & !(1 << LOOK)) / 256).ok()?;
        let cost = Fen(cost.try_into().ok()?);
        Some(Self { cell, to_do: packed / 8 % 2 == 1, orders, boxes, cost, look })
    }
}

/// A building in a run: its doors with something to do or done.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct BuildingTally {
    doors: BTreeMap<DoorId, DoorTally>,
}

/// What a run comes to, for a screen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Totals {
    /// Households that ordered.
    pub orders: u32,
    /// Boxes they ordered.
    pub boxes: u32,
    /// What they cost.
    pub cost: Fen,
}

impl Totals {
    fn plus(self, other: Self) -> Self {
        Self {
            orders: self.orders + other.orders,
            boxes: self.boxes.saturating_add(other.boxes),
            cost: Fen(self.cost.0 + other.cost.0),
        }
    }
}

impl BuildingTally {
    /// A door's line as the facts around it fold now; `None` for a door with nothing. Says whether that is news.
    pub fn set(&mut self, door: DoorId, line: Option<DoorTally>) -> bool {
        let was = match line {
            Some(line) => self.doors.insert(door, line),
            None => self.doors.remove(&door),
        };
        was != line
    }

    /// A door's line.
    #[must_use]
    pub fn get(&self, door: DoorId) -> Option<DoorTally> {
        self.doors.get(&door).copied()
    }

    /// Its doors with their lines.
    pub fn doors(&self) -> impl Iterator<Item = (DoorId, DoorTally)> {
        self.doors.iter().map(|(door, line)| (*door, *line))
    }

    /// What the building comes to.
    #[must_use]
    pub fn totals(&self) -> Totals {
        let line =
            |line: &DoorTally| Totals { orders: line.orders.into(), boxes: line.boxes, cost: line.cost };
        self.doors.values().map(line).fold(Totals::default(), Totals::plus)
    }

    /// A few bytes a door: the distance to the door before, its line, its cost, each with seven bits a byte.
    #[must_use]
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut bytes = Vec::with_capacity(self.doors.len() * 4);
        let mut last = 0;
        for (door, line) in &self.doors {
            put(&mut bytes, u64::from(door.0 - last));
            put(&mut bytes, line.pack());
            put(&mut bytes, line.cost.0.try_into().unwrap_or(0));
            last = door.0;
        }
        bytes
    }

    /// Reads [`BuildingTally::to_bytes`]; `None` for anything else.
    #[must_use]
    pub fn from_bytes(mut bytes: &[u8]) -> Option<Self> {
        let mut tally = Self::default();
        let mut last: u32 = 0;
        while !bytes.is_empty() {
            last = last.checked_add(u32::try_from(take(&mut bytes)?).ok()?)?;
            let line = DoorTally::unpack(take(&mut bytes)?, take(&mut bytes)?)?;
            tally.doors.insert(DoorId(last), line);
        }
        Some(tally)
    }
}

fn put(bytes: &mut Vec<u8>, mut number: u64) {
    while number >= 0x80 {
        bytes.push(u8::try_from(number % 0x80).unwrap_or(0) | 0x80);
        number /= 0x80;
    }
    bytes.push(u8::try_from(number).unwrap_or(0));
}

fn take(bytes: &mut &[u8]) -> Option<u64> {
    let mut number = 0u64;
    for shift in (0..63).step_by(7) {
        let (first, rest) = bytes.split_first()?;
        *bytes = rest;
        number |= u64::from(first & 0x7f) << shift;
        if first & 0x80 == 0 {
            return Some(number);
        }
    }
    None
}

/// The line of one door, from the facts around it.
#[must_use]
pub fn line_of(
    door: DoorId,
    facts: &[Stamped],
    door_of: impl Fn(HouseholdId) -> Option<DoorId>,
) -> Option<DoorTally> {
    let line = stops(facts, door_of).get(&door).map(DoorTally::of);
    if !looks_at(door, facts) {
        return line;
    }
    Some(DoorTally { look: true, ..line.unwrap_or(DoorTally::NOTHING) })
}

/// The door whose line a fact may change. `None` for facts that no board shows.
#[must_use]
pub fn door_of_fact(body: &Body, door_of: impl Fn(HouseholdId) -> Option<DoorId>) -> Option<DoorId> {
    match body {
        Body::Mark(mark) => Some(mark.door),
        Body::Retract(retract) => Some(retract.door),
        Body::AddJob(add) => Some(add.door),
        Body::DropJob(drop) => Some(drop.door),
        Body::Order(set) => door_of(set.household),
        Body::Dispute(dispute) => door_of(dispute.household),
        Body::Away(_) | Body::Paid(_) | Body::Load(_) => None,
        Body::Need(_) | Body::NeedStep(_) | Body::Seen(_) => None,
        #[cfg(feature = "rounds")]
        Body::HandOver(_) | Body::TookOver(_) => None,
    }
}

/// The open needs of a community, for its board.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct NeedsTally {
    needs: BTreeMap<FactId, (HouseholdId, bool)>,
}

/// Bytes of one need: its id, its household, whether it is urgent.
const NEED_BYTES: usize = 21;

impl NeedsTally {
    /// A need as its facts fold now: whose it is and whether it is urgent, or `None` once it is closed. Says whether
    /// that is news.
    pub fn set(&mut self, need: FactId, open: Option<(HouseholdId, bool)>) -> bool {
        let was = match open {
            Some(open) => self.needs.insert(need, open),
            None => self.needs.remove(&need),
        };
        was != open
    }

    /// Households with an open need, and whether one of them is urgent.
    #[must_use]
    pub fn households(&self) -> BTreeMap<HouseholdId, bool> {
        let mut found: BTreeMap<HouseholdId, bool> = BTreeMap::new();
        for (household, urgent) in self.needs.values() {
            *found.entry(*household).or_default() |= *urgent;
        }
        found
    }

    /// How many open needs a household has.
    #[must_use]
    pub fn of(&self, household: HouseholdId) -> u32 {
        self.needs.values().filter(|(whose, _)| *whose == household).map(|_| 1).sum()
    }

    /// 21 bytes a need.
    #[must_use]
    pub fn to_bytes(&self) -> Vec<u8> {
        let line = |(id, (household, urgent)): (&FactId, &(HouseholdId, bool))| {
            let mut bytes = id.0.as_bytes().to_vec();
            bytes.extend(household.0.to_be_bytes());
            bytes.push(u8::from(*urgent));
            bytes
        };
        self.needs.iter().flat_map(line).collect()
    }

    /// Reads [`NeedsTally::to_bytes`]; `None` for anything else.
    #[must_use]
    pub fn from_bytes(bytes: &[u8]) -> Option<Self> {
        let mut tally = Self::default();
        for line in bytes.chunks(NEED_BYTES) {
            let id = uuid::Uuid::from_slice(line.get(..16)?).ok()?;
            let household = u32::from_be_bytes(line.get(16..20)?.try_into().ok()?);
            tally.needs.insert(FactId(id), (HouseholdId(household), *line.get(20)? == 1));
        }
        Some(tally)
    }
}

/// The line of a household without a door, which no board shows but totals count.
#[must_use]
pub fn line_without_door(household: HouseholdId, facts: &[Stamped]) -> Option<DoorTally> {
    let order = order_of(household, facts).filter(|order| !order.cancelled())?;
    let (boxes, cost) = (order.boxes(), order.total());
    Some(DoorTally { cell: Cell::Ordered, to_do: true, orders: 1, boxes, cost, look: false })
}

/// A run as `tally` keeps it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct RunTally {
    /// Its buildings.
    pub buildings: Vec<BuildingTally>,
    /// Households without a door, each under its own number.
    pub doorless: BuildingTally,
}

impl RunTally {
    /// What the run comes to.
    #[must_use]
    pub fn totals(&self) -> Totals {
        let all = self.buildings.iter().chain([&self.doorless]).map(BuildingTally::totals);
        all.fold(Totals::default(), Totals::plus)
    }

    /// Doors where somebody still has to go.
    #[must_use]
    pub fn unreached(&self) -> Vec<DoorId> {
        self.doors_where(|line| line.to_do)
    }

    /// Doors in a state, in the order of their numbers.
    #[must_use]
    pub fn doors_where(&self, is: impl Fn(DoorTally) -> bool) -> Vec<DoorId> {
        let doors = self.buildings.iter().flat_map(BuildingTally::doors);
        let doors: BTreeSet<DoorId> = doors.filter(|(_, line)| is(*line)).map(|(door, _)| door).collect();
        doors.into_iter().collect()
    }

    /// The board, as [`crate::board::board`] draws it from the facts themselves.
    #[must_use]
    pub fn board(&self, places: &Places, needs: &NeedsTally) -> Board {
        let in_need = needs.households();
        let in_need: BTreeSet<DoorId> =
            in_need.keys().filter_map(|household| places.door_of(*household)).collect();
        let lines: BTreeMap<DoorId, DoorTally> =
            self.buildings.iter().flat_map(BuildingTally::doors).collect();
        let mut board = Board::default();
        for door in places.doors.values() {
            let DoorTally { cell, look, .. } = lines.get(&door.id).copied().unwrap_or(DoorTally::NOTHING);
            let on_board = DoorOnBoard { cell, open_need: in_need.contains(&door.id), look };
            board.counts.entry(door.building).or_default().add(on_board);
            board.doors.insert(door.id, on_board);
        }
        board
    }
}
