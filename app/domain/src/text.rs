//! Words with values in them, without `std::fmt`: a phone's program would carry its padding, alignment and counting
//! for nothing (2.7 KB of 100 in brotli).

pub use macros::text;

use crate::json::write_whole;

/// What can stand in a text.
pub trait Text {
    /// Writes it at the end of a text.
    fn say(&self, out: &mut String);

    /// It alone.
    fn text(&self) -> String {
        let mut out = String::new();
        self.say(&mut out);
        out
    }
}

impl Text for str {
    fn say(&self, out: &mut String) {
        out.push_str(self);
    }
}

impl Text for String {
    fn say(&self, out: &mut String) {
        out.push_str(self);
    }
}

macro_rules! whole {
    ($($number:ty)*) => {
        $(impl Text for $number {
            fn say(&self, out: &mut String) {
                write_whole(*self as i64, out);
            }
        })*
    };
}

whole!(u8 u16 u32 i8 i16 i32 i64 usize);

/// A number with so many digits, zeros before it: of more digits only the last ones.
pub fn digits(number: u16, count: u32, out: &mut String) {
    for place in (0..count).rev() {
        out.push(char::from(b'0' + (number / 10_u16.pow(place) % 10) as u8));
    }
}

/// Texts one after the other, with something between them.
pub fn joined(parts: &[String], between: &str) -> String {
    let mut all = String::new();
    for (place, part) in parts.iter().enumerate() {
        if place > 0 {
            all.push_str(between);
        }
        all.push_str(part);
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{FactId, Fen, HouseholdId, MenuCode, Quantity, Wall};
    use proptest::prelude::*;

    #[test]
    fn values_stand_in_their_places() {
        let (boxes, menu): (u16, MenuCode) = (3, "A".parse().expect("a code"));
        let words = text!("{menu} × {boxes}, {}: {}", HouseholdId(7), "门口".to_owned());
        assert_eq!(words, format!("{menu} × {boxes}, {}: {}", HouseholdId(7), "门口"));
        assert_eq!(text!("nothing"), "nothing");
        assert_eq!(text!(""), "");
    }

    proptest! {
        #[test]
        fn texts_are_joined_as_the_standard_library_joins_them(parts: Vec<String>, between: String) {
            prop_assert_eq!(joined(&parts, &between), parts.join(&between));
        }

        #[test]
        fn a_text_says_what_the_general_formatting_says(
            number: i64, small: u16, day in 1_u8..29, time in (0_u8..24, 0_u8..60), bytes: [u8; 10], thousandths in 0_u64..9_999_999_999,
        ) {
            prop_assert_eq!(number.text(), number.to_string());
            prop_assert_eq!(text!("{small}"), small.to_string());
            let id = FactId::new(number, bytes);
            prop_assert_eq!(id.text(), format!("{:?}", id));
            let fen = number / 100;
            let sign = if fen < 0 { "-" } else { "" };
            let yuan = format!("{sign}{}.{:02}", fen.unsigned_abs() / 100, fen.unsigned_abs() % 100);
            prop_assert_eq!(Fen(fen).text(), yuan);
            let decimal = format!("{}.{:03}", thousandths / 1_000, thousandths % 1_000);
            let decimal = decimal.trim_end_matches('0').trim_end_matches('.');
            prop_assert_eq!(Quantity(thousandths).text(), decimal);
            let wall = Wall { year: 2026, month: 1, day, hour: time.0, minute: time.1 };
            prop_assert_eq!(wall.text(), format!("2026-01-{day:02}T{:02}:{:02}", time.0, time.1));
        }
    }
}
