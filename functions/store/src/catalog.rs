//! A community as this program holds it in memory: what the desk keeps, and under which keys the
//! facts of its doors and households stand. Reading and writing it is in `community.rs` and `ledger.rs`.

use crate::item::Key;
use crate::keys;
use crate::versions::Watch;
use domain::actor::Signed;
use domain::community::{Community, Places};
use domain::fact::{Body, Fact};
use domain::ledger::FreshIds;
use domain::places::{Area, Door, Label, Spot};
use domain::tally::NeedsTally;
use domain::{BuildingId, CommunityId, CompoundId, DoorId, FactId, HouseholdId, MenuCode, NoticeId, RunId};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// A community at one version. Cheap to share; `web` keeps it and asks for a newer one.
#[derive(Debug, Clone)]
pub struct Catalog {
    /// What the desk keeps, whole.
    pub community: Arc<Community>,
    /// Moves with every desk write.
    pub version: i64,
    /// Whose needs are open, as `tally` last saw it. It stands beside the version, so whoever asks for that has both.
    pub open_needs: Arc<NeedsTally>,
    /// Which version of the ledger it holds; 0 before the first import.
    pub ledger: u32,
    /// What each window was saved as last, for the condition of the next save.
    pub(crate) window_revisions: BTreeMap<RunId, i64>,
    pub(crate) moved: Arc<Moved>,
}

/// Where doors and households were before: their facts still stand there.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub(crate) struct Moved {
    /// Earlier building and place of a door, newest last.
    #[serde(default)]
    pub(crate) doors: Vec<(DoorId, Vec<(BuildingId, Spot)>)>,
    /// Earlier homes of a household, newest last; `None` while it had no door.
    #[serde(default)]
    pub(crate) homes: Vec<(HouseholdId, Vec<Option<DoorId>>)>,
}

/// A door or household that was corrected more often than this within living memory is asked for at
/// its newest former keys only.
const FORMER: usize = 8;

impl Moved {
    /// What is to be remembered once `new` replaces `old`.
    pub(crate) fn after(&self, old: &Places, new: &Places) -> Self {
        let mut doors: BTreeMap<DoorId, Vec<(BuildingId, Spot)>> = self.doors.iter().cloned().collect();
        for (id, door) in &old.doors {
            let now = new.doors.get(id);
            if now.is_none_or(|now| now.building != door.building || now.spot != door.spot) {
                remember(doors.entry(*id).or_default(), (door.building, door.spot.clone()));
            }
        }
        let mut homes: BTreeMap<HouseholdId, Vec<Option<DoorId>>> = self.homes.iter().cloned().collect();
        for (id, household) in &old.households {
            if new.households.get(id).is_none_or(|now| now.door != household.door) {
                remember(homes.entry(*id).or_default(), household.door);
            }
        }
        Self { doors: doors.into_iter().collect(), homes: homes.into_iter().collect() }
    }

    fn door(&self, id: DoorId) -> &[(BuildingId, Spot)] {
        let found = self.doors.binary_search_by_key(&id, |(door, _)| *door);
        found.map_or(&[], |place| &self.doors[place].1)
    }

    fn home(&self, id: HouseholdId) -> &[Option<DoorId>] {
        let found = self.homes.binary_search_by_key(&id, |(household, _)| *household);
        found.map_or(&[], |place| &self.homes[place].1)
    }
}

fn remember<T: PartialEq>(list: &mut Vec<T>, what: T) {
    list.retain(|known| *known != what);
    list.push(what);
    if list.len() > FORMER {
        list.remove(0);
    }
}

/// Where facts of a run stand: the beginning of their keys.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Slot {
    /// At a door, by where it was when the facts were written.
    Door {
        /// Its building.
        building: BuildingId,
        /// Its place there.
        spot: Spot,
        /// The door.
        door: DoorId,
    },
    /// With a household that has no door.
    Doorless(HouseholdId),
}

