//! Packages of Debian and its relatives: the one system that `xtask` can prepare by itself.

use std::path::Path;
use std::process::Command;
use std::sync::OnceLock;

use anyhow::{Result, bail};

use crate::shell;

/// Whether this machine installs packages with apt.
pub(crate) fn here() -> bool {
    Path::new("/etc/debian_version").is_file() && shell::which("apt-get").is_some()
}

/// Installs packages, after one refresh of the lists per run.
pub(crate) fn install(packages: &[&str]) -> Result<()> {
    if !here() {
        bail!("this is not a Debian system, so nothing is installed for you");
    }
    static REFRESHED: OnceLock<()> = OnceLock::new();
    if REFRESHED.get().is_none() {
        shell::step("apt-get update", as_root()?.args(["apt-get", "update"]))?;
        let _ = REFRESHED.set(());
    }
    let name = format!("apt-get install {}", packages.join(" "));
    let options = ["apt-get", "install", "--yes", "--no-install-recommends"];
    shell::step(&name, as_root()?.args(options).args(packages))
}

/// `env` as root: directly, or through a sudo that asks no password.
fn as_root() -> Result<Command> {
    let is_root = shell::first_line("id", &["-u"]).as_deref() == Some("0");
    let mut command = if is_root {
        shell::command("env")
    } else if shell::first_line("sudo", &["-n", "id", "-u"]).as_deref() == Some("0") {
        let mut sudo = shell::command("sudo");
        sudo.args(["-n", "env"]);
        sudo
    } else {
        bail!("installing packages needs root: run this once with sudo");
    };
    command.arg("DEBIAN_FRONTEND=noninteractive");
    Ok(command)
}
