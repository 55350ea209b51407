//! When to ask for a certificate. Pure: time comes in as arguments.

use std::time::Duration;

use domain::Millis;

/// From when to when a certificate is good.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Validity {
    pub(super) from: Millis,
    pub(super) until: Millis,
}

impl Validity {
    /// A third of its life before its end: a month for one of ninety days, so that trouble has time to be seen.
    fn renewal(self) -> Millis {
        Millis(self.until.0 - (self.until.0 - self.from.0) / 3)
    }
}

/// The clock is looked at again at least this often: a machine that slept has to notice.
const LOOK: Duration = Duration::from_secs(60 * 60);

/// How long nothing has to be done, `None` if a certificate has to be asked for now.
pub(super) fn wait(shown: Option<Validity>, now: Millis) -> Option<Duration> {
    let left = u64::try_from(shown?.renewal().0 - now.0).ok().filter(|left| *left > 0)?;
    Some(Duration::from_millis(left).min(LOOK))
}

/// How long after the so many-th failure in a row the next try is. An authority takes some five failed looks at a
/// domain in an hour, so four tries fall into the first hour and then one into each six.
pub(super) fn pause(failures: u32, is_limit: bool) -> Duration {
    let minutes = match failures {
        _ if is_limit => 6 * 60,
        0 | 1 => 1,
        2 => 10,
        3 => 30,
        4 => 60,
        _ => 6 * 60,
    };
    Duration::from_secs(minutes * 60)
}

#[cfg(test)]
mod tests {
    use super::*;

    const NINETY: Validity = Validity { from: Millis(0), until: Millis(90 * Millis::DAY) };

    #[test]
    fn a_certificate_of_ninety_days_is_renewed_a_month_before_its_end() {
        let at = |days: i64, more: i64| wait(Some(NINETY), Millis(days * Millis::DAY + more));
        assert_eq!(at(0, 0), Some(LOOK));
        assert_eq!(at(60, -5_000), Some(Duration::from_secs(5)));
        assert_eq!(at(60, 0), None);
        assert_eq!(at(90, 1), None);
    }

    #[test]
    fn without_a_certificate_one_is_asked_for_at_once() {
        assert_eq!(wait(None, Millis(7)), None);
    }

    #[test]
    fn failures_stay_below_the_limits_of_an_authority() {
        let mut passed = Duration::ZERO;
        let mut tries_in_an_hour = 1;
        for failures in 1..10 {
            passed += pause(failures, false);
            tries_in_an_hour += u32::from(passed < Duration::from_secs(60 * 60));
            assert!(pause(failures, true) >= pause(failures, false));
        }
        assert_eq!(tries_in_an_hour, 4);
    }
}
