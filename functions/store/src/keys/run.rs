//! What happens in a run, under keys whose byte order is the order of the stairs.

use super::{END, who};
use crate::item::Key;
use domain::actor::Signed;
use domain::places::{Area, Spot};
use domain::{BuildingId, CommunityId, DoorId, FactId, HouseholdId, MenuCode, NoticeId, RunId};
use std::fmt::Write as _;

/// The partition of everything at the doors of a building in a run.
pub(crate) fn run_building(c: &CommunityId, run: RunId, building: BuildingId) -> String {
    format!("R#{c}#{run}#B#{building}")
}

/// The partition of a building's version.
pub(crate) fn building_news(c: &CommunityId, building: BuildingId) -> String {
    format!("B#{c}#{building}")
}

/// The same for households without a door.
pub(crate) fn doorless_news(c: &CommunityId) -> String {
    format!("B#{c}#-")
}

/// Unit, floor and room so that byte order is the order of the stairs.
fn spot_text(spot: &Spot) -> String {
    format!("{}{}", floor_text(spot.unit, spot.floor), room_text(&spot.room.0))
}

/// A floor of a unit: `001511` is unit 1, floor 11; `001499` its first basement.
fn floor_text(unit: u8, floor: i8) -> String {
    format!("{unit:03}{:03}", 500 + i16::from(floor))
}

/// A room in the order of `domain::places::Label`: by the leading number, then by the rest. The count
/// of digits comes first, so that 201 sorts before 1020; what begins with no number comes last.
fn room_text(room: &str) -> String {
    let end = room.find(|c: char| !c.is_ascii_digit()).unwrap_or(room.len());
    let (digits, rest) = room.split_at(end);
    let mut text = match digits.parse::<u64>() {
        Ok(number) => {
            let number = number.to_string();
            let count = u8::try_from(number.len()).unwrap_or(u8::MAX);
            // 1 to 9, then A to K for up to 20 digits.
            let class = if count < 10 { b'0' + count } else { b'A' + count - 10 };
            format!("{}{number}", char::from(class))
        }
        Err(_) => "Z".to_owned(),
    };
    for c in rest.chars() {
        // What sorts before or as our separator is escaped by something that keeps its place.
        if c <= '$' {
            let _ = write!(text, "${:02x}", u32::from(c));
        } else {
            text.push(c);
        }
    }
    text
}

/// What all facts at a door begin with.
pub(crate) fn door_prefix(spot: &Spot, door: DoorId) -> String {
    format!("{}#{door}#", spot_text(spot))
}

/// The partition of what belongs to households without a door in a run: stranded, in hospital.
pub(crate) fn run_doorless(c: &CommunityId, run: RunId) -> String {
    format!("R#{c}#{run}#B#-")
}

/// What all facts of a household without a door begin with.
pub(crate) fn doorless_prefix(household: HouseholdId) -> String {
    format!("{household}#")
}

/// A fact at a door, or of a household without one.
pub(crate) fn slot_fact(pk: String, prefix: &str, fact: FactId) -> Key {
    Key::from_parts(pk, format!("{prefix}{fact}"))
}

/// A place in a household's log of orders.
pub(crate) fn order_fact(pk: String, prefix: &str, household: HouseholdId, place: u16) -> Key {
    Key::from_parts(pk, format!("{prefix}O{household}#{place:05}"))
}

/// Whose log and which place a sort key of [`order_fact`] is.
pub(crate) fn parse_order_fact(sk: &str) -> Option<(HouseholdId, u16)> {
    let (rest, place) = sk.rsplit_once('#')?;
    let (_, household) = rest.rsplit_once("#O")?;
    Some((household.parse().ok()?, place.parse().ok()?))
}

/// Boxes taken at the gate or brought back.
pub(crate) fn load_fact(pk: String, fact: FactId) -> Key {
    Key::from_parts(pk, format!("{LOADS}{fact}"))
}

/// That what is left in a building, or in a part of it, was handed to somebody, or taken by them.
pub(crate) fn hand_fact(pk: String, fact: FactId) -> Key {
    Key::from_parts(pk, format!("{HANDS}{fact}"))
}

