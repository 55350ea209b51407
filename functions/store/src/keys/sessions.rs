//! Sessions, codes, uploads and throttles: the second table.

use super::who;
use crate::item::Key;
use domain::actor::Signed;
use domain::{CommunityId, HouseholdId, PersonId};

/// A session by the hash of its token.
pub(crate) fn session(hash: &str) -> Key {
    Key::from_parts(format!("S#{hash}"), "SESSION")
}

/// A hand-in token by its hash.
pub(crate) fn hand_in(hash: &str) -> Key {
    Key::from_parts(format!("T#{hash}"), "HANDIN")
}

/// The partition of everybody's phones in a community.
pub(crate) fn holders(c: &CommunityId) -> String {
    format!("W#{c}")
}

/// One of somebody's phones.
pub(crate) fn holder_session(c: &CommunityId, signed: Signed, hash: &str) -> Key {
    Key::from_parts(holders(c), format!("{}{hash}", holder_prefix(signed)))
}

/// What all of somebody's phones begin with.
pub(crate) fn holder_prefix(signed: Signed) -> String {
    format!("{}#", who(signed))
}

/// What all phones of households begin with.
pub(crate) const HOUSEHOLD_HOLDERS: &str = "H";

/// Which household's phone a sort key of [`holder_session`] is.
pub(crate) fn parse_household_holder(sk: &str) -> Option<HouseholdId> {
    let (household, _) = sk.strip_prefix(HOUSEHOLD_HOLDERS)?.split_once('#')?;
    household.parse().ok()
}

/// An invite.
pub(crate) fn invite(hash: &str) -> Key {
    Key::from_parts(format!("I#{hash}"), "INVITE")
}

/// That an invite is a person's, to list and take back.
pub(crate) fn person_invite(c: &CommunityId, person: PersonId, hash: &str) -> Key {
    Key::from_parts(holders(c), format!("{}{hash}", person_invites(person)))
}

/// What all invites of a person begin with, among the phones of a community.
pub(crate) fn person_invites(person: PersonId) -> String {
    format!("I#{person}#")
}

/// A passkey by the hash of what its authenticator calls it.
pub(crate) fn passkey(hash: &str) -> Key {
    Key::from_parts(format!("K#{hash}"), "PASSKEY")
}

/// That a passkey is a person's, to list and take away.
pub(crate) fn person_passkey(c: &CommunityId, person: PersonId, hash: &str) -> Key {
    Key::from_parts(holders(c), format!("{}{hash}", person_passkeys(person)))
}

/// What all passkeys of a person begin with, among the phones of a community.
pub(crate) fn person_passkeys(person: PersonId) -> String {
    format!("K#{person}#")
}

/// A challenge that somebody answered.
pub(crate) fn spent_challenge(hash: &str) -> Key {
    Key::from_parts(format!("J#{hash}"), "SPENT")
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
