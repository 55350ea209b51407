//! What `tally` keeps, and whose changes it hears of.

use super::{community, run};
use crate::item::Key;
use domain::{BuildingId, CommunityId, HouseholdId, RunId};

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

/// Whether a partition of the main table belongs to the place it is in and moves nowhere: phones that are
/// rung, and how far the changes of one machine are tallied.
pub(crate) fn of_this_place(pk: &str) -> bool {
    pk.starts_with("V#") || pk == tally_mark().pk()
}
