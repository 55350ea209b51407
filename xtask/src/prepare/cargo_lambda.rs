//! cargo-lambda from PyPI, in a folder of its own: it brings zig, which links for Lambda's machines.

use std::ffi::OsString;
use std::path::PathBuf;

use anyhow::{Context, Result};

use super::Tool;
use crate::shell;

/// Another version of zig may lay out a program differently.
const VERSION: &str = "cargo-lambda==1.9.2";
const MACHINE: &str = "aarch64-unknown-linux-gnu";

pub(crate) static TOOL: Tool = Tool {
    name: "cargo-lambda",
    needed_for: "package",
    find: || {
        let installed = std::fs::read_to_string(folder().join(".installed")).ok()?;
        let machines = shell::first_line("rustup", &["target", "list", "--installed"])
            .map(|_| shell::quietly(shell::command("rustup").args(["target", "list", "--installed"])));
        let can_build = machines?.ok().is_some_and(|list| String::from_utf8_lossy(&list).contains(MACHINE));
        (installed == VERSION && can_build).then(|| VERSION.to_owned())
    },
    prepare,
    by_hand: "python3 -m venv target/cargo-lambda, then in it `pip install cargo-lambda==1.9.2`, write the same words \
              into target/cargo-lambda/.installed, and `rustup target add aarch64-unknown-linux-gnu`. Without it no \
              function can be packed; `cargo xtask package --assets` packs the site alone",
};

/// The program.
pub(crate) fn program() -> PathBuf {
    folder().join("bin/cargo-lambda")
}

/// A `PATH` that leads to its zig first.
pub(crate) fn path() -> Result<OsString> {
    let rest = std::env::var_os("PATH").unwrap_or_default();
    let all = [folder().join("bin")].into_iter().chain(std::env::split_paths(&rest));
    std::env::join_paths(all).context("a folder of PATH has a sign in its name that PATH cannot hold")
}

fn prepare() -> Result<()> {
    shell::step("python venv", shell::command("python3").args(["-m", "venv"]).arg(folder()))?;
    shell::step(
        "pip install cargo-lambda",
        shell::command(folder().join("bin/pip")).args(["install", "--quiet", VERSION]),
    )?;
    shell::step("rustup target add", shell::command("rustup").args(["target", "add", MACHINE]))?;
    std::fs::write(folder().join(".installed"), VERSION)?;
    Ok(())
}

fn folder() -> PathBuf {
    shell::target("cargo-lambda")
}
