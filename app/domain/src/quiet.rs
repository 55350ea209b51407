//! Quiet hours (免打扰时段): when phones are not rung for news that can wait until morning.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::json::Json;
use crate::time::Millis;

/// Minutes in a day.
pub const DAY_MINUTES: u16 = 24 * 60;

/// From one minute of the local day to another; over midnight where the first is later.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, Json)]
pub struct QuietHours {
    /// The first quiet minute of the local day, below [`DAY_MINUTES`].
    pub from: u16,
    /// The first minute that is not quiet any more. The same as `from` means: never quiet.
    pub to: u16,
}

impl QuietHours {
    /// When the quiet hours end that `now` lies in, if it lies in any. `utc_offset` in minutes.
    #[must_use]
    pub fn end(&self, now: Millis, utc_offset: i32) -> Option<Millis> {
        let minute_of_epoch = now.0.div_euclid(Millis::MINUTE) + i64::from(utc_offset);
        let minute = minute_of_epoch.rem_euclid(i64::from(DAY_MINUTES));
        let (from, to) = (i64::from(self.from), i64::from(self.to));
        let inside = if from <= to { (from..to).contains(&minute) } else { minute >= from || minute < to };
        let left = (to - minute).rem_euclid(i64::from(DAY_MINUTES));
        inside.then(|| Millis((now.0.div_euclid(Millis::MINUTE) + left) * Millis::MINUTE))
    }
}

impl fmt::Display for QuietHours {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { from, to } = self;
        write!(f, "{:02}:{:02}-{:02}:{:02}", from / 60, from % 60, to / 60, to % 60)
    }
}

/// The text is not of the form `22:00-07:00`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not of the form 22:00-07:00")]
pub struct NotHours;

impl FromStr for QuietHours {
    type Err = NotHours;

    /// As people type it: with a Chinese colon, a wave or 到 between, `22-7` too.
    fn from_str(text: &str) -> Result<Self, NotHours> {
        let text: String = text.chars().filter(|c| !c.is_whitespace()).collect();
        let (from, to) = text.split_once(['-', '–', '—', '~', '～', '至', '到']).ok_or(NotHours)?;
        Ok(Self { from: minute(from)?, to: minute(to)? })
    }
}

/// A time of day in minutes; 24:00 is midnight.
fn minute(text: &str) -> Result<u16, NotHours> {
    let (hours, minutes) = text.split_once([':', '：']).unwrap_or((text, "0"));
    let number = |text: &str| text.parse::<u16>().map_err(|_| NotHours);
    let (hours, minutes) = (number(hours)?, number(minutes)?);
    let minute = hours.checked_mul(60).and_then(|hours| hours.checked_add(minutes)).ok_or(NotHours)?;
    if minutes < 60 && minute <= DAY_MINUTES { Ok(minute % DAY_MINUTES) } else { Err(NotHours) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hours_are_read_as_people_type_them() {
        let night = QuietHours { from: 22 * 60, to: 7 * 60 + 30 };
        for text in ["22:00-07:30", " 22：00 ～ 7：30", "22到7:30"] {
            assert_eq!(text.parse(), Ok(night), "{text}");
        }
        assert_eq!(night.to_string(), "22:00-07:30");
        assert_eq!("20-24".parse(), Ok(QuietHours { from: 20 * 60, to: 0 }));
        for bad in ["", "22:00", "25-7", "22:61-7", "a-b", "-", "99999999-1"] {
            assert_eq!(bad.parse::<QuietHours>(), Err(NotHours), "{bad}");
        }
    }

    /// So many minutes after midnight in China.
    fn at(hour: i64, minute: i64) -> Millis {
        Millis(1_795_276_800_000 + hour * Millis::HOUR + minute * Millis::MINUTE)
    }

    #[test]
    fn a_night_goes_over_midnight_and_ends_in_the_morning() {
        let night = QuietHours { from: 22 * 60, to: 7 * 60 };
        assert_eq!(night.end(at(21, 59), 480), None);
        assert_eq!(night.end(at(22, 0), 480), Some(at(31, 0)));
        assert_eq!(night.end(at(30, 59), 480), Some(at(31, 0)));
        assert_eq!(night.end(at(31, 0), 480), None);
    }

    #[test]
    fn a_nap_ends_on_the_same_day_and_equal_ends_are_never_quiet() {
        let nap = QuietHours { from: 13 * 60, to: 14 * 60 };
        assert_eq!(nap.end(at(13, 30), 480), Some(at(14, 0)));
        assert_eq!(nap.end(at(13, 30), 0), None);
        let never = QuietHours { from: 60, to: 60 };
        assert!((0..24).all(|hour| never.end(at(hour, 0), 480).is_none()));
    }
}
