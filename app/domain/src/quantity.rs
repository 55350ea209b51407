//! How much of an item is in a box: exact thousandths with a unit.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::json::{Json, write_whole};
use crate::text::Text;

/// The unit an item is counted or weighed in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, Json)]
#[serde(rename_all = "lowercase")]
pub enum Unit {
    /// Kilogram (公斤).
    Kg,
    /// Gram (克).
    G,
    /// Litre (升).
    L,
    /// Millilitre (毫升).
    Ml,
    /// A piece (个).
    Piece,
    /// A head, as of cabbage (棵).
    Head,
    /// A tin (罐).
    Tin,
    /// A bag (袋).
    Bag,
    /// A box (盒).
    Box,
    /// A bottle (瓶).
    Bottle,
}

impl Unit {
    /// Every unit, for pickers and imports.
    pub const ALL: [Self; 10] = [
        Self::Kg,
        Self::G,
        Self::L,
        Self::Ml,
        Self::Piece,
        Self::Head,
        Self::Tin,
        Self::Bag,
        Self::Box,
        Self::Bottle,
    ];

    /// The unit's symbol or English word, as sheets write it, and the Chinese one.
    #[must_use]
    pub fn names(self) -> (&'static str, &'static str) {
        match self {
            Self::Kg => ("kg", "公斤"),
            Self::G => ("g", "克"),
            Self::L => ("l", "升"),
            Self::Ml => ("ml", "毫升"),
            Self::Piece => ("piece", "个"),
            Self::Head => ("head", "棵"),
            Self::Tin => ("tin", "罐"),
            Self::Bag => ("bag", "袋"),
            Self::Box => ("box", "盒"),
            Self::Bottle => ("bottle", "瓶"),
        }
    }
}

/// An amount in thousandths of a unit: `1.5 kg` is `1_500`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize, Json)]
#[serde(transparent)]
pub struct Quantity(pub u64);

impl Quantity {
    /// Reads `1.5` exactly; at most three decimals and seven digits, above zero.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        let (whole, part) = text.split_once('.').unwrap_or((text, ""));
        let digits = |part: &str| part.bytes().all(|b| b.is_ascii_digit());
        if whole.is_empty() || whole.len() > 7 || part.len() > 3 || !digits(whole) || !digits(part) {
            return None;
        }
        let part = format!("{part:0<3}");
        let amount = whole.parse::<u64>().ok()? * 1_000 + part.parse::<u64>().ok()?;
        (amount > 0).then_some(Self(amount))
    }

    /// The amount in so many boxes.
    #[must_use]
    pub fn times(self, boxes: u32) -> Self {
        Self(self.0.saturating_mul(u64::from(boxes)))
    }
}

impl std::ops::AddAssign for Quantity {
    fn add_assign(&mut self, other: Self) {
        self.0 = self.0.saturating_add(other.0);
    }
}

impl fmt::Display for Quantity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text())
    }
}

/// Without zeros that say nothing: `1.5`, `15`.
impl Text for Quantity {
    fn say(&self, out: &mut String) {
        write_whole((self.0 / 1_000) as i64, out);
        let (mut rest, mut place) = (self.0 % 1_000, 100);
        if rest > 0 {
            out.push('.');
        }
        while rest > 0 {
            write_whole((rest / place) as i64, out);
            rest %= place;
            place /= 10;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_are_exact_and_shown_without_noise() {
        let bag = Quantity::parse("0.4").expect("0.4");
        assert_eq!(bag.times(3).to_string(), "1.2");
        assert_eq!(Quantity::parse("15").expect("15").to_string(), "15");
        assert_eq!(Quantity::parse("0"), None);
        assert_eq!(Quantity::parse("1,5"), None);
    }
}
