//! Finds a function's own binary, and has cargo build it where nobody did: once a test run.

use std::collections::HashMap;
use std::path::PathBuf;
use std::process::Command;
use std::sync::{Mutex, PoisonError};

/// The binary of a function. Built with the packages and the profile of this test binary, so that only the last step
/// is new.
pub(crate) fn path(name: &str) -> PathBuf {
    static BUILT: Mutex<Option<HashMap<String, PathBuf>>> = Mutex::new(None);
    if let Some(folder) = std::env::var_os("FUNCTIONS_DIR") {
        return PathBuf::from(folder).join(name);
    }
    let mut built = BUILT.lock().unwrap_or_else(PoisonError::into_inner);
    let built = built.get_or_insert_default();
    built.entry(name.to_owned()).or_insert_with(|| build(name)).clone()
}

fn build(name: &str) -> PathBuf {
    // `target/debug/deps/all-...`
    let this = std::env::current_exe().expect("a test binary knows where it is");
    let folder = this.ancestors().nth(2).expect("two folders up").to_owned();
    let mut cargo = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    cargo
        .args(["build", "--quiet", "--workspace", "--exclude", "xtask", "--bin", name])
        .current_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/.."));
    if folder.ends_with("release") {
        cargo.arg("--release");
    }
    // Variables of the package under test would make build scripts run again.
    for (variable, _) in std::env::vars_os() {
        let text = variable.to_string_lossy();
        if text.starts_with("CARGO_PKG_") || text.starts_with("CARGO_MANIFEST_") {
            cargo.env_remove(&variable);
        }
    }
    let built = cargo.status().expect("cargo can be started");
    assert!(built.success(), "the function `{name}` does not build");
    folder.join(name)
}
