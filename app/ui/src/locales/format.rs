//! How money, lengths of time and counts read in each language. Times of day and dates need a zone and are made
//! where the zone is known; nothing here reads a clock.

use domain::text::text;
use domain::{Fen, Lang};

/// An amount in yuan with two digits: `30.00 元`, `¥30.00`.
#[must_use]
pub fn money(lang: Lang, amount: Fen) -> String {
    match lang {
        Lang::Zh => text!("{amount} 元"),
        Lang::En if amount.0 < 0 => text!("-¥{}", Fen(amount.0.saturating_neg())),
        Lang::En => text!("¥{amount}"),
    }
}

/// A length of time in whole minutes as a person says it: `2 小时 10 分`, `2 h 10 min`.
#[must_use]
pub fn span(lang: Lang, minutes: u32) -> String {
    let (hours, rest) = (minutes / 60, minutes % 60);
    match (lang, hours, rest) {
        (Lang::Zh, 0, rest) => text!("{rest} 分钟"),
        (Lang::Zh, hours, 0) => text!("{hours} 小时"),
        (Lang::Zh, hours, rest) => text!("{hours} 小时 {rest} 分"),
        (Lang::En, 0, rest) => text!("{rest} min"),
        (Lang::En, hours, 0) => text!("{hours} h"),
        (Lang::En, hours, rest) => text!("{hours} h {rest} min"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn money_always_shows_two_digits_and_its_unit() {
        assert_eq!(money(Lang::Zh, Fen(3_000)), "30.00 元");
        assert_eq!(money(Lang::En, Fen(5)), "¥0.05");
        assert_eq!(money(Lang::En, Fen(-12_345)), "-¥123.45");
    }

    #[test]
    fn spans_drop_the_empty_part() {
        assert_eq!(span(Lang::Zh, 130), "2 小时 10 分");
        assert_eq!(span(Lang::En, 120), "2 h");
        assert_eq!(span(Lang::En, 0), "0 min");
    }
}
