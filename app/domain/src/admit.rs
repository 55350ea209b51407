//! The only gate for facts. The phone runs it for an instant answer; the server's word is the one that is stored.
//!
//! A known id never gets here: it is answered from its stamp before.

use crate::actor::{Actor, Right, Signed};
use crate::community::Community;
use crate::fact::{Body, FACT_VERSION, Fact, OrderSet, Stamped, Verdict};
use crate::ids::{HouseholdId, RunId};
use crate::menu::LineFault;
use crate::need::{Step, needs};
use crate::order::order_of;
use crate::time::Millis;
use crate::window::{Phase, Window};
use crate::wire::{Flag, Refusal, fits};

#[cfg(feature = "rounds")]
mod reports;

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
            Body::Away(away) => {
                self.own_or_on_behalf(away.household).and(self.window(away.run)).map(|_| None)
            }
            Body::Dispute(dispute) => {
                self.own_or_on_behalf(dispute.household)?;
                well_formed(fits(&dispute.note))?;
                let named = |stamped: &&Stamped| match (&stamped.fact.body, dispute.job) {
                    (Body::Mark(mark), Some(named)) => mark.jobs.iter().any(|(job, _)| *job == named),
                    (_, named) => named.is_none(),
                } && stamped.fact.id == dispute.mark;
                let mark = self.context.facts.iter().find(named).ok_or(Refusal::Unknown)?;
                let late = self.context.now - mark.received > crate::dispute::WITHIN;
                Ok(late.then_some(Flag::LateDispute))
            }
            // A household takes back only what it said itself, at its own door.
            Body::Retract(retract) if let Signed::Household(own) = self.actor.signed() => {
                self.need_right(Right::HouseholdsOwn(own)).and(self.window(retract.run))?;
                let here = self.context.community.places.door_of(own) == Some(retract.door);
                if here { Ok(None) } else { Err(Refusal::NotAllowed) }
            }
            Body::Paid(paid) => {
                let places = &self.context.community.places;
                let on_behalf = self.need_right(Right::OnBehalf(places.home(paid.household)));
                #[cfg(feature = "rounds")]
                if let (Err(_), Some(door)) = (&on_behalf, places.door_of(paid.household)) {
                    // Money in somebody's hand: as little refused as any report from a round.
                    return self.report(paid.run, door);
                }
                on_behalf.and(self.window(paid.run)).map(|_| None)
            }
            Body::Need(report) => {
                let flag = self.may_report_for(report.household)?;
                well_formed(fits(&report.text) && !report.text.trim().is_empty())?;
                Ok(flag.or(self.clock()))
            }
            Body::NeedStep(step) => self.need_step(step.household, step.need, &step.step),
            Body::Seen(seen) => self.need_right(Right::HouseholdsOwn(seen.household)).map(|()| None),
            #[cfg(feature = "rounds")]
            report => self.on_round(report),
            // A household's phone never makes one, and would not be heard.
            #[cfg(not(feature = "rounds"))]
            _ => Err(Refusal::NotAllowed),
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

    fn may_report_for(&self, household: HouseholdId) -> Decision {
        let home = self.context.community.places.home(household);
        if home.is_some_and(|at| self.actor.may(Right::Report(at), self.context.now)) {
            return Ok(None);
        }
        let own = self.own_or_on_behalf(household).map(|()| None);
        #[cfg(feature = "rounds")]
        if let (Err(Refusal::NotAllowed), Some(home)) = (&own, home) {
            return self.by_ticket(None, |areas| crate::handover::covers(areas, home));
        }
        own
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

    fn clock(&self) -> Option<Flag> {
        self.fact.made.shown(self.context.now).clock_wrong.then_some(Flag::ClockWrong)
    }
}

fn well_formed(fine: bool) -> Decision {
    if fine { Ok(None) } else { Err(Refusal::Malformed) }
}
