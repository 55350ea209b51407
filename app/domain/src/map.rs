//! Ordered maps and sets. On the server the standard ones; on a phone, where a few hundred entries are many and every
//! type costs 8 KB of tree code, a sorted list with the part of their interface that the rules use. A test runs both
//! through the same operations.

#[cfg(not(target_arch = "wasm32"))]
pub use std::collections::{BTreeMap, BTreeSet};

#[cfg(target_arch = "wasm32")]
pub use flat::{FlatMap as BTreeMap, FlatSet as BTreeSet};

#[cfg(any(target_arch = "wasm32", test))]
mod flat;