impl Slot {
    pub(crate) fn pk(&self, c: &CommunityId, run: RunId) -> String {
        match self {
            Self::Door { building, .. } => keys::run_building(c, run, *building),
            Self::Doorless(_) => keys::run_doorless(c, run),
        }
    }

    /// What moves when something happens there.
    #[must_use]
    pub fn watch(&self, run: RunId) -> Watch {
        match self {
            Self::Door { building, .. } => Watch::Building(run, *building),
            Self::Doorless(_) => Watch::Doorless(run),
        }
    }

    pub(crate) fn prefix(&self) -> String {
        match self {
            Self::Door { spot, door, .. } => keys::door_prefix(spot, *door),
            Self::Doorless(household) => keys::doorless_prefix(*household),
        }
    }
}

/// Where a fact belongs and what has to be read before it is decided.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Shelf {
    /// At a door or with a household in a run; new facts go to the first slot, all are read.
    Run {
        /// The run.
        run: RunId,
        /// The present slot, then former ones.
        slots: Vec<Slot>,
    },
    /// With the boxes of a building in a run.
    Load {
        /// The run.
        run: RunId,
        /// The building.
        building: BuildingId,
    },
    /// With what was handed over in a building of a run.
    Hands {
        /// The run.
        run: RunId,
        /// The building.
        building: BuildingId,
    },
    /// With a need.
    Need {
        /// Whose.
        household: HouseholdId,
        /// The fact that reported it.
        need: FactId,
    },
    /// With a notice.
    Seen {
        /// The notice.
        notice: NoticeId,
        /// Who has seen it.
        household: HouseholdId,
    },
    /// With its author, because no other place can be told.
    Drawer(Signed),
}

impl Shelf {
    fn load(run: RunId, building: BuildingId) -> Self {
        Self::Load { run, building }
    }

    /// What was handed over in a building of a run.
    #[must_use]
    pub fn hands(run: RunId, building: BuildingId) -> Self {
        Self::Hands { run, building }
    }
}

impl Catalog {
    /// The community's id.
    #[must_use]
    pub fn id(&self) -> &CommunityId {
        &self.community.settings.id
    }

    /// Where a fact belongs. [`Shelf::Drawer`] when this catalog does not know its run, door,
    /// household or building: **ask for a newer catalog before believing that**.
    #[must_use]
    pub fn shelf(&self, fact: &Fact, by: Signed) -> Shelf {
        let known = match &fact.body {
            // Before a report is stored nothing else knows the id it gives the need.
            Body::Need(report) => self.need_shelf(report.household, report.continues.unwrap_or(fact.id)),
            body => self.known_shelf(body),
        };
        known.unwrap_or(Shelf::Drawer(by))
    }

    fn known_shelf(&self, body: &Body) -> Option<Shelf> {
        let (run, slots) = match body {
            Body::Order(set) => (set.run, self.household_slots(set.household)),
            Body::Away(away) => (away.run, self.household_slots(away.household)),
            Body::Dispute(dispute) => (dispute.run, self.household_slots(dispute.household)),
            Body::Paid(paid) => (paid.run, self.household_slots(paid.household)),
            Body::Mark(mark) => (mark.run, self.slots_around(mark.door)),
            Body::Retract(retract) => (retract.run, self.slots_around(retract.door)),
            Body::AddJob(add) => (add.run, self.slots_around(add.door)),
            Body::DropJob(drop) => (drop.run, self.slots_around(drop.door)),
            Body::Load(load) => return self.in_building(load.run, load.building, Shelf::load),
            Body::HandOver(hand) => return self.in_building(hand.run, hand.building, Shelf::hands),
            Body::TookOver(took) => return self.in_building(took.run, took.building, Shelf::hands),
            Body::Seen(seen) => {
                return Some(Shelf::Seen { notice: seen.notice, household: seen.household });
            }
            Body::Need(_) => return None,
            Body::NeedStep(step) => return self.need_shelf(step.household, step.need),
        };
        let known = self.community.windows.contains_key(&run) && !slots.is_empty();
        known.then_some(Shelf::Run { run, slots })
    }

