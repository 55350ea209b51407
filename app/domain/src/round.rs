//! Rounds (配送轮次) and stops (一户): the fold that tells, door by door, what is to be done and how it turned out.

use crate::map::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use crate::actor::Signed;
use crate::fact::{Body, Complaint, DoorCheck, Stamped, Verdict, in_order};
use crate::ids::{DoorId, FactId, HouseholdId};
use crate::job::{JobKind, JobRef, Outcome};
use crate::look::is_desk;
use crate::menu::{Line, Substitution};
use crate::order::orders;
use crate::time::Shown;

/// One person's live mark on one job.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct JobMark {
    /// The fact that made it: what an undo or a dispute names.
    pub fact: FactId,
    /// Who.
    pub by: Signed,
    /// When.
    pub at: Shown,
    /// How the door was made sure of.
    pub check: DoorCheck,
    /// How it turned out.
    pub outcome: Outcome,
    /// What the household says against it.
    pub disputed: Option<Complaint>,
}

/// Where a job stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum JobState {
    /// Nobody marked it.
    Open,
    /// Done.
    Done,
    /// A failed attempt.
    Failed,
    /// Two people marked it differently: both marks are shown.
    Conflict,
    /// Marked done, and the household says otherwise.
    Disputed,
}

/// A job at a door with everything that was said about it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Job {
    /// Its name.
    pub id: JobRef,
    /// Its kind.
    pub kind: JobKind,
    /// For which household; `None` for one at a door as such.
    pub household: Option<HouseholdId>,
    /// What exactly, in words.
    pub text: String,
    /// The boxes of an order.
    pub lines: Vec<Line>,
    /// What to do if something is missing.
    pub substitution: Substitution,
    /// The need it answers.
    pub need: Option<FactId>,
    /// The household said it is away.
    pub away: bool,
    /// Live marks, each person's last one, in server order.
    pub marks: Vec<JobMark>,
}

impl Job {
    /// Where it stands.
    #[must_use]
    pub fn state(&self) -> JobState {
        let Some(last) = self.marks.last() else { return JobState::Open };
        if self.marks.iter().any(|mark| mark.outcome.succeeded() != last.outcome.succeeded()) {
            return JobState::Conflict;
        }
        if self.marks.iter().any(|mark| mark.disputed.is_some()) {
            return JobState::Disputed;
        }
        if last.outcome.succeeded() { JobState::Done } else { JobState::Failed }
    }

    /// Boxes to carry.
    #[must_use]
    pub fn boxes(&self) -> u32 {
        self.lines.iter().map(|line| u32::from(line.boxes)).sum()
    }
}

/// All jobs at one door in a run.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stop {
    /// Which door.
    pub door: DoorId,
    /// Its jobs: orders by household, then added ones by fact.
    pub jobs: Vec<Job>,
}

impl Stop {
    /// The state that matters most among its jobs: what the round and the board show for the door.
    #[must_use]
    pub fn state(&self) -> JobState {
        let states: BTreeSet<JobState> = self.jobs.iter().map(Job::state).collect();
        [JobState::Conflict, JobState::Disputed, JobState::Failed, JobState::Open, JobState::Done]
            .into_iter()
            .find(|state| {
                states.contains(state) && (*state != JobState::Failed || !states.contains(&JobState::Open))
            })
            .unwrap_or(JobState::Done)
    }

    /// Whether somebody still has to go there.
    #[must_use]
    pub fn to_do(&self) -> bool {
        self.jobs.iter().any(|job| job.state() == JobState::Open)
    }

    /// Boxes to carry there.
    #[must_use]
    pub fn boxes(&self) -> u32 {
        self.jobs.iter().map(Job::boxes).sum()
    }
}

/// Folds the facts of a run into its stops. `door_of` tells where a household lives now.
///
/// A mark on a job that is not there (any more) makes the job appear, because somebody did it.
pub fn stops<'a>(
    facts: impl IntoIterator<Item = &'a Stamped>,
    door_of: impl Fn(HouseholdId) -> Option<DoorId>,
) -> BTreeMap<DoorId, Stop> {
    folded(&in_order(facts), &door_of)
}

/// What was taken back, and by whom, or by nobody in particular where the desk did.
struct TakenBack(BTreeSet<(FactId, Option<Signed>)>);

impl TakenBack {
    fn of(facts: &[&Stamped]) -> Self {
        let of = |stamped: &&Stamped| match &stamped.fact.body {
            Body::Retract(retract) => Some((retract.fact, Some(stamped.by).filter(|by| !is_desk(*by)))),
            _ => None,
        };
        Self(facts.iter().filter_map(of).collect())
    }

