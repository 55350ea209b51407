//! What a move of the whole data asks of keys.

use super::{
    CARE, CARE_READS, Kept, NEEDS, Partition, VERSION, consent, graveyard, needs_board, parse_partition,
};
use crate::item::Key;
use crate::moving::Stood;
use crate::table::Table;
use domain::CommunityId;

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

/// What may tell of somebody's health at a key, if anything.
pub(crate) fn health_at(table: Table, key: &Key) -> Option<Stood> {
    let (pk, sk) = (key.pk(), key.sk());
    if table == Table::Sessions {
        return pk.starts_with("U#").then_some(Stood::Upload);
    }
    match parse_partition(pk) {
        Partition::Household(c, household) => match sk {
            _ if sk.starts_with(CARE) => Some(Stood::Care),
            _ if sk.starts_with(CARE_READS) => Some(Stood::CareRead),
            _ if sk.starts_with(NEEDS) => Some(Stood::Need),
            _ => (*key == consent(&c, household)).then_some(Stood::Consent),
        },
        // A table of before has its versions among the facts of a run.
        Partition::Run(..) => (sk != VERSION).then_some(Stood::Fact),
        Partition::Community(c) => (*key == needs_board(&c)).then_some(Stood::NeedsBoard),
        Partition::News(_) => None,
        Partition::Other => match kind_of(key) {
            "X" => Some(Stood::Refused),
            "Y" => Some(Stood::Unread),
            "Z" => Some(Stood::Parcel),
            "C" if pk.contains("#L#") => Some(Stood::Ledger),
            _ => (pk == graveyard()).then_some(Stood::DeadLetter),
        },
    }
}
