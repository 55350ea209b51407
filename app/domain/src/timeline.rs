//! A household's timeline: what happened, when and by whom, in the order it is told.

use serde::{Deserialize, Serialize};

use crate::actor::Signed;
use crate::fact::{Body, Complaint, Mark, PaidState, Stamped, Verdict, in_order, once_each};
use crate::ids::{DoorId, FactId, HouseholdId, RunId};
use crate::job::{JobKind, JobRef, Outcome};
use crate::map::{BTreeMap, BTreeSet};
use crate::menu::Line;
use crate::need::{Category, Channel, Step, whole_text};
use crate::time::{Millis, Shown};
use crate::wire::{Flag, Refusal};

/// One entry.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    /// The fact it tells of.
    pub fact: FactId,
    /// When.
    pub at: Shown,
    /// Who.
    pub by: Signed,
    /// The run, for what belongs to one.
    pub run: Option<RunId>,
    /// The need, for what belongs to one.
    pub need: Option<FactId>,
    /// When the desk keyed it in, where it was not made on a phone.
    pub keyed: Option<Millis>,
    /// What.
    pub what: Event,
    /// Taken all the same; for the desk's eyes.
    pub flag: Option<Flag>,
}

/// What happened.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Event {
    /// First order.
    Ordered(Vec<Line>),
    /// Ordered again, after a cancellation.
    OrderedAgain(Vec<Line>),
    /// Another basket.
    Changed(Vec<Line>),
    /// Cancelled.
    Cancelled,
    /// A request that was refused, with the reason.
    Refused(Refusal),
    /// The desk put a job of this kind on a round; what exactly, in words.
    Planned(JobKind, String),
    /// A job at the door, of this kind, turned out so.
    Marked(JobKind, Outcome),
    /// The author took a mark back.
    Undone(FactId),
    /// Away, or back.
    Away(bool),
    /// The household said something against the mark on a job of this kind.
    Disputed(JobKind, Complaint),
    /// Paid or not.
    Paid(PaidState),
    /// A need was reported.
    Needed(Category, String, Channel),
    /// Somebody did something about a need.
    Step(Step),
}

/// Tells a household's story from the facts of its runs and needs, oldest first.
pub fn timeline<'a>(
    household: HouseholdId,
    door: Option<DoorId>,
    facts: impl IntoIterator<Item = &'a Stamped> + Clone,
) -> Vec<Entry> {
    let mut added: BTreeMap<FactId, JobKind> = BTreeMap::new();
    let mut dropped: BTreeSet<FactId> = BTreeSet::new();
    for stamped in facts.clone() {
        match &stamped.fact.body {
            Body::AddJob(add) => _ = added.insert(stamped.fact.id, add.kind),
            Body::DropJob(drop) => _ = dropped.insert(drop.job),
            _ => {}
        }
    }
    let kind_of = |job: &JobRef| match job {
        JobRef::Order(_) => JobKind::DeliverOrder,
        JobRef::Added(id) => added.get(id).copied().unwrap_or(JobKind::Other),
    };
    let mut entries: Vec<Entry> = Vec::new();
    let ordered = in_order(facts.clone());
    for stamped in &ordered {
        let before = last_of_order(&entries, stamped.fact.body.run());
        let mut tell = |run: Option<RunId>, need: Option<FactId>, what: Event| {
            let (fact, at, by) = (stamped.fact.id, stamped.shown(), stamped.by);
            let flag = match stamped.verdict {
                Verdict::Flagged(flag) => Some(flag),
                _ => None,
            };
            let keyed = match &stamped.fact.body {
                Body::Mark(Mark { happened: Some(_), .. }) => Some(stamped.received),
                _ => None,
            };
            entries.push(Entry { fact, at, by, run, need, keyed, what, flag });
        };
        match &stamped.fact.body {
            Body::Order(set) if set.household == household => {
                let lines = set.lines.clone();
                let what = match before {
                    _ if lines.is_empty() => Event::Cancelled,
                    None => Event::Ordered(lines),
                    Some(Told::Cancelled) => Event::OrderedAgain(lines),
                    Some(Told::Ordered) => Event::Changed(lines),
                };
                tell(Some(set.run), None, what);
            }
            // A neighbour behind the same door gets their own story.
            Body::AddJob(add)
                if Some(add.door) == door
                    && !dropped.contains(&stamped.fact.id)
                    && add.household.is_none_or(|whose| whose == household) =>
            {
                tell(Some(add.run), None, Event::Planned(add.kind, add.text.clone()));
            }
            Body::Mark(mark) if Some(mark.door) == door => {
                for (job, outcome) in &mark.jobs {
                    // A neighbour behind the same door gets their own story.
                    if !matches!(job, JobRef::Order(other) if *other != household) {
                        tell(Some(mark.run), None, Event::Marked(kind_of(job), outcome.clone()));
                    }
                }
            }
            Body::Retract(retract) if Some(retract.door) == door => {
                // What the neighbours behind the same door took back is theirs.
                if matches!(stamped.by, Signed::Household(other) if other != household) {
                    continue;
                }
                tell(Some(retract.run), None, Event::Undone(retract.fact));
            }
            Body::Away(away) if away.household == household => {
                tell(Some(away.run), None, Event::Away(away.away));
            }
            Body::Dispute(dispute) if dispute.household == household => {
                let kind = dispute.job.as_ref().map_or(JobKind::DeliverOrder, kind_of);
                tell(Some(dispute.run), None, Event::Disputed(kind, dispute.says));
            }
            Body::Paid(paid) if paid.household == household => {
                tell(Some(paid.run), None, Event::Paid(paid.state));
            }
            Body::Need(report) if report.household == household && report.continues.is_none() => {
                let text = whole_text(stamped.fact.id, report, &ordered);
                tell(None, Some(stamped.fact.id), Event::Needed(report.category, text, report.channel));
            }
            Body::NeedStep(step) if step.household == household && step.step != Step::Read => {
                tell(None, Some(step.need), Event::Step(step.step.clone()));
            }
            _ => {}
        }
    }
    for stamped in once_each(facts) {
        let (Verdict::Refused(refusal), Body::Order(set)) = (&stamped.verdict, &stamped.fact.body) else {
            continue;
        };
        if set.household == household {
            entries.push(Entry {
                fact: stamped.fact.id,
                at: stamped.shown(),
                by: stamped.by,
                run: Some(set.run),
                need: None,
                keyed: None,
                what: Event::Refused(refusal.clone()),
                flag: None,
            });
        }
    }
    crate::small::sort_by_key(&mut entries, |entry| (entry.at.at, entry.fact));
    entries
}

/// What was told of an order last.
enum Told {
    Ordered,
    Cancelled,
}

fn last_of_order(entries: &[Entry], run: Option<RunId>) -> Option<Told> {
    entries.iter().rev().filter(|entry| entry.run == run).find_map(|entry| match entry.what {
        Event::Ordered(_) | Event::OrderedAgain(_) | Event::Changed(_) => Some(Told::Ordered),
        Event::Cancelled => Some(Told::Cancelled),
        _ => None,
    })
}
