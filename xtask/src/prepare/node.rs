//! The npm packages of `tests/e2e` (wasm-opt, the minifier, the browser driver, axe), and Lighthouse, which is large and
//! for the bench alone.

use std::path::{Path, PathBuf};

use anyhow::Result;

use super::{Tool, system};
use crate::shell;

pub(crate) static PACKAGES: Tool = Tool {
    name: "npm packages",
    needed_for: "build (release), test",
    find: || is_installed(&folder()).then(|| "as in tests/e2e/package-lock.json".to_owned()),
    prepare: || install(&folder()),
    by_hand: "run `npm ci` in tests/e2e, then copy package-lock.json to node_modules/.installed",
};

pub(crate) static LIGHTHOUSE: Tool = Tool {
    name: "Lighthouse",
    needed_for: "bench",
    find: || {
        is_installed(&lighthouse_folder()).then(|| "as in tests/lighthouse/package-lock.json".to_owned())
    },
    prepare: || install(&lighthouse_folder()),
    by_hand: "run `npm ci` in tests/lighthouse, then copy package-lock.json to node_modules/.installed",
};

/// The folder of the browser tests, with their lockfile and `node_modules`.
pub(crate) fn folder() -> PathBuf {
    shell::root().join("tests/e2e")
}

/// The same for Lighthouse.
pub(crate) fn lighthouse_folder() -> PathBuf {
    shell::root().join("tests/lighthouse")
}

/// A script inside an installed package.
pub(crate) fn script(path: &str) -> PathBuf {
    folder().join("node_modules").join(path)
}

fn install(folder: &Path) -> Result<()> {
    system::NODE.ensure()?;
    // No browser download: the tests use the system's Chromium.
    shell::step(
        "npm ci",
        shell::command("npm")
            .current_dir(folder)
            .args(["ci", "--ignore-scripts", "--no-audit", "--no-fund"])
            .env("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1"),
    )?;
    std::fs::copy(lockfile(folder), stamp(folder))?;
    Ok(())
}

/// Whether what is installed is what the lockfile says.
fn is_installed(folder: &Path) -> bool {
    let read = |path: &Path| std::fs::read(path).ok();
    read(&stamp(folder)).is_some_and(|installed| read(&lockfile(folder)) == Some(installed))
}

fn lockfile(folder: &Path) -> PathBuf {
    folder.join("package-lock.json")
}

fn stamp(folder: &Path) -> PathBuf {
    folder.join("node_modules/.installed")
}
