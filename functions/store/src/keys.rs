//! Every key string of both tables, each from one typed function. No other file spells one. What is
//! stored under a key is decided in the module of its entity; `ARCHITECTURE.md` lists who asks for what.

use crate::item::Key;
use domain::actor::Signed;
use domain::places::{Area, Spot};
use domain::{
    BuildingId, CommunityId, DoorId, FactId, HouseholdId, MenuCode, Millis, NoticeId, PersonId, RunId,
};
use std::fmt::Write as _;

/// Sorts after every character a sort key of ours goes on with.
const END: &str = "~";

// ---- facts of a run ----

/// The partition of everything at the doors of a building in a run.
pub(crate) fn run_building(c: &CommunityId, run: RunId, building: BuildingId) -> String {
    format!("R#{c}#{run}#B#{building}")
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

/// What all load facts of a building begin with.
pub(crate) const LOADS: &str = "!LOAD#";

/// The first and last sort key of the part of a building that lies in an area.
pub(crate) fn area_range(area: &Area) -> (String, String) {
    match *area {
        Area::Unit(_, unit) => (format!("{unit:03}"), format!("{unit:03}{END}")),
        Area::Floors(_, unit, from, to) => (floor_text(unit, from), format!("{}{END}", floor_text(unit, to))),
        Area::Community | Area::Compound(_) | Area::Building(_) => (LOADS.to_owned(), END.to_owned()),
    }
}

/// The version of what happens in a partition.
pub(crate) fn version(pk: String) -> Key {
    Key::from_parts(pk, VERSION)
}

/// The sort key of version items.
pub(crate) const VERSION: &str = "!VERSION";

/// The partition of a run's counters and totals.
pub(crate) fn run(c: &CommunityId, run: RunId) -> String {
    format!("R#{c}#{run}")
}

/// One counter of a menu's boxes.
pub(crate) fn stock(c: &CommunityId, run_id: RunId, menu: &MenuCode, shard: u8) -> Key {
    Key::from_parts(run(c, run_id), format!("{STOCK}{menu}#{shard:02}"))
}

/// What all counters of a run begin with.
pub(crate) const STOCK: &str = "STOCK#";

/// Which menu and shard a sort key of [`stock`] is.
pub(crate) fn parse_stock(sk: &str) -> Option<(MenuCode, u8)> {
    let (menu, shard) = sk.strip_prefix(STOCK)?.rsplit_once('#')?;
    Some((menu.parse().ok()?, shard.parse().ok()?))
}

/// What `tally` keeps of a building in a run, or of the households without a door.
pub(crate) fn board(c: &CommunityId, run_id: RunId, building: Option<BuildingId>) -> Key {
    let building = building.map_or_else(|| DOORLESS.to_owned(), |building| building.to_string());
    Key::from_parts(run(c, run_id), format!("{BOARDS}{building}"))
}

/// What all boards of a run begin with.
pub(crate) const BOARDS: &str = "BOARD#";

/// The sort key of a board ends in this where it is of no building.
pub(crate) const DOORLESS: &str = "-";

/// What `tally` keeps of a community's open needs.
pub(crate) fn needs_board(c: &CommunityId) -> Key {
    Key::from_parts(community(c), "BOARD#NEEDS")
}

/// Up to when one machine's changes are all tallied.
pub(crate) fn tally_mark() -> Key {
    Key::from_parts("TALLY", "MARK")
}

/// Whose changes a partition of the main table tells.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Partition {
    /// A building, or the households without a door, in a run.
    Run(CommunityId, RunId, Option<BuildingId>),
    /// Needs, contacts and care of a household.
    Household(CommunityId, HouseholdId),
    /// What the desk keeps.
    Community(CommunityId),
    /// News.
    News(CommunityId),
    /// Anything else.
    Other,
}

/// What a partition key is. Keys of later releases are [`Partition::Other`].
pub(crate) fn parse_partition(pk: &str) -> Partition {
    let parts: Vec<&str> = pk.split('#').collect();
    let parsed = match parts[..] {
        ["R", c, run, "B", building] => (|| {
            let building = if building == DOORLESS { None } else { Some(building.parse().ok()?) };
            Some(Partition::Run(c.parse().ok()?, run.parse().ok()?, building))
        })(),
        ["H", c, household] => (|| Some(Partition::Household(c.parse().ok()?, household.parse().ok()?)))(),
        ["C", c] => c.parse().ok().map(Partition::Community),
        ["E", c] => c.parse().ok().map(Partition::News),
        _ => None,
    };
    parsed.unwrap_or(Partition::Other)
}

