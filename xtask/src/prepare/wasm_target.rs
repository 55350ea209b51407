//! Rust's standard library for wasm32: from rustup, else built once from Debian's own Rust.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Result, bail};

use super::{Tool, debian};
use crate::{say, shell};

pub(crate) const TRIPLE: &str = "wasm32-unknown-unknown";

pub(crate) static TOOL: Tool = Tool {
    name: "wasm target",
    needed_for: "run, build, test",
    find: || {
        if in_toolchain() {
            return Some("in the toolchain in use".to_owned());
        }
        debian_has_it().then(|| "in Debian's Rust (/usr/bin/cargo)".to_owned())
    },
    prepare,
    by_hand: "run `rustup target add wasm32-unknown-unknown`",
};

/// The cargo that can build for wasm.
pub(crate) fn cargo() -> Command {
    if in_toolchain() || !debian_has_it() {
        return shell::cargo();
    }
    let mut command = debian_cargo();
    // Debian's Rust asks for a `rust-lld` that Debian doesn't ship.
    command.env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_LINKER", LINKER);
    command
}

/// From the package `lld-22`.
const LINKER: &str = "/usr/bin/wasm-ld-22";

fn debian_cargo() -> Command {
    let mut command = shell::command("/usr/bin/cargo");
    command.env("RUSTC", "/usr/bin/rustc").env_remove("RUSTUP_TOOLCHAIN").env_remove("CARGO");
    command
}

fn prepare() -> Result<()> {
    if shell::which("rustup").is_some() {
        let added =
            shell::step("rustup target add", shell::command("rustup").args(["target", "add", TRIPLE]));
        match added {
            Ok(()) if in_toolchain() => return Ok(()),
            Ok(()) => say::line("    rustup added it to another toolchain than the one in use"),
            Err(error) => say::line(&format!("    {error:#}")),
        }
    }
    if !debian::here() {
        bail!("rustup could not add it");
    }
    say::line("    Falling back to Debian's Rust, whose standard library is built here once.");
    debian::install(&["rustc-web", "cargo-web", "rust-web-src", "lld-22"])?;
    build_debian_std()
}

/// Builds an empty library with `-Zbuild-std` and keeps the standard library that came with it.
fn build_debian_std() -> Result<()> {
    let folder = shell::target("xtask/wasm-std");
    std::fs::create_dir_all(folder.join("src"))?;
    let manifest = "[package]\nname = \"empty\"\nversion = \"0.0.0\"\nedition = \"2021\"\n[workspace]\n";
    std::fs::write(folder.join("Cargo.toml"), manifest)?;
    std::fs::write(folder.join("src/lib.rs"), "")?;
    let mut build = debian_cargo();
    build
        .current_dir(&folder)
        .env("RUSTC_BOOTSTRAP", "1")
        .args(["build", "--release", "--target", TRIPLE, "-Zbuild-std=std,panic_abort,proc_macro"])
        .arg("--target-dir")
        .arg(folder.join("target"));
    shell::step("standard library for wasm", &mut build)?;

    let built = folder.join("target").join(TRIPLE).join("release/deps");
    let libraries = debian_libraries();
    std::fs::create_dir_all(&libraries)?;
    for entry in std::fs::read_dir(built)? {
        let path = entry?.path();
        if path.extension().is_some_and(|extension| extension == "rlib") {
            std::fs::copy(&path, libraries.join(path.file_name().expect("an entry of a folder has a name")))?;
        }
    }
    Ok(())
}

/// Whether the toolchain that compiles the server has the target too (clippy needs that).
pub(crate) fn in_toolchain() -> bool {
    shell::first_line("rustc", &["--print", "target-libdir", "--target", TRIPLE])
        .is_some_and(|folder| has_core(Path::new(&folder)))
}

fn debian_has_it() -> bool {
    ["/usr/bin/cargo", LINKER].iter().all(|file| Path::new(file).is_file()) && has_core(&debian_libraries())
}

fn debian_libraries() -> PathBuf {
    Path::new("/usr/lib/rustlib").join(TRIPLE).join("lib")
}

fn has_core(folder: &Path) -> bool {
    std::fs::read_dir(folder).is_ok_and(|entries| {
        entries.flatten().any(|entry| entry.file_name().to_string_lossy().starts_with("libcore-"))
    })
}
