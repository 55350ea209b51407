//! `cargo xtask cost --update-from COMMIT`: what a resident's phone downloads that has the program of that commit and
//! needs this one. What it prints is kept in `cost/updates.json`, by which a month's update is counted.

use std::process::ExitCode;

use anyhow::{Context, Result};
use serde_json::{Value, json};

use crate::site::{self, Speed};
use crate::{say, shell};

const AUDIENCE: &str = "resident";

/// Builds what phones download at `commit`, then here, and prints how much differs.
pub(super) fn measure(commit: &str) -> Result<ExitCode> {
    let elsewhere = shell::target("update-from");
    let folder = elsewhere.to_string_lossy().into_owned();
    // What an earlier try left behind.
    let _ = shell::quietly(shell::command("git").args(["worktree", "remove", "--force", &folder]));
    shell::run(shell::command("git").args(["worktree", "add", "--detach", &folder, commit]))?;
    let mut build = shell::cargo();
    build.current_dir(&elsewhere).args(["run", "--package", "xtask", "--", "build"]);
    shell::run(build.env_remove("CARGO_TARGET_DIR"))?;
    let earlier = pack(&elsewhere.join("target/site"))?;
    shell::run(shell::command("git").args(["worktree", "remove", "--force", &folder]))?;
    site::build(Speed::Release)?;
    let later = pack(&site::folder())?;
    let (whole, less) = site::difference::sizes(AUDIENCE, &earlier, &later)?;
    let short = |of: &str| {
        let name = shell::quietly(shell::command("git").args(["rev-parse", "--short", of]))?;
        Ok::<String, anyhow::Error>(String::from_utf8(name)?.trim().to_owned())
    };
    let line = json!({ "from": short(commit)?, "to": short("HEAD")?, "whole": whole, "difference": less });
    say::result(&line.to_string());
    Ok(ExitCode::SUCCESS)
}

/// What a release changes, whole.
fn pack(site: &std::path::Path) -> Result<Vec<u8>> {
    let manifest: Value = serde_json::from_slice(&std::fs::read(site.join("assets.json"))?)?;
    let path = manifest[AUDIENCE]["update"].as_str().context("a release without a pack")?;
    Ok(std::fs::read(site.join(path.trim_start_matches('/')))?)
}