    /// By whoever made it, or by the desk where the desk made it or was asked to look at it.
    fn has(&self, stamped: &Stamped) -> bool {
        let asked = is_desk(stamped.by) || matches!(stamped.verdict, Verdict::Flagged(_));
        self.0.contains(&(stamped.fact.id, Some(stamped.by)))
            || asked && self.0.contains(&(stamped.fact.id, None))
    }
}

/// Once in a phone's program, whoever asks.
fn folded(facts: &[&Stamped], door_of: &dyn Fn(HouseholdId) -> Option<DoorId>) -> BTreeMap<DoorId, Stop> {
    let mut jobs: BTreeMap<(DoorId, JobRef), Job> = BTreeMap::new();

    for order in orders(facts.iter().copied()).into_iter().filter(|order| !order.cancelled()) {
        let Some(door) = door_of(order.household) else { continue };
        let id = JobRef::Order(order.household);
        let job = Job {
            lines: order.lines,
            substitution: order.substitution,
            away: order.away,
            ..empty_job(id, JobKind::DeliverOrder)
        };
        jobs.insert((door, id), job);
    }

    let dropped: BTreeSet<FactId> = facts
        .iter()
        .filter_map(|s| match &s.fact.body {
            Body::DropJob(drop) => Some(drop.job),
            _ => None,
        })
        .collect();
    for stamped in facts {
        let Body::AddJob(add) = &stamped.fact.body else { continue };
        let id = JobRef::Added(stamped.fact.id);
        if !dropped.contains(&stamped.fact.id) {
            let job = Job {
                household: add.household,
                text: add.text.clone(),
                need: add.need,
                ..empty_job(id, add.kind)
            };
            jobs.insert((add.door, id), job);
        }
    }

    let taken_back = TakenBack::of(facts);
    for stamped in facts {
        let Body::Mark(mark) = &stamped.fact.body else { continue };
        if taken_back.has(stamped) {
            continue;
        }
        for (id, outcome) in &mark.jobs {
            let kind = if matches!(id, JobRef::Order(_)) { JobKind::DeliverOrder } else { JobKind::Other };
            let job = jobs.entry((mark.door, *id)).or_insert_with(|| empty_job(*id, kind));
            // A person's later mark replaces that person's earlier one; another person's stays beside it.
            job.marks.retain(|earlier| earlier.by != stamped.by);
            job.marks.push(JobMark {
                fact: stamped.fact.id,
                by: stamped.by,
                at: stamped.shown(),
                check: mark.by,
                outcome: outcome.clone(),
                disputed: None,
            });
        }
    }

    for stamped in facts {
        let Body::Dispute(dispute) = &stamped.fact.body else { continue };
        if taken_back.has(stamped) {
            continue;
        }
        for job in jobs.values_mut().filter(|job| crate::dispute::about(dispute, job)) {
            for mark in job.marks.iter_mut().filter(|mark| mark.fact == dispute.mark) {
                mark.disputed = Some(dispute.says);
            }
        }
    }

    let mut stops: BTreeMap<DoorId, Stop> = BTreeMap::new();
    for ((door, _), job) in jobs {
        stops.entry(door).or_insert_with(|| Stop { door, jobs: Vec::new() }).jobs.push(job);
    }
    stops
}

fn empty_job(id: JobRef, kind: JobKind) -> Job {
    let household = match id {
        JobRef::Order(household) => Some(household),
        JobRef::Added(_) => None,
    };
    Job {
        id,
        kind,
        household,
        text: String::new(),
        lines: Vec::new(),
        substitution: Substitution::default(),
        need: None,
        away: false,
        marks: Vec::new(),
    }
}

/// The load check at the gate: boxes taken must be delivered or brought back.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct LoadCheck {
    /// Boxes taken at the gate.
    pub taken: u32,
    /// Boxes of stops marked done.
    pub delivered: u32,
    /// Boxes brought back to the gate.
    pub returned: u32,
}

impl LoadCheck {
    /// Boxes that should still be in hand; negative when more went out than was taken.
    #[must_use]
    pub fn in_hand(&self) -> i64 {
        i64::from(self.taken) - i64::from(self.delivered) - i64::from(self.returned)
    }
}

/// Adds up what was taken, delivered and returned, from the facts of a run and its folded stops.
pub fn load_check<'a>(
    facts: impl IntoIterator<Item = &'a Stamped>,
    stops: impl IntoIterator<Item = &'a Stop>,
) -> LoadCheck {
    let mut check = LoadCheck::default();
    for stamped in in_order(facts) {
        if let Body::Load(load) = &stamped.fact.body {
            check.taken += u32::from(load.taken);
            check.returned += u32::from(load.returned);
        }
    }
    for job in stops.into_iter().flat_map(|stop| &stop.jobs) {
        if job.marks.last().is_some_and(|mark| mark.outcome.succeeded()) {
            check.delivered += job.boxes();
        }
    }
    check
}
