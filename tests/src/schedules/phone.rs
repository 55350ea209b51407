//! A phone of the schedules: its storage survives everything, its clock is wrong, its network is what the schedule
//! says. What it sends and believes is decided by `domain::outbox`, as on a real one.

use std::collections::BTreeSet;

use domain::actor::Signed;
use domain::fact::{Body, FACT_VERSION, Fact, Sequence};
use domain::outbox::{Clock, Kept, Reply, State, ToSend, batches, heard};
use domain::wire::Answers;
use domain::{FactId, Millis};
use store::Tokens;

/// How a phone keeps what it made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Habit {
    /// Until the server has answered for it.
    Keeps,
    /// The naive way, as the control: until it was sent.
    Forgets,
}

/// A phone.
pub(super) struct Phone {
    /// Whose facts it makes.
    pub(super) by: Signed,
    /// Everything it ever made.
    pub(super) kept: Vec<Kept>,
    /// Device minus server, in milliseconds.
    pub(super) skew: i64,
    /// What it hands in with.
    pub(super) tokens: Tokens,
    /// How many requests it has sent.
    pub(super) requests: u32,
    habit: Habit,
    sent: BTreeSet<FactId>,
    clock: Clock,
    number: u32,
    epoch: u32,
}

impl Phone {
    pub(super) fn new(by: Signed, epoch: u32, skew: i64, habit: Habit) -> Self {
        Self {
            by,
            kept: Vec::new(),
            skew,
            tokens: Tokens::random(),
            requests: 0,
            habit,
            sent: BTreeSet::new(),
            clock: Clock::default(),
            number: 0,
            epoch,
        }
    }

    fn device(&self, now: Millis) -> Millis {
        now + self.skew
    }

    /// Makes a fact and commits it to the phone's storage.
    pub(super) fn does(&mut self, body: Body, now: Millis, random: [u8; 10]) -> FactId {
        self.number += 1;
        let device = self.device(now);
        let id = FactId::new(device.0, random);
        let fact = Fact {
            v: FACT_VERSION,
            id,
            made: self.clock.stamp(device),
            seq: Sequence { epoch: self.epoch, number: self.number },
            body,
            via: None,
        };
        self.kept.push(Kept { fact, by: self.by, state: State::Waiting });
        id
    }

    /// The requests it sends now.
    pub(super) fn sends(&mut self) -> Vec<Vec<Fact>> {
        let waiting: Vec<&Kept> = self.kept.iter().filter(|kept| self.offers(kept)).collect();
        let offered: Vec<ToSend<'_>> =
            waiting.iter().map(|kept| ToSend { token: "mine", fact: Some(&kept.fact) }).collect();
        let requests: Vec<Vec<Fact>> = batches(&offered)
            .into_iter()
            .map(|batch| batch.into_iter().map(|at| waiting[at].fact.clone()).collect())
            .collect();
        self.sent.extend(requests.iter().flatten().map(|fact| fact.id));
        requests
    }

    fn offers(&self, kept: &Kept) -> bool {
        kept.waiting() && (self.habit == Habit::Keeps || !self.sent.contains(&kept.fact.id))
    }

    /// Hears an answer to a request, or nothing.
    pub(super) fn hears(
        &mut self,
        asked: &[Fact],
        status: u16,
        answers: Option<&Answers>,
        now: Millis,
    ) -> Reply {
        let reply = Reply::of(status, answers);
        if let (Reply::Heard { .. }, Some(answers)) = (reply, answers) {
            let device = self.device(now);
            self.clock = Clock::measured(device, device, answers.now).unwrap_or(self.clock);
            let ids: Vec<FactId> = asked.iter().map(|fact| fact.id).collect();
            for (id, answer) in heard(&ids, answers) {
                for kept in self.kept.iter_mut().filter(|kept| kept.fact.id == id) {
                    kept.state = kept.state.clone().after(answer, answers.now);
                }
            }
        }
        reply
    }

    /// Dies and starts again: what it knew of its clock is gone, what was committed is read back.
    pub(super) fn restarts(&mut self) {
        self.clock = Clock::default();
        for kept in &mut self.kept {
            let stored = serde_json::to_vec(&kept.fact).expect("it was stored");
            kept.fact = serde_json::from_slice(&stored).expect("it is read as it was stored");
        }
    }

    pub(super) fn waits(&self) -> bool {
        self.kept.iter().any(Kept::waiting)
    }
}
