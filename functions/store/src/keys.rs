//! Every key string of both tables, each from one typed function, by subject. No other file spells
//! one. What is stored under a key is decided in the module of its entity; `ARCHITECTURE.md` lists who
//! asks for what.

mod community;
mod household;
mod moving;
mod push;
mod run;
mod sessions;
mod tally;

pub(crate) use community::*;
pub(crate) use household::*;
pub(crate) use moving::*;
pub(crate) use push::*;
pub(crate) use run::*;
pub(crate) use sessions::*;
pub(crate) use tally::*;

use crate::item::Key;
use domain::actor::Signed;

/// Sorts after every character a sort key of ours goes on with.
const END: &str = "~";

/// The version of what happens in a partition.
pub(crate) fn version(pk: String) -> Key {
    Key::from_parts(pk, VERSION)
}

/// The sort key of version items.
pub(crate) const VERSION: &str = "!VERSION";

/// Somebody, inside a key.
pub(crate) fn who(signed: Signed) -> String {
    match signed {
        Signed::Household(id) => format!("H{id}"),
        Signed::Person(id, _) => format!("P{id}"),
        Signed::Clock => "K".to_owned(),
    }
}

#[cfg(test)]
mod tests;
