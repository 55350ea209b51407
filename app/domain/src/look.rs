//! What the desk should look at: marks that came with a flag. One that came from a phone reported lost does not count
//! until the desk makes a mark of its own in its place; the others count until the desk turns them down.

use crate::actor::{Role, Signed};
use crate::fact::{Body, Mark, Stamped, Verdict, once_each};
use crate::ids::DoorId;
use crate::wire::Flag;

/// A mark that waits for the desk's word.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ToLook<'a> {
    /// The fact, with who made it and when.
    pub stamped: &'a Stamped,
    /// The mark in it.
    pub mark: &'a Mark,
    /// Why.
    pub flag: Flag,
}

/// The flagged marks of a run that nobody has settled yet, oldest first. A mark is settled when its author took it
/// back or marked the same jobs again, or when the desk marked them itself or turned it down.
#[must_use]
pub fn to_look_at<'a>(facts: impl IntoIterator<Item = &'a Stamped>) -> Vec<ToLook<'a>> {
    let facts = once_each(facts);
    let flagged = facts.iter().filter_map(|stamped| match (&stamped.verdict, &stamped.fact.body) {
        (Verdict::Flagged(flag), Body::Mark(mark)) => Some(ToLook { stamped, mark, flag: *flag }),
        _ => None,
    });
    flagged.filter(|one| !settled(one, &facts)).collect()
}

/// The flagged marks at one door, as [`to_look_at`].
#[must_use]
pub fn looks_at(door: DoorId, facts: &[Stamped]) -> bool {
    to_look_at(facts).iter().any(|one| one.mark.door == door)
}

/// Whether a fact is the desk's word against a mark that never counted: no story tells of it.
#[must_use]
pub fn turns_down(stamped: &Stamped, facts: &[Stamped]) -> bool {
    let Body::Retract(retract) = &stamped.fact.body else { return false };
    facts.iter().any(|other| other.fact.id == retract.fact && !other.counts())
}

fn settled(one: &ToLook<'_>, facts: &[&Stamped]) -> bool {
    let by_whom = |by: Signed| by == one.stamped.by || is_desk(by);
    let taken_back = facts.iter().any(|other| {
        matches!(&other.fact.body, Body::Retract(retract) if retract.fact == one.stamped.fact.id)
            && by_whom(other.by)
    });
    let marked_again = |job| {
        facts.iter().any(|other| {
            let Body::Mark(mark) = &other.fact.body else { return false };
            let same = (mark.run, mark.door) == (one.mark.run, one.mark.door);
            // The desk's word stands whenever it came; its author's only after what it replaces.
            let later = is_desk(other.by) || other.order() > one.stamped.order();
            same && later && other.counts() && by_whom(other.by) && mark.jobs.iter().any(|(id, _)| *id == job)
        })
    };
    taken_back || one.mark.jobs.iter().all(|(job, _)| marked_again(*job))
}

/// Whether somebody speaks for the desk.
pub(crate) fn is_desk(by: Signed) -> bool {
    matches!(by, Signed::Person(_, Role::Desk))
}
