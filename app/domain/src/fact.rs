//! Facts: small, immutable, made by a person on a device, named by an id that the device makes.
//!
//! A *report* says what happened in the world and is never refused to a person who ever held the round;
//! a *request* asks for something and may be refused. [`crate::admit`] decides which is which.

use serde::{Deserialize, Serialize};

use crate::actor::Signed;
#[cfg(feature = "rounds")]
use crate::handover::{HandOver, Ticket, TookOver};
use crate::ids::{BuildingId, DoorId, FactId, HouseholdId, NoticeId, RunId};
use crate::job::{JobKind, JobRef, Outcome};
use crate::json::Json;
use crate::menu::{Line, Substitution};
use crate::need::{NeedReport, NeedStep};
use crate::time::{DeviceTime, Millis, Shown};
use crate::wire::{Flag, Refusal};

/// The version of facts this program writes. It reads this and every earlier one.
pub const FACT_VERSION: u8 = 1;

/// Where a fact stands in its device's own history; wiped storage starts a new epoch, by chance. [`Sequence::HERE`] is no
/// phone's.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, Json)]
pub struct Sequence {
    /// Which life of the device's storage.
    #[serde(rename = "e")]
    pub epoch: u32,
    /// Which fact of that life, from 1.
    #[serde(rename = "n")]
    pub number: u32,
}

/// A fact as a device makes it and sends it.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize, Json)]
pub struct Fact {
    /// The version of its shape.
    pub v: u8,
    /// Its name.
    pub id: FactId,
    /// When it was made.
    pub made: DeviceTime,
    /// Where it stands among the device's facts.
    pub seq: Sequence,
    /// What happened.
    pub body: Body,
    /// The ticket under which its author walks there, where another person's round was handed to them.
    #[cfg(feature = "rounds")]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub via: Option<Ticket>,
}

impl Sequence {
    /// The epoch of what no phone has numbered: facts that the server makes of a form, and what a hand-over's code tells.
    pub const HERE: u32 = 0;
}

impl Fact {
    /// Whether `other` is this fact once more. What the server makes of a form bears the time at which the form came:
    /// a second press is the same fact although it came later.
    #[must_use]
    pub fn is_again(&self, other: &Self) -> bool {
        let of_a_form = self.seq.epoch == Sequence::HERE;
        self == other || (of_a_form && Self { made: self.made, ..other.clone() } == *self)
    }
}

/// What happened, or what is asked for.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize, Json)]
#[serde(rename_all = "snake_case")]
pub enum Body {
    /// Request: the household's basket in a run is now this; no lines means cancelled.
    Order(OrderSet),
    /// Report: how the jobs of one stop turned out.
    Mark(Mark),
    /// Report: my own earlier mark, or what I said against one, was a mistake.
    Retract(Retract),
    /// Report: boxes taken at the gate or brought back to it.
    Load(Load),
    /// Request: a further job at a door, from the desk.
    AddJob(AddJob),
    /// Request: a job that the desk takes back.
    DropJob(DropJob),
    /// Report: the household is away for this run.
    Away(Away),
    /// Report: the household says a delivered mark is wrong.
    Dispute(Dispute),
    /// Report: what was paid.
    Paid(Paid),
    /// Report: a household needs something.
    Need(NeedReport),
    /// Report or request: what somebody did about a need.
    NeedStep(NeedStep),
    /// Report: a household has seen a notice.
    Seen(Seen),
    /// Report: what is left of a round goes to whoever holds the ticket.
    #[cfg(feature = "rounds")]
    HandOver(HandOver),
    /// Report: somebody took it.
    #[cfg(feature = "rounds")]
    TookOver(TookOver),
}