    fn in_building(
        &self,
        run: RunId,
        building: BuildingId,
        shelf: fn(RunId, BuildingId) -> Shelf,
    ) -> Option<Shelf> {
        let known = self.community.windows.contains_key(&run)
            && self.community.places.buildings.contains_key(&building);
        known.then(|| shelf(run, building))
    }

    fn need_shelf(&self, household: HouseholdId, need: FactId) -> Option<Shelf> {
        let known = self.community.places.households.contains_key(&household);
        known.then_some(Shelf::Need { household, need })
    }

    /// Where facts at a door stand, the present slot first. Empty for an unknown door.
    #[must_use]
    pub fn door_slots(&self, door: DoorId) -> Vec<Slot> {
        let present =
            self.community.places.doors.get(&door).map(|known| (known.building, known.spot.clone()));
        let former = self.moved.door(door).iter().rev().cloned();
        present
            .into_iter()
            .chain(former)
            .map(|(building, spot)| Slot::Door { building, spot, door })
            .collect()
    }

    /// Where facts of a household stand, the present slot first. Empty for an unknown household.
    #[must_use]
    pub fn household_slots(&self, household: HouseholdId) -> Vec<Slot> {
        let Some(known) = self.community.places.households.get(&household) else { return Vec::new() };
        let homes = [known.door].into_iter().chain(self.moved.home(household).iter().rev().copied());
        let slots = homes.flat_map(|home| match home {
            Some(door) => self.door_slots(door),
            None => vec![Slot::Doorless(household)],
        });
        distinct(slots)
    }

    /// Where facts at a door stand, and those of the households that live behind it now.
    #[must_use]
    pub fn slots_around(&self, door: DoorId) -> Vec<Slot> {
        let own = self.door_slots(door);
        if own.is_empty() || self.moved.homes.is_empty() {
            return own;
        }
        let moved = self.moved.homes.iter().map(|(household, _)| *household);
        let arrived = moved.filter(|id| self.community.places.door_of(*id) == Some(door));
        distinct(own.into_iter().chain(arrived.flat_map(|household| self.household_slots(household))))
    }

    /// The buildings that a part of the community touches.
    #[must_use]
    pub fn buildings_in(&self, area: &Area) -> Vec<BuildingId> {
        let buildings = self.community.places.buildings.values();
        buildings.filter(|b| area.touches(b.compound, b.id)).map(|b| b.id).collect()
    }

    /// Former slots of what lies in `area` now and is not found by reading `area` itself.
    pub(crate) fn former_slots_in(&self, area: &Area) -> Vec<Slot> {
        let places = &self.community.places;
        let covers = |building: BuildingId, spot: &Spot| {
            places.buildings.get(&building).is_some_and(|b| area.covers(b.compound, building, spot))
        };
        let here = |door: DoorId| places.doors.get(&door).is_some_and(|d| covers(d.building, &d.spot));
        let doors = self.moved.doors.iter().map(|(id, _)| *id).filter(|id| here(*id));
        let homes = self.moved.homes.iter().map(|(id, _)| *id);
        let homes = homes.filter(|id| places.door_of(*id).is_some_and(here));
        let slots = doors
            .flat_map(|door| self.door_slots(door))
            .chain(homes.flat_map(|household| self.household_slots(household)));
        let mut slots = distinct(slots);
        slots.retain(|slot| !matches!(slot, Slot::Door { building, spot, .. } if covers(*building, spot)));
        slots
    }

