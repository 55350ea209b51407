//! Time: what the phone's clock said, what the server's clock said, and what people are shown.
//!
//! A phone may be days off or without signal for hours. It notes the offset it measured at its last
//! contact, so that the time of a mark made in a stairwell can be told truly when it arrives.

use std::ops::{Add, Sub};

use serde::{Deserialize, Serialize};

use crate::json::Json;

/// A moment in milliseconds since 1970 (UTC), by some clock: the field that holds it says whose.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize, Json)]
#[serde(transparent)]
pub struct Millis(pub i64);

impl Millis {
    /// One minute.
    pub const MINUTE: i64 = 60_000;
    /// One hour.
    pub const HOUR: i64 = 60 * Self::MINUTE;
    /// One day.
    pub const DAY: i64 = 24 * Self::HOUR;
}

impl Add<i64> for Millis {
    type Output = Self;
    fn add(self, ms: i64) -> Self {
        Self(self.0.saturating_add(ms))
    }
}

impl Sub for Millis {
    type Output = i64;
    fn sub(self, other: Self) -> i64 {
        self.0.saturating_sub(other.0)
    }
}

/// When a fact was made, by the clock of the device that made it, with what it knew about that clock.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, Json)]
pub struct DeviceTime {
    /// The device's clock.
    pub at: Millis,
    /// Server minus device, in milliseconds, measured at the last contact; 0 before the first.
    #[serde(rename = "off", default)]
    pub offset: i64,
    /// The server's time at that last contact; `None` before the first.
    #[serde(rename = "seen", default, skip_serializing_if = "Option::is_none")]
    pub contact: Option<Millis>,
}

/// A time fit to be shown, with how far it can be trusted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Shown {
    /// The moment, on the server's clock.
    pub at: Millis,
    /// When the server received it, if that was noticeably later: "marked without signal, sent 14:32".
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sent: Option<Millis>,
    /// The device's clock made no sense; `at` is the time of receipt.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub clock_wrong: bool,
}

/// Facts that arrive within this long of being made were not "made without signal".
const PROMPT: i64 = 2 * Millis::MINUTE;

/// Network delay makes a measured offset a little wrong; this much outside the bounds is clamped, not distrusted.
const TOLERANCE: i64 = 2 * Millis::MINUTE;

impl DeviceTime {
    /// The time to show: device time plus measured offset, bounded by last contact and receipt.
    /// If it lies outside those bounds the phone's clock was changed meanwhile: the receipt is shown.
    #[must_use]
    pub fn shown(&self, received: Millis) -> Shown {
        let corrected = self.at + self.offset;
        let early = self.contact.is_some_and(|contact| corrected - contact < -TOLERANCE);
        let late = corrected - received > TOLERANCE;
        // A device that never had contact says nothing about its clock: a year-old time is not believed.
        let ancient = self.contact.is_none() && received - corrected > 30 * Millis::DAY;
        if early || late || ancient {
            return Shown { at: received, sent: None, clock_wrong: true };
        }
        let at = corrected.max(self.contact.unwrap_or(corrected)).min(received);
        let sent = (received - at > PROMPT).then_some(received);
        Shown { at, sent, clock_wrong: false }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOON: Millis = Millis(1_795_000_000_000);

    fn phone(at: Millis, offset: i64, contact: Millis) -> DeviceTime {
        DeviceTime { at, offset, contact: Some(contact) }
    }

    #[test]
    fn a_mark_made_without_signal_keeps_its_true_time() {
        let shown = phone(NOON, 0, NOON + -Millis::HOUR).shown(NOON + Millis::HOUR);
        assert_eq!(shown, Shown { at: NOON, sent: Some(NOON + Millis::HOUR), clock_wrong: false });
    }

    #[test]
    fn a_phone_two_days_ahead_is_corrected_by_its_measured_offset() {
        let ahead = 2 * Millis::DAY;
        let shown = phone(NOON + ahead, -ahead, NOON + -Millis::HOUR).shown(NOON + 1_000);
        assert_eq!(shown.at, NOON);
        assert!(!shown.clock_wrong);
    }

    #[test]
    fn a_clock_set_back_after_the_last_contact_is_not_believed() {
        let shown = phone(NOON + -2 * Millis::DAY, 0, NOON).shown(NOON + 500);
        assert!(shown.clock_wrong);
        assert_eq!(shown.at, NOON + 500);
    }

    #[test]
    fn nothing_happens_later_than_it_was_received() {
        assert_eq!(phone(NOON + 30_000, 0, NOON).shown(NOON + 10).at, NOON + 10);
    }

    #[test]
    fn a_nonsense_time_is_shown_without_a_panic() {
        let _ = phone(Millis(i64::MAX), i64::MAX, Millis(i64::MIN)).shown(NOON);
    }
}
