//! Where the tools for `infra` come from: Go modules and PyPI, pinned, built once into `target/infra`.

use std::path::PathBuf;

use anyhow::{Context, Result, bail};

use crate::prepare::go;
use crate::shell;

const TFLINT: &str = "0.64.0";
const CHECKOV: &str = "3.3.30";

/// tflint, built from its Go module (a minute and a half on two cores, once).
pub(super) fn tflint() -> Result<PathBuf> {
    let folder = shell::target("infra").join(format!("tflint-{TFLINT}"));
    go::install(&folder, "github.com/terraform-linters/tflint", TFLINT)
}

/// Whether tflint's rules for AWS are installed.
pub(super) fn aws_rules() -> bool {
    let home = std::env::var_os("HOME").map(PathBuf::from).unwrap_or_default();
    let folder =
        std::env::var_os("TFLINT_PLUGIN_DIR").map_or_else(|| home.join(".tflint.d/plugins"), PathBuf::from);
    let mut files = Vec::new();
    folder.is_dir()
        && shell::files_below(&folder, &mut files).is_ok()
        && files.iter().any(|file| file.ends_with("tflint-ruleset-aws"))
}

/// checkov, from PyPI into an environment of its own.
pub(super) fn checkov() -> Result<PathBuf> {
    let folder = shell::target("infra").join(format!("checkov-{CHECKOV}"));
    let program = folder.join("bin/checkov");
    if !program.is_file() {
        if shell::which("python3").is_none() {
            bail!("python3 is not on the PATH");
        }
        shell::quietly(shell::command("python3").args(["-m", "venv", "--clear"]).arg(&folder))
            .context("python3 cannot make an environment (Debian: apt-get install python3-venv)")?;
        let mut install = shell::command(folder.join("bin/python"));
        install.args([
            "-m",
            "pip",
            "install",
            "--quiet",
            "--disable-pip-version-check",
            &format!("checkov=={CHECKOV}"),
        ]);
        shell::step(&format!("pip install checkov {CHECKOV}"), &mut install)?;
    }
    Ok(program)
}

/// The stand-in for the providers (`tests/terraform-standin`), once under each provider's name.
pub(super) fn standins(providers: &[&str]) -> Result<PathBuf> {
    let folder = shell::target("infra/standin");
    let source = shell::root().join("tests/terraform-standin");
    let key: Vec<u8> = ["main.go", "go.sum"]
        .iter()
        .map(|file| std::fs::read(source.join(file)))
        .collect::<std::io::Result<Vec<_>>>()?
        .concat();
    let stamp = folder.join(".built-from");
    if std::fs::read(&stamp).ok().as_deref() != Some(&key) {
        std::fs::create_dir_all(&folder)?;
        let program = folder.join("standin");
        let mut build = go::command()?;
        build
            .current_dir(&source)
            .args(["build", "-buildvcs=false", "-trimpath", "-o"])
            .arg(&program)
            .arg(".");
        shell::step("go build tests/terraform-standin", &mut build)?;
        for provider in providers {
            std::fs::copy(&program, folder.join(format!("terraform-provider-{provider}")))?;
        }
        std::fs::write(stamp, key)?;
    }
    Ok(folder)
}
