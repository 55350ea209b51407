//! `cargo xtask run`: from a fresh clone to the first page, then out of the way.
//! The server's options are the server's business: they are passed on unread.

use std::ffi::OsString;
use std::process::{Command, ExitCode};

use anyhow::Result;

use crate::site::Speed;
use crate::{say, shell, site};

/// Builds the site and the server and becomes the server.
pub(crate) fn run(arguments: lexopt::Parser) -> Result<ExitCode> {
    let (speed, passed_on) = split(arguments)?;
    site::build(speed)?;

    say::heading("server");
    let mut build = shell::cargo();
    build.arg("build").args(shell::PRODUCT).args(["--bin", "local"]);
    if speed == Speed::Release {
        build.arg("--release");
    }
    shell::run(&mut build)?;

    if speed == Speed::Dev {
        say::line(
            "    Built for trying out. For people's own phones: cargo xtask run --release (a tenth of the bytes).",
        );
    }
    let folder = if speed == Speed::Release { "release" } else { "debug" };
    let mut server = shell::command(shell::target(folder).join("local"));
    server.arg("--site").arg(site::folder()).args(passed_on);
    become_server(&mut server)
}

/// `--release` is ours, everything else the server's.
fn split(mut arguments: lexopt::Parser) -> Result<(Speed, Vec<OsString>)> {
    let mut speed = Speed::Dev;
    let mut passed_on = Vec::new();
    for argument in arguments.raw_args()? {
        if argument == "--release" {
            speed = Speed::Release;
        } else {
            passed_on.push(argument);
        }
    }
    Ok((speed, passed_on))
}

/// Replaces this process, so that Ctrl-C and every other signal reach the server itself.
#[cfg(unix)]
fn become_server(server: &mut Command) -> Result<ExitCode> {
    use std::os::unix::process::CommandExt;
    let error = server.exec();
    Err(anyhow::Error::new(error).context("the server could not be started"))
}

/// Elsewhere the console sends Ctrl-C to both; we wait for the server to end.
#[cfg(not(unix))]
fn become_server(server: &mut Command) -> Result<ExitCode> {
    let status = server.status()?;
    Ok(if status.success() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}
