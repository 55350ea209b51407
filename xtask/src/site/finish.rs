//! From cargo's wasm to what a phone downloads: wasm-bindgen as a library (always the version of the
//! lockfile), in a release wasm-opt and the minifier, then names with hashes.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, ensure};
use wasm_bindgen_cli_support::Bindgen;

use super::bundle::{Bundle, Recipe};
use super::{Asset, Speed, short_hash, silence};
use crate::prepare::node;
use crate::say::{self, Step};
use crate::shell;

/// From cargo's wasm to `<name>.js`, `<name>_bg.wasm` and `snippets/` in the work folder.
pub(super) fn finish(recipe: &Recipe, speed: Speed, work: &Path) -> Result<()> {
    let step = Step::begin(&format!(
        "{}: wasm-bindgen{}",
        recipe.name,
        if speed == Speed::Release { ", wasm-opt" } else { "" }
    ));
    let out = work.join("out");
    if out.exists() {
        std::fs::remove_dir_all(&out)?;
    }
    let mut bound = Bindgen::new()
        .input_path(work.join("cargo.wasm"))
        .out_name(recipe.name)
        .web(true)?
        .typescript(false)
        .remove_producers_section(true)
        .generate_output()?;
    if speed == Speed::Release {
        silence::panics(bound.wasm_mut()).with_context(|| recipe.name)?;
    }
    bound.emit(&out)?;
    let boot = shell::root().join("app/ui/src/boot.js");
    if recipe.package == "ui" && boot.is_file() {
        // One script a page: the glue starts the islands itself.
        let glue = out.join(format!("{}.js", recipe.name));
        std::fs::write(&glue, std::fs::read_to_string(&glue)? + "\n" + &std::fs::read_to_string(boot)?)?;
    }
    if speed == Speed::Release {
        let wasm = out.join(format!("{}_bg.wasm", recipe.name));
        number_imports(&out.join(format!("{}.js", recipe.name)), &wasm)?;
        // Kept with its names, for whoever asks where the bytes come from.
        let named = work.join("named.wasm");
        std::fs::rename(&wasm, &named)?;
        shell::quietly(
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
        shell::quietly(
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

/// Every function that the program takes from the glue has 16 random digits in its name, which no compression makes
/// shorter: they become a number of the same length, in both files (measured: 0.7 KB of 100).
fn number_imports(js: &Path, wasm: &Path) -> Result<()> {
    let mut glue = std::fs::read_to_string(js)?;
    let mut program = std::fs::read(wasm)?;
    let mut names = BTreeSet::new();
    for (at, _) in glue.match_indices("__wbg_") {
        let rest = &glue[at..];
        let end = rest.find(|c: char| !c.is_ascii_alphanumeric() && c != '_').unwrap_or(rest.len());
        let digits = &rest[end.saturating_sub(16)..end];
        if digits.len() == 16 && digits.bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f')) {
            names.insert(rest[..end].to_owned());
        }
    }
    for (number, name) in names.iter().enumerate() {
        let numbered = format!("{}{number:016}", &name[..name.len() - 16]);
        glue = glue.replace(name, &numbered);
        let mut from = 0;
        while let Some(at) = program[from..].windows(name.len()).position(|part| part == name.as_bytes()) {
            program[from + at..from + at + name.len()].copy_from_slice(numbered.as_bytes());
            from += at + name.len();
        }
    }
    std::fs::write(js, glue)?;
    Ok(std::fs::write(wasm, program)?)
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

/// Whether the sections of a wasm file end where the file ends. wasm-opt on a full disk writes a part of one and says
/// nothing.
fn whole(wasm: &[u8]) -> bool {
    let Some(mut rest) = wasm.strip_prefix(b"\0asm\x01\0\0\0") else { return false };
    let mut sections = 0;
    while let [_id, more @ ..] = rest {
        let Some(digits) = more.iter().position(|byte| byte & 0x80 == 0).filter(|at| *at < 5) else {
            return false;
        };
        let length =
            more[..=digits].iter().rev().fold(0_usize, |length, byte| length << 7 | usize::from(byte & 0x7f));
        let Some(after) = more.get(digits + 1 + length..) else { return false };
        rest = after;
        sections += 1;
    }
    sections > 0
}

/// Reads the finished files and gives them their hashed names.
pub(super) fn load(recipe: &Recipe, work: &Path) -> Result<Bundle> {
    let out = work.join("out");
    let wasm = std::fs::read(out.join(format!("{}_bg.wasm", recipe.name)))?;
    ensure!(whole(&wasm), "{}: the program is cut off; is the disk full?", recipe.name);
    let js = std::fs::read_to_string(out.join(format!("{}.js", recipe.name)))?;
    let mut snippets = Vec::new();
    if out.join("snippets").is_dir() {
        shell::files_below(&out.join("snippets"), &mut snippets)?;
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

#[cfg(test)]
mod tests {
    use super::whole;

    #[test]
    fn a_program_that_was_cut_off_is_no_program() {
        let program = *b"\0asm\x01\0\0\0\x00\x83\0\x01n.\x01\x01\0";
        assert!(whole(&program));
        for length in 0..program.len() {
            // Between two sections nothing is missing that could be told.
            assert_eq!(whole(&program[..length]), length == 14, "{length} bytes");
        }
    }
}
