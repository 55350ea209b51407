//! Money, in fen. No floats anywhere near it.

use std::fmt;
use std::iter::Sum;
use std::ops::{Add, AddAssign, Mul};

use serde::{Deserialize, Serialize};

use crate::json::{Json, write_whole};
use crate::text::{Text, digits};

/// An amount in fen, a hundredth of a yuan.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize, Json)]
#[serde(transparent)]
pub struct Fen(pub i64);

impl Fen {
    /// Reads yuan as people type them: `30`, `30.5`, `￥30.50`. At most two decimals, not negative.
    #[must_use]
    pub fn parse_yuan(text: &str) -> Option<Self> {
        let text = text.trim().trim_start_matches(['¥', '￥']).trim_end_matches('元').trim();
        let (yuan, fen) = text.split_once('.').unwrap_or((text, ""));
        let digits = |part: &str| part.bytes().all(|b| b.is_ascii_digit());
        if yuan.is_empty() || yuan.len() > 9 || fen.len() > 2 || !digits(yuan) || !digits(fen) {
            return None;
        }
        let fen = format!("{fen:0<2}");
        Some(Self(yuan.parse::<i64>().ok()? * 100 + fen.parse::<i64>().ok()?))
    }
}

impl fmt::Display for Fen {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text())
    }
}

/// Yuan with two digits after the point.
impl Text for Fen {
    fn say(&self, out: &mut String) {
        if self.0 < 0 {
            out.push('-');
        }
        let fen = self.0.unsigned_abs();
        write_whole((fen / 100) as i64, out);
        out.push('.');
        digits((fen % 100) as u16, 2, out);
    }
}

impl Add for Fen {
    type Output = Self;
    fn add(self, other: Self) -> Self {
        Self(self.0.saturating_add(other.0))
    }
}

impl AddAssign for Fen {
    fn add_assign(&mut self, other: Self) {
        *self = *self + other;
    }
}

impl Mul<u16> for Fen {
    type Output = Self;
    fn mul(self, times: u16) -> Self {
        Self(self.0.saturating_mul(i64::from(times)))
    }
}

impl Sum for Fen {
    fn sum<I: Iterator<Item = Self>>(amounts: I) -> Self {
        amounts.fold(Self::default(), Add::add)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn yuan_are_read_exactly() {
        assert_eq!(Fen::parse_yuan("￥30.5"), Some(Fen(3_050)));
        assert_eq!(Fen::parse_yuan("0.07元"), Some(Fen(7)));
        for bad in ["", ".", "1.234", "-1", "1e3", "ten"] {
            assert_eq!(Fen::parse_yuan(bad), None, "{bad}");
        }
    }

    #[test]
    fn fen_are_shown_as_yuan_with_two_digits() {
        assert_eq!((Fen(3_000) + Fen(5) * 3).to_string(), "30.15");
        assert_eq!(Fen(-7).to_string(), "-0.07");
    }
}