impl Body {
    /// The run it belongs to; `None` for needs and notices.
    #[must_use]
    pub fn run(&self) -> Option<RunId> {
        match self {
            Self::Order(OrderSet { run, .. })
            | Self::Mark(Mark { run, .. })
            | Self::Retract(Retract { run, .. })
            | Self::Load(Load { run, .. })
            | Self::AddJob(AddJob { run, .. })
            | Self::DropJob(DropJob { run, .. })
            | Self::Away(Away { run, .. })
            | Self::Dispute(Dispute { run, .. })
            | Self::Paid(Paid { run, .. }) => Some(*run),
            #[cfg(feature = "rounds")]
            Self::HandOver(HandOver { run, .. }) | Self::TookOver(TookOver { run, .. }) => Some(*run),
            Self::Need(_) | Self::NeedStep(_) | Self::Seen(_) => None,
        }
    }
}

/// A household's whole basket in a run; it replaces an earlier one.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize, Json)]
pub struct OrderSet {
    /// Which run.
    pub run: RunId,
    /// Whose basket.
    #[serde(rename = "h")]
    pub household: HouseholdId,
    /// The order fact this one was made from; `None` for a first order.
    #[serde(rename = "was", default, skip_serializing_if = "Option::is_none")]
    pub replaces: Option<FactId>,
    /// The basket. Empty: cancelled.
    #[serde(default)]
    pub lines: Vec<Line>,
    /// What to do if something is missing.
    #[serde(rename = "subst", default)]
    pub substitution: Substitution,
}

/// One mark for a whole stop, with an outcome for each job.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize, Json)]
pub struct Mark {
    /// Which run.
    pub run: RunId,
    /// Which door.
    #[serde(rename = "d")]
    pub door: DoorId,
    /// Each job and how it turned out.
    pub jobs: Vec<(JobRef, Outcome)>,
    /// How the door was made sure of.
    pub by: DoorCheck,
    /// The server time the person says it happened, where it was keyed in from paper.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub happened: Option<Millis>,
}

/// How somebody made sure which door it was.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, Json)]
#[serde(rename_all = "snake_case")]
pub enum DoorCheck {
    /// Scanned the door card.
    Scanned,
    /// Typed its short code.
    Typed,
    /// Chosen from the list.
    Listed,
    /// Keyed in later from a paper sheet.
    Paper,
}

/// Takes back the author's own mark or dispute; may arrive before it.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize, Json)]
pub struct Retract {
    /// Which run.
    pub run: RunId,
    /// Which door.
    #[serde(rename = "d")]
    pub door: DoorId,
    /// The mark or dispute.
    pub fact: FactId,
}

/// Boxes taken at the gate or returned to it, for one building.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize, Json)]
pub struct Load {
    /// Which run.
    pub run: RunId,
    /// For which building.
    #[serde(rename = "b")]
    pub building: BuildingId,
    /// Boxes taken.
    #[serde(default)]
    pub taken: u16,
    /// Boxes brought back.
    #[serde(default)]
    pub returned: u16,
}

/// A job the desk adds to a run.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize, Json)]
pub struct AddJob {
    /// Which run.
    pub run: RunId,
    /// At which door.
    #[serde(rename = "d")]
    pub door: DoorId,
    /// For which household, where it is for one.
    #[serde(rename = "h", default, skip_serializing_if = "Option::is_none")]
    pub household: Option<HouseholdId>,
    /// Of which kind.
    pub kind: JobKind,
    /// What exactly, in words.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub text: String,
    /// The need it answers, where it answers one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub need: Option<FactId>,
}

/// Takes an added job back.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize, Json)]
pub struct DropJob {
    /// Which run.
    pub run: RunId,
    /// At which door.
    #[serde(rename = "d")]
    pub door: DoorId,
    /// The fact that added it.
    pub job: FactId,
}

/// "We are away", or back.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize, Json)]
pub struct Away {
    /// Which run.
    pub run: RunId,
    /// Who.
    #[serde(rename = "h")]
    pub household: HouseholdId,
    /// Away, or back again.
    pub away: bool,
}

/// What a household says against a mark.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, Json)]
#[serde(rename_all = "snake_case")]
pub enum Complaint {
    /// Something is wrong with it.
    Wrong,
    /// It never came.
    NeverArrived,
}

