//! A phone of the schedules: its storage survives everything, its clock is wrong, its network is what the schedule
//! says. What it sends and believes is decided by `domain::outbox`, as on a real one.

use domain::actor::Signed;
use domain::fact::{Body, FACT_VERSION, Fact, Sequence};
use domain::outbox::{Clock, Kept, Reply, State, ToSend, batches, heard};
use domain::wire::Answers;
use domain::{FactId, Millis};

/// What becomes of a request on its way.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Way {
    /// There and back.
    Clear,
    /// It never arrives.
    Lost,
    /// It is done, and the answer gets lost.
    AnswerLost,
    /// It arrives twice.
    Twice,
    /// A portal answers in the server's place.
    Portal,
    /// The session is not accepted this time.
    NotAccepted,
}

/// A phone.
pub(super) struct Phone {
    /// Whose facts it makes.
    pub(super) by: Signed,
    /// Everything it ever made.
    pub(super) kept: Vec<Kept>,
    /// Device minus server, in milliseconds.
    pub(super) skew: i64,
    clock: Clock,
    number: u32,
    epoch: u32,
}

impl Phone {
    pub(super) fn new(by: Signed, epoch: u32, skew: i64) -> Self {
        Self { by, kept: Vec::new(), skew, clock: Clock::default(), number: 0, epoch }
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
        };
        self.kept.push(Kept { fact, by: self.by, state: State::Waiting });
        id
    }

    /// The requests it would send now.
    pub(super) fn to_send(&self) -> Vec<Vec<Fact>> {
        let waiting: Vec<&Kept> = self.kept.iter().filter(|kept| kept.waiting()).collect();
        let offered: Vec<ToSend<'_>> =
            waiting.iter().map(|kept| ToSend { token: "mine", fact: Some(&kept.fact) }).collect();
        let places = batches(&offered);
        places
            .into_iter()
            .map(|batch| batch.into_iter().map(|at| waiting[at].fact.clone()).collect())
            .collect()
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

    pub(super) fn waits(&self) -> bool {
        self.kept.iter().any(Kept::waiting)
    }
}
