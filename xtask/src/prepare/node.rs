//! The npm packages of `tests/e2e`: wasm-opt, the minifier, the browser driver, axe.

use std::path::{Path, PathBuf};

use anyhow::Result;

use super::{Tool, system};
use crate::shell;

pub(crate) static PACKAGES: Tool = Tool {
    name: "npm packages",
    needed_for: "build (release), test",
    find: || (read(&stamp())? == read(&lockfile())?).then(|| "as in tests/e2e/package-lock.json".to_owned()),
    prepare,
    by_hand: "run `npm ci` in tests/e2e, then copy package-lock.json to node_modules/.installed",
};

/// The folder that holds the lockfile and `node_modules`.
pub(crate) fn folder() -> PathBuf {
    shell::root().join("tests/e2e")
}

/// A script inside an installed package.
pub(crate) fn script(path: &str) -> PathBuf {
    folder().join("node_modules").join(path)
}

fn prepare() -> Result<()> {
    system::NODE.ensure()?;
    // No browser download: the tests use the system's Chromium.
    shell::step(
        "npm ci",
        shell::command("npm")
            .current_dir(folder())
            .args(["ci", "--ignore-scripts", "--no-audit", "--no-fund"])
            .env("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1"),
    )?;
    std::fs::copy(lockfile(), stamp())?;
    Ok(())
}

fn lockfile() -> PathBuf {
    folder().join("package-lock.json")
}

fn stamp() -> PathBuf {
    folder().join("node_modules/.installed")
}

fn read(path: &Path) -> Option<Vec<u8>> {
    std::fs::read(path).ok()
}
