//! Doors that nobody looks after: where people live and no steward or volunteer is assigned now.

use std::collections::{BTreeMap, BTreeSet};

use crate::actor::Role;
use crate::community::Community;
use crate::ids::{BuildingId, DoorId};
use crate::places::Area;
use crate::time::Millis;

/// Doors of a unit that nobody looks after.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Uncovered {
    /// The building.
    pub building: BuildingId,
    /// The unit.
    pub unit: u8,
    /// The doors, in the order of the stairs.
    pub doors: Vec<DoorId>,
    /// Whether that is every door of the unit where somebody lives.
    pub whole: bool,
}

/// Where somebody is responsible at a moment.
fn looked_after(community: &Community, now: Millis) -> Vec<Area> {
    let carriers = community
        .people
        .values()
        .filter(|person| !person.left && matches!(person.role, Role::Steward | Role::Volunteer));
    let assigned = carriers.flat_map(|person| &person.assignments).filter(|assignment| assignment.holds(now));
    assigned.map(|assignment| assignment.area).collect()
}

/// Those of some doors that nobody is responsible for at a moment.
#[must_use]
pub fn without_anybody(community: &Community, doors: &[DoorId], now: Millis) -> Vec<DoorId> {
    let covered = looked_after(community, now);
    let alone = |door: &&DoorId| {
        let at = community.places.at(**door);
        at.is_some_and(|at| !covered.iter().any(|area| area.covers(at.compound, at.building, at.spot)))
    };
    doors.iter().filter(alone).copied().collect()
}

/// Every unit with doors that nobody looks after at a moment, in the order people count buildings. Doors without a
/// household need nobody.
#[must_use]
pub fn uncovered(community: &Community, now: Millis) -> Vec<Uncovered> {
    let places = &community.places;
    let covered = looked_after(community, now);
    let lived_in: BTreeSet<DoorId> =
        places.households.values().filter_map(|household| household.door).collect();
    let mut gaps = Vec::new();
    for building in places.buildings_in_order() {
        let mut units: BTreeMap<u8, (usize, Vec<DoorId>)> = BTreeMap::new();
        for door in places.doors_of(building.id).into_iter().filter(|door| lived_in.contains(&door.id)) {
            let (doors, open) = units.entry(door.spot.unit).or_default();
            *doors += 1;
            if !covered.iter().any(|area| area.covers(building.compound, building.id, &door.spot)) {
                open.push(door.id);
            }
        }
        let open = units.into_iter().filter(|(_, (_, open))| !open.is_empty());
        gaps.extend(open.map(|(unit, (doors, open))| Uncovered {
            building: building.id,
            unit,
            whole: open.len() == doors,
            doors: open,
        }));
    }
    gaps
}
