//! What the desk types to find a household: a door in any spelling, a name, a telephone number.

use crate::community::Places;
use crate::ids::DoorId;
use crate::ledger::fold::{fold, fold_name, key};
use crate::places::{Compound, Door};

/// Fewer digits are a door or a number on paper.
const TELEPHONE: std::ops::RangeInclusive<usize> = 7..=15;
/// What stands between the numbers of a door, besides everything that is neither letter nor digit.
const BETWEEN: &str = "号楼栋幢座单元层室户房";
/// The same in English.
const WORDS: [&str; 6] = ["building", "bldg", "unit", "room", "flat", "no"];

/// The doors that are meant, in the order of the stairs: those of this number, or else those of whoever has these
/// characters in their name.
#[must_use]
pub fn find_doors(places: &Places, typed: &str) -> Vec<DoorId> {
    let name = fold_name(typed);
    if name.is_empty() {
        return Vec::new();
    }
    let (compound, rest) = without_compound(places, &key(typed), &fold(typed).to_lowercase());
    let numbers: Vec<&str> = rest
        .split(|c: char| !c.is_alphanumeric() || BETWEEN.contains(c))
        .filter(|part| !part.is_empty() && !WORDS.contains(part))
        .collect();
    let is_there = |door: &&Door| {
        let building = places.buildings.get(&door.building);
        compound.is_none_or(|compound| building.is_some_and(|building| building.compound == compound.id))
            && has_number(door, building.map_or("", |building| building.label.0.as_str()), &numbers)
    };
    let mut found: Vec<&Door> = places.doors.values().filter(is_there).collect();
    if found.is_empty() && name.chars().any(|c| !c.is_ascii_digit()) {
        let named = |door: &&Door| places.behind(door.id).any(|household| household.holder.contains(&name));
        found = places.doors.values().filter(named).collect();
    }
    found.sort_by(|a, b| (a.building, &a.spot).cmp(&(b.building, &b.spot)));
    found.into_iter().map(|door| door.id).collect()
}

/// The compound that is named, and what is left of the words without it.
fn without_compound<'a>(places: &'a Places, key_of_all: &str, words: &str) -> (Option<&'a Compound>, String) {
    let named = places.compounds.values().filter(|compound| {
        let name = key(&compound.name);
        !name.is_empty() && key_of_all.contains(&name)
    });
    match named.max_by_key(|compound| compound.name.len()) {
        Some(compound) => (Some(compound), key_of_all.replacen(&key(&compound.name), " ", 1)),
        None => (None, words.to_owned()),
    }
}

fn has_number(door: &Door, building: &str, numbers: &[&str]) -> bool {
    let is = |typed: &str, there: &str| typed == there.to_lowercase();
    let room = |typed: &str| is(typed, &door.spot.room.0);
    match numbers {
        [number] => room(number),
        [in_building, number] => is(in_building, building) && room(number),
        [in_building, unit, number] => {
            is(in_building, building) && *unit == door.spot.unit.to_string() && room(number)
        }
        _ => false,
    }
}

/// The telephone number that is meant, if it is one: its digits.
#[must_use]
pub fn telephone(typed: &str) -> Option<String> {
    let folded = fold(typed);
    let digits: String = folded.chars().filter(char::is_ascii_digit).collect();
    let is_number = folded.chars().all(|c| c.is_ascii_digit() || " +-()".contains(c));
    (is_number && TELEPHONE.contains(&digits.len())).then_some(digits)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ledger::{FreshIds, Options, Sheet, diff, merge, preview};

    fn street() -> Places {
        let rows = [
            "小区|楼栋|单元|房号|户主",
            "北林新苑|1|1|102|王建国",
            "北林新苑|1|2|102|李梅",
            "北林新苑|12|1|102|住户0101",
            "南岸家园|1|1|102|张三",
        ];
        let rows = rows.iter().map(|row| row.split('|').map(str::to_owned).collect()).collect();
        let read = preview(&[Sheet { name: String::new(), rows }], &Options::default()).expect("a ledger");
        let (empty, none) = (Places::default(), Vec::new());
        let all = diff(&none, &read);
        merge(&empty, &read, &all, &[].into(), FreshIds::after(&empty)).places
    }

    fn found(typed: &str) -> Vec<String> {
        let places = street();
        let names = find_doors(&places, typed).into_iter().flat_map(|door| {
            places.behind(door).map(|household| household.holder.clone()).collect::<Vec<_>>()
        });
        names.collect()
    }

    #[test]
    fn a_door_is_found_however_it_is_typed() {
        for typed in ["北林新苑1-1-102", "北林新苑 １号楼１单元１０２", "北林新苑，1栋1单元102室"]
        {
            assert_eq!(found(typed), ["王建国"], "{typed}");
        }
        assert_eq!(found("１２号楼102"), ["住户0101"]);
        assert_eq!(found("12 - 102"), ["住户0101"]);
        assert_eq!(found("Building 1, Unit 2, 102"), ["李梅"]);
        assert_eq!(found("1-1-102"), ["王建国", "张三"], "compounds number theirs alike");
        assert!(found("1-1-999").is_empty() && found("  ").is_empty());
    }

    #[test]
    fn a_name_is_found_by_part_of_it_and_a_room_is_not_part_of_a_name() {
        assert_eq!(found("建国"), ["王建国"]);
        assert_eq!(found("王 建 国"), ["王建国"]);
        assert!(found("0101").is_empty());
    }

    #[test]
    fn a_telephone_number_is_told_from_a_door() {
        assert_eq!(telephone("１３８ 0000 0001").as_deref(), Some("13800000001"));
        assert_eq!(telephone("+86 (371) 6666-8888").as_deref(), Some("8637166668888"));
        assert_eq!(telephone("3-2-1101"), None);
        assert_eq!(telephone("王建国"), None);
    }
}