/// What all of these begin with; it stands just before [`LOADS`], so that one range holds both.
pub(crate) const HANDS: &str = "!HAND#";

/// What all load facts of a building begin with.
pub(crate) const LOADS: &str = "!LOAD#";

/// The first and last sort key of the part of a building that lies in an area.
pub(crate) fn area_range(area: &Area) -> (String, String) {
    match *area {
        Area::Unit(_, unit) => (format!("{unit:03}"), format!("{unit:03}{END}")),
        Area::Floors(_, unit, from, to) => (floor_text(unit, from), format!("{}{END}", floor_text(unit, to))),
        Area::Community | Area::Compound(_) | Area::Building(_) => (HANDS.to_owned(), END.to_owned()),
    }
}

/// A sort key after everything that begins so.
pub(crate) fn until(prefix: &str) -> String {
    format!("{prefix}{END}")
}

/// The partition of a run's counters and totals.
pub(crate) fn run(c: &CommunityId, run: RunId) -> String {
    format!("R#{c}#{run}")
}

/// The partition of one shard of a run's counters. The first is the run's own, so that a small place reads them in one
/// Query; each further one is a partition of its own, since it is partitions that get hot.
pub(crate) fn stock_shard(c: &CommunityId, run_id: RunId, shard: u8) -> String {
    match shard {
        0 => run(c, run_id),
        shard => format!("{}#S#{shard:02}", run(c, run_id)),
    }
}

/// One counter of a menu's boxes.
pub(crate) fn stock(c: &CommunityId, run_id: RunId, menu: &MenuCode, shard: u8) -> Key {
    Key::from_parts(stock_shard(c, run_id, shard), format!("{STOCK}{menu}#{shard:02}"))
}

/// What all counters of a run begin with.
pub(crate) const STOCK: &str = "STOCK#";

/// Which menu and shard a sort key of [`stock`] is.
pub(crate) fn parse_stock(sk: &str) -> Option<(MenuCode, u8)> {
    let (menu, shard) = sk.strip_prefix(STOCK)?.rsplit_once('#')?;
    Some((menu.parse().ok()?, shard.parse().ok()?))
}

/// A fact without a place that can be told.
pub(crate) fn drawer_fact(c: &CommunityId, who: Signed, fact: FactId) -> Key {
    Key::from_parts(drawer(c, who), fact.to_string())
}

/// The partition of an author's facts without a place.
pub(crate) fn drawer(c: &CommunityId, author: Signed) -> String {
    format!("X#{c}#{}", who(author))
}

/// A fact that this program cannot read, under whoever handed it in.
pub(crate) fn unread_fact(c: &CommunityId, by: Signed, fact: FactId) -> Key {
    Key::from_parts(unread(c), format!("{}{fact}", unread_prefix(by)))
}

/// The partition of the facts of a community that this program cannot read.
pub(crate) fn unread(c: &CommunityId) -> String {
    format!("Y#{c}")
}

/// The partition of the sealed facts of a community that nobody can open.
pub(crate) fn parcels(c: &CommunityId) -> String {
    format!("Z#{c}")
}

/// One of them, by a hash of it.
pub(crate) fn parcel(c: &CommunityId, name: &str) -> Key {
    Key::from_parts(parcels(c), name)
}

/// What all such facts of one person begin with.
pub(crate) fn unread_prefix(by: Signed) -> String {
    format!("{}#", who(by))
}

/// That a household has seen a notice.
pub(crate) fn seen_fact(c: &CommunityId, notice: NoticeId, household: HouseholdId, fact: FactId) -> Key {
    Key::from_parts(seen(c, notice), format!("{}{fact}", seen_prefix(household)))
}

/// The partition of those who have seen a notice.
pub(crate) fn seen(c: &CommunityId, notice: NoticeId) -> String {
    format!("S#{c}#{notice}")
}

/// What all of a household's facts about one notice begin with.
pub(crate) fn seen_prefix(household: HouseholdId) -> String {
    format!("{household}#")
}