/// A household's word against a mark, within 24 hours of it.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize, Json)]
pub struct Dispute {
    /// Which run.
    pub run: RunId,
    /// Who.
    #[serde(rename = "h")]
    pub household: HouseholdId,
    /// The mark.
    pub mark: FactId,
    /// Which of its jobs; what was brought, where an older phone does not say.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub job: Option<JobRef>,
    /// What is wrong.
    pub says: Complaint,
    /// In words; may be empty.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub note: String,
}

/// Whether an order is paid.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, Json)]
#[serde(rename_all = "snake_case")]
pub enum PaidState {
    /// Paid.
    Paid,
    /// Not paid.
    Unpaid,
    /// Money is to be given back.
    RefundDue,
}

/// What was paid, said by steward or desk.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize, Json)]
pub struct Paid {
    /// Which run.
    pub run: RunId,
    /// Who.
    #[serde(rename = "h")]
    pub household: HouseholdId,
    /// How it stands.
    pub state: PaidState,
}

/// A household has seen a notice.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize, Json)]
pub struct Seen {
    /// Who.
    #[serde(rename = "h")]
    pub household: HouseholdId,
    /// Which notice.
    pub notice: NoticeId,
}

/// The server's word on a fact, given at first arrival and never derived again.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize, Json)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// It counts.
    Taken,
    /// It counts, and somebody should look at it.
    Flagged(Flag),
    /// It does not count.
    Refused(Refusal),
}

impl Verdict {
    /// Whether folds take the fact into account.
    #[must_use]
    pub fn counts(&self) -> bool {
        !matches!(self, Self::Refused(_))
    }
}

/// A fact with what the server stamped on it.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize, Json)]
pub struct Stamped {
    /// The fact, as it came.
    pub fact: Fact,
    /// Who made it: from the hand-in token, never from whoever is signed in now.
    pub by: Signed,
    /// The server's time at first arrival. On a phone, for a fact not yet sent: the corrected time.
    #[serde(rename = "at")]
    pub received: Millis,
    /// The server's word.
    #[serde(rename = "is")]
    pub verdict: Verdict,
}

impl Stamped {
    /// The order in which folds see facts: server millisecond, then id.
    #[must_use]
    pub fn order(&self) -> (Millis, FactId) {
        (self.received, self.fact.id)
    }

    /// When it happened, fit to be shown.
    #[must_use]
    pub fn shown(&self) -> Shown {
        if let Body::Mark(Mark { happened: Some(at), .. }) = self.fact.body {
            // It was on paper, not without signal: when it was keyed in is told by whoever tells its story.
            return Shown { at: at.min(self.received), sent: None, clock_wrong: false };
        }
        self.fact.made.shown(self.received)
    }

    /// Whether folds take it into account: not what was refused, and no mark from a phone reported lost, for which
    /// the desk makes a mark of its own once it is confirmed ([`crate::look`]).
    #[must_use]
    pub fn counts(&self) -> bool {
        match self.verdict {
            Verdict::Flagged(Flag::Unconfirmed) => !matches!(self.fact.body, Body::Mark(_)),
            _ => self.verdict.counts(),
        }
    }
}

/// Brings facts into the order of folds: each once, by server millisecond and id.
pub fn once_each<'a>(facts: impl IntoIterator<Item = &'a Stamped>) -> Vec<&'a Stamped> {
    settled(facts.into_iter().collect())
}

/// Apart from where the facts come from, so that a phone's program holds it once.
fn settled(mut facts: Vec<&Stamped>) -> Vec<&Stamped> {
    crate::small::sort_by_key(&mut facts, |stamped| (stamped.fact.id, stamped.received));
    facts.dedup_by_key(|stamped| stamped.fact.id);
    crate::small::sort_by_key(&mut facts, |stamped| stamped.order());
    facts
}

/// The same without those that do not count.
///
/// Every fold begins here; that is what makes them converge.
pub fn in_order<'a>(facts: impl IntoIterator<Item = &'a Stamped>) -> Vec<&'a Stamped> {
    once_each(facts.into_iter().filter(|stamped| stamped.counts()))
}
