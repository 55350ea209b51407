//! The number on a paper order form: which household and which run, with a last digit that notices a slip of the
//! finger. Digits and points only, so that one hand on the number keys types it: `857.12.3`.
//!
//! It opens nothing by itself: only who may order on behalf can use it.

use std::fmt;

use crate::ids::{HouseholdId, RunId};

/// A household's order form of one run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FormCode {
    /// Whose form.
    pub household: HouseholdId,
    /// For which window.
    pub run: RunId,
}

/// The digits have the shape of a code, but do not belong together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Mistyped;

/// Damm's table: its check digit notices every wrong digit and every two neighbours exchanged.
/// Source: H. M. Damm, "Total anti-symmetrische Quasigruppen", Marburg 2004.
const DAMM: [[u8; 10]; 10] = [
    [0, 3, 1, 7, 5, 9, 8, 6, 4, 2],
    [7, 0, 9, 2, 1, 5, 4, 8, 6, 3],
    [4, 2, 0, 6, 8, 7, 1, 3, 5, 9],
    [1, 7, 5, 0, 9, 8, 3, 4, 2, 6],
    [6, 1, 2, 3, 0, 4, 5, 9, 7, 8],
    [3, 6, 7, 4, 2, 0, 9, 5, 8, 1],
    [5, 8, 6, 9, 7, 2, 0, 1, 3, 4],
    [8, 9, 4, 5, 3, 6, 2, 0, 1, 7],
    [9, 4, 3, 8, 6, 1, 7, 2, 0, 5],
    [2, 5, 8, 1, 4, 3, 6, 7, 9, 0],
];

impl FormCode {
    /// Reads what somebody typed; `None` if it does not look like a code at all (a door, a name).
    #[must_use]
    pub fn parse(typed: &str) -> Option<Result<Self, Mistyped>> {
        let plain: String = typed.trim().chars().map(plain).collect();
        let parts: Vec<&str> = plain.split('.').collect();
        let [household, run, check] = parts[..] else { return None };
        let digits = |part: &str| (1..=9).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_digit());
        if !digits(household) || !digits(run) || check.len() != 1 || !digits(check) {
            return None;
        }
        let (Ok(household), Ok(run)) = (household.parse(), run.parse()) else { return Some(Err(Mistyped)) };
        let code = Self { household, run };
        let right = check.parse() == Ok(code.check());
        Some(if right { Ok(code) } else { Err(Mistyped) })
    }

    fn check(self) -> u8 {
        // The point counts as a 0, so that a digit moved across it is noticed by the one before.
        let text = format!("{}0{}", self.household, self.run);
        text.bytes().fold(0, |state, digit| DAMM[usize::from(state)][usize::from(digit - b'0')])
    }
}

impl fmt::Display for FormCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}.{}", self.household, self.run, self.check())
    }
}

/// Chinese keyboards write wide digits and other points.
fn plain(c: char) -> char {
    match c {
        '０'..='９' => char::from_u32(u32::from(c) - u32::from('０') + u32::from('0')).unwrap_or(c),
        '。' | '．' | '·' | '、' | ',' | '，' => '.',
        _ => c,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn a_code_is_read_back_and_one_wrong_digit_is_noticed(
            household in 1u32..2_000_000, run in 1u32..20_000, place in 0usize..20, other in 0u8..10
        ) {
            let code = FormCode { household: HouseholdId(household), run: RunId(run) };
            let text = code.to_string();
            prop_assert_eq!(FormCode::parse(&text), Some(Ok(code)));
            let mut wrong = text.clone().into_bytes();
            let place = place % wrong.len();
            prop_assume!(wrong[place] != b'.' && wrong[place] != b'0' + other);
            // A first digit that became 0 is another number with the same digits behind it.
            prop_assume!(other != 0);
            wrong[place] = b'0' + other;
            let wrong = String::from_utf8(wrong).expect("digits");
            prop_assert_eq!(FormCode::parse(&wrong), Some(Err(Mistyped)));
        }
    }

    #[test]
    fn it_is_typed_on_any_keyboard_and_a_door_is_not_taken_for_one() {
        let code = FormCode { household: HouseholdId(857), run: RunId(12) };
        let wide = code.to_string().replace('8', "８").replacen('.', "。", 1);
        assert_eq!(FormCode::parse(&format!(" {wide} ")), Some(Ok(code)));
        for other in ["3-2-1101", "1101", "王", "", "1.2", "1.2.34", "a.b.c"] {
            assert_eq!(FormCode::parse(other), None, "{other}");
        }
    }
}
