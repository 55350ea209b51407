//! Places: compound, building, unit, floor, door, in the natural order of somebody climbing stairs.

use std::cmp::Ordering;
use std::fmt;

use serde::{Deserialize, Serialize};

use crate::ids::{BuildingId, CompoundId, DoorId};
use crate::json::Json;

/// A label people write on things, such as a building's `3` or `A`, ordered as people count: 2 before 10.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize, Json)]
#[serde(transparent)]
pub struct Label(pub String);

impl Label {
    fn parts(&self) -> (u64, &str) {
        let end = self.0.find(|c: char| !c.is_ascii_digit()).unwrap_or(self.0.len());
        let (number, rest) = self.0.split_at_checked(end).unwrap_or_default();
        (number.parse().unwrap_or(u64::MAX), rest)
    }
}

impl Ord for Label {
    fn cmp(&self, other: &Self) -> Ordering {
        self.parts().cmp(&other.parts()).then_with(|| self.0.cmp(&other.0))
    }
}

impl PartialOrd for Label {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl fmt::Display for Label {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// A compound (小区).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Json)]
pub struct Compound {
    /// Its id.
    pub id: CompoundId,
    /// Its name, as the ledger writes it.
    pub name: String,
}

/// A building (楼栋) of a compound.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Json)]
pub struct Building {
    /// Its id.
    pub id: BuildingId,
    /// The compound it stands in.
    pub compound: CompoundId,
    /// Its number or letter.
    pub label: Label,
}

/// Where a door is inside its building. The derived order is the order of the keys and of the stairs.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, Json)]
pub struct Spot {
    /// Unit (单元), from 1; 1 where a building has only one stair.
    #[serde(rename = "u")]
    pub unit: u8,
    /// Floor; below ground is negative.
    #[serde(rename = "f")]
    pub floor: i8,
    /// Room, as on the door: `1101`.
    #[serde(rename = "r")]
    pub room: Label,
}

/// A door: one flat, shop or room.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Json)]
pub struct Door {
    /// Its id, stable for ever.
    pub id: DoorId,
    /// The building it is in.
    #[serde(rename = "b")]
    pub building: BuildingId,
    /// Where in the building.
    #[serde(flatten)]
    pub spot: Spot,
}

/// A part of the community that somebody is responsible for, or that a notice is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, Json)]
#[serde(rename_all = "snake_case")]
pub enum Area {
    /// All of it.
    Community,
    /// One compound.
    Compound(CompoundId),
    /// One building.
    Building(BuildingId),
    /// One unit (stair) of a building.
    Unit(BuildingId, u8),
    /// Floors `from..=to` of a unit.
    Floors(BuildingId, u8, i8, i8),
}

impl Area {
    /// Whether a door of `building` (in `compound`) at `spot` lies in the area.
    #[must_use]
    pub fn covers(&self, compound: CompoundId, building: BuildingId, spot: &Spot) -> bool {
        match *self {
            Self::Community => true,
            Self::Compound(id) => id == compound,
            Self::Building(id) => id == building,
            Self::Unit(id, unit) => id == building && unit == spot.unit,
            Self::Floors(id, unit, from, to) => {
                id == building && unit == spot.unit && (from..=to).contains(&spot.floor)
            }
        }
    }

    /// Whether every door of this area of one building, which stands in `compound`, lies in `other` too.
    #[must_use]
    pub fn within(&self, other: &Self, compound: CompoundId) -> bool {
        match (*self, *other) {
            (_, Self::Community) => true,
            (Self::Community | Self::Compound(_), _) => self == other,
            (_, Self::Compound(id)) => id == compound,
            (Self::Building(id) | Self::Unit(id, _) | Self::Floors(id, ..), Self::Building(of)) => id == of,
            (Self::Unit(id, unit) | Self::Floors(id, unit, ..), Self::Unit(of, whole)) => {
                (id, unit) == (of, whole)
            }
            (Self::Floors(id, unit, from, to), Self::Floors(of, whole, low, high)) => {
                (id, unit) == (of, whole) && low <= from && to <= high
            }
            (Self::Building(_) | Self::Unit(..), _) => false,
        }
    }

    /// The part of it that lies in a building; `None` if it does not touch it.
    #[must_use]
    pub fn inside(&self, compound: CompoundId, building: BuildingId) -> Option<Self> {
        let part = match *self {
            Self::Community | Self::Compound(_) => Self::Building(building),
            area => area,
        };
        self.touches(compound, building).then_some(part)
    }

    /// Whether any door of a building can lie in the area: the buildings a round has to ask for.
    #[must_use]
    pub fn touches(&self, compound: CompoundId, building: BuildingId) -> bool {
        match *self {
            Self::Community => true,
            Self::Compound(id) => id == compound,
            Self::Building(id) | Self::Unit(id, _) | Self::Floors(id, ..) => id == building,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn spot(unit: u8, floor: i8, room: &str) -> Spot {
        Spot { unit, floor, room: Label(room.into()) }
    }

    #[test]
    fn doors_come_in_the_order_of_the_stairs() {
        let mut doors = [
            spot(1, 11, "1101"),
            spot(1, 2, "201"),
            spot(2, 1, "101"),
            spot(1, -1, "B101"),
            spot(1, 2, "1020"),
        ];
        doors.sort();
        let rooms: Vec<_> = doors.iter().map(|d| d.room.0.as_str()).collect();
        assert_eq!(rooms, ["B101", "201", "1020", "1101", "101"]);
    }

    #[test]
    fn building_two_comes_before_building_ten_and_letters_last() {
        let mut labels: Vec<_> = ["10", "A", "2", "2A"].map(|l| Label(l.into())).into();
        labels.sort();
        assert_eq!(labels.iter().map(|l| l.0.as_str()).collect::<Vec<_>>(), ["2", "2A", "10", "A"]);
    }

    #[test]
    fn an_area_of_floors_covers_its_floors_of_its_unit_only() {
        let area = Area::Floors(BuildingId(3), 2, 5, 10);
        let covers = |unit, floor| area.covers(CompoundId(1), BuildingId(3), &spot(unit, floor, "x"));
        assert!(covers(2, 5) && covers(2, 10));
        assert!(!covers(2, 11) && !covers(1, 6));
        assert!(!area.covers(CompoundId(1), BuildingId(4), &spot(2, 6, "x")));
    }
}
