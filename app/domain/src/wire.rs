//! What goes over the wire between phone and server: batches, answers, and the closed lists of flags and refusals.

use serde::{Deserialize, Serialize};

use crate::fact::{Fact, Verdict};
use crate::ids::{FactId, MenuCode};
use crate::json::Json;
use crate::time::Millis;

/// A fact counts, but somebody should look at it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, Json)]
#[serde(rename_all = "snake_case")]
pub enum Flag {
    /// Made by somebody who held the round before, but not when it was made.
    NoLongerAssigned,
    /// The phone's clock was wrong; the time of receipt is shown.
    ClockWrong,
    /// The run was over when it was made.
    RunOver,
    /// It names a job that this door does not have, or not any more.
    UnknownJob,
    /// The desk changed an order after the window was sealed: a dated difference on the pick list.
    AfterSeal,
    /// More than 24 hours after the mark it speaks of.
    LateDispute,
    /// It came from a phone that was reported lost.
    Unconfirmed,
    /// Made under a hand-over of which the giver's phone has not told yet.
    HandOverUnheard,
}

/// Why a request was not taken. Each has a text in every language that says what to do.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, Json)]
#[serde(rename_all = "snake_case")]
pub enum Refusal {
    /// Not this person's to do.
    NotAllowed,
    /// No such run, or it is not for this compound.
    NoSuchRun,
    /// The window opens later.
    NotOpenYet,
    /// The window is closed.
    Closed,
    /// Somebody of the household changed the order meanwhile.
    ChangedMeanwhile,
    /// The menu is not offered in this window.
    NotOffered(MenuCode),
    /// The menu changed since the page was opened.
    MenuChanged(MenuCode),
    /// More than the household's limit.
    OverLimit(MenuCode, u16),
    /// Not the right number of different items chosen.
    WrongPicks(MenuCode, u8),
    /// Not enough left; carries how many are.
    SoldOut(MenuCode, u32),
    /// No such door, household, job or need.
    Unknown,
    /// Text or list too long, or empty.
    Malformed,
    /// Made by a newer or unknown program.
    UnknownVersion,
    /// The household is closed to this already closed need or job.
    AlreadyClosed,
}

/// What a phone hands in. The bytes of each fact are sent as they were stored.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Batch<F = Fact> {
    /// The device's clock when it was sent: the answer's time minus this is the offset.
    pub sent: Millis,
    /// The facts.
    pub facts: Vec<F>,
}

/// The server's word on one fact of a batch.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Json)]
pub struct Answer {
    /// Which fact.
    pub id: FactId,
    /// The word.
    #[serde(rename = "is")]
    pub answer: Acknowledged,
}

/// What became of one fact.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Json)]
#[serde(rename_all = "snake_case")]
pub enum Acknowledged {
    /// It is stored, with this verdict. Final.
    Stored(Verdict),
    /// Another fact already has this id: the phone keeps it and shows it. Final.
    OtherContent,
    /// The table was busy; send it again.
    Later,
}

/// The answer to a batch.
#[derive(Debug, Clone, Serialize, Deserialize, Json)]
pub struct Answers {
    /// The server's clock.
    pub now: Millis,
    /// One for each fact, in the order of the batch.
    pub answers: Vec<Answer>,
}

/// The most facts in one batch.
pub const MAX_BATCH: usize = 500;

/// The most characters in one text of a fact.
pub const MAX_TEXT: usize = 250;

/// How many characters: the bytes that begin one. (`chars().count()` is fast, and large in a program.)
pub(crate) fn characters(text: &str) -> usize {
    text.bytes().filter(|byte| byte & 0xc0 != 0x80).count()
}

/// Whether a text fits into a fact: not longer than [`MAX_TEXT`] characters, without control characters
/// other than line breaks.
#[must_use]
pub fn fits(text: &str) -> bool {
    characters(text) <= MAX_TEXT && !text.chars().any(|c| c.is_control() && c != '\n')
}
