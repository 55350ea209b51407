//! Programs that are built from their Go modules, pinned.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Result, bail};

use crate::shell;

/// The Go tool.
pub(crate) fn command() -> Result<Command> {
    if shell::which("go").is_none() {
        bail!("Go is not on the PATH (1.25 or newer builds it)");
    }
    Ok(shell::command("go"))
}

/// Builds a program once into a folder of its own, and says where it is.
pub(crate) fn install(folder: &Path, module: &str, version: &str) -> Result<PathBuf> {
    let name = module.rsplit('/').next().unwrap_or(module);
    let program = folder.join(name);
    if !program.is_file() {
        let mut install = command()?;
        install.args(["install", &format!("{module}@v{version}")]).env("GOBIN", folder);
        shell::step(&format!("go install {name} {version}"), &mut install)?;
    }
    Ok(program)
}
