//! The gate for what people on rounds do, and the desk for them. A household's phone is built without it.

use super::{Decision, Gate, MAX_PARTS, well_formed};
use crate::actor::{Actor, Assignment, At, Right};
use crate::fact::{Body, DoorCheck, Mark, Verdict};
use crate::handover::{HandOver, TookOver, covers};
use crate::ids::{BuildingId, CompoundId, DoorId, FactId, RunId};
use crate::job::{Failure, JobRef, Outcome};
use crate::places::Area;
use crate::round::stops;
use crate::wire::{Flag, Refusal, fits};

impl<'a> Gate<'a> {
    pub(super) fn on_round(&self, body: &Body) -> Decision {
        match body {
            Body::Mark(mark) => self.mark(mark),
            Body::Retract(retract) => self.report(retract.run, retract.door),
            Body::Load(load) => self.load(load.run, load.building),
            Body::HandOver(hand) => self.hand_over(hand),
            Body::TookOver(took) => self.took_over(took),
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
            // Nobody's on a round; the gate has decided them already.
            _ => Err(Refusal::NotAllowed),
        }
    }

    fn mark(&self, mark: &Mark) -> Decision {
        let flag = self.report(mark.run, mark.door)?;
        let texts = mark.jobs.iter().all(|(_, outcome)| match outcome {
            Outcome::Neighbour(text) | Outcome::Failed(Failure::Other(text)) => fits(text),
            Outcome::Failed(Failure::ShortOrDamaged { menus, items, note }) => {
                fits(note) && menus.len() + items.len() <= MAX_PARTS
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
    pub(super) fn report(&self, run: RunId, door: DoorId) -> Decision {
        let at = self.place(door)?;
        let window = self.window(run)?;
        let made = self.fact.made.shown(self.context.now).at;
        let over = !window.delivering(made) && made > window.delivery_to;
        if !self.actor.may(Right::Report(at), self.context.now) {
            let flag = self.by_ticket(Some(run), |areas| covers(areas, at))?;
            return Ok(flag.or(self.clock()).or(over.then_some(Flag::RunOver)));
        }
        if !self.actor.may(Right::Round(at), made) {
            return Ok(Some(Flag::NoLongerAssigned));
        }
        Ok(self.clock().or(over.then_some(Flag::RunOver)))
    }

    fn load(&self, run: RunId, building: BuildingId) -> Decision {
        let compound = self.compound(building)?;
        self.window(run)?;
        let desk = self.actor.may(Right::Desk, self.context.now);
        let held = matches!(self.actor, Actor::Person { assignments, .. }
            if assignments.iter().any(|a| a.from <= self.context.now && a.area.touches(compound, building)));
        if desk || (held && self.actor.may(Right::Rounds, self.context.now)) {
            Ok(self.clock())
        } else {
            let here = |areas: &[Area]| areas.iter().any(|area| area.touches(compound, building));
            Ok(self.by_ticket(Some(run), here)?.or(self.clock()))
        }
    }

    fn drop_job(&self, run: RunId, door: DoorId, job: FactId) -> Decision {
        self.window(run)?;
        let known = stops(self.context.facts, |household| self.context.community.places.door_of(household));
        let found = known.get(&door).and_then(|stop| stop.jobs.iter().find(|j| j.id == JobRef::Added(job)));
        match found {
            None => Err(Refusal::Unknown),
            Some(job) if !job.marks.is_empty() => Err(Refusal::AlreadyClosed),
            Some(_) => Ok(None),
        }
    }

    /// Whoever holds or held all of it may hand it on, and so may whoever took it.
    fn hand_over(&self, hand: &HandOver) -> Decision {
        let compound = self.compound(hand.building)?;
        self.window(hand.run)?;
        well_formed(crate::handover::well_formed(&hand.areas, hand.building))?;
        let held = |when: &dyn Fn(&Assignment) -> bool| {
            let Actor::Person { assignments, .. } = self.actor else { return false };
            let inside = |area: &Area| assignments.iter().any(|a| when(a) && area.within(&a.area, compound));
            hand.areas.iter().all(inside)
        };
        let (now, made) = (self.context.now, self.fact.made.shown(self.context.now).at);
        let staff = self.actor.may(Right::Rounds, now);
        if self.actor.may(Right::Desk, now) || (staff && held(&|a| a.holds(made))) {
            return Ok(self.clock());
        }
        if staff && held(&|a| a.from <= now) {
            return Ok(Some(Flag::NoLongerAssigned));
        }
        Ok(self.whole_by_ticket(hand.run, &hand.areas, compound)?.or(self.clock()))
    }

    fn took_over(&self, took: &TookOver) -> Decision {
        let compound = self.compound(took.building)?;
        self.window(took.run)?;
        well_formed(crate::handover::well_formed(&took.areas, took.building))?;
        Ok(self.whole_by_ticket(took.run, &took.areas, compound)?.or(self.clock()))
    }

    fn whole_by_ticket(&self, run: RunId, areas: &[Area], compound: CompoundId) -> Decision {
        let inside = |area: &Area, given: &[Area]| given.iter().any(|whole| area.within(whole, compound));
        self.by_ticket(Some(run), |given| areas.iter().all(|area| inside(area, given)))
    }

    /// What somebody does where they were never assigned: taken if they name the ticket of a hand-over that arrived
    /// and that is about this place. One that did not arrive yet may still be on the giver's phone: whoever is on
    /// rounds here is believed, and the desk looks.
    pub(super) fn by_ticket(&self, run: Option<RunId>, about: impl Fn(&[Area]) -> bool) -> Decision {
        self.need_right(Right::Rounds)?;
        let ticket = self.fact.via.as_ref().ok_or(Refusal::NotAllowed)?;
        let seal = ticket.seal();
        let arrived = self.context.facts.iter().find_map(|stamped| match &stamped.fact.body {
            Body::HandOver(hand) if stamped.verdict.counts() => {
                let same = hand.seal == seal && run.is_none_or(|run| run == hand.run) && about(&hand.areas);
                same.then_some(&stamped.verdict)
            }
            _ => None,
        });
        Ok(match arrived {
            // Handed on by somebody whose own giver was not heard of.
            None | Some(Verdict::Flagged(Flag::HandOverUnheard)) => Some(Flag::HandOverUnheard),
            Some(_) => None,
        })
    }

    fn compound(&self, building: BuildingId) -> Result<CompoundId, Refusal> {
        let known = self.context.community.places.buildings.get(&building);
        known.map(|building| building.compound).ok_or(Refusal::Unknown)
    }

    fn place(&self, door: DoorId) -> Result<At<'a>, Refusal> {
        self.context.community.places.at(door).ok_or(Refusal::Unknown)
    }
}
