//! Running other programs: with a clean environment, with progress, and with their last words when they fail.

use std::fs::File;
use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::mpsc;
use std::time::Duration;

use anyhow::{Context, Result, bail};

use crate::say::{self, Step};

/// The folder of the workspace.
pub(crate) fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("xtask lies one level below the workspace")
}

/// `target/<path>` of the workspace.
pub(crate) fn target(path: &str) -> PathBuf {
    root().join("target").join(path)
}

/// A command that starts in the workspace.
///
/// `cargo run` leaves its own variables behind; build scripts that watch them would rebuild
/// whenever work alternates between `cargo xtask` and plain `cargo`.
pub(crate) fn command(program: impl AsRef<std::ffi::OsStr>) -> Command {
    let mut command = Command::new(program);
    command.current_dir(root());
    for (name, _) in std::env::vars_os() {
        let name = name.to_string_lossy();
        if name.starts_with("CARGO_PKG_") || name.starts_with("CARGO_MANIFEST_") {
            command.env_remove(&*name);
        }
    }
    command.env_remove("LD_LIBRARY_PATH").env_remove("DYLD_FALLBACK_LIBRARY_PATH");
    command
}

/// The cargo that started us. It builds where [`target`] looks, also for somebody who builds everything else elsewhere.
pub(crate) fn cargo() -> Command {
    let mut cargo = command(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    cargo.env("CARGO_TARGET_DIR", target(""));
    cargo
}

/// Selects everything but this crate. Cargo chooses features for the selected packages together:
/// with one selection for server, tests and lints every dependency is compiled once, and without
/// `xtask` in it, working on `xtask` rebuilds nothing else.
pub(crate) const PRODUCT: [&str; 3] = ["--workspace", "--exclude", "xtask"];

/// Where a program is on the `PATH`.
pub(crate) fn which(program: &str) -> Option<PathBuf> {
    let path = std::env::var_os("PATH")?;
    std::env::split_paths(&path).map(|folder| folder.join(program)).find(|file| file.is_file())
}

/// The first line a program prints, `None` if it can't be started or fails.
pub(crate) fn first_line(program: impl AsRef<std::ffi::OsStr>, arguments: &[&str]) -> Option<String> {
    let output = command(program).args(arguments).stdin(Stdio::null()).output().ok()?;
    if !output.status.success() {
        return None;
    }
    let text = if output.stdout.is_empty() { output.stderr } else { output.stdout };
    String::from_utf8_lossy(&text).lines().next().map(|line| line.trim().to_owned())
}

/// Runs a program that speaks for itself (cargo's own progress is better than ours).
pub(crate) fn run(command: &mut Command) -> Result<()> {
    let status = command.status().with_context(|| format!("{} could not be started", shown(command)))?;
    if !status.success() {
        bail!("{} failed ({status})", shown(command));
    }
    Ok(())
}

/// Runs a program whose output only matters when it fails, or as an answer.
pub(crate) fn quietly(command: &mut Command) -> Result<Vec<u8>> {
    let output = command.output().with_context(|| format!("{} could not be started", shown(command)))?;
    let complaint = String::from_utf8_lossy(&output.stderr);
    anyhow::ensure!(output.status.success(), "{} failed\n{complaint}", shown(command));
    Ok(output.stdout)
}

/// Every file at or below a path.
pub(crate) fn files_below(path: &Path, files: &mut Vec<PathBuf>) -> Result<()> {
    if !path.is_dir() {
        files.push(path.to_owned());
        return Ok(());
    }
    for entry in std::fs::read_dir(path)? {
        files_below(&entry?.path(), files)?;
    }
    Ok(())
}

/// Runs a program and hands over each line it prints; tells whether it succeeded.
pub(crate) fn lines(command: &mut Command, mut hear: impl FnMut(&str)) -> Result<bool> {
    let mut child = command
        .stdout(Stdio::piped())
        .spawn()
        .with_context(|| format!("{} could not be started", shown(command)))?;
    let mut output = BufReader::new(child.stdout.take().context("its output is piped")?);
    let mut bytes = Vec::new();
    while output.read_until(b'\n', &mut bytes)? > 0 {
        hear(String::from_utf8_lossy(&bytes).trim_end());
        bytes.clear();
    }
    let status = child.wait()?;
    if !status.success() {
        say::line(&format!("    {} failed ({status})", shown(command)));
    }
    Ok(status.success())
}

/// Runs a program silently under a named step: a heartbeat while it works, the whole output in
/// `target/xtask/<step>.log`, and its last lines in the error when it fails.
pub(crate) fn step(name: &str, command: &mut Command) -> Result<()> {
    let log_path =
        target("xtask").join(format!("{}.log", name.replace(|c: char| !c.is_ascii_alphanumeric(), "-")));
    std::fs::create_dir_all(target("xtask"))?;
    let mut log = File::create(&log_path)?;
    let mut step = Step::begin(name);
    let mut child = command
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .with_context(|| format!("{} could not be started", shown(command)))?;

    let (lines, heard) = mpsc::channel::<String>();
    for stream in [
        child.stdout.take().map(|pipe| Box::new(pipe) as Box<dyn std::io::Read + Send>),
        child.stderr.take().map(|pipe| Box::new(pipe) as Box<dyn std::io::Read + Send>),
    ]
    .into_iter()
    .flatten()
    {
        let lines = lines.clone();
        std::thread::spawn(move || {
            let mut reader = BufReader::new(stream);
            let mut bytes = Vec::new();
            while reader.read_until(b'\n', &mut bytes).is_ok_and(|read| read > 0) {
                // Nobody listens any more only when the step has already failed.
                let _ = lines.send(String::from_utf8_lossy(&bytes).trim_end().to_owned());
                bytes.clear();
            }
        });
    }
    drop(lines);

    let mut tail: Vec<String> = Vec::new();
    loop {
        match heard.recv_timeout(Duration::from_millis(500)) {
            Ok(line) => {
                writeln!(log, "{line}")?;
                step.beat(&line);
                tail.push(line);
                if tail.len() > 30 {
                    tail.remove(0);
                }
            }
            Err(mpsc::RecvTimeoutError::Timeout) => step.beat(tail.last().map_or("", |line| line)),
            Err(mpsc::RecvTimeoutError::Disconnected) => break,
        }
    }
    let status = child.wait()?;
    if status.success() {
        step.done("");
        return Ok(());
    }
    step.failed();
    bail!(
        "{} failed ({status}); all of it is in {}\n{}",
        shown(command),
        log_path.display(),
        tail.join("\n")
    );
}

/// The command as a person would type it.
pub(crate) fn shown(command: &Command) -> String {
    let program = Path::new(command.get_program()).file_name().unwrap_or_default().to_string_lossy();
    command
        .get_args()
        .fold(format!("`{program}"), |text, argument| format!("{text} {}", argument.to_string_lossy()))
        + "`"
}
