//! The outbox of a phone, as decisions: what to send next, what an answer does, when to try again, and how facts
//! that still wait show beside those of the feed.
//!
//! Deliberately absent: storage, network, clock and randomness. The phone's edge (`ui::outbox`) and the fault
//! schedules of the tests act on what is decided here.

use serde::{Deserialize, Serialize};

use crate::actor::Signed;
use crate::admit::{Context, admit};
use crate::fact::{Body, Fact, Stamped, Verdict};
use crate::feed::{Feed, Me};
use crate::ids::{DoorId, FactId, HouseholdId};
use crate::json::Json;
use crate::time::{DeviceTime, Millis};
use crate::wire::{Acknowledged, Answers, MAX_BATCH};

/// Where a fact on a phone stands. It only moves forward: whatever is not waiting is final.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Json)]
#[serde(rename_all = "snake_case")]
pub enum State {
    /// Saved here, not yet received.
    Waiting,
    /// The server has it, with this word.
    Stored {
        /// The word.
        verdict: Verdict,
        /// The server's time of the answer.
        at: Millis,
    },
    /// The server holds another fact of this name: kept here and shown.
    OtherContent,
}

impl State {
    /// The state after an answer that carries the server's time.
    #[must_use]
    pub fn after(self, answer: &Acknowledged, at: Millis) -> Self {
        match (self, answer) {
            (Self::Waiting, Acknowledged::Stored(verdict)) => Self::Stored { verdict: verdict.clone(), at },
            (Self::Waiting, Acknowledged::OtherContent) => Self::OtherContent,
            (state, _) => state,
        }
    }
}

/// A fact that a phone keeps.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Kept {
    /// The fact.
    pub fact: Fact,
    /// Whose hand-in token lies beside it: several persons may use one phone.
    pub by: Signed,
    /// Where it stands.
    pub state: State,
}

impl Kept {
    /// Whether it still has to be sent.
    #[must_use]
    pub fn waiting(&self) -> bool {
        self.state == State::Waiting
    }

    /// Whether the server refused it, less than a day ago.
    #[must_use]
    pub fn refused_lately(&self, now: Millis) -> bool {
        matches!(self.state, State::Stored { verdict: Verdict::Refused(_), at } if now - at < Millis::DAY)
    }

    /// Whether the phone may forget it: the feed tells it now, or it was received more than a day ago. What was
    /// refused or clashed stays for thirty days, so that its author finds out.
    #[must_use]
    pub fn outlived(&self, feed: &Feed, now: Millis) -> bool {
        match &self.state {
            State::Waiting => false,
            State::Stored { verdict, at } => {
                // What the server could not read at first may count since its update: the feed says so.
                let counted = |known: &Stamped| verdict.counts() || known.verdict.counts();
                let told = feed.facts.iter().any(|known| known.fact.id == self.fact.id && counted(known));
                told || now - *at > if verdict.counts() { Millis::DAY } else { 30 * Millis::DAY }
            }
            State::OtherContent => now - self.fact.made.at > 30 * Millis::DAY,
        }
    }
}

/// Whether a fact must not wait unseen: an urgent need, or one that is about health.
#[must_use]
pub fn cannot_wait(fact: &Fact) -> bool {
    matches!(&fact.body, Body::Need(report) if report.cannot_wait())
}

/// How long sending may take before a page says that it did not work, while the server answers.
const PATIENCE: i64 = 8_000;

/// The need for which somebody has to call now: one that cannot wait and has not reached the server, or else one that
/// the server refused less than a day ago. `now` is the corrected time, unknown without a feed; `cut_off`: the server
/// does not answer, so there is nothing to wait for.
#[must_use]
pub fn to_call_about(kept: &[Kept], now: Option<Millis>, cut_off: bool) -> Option<&Kept> {
    let mut refused = None;
    for kept in kept.iter().filter(|kept| cannot_wait(&kept.fact)) {
        if kept.waiting() {
            let on_its_way = |now: Millis| !cut_off && now - kept.fact.made.shown(now).at <= PATIENCE;
            if !now.is_some_and(on_its_way) {
                return Some(kept);
            }
        } else if now.is_some_and(|now| kept.refused_lately(now)) {
            refused = Some(kept);
        }
    }
    refused
}

