//! Wasm bundles: one an audience, so that each phone downloads only its own islands, and the QR
//! decoder apart. Here is what they are made of and their way through cargo; what happens to cargo's
//! output is in `finish.rs`.

use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result};

use super::{Asset, Speed, finish, stale};
use crate::prepare::wasm_target;
use crate::{say, shell};

/// What one bundle is made of.
pub(super) struct Recipe {
    pub(super) name: &'static str,
    pub(super) package: &'static str,
    features: Option<&'static str>,
    /// Cargo profiles: dev, release.
    profiles: (&'static str, &'static str),
    /// What wasm-opt is told.
    pub(super) optimise: &'static [&'static str],
    /// What decides, besides the crates it depends on, whether it is out of date.
    pub(super) sources: &'static [&'static str],
}

const UI: &[&str] =
    &["app/ui/src", "app/ui/Cargo.toml", "app/domain/src", "app/domain/Cargo.toml", "app/macros/src"];
const ISLANDS: (&str, &str) = ("wasm-dev", "wasm");

/// Measured on the resident's program of 376 KB: 112.7 KB in brotli, against 117.9 KB with `-Oz` and 114.5 KB without
/// wasm-opt. Inlining makes the program shorter and its compressed form longer.
const SMALL: &[&str] = &["-Os", "--skip-pass=inlining", "--skip-pass=inlining-optimizing"];

const RECIPES: [Recipe; 3] = [
    Recipe {
        name: "resident",
        package: "ui",
        features: Some("hydrate,resident"),
        profiles: ISLANDS,
        optimise: SMALL,
        sources: UI,
    },
    Recipe {
        name: "field",
        package: "ui",
        features: Some("hydrate,field"),
        profiles: ISLANDS,
        optimise: SMALL,
        sources: UI,
    },
    Recipe {
        name: "decoder",
        package: "decoder",
        features: None,
        profiles: ("wasm-fast", "wasm-fast"),
        optimise: &["-O3"],
        sources: &["app/decoder/src", "app/decoder/Cargo.toml"],
    },
];

/// A finished bundle.
pub(crate) struct Bundle {
    /// `resident`, `field` or `decoder`.
    pub(crate) name: &'static str,
    /// The glue; imports the snippets by relative path and fetches the wasm.
    pub(crate) js: Asset,
    /// The program.
    pub(crate) wasm: Asset,
    /// Further modules that the glue imports (only where a dependency ships JavaScript).
    pub(crate) snippets: Vec<Asset>,
}

/// Builds every bundle that is out of date. Cargo runs one bundle after the other (it locks the
/// target folder anyway) while the previous one is optimised beside it.
pub(crate) fn build_all(speed: Speed) -> Result<Vec<Bundle>> {
    std::thread::scope(|scope| {
        let mut finishing = Vec::new();
        for recipe in &RECIPES {
            let work = shell::target("site-work").join(speed.name()).join(recipe.name);
            let key = stale::key(recipe, speed)?;
            let is_current = std::fs::read_to_string(work.join("key")).is_ok_and(|kept| kept == key);
            if !is_current {
                compile(recipe, speed, &work)?;
            }
            finishing.push(scope.spawn(move || -> Result<Bundle> {
                if !is_current {
                    finish::finish(recipe, speed, &work)
                        .with_context(|| format!("bundle {}", recipe.name))?;
                    std::fs::write(work.join("key"), &key)?;
                }
                finish::load(recipe, &work)
            }));
        }
        finishing
            .into_iter()
            .map(|thread| thread.join().expect("the optimising thread doesn't panic"))
            .collect()
    })
}

/// The features of the audience.
pub(super) fn choose_features(command: &mut Command, recipe: &Recipe) {
    if let Some(features) = recipe.features {
        command.args(["--no-default-features", "--features", features]);
    }
}

/// Cargo builds the library; its wasm is moved away at once, since the next audience has the same name.
fn compile(recipe: &Recipe, speed: Speed, work: &Path) -> Result<()> {
    let profile = if speed == Speed::Dev { recipe.profiles.0 } else { recipe.profiles.1 };
    say::line(&format!("  - {}: cargo build ({profile})", recipe.name));
    let mut build = wasm_target::cargo();
    build.args(["build", "--quiet", "--package", recipe.package, "--lib", "--target", wasm_target::TRIPLE]);
    build.args(["--profile", profile]);
    choose_features(&mut build, recipe);
    if speed == Speed::Release {
        build.env("CARGO_ENCODED_RUSTFLAGS", nameless_paths()?);
    }
    shell::run(&mut build)?;
    std::fs::create_dir_all(work)?;
    let built = shell::target(wasm_target::TRIPLE).join(profile).join(format!("{}.wasm", recipe.package));
    std::fs::copy(&built, work.join("cargo.wasm"))
        .with_context(|| format!("{} was not built", built.display()))?;
    Ok(())
}

/// Panic messages name source files; a phone has no business with the folders of whoever built it,
/// and two machines should build the same bytes.
fn nameless_paths() -> Result<OsString> {
    let cargo_home = std::env::var_os("CARGO_HOME").map(PathBuf::from);
    let home = std::env::var_os("HOME").or_else(|| std::env::var_os("USERPROFILE")).map(PathBuf::from);
    let mut folders = vec![shell::root().to_owned()];
    if let Some(sysroot) = shell::first_line("rustc", &["--print", "sysroot"]) {
        folders.push(Path::new(&sysroot).join("lib/rustlib/src/rust/library"));
    }
    if let Some(cargo_home) = cargo_home.or_else(|| home.map(|home| home.join(".cargo"))) {
        let registries = std::fs::read_dir(cargo_home.join("registry/src"));
        folders.extend(registries.into_iter().flatten().flatten().map(|registry| registry.path()));
    }
    let mut flags = OsString::new();
    for folder in folders {
        if !flags.is_empty() {
            flags.push("\u{1f}");
        }
        flags.push("--remap-path-prefix=");
        flags.push(folder);
        flags.push("/=");
    }
    Ok(flags)
}
