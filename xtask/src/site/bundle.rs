//! Wasm bundles: one an audience, so that each phone downloads only its own islands, and the QR
//! decoder apart. Cargo, then wasm-bindgen as a library, then (release) wasm-opt and the minifier.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result};
use wasm_bindgen_cli_support::Bindgen;

use super::{Asset, Speed, short_hash};
use crate::prepare::{node, wasm_target};
use crate::say::{self, Step};
use crate::shell;

/// What one bundle is made of.
struct Recipe {
    name: &'static str,
    package: &'static str,
    features: Option<&'static str>,
    /// Cargo profiles: dev, release.
    profiles: (&'static str, &'static str),
    /// What wasm-opt is told.
    optimise: &'static [&'static str],
    /// Folders whose content decides whether it is out of date.
    sources: &'static [&'static str],
}

const UI: &[&str] = &["app/ui", "app/domain"];
const ISLANDS: (&str, &str) = ("wasm-dev", "wasm");

/// Measured on the resident's bundle of 830 KB: 226 KB in brotli, against 253 KB with `-Oz` and
/// 230 KB without wasm-opt. Inlining makes the program shorter and its compressed form longer.
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
        sources: &["app/decoder"],
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
            let key = key(recipe, speed)?;
            let is_current = std::fs::read_to_string(work.join("key")).is_ok_and(|kept| kept == key);
            if !is_current {
                compile(recipe, speed, &work)?;
            }
            finishing.push(scope.spawn(move || -> Result<Bundle> {
                if !is_current {
                    finish(recipe, speed, &work).with_context(|| format!("bundle {}", recipe.name))?;
                    std::fs::write(work.join("key"), &key)?;
                }
                load(recipe, &work)
            }));
        }
        finishing
            .into_iter()
            .map(|thread| thread.join().expect("the optimising thread doesn't panic"))
            .collect()
    })
}

/// A hash over everything that can change the bundle. Cargo can't be asked whether it would do
/// anything: the audiences share one file name, so it always would.
fn key(recipe: &Recipe, speed: Speed) -> Result<String> {
    let mut files = Vec::new();
    for folder in recipe.sources {
        collect(&shell::root().join(folder), &mut files)?;
    }
    files.sort();
    let mut parts: Vec<Vec<u8>> = vec![
        include_bytes!("bundle.rs").to_vec(),
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
    quietly(&mut tree)
}

fn choose_features(command: &mut Command, recipe: &Recipe) {
    if let Some(features) = recipe.features {
        command.args(["--no-default-features", "--features", features]);
    }
}

fn collect(folder: &Path, files: &mut Vec<PathBuf>) -> Result<()> {
    for entry in std::fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            collect(&path, files)?;
        } else if path
            .extension()
            .is_some_and(|extension| extension == "rs" || extension == "toml" || extension == "js")
        {
            files.push(path);
        }
    }
    Ok(())
}

/// Cargo builds the library; its wasm is moved away at once, since the next audience has the same name.
fn compile(recipe: &Recipe, speed: Speed, work: &Path) -> Result<()> {
    let profile = if speed == Speed::Dev { recipe.profiles.0 } else { recipe.profiles.1 };
    say::line(&format!("  - {}: cargo build ({profile})", recipe.name));
    let mut build = wasm_target::cargo();
    build.args(["build", "--quiet", "--package", recipe.package, "--lib", "--target", wasm_target::TRIPLE]);
    build.args(["--profile", profile]);
    choose_features(&mut build, recipe);
    shell::run(&mut build)?;
    std::fs::create_dir_all(work)?;
    let built = shell::target(wasm_target::TRIPLE).join(profile).join(format!("{}.wasm", recipe.package));
    std::fs::copy(&built, work.join("cargo.wasm"))
        .with_context(|| format!("{} was not built", built.display()))?;
    Ok(())
}

