//! The load check at the gate, building by building, for the desk: what should have been taken, what was, what became
//! of it, and where the numbers do not come out.

use std::collections::BTreeMap;

use crate::community::Places;
use crate::fact::{Body, Stamped};
use crate::ids::BuildingId;
use crate::round::{LoadCheck, Stop, load_check, stops};

/// A building's boxes in a run.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct AtGate {
    /// Boxes ordered.
    pub due: u32,
    /// What was taken, delivered and brought back.
    pub check: LoadCheck,
    /// Doors where somebody still has to go.
    pub to_do: u32,
}

/// Where the numbers do not come out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LoadFault {
    /// Another number was taken than was ordered.
    NotAsOrdered,
    /// More was delivered and brought back than was taken.
    TooMany,
    /// Everybody was visited, and boxes are neither delivered nor brought back.
    Missing,
}

impl AtGate {
    /// What to ask about, the gravest first; `None` while nothing was taken or all is well.
    #[must_use]
    pub fn fault(self) -> Option<LoadFault> {
        let LoadCheck { taken, delivered, returned } = self.check;
        if delivered + returned > taken && (taken > 0 || returned > 0) {
            return Some(LoadFault::TooMany);
        }
        if taken == 0 {
            return None;
        }
        if self.to_do == 0 && self.check.in_hand() > 0 {
            return Some(LoadFault::Missing);
        }
        (taken != self.due).then_some(LoadFault::NotAsOrdered)
    }
}

/// Every building of a run with boxes, in the order of their numbers.
#[must_use]
pub fn at_gate(places: &Places, facts: &[Stamped]) -> BTreeMap<BuildingId, AtGate> {
    let mut here: BTreeMap<BuildingId, Vec<Stop>> = BTreeMap::new();
    for (door, stop) in stops(facts, |household| places.door_of(household)) {
        let Some(door) = places.doors.get(&door) else { continue };
        here.entry(door.building).or_default().push(stop);
    }
    for stamped in facts {
        if let Body::Load(load) = &stamped.fact.body {
            here.entry(load.building).or_default();
        }
    }
    let counted = here.into_iter().map(|(building, stops)| {
        let loads = facts
            .iter()
            .filter(|stamped| matches!(&stamped.fact.body, Body::Load(load) if load.building == building));
        let to_do = stops.iter().filter(|stop| stop.to_do() && stop.boxes() > 0).count();
        let row = AtGate {
            due: stops.iter().map(Stop::boxes).sum(),
            check: load_check(loads, &stops),
            to_do: u32::try_from(to_do).unwrap_or(u32::MAX),
        };
        (building, row)
    });
    counted.filter(|(_, row)| *row != AtGate::default()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(due: u32, [taken, delivered, returned]: [u32; 3], to_do: u32) -> Option<LoadFault> {
        AtGate { due, check: LoadCheck { taken, delivered, returned }, to_do }.fault()
    }

    #[test]
    fn the_numbers_come_out_or_it_is_said_what_does_not() {
        assert_eq!(row(52, [0, 0, 0], 40), None, "nothing is taken yet");
        assert_eq!(row(52, [52, 30, 0], 20), None, "under way");
        assert_eq!(row(52, [52, 50, 2], 0), None, "delivered and brought back");
        assert_eq!(row(52, [50, 0, 0], 40), Some(LoadFault::NotAsOrdered));
        assert_eq!(row(52, [52, 50, 3], 0), Some(LoadFault::TooMany));
        assert_eq!(row(52, [0, 0, 3], 40), Some(LoadFault::TooMany), "brought back what nobody took");
        assert_eq!(row(52, [52, 50, 0], 0), Some(LoadFault::Missing));
    }
}
