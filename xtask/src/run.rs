//! `cargo xtask run`: from a fresh clone to the first page, then out of the way.
//! The server's options are the server's business: they are passed on unread.

use std::ffi::OsString;
use std::process::{Command, ExitCode};

use anyhow::Result;

use crate::site::Speed;
use crate::{say, shell, site};

/// Builds the site and the server and becomes the server.
pub(crate) fn run(mut arguments: lexopt::Parser) -> Result<ExitCode> {
    let (speed, passed_on) = split(arguments.raw_args()?);
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

/// `--release` is ours, everything else the server's. A `--` before the server's options, as people write it who know
/// cargo, belongs to nobody: the server would take what follows it for names.
fn split(arguments: impl Iterator<Item = OsString>) -> (Speed, Vec<OsString>) {
    let mut speed = Speed::Dev;
    let mut passed_on = Vec::new();
    for argument in arguments {
        if argument == "--release" {
            speed = Speed::Release;
        } else if argument != "--" {
            passed_on.push(argument);
        }
    }
    (speed, passed_on)
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

#[cfg(test)]
mod tests {
    use super::{Speed, split};

    #[test]
    fn the_servers_options_reach_it_with_and_without_a_stroke_before_them() {
        for written in [&["--release", "--", "--data", "d"][..], &["--data", "d", "--release"]] {
            let (speed, passed_on) = split(written.iter().map(Into::into));
            assert!(speed == Speed::Release);
            assert_eq!(passed_on, ["--data", "d"]);
        }
    }
}
