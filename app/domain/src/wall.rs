//! Wall-clock time in a zone at a fixed distance from UTC: the date and time on the kitchen clock.
//!
//! Written here and not taken from a library because it goes to every phone: the whole of jiff's civil time was
//! 73 KB of a resident's program before compression, and this is the part of it that we need.

use std::fmt;
use std::str::FromStr;

use crate::ids::NotAnId;
use crate::text::{Text, digits};
use crate::time::Millis;

/// A date and time of day to the minute, as a clock on the wall shows it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Wall {
    /// Year.
    pub year: i32,
    /// Month, 1 to 12.
    pub month: u8,
    /// Day of the month, from 1.
    pub day: u8,
    /// Hour, 0 to 23.
    pub hour: u8,
    /// Minute, 0 to 59.
    pub minute: u8,
}

/// The furthest a clock is shown: the end of the year 9999.
const LAST: i64 = 253_402_300_799_999;

/// Days from 1970-01-01 to 0000-03-01, where the years of this arithmetic begin, so that leap days come last.
const TO_MARCH_OF_YEAR_ZERO: i64 = 719_468;
const DAYS_IN_400_YEARS: i64 = 146_097;

impl Wall {
    /// What the clock shows at a moment, `offset_minutes` ahead of UTC. A nonsense time shows the nearest year
    /// that clocks know (1970 to 9999), never a panic.
    #[must_use]
    pub fn at(moment: Millis, offset_minutes: i32) -> Self {
        let offset = i64::from(offset_minutes.clamp(-720, 840)) * Millis::MINUTE;
        let local = moment.0.clamp(0, LAST - Millis::DAY) + offset;
        let (days, rest) = (local.div_euclid(Millis::DAY), local.rem_euclid(Millis::DAY));
        let (year, month, day) = date(days);
        let small = |number: i64| u8::try_from(number).unwrap_or(0);
        let (hour, minute) = (rest / Millis::HOUR, rest % Millis::HOUR / Millis::MINUTE);
        Self { year, month, day, hour: small(hour), minute: small(minute) }
    }

    /// The moment at which the clock shows this; `None` for a day that no calendar has.
    #[must_use]
    pub fn moment(self, offset_minutes: i32) -> Option<Millis> {
        let days = days(self.year, self.month, self.day);
        let known = date(days) == (self.year, self.month, self.day) && self.hour < 24 && self.minute < 60;
        let minutes = i64::from(self.hour) * 60 + i64::from(self.minute) - i64::from(offset_minutes);
        known.then(|| Millis(days * Millis::DAY + minutes * Millis::MINUTE))
    }
}

/// Year, month and day of a number of days since 1970-01-01 (the civil-from-days method of H. Hinnant).
fn date(days: i64) -> (i32, u8, u8) {
    let days = days + TO_MARCH_OF_YEAR_ZERO;
    let era = days.div_euclid(DAYS_IN_400_YEARS);
    let of_era = days.rem_euclid(DAYS_IN_400_YEARS);
    let year_of_era = (of_era - of_era / 1_460 + of_era / 36_524 - of_era / 146_096) / 365;
    let day_of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let from_march = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * from_march + 2) / 5 + 1;
    let month = if from_march < 10 { from_march + 3 } else { from_march - 9 };
    let year = year_of_era + era * 400 + i64::from(month <= 2);
    (
        i32::try_from(year).unwrap_or(i32::MAX),
        u8::try_from(month).unwrap_or(1),
        u8::try_from(day).unwrap_or(1),
    )
}

/// The inverse of [`date`].
fn days(year: i32, month: u8, day: u8) -> i64 {
    let year = i64::from(year) - i64::from(month <= 2);
    let era = year.div_euclid(400);
    let year_of_era = year.rem_euclid(400);
    let from_march = (i64::from(month) + 9) % 12;
    let day_of_year = (153 * from_march + 2) / 5 + i64::from(day) - 1;
    let of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    era * DAYS_IN_400_YEARS + of_era - TO_MARCH_OF_YEAR_ZERO
}

/// As `datetime-local` fields and `<time>` write it: `2026-11-22T10:05`.
impl fmt::Display for Wall {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text())
    }
}

impl Text for Wall {
    fn say(&self, out: &mut String) {
        digits(u16::try_from(self.year).unwrap_or(0), 4, out);
        for (before, part) in [('-', self.month), ('-', self.day), ('T', self.hour), (':', self.minute)] {
            out.push(before);
            digits(part.into(), 2, out);
        }
    }
}

/// Reads what [`Wall`] shows; seconds, which some browsers add, are left out.
impl FromStr for Wall {
    type Err = NotAnId;
    fn from_str(text: &str) -> Result<Self, NotAnId> {
        read(text).ok_or(NotAnId { kind: "local time" })
    }
}

fn read(text: &str) -> Option<Wall> {
    let (date, time) = text.trim().split_once(['T', ' '])?;
    let mut date = date.split('-');
    let mut time = time.split(':');
    let wall = Wall {
        year: date.next()?.parse().ok()?,
        month: date.next()?.parse().ok()?,
        day: date.next()?.parse().ok()?,
        hour: time.next()?.parse().ok()?,
        minute: time.next()?.parse().ok()?,
    };
    let in_range =
        (1970..=9999).contains(&wall.year) && (1..=12).contains(&wall.month) && date.next().is_none();
    (in_range && wall.moment(0).is_some()).then_some(wall)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_clock_in_china_is_eight_hours_ahead() {
        let wall = Wall::at(Millis(1_795_000_000_000), 480);
        assert_eq!(wall.to_string(), "2026-11-18T19:06");
        assert_eq!(Wall::at(Millis(951_782_400_000), 0).to_string(), "2000-02-29T00:00");
    }

    #[test]
    fn days_that_no_calendar_has_are_not_read() {
        for bad in
            ["2026-02-29T10:00", "2026-13-01T10:00", "2026-01-01T24:00", "2026-01-01", "", "9-9-9T9", "x"]
        {
            assert!(bad.parse::<Wall>().is_err(), "{bad}");
        }
        assert!("2024-02-29T23:59:59".parse::<Wall>().is_ok());
    }

    proptest! {
        #[test]
        fn every_moment_goes_there_and_back_and_agrees_with_a_calendar(
            minute in 0..133_574_400_i64, offset in -720..840_i32,
        ) {
            let moment = Millis(minute * Millis::MINUTE + 14 * Millis::HOUR);
            let wall = Wall::at(moment, offset);
            prop_assert_eq!(wall.moment(offset), Some(moment));
            prop_assert_eq!(wall.to_string().parse::<Wall>(), Ok(wall));
            let there = jiff::Timestamp::from_millisecond(moment.0).expect("a moment jiff knows");
            let civil = jiff::tz::Offset::from_seconds(offset * 60).expect("an offset jiff knows").to_datetime(there);
            prop_assert_eq!(wall.to_string(), civil.strftime("%Y-%m-%dT%H:%M").to_string());
        }

        #[test]
        fn no_text_and_no_time_makes_it_fail(text in ".{0,30}", ms in any::<i64>(), offset in any::<i32>()) {
            let _ = text.parse::<Wall>();
            let _ = Wall::at(Millis(ms), offset);
        }
    }
}
