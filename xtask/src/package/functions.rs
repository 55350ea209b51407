//! Builds a function for Lambda's arm64 machines: cargo-lambda, which brings zig as the linker. No path of this
//! machine gets into the program, so that another one builds the same bytes.

use std::path::PathBuf;

use anyhow::{Context, Result};

use crate::prepare::cargo_lambda;
use crate::{say, shell};

/// One function.
pub(crate) struct Function {
    /// Package, binary and zip.
    pub(crate) name: &'static str,
    /// What of its package it is made of.
    features: &'static str,
    /// Whether it needs the names of the site's files.
    pub(crate) draws_pages: bool,
}

/// All of them.
pub(crate) const ALL: [Function; 3] = [
    Function { name: "web", features: "lambda", draws_pages: true },
    Function { name: "tally", features: "lambda", draws_pages: false },
    Function { name: "clock", features: "lambda", draws_pages: false },
];

/// Builds it and returns the program's bytes.
pub(crate) fn build(function: &Function) -> Result<Vec<u8>> {
    cargo_lambda::TOOL.ensure()?;
    let name = function.name;
    say::line(&format!("  - {name} for arm64"));
    let mut cargo = shell::command(cargo_lambda::program());
    cargo
        .args(["lambda", "build", "--arm64", "--locked", "--profile", "function"])
        .args(["--package", name, "--bin", name, "--no-default-features", "--features", function.features])
        .env("RUSTFLAGS", flags())
        // zig comes with cargo-lambda, and is started through the python beside it.
        .env("PATH", cargo_lambda::path()?);
    shell::run(&mut cargo)?;
    let program = shell::target("lambda").join(name).join("bootstrap");
    std::fs::read(&program).with_context(|| format!("{}", program.display()))
}

/// Pages without a type of their own for each view: it is pages that most of `web` consists of.
pub(crate) const SMALLER_PAGES: &str = "--cfg erase_components";

/// A panic ends the process (`profile.function`): nothing reads tables that say how to unwind a stack.
const NO_UNWINDING: &str = "-C force-unwind-tables=no";

/// How to compile, and what stands in the program instead of folders of this machine.
fn flags() -> String {
    let home = std::env::var_os("HOME").map(PathBuf::from).unwrap_or_default();
    let folder = |variable: &str, otherwise: &str| {
        std::env::var_os(variable).map_or_else(|| home.join(otherwise), PathBuf::from)
    };
    let pairs = [
        (shell::root().to_owned(), "."),
        (folder("CARGO_HOME", ".cargo"), "/cargo"),
        (folder("RUSTUP_HOME", ".rustup"), "/rustup"),
    ];
    let remapped = pairs.iter().map(|(from, to)| format!("--remap-path-prefix={}={to}", from.display()));
    let all = [SMALLER_PAGES, NO_UNWINDING].map(str::to_owned).into_iter().chain(remapped);
    all.collect::<Vec<_>>().join(" ")
}
