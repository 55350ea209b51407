//! Pebble: an authority for certificates that runs on this machine, by which `--acme` is tested.

use std::path::PathBuf;

use super::{Tool, go};
use crate::{say, shell};

const MODULE: &str = "github.com/letsencrypt/pebble/v2/cmd/pebble";
const VERSION: &str = "2.10.3";

pub(crate) static TOOL: Tool = Tool {
    name: "Pebble",
    needed_for: "test (certificates by --acme; skipped without it)",
    find: || {
        let program = folder().join("pebble");
        program.is_file().then(|| VERSION.to_owned())
    },
    prepare: || go::install(&folder(), MODULE, VERSION).map(drop),
    by_hand: "install Go 1.25 or newer",
};

/// The program, or one line that says why the tests of `--acme` are skipped.
pub(crate) fn program() -> Option<PathBuf> {
    match go::install(&folder(), MODULE, VERSION) {
        Ok(program) => Some(program),
        Err(reason) => {
            let reason = format!("{reason:#}");
            let first = reason.lines().next().unwrap_or_default();
            say::line(&format!("    certificates by --acme: skipped, no Pebble: {first}"));
            None
        }
    }
}

fn folder() -> PathBuf {
    shell::target("pebble").join(VERSION)
}
