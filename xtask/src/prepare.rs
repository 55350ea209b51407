//! What a bare machine lacks and how each thing gets there. One small file a tool; nothing here
//! builds the product itself.

pub(crate) mod cargo_lambda;
pub(crate) mod debian;
pub(crate) mod dynamodb_local;
pub(crate) mod go;
pub(crate) mod node;
pub(crate) mod pebble;
pub(crate) mod system;
pub(crate) mod wasm_target;

use anyhow::{Result, bail};

use crate::say;

/// Something that has to be on the machine before a part of the work can start.
pub(crate) struct Tool {
    /// What it is called in the messages.
    pub(crate) name: &'static str,
    /// Which commands need it.
    pub(crate) needed_for: &'static str,
    /// Where it is, or its version; `None` when it is missing.
    pub(crate) find: fn() -> Option<String>,
    /// Brings it here, saying each step.
    pub(crate) prepare: fn() -> Result<()>,
    /// What a person does on a system that `prepare` can't handle.
    pub(crate) by_hand: &'static str,
}

impl Tool {
    /// Finds the tool, or brings it here, or says plainly what to do.
    pub(crate) fn ensure(&self) -> Result<()> {
        if (self.find)().is_some() {
            return Ok(());
        }
        say::heading(&format!("{} is missing: preparing it", self.name));
        let outcome = (self.prepare)();
        if (self.find)().is_some() {
            return Ok(());
        }
        let reason =
            outcome.err().map_or_else(|| "it is still not found".to_owned(), |error| format!("{error:#}"));
        bail!("{} could not be prepared: {reason}\n\nBy hand: {}", self.name, self.by_hand);
    }
}

/// Every tool, in the order in which they build on each other.
pub(crate) fn all() -> [&'static Tool; 12] {
    [
        &wasm_target::TOOL,
        &system::NODE,
        &node::PACKAGES,
        &system::CHROMIUM,
        &system::CHINESE_FONTS,
        &system::PDF_TOOLS,
        &system::JAVA,
        &dynamodb_local::TOOL,
        &pebble::TOOL,
        &cargo_lambda::TOOL,
        &node::LIGHTHOUSE,
        &system::VALGRIND,
    ]
}
