//! Doors as desks write them, and what is not one.

use proptest::prelude::*;

use super::fold::fold;
use super::place::{LedgerPlace, PlaceCells, compound_key, read_place};
use super::reject::RejectReason;
use super::room::Prefix;

fn door(building: &str, unit: &str, room: &str) -> Result<String, RejectReason> {
    let cells = PlaceCells { compound: "北林新苑", building, unit, room, ..PlaceCells::default() };
    read_place(cells, "", Prefix::Unit).map(|place| show(&place))
}

fn at(address: &str) -> Result<String, RejectReason> {
    let cells = PlaceCells { address, ..PlaceCells::default() };
    read_place(cells, "", Prefix::Unit).map(|place| format!("{} {}", place.compound, show(&place)))
}

fn show(place: &LedgerPlace) -> String {
    format!("{}-{}-{} F{}", place.building, place.spot.unit, place.spot.room, place.spot.floor)
}

#[test]
fn every_spelling_of_a_building_and_a_unit_is_the_same_door() {
    for building in [
        "1号楼",
        "1栋",
        "1#",
        "1幢",
        "1座",
        "Bldg 1",
        "Building No. 1",
        "1",
        "一号楼",
        "01",
        "第1栋",
        "1.0",
        "#1",
        "1楼",
        "No.1 Building",
    ] {
        for unit in ["2", "2单元", "Unit 2", "乙", "B", "二单元", "2门", "2.0", "乙单元"] {
            assert_eq!(door(building, unit, "1101"), Ok("1-2-1101 F11".into()), "{building} {unit}");
        }
    }
    assert_eq!(door("A座", "", "302室"), Ok("A-1-302 F3".into()));
    assert_eq!(door("Block B2", "-", "#302"), Ok("B2-1-302 F3".into()));
    assert_eq!(door("东楼", "1", "302"), Ok("东-1-302 F3".into()));
}

/// A number as Chinese numerals write it.
fn chinese(number: u32) -> String {
    let digit = |number: u32| "零一二三四五六七八九".chars().nth(number as usize).expect("a digit");
    match (number / 10, number % 10) {
        (0, one) => digit(one).to_string(),
        (1, 0) => "十".into(),
        (1, one) => format!("十{}", digit(one)),
        (ten, 0) => format!("{}十", digit(ten)),
        (ten, one) => format!("{}十{}", digit(ten), digit(one)),
    }
}

fn wide(text: &str) -> String {
    text.chars()
        .map(|c| if c.is_ascii_graphic() { char::from_u32(u32::from(c) + 0xFEE0).expect("wide") } else { c })
        .collect()
}

/// Ways to write a building, a unit and a room of theirs, with nothing left to guess.
fn spell(
    building: u32,
    unit: u32,
    floor: u32,
    flat: u32,
    way: [usize; 3],
    full_width: bool,
) -> (String, String, String) {
    let room = format!("{floor}{flat:02}");
    let buildings = [
        format!("{building}号楼"),
        format!("{building}栋"),
        format!("{building}#"),
        format!("第{building}幢"),
        format!("{}号楼", chinese(building)),
        format!("Bldg. {building}"),
        format!("No. {building} Building"),
        format!("{building:02}"),
        format!("{building}.0"),
    ];
    let units = [
        format!("{unit}"),
        format!("{unit}单元"),
        format!("{}单元", chinese(unit)),
        format!("Unit {unit}"),
        format!("{unit}.0"),
    ];
    let rooms = [
        room.clone(),
        format!("{room}室"),
        format!("Room {room}"),
        format!("{floor}层{room}"),
        format!("{unit}-{room}"),
        format!("{building}-{unit}-{room}"),
        format!("{building}号楼{unit}单元{room}室"),
        format!("{}单元{}层{room}号", chinese(unit), chinese(floor)),
        format!("{room}.0"),
    ];
    let pick = |ways: &[String], way: usize| {
        let text = &ways[way % ways.len()];
        if full_width { wide(text) } else { text.clone() }
    };
    (pick(&buildings, way[0]), pick(&units, way[1]), pick(&rooms, way[2]))
}

