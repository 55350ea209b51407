//! The way from one door to another, for somebody who stands in front of the wrong one.

use crate::community::Places;
use crate::ids::DoorId;
use crate::places::Label;

/// Where to go.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Way {
    /// So many doors to the left, on the same floor: rooms are numbered from the left.
    Left(u32),
    /// So many doors to the right.
    Right(u32),
    /// So many floors up, in the same stairwell.
    Up(u32),
    /// So many floors down.
    Down(u32),
    /// Another unit (单元) of the same building, and the floor there.
    Unit(u8, i8),
    /// Another building.
    Building(Label),
}

/// The way between two doors that this phone knows; `None` if it does not know both, or they are the same.
#[must_use]
pub fn way(places: &Places, from: DoorId, to: DoorId) -> Option<Way> {
    let (here, there) = (places.doors.get(&from)?, places.doors.get(&to)?);
    if from == to {
        return None;
    }
    if here.building != there.building {
        return places.buildings.get(&there.building).map(|building| Way::Building(building.label.clone()));
    }
    if here.spot.unit != there.spot.unit {
        return Some(Way::Unit(there.spot.unit, there.spot.floor));
    }
    let floors = i16::from(there.spot.floor) - i16::from(here.spot.floor);
    if floors != 0 {
        let storeys = stairs(here.spot.floor, there.spot.floor);
        return Some(if floors > 0 { Way::Up(storeys) } else { Way::Down(storeys) });
    }
    let floor = places
        .doors_of(here.building)
        .into_iter()
        .filter(|door| (door.spot.unit, door.spot.floor) == (here.spot.unit, here.spot.floor));
    let floor: Vec<DoorId> = floor.map(|door| door.id).collect();
    let place = |id| floor.iter().position(|door| *door == id);
    let (a, b) = (place(from)?, place(to)?);
    let doors = u32::try_from(a.abs_diff(b)).unwrap_or(u32::MAX);
    Some(if b < a { Way::Left(doors) } else { Way::Right(doors) })
}

/// Floors between two; there is no floor 0 between the first basement and the ground floor.
fn stairs(from: i8, to: i8) -> u32 {
    let apart = u32::from(from.abs_diff(to));
    let crosses = (from < 0) != (to < 0) && from != 0 && to != 0;
    apart - u32::from(crosses)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ids::{BuildingId, CompoundId};
    use crate::places::{Building, Door, Spot};

    fn house() -> Places {
        let mut places = Places::default();
        for (id, label) in [(1, "3"), (2, "A")] {
            let (id, label) = (BuildingId(id), Label(label.into()));
            places.buildings.insert(id, Building { id, compound: CompoundId(1), label });
        }
        let doors = [
            (1, 1, 1, 11, "1101"),
            (2, 1, 1, 11, "1102"),
            (3, 1, 1, 11, "1103"),
            (4, 1, 1, 13, "1301"),
            (5, 1, 1, -1, "B101"),
            (6, 1, 1, 1, "101"),
            (7, 1, 2, 11, "1101"),
            (8, 2, 1, 11, "1102"),
        ];
        for (id, building, unit, floor, room) in doors {
            let spot = Spot { unit, floor, room: Label(room.into()) };
            places.doors.insert(DoorId(id), Door { id: DoorId(id), building: BuildingId(building), spot });
        }
        places
    }

    fn led(from: u32, to: u32) -> Option<Way> {
        way(&house(), DoorId(from), DoorId(to))
    }

    #[test]
    fn on_the_same_floor_it_is_left_or_right_by_the_rooms() {
        assert_eq!(led(2, 1), Some(Way::Left(1)));
        assert_eq!(led(1, 3), Some(Way::Right(2)));
    }

    #[test]
    fn in_the_same_stairwell_it_is_up_or_down_and_no_floor_is_called_zero() {
        assert_eq!(led(2, 4), Some(Way::Up(2)));
        assert_eq!(led(4, 2), Some(Way::Down(2)));
        assert_eq!(led(5, 6), Some(Way::Up(1)));
    }

    #[test]
    fn another_stairwell_or_building_comes_first() {
        assert_eq!(led(1, 7), Some(Way::Unit(2, 11)));
        assert_eq!(led(2, 8), Some(Way::Building(Label("A".into()))));
    }

    #[test]
    fn nowhere_to_go_or_not_known() {
        assert_eq!(led(2, 2), None);
        assert_eq!(led(2, 99), None);
        assert_eq!(led(99, 2), None);
    }
}
