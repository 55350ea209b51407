//! Keys sort as the stairs are climbed, ranges hold what they should, and keys are read back.

use super::*;
use domain::places::{Area, Label, Spot};
use domain::{BuildingId, CommunityId, DoorId, FactId, HouseholdId, MenuCode, RunId};
use proptest::prelude::*;

fn spot(unit: u8, floor: i8, room: &str) -> Spot {
    Spot { unit, floor, room: Label(room.to_owned()) }
}

#[test]
fn keys_read_as_the_stairs_are_climbed() {
    let climbed = [
        spot(1, -2, "B201"),
        spot(1, -1, "101"),
        spot(1, 1, "101"),
        spot(1, 1, "101-2"),
        spot(1, 1, "101 甲"),
        spot(1, 2, "201"),
        spot(1, 2, "201A"),
        spot(1, 2, "1020"),
        spot(1, 2, "商铺"),
        spot(1, 11, "1101"),
        spot(2, 1, "101"),
        spot(10, 1, "101"),
        spot(255, 127, "12701"),
    ];
    let mut sorted = climbed.to_vec();
    sorted.sort();
    let key = |spot: &Spot| door_prefix(spot, DoorId(7));
    let mut keys: Vec<String> = climbed.iter().map(key).collect();
    keys.sort();
    assert_eq!(keys, sorted.iter().map(key).collect::<Vec<_>>());
    assert_eq!(key(&climbed[9]), "00151141101#7#");
    assert_eq!(key(&climbed[0]), "001498ZB201#7#");
}

/// Labels as people write them; no leading zeros, which domain tells apart by text and keys by door.
fn room() -> impl Strategy<Value = String> {
    "([1-9][0-9]{0,5})?[#\\-A-C 甲乙～]{0,3}"
}

proptest! {
    #[test]
    fn byte_order_is_the_order_of_the_stairs(
        a in (0..=255_u8, -128..=127_i8, room()),
        b in (0..=255_u8, -128..=127_i8, room()),
    ) {
        let (a, b) = (spot(a.0, a.1, &a.2), spot(b.0, b.1, &b.2));
        let (ka, kb) = (door_prefix(&a, DoorId(1)), door_prefix(&b, DoorId(1)));
        prop_assert_eq!(ka.cmp(&kb), a.cmp(&b));
        // One door's facts are never among another's.
        prop_assert!(a == b || !ka.starts_with(&kb));
    }

    #[test]
    fn a_range_holds_its_floors_and_no_other(
        unit in 0..=255_u8, floor in -128..=127_i8, room in room(),
        asked in 0..=255_u8, from in -128..=127_i8, to in -128..=127_i8,
    ) {
        let key = door_prefix(&spot(unit, floor, &room), DoorId(9));
        let within = |area: Area| {
            let (first, last) = area_range(&area);
            (first..=last).contains(&key)
        };
        let b = BuildingId(1);
        prop_assert_eq!(within(Area::Unit(b, asked)), unit == asked);
        let floors = unit == asked && (from..=to).contains(&floor);
        prop_assert_eq!(within(Area::Floors(b, asked, from, to)), floors);
        prop_assert!(within(Area::Building(b)));
    }

    #[test]
    fn what_a_key_says_is_read_back(household: u32, place in 1..=u16::MAX, room in room(), shard in 0..=99_u8) {
        let prefix = door_prefix(&spot(1, 1, &room), DoorId(3));
        let key = order_fact(String::new(), &prefix, HouseholdId(household), place);
        prop_assert_eq!(parse_order_fact(key.sk()), Some((HouseholdId(household), place)));
        let c: CommunityId = "lane5".parse().expect("an id");
        let menu: MenuCode = "BOX-1".parse().expect("a code");
        let key = stock(&c, RunId(1), &menu, shard);
        prop_assert_eq!(parse_stock(key.sk()), Some((menu, shard)));
    }
}

#[test]
fn a_fact_of_another_kind_is_no_order() {
    let id = FactId::new(1, [9; 10]);
    for room in ["101", "O1#00002", "1#O2"] {
        let key = slot_fact(String::new(), &door_prefix(&spot(1, 1, room), DoorId(3)), id);
        assert_eq!(parse_order_fact(key.sk()), None, "{room}");
    }
    assert_eq!(parse_order_fact(load_fact(String::new(), id).sk()), None);
}

#[test]
fn a_head_and_a_fact_of_a_need_are_told_apart() {
    let c: CommunityId = "lane5".parse().expect("an id");
    let (need, fact) = (FactId::new(1, [1; 10]), FactId::new(2, [2; 10]));
    let head = need_head(&c, HouseholdId(1), need);
    assert_eq!(parse_need(head.sk()), Some((need, true)));
    assert_eq!(parse_need(need_fact(&c, HouseholdId(1), need, fact).sk()), Some((need, false)));
    assert_eq!(parse_need(contact(&c, HouseholdId(1)).sk()), None);
}