/// A fact without a place that can be told.
pub(crate) fn drawer_fact(c: &CommunityId, who: Signed, fact: FactId) -> Key {
    Key::from_parts(drawer(c, who), fact.to_string())
}

/// The partition of an author's facts without a place.
pub(crate) fn drawer(c: &CommunityId, author: Signed) -> String {
    format!("X#{c}#{}", who(author))
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

// ---- needs, contacts, care ----

/// The partition of a household's needs, contacts and care.
pub(crate) fn household(c: &CommunityId, household: HouseholdId) -> String {
    format!("H#{c}#{household}")
}

/// A need's head.
pub(crate) fn need_head(c: &CommunityId, household_id: HouseholdId, need: FactId) -> Key {
    Key::from_parts(household(c, household_id), format!("{NEEDS}{need}"))
}

/// A need's fact.
pub(crate) fn need_fact(c: &CommunityId, household_id: HouseholdId, need: FactId, fact: FactId) -> Key {
    Key::from_parts(household(c, household_id), format!("{NEEDS}{need}#{fact}"))
}

/// What all items of all needs of a household begin with.
pub(crate) const NEEDS: &str = "N#";

/// What the head and all facts of a need begin with.
pub(crate) fn need_prefix(need: FactId) -> String {
    format!("{NEEDS}{need}")
}

/// Whether a sort key is a head, and of which need it is.
pub(crate) fn parse_need(sk: &str) -> Option<(FactId, bool)> {
    let rest = sk.strip_prefix(NEEDS)?;
    match rest.split_once('#') {
        Some((need, _)) => Some((need.parse().ok()?, false)),
        None => Some((rest.parse().ok()?, true)),
    }
}

/// The queue of a community's desk in the index.
pub(crate) fn desk_queue(c: &CommunityId) -> String {
    format!("DESK#{c}")
}

/// A need's place in that queue: those that cannot wait first, then the oldest.
pub(crate) fn desk_place(pressing: bool, received: Millis, need: FactId) -> String {
    format!("{}{:014}#{need}", desk_prefix(pressing), received.0.max(0))
}

/// What the places of all needs that cannot wait, or of all others, begin with.
pub(crate) fn desk_prefix(pressing: bool) -> &'static str {
    if pressing { "0#" } else { "1#" }
}

/// A household's telephone numbers.
pub(crate) fn contact(c: &CommunityId, household_id: HouseholdId) -> Key {
    Key::from_parts(household(c, household_id), "CONTACT")
}

/// A care flag of a household.
pub(crate) fn care(c: &CommunityId, household_id: HouseholdId, flag: &str) -> Key {
    Key::from_parts(household(c, household_id), format!("{CARE}{flag}"))
}

/// What all care flags of a household begin with.
pub(crate) const CARE: &str = "CARE#";

/// What a household says to its care remarks being kept.
pub(crate) fn consent(c: &CommunityId, household_id: HouseholdId) -> Key {
    Key::from_parts(household(c, household_id), "CONSENT")
}

/// That somebody read care data.
pub(crate) fn care_read(c: &CommunityId, household_id: HouseholdId, at: Millis, by: Signed) -> Key {
    let sk = format!("{CARE_READS}{:014}#{}", at.0.max(0), who(by));
    Key::from_parts(household(c, household_id), sk)
}

/// What all records of reading begin with.
pub(crate) const CARE_READS: &str = "READ#";

/// A household by the keyed hash of its telephone number.
pub(crate) fn phone(c: &CommunityId, keyed_hash: &str, household: HouseholdId) -> Key {
    Key::from_parts(phone_partition(c, keyed_hash), household.to_string())
}

/// The partition of the households with one telephone number.
pub(crate) fn phone_partition(c: &CommunityId, keyed_hash: &str) -> String {
    format!("P#{c}#{keyed_hash}")
}

// ---- the community ----

/// The partition of what the desk keeps.
pub(crate) fn community(c: &CommunityId) -> String {
    format!("C#{c}")
}

