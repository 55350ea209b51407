//! What the desk keeps, the ledger, cards, and what is due.

use super::{END, VERSION};
use crate::item::Key;
use domain::{BuildingId, CommunityId, DoorId, MenuCode, Millis, NoticeId, PersonId, RunId};

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
    pub(super) fn sk(&self) -> String {
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
    NeedsBoard,
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
        "BOARD" => KeptKind::NeedsBoard,
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
