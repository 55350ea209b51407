//! The phones that want to be rung.

use super::who;
use crate::item::Key;
use domain::CommunityId;
use domain::actor::Signed;

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