/// What the order of sending looks at.
#[derive(Debug, Clone, Copy)]
pub struct ToSend<'a> {
    /// The hand-in token it goes under.
    pub token: &'a str,
    /// The fact; `None` if this program cannot read it, since a newer one wrote it. It is sent all the same.
    pub fact: Option<&'a Fact>,
}

/// Puts waiting facts into requests: one person each, what cannot wait first, then as they were made, at most
/// [`MAX_BATCH`] in one. Gives places in `waiting`.
#[must_use]
pub fn batches(waiting: &[ToSend<'_>]) -> Vec<Vec<usize>> {
    let mut places: Vec<usize> = (0..waiting.len()).collect();
    crate::small::sort_by_key(&mut places, |place| {
        let fact = waiting[*place].fact;
        (!fact.is_some_and(cannot_wait), fact.map(|fact| fact.seq))
    });
    let mut batches: Vec<Vec<usize>> = Vec::new();
    for place in places {
        let token = waiting[place].token;
        let open =
            batches.iter_mut().find(|batch| batch.len() < MAX_BATCH && waiting[batch[0]].token == token);
        match open {
            Some(batch) => batch.push(place),
            None => batches.push(vec![place]),
        }
    }
    batches
}

/// The answers that concern facts that were asked about. Anything else in a reply acknowledges nothing.
pub fn heard<'a>(
    asked: &'a [FactId],
    answers: &'a Answers,
) -> impl Iterator<Item = (FactId, &'a Acknowledged)> {
    let known = answers.answers.iter().filter(|answer| asked.contains(&answer.id));
    known.map(|answer| (answer.id, &answer.answer))
}

/// What became of a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reply {
    /// Answers came: facts that the table was too busy for are sent again later.
    Heard {
        /// Some facts have to be sent again.
        again: bool,
    },
    /// Too much for one request, or one fact in it could not be read: halves may pass.
    TooMuch,
    /// The token is not accepted (any more). Its facts stay; others go on.
    NotAccepted,
    /// No network, a captive portal, a busy server: later.
    Nobody,
}

impl Reply {
    /// Reads a reply. `answered` tells whether its body was an [`Answers`]; a portal's page with status 200 is not.
    #[must_use]
    pub fn of(status: u16, answered: Option<&Answers>) -> Self {
        match (status, answered) {
            (200, Some(answers)) => {
                Self::Heard { again: answers.answers.iter().any(|a| a.answer == Acknowledged::Later) }
            }
            (400 | 413 | 422, _) => Self::TooMuch,
            (401 | 403, _) => Self::NotAccepted,
            _ => Self::Nobody,
        }
    }
}

/// How many milliseconds to wait before trying again after so many failures in a row: twice as long each time up
/// to five minutes, never less than the server asked for, and spread so that phones do not come back together.
/// `random` is any random number.
#[must_use]
pub fn pause(failures: u32, retry_after_seconds: Option<u32>, random: u32) -> u32 {
    const LONGEST: u32 = 5 * 60_000;
    let doubled = 2_000u32.saturating_mul(1 << failures.min(8)).min(LONGEST);
    let asked = retry_after_seconds.unwrap_or(0).min(3_600) * 1_000;
    let base = doubled.max(asked);
    let spread = base / 2;
    let jitter = random % spread.max(1);
    if asked >= doubled { asked + jitter } else { (base - spread + jitter).max(asked) }
}

/// What a phone knows of its own clock.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, Json)]
pub struct Clock {
    /// Server minus device, in milliseconds.
    pub offset: i64,
    /// The server's time at the last contact.
    #[serde(default)]
    pub contact: Option<Millis>,
}

impl Clock {
    /// Measures it by a request: device time when it was sent and when the answer came, and the server's time in it.
    /// `None` if the exchange took too long to tell, or the clock was changed meanwhile.
    #[must_use]
    pub fn measured(sent: Millis, heard: Millis, server: Millis) -> Option<Self> {
        let took = heard - sent;
        (0..=Millis::MINUTE)
            .contains(&took)
            .then(|| Self { offset: server - (sent + took / 2), contact: Some(server) })
    }

