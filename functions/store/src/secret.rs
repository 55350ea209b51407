//! Tokens and what the table keeps of them: a SHA-256, never the token. No debug line shows one.

use sha2::{Digest, Sha256};
use std::fmt;

macro_rules! token {
    ($(#[$doc:meta])* $name:ident, $purpose:literal) => {
        $(#[$doc])*
        #[derive(Clone, PartialEq, Eq)]
        pub struct $name([u8; 32]);

        impl $name {
            /// A token from 256 random bits.
            #[must_use]
            pub fn from_random(bits: [u8; 32]) -> Self {
                Self(bits)
            }

            /// A new token from the system's randomness.
            ///
            /// # Panics
            /// When the system has no randomness, which nothing here could make up for.
            #[must_use]
            pub fn random() -> Self {
                Self(random())
            }

            /// Reads a token as it stands in a cookie or header; `None` for anything else.
            #[must_use]
            pub fn parse(text: &str) -> Option<Self> {
                parse_hex(text).map(Self)
            }

            /// The token as text: for the cookie or header, never for a log line.
            #[must_use]
            pub fn text(&self) -> String {
                hex(&self.0)
            }

            /// What the table keeps of it.
            pub(crate) fn hash(&self) -> String {
                hash($purpose, &[&self.0])
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(concat!(stringify!($name), "(…)"))
            }
        }
    };
}

token! {
    /// The session's token, in the browser's cookie.
    SessionToken, "session"
}

token! {
    /// The token that can only hand in facts of the one who got it, stored beside them on the phone.
    HandInToken, "hand-in"
}

/// SHA-256 of `parts` for one purpose, as hexadecimal text. The lengths are hashed too, so that
/// parts never run into each other.
pub(crate) fn hash(purpose: &str, parts: &[&[u8]]) -> String {
    let mut hasher = Sha256::new();
    for part in std::iter::once(purpose.as_bytes()).chain(parts.iter().copied()) {
        hasher.update(u64::try_from(part.len()).unwrap_or(u64::MAX).to_be_bytes());
        hasher.update(part);
    }
    hex(&hasher.finalize())
}

/// Bytes from the system's randomness.
pub(crate) fn random<const N: usize>() -> [u8; N] {
    let mut bytes = [0; N];
    getrandom::fill(&mut bytes).expect("the system has randomness");
    bytes
}

pub(crate) fn hex(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    let digit = |value: u8| char::from(DIGITS[usize::from(value)]);
    bytes.iter().flat_map(|byte| [digit(byte >> 4), digit(byte & 15)]).collect()
}

pub(crate) fn parse_hex<const N: usize>(text: &str) -> Option<[u8; N]> {
    let text = text.as_bytes();
    if text.len() != 2 * N {
        return None;
    }
    let mut bytes = [0; N];
    for (byte, pair) in bytes.iter_mut().zip(text.chunks(2)) {
        let value = |c: u8| char::from(c).to_digit(16).and_then(|value| u8::try_from(value).ok());
        *byte = value(pair[0])? << 4 | value(pair[1])?;
    }
    Some(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_survives_its_cookie_and_shows_nothing_of_itself() {
        let token = SessionToken::from_random([0xa5; 32]);
        assert_eq!(SessionToken::parse(&token.text()), Some(token.clone()));
        assert_eq!(format!("{token:?}"), "SessionToken(…)");
        for bad in ["", "a5", &"g".repeat(64), &"Ａ".repeat(64), &"a".repeat(65)] {
            assert_eq!(SessionToken::parse(bad), None);
        }
        assert_ne!(SessionToken::random(), SessionToken::random());
    }

    #[test]
    fn the_same_bits_are_something_else_for_another_purpose() {
        let bits = [7; 32];
        assert_ne!(SessionToken::from_random(bits).hash(), HandInToken::from_random(bits).hash());
        assert_ne!(hash("x", &[b"ab", b"c"]), hash("x", &[b"a", b"bc"]));
    }
}
