//! Ordering windows (下单时段): open, closing, grace, sealed.
//!
//! Source of the rule: seed 004, agreed hours to order and one batch delivered (集中时段下单, 集中配送).

use serde::{Deserialize, Serialize};

use crate::ids::{CompoundId, MenuCode, RunId};
use crate::json::Json;
use crate::lang::Lang;
use crate::time::Millis;

/// Orders made before closing by corrected time are still taken for so long after it.
pub const DEFAULT_GRACE_MINUTES: u16 = 15;

/// How boxes are paid for. No card data is ever held here.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Json)]
#[serde(rename_all = "snake_case")]
pub enum Payment {
    /// Nobody pays.
    Free,
    /// Paid elsewhere beforehand; the text is shown as a QR picture.
    Prepaid(String),
    /// Paid when it is handed over.
    OnDelivery,
}

/// An ordering window and the delivery that follows it: one run.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, Json)]
pub struct Window {
    /// The run it makes.
    pub run: RunId,
    /// Orders are taken from here.
    pub opens: Millis,
    /// Orders made from here on are refused.
    pub closes: Millis,
    /// How long orders made in time may still arrive.
    pub grace_minutes: u16,
    /// The compounds it is for.
    pub compounds: Vec<CompoundId>,
    /// What may be ordered, in the order shown, with the version.
    pub menus: Vec<(MenuCode, u16)>,
    /// When the delivery starts.
    pub delivery_from: Millis,
    /// When it should be over.
    pub delivery_to: Millis,
    /// How it is paid.
    pub payment: Payment,
    /// What the desk wants to say with it, in Chinese.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub note: String,
    /// The same in English; if empty, everybody reads the Chinese.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub note_en: String,
    /// Set when the desk published it; before that it is a draft that only the desk sees.
    #[serde(default)]
    pub published: bool,
    /// When its orders were fixed; the pick list is final from here.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sealed: Option<Millis>,
}

/// Where a window stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Phase {
    /// Not published.
    Draft,
    /// Published, opens later.
    Announced,
    /// Orders are taken.
    Open,
    /// Closed; orders made in time may still arrive.
    Grace,
    /// Grace is over; waiting to be sealed.
    Closing,
    /// Fixed.
    Sealed,
}

impl Window {
    /// Where the window stands at a server time.
    #[must_use]
    pub fn phase(&self, now: Millis) -> Phase {
        if !self.published {
            Phase::Draft
        } else if self.sealed.is_some() {
            Phase::Sealed
        } else if now < self.opens {
            Phase::Announced
        } else if now < self.closes {
            Phase::Open
        } else if now < self.grace_ends() {
            Phase::Grace
        } else {
            Phase::Closing
        }
    }

    /// When late arrivals stop being taken and the window may be sealed.
    #[must_use]
    pub fn grace_ends(&self) -> Millis {
        self.closes + i64::from(self.grace_minutes) * Millis::MINUTE
    }

    /// What the desk says with it, in English for whoever reads English, if that is there.
    #[must_use]
    pub fn said(&self, lang: Lang) -> Option<&str> {
        let note = match lang {
            Lang::En if !self.note_en.is_empty() => &self.note_en,
            _ => &self.note,
        };
        (!note.is_empty()).then_some(note)
    }

    /// Whether anything can be ordered in it; otherwise it is a day's errands, with the jobs that the desk adds.
    #[must_use]
    pub fn takes_orders(&self) -> bool {
        !self.menus.is_empty()
    }

    /// Which version of a menu the window offers.
    #[must_use]
    pub fn offers(&self, menu: &MenuCode) -> Option<u16> {
        self.menus.iter().find(|(code, _)| code == menu).map(|(_, version)| *version)
    }

    /// Whether the delivery is due on the day of `now`, give or take: from 12 hours before it starts
    /// until 12 hours after its end, which is also when round data leaves a phone.
    #[must_use]
    pub fn delivering(&self, now: Millis) -> bool {
        let (from, to) = (self.delivery_from + -12 * Millis::HOUR, self.delivery_to + 12 * Millis::HOUR);
        self.published && now >= self.closes.min(from) && now < to
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;

    pub(crate) fn window(opens: i64, closes: i64) -> Window {
        Window {
            run: RunId(1),
            opens: Millis(opens),
            closes: Millis(closes),
            grace_minutes: DEFAULT_GRACE_MINUTES,
            compounds: vec![CompoundId(1)],
            menus: vec![],
            delivery_from: Millis(closes + 12 * Millis::HOUR),
            delivery_to: Millis(closes + 14 * Millis::HOUR),
            payment: Payment::Free,
            note: String::new(),
            note_en: String::new(),
            published: true,
            sealed: None,
        }
    }

    #[test]
    fn a_word_with_a_window_is_read_in_english_where_that_is_there() {
        let mut w = window(1_000, 2_000);
        assert_eq!(w.said(Lang::En), None);
        w.note = "三点前下单".to_owned();
        assert_eq!(w.said(Lang::En), Some("三点前下单"));
        w.note_en = "Order before three".to_owned();
        assert_eq!((w.said(Lang::Zh), w.said(Lang::En)), (Some("三点前下单"), Some("Order before three")));
    }

    #[test]
    fn a_window_opens_closes_waits_and_is_sealed() {
        let mut w = window(1_000, 2_000);
        assert_eq!(w.phase(Millis(999)), Phase::Announced);
        assert_eq!(w.phase(Millis(1_000)), Phase::Open);
        assert_eq!(w.phase(Millis(2_000)), Phase::Grace);
        assert_eq!(w.phase(w.grace_ends()), Phase::Closing);
        w.sealed = Some(w.grace_ends());
        assert_eq!(w.phase(Millis(1_500)), Phase::Sealed);
        w.published = false;
        assert_eq!(w.phase(Millis(1_500)), Phase::Draft);
    }
}
