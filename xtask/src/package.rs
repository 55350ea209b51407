//! `cargo xtask package`: what Terraform uploads. The functions for arm64 as zips, the site's files for S3 with their
//! headers, and how large each is. Two builds of one commit give the same bytes: `--twice` builds the commit once more in
//! another folder and compares.

mod assets;
mod functions;
mod zip_file;

use std::process::ExitCode;

use anyhow::{Context, Result};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use crate::site::{self, Speed};
use crate::{say, shell};

pub(crate) use functions::SMALLER_PAGES;

/// Builds everything into `target/package`.
pub(crate) fn package(mut arguments: lexopt::Parser) -> Result<ExitCode> {
    let (mut only_assets, mut twice) = (false, false);
    while let Some(argument) = arguments.next()? {
        match argument {
            lexopt::Arg::Long("assets") => only_assets = true,
            lexopt::Arg::Long("twice") => twice = true,
            other => return Err(other.unexpected().into()),
        }
    }
    site::build(Speed::Release)?;
    let folder = shell::target("package");
    std::fs::create_dir_all(&folder)?;
    say::heading("package");
    assets::collect(&site::folder(), &folder)?;
    let names = std::fs::read(site::folder().join("assets.json")).context("the site's names")?;
    // Not uploaded: for the layer from which `web` serves the files where there is no CDN.
    std::fs::write(folder.join("assets/assets.json"), &names)?;
    if only_assets {
        return Ok(ExitCode::SUCCESS);
    }
    let mut built = json!({ "commit": commit() });
    for function in &functions::ALL {
        let mut files = vec![zip_file::File::program("bootstrap", functions::build(function)?)];
        if function.draws_pages {
            files.push(zip_file::File::plain("site/assets.json", names.clone()));
        }
        let zip = zip_file::write(files)?;
        std::fs::write(folder.join(format!("{}.zip", function.name)), &zip)?;
        let hash: String = Sha256::digest(&zip).iter().map(|byte| format!("{byte:02x}")).collect();
        say::line(&format!(
            "    {:<24} {:>10} bytes  sha256 {hash}",
            format!("{}.zip", function.name),
            zip.len()
        ));
        built[function.name] = json!({ "bytes": zip.len(), "sha256": hash });
    }
    std::fs::write(folder.join(BUILT), serde_json::to_vec_pretty(&built)?)?;
    if twice {
        compare(&built)?;
    }
    Ok(ExitCode::SUCCESS)
}

/// What was built, of which commit.
const BUILT: &str = "built.json";

/// The commit of the sources; `None` where they are changed, or where nobody can tell.
fn commit() -> Option<String> {
    let git = |arguments: &[&str]| shell::quietly(shell::command("git").args(arguments)).ok();
    let changed = git(&["status", "--porcelain", "--untracked-files=no"])?;
    let head = String::from_utf8(git(&["rev-parse", "HEAD"])?).ok()?;
    changed.is_empty().then(|| head.trim().to_owned())
}

/// Bar P11.zip, where the packages are of the sources as they are.
pub(crate) fn figure() -> Option<Value> {
    let built: Value =
        serde_json::from_slice(&std::fs::read(shell::target("package").join(BUILT)).ok()?).ok()?;
    let is_current = built["commit"].as_str().is_some_and(|of| commit().as_deref() == Some(of));
    let note = format!("tally {} and clock {} bytes", built["tally"]["bytes"], built["clock"]["bytes"]);
    is_current.then(|| json!({ "id": "P11.zip", "value": built["web"]["bytes"], "note": note }))
}

/// Builds the commit once more, in another folder with nothing built in it, and compares every byte of the packages.
fn compare(built: &Value) -> Result<()> {
    let commit =
        built["commit"].as_str().context("only a commit can be built twice: the sources are changed")?;
    let elsewhere = shell::target("package-again");
    let folder = elsewhere.to_string_lossy().into_owned();
    say::heading("package, once more in another folder");
    // What an earlier try left behind.
    let _ = shell::quietly(shell::command("git").args(["worktree", "remove", "--force", &folder]));
    shell::run(shell::command("git").args(["worktree", "add", "--detach", &folder, commit]))?;
    let mut again = shell::cargo();
    again.current_dir(&elsewhere).args(["run", "--package", "xtask", "--", "package"]);
    shell::run(again.env_remove("CARGO_TARGET_DIR"))?;
    let other: Value = serde_json::from_slice(&std::fs::read(elsewhere.join("target/package").join(BUILT))?)?;
    shell::run(shell::command("git").args(["worktree", "remove", "--force", &folder]))?;
    for function in &functions::ALL {
        let (one, two) = (&built[function.name]["sha256"], &other[function.name]["sha256"]);
        anyhow::ensure!(one == two, "{} differs: {one} here, {two} in the other folder", function.name);
    }
    say::line("    the same bytes, twice");
    Ok(())
}
