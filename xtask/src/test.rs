//! `cargo xtask test`: everything a change has to pass, part by part, with one count at the end.
//! The tests themselves live where their code lives, in `tests/` and in `tests/e2e/`.

pub(crate) mod browser;
pub(crate) mod infra;
mod lints;
pub(crate) mod rust;

use std::process::ExitCode;
use std::time::Instant;

use anyhow::{Result, bail};
use lexopt::prelude::{Long, Value, ValueExt};

use crate::{bench, say, site, tidy};

/// How many checks passed and failed; a lint run is one check.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Count {
    pub(crate) passed: u64,
    pub(crate) failed: u64,
}

impl Count {
    /// One check.
    pub(crate) fn one(passed: bool) -> Self {
        Self { passed: u64::from(passed), failed: u64::from(!passed) }
    }

    /// A runner that failed must be seen in the count, even when it counted no failed test itself
    /// (it didn't compile, it crashed).
    pub(crate) fn with_status(mut self, succeeded: bool) -> Self {
        if !succeeded && self.failed == 0 {
            self.failed = 1;
        }
        self
    }
}

impl std::ops::AddAssign for Count {
    fn add_assign(&mut self, other: Self) {
        self.passed += other.passed;
        self.failed += other.failed;
    }
}

/// A part of the run; `arguments` is what follows `--` on the command line.
struct Part {
    name: &'static str,
    what: &'static str,
    run: fn(arguments: &[String]) -> Result<Count>,
}

/// Cheap parts first: a forgotten `//!` should not cost half an hour.
const PARTS: [Part; 8] = [
    Part { name: "tidy", what: "house rules over all files", run: |_| tidy::check() },
    Part { name: "fmt", what: "formatting", run: |_| lints::format() },
    Part { name: "clippy", what: "lints, warnings denied", run: |_| lints::clippy() },
    Part { name: "rust", what: "rules, store contract, server", run: rust::run },
    Part { name: "infra", what: "Terraform as its own tools see it", run: |_| infra::run() },
    Part { name: "site", what: "release build of what phones download", run: |_| release_site() },
    Part { name: "browser", what: "people acting in Chromium", run: browser::run },
    Part { name: "bars", what: "the figures that the parts above measured", run: |_| bars() },
];

/// Runs all parts, or those named by `--only`.
pub(crate) fn test(mut arguments: lexopt::Parser) -> Result<ExitCode> {
    let mut only: Vec<String> = Vec::new();
    let mut passed_on: Vec<String> = Vec::new();
    while let Some(argument) = arguments.next()? {
        match argument {
            Long("only") => only.extend(arguments.value()?.string()?.split(',').map(str::to_owned)),
            Value(value) => passed_on.push(value.string()?),
            other => return Err(other.unexpected().into()),
        }
    }
    all_there(&only, &PARTS.map(|part| part.name))?;

    bench::forget()?;
    let started = Instant::now();
    let mut total = Count::default();
    let mut summary = Vec::new();
    for part in PARTS.iter().filter(|part| only.is_empty() || only.iter().any(|name| name == part.name)) {
        say::heading(&format!("{}: {}", part.name, part.what));
        let part_started = Instant::now();
        let count = (part.run)(&passed_on).unwrap_or_else(|error| {
            say::failure(&format!("{}: {error:#}", part.name));
            Count::one(false)
        });
        let Count { passed, failed } = count;
        let time = say::duration(part_started.elapsed());
        say::line(&format!("    {}: {passed} passed, {failed} failed ({time})", part.name));
        summary.push(format!("  {:<8} {passed:>6} passed {failed:>4} failed  {time:>12}", part.name));
        total += count;
    }

    say::heading(&format!("all in {}", say::duration(started.elapsed())));
    say::line(&summary.join("\n"));
    say::line(&format!("{} passed, {} failed", total.passed, total.failed));
    Ok(if total.failed == 0 && total.passed > 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// Whether every part that was asked for by `--only` is one.
///
/// # Errors
/// The first that is not, with those that are.
pub(crate) fn all_there(only: &[String], parts: &[&str]) -> Result<()> {
    match only.iter().find(|name| !parts.contains(&name.as_str())) {
        Some(unknown) => bail!("there is no part `{unknown}`; the parts are {}", parts.join(", ")),
        None => Ok(()),
    }
}

/// The release build is one check.
fn release_site() -> Result<Count> {
    site::build(site::Speed::Release)?;
    Ok(Count::one(true))
}

/// Each bar that this run measured and that gates is one check.
fn bars() -> Result<Count> {
    let mut count = Count::default();
    for row in bench::rows()?.iter().filter(|row| row.is_measured()) {
        say::line(&row.shown());
        count += Count::one(!row.misses_a_gate());
    }
    Ok(count)
}