/// One thing the desk keeps.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Kept {
    Settings,
    Person(PersonId),
    Menu(MenuCode, u16),
    Window(RunId),
    Notice(NoticeId),
    /// The pointer to the ledger's version.
    Ledger,
    /// The last number given out.
    Next(&'static str),
    Version,
}

impl Kept {
    fn sk(&self) -> String {
        match self {
            Self::Settings => "SETTINGS".to_owned(),
            Self::Person(id) => format!("PERSON#{:010}", id.0),
            Self::Menu(code, version) => format!("MENU#{code}#{version:05}"),
            Self::Window(run) => format!("WINDOW#{:010}", run.0),
            Self::Notice(id) => format!("NOTICE#{:010}", id.0),
            Self::Ledger => "LEDGER".to_owned(),
            Self::Next(what) => format!("NEXT#{what}"),
            Self::Version => VERSION.to_owned(),
        }
    }

    pub(crate) fn key(&self, c: &CommunityId) -> Key {
        Key::from_parts(community(c), self.sk())
    }
}

/// What an item of [`community`] is, by the first word of its sort key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum KeptKind {
    Settings,
    Person,
    Menu,
    Window,
    Notice,
    Ledger,
    Version,
    Other,
}

pub(crate) fn kept_kind(sk: &str) -> KeptKind {
    match sk.split('#').next().unwrap_or_default() {
        "SETTINGS" => KeptKind::Settings,
        "PERSON" => KeptKind::Person,
        "MENU" => KeptKind::Menu,
        "WINDOW" => KeptKind::Window,
        "NOTICE" => KeptKind::Notice,
        "LEDGER" => KeptKind::Ledger,
        VERSION => KeptKind::Version,
        _ => KeptKind::Other,
    }
}

/// The partition of a version of the ledger.
pub(crate) fn ledger(c: &CommunityId, version: u32) -> String {
    format!("C#{c}#L#{version}")
}

/// A chunk of it.
pub(crate) fn ledger_chunk(c: &CommunityId, version: u32, chunk: usize) -> Key {
    Key::from_parts(ledger(c, version), format!("{chunk:05}"))
}

/// A door by the token of its card.
pub(crate) fn card(token: &str) -> Key {
    Key::from_parts(format!("D#{token}"), "CARD")
}

/// A door by the short code of its card.
pub(crate) fn short_card(c: &CommunityId, short: &str) -> Key {
    Key::from_parts(format!("D#{c}#{short}"), "CARD")
}

/// The partition of the cards of a building.
pub(crate) fn cards(c: &CommunityId, building: BuildingId) -> String {
    format!("C#{c}#D#{building}")
}

/// The card of a door.
pub(crate) fn door_card(c: &CommunityId, building: BuildingId, door: DoorId) -> Key {
    Key::from_parts(cards(c, building), format!("{:010}", door.0))
}

/// The partition of what is due in an hour since 1970.
pub(crate) fn due_hour(hour: i64, shard: u8) -> String {
    format!("DUE#{hour}#{shard}")
}

/// Something due.
pub(crate) fn due(at: Millis, shard: u8, what: &str) -> Key {
    Key::from_parts(due_hour(at.0.div_euclid(Millis::HOUR), shard), format!("{:014}#{what}", at.0.max(0)))
}

/// Up to which hour everything due is done.
pub(crate) fn due_cursor() -> Key {
    Key::from_parts("DUE", "CURSOR")
}

/// Who buries what is due and cannot be read.
pub(crate) const DUE: &str = "due";

/// The partition of dead letters.
pub(crate) fn graveyard() -> &'static str {
    "DEAD"
}

/// A dead letter: the same item buried again is the same letter.
pub(crate) fn buried(by: &str, place: &Key) -> Key {
    Key::from_parts(graveyard(), format!("{by}#{} {}", place.pk(), place.sk()))
}

/// The partition of a community's news.
pub(crate) fn all_news(c: &CommunityId) -> String {
    format!("E#{c}")
}

/// News of a community.
pub(crate) fn news(c: &CommunityId, name: &str) -> Key {
    Key::from_parts(all_news(c), name)
}

/// A sort key after everything due at `at` or earlier in its hour.
pub(crate) fn due_until(at: Millis) -> String {
    format!("{:014}{END}", at.0.max(0))
}

// ---- push ----

/// The partition of the phones of a community that want to be rung.
pub(crate) fn pushes(c: &CommunityId) -> String {
    format!("V#{c}")
}

