//! JSON as a phone reads and writes it: one walk makes a tree of values, [`Json`] takes each type out of it. The text
//! is that of `serde_json`, which the server uses; a property test holds both against each other. A phone's program
//! has no room for `serde`'s own derives (155 KB of 670): there every type brings a visitor, here a few calls.
//!
//! It says no, but not why, and knows no fractions, because no fact, price or time has one.

use crate::map::{BTreeMap, BTreeSet};

pub use macros::Json;

mod values;
mod walk;

pub use values::write_whole;
pub use walk::Node;
use walk::parse;

/// A type with a form in JSON. Derived; the attributes are `serde`'s.
pub trait Json: Sized {
    /// Reads it; `None` for anything that is not exactly one of its kind.
    fn read(node: &Node<'_>) -> Option<Self>;

    /// Writes it at the end of a text.
    fn write(&self, out: &mut String);

    /// Writes a structure's fields, each with a comma behind it, for whoever contains it `flatten`ed.
    fn entries(&self, out: &mut String) {
        let _ = out;
    }
}

/// Reads a text; `None` for anything that is not exactly one of its kind.
#[must_use]
pub fn read<T: Json>(text: &str) -> Option<T> {
    T::read(&parse(text)?)
}

/// Writes a text.
#[must_use]
pub fn text<T: Json>(value: &T) -> String {
    let mut out = String::new();
    value.write(&mut out);
    out
}

/// A value of a closed list as the bare word that stands for it, as forms send it.
#[must_use]
pub fn word<T: Json>(value: &T) -> String {
    unquoted(text(value))
}

fn unquoted(mut word: String) -> String {
    word.retain(|sign| sign != '"');
    word
}

impl Node<'_> {
    /// A field of a map; [`Node::Missing`] where there is none.
    #[must_use]
    pub fn get(&self, key: &str) -> &Self {
        let Self::Map(entries) = self else { return &Node::Missing };
        entries.iter().find(|(known, _)| known == key).map_or(&Node::Missing, |(_, node)| node)
    }

    /// Whether there is nothing.
    #[must_use]
    pub fn missing(&self) -> bool {
        matches!(self, Self::Missing)
    }

    /// Exactly so many items of a list.
    #[must_use]
    pub fn items(&self, count: usize) -> Option<&[Self]> {
        match self {
            Self::List(items) if items.len() == count => Some(items),
            _ => None,
        }
    }

    /// The place of a variant's name among all names, and what it holds: a word alone, or a map of one entry.
    #[must_use]
    pub fn choice(&self, names: &[&str]) -> Option<(usize, &Self)> {
        let (name, content) = match self {
            Self::Text(name) => (name, &Node::Missing),
            Self::Map(entries) => match entries.as_slice() {
                [(name, content)] => (name, content),
                _ => return None,
            },
            _ => return None,
        };
        names.iter().position(|known| known == name).map(|place| (place, content))
    }

    /// A number, or a number that is a map's key and therefore stands in quotes.
    fn whole(&self) -> Option<i64> {
        match self {
            Self::Whole(number) => Some(*number),
            Self::Text(text) => text.parse().ok(),
            _ => None,
        }
    }

    fn word(&self) -> Option<&str> {
        match self {
            Self::Text(text) => Some(text),
            _ => None,
        }
    }
}

/// A field with `default`.
#[must_use]
pub fn or_default<T: Json + Default>(node: &Node<'_>) -> Option<T> {
    if node.missing() { Some(T::default()) } else { T::read(node) }
}

/// A map of a structure's fields.
pub fn write_map(value: &impl Json, out: &mut String) {
    out.push('{');
    value.entries(out);
    close('}', out);
}

/// A name in quotes: bare in the program, so that reading and writing share it.
pub fn write_word(name: &str, out: &mut String) {
    out.push('"');
    out.push_str(name);
    out.push('"');
}

/// A field with its comma.
pub fn write_entry(key: &str, value: &impl Json, out: &mut String) {
    write_word(key, out);
    out.push(':');
    write_item(value, out);
}

/// An item of a list with its comma.
pub fn write_item(value: &impl Json, out: &mut String) {
    value.write(out);
    out.push(',');
}

/// Ends a map or list after its last entry.
pub fn close(with: char, out: &mut String) {
    if out.ends_with(',') {
        out.pop();
    }
    out.push(with);
}

/// A variant up to what it holds.
fn open_variant(tag: &str, out: &mut String) {
    out.push('{');
    write_word(tag, out);
    out.push(':');
}

/// A variant up to the fields or items that it holds.
pub fn open(tag: &str, with: char, out: &mut String) {
    open_variant(tag, out);
    out.push(with);
}

/// A variant with the one thing that it holds.
pub fn write_tagged(tag: &str, value: &impl Json, out: &mut String) {
    open_variant(tag, out);
    value.write(out);
    out.push('}');
}

impl<K: Json + Ord, V: Json> Json for BTreeMap<K, V> {
    fn read(node: &Node<'_>) -> Option<Self> {
        let Node::Map(entries) = node else { return None };
        entries.iter().map(|(key, value)| Some((K::read(&Node::key(key))?, V::read(value)?))).collect()
    }

    fn write(&self, out: &mut String) {
        out.push('{');
        for (key, value) in self {
            let key = text(key);
            let quote = if key.starts_with('"') { "" } else { "\"" };
            for part in [quote, &key, quote, ":"] {
                out.push_str(part);
            }
            write_item(value, out);
        }
        close('}', out);
    }
}

impl<T: Json + Ord> Json for BTreeSet<T> {
    fn read(node: &Node<'_>) -> Option<Self> {
        let Node::List(items) = node else { return None };
        items.iter().map(T::read).collect()
    }

    fn write(&self, out: &mut String) {
        out.push('[');
        for item in self {
            write_item(item, out);
        }
        close(']', out);
    }
}

#[cfg(test)]
mod tests;
