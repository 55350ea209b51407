//! What a household says against a mark: about which of its jobs, for how long, and what of it stands.

use crate::actor::Signed;
use crate::fact::{Body, Complaint, Dispute, Stamped};
use crate::ids::{FactId, HouseholdId};
use crate::job::JobKind;
use crate::round::{Job, JobState, Stop};
use crate::time::Millis;

/// How long after a mark, in milliseconds; what comes later is flagged.
pub const WITHIN: i64 = 24 * Millis::HOUR;

/// What may be said against a job of this kind: only what is carried to a door can fail to arrive there.
#[must_use]
pub fn against(kind: JobKind) -> &'static [Complaint] {
    if kind.carries() { &[Complaint::NeverArrived, Complaint::Wrong] } else { &[Complaint::Wrong] }
}

/// The jobs of a household's stop that count as done and that it may still say something against, each with its mark.
#[must_use]
pub fn disputable(stop: &Stop, household: HouseholdId, now: Millis) -> Vec<(&Job, FactId)> {
    let mut found = Vec::new();
    for job in &stop.jobs {
        if let Some(mark) = job.marks.last()
            && concerns(job, household)
            && job.state() == JobState::Done
            && now - mark.at.at < WITHIN
        {
            found.push((job, mark.fact));
        }
    }
    found
}

/// Whether a job is for the household, or for the door as such.
fn concerns(job: &Job, household: HouseholdId) -> bool {
    job.household.is_none_or(|whose| whose == household)
}

/// Whether a dispute is about this job of the mark that it names. One that names no job comes from an older phone, and
/// is about what was brought.
pub(crate) fn about(dispute: &Dispute, job: &Job) -> bool {
    match dispute.job {
        Some(named) => job.id == named && concerns(job, dispute.household),
        None => job.household == Some(dispute.household) && job.kind.carries(),
    }
}

/// What `by` said against a mark of a household and has not taken back: what an undo names. One at a time; where several
/// stand, the next is found once this one is taken back.
#[must_use]
pub fn standing(facts: &[&Stamped], household: HouseholdId, by: Signed) -> Option<FactId> {
    let own = || facts.iter().filter(|stamped| stamped.by == by && stamped.counts());
    let stands = |id: FactId| {
        own().all(|stamped| !matches!(&stamped.fact.body, Body::Retract(undo) if undo.fact == id))
    };
    let said = own().find(|stamped| {
        matches!(&stamped.fact.body, Body::Dispute(dispute) if dispute.household == household)
            && stands(stamped.fact.id)
    });
    said.map(|stamped| stamped.fact.id)
}
