//! What a move of the whole data asks of keys.

use super::Kept;
use crate::item::Key;
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
