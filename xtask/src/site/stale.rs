//! Whether a bundle is out of date: a hash over everything that can change it, kept beside it.
//! Cargo can't be asked: the audiences share one file name, so it would build each of them again.

use anyhow::Result;

use super::bundle::{Recipe, choose_features};
use super::{Speed, short_hash};
use crate::prepare::wasm_target;
use crate::shell;

/// The hash of the bundle as its sources are now.
pub(super) fn key(recipe: &Recipe, speed: Speed) -> Result<String> {
    let mut files = Vec::new();
    for source in recipe.sources {
        shell::files_below(&shell::root().join(source), &mut files)?;
    }
    files.sort();
    let mut parts: Vec<Vec<u8>> = vec![
        include_bytes!("bundle.rs").to_vec(),
        include_bytes!("finish.rs").to_vec(),
        include_bytes!("silence.rs").to_vec(),
        speed.name().into(),
        profiles()?.into_bytes(),
        dependencies(recipe)?,
    ];
    for file in files {
        parts.push(file.to_string_lossy().into_owned().into_bytes());
        parts.push(std::fs::read(&file)?);
    }
    Ok(short_hash(parts.iter().map(Vec::as_slice)))
}

/// The profiles of the workspace. The rest of its manifest reaches a bundle through [`dependencies`].
fn profiles() -> Result<String> {
    let manifest = std::fs::read_to_string(shell::root().join("Cargo.toml"))?;
    Ok(manifest.split_once("[profile.").map(|(_, profiles)| profiles.to_owned()).unwrap_or_default())
}

/// Every crate of the bundle with version and features: a new dependency of the server alone
/// should not rebuild what phones download.
fn dependencies(recipe: &Recipe) -> Result<Vec<u8>> {
    let mut tree = wasm_target::cargo();
    tree.args([
        "tree",
        "--package",
        recipe.package,
        "--target",
        wasm_target::TRIPLE,
        "--edges",
        "normal,build",
    ]);
    tree.args(["--prefix", "none", "--format", "{p} {f}"]);
    choose_features(&mut tree, recipe);
    shell::quietly(&mut tree)
}
