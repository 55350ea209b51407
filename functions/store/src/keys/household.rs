//! What belongs to a household: its needs, telephone numbers and care, its enrolment letter.

use super::who;
use crate::item::Key;
use domain::actor::Signed;
use domain::{CommunityId, FactId, HouseholdId, Millis};

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

/// The closed needs of a community in the index.
pub(crate) fn desk_closed(c: &CommunityId) -> String {
    format!("DONE#{c}")
}

/// A closed need's place there: by when it was closed.
pub(crate) fn closed_place(changed: Millis, need: FactId) -> String {
    format!("{:014}#{need}", changed.0.max(0))
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

/// The letter that counts for a household.
pub(crate) fn household_letter(c: &CommunityId, household_id: HouseholdId) -> Key {
    Key::from_parts(household(c, household_id), "LETTER")
}

/// A letter by the hash of its secret.
pub(crate) fn letter(hash: &str) -> Key {
    Key::from_parts(format!("L#{hash}"), "LETTER")
}

/// A letter by the hash of its typed code.
pub(crate) fn typed_letter(c: &CommunityId, hash: &str) -> Key {
    Key::from_parts(format!("L#{c}#{hash}"), "TYPED")
}
