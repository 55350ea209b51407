//! Counting tries, so that codes cannot be guessed. Counters live in windows of time and are deleted
//! by the table itself. The limits are chosen so that a million guesses find nothing: a typed code has
//! 45 random bits, and of the 1,024 prefixes each takes 20 wrong tries in ten minutes.

use crate::client::Store;
use crate::error::StoreError;
use crate::expression::Update;
use crate::keys;
use crate::table::Table;
use crate::table_ops::Consistency;
use domain::enrolment_code::EnrolmentCode;
use domain::{CommunityId, Millis};

/// How long a window is.
const WINDOW: i64 = 10 * Millis::MINUTE;
const COUNT: &str = "n";

/// What is tried.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Tried {
    /// A typed code: counted for the community and the first two characters, so that whoever guesses
    /// locks out a thousandth of the letters, not all.
    Code(EnrolmentCode),
    /// A sealed fact that does not open: anybody may bring one.
    Parcel,
}

impl Tried {
    fn parts(&self) -> (&'static str, String, u32) {
        match self {
            Self::Code(code) => ("code", code.text().chars().take(2).collect(), 20),
            Self::Parcel => ("parcel", String::new(), 100),
        }
    }
}

/// Whether a try may be made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Throttled {
    /// Yes.
    Go,
    /// Not before this time.
    Wait(Millis),
}

impl Store {
    /// Whether something may be tried now. Ask before looking at a code; count only wrong ones.
    ///
    /// # Errors
    /// Any transport error of [`StoreError`].
    pub async fn may_try(&self, c: &CommunityId, what: &Tried, now: Millis) -> Result<Throttled, StoreError> {
        let (kind, key, limit) = what.parts();
        let key = keys::throttle(c, kind, &key, window(now));
        let item = self.get(Table::Sessions, &key, Consistency::Strong).await?;
        let tries = item.and_then(|item| item.number(COUNT)).unwrap_or(0);
        Ok(if tries < i64::from(limit) { Throttled::Go } else { Throttled::Wait(next_window(now)) })
    }

    /// Counts a wrong try.
    ///
    /// # Errors
    /// Any transport error of [`StoreError`].
    pub async fn count_wrong(&self, c: &CommunityId, what: &Tried, now: Millis) -> Result<(), StoreError> {
        let (kind, key, _) = what.parts();
        // Counted twice after a lost answer: that is on the safe side.
        let update = Update::of(keys::throttle(c, kind, &key, window(now)))
            .add(COUNT, 1)
            .set_number(crate::item::TTL, next_window(now).0.div_euclid(1_000) + 60);
        self.update(Table::Sessions, update).await.map(drop)
    }
}

fn window(now: Millis) -> i64 {
    now.0.div_euclid(WINDOW)
}

fn next_window(now: Millis) -> Millis {
    Millis((window(now) + 1) * WINDOW)
}
