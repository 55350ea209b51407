//! `cargo xtask doctor`: what is on this machine, what isn't, and how each thing gets here.

use std::process::ExitCode;

use anyhow::Result;

use crate::prepare::{self, debian};
use crate::{say, shell};

/// Reports on every tool; installs nothing.
pub(crate) fn doctor() -> Result<ExitCode> {
    say::heading("this machine");
    let rustc = shell::first_line("rustc", &["--version"]).unwrap_or_else(|| "rustc not found".to_owned());
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    say::line(&format!("  {rustc}, {cores} cores, {}", std::env::consts::OS));
    if debian::here() {
        say::line("  Debian packages: what is missing is installed when a command needs it (root or sudo).");
    } else {
        say::line("  Not Debian: system programs have to be installed by hand, as said below.");
    }

    say::heading("tools");
    let mut missing = 0;
    for tool in prepare::all() {
        match (tool.find)() {
            Some(found) => say::line(&format!("  ok       {:<16} {found}", tool.name)),
            None => {
                missing += 1;
                say::line(&format!("  missing  {:<16} needed for {}", tool.name, tool.needed_for));
                let automatic = if debian::here() { "comes by itself when needed; " } else { "" };
                say::line(&format!("           {:<16} {automatic}by hand: {}", "", tool.by_hand));
            }
        }
    }
    say::line("");
    say::line(match missing {
        0 => "Everything is here: `cargo xtask run` and `cargo xtask test` start at once.",
        _ => "`cargo xtask run` needs the wasm target only; `cargo xtask test` needs all of them.",
    });
    Ok(ExitCode::SUCCESS)
}
