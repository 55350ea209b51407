//! Ringing phones by Web Push: the message is encrypted for the phone (RFC 8291), signed by us (VAPID, RFC 8292), and
//! says nothing but what the phone was told when it was asked: that there is news, in its reader's language. A phone
//! that is gone is forgotten. Nobody relies on being rung: pages show everything, and the desk sees who has not looked.

mod hosts;
mod ringer;
mod vapid;

pub use hosts::Hosts;
pub use ringer::{NoRinger, Ringer};
pub use vapid::{NotAKey, Signer};

use domain::Millis;
use domain::actor::Signed;

/// Why somebody is rung: decides when, never what is said.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Occasion {
    /// Orders are taken.
    Opened,
    /// The order is fixed.
    Closed,
    /// The boxes left the gate.
    OnTheWay,
    /// Something was brought, or could not be.
    Delivered,
    /// A need was answered.
    Answered,
    /// The desk has written to the household.
    Notice,
    /// An urgent need waits for the next on duty.
    Escalated,
    /// News from the quiet hours.
    Held,
}

/// What quiet hours do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum InQuietHours {
    /// Ring all the same.
    Ring,
    /// Ring once in the morning.
    Wait,
    /// Do not ring: in the morning it is over.
    Drop,
}

impl Occasion {
    pub(crate) fn in_quiet_hours(self) -> InQuietHours {
        match self {
            Self::Escalated | Self::Held => InQuietHours::Ring,
            Self::OnTheWay => InQuietHours::Drop,
            Self::Opened | Self::Closed | Self::Delivered | Self::Answered | Self::Notice => {
                InQuietHours::Wait
            }
        }
    }

    /// How long after it happened it is still worth ringing for, in milliseconds.
    pub(crate) fn fresh_for(self) -> i64 {
        match self {
            Self::OnTheWay | Self::Escalated => 2 * Millis::HOUR,
            _ => 12 * Millis::HOUR,
        }
    }
}

/// Somebody is to be rung.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Ring {
    /// Who.
    pub(crate) who: Signed,
    /// Why.
    pub(crate) occasion: Occasion,
    /// When it happened.
    pub(crate) at: Millis,
    /// Names the reason, so that the same reason rings once.
    pub(crate) name: String,
}
