//! The only gate for facts. The phone runs it for an instant answer; the server's word is the one that is stored.
//!
//! A known id never gets here: it is answered from its stamp before.

use crate::actor::{Actor, At, Right, Signed};
use crate::community::Community;
use crate::fact::{Body, DoorCheck, FACT_VERSION, Fact, Mark, OrderSet, Stamped, Verdict};
use crate::ids::{CompoundId, DoorId, HouseholdId, RunId};
use crate::job::{Failure, Outcome};
use crate::menu::LineFault;
use crate::need::{Step, needs};
use crate::order::order_of;
use crate::round::stops;
use crate::time::Millis;
use crate::window::{Phase, Window};
use crate::wire::{Flag, Refusal, fits};

/// What the gate looks at besides the fact and the actor.
#[derive(Debug, Clone, Copy)]
pub struct Context<'a> {
    /// The server's time (on a phone: the corrected one).
    pub now: Millis,
    /// The community, or the part of it that the phone holds.
    pub community: &'a Community,
    /// The facts already stored that it may touch: of the household in the run, of the door in the run,
    /// or of the household's needs. More do no harm.
    pub facts: &'a [Stamped],
}

/// The most lines in a basket and jobs in a mark.
const MAX_PARTS: usize = 40;

/// The word on a fact: taken, taken with a flag, or refused with a reason.
///
/// Reports from a person who ever held the round are never refused for time, shift or assignment.
#[must_use]
pub fn admit(fact: &Fact, actor: &Actor, context: Context<'_>) -> Verdict {
    let gate = Gate { fact, actor, context };
    match gate.decide() {
        Ok(None) => Verdict::Taken,
        Ok(Some(flag)) => Verdict::Flagged(flag),
        Err(refusal) => Verdict::Refused(refusal),
    }
}

type Decision = Result<Option<Flag>, Refusal>;

struct Gate<'a> {
    fact: &'a Fact,
    actor: &'a Actor,
    context: Context<'a>,
}

impl<'a> Gate<'a> {
    fn decide(&self) -> Decision {
        if self.fact.v == 0 || self.fact.v > FACT_VERSION {
            return Err(Refusal::UnknownVersion);
        }
        match &self.fact.body {
            Body::Order(set) => self.order(set),
            Body::Mark(mark) => self.mark(mark),
            Body::Retract(retract) => self.report(retract.run, retract.door),
            Body::Load(load) => self.load(load.run, load.building),
            Body::AddJob(add) => {
                self.need_right(Right::Desk)?;
                self.window(add.run)?;
                self.place(add.door)?;
                well_formed(fits(&add.text))
            }
            Body::DropJob(drop) => {
                self.need_right(Right::Desk)?;
                self.drop_job(drop.run, drop.door, drop.job)
            }
            Body::Away(away) => {
                self.own_or_on_behalf(away.household).and(self.window(away.run)).map(|_| None)
            }
            Body::Dispute(dispute) => {
                self.own_or_on_behalf(dispute.household)?;
                well_formed(fits(&dispute.note))?;
                let mark =
                    self.context.facts.iter().find(|s| s.fact.id == dispute.mark).ok_or(Refusal::Unknown)?;
                let late = self.context.now - mark.received > 24 * Millis::HOUR;
                Ok(late.then_some(Flag::LateDispute))
            }
            Body::Paid(paid) => {
                self.need_right(Right::OnBehalf(self.context.community.places.home(paid.household)))?;
                self.window(paid.run).map(|_| None)
            }
            Body::Need(report) => {
                self.may_report_for(report.household)?;
                well_formed(fits(&report.text) && !report.text.trim().is_empty())?;
                Ok(self.clock())
            }
            Body::NeedStep(step) => self.need_step(step.household, step.need, &step.step),
            Body::Seen(seen) => self.need_right(Right::HouseholdsOwn(seen.household)).map(|()| None),
        }
    }

    fn order(&self, set: &OrderSet) -> Decision {
        self.own_or_on_behalf(set.household)?;
        let window = self.window(set.run)?;
        let home = self.context.community.places.home(set.household).ok_or(Refusal::Unknown)?;
        if !window.compounds.contains(&home.compound) {
            return Err(Refusal::NoSuchRun);
        }
        let flag = self.order_time(window)?;
        let current = order_of(set.household, self.context.facts);
        if current.as_ref().map(|order| order.head) != set.replaces {
            return Err(Refusal::ChangedMeanwhile);
        }
        let distinct =
            set.lines.iter().enumerate().all(|(i, line)| set.lines[..i].iter().all(|l| l.menu != line.menu));
        let nothing = set.lines.is_empty() && set.replaces.is_none();
        well_formed(distinct && !nothing && set.lines.len() <= MAX_PARTS)?;
        for line in &set.lines {
            let code = line.menu.clone();
            let version = window.offers(&code).ok_or_else(|| Refusal::NotOffered(code.clone()))?;
            let menu = self
                .context
                .community
                .menu(&code, version)
                .ok_or_else(|| Refusal::NotOffered(code.clone()))?;
            menu.check(line).map_err(|fault| match fault {
                LineFault::NoBoxes => Refusal::Malformed,
                LineFault::OverLimit(limit) => Refusal::OverLimit(code.clone(), limit),
                LineFault::WrongPicks(wanted) => Refusal::WrongPicks(code.clone(), wanted),
                LineFault::Changed => Refusal::MenuChanged(code.clone()),
            })?;
        }
        Ok(flag)
    }