    /// The server's time, as well as this phone can tell.
    #[must_use]
    pub fn now(self, device: Millis) -> Millis {
        device + self.offset
    }

    /// The time to write into a fact.
    #[must_use]
    pub fn stamp(self, device: Millis) -> DeviceTime {
        DeviceTime { at: device, offset: self.offset, contact: self.contact }
    }
}

/// The facts of the outbox that the feed does not tell yet, stamped as far as the phone can: what waits gets the
/// verdict that `admit` gives here and now, what was received keeps the server's. Fold them after the feed's.
#[must_use]
pub fn pending(feed: &Feed, kept: &[Kept], now: Millis) -> Vec<Stamped> {
    let me = feed.me.actor();
    let mut told: Vec<Stamped> = Vec::new();
    for kept in kept {
        if feed.facts.iter().any(|known| known.fact.id == kept.fact.id) {
            continue;
        }
        let stamped = |received, verdict| Stamped { fact: kept.fact.clone(), by: kept.by, received, verdict };
        match &kept.state {
            State::OtherContent => {}
            State::Stored { verdict, at } => told.push(stamped(*at, verdict.clone())),
            State::Waiting => {
                let verdict = if kept.by == me.signed() {
                    let facts = around(feed, &told, &kept.fact.body);
                    admit(&kept.fact, &me, Context { now, community: &feed.community, facts: &facts })
                } else {
                    // What another person may do is not known here; the server will say.
                    Verdict::Taken
                };
                // Not `now`: a page folds again every minute and nothing should move.
                let made = kept.fact.made.shown(now).at;
                told.push(stamped(made.max(feed.as_of), verdict));
            }
        }
    }
    told
}

/// The facts of the same run at the same door or of the same household: all that `admit` looks at, as on the server,
/// and few, since it folds them.
fn around(feed: &Feed, told: &[Stamped], body: &Body) -> Vec<Stamped> {
    let places = &feed.community.places;
    let (door, household) = concerns(body);
    let door = door.or_else(|| places.door_of(household?));
    let near = |stamped: &&Stamped| {
        let (d, h) = concerns(&stamped.fact.body);
        let here = (h.is_some() && h == household)
            || (door.is_some() && (d == door || h.and_then(|h| places.door_of(h)) == door));
        here && stamped.fact.body.run() == body.run()
    };
    feed.facts.iter().chain(told).filter(near).cloned().collect()
}

/// The door and the household that a fact is about.
pub(crate) fn concerns(body: &Body) -> (Option<DoorId>, Option<HouseholdId>) {
    match body {
        Body::Order(set) => (None, Some(set.household)),
        Body::Mark(mark) => (Some(mark.door), None),
        Body::Retract(retract) => (Some(retract.door), None),
        Body::Load(_) => (None, None),
        Body::AddJob(add) => (Some(add.door), add.household),
        Body::DropJob(drop) => (Some(drop.door), None),
        Body::Away(away) => (None, Some(away.household)),
        Body::Dispute(dispute) => (None, Some(dispute.household)),
        Body::Paid(paid) => (None, Some(paid.household)),
        Body::Need(report) => (None, Some(report.household)),
        Body::NeedStep(step) => (None, Some(step.household)),
        Body::Seen(seen) => (None, Some(seen.household)),
        #[cfg(feature = "rounds")]
        Body::HandOver(_) | Body::TookOver(_) => (None, None),
    }
}

/// What may stay on the phone of somebody on rounds: nothing of a run 12 hours after its end, and no doors or
/// names without a run to walk.
#[must_use]
pub fn without_old_rounds(mut feed: Feed, now: Millis) -> Feed {
    if matches!(feed.me, Me::Household(_)) {
        return feed;
    }
    feed.community.windows.retain(|_, window| window.delivering(now));
    let windows = &feed.community.windows;
    feed.facts.retain(|stamped| stamped.fact.body.run().is_none_or(|run| windows.contains_key(&run)));
    if windows.is_empty() {
        feed.community.places = crate::community::Places::default();
        feed.facts.clear();
        feed.cards.clear();
    }
    feed
}