/// From cargo's wasm to `<name>.js`, `<name>_bg.wasm` and `snippets/` in the work folder.
fn finish(recipe: &Recipe, speed: Speed, work: &Path) -> Result<()> {
    let step = Step::begin(&format!(
        "{}: wasm-bindgen{}",
        recipe.name,
        if speed == Speed::Release { ", wasm-opt" } else { "" }
    ));
    let out = work.join("out");
    if out.exists() {
        std::fs::remove_dir_all(&out)?;
    }
    Bindgen::new()
        .input_path(work.join("cargo.wasm"))
        .out_name(recipe.name)
        .web(true)?
        .typescript(false)
        .remove_producers_section(true)
        .generate(&out)?;
    let boot = shell::root().join("app/ui/src/boot.js");
    if recipe.package == "ui" && boot.is_file() {
        // One script a page: the glue starts the islands itself.
        let glue = out.join(format!("{}.js", recipe.name));
        std::fs::write(&glue, std::fs::read_to_string(&glue)? + "\n" + &std::fs::read_to_string(boot)?)?;
    }
    if speed == Speed::Release {
        let wasm = out.join(format!("{}_bg.wasm", recipe.name));
        // Kept with its names, for whoever asks where the bytes come from.
        let named = work.join("named.wasm");
        std::fs::rename(&wasm, &named)?;
        quietly(
            node_script("binaryen/bin/wasm-opt")
                .args(recipe.optimise)
                .args(WASM_FEATURES)
                .arg(&named)
                .arg("-o")
                .arg(&wasm),
        )?;
        let js = out.join(format!("{}.js", recipe.name));
        let minify = [
            "--bundle",
            "--minify",
            "--format=esm",
            "--target=es2020",
            "--log-level=error",
            "--allow-overwrite",
        ];
        quietly(
            node_script("esbuild/bin/esbuild")
                .arg(&js)
                .args(minify)
                .arg(format!("--outfile={}", js.display())),
        )?;
        // They are inside the one script now.
        let snippets = out.join("snippets");
        if snippets.is_dir() {
            std::fs::remove_dir_all(snippets)?;
        }
    }
    step.done(&say::size(std::fs::metadata(out.join(format!("{}_bg.wasm", recipe.name)))?.len()));
    Ok(())
}

/// What rustc turns on for wasm32 by default; every browser since 2022 has them.
const WASM_FEATURES: [&str; 7] = [
    "--enable-bulk-memory",
    "--enable-bulk-memory-opt",
    "--enable-multivalue",
    "--enable-mutable-globals",
    "--enable-nontrapping-float-to-int",
    "--enable-reference-types",
    "--enable-sign-ext",
];

fn node_script(path: &str) -> Command {
    let mut command = shell::command("node");
    command.arg(node::script(path));
    command
}

/// Runs a program whose output only matters when it fails, or as an answer.
fn quietly(command: &mut Command) -> Result<Vec<u8>> {
    let output =
        command.output().with_context(|| format!("{} could not be started", shell::shown(command)))?;
    let complaint = String::from_utf8_lossy(&output.stderr);
    anyhow::ensure!(output.status.success(), "{} failed\n{complaint}", shell::shown(command));
    Ok(output.stdout)
}

/// Reads the finished files and gives them their hashed names.
fn load(recipe: &Recipe, work: &Path) -> Result<Bundle> {
    let out = work.join("out");
    let wasm = std::fs::read(out.join(format!("{}_bg.wasm", recipe.name)))?;
    let js = std::fs::read_to_string(out.join(format!("{}.js", recipe.name)))?;
    let mut snippets = Vec::new();
    if out.join("snippets").is_dir() {
        collect_all(&out.join("snippets"), &mut snippets)?;
    }
    snippets.sort();
    let snippets: Vec<(PathBuf, Vec<u8>)> = snippets
        .into_iter()
        .map(|file| std::fs::read(&file).map(|bytes| (file, bytes)))
        .collect::<std::io::Result<_>>()?;
    let contents = snippets.iter().map(|(_, bytes)| bytes.as_slice());
    let hash = short_hash([wasm.as_slice(), js.as_bytes()].into_iter().chain(contents));
    let wasm_name = format!("{}.{hash}.wasm", recipe.name);
    // Snippets keep their names whatever is in them, so their folder carries the hash: where they are imported
    // from, not in the names by which the program asks for them.
    let js = ["from '", "from \""]
        .into_iter()
        .fold(js.replace(&format!("{}_bg.wasm", recipe.name), &wasm_name), |js, from| {
            js.replace(&format!("{from}./snippets/"), &format!("{from}./snippets.{hash}/"))
        });
    let below = |file: &Path| {
        let below = file.strip_prefix(out.join("snippets")).expect("found below it");
        format!("pkg/snippets.{hash}/{}", below.to_string_lossy())
    };
    Ok(Bundle {
        name: recipe.name,
        js: Asset { path: format!("pkg/{}.{hash}.js", recipe.name), bytes: js.into_bytes() },
        wasm: Asset { path: format!("pkg/{wasm_name}"), bytes: wasm },
        snippets: snippets.into_iter().map(|(file, bytes)| Asset { path: below(&file), bytes }).collect(),
    })
}

fn collect_all(folder: &Path, files: &mut Vec<PathBuf>) -> Result<()> {
    for entry in std::fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() { collect_all(&path, files)? } else { files.push(path) }
    }
    Ok(())
}