    /// Ids that were never given to anything that is remembered: not to what an undone import had brought, whose
    /// facts may still be there, and not to a place that an assignment, a notice or a window still names.
    #[must_use]
    pub fn fresh_ids(&self) -> FreshIds {
        let mut used = self.community.places.clone();
        let named = |id: DoorId, building: BuildingId| Door {
            id,
            building,
            spot: Spot { unit: 1, floor: 1, room: Label(String::new()) },
        };
        for (id, places) in &self.moved.doors {
            for (building, _) in places {
                used.doors.entry(*id).or_insert_with(|| named(*id, *building));
            }
        }
        let now = FreshIds::after(&used);
        let homes = self.moved.homes.iter().map(|(household, _)| household.0);
        let household = homes.max().map_or(now.household, |last| HouseholdId(last + 1).max(now.household));
        let buildings = self.all_buildings().into_iter().map(|building| building.0);
        let community = &self.community;
        let areas = community.people.values().flat_map(|person| &person.assignments).map(|held| held.area);
        let areas: Vec<Area> = areas.chain(community.notices.values().map(|notice| notice.area)).collect();
        let in_areas = areas.iter().filter_map(|area| match area {
            Area::Building(id) | Area::Unit(id, _) | Area::Floors(id, ..) => Some(id.0),
            Area::Community | Area::Compound(_) => None,
        });
        let building = buildings
            .chain(in_areas)
            .max()
            .map_or(now.building, |last| BuildingId(last + 1).max(now.building));
        let compounds = community.windows.values().flat_map(|window| &window.compounds).map(|id| id.0);
        let in_areas = areas.iter().filter_map(|area| match area {
            Area::Compound(id) => Some(id.0),
            _ => None,
        });
        let compound = compounds
            .chain(in_areas)
            .max()
            .map_or(now.compound, |last| CompoundId(last + 1).max(now.compound));
        FreshIds { compound, building, door: now.door, household }
    }

    /// Every building facts may stand in: those of the ledger and those it no longer has.
    pub(crate) fn all_buildings(&self) -> BTreeSet<BuildingId> {
        let former = self.moved.doors.iter().flat_map(|(_, places)| places).map(|(building, _)| *building);
        self.community.places.buildings.keys().copied().chain(former).collect()
    }

    /// How many counters a menu's boxes are spread over, each in a partition of its own: a place that has more boxes to
    /// give is asked by more households at once, and the menu of a version never changes its cap.
    #[must_use]
    pub fn shards(&self, menu: &MenuCode, version: u16) -> u8 {
        let cap = self.community.menu(menu, version).and_then(|menu| menu.stock).unwrap_or(0);
        shards_for(cap)
    }

    /// Over how many partitions the counters of a run are spread.
    pub(crate) fn stock_shards(&self, run: RunId) -> u8 {
        let menus = self.community.windows.get(&run).into_iter().flat_map(|window| &window.menus);
        menus.map(|(menu, version)| self.shards(menu, *version)).max().unwrap_or(1)
    }
}

pub(crate) fn shards_for(cap: u32) -> u8 {
    u8::try_from(cap / 1_000 + 1).unwrap_or(u8::MAX).min(MOST_SHARDS)
}

/// At 1,667 orders a second, each with a capped menu, a shard is written 104 times a second: 208 units in transactions.
const MOST_SHARDS: u8 = 16;

fn distinct(slots: impl IntoIterator<Item = Slot>) -> Vec<Slot> {
    let mut seen = BTreeSet::new();
    slots.into_iter().filter(|slot| seen.insert(slot.clone())).collect()
}

/// The key of a fact that is no order, on its shelf. `None` for a run shelf without a slot.
pub(crate) fn fact_key(c: &CommunityId, shelf: &Shelf, fact: FactId) -> Option<Key> {
    Some(match shelf {
        Shelf::Run { run, slots } => {
            let slot = slots.first()?;
            keys::slot_fact(slot.pk(c, *run), &slot.prefix(), fact)
        }
        Shelf::Load { run, building } => keys::load_fact(keys::run_building(c, *run, *building), fact),
        Shelf::Hands { run, building } => keys::hand_fact(keys::run_building(c, *run, *building), fact),
        Shelf::Need { household, need } => keys::need_fact(c, *household, *need, fact),
        Shelf::Seen { notice, household } => keys::seen_fact(c, *notice, *household, fact),
        Shelf::Drawer(author) => keys::drawer_fact(c, *author, fact),
    })
}