proptest! {
    #[test]
    fn however_a_door_is_written_it_is_the_same_door(
        building in 1u32..40, unit in 1u32..9, floor in 1u32..40, flat in 1u32..30,
        way in any::<[usize; 3]>(), full_width in any::<bool>(),
    ) {
        let (b, u, r) = spell(building, unit, floor, flat, way, full_width);
        let found = door(&fold(&b), &fold(&u), &fold(&r));
        prop_assert_eq!(found, Ok(format!("{building}-{unit}-{floor}{flat:02} F{floor}")), "{} {} {}", b, u, r);
    }
}

#[test]
fn a_room_may_say_building_unit_and_floor_again_but_not_differently() {
    assert_eq!(door("3号楼", "2", "11-1101"), Ok("3-2-1101 F11".into()));
    assert_eq!(door("3号楼", "2", "2-1101"), Ok("3-2-1101 F11".into()));
    assert_eq!(door("3号楼", "", "2-1101"), Ok("3-2-1101 F11".into()));
    assert_eq!(door("3号楼", "2", "3-2-1101"), Ok("3-2-1101 F11".into()));
    assert_eq!(door("3号楼", "2", "3号楼2单元1101室"), Ok("3-2-1101 F11".into()));
    assert_eq!(door("3号楼2单元", "", "1101"), Ok("3-2-1101 F11".into()));
    assert_eq!(door("3号楼", "2", "地下一层05"), Ok("3-2-B105 F-1".into()));
    assert_eq!(door("3号楼", "2", "B1-05"), Ok("3-2-B105 F-1".into()));
    assert_eq!(door("3号楼", "2", "1101-1"), Ok("3-2-1101-1 F11".into()));
    assert_eq!(door("3号楼", "2", "4-1-1101"), Err(RejectReason::PlacesDisagree("4-1-1101".into())));
    assert_eq!(door("3号楼", "2", "1101-1102"), Err(RejectReason::PlacesDisagree("1101-1102".into())));
}

#[test]
fn what_is_not_understood_is_said_and_not_guessed() {
    assert_eq!(door("3号楼", "1", ""), Err(RejectReason::RoomMissing));
    assert_eq!(door("", "1", "101"), Err(RejectReason::BuildingMissing));
    for room in ["九楼东", "=1+1", "101/102", "101、102", "东户", "无门牌", "12003"] {
        assert_eq!(door("3号楼", "1", room), Err(RejectReason::RoomNotUnderstood(room.into())), "{room}");
    }
    for building in ["不详", "?", "0", "号楼", "学府", "TBD"] {
        assert_eq!(
            door(building, "1", "101"),
            Err(RejectReason::BuildingNotUnderstood(building.into())),
            "{building}"
        );
    }
    for unit in ["东", "100", "0", "1-2"] {
        assert!(door("3", unit, "101").is_err(), "{unit}");
    }
    assert_eq!(door("2022-01-02", "1", "101"), Err(RejectReason::TurnedIntoADate("2022-01-02".into())));
}

#[test]
fn an_address_in_one_cell_is_taken_apart() {
    for address in [
        "北林新苑3号楼2单元1101室",
        "北林新苑 三号楼 2单元 1101",
        "北林新苑3-2-1101",
        "北林新苑3栋2单元11层1101",
    ] {
        assert_eq!(at(address), Ok("北林新苑 3-2-1101 F11".into()), "{address}");
    }
    assert_eq!(at("牧院二家属区6号楼1单元1802"), Ok("牧院二家属区 6-1-1802 F18".into()));
    assert_eq!(at("Garden North, Building 3, Unit 2, Room 1101"), Ok("Garden North 3-2-1101 F11".into()));
    assert_eq!(at("北林新苑"), Err(RejectReason::AddressNotUnderstood("北林新苑".into())));
}

#[test]
fn two_spellings_of_a_compound_are_one() {
    assert_eq!(compound_key("北林新苑小区"), compound_key(" 北林 新苑"));
    assert_eq!(compound_key("Garden North"), compound_key("GARDEN  north"));
    assert_ne!(compound_key("牧院一家属区"), compound_key("牧院二家属区"));
}
