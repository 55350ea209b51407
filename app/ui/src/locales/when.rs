//! Times as a person says them: "today 10:02", "tomorrow 9:00", "11月24日 9:00". The zone and the present are given.

use domain::text::{Text, digits, text};
use domain::{Lang, Millis, Wall};

/// The local clock and the present, for saying times.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct When {
    /// The reader's language.
    pub lang: Lang,
    /// The present.
    pub now: Millis,
    /// The community's distance from UTC in minutes.
    pub utc_offset: i32,
}

impl When {
    /// Hours and minutes: `9:05`.
    #[must_use]
    pub fn clock(&self, at: Millis) -> String {
        let wall = Wall::at(at, self.utc_offset);
        let mut text = wall.hour.text();
        text.push(':');
        digits(wall.minute.into(), 2, &mut text);
        text
    }

    /// The day alone: today, tomorrow, yesterday, or its date.
    #[must_use]
    pub fn day(&self, at: Millis) -> String {
        let days = self.days_away(at);
        let wall = Wall::at(at, self.utc_offset);
        match (self.lang, days) {
            (Lang::Zh, 0) => "今天".into(),
            (Lang::Zh, 1) => "明天".into(),
            (Lang::Zh, -1) => "昨天".into(),
            (Lang::Zh, _) => text!("{}月{}日", wall.month, wall.day),
            (Lang::En, 0) => "today".into(),
            (Lang::En, 1) => "tomorrow".into(),
            (Lang::En, -1) => "yesterday".into(),
            (Lang::En, _) => {
                text!("{} {}", wall.day, MONTHS[usize::from(wall.month) - 1])
            }
        }
    }

    /// Day and clock: "tomorrow 9:00". The day is left out when it is today and `short` is asked for.
    #[must_use]
    pub fn at(&self, at: Millis) -> String {
        text!("{} {}", self.day(at), self.clock(at))
    }

    /// A span on one day: "tomorrow 9:00–11:00".
    #[must_use]
    pub fn span(&self, from: Millis, to: Millis) -> String {
        if self.days_away(from) == self.days_away(to) {
            text!("{}–{}", self.at(from), self.clock(to))
        } else {
            text!("{} – {}", self.at(from), self.at(to))
        }
    }

    /// The exact time behind the words, for `<time datetime>`: local date and time without a zone.
    #[must_use]
    pub fn exact(&self, at: Millis) -> String {
        Wall::at(at, self.utc_offset).text()
    }

    /// Whole minutes from now, never negative.
    #[must_use]
    pub fn minutes_left(&self, until: Millis) -> u32 {
        u32::try_from((until - self.now).max(0) / Millis::MINUTE).unwrap_or(u32::MAX)
    }

    fn days_away(&self, at: Millis) -> i64 {
        let day =
            |moment: Millis| (moment.0 + i64::from(self.utc_offset) * Millis::MINUTE).div_euclid(Millis::DAY);
        day(at) - day(self.now)
    }
}

const MONTHS: [&str; 12] =
    ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_said_as_people_say_them() {
        let now = Millis(1_795_000_000_000);
        let zh = When { lang: Lang::Zh, now, utc_offset: 480 };
        let en = When { lang: Lang::En, ..zh };
        assert_eq!(zh.exact(now), "2026-11-18T19:06");
        assert_eq!(zh.at(now + 14 * Millis::HOUR), "明天 9:06");
        assert_eq!(en.span(now + 14 * Millis::HOUR, now + 16 * Millis::HOUR), "tomorrow 9:06–11:06");
        assert_eq!(en.at(now + -3 * Millis::DAY), "15 Nov 19:06");
    }
}
