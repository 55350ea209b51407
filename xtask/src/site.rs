//! `target/site`: everything a phone downloads, with hashed names, ready compressed, and
//! `assets.json`, which the server reads at start. Nothing here knows what the pages say.

mod bundle;
pub(crate) mod difference;
mod finish;
mod pack;
mod release;
mod silence;
mod stale;
mod statics;
mod update;

use std::fs::File;
use std::path::PathBuf;
use std::time::Instant;

use anyhow::Result;
use sha2::{Digest, Sha256};

use crate::prepare::{node, wasm_target};
use crate::{say, shell};

/// How much work goes into what phones download.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Speed {
    /// Quick to build, large: for somebody who changes an island.
    Dev,
    /// Small: wasm-opt, minified, compressed. What the bars of `goals.md` measure.
    Release,
}

impl Speed {
    /// The word in folder names and in `assets.json`.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Dev => "dev",
            Self::Release => "release",
        }
    }
}

/// Where the server finds the site.
pub(crate) fn folder() -> PathBuf {
    shell::target("site")
}

/// Builds what is out of date and writes `assets.json` last.
pub(crate) fn build(speed: Speed) -> Result<()> {
    say::heading(&format!("site ({})", speed.name()));
    let started = Instant::now();
    wasm_target::TOOL.ensure()?;
    if speed == Speed::Release {
        node::PACKAGES.ensure()?;
    }
    let _only_one = lock()?;
    let bundles = bundle::build_all(speed)?;
    let css = statics::style_sheets(speed)?;
    let release = release::publish(speed, &bundles, &css)?;
    say::line(&format!("    site: release {release} ready in {}", say::duration(started.elapsed())));
    Ok(())
}

/// Two builds at once would take each other's `ui.wasm`. The lock ends with the file, or with us.
fn lock() -> Result<File> {
    let folder = shell::target("site-work");
    std::fs::create_dir_all(&folder)?;
    let file = File::create(folder.join(".lock"))?;
    if file.try_lock().is_err() {
        say::line("  - waiting for another build of the site");
        file.lock()?;
    }
    Ok(file)
}

/// One file of the site: its name, and what is in it.
pub(crate) struct Asset {
    /// Path below `target/site`, such as `pkg/resident.0a1b2c3d4e5f.js`.
    pub(crate) path: String,
    /// The content as a browser sees it.
    pub(crate) bytes: Vec<u8>,
}

/// The part of a content hash that goes into names: 48 bits, far more than the releases ever built.
pub(crate) fn short_hash<'a>(parts: impl IntoIterator<Item = &'a [u8]>) -> String {
    let mut hash = Sha256::new();
    for part in parts {
        hash.update((part.len() as u64).to_le_bytes());
        hash.update(part);
    }
    hash.finalize().iter().take(6).map(|byte| format!("{byte:02x}")).collect()
}
