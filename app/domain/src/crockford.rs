//! Codes that people read from paper: Crockford base32 with one check character, and the mistakes a reader may make.
//!
//! No secrets are made here: the random bits come in from the caller. Code types have no `Display` and a `Debug`
//! that shows nothing, so that a code can't slip into a log line; whoever prints one asks for its text.
//!
//! The check character makes the sum of `a^i * c_i` over GF(32) zero (`a` primitive, `i` counted from the end).
//! Every wrong character and every swap of two different characters, neighbours or not, changes the sum, which
//! a sum modulo 32 would not promise and Crockford's own modulo 37 only with five signs that no keypad has.

use std::fmt;

/// The digits and letters of Crockford's base32: no I, L, O or U.
const ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/// Why a text is not the code it should be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum CodeError {
    /// Nothing was typed.
    #[error("the code is empty")]
    Empty,
    /// A character that no code contains, such as U or a Chinese character.
    #[error("a character that no code contains")]
    Character(char),
    /// Too few or too many characters, separators not counted.
    #[error("{found} characters instead of {expected}")]
    Length {
        /// How many characters a code of this kind has.
        expected: usize,
        /// How many were there.
        found: usize,
    },
    /// The right number of characters, but at least one is wrong or two changed places.
    #[error("the check character does not fit: one character is wrong, or two changed places")]
    Check,
}

/// The value of a character as people type it: either case, O for 0, I and L for 1, full-width forms.
fn value_of(character: char) -> Option<u8> {
    // A Chinese keyboard in full-width mode gives U+FF01..U+FF5E for the ASCII characters.
    let narrow = match character {
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(character) - 0xfee0)?,
        other => other,
    };
    let letter = match narrow.to_ascii_uppercase() {
        'O' => '0',
        'I' | 'L' => '1',
        other => other,
    };
    let place = ALPHABET.iter().position(|&known| char::from(known) == letter)?;
    u8::try_from(place).ok()
}

/// Signs that people put between groups: they carry nothing.
fn separates(character: char) -> bool {
    character.is_whitespace()
        || matches!(character, '-' | '_' | '.' | '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{ff0d}')
}

/// `value * a` in GF(32) with the primitive polynomial `x^5 + x^2 + 1`.
const fn times_a(value: u8) -> u8 {
    let shifted = value << 1;
    if shifted & 0b10_0000 == 0 { shifted } else { shifted ^ 0b10_0101 }
}

/// The character that makes `data` followed by it a code.
fn check_of(data: &[u8]) -> u8 {
    // Horner from the left: each step multiplies what came before by `a` once more.
    data.iter().fold(0, |sum, &value| times_a(sum ^ value))
}

/// `N` characters of base32, the last of which checks the others. At most 31, so that no two places weigh the same.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct Checked<const N: usize>([u8; N]);

impl<const N: usize> Checked<N> {
    /// Takes the leading bits of `bytes`, five a character; missing bits are zero, bits beyond are not used.
    pub(crate) fn from_bits(bytes: &[u8]) -> Self {
        let bit = |at: usize| bytes.get(at / 8).map_or(0, |byte| byte >> (7 - at % 8) & 1);
        let mut symbols = [0; N];
        for (place, symbol) in symbols.iter_mut().take(N - 1).enumerate() {
            *symbol = (0..5).fold(0, |value, next| value << 1 | bit(place * 5 + next));
        }
        symbols[N - 1] = check_of(&symbols[..N - 1]);
        Self(symbols)
    }

    /// The first bits of its data, as [`Checked::from_bits`] took them.
    pub(crate) fn bits<const M: usize>(&self) -> [u8; M] {
        let bit = |at: usize| self.0.get(at / 5).map_or(0, |symbol| symbol >> (4 - at % 5) & 1);
        std::array::from_fn(|byte| (0..8).fold(0, |value, next| value << 1 | bit(byte * 8 + next)))
    }

    /// The shorter code that begins like this one. Its own check character ends it.
    pub(crate) fn shortened<const M: usize>(&self) -> Checked<M> {
        const { assert!(M < N) };
        let mut symbols = [0; M];
        symbols[..M - 1].copy_from_slice(&self.0[..M - 1]);
        symbols[M - 1] = check_of(&symbols[..M - 1]);
        Checked(symbols)
    }

    /// Reads a code as printed or typed.
    pub(crate) fn parse(text: &str) -> Result<Self, CodeError> {
        const { assert!(N >= 2 && N <= 31) };
        let mut symbols = [0; N];
        let mut found = 0;
        for character in text.chars().filter(|&character| !separates(character)) {
            let value = value_of(character).ok_or(CodeError::Character(character))?;
            if let Some(symbol) = symbols.get_mut(found) {
                *symbol = value;
            }
            found += 1;
        }
        match found {
            0 => Err(CodeError::Empty),
            _ if found != N => Err(CodeError::Length { expected: N, found }),
            _ if check_of(&symbols[..N - 1]) != symbols[N - 1] => Err(CodeError::Check),
            _ => Ok(Self(symbols)),
        }
    }

