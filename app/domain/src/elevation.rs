//! A building as it stands: floors from the top, units from the left, each door above the one that is below it.

use std::collections::{BTreeMap, BTreeSet};

use crate::places::Door;

/// A building from the street.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Elevation<'a> {
    /// Its units, from the left.
    pub units: Vec<u8>,
    /// Its floors, the top one first.
    pub floors: Vec<Floor<'a>>,
}

/// A floor.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Floor<'a> {
    /// Its number; below ground is negative.
    pub number: i8,
    /// Unit by unit, its doors; `None` where other floors have a door and this one has none.
    pub units: Vec<Vec<Option<&'a Door>>>,
}

/// Draws up the doors of one building, given in the order of its stairs.
#[must_use]
pub fn elevation<'a>(doors: &[&'a Door]) -> Elevation<'a> {
    let units: BTreeSet<u8> = doors.iter().map(|door| door.spot.unit).collect();
    let floors: BTreeSet<i8> = doors.iter().map(|door| door.spot.floor).collect();
    let columns: BTreeMap<u8, Option<Vec<&str>>> = units
        .iter()
        .map(|unit| {
            let inside: Vec<&'a Door> =
                doors.iter().filter(|door| door.spot.unit == *unit).copied().collect();
            (*unit, columns(&inside))
        })
        .collect();
    let row = |floor: i8, unit: u8| {
        let here = doors.iter().filter(|door| (door.spot.floor, door.spot.unit) == (floor, unit)).copied();
        match &columns[&unit] {
            None => here.map(Some).collect(),
            Some(columns) => {
                let by_column: BTreeMap<&str, &'a Door> = here.map(|door| (column(door), door)).collect();
                columns.iter().map(|column| by_column.get(column).copied()).collect()
            }
        }
    };
    let floors = floors
        .iter()
        .rev()
        .map(|floor| Floor { number: *floor, units: units.iter().map(|unit| row(*floor, *unit)).collect() })
        .collect();
    Elevation { units: units.into_iter().collect(), floors }
}

/// What tells a door from its neighbours on every floor alike: "02" of 1102.
fn column(door: &Door) -> &str {
    let room = door.spot.room.0.as_str();
    let rest = room.strip_prefix(door.spot.floor.to_string().as_str()).unwrap_or(room);
    if rest.is_empty() { room } else { rest }
}

/// The columns of a unit; `None` where its doors are numbered otherwise, so that they stand side by side.
fn columns<'a>(doors: &[&'a Door]) -> Option<Vec<&'a str>> {
    let mut by_floor: BTreeMap<i8, usize> = BTreeMap::new();
    let mut places: BTreeSet<(i8, &str)> = BTreeSet::new();
    let mut columns: BTreeSet<(usize, &str)> = BTreeSet::new();
    for door in doors {
        let column = column(door);
        *by_floor.entry(door.spot.floor).or_default() += 1;
        columns.insert((column.len(), column));
        if !places.insert((door.spot.floor, column)) {
            return None;
        }
    }
    let most = by_floor.into_values().max().unwrap_or(0);
    // Numbered through from the ground to the top, nearly every door would be a column of its own.
    (columns.len() <= most + most / 2).then(|| columns.into_iter().map(|(_, column)| column).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::places::{Label, Spot};
    use crate::{BuildingId, DoorId};

    /// What stands where: one line a floor, units apart by "|", "-" for no door.
    fn drawn(rooms: &[(u8, i8, &str)]) -> Vec<String> {
        let doors: Vec<Door> = (1..)
            .zip(rooms)
            .map(|(id, (unit, floor, room))| Door {
                id: DoorId(id),
                building: BuildingId(1),
                spot: Spot { unit: *unit, floor: *floor, room: Label((*room).to_owned()) },
            })
            .collect();
        let elevation = elevation(&doors.iter().collect::<Vec<_>>());
        let unit = |doors: &Vec<Option<&Door>>| {
            let doors = doors.iter().map(|door| door.map_or("-", |door| door.spot.room.0.as_str()));
            doors.collect::<Vec<_>>().join(" ")
        };
        elevation
            .floors
            .iter()
            .map(|floor| floor.units.iter().map(unit).collect::<Vec<_>>().join(" | "))
            .collect()
    }

    #[test]
    fn a_door_stands_above_the_one_below_it_whatever_is_missing_beside_it() {
        let rooms = [(1, 11, "1101"), (1, 11, "1102"), (1, 12, "1202"), (2, 11, "1101"), (2, 11, "1102")];
        assert_eq!(drawn(&rooms), ["- 1202 | - -", "1101 1102 | 1101 1102"]);
    }

    #[test]
    fn doors_that_are_numbered_through_stand_side_by_side() {
        let rooms = [(1, 1, "1"), (1, 1, "2"), (1, 2, "3"), (1, 2, "4"), (1, 3, "5"), (1, 3, "6")];
        assert_eq!(drawn(&rooms), ["5 6", "3 4", "1 2"]);
    }

    #[test]
    fn names_and_cellars_stand_where_they_are() {
        assert_eq!(drawn(&[(1, -1, "B1"), (1, 1, "东户"), (1, 1, "西户"), (1, 2, "东户")]).len(), 3);
        assert_eq!(drawn(&[]), Vec::<String>::new());
        // Two doors that only a leading floor tells apart are both drawn.
        assert_eq!(drawn(&[(1, 1, "01"), (1, 1, "101")]), ["01 101"]);
    }
}