/// What all of somebody's phones there begin with.
pub(crate) fn pushes_of(signed: Signed) -> String {
    format!("{}#", who(signed))
}

/// One phone there, named by its session.
pub(crate) fn push(c: &CommunityId, signed: Signed, handle: &str) -> Key {
    Key::from_parts(pushes(c), format!("{}{handle}", pushes_of(signed)))
}

/// That somebody was told something.
pub(crate) fn told(c: &CommunityId, signed: Signed, what: &str) -> Key {
    Key::from_parts(format!("V#{c}#TOLD"), format!("{}{what}", pushes_of(signed)))
}

/// Whether a partition of the main table belongs to the place it is in and moves nowhere: phones that are
/// rung, and how far the changes of one machine are tallied.
pub(crate) fn of_this_place(pk: &str) -> bool {
    pk.starts_with("V#") || pk == tally_mark().pk()
}

// ---- sessions and codes ----

/// Somebody, inside a key.
pub(crate) fn who(signed: Signed) -> String {
    match signed {
        Signed::Household(id) => format!("H{id}"),
        Signed::Person(id, _) => format!("P{id}"),
        Signed::Clock => "K".to_owned(),
    }
}

/// A session by the hash of its token.
pub(crate) fn session(hash: &str) -> Key {
    Key::from_parts(format!("S#{hash}"), "SESSION")
}

/// A hand-in token by its hash.
pub(crate) fn hand_in(hash: &str) -> Key {
    Key::from_parts(format!("T#{hash}"), "HANDIN")
}

/// The partition of somebody's phones and letter.
pub(crate) fn holder(c: &CommunityId, signed: Signed) -> String {
    format!("W#{c}#{}", who(signed))
}

/// One of somebody's phones.
pub(crate) fn holder_session(c: &CommunityId, signed: Signed, hash: &str) -> Key {
    Key::from_parts(holder(c, signed), format!("{HOLDER_SESSIONS}{hash}"))
}

/// What all of somebody's phones begin with.
pub(crate) const HOLDER_SESSIONS: &str = "S#";

/// The letter that counts for a household.
pub(crate) fn holder_letter(c: &CommunityId, household: HouseholdId) -> Key {
    Key::from_parts(holder(c, Signed::Household(household)), "LETTER")
}

/// A letter by the hash of its secret.
pub(crate) fn letter(hash: &str) -> Key {
    Key::from_parts(format!("L#{hash}"), "LETTER")
}

/// A letter by the hash of its typed code.
pub(crate) fn typed_letter(c: &CommunityId, hash: &str) -> Key {
    Key::from_parts(format!("L#{c}#{hash}"), "TYPED")
}

/// An invite.
pub(crate) fn invite(hash: &str) -> Key {
    Key::from_parts(format!("I#{hash}"), "INVITE")
}

/// A ten-minute code.
pub(crate) fn minute_code(c: &CommunityId, hash: &str) -> Key {
    Key::from_parts(format!("M#{c}#{hash}"), "CODE")
}

/// A file that a session uploaded and has not confirmed, in parts.
pub(crate) fn upload(session_hash: &str, id: &str) -> String {
    format!("U#{session_hash}#{id}")
}

/// One part of it.
pub(crate) fn upload_chunk(session_hash: &str, id: &str, place: usize) -> Key {
    Key::from_parts(upload(session_hash, id), format!("{place:05}"))
}

/// A counter of tries in a window of time.
pub(crate) fn throttle(c: &CommunityId, what: &str, key: &str, window: i64) -> Key {
    Key::from_parts(format!("Q#{c}#{what}#{key}"), format!("{window:014}"))
}

// ---- moving ----

/// What kind of thing stands at a key: the first word of its partition.
pub(crate) fn kind_of(key: &Key) -> &str {
    key.pk().split('#').next().unwrap_or_default()
}

/// Which community's settings stand at a key.
pub(crate) fn parse_settings(key: &Key) -> Option<CommunityId> {
    let c = key.pk().strip_prefix("C#")?;
    (key.sk() == Kept::Settings.sk()).then(|| c.parse().ok())?
}

/// How far the import of a file has come, in the sessions table so that it does not move on.
pub(crate) fn import_mark(checksum: &str) -> Key {
    Key::from_parts(format!("Y#{checksum}"), "IMPORT")
}

#[cfg(test)]
mod tests;