    /// The characters, the check character last.
    pub(crate) fn text(&self) -> String {
        self.0.iter().map(|&value| char::from(ALPHABET[usize::from(value)])).collect()
    }

    /// The characters in groups of `size`, for paper: `7K2M-Q9XD`.
    pub(crate) fn grouped(&self, size: usize) -> String {
        let mut grouped = String::new();
        for (place, letter) in self.text().chars().enumerate() {
            if place > 0 && place % size == 0 {
                grouped.push('-');
            }
            grouped.push(letter);
        }
        grouped
    }

    /// The value of the last character before the check character: where bits that no byte filled would show.
    pub(crate) fn last_data(&self) -> u8 {
        self.0[N - 2]
    }
}

impl<const N: usize> fmt::Debug for Checked<N> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("…")
    }
}

/// Gives a code type its text form on the wire and reading from text. `Debug` shows the kind only.
macro_rules! code_type {
    ($(#[$doc:meta])* $name:ident, $length:literal) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize, $crate::json::Json)]
        #[serde(into = "String", try_from = "String")]
        pub struct $name($crate::crockford::Checked<$length>);

        impl $name {
            /// How many characters it has, the check character included.
            pub const LENGTH: usize = $length;

            /// The code as plain characters, upper case, no separators. The one way to get at it: never log it.
            #[must_use]
            pub fn text(&self) -> String {
                self.0.text()
            }
        }

        impl std::str::FromStr for $name {
            type Err = $crate::crockford::CodeError;
            fn from_str(text: &str) -> Result<Self, Self::Err> {
                Self::parse(text)
            }
        }

        impl From<$name> for String {
            fn from(code: $name) -> Self {
                code.text()
            }
        }

        impl TryFrom<String> for $name {
            type Error = $crate::crockford::CodeError;
            fn try_from(text: String) -> Result<Self, Self::Error> {
                Self::parse(&text)
            }
        }
    };
}
pub(crate) use code_type;

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn every_power_of_a_is_another_weight() {
        let mut weight = 1;
        let mut seen = std::collections::BTreeSet::new();
        for _ in 0..31 {
            seen.insert(weight);
            weight = times_a(weight);
        }
        assert_eq!(seen.len(), 31, "31 places can be told apart");
        assert_eq!(weight, 1);
    }

    #[test]
    fn a_code_is_read_as_people_type_it() {
        let code = Checked::<8>::from_bits(&[0x00, 0x40, 0x10, 0x84, 0x00]);
        assert_eq!(code.grouped(4), "0101-110P", "printed");
        for typed in ["0101-110P", "oIoL iLOp", "０１０１－１１０Ｐ", " 0101 110P ", "0l01–1I0p"] {
            assert_eq!(Checked::<8>::parse(typed), Ok(code), "{typed}");
        }
        assert_eq!(Checked::<8>::parse(" - "), Err(CodeError::Empty));
        assert_eq!(Checked::<8>::parse("1111-111"), Err(CodeError::Length { expected: 8, found: 7 }));
        assert_eq!(Checked::<8>::parse("1111-11101"), Err(CodeError::Length { expected: 8, found: 9 }));
        assert_eq!(Checked::<8>::parse("1111-111U"), Err(CodeError::Character('U')));
        assert_eq!(Checked::<8>::parse("门牌1111"), Err(CodeError::Character('门')));
        assert_eq!(Checked::<8>::parse("1010-110P"), Err(CodeError::Check));
    }

    proptest! {
        #[test]
        fn one_wrong_character_is_always_noticed(bytes: [u8; 13], place in 0usize..21, other in 1u8..32) {
            let good = Checked::<21>::from_bits(&bytes);
            let mut wrong = good;
            wrong.0[place] = (wrong.0[place] + other) % 32;
            prop_assert_eq!(Checked::<21>::parse(&good.text()), Ok(good));
            prop_assert_eq!(Checked::<21>::parse(&wrong.text()), Err(CodeError::Check));
        }

        #[test]
        fn two_characters_that_changed_places_are_always_noticed(bytes: [u8; 16], a in 0usize..27, b in 0usize..27) {
            let good = Checked::<27>::from_bits(&bytes);
            prop_assume!(good.0[a] != good.0[b]);
            let mut swapped = good;
            swapped.0.swap(a, b);
            prop_assert_eq!(Checked::<27>::parse(&swapped.text()), Err(CodeError::Check));
        }

        #[test]
        fn no_text_makes_the_reader_fail(text: String) {
            let _ = Checked::<8>::parse(&text);
        }
    }
}
