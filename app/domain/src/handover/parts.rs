//! The texts of the QR codes: a stream of bytes cut into parts that any phone's camera reads from another's screen.
//!
//! Letters and signs that QR codes have a short form for (RFC 9285, "Base45"), so that three of them carry two bytes.
//! Parts may be read in any order and more than once.

use super::bytes::{Reader, Writer, sum};
use super::rest::Rest;

/// What every such text begins with.
const PREFIX: &str = "LMH:";
/// Bytes in one code: with the rest of it a code of 57 modules, which a phone's screen shows large enough.
const BYTES: usize = 236;
/// The most codes: a tower of 400 doors has some 60.
pub const MAX_PARTS: usize = 120;

const SIGNS: &[u8; 45] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:";

/// Three signs for two bytes, two for a last one.
fn to_signs(bytes: &[u8]) -> String {
    let mut text = String::new();
    for pair in bytes.chunks(2) {
        let mut value = pair.iter().fold(0, |value, byte| value << 8 | usize::from(*byte));
        for _ in 0..=pair.len() {
            text.push(char::from(SIGNS[value % 45]));
            value /= 45;
        }
    }
    text
}

fn of_signs(text: &str) -> Option<Vec<u8>> {
    let mut bytes = Vec::new();
    for signs in text.as_bytes().chunks(3) {
        let mut value = 0;
        for sign in signs.iter().rev() {
            value = value * 45 + SIGNS.iter().position(|known| known == sign)?;
        }
        match (signs.len(), u16::try_from(value)) {
            (3, Ok(value)) => bytes.extend_from_slice(&value.to_be_bytes()),
            (2, Ok(value @ 0..=255)) => bytes.push(value as u8),
            _ => return None,
        }
    }
    Some(bytes)
}

/// The codes' texts of what [`super::written::Giver::bytes`] gives; `None` if it is too much to be shown.
#[must_use]
pub fn texts(mut bytes: Vec<u8>) -> Option<Vec<String>> {
    bytes.extend_from_slice(&sum(&bytes));
    let name = sum(&bytes);
    let count = bytes.len().div_ceil(BYTES);
    let mut texts = Vec::new();
    for (place, chunk) in bytes.chunks(BYTES).enumerate() {
        let mut part = Writer::default();
        part.raw(&name);
        part.number(place as u64);
        part.number(count as u64);
        part.raw(chunk);
        texts.push(PREFIX.to_owned() + &to_signs(&part.0));
    }
    (count <= MAX_PARTS).then_some(texts)
}

/// The codes that were read so far.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Collected {
    name: [u8; 4],
    parts: Vec<Option<Vec<u8>>>,
}

/// What one more code brought.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Heard {
    /// No code of a hand-over.
    NotOurs,
    /// One, and further ones are missing: how many were read, and how many there are.
    Partly(usize, usize),
    /// All of it.
    Whole(Box<Rest>),
    /// All codes were read and make no sense: cut off, or of a program that this one does not know.
    Damaged,
}

impl Collected {
    /// None so far.
    #[must_use]
    pub const fn new() -> Self {
        Self { name: [0; 4], parts: Vec::new() }
    }

    /// Takes a scanned text. A code of another hand-over begins anew.
    pub fn hear(&mut self, text: &str) -> Heard {
        let Some(signs) = text.strip_prefix(PREFIX) else { return Heard::NotOurs };
        let Some((name, place, count, chunk)) = of_signs(signs).as_deref().and_then(part) else {
            return Heard::Damaged;
        };
        if self.name != name || self.parts.len() != count {
            *self = Self { name, parts: vec![None; count] };
        }
        self.parts[place] = Some(chunk);
        let mut bytes = Vec::new();
        let mut read = 0;
        for part in self.parts.iter().flatten() {
            bytes.extend_from_slice(part);
            read += 1;
        }
        if read < count {
            return Heard::Partly(read, count);
        }
        let whole = bytes.split_last_chunk().filter(|(bytes, last)| sum(bytes) == **last);
        whole
            .and_then(|(bytes, _)| Rest::read(bytes))
            .map_or(Heard::Damaged, |rest| Heard::Whole(Box::new(rest)))
    }
}

type Part = ([u8; 4], usize, usize, Vec<u8>);

fn part(bytes: &[u8]) -> Option<Part> {
    let mut reader = Reader(bytes);
    let (name, place, count) = (reader.array()?, reader.small()?, reader.small()?);
    (place < count && count <= MAX_PARTS && reader.0.len() <= BYTES)
        .then(|| (name, place, count, reader.0.to_vec()))
}

/// The rest as one text, as it is kept on the phone.
#[must_use]
pub fn keep(rest: &Rest) -> String {
    to_signs(&rest.bytes)
}

/// Reads what [`keep`] wrote; `None` if an older program wrote it.
#[must_use]
pub fn kept(text: &str) -> Option<Rest> {
    Rest::read(&of_signs(text)?)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn the_signs_are_those_of_the_standard() {
        assert_eq!(to_signs(b"AB"), "BB8");
        assert_eq!(to_signs(b"base-45"), "UJCLQE7W581");
        assert_eq!(of_signs("QED8WEX0").as_deref(), Some(&b"ietf!"[..]));
        assert_eq!(of_signs("GGW"), None, "more than two bytes hold");
    }

    proptest! {
        #[test]
        fn bytes_come_back(bytes: Vec<u8>) {
            prop_assert_eq!(of_signs(&to_signs(&bytes)), Some(bytes));
        }

        #[test]
        fn a_strange_code_is_no_panic(texts in prop::collection::vec("LMH:[0-9A-Z $%*+./:-]{0,60}", 0..6)) {
            let mut collected = Collected::default();
            for text in texts {
                let _ = collected.hear(&text);
            }
        }
    }
}