    fn order_time(&self, window: &Window) -> Decision {
        let desk = self.actor.may(Right::Desk, self.context.now);
        match window.phase(self.context.now) {
            Phase::Draft => Err(Refusal::NoSuchRun),
            Phase::Announced => Err(Refusal::NotOpenYet),
            Phase::Open => Ok(None),
            Phase::Grace | Phase::Closing if desk => Ok(None),
            Phase::Grace => {
                let made = self.fact.made.shown(self.context.now);
                if made.at < window.closes && !made.clock_wrong { Ok(None) } else { Err(Refusal::Closed) }
            }
            Phase::Sealed if desk => Ok(Some(Flag::AfterSeal)),
            Phase::Closing | Phase::Sealed => Err(Refusal::Closed),
        }
    }

    fn mark(&self, mark: &Mark) -> Decision {
        let flag = self.report(mark.run, mark.door)?;
        let texts = mark.jobs.iter().all(|(_, outcome)| match outcome {
            Outcome::Neighbour(text) | Outcome::Failed(Failure::Other(text)) => fits(text),
            Outcome::Failed(Failure::ShortOrDamaged { menus, note }) => {
                fits(note) && menus.len() <= MAX_PARTS
            }
            Outcome::Done | Outcome::LeftAtDoor | Outcome::Failed(_) => true,
        });
        let paper = mark.happened.is_some() == (mark.by == DoorCheck::Paper);
        well_formed(texts && paper && !mark.jobs.is_empty() && mark.jobs.len() <= MAX_PARTS)?;
        let known = stops(self.context.facts, |household| self.context.community.places.door_of(household));
        let unmarked =
            |id| known.get(&mark.door).is_some_and(|stop| stop.jobs.iter().any(|job| job.id == id));
        let unknown = mark.jobs.iter().any(|(id, _)| !unmarked(*id));
        Ok(flag.or(unknown.then_some(Flag::UnknownJob)))
    }

    /// What all reports at a door have in common.
    fn report(&self, run: RunId, door: DoorId) -> Decision {
        let at = self.place(door)?;
        let window = self.window(run)?;
        self.need_right(Right::Report(at))?;
        let made = self.fact.made.shown(self.context.now).at;
        if !self.actor.may(Right::Round(at), made) {
            return Ok(Some(Flag::NoLongerAssigned));
        }
        let over = !window.delivering(made) && made > window.delivery_to;
        Ok(self.clock().or(over.then_some(Flag::RunOver)))
    }

    fn load(&self, run: RunId, building: crate::ids::BuildingId) -> Decision {
        let compound: CompoundId =
            self.context.community.places.buildings.get(&building).ok_or(Refusal::Unknown)?.compound;
        self.window(run)?;
        let desk = self.actor.may(Right::Desk, self.context.now);
        let held = matches!(self.actor, Actor::Person { assignments, .. }
            if assignments.iter().any(|a| a.from <= self.context.now && a.area.touches(compound, building)));
        if desk || (held && self.actor.may(Right::Rounds, self.context.now)) {
            Ok(self.clock())
        } else {
            Err(Refusal::NotAllowed)
        }
    }

    fn drop_job(&self, run: RunId, door: DoorId, job: crate::ids::FactId) -> Decision {
        self.window(run)?;
        let known = stops(self.context.facts, |household| self.context.community.places.door_of(household));
        let found = known
            .get(&door)
            .and_then(|stop| stop.jobs.iter().find(|j| j.id == crate::job::JobRef::Added(job)));
        match found {
            None => Err(Refusal::Unknown),
            Some(job) if !job.marks.is_empty() => Err(Refusal::AlreadyClosed),
            Some(_) => Ok(None),
        }
    }

    fn need_step(&self, household: HouseholdId, need: crate::ids::FactId, step: &Step) -> Decision {
        match step {
            Step::Read | Step::Taken | Step::Answered(_) | Step::Sorted(..) => {
                self.need_right(Right::Desk)?;
            }
            Step::Closed | Step::Reopened(_) => self.own_or_on_behalf(household)?,
        }
        if let Step::Answered(text) | Step::Reopened(text) = step {
            well_formed(fits(text) && !text.trim().is_empty())?;
        }
        let known = needs(self.context.facts).into_iter().any(|n| n.id == need && n.household == household);
        if known { Ok(None) } else { Err(Refusal::Unknown) }
    }

    fn may_report_for(&self, household: HouseholdId) -> Result<(), Refusal> {
        let at_the_door = self
            .context
            .community
            .places
            .home(household)
            .is_some_and(|at| self.actor.may(Right::Report(at), self.context.now));
        if at_the_door { Ok(()) } else { self.own_or_on_behalf(household) }
    }

    fn own_or_on_behalf(&self, household: HouseholdId) -> Result<(), Refusal> {
        let places = &self.context.community.places;
        if !places.households.contains_key(&household) {
            return Err(Refusal::Unknown);
        }
        match self.actor.signed() {
            Signed::Household(_) => self.need_right(Right::HouseholdsOwn(household)),
            _ => self.need_right(Right::OnBehalf(places.home(household))),
        }
    }

    fn need_right(&self, right: Right<'_>) -> Result<(), Refusal> {
        if self.actor.may(right, self.context.now) { Ok(()) } else { Err(Refusal::NotAllowed) }
    }

    fn window(&self, run: RunId) -> Result<&'a Window, Refusal> {
        self.context.community.windows.get(&run).ok_or(Refusal::NoSuchRun)
    }

    fn place(&self, door: DoorId) -> Result<At<'a>, Refusal> {
        self.context.community.places.at(door).ok_or(Refusal::Unknown)
    }

    fn clock(&self) -> Option<Flag> {
        self.fact.made.shown(self.context.now).clock_wrong.then_some(Flag::ClockWrong)
    }
}

fn well_formed(fine: bool) -> Decision {
    if fine { Ok(None) } else { Err(Refusal::Malformed) }
}
