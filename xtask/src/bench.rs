//! `cargo xtask bench`: every bar of the project with its figure, or "not yet" and why.
//!
//! One mechanism for all figures. Whoever can measure one (a test of the `tests` crate, a browser
//! test, this crate) appends a line of JSON to the file named by the variable `BENCH_OUT`:
//!
//! ```json
//! {"id": "P6.order.write", "value": 1.0, "control": 2.0, "note": "3 lines, 412 bytes"}
//! ```
//!
//! `control` is what the naive design costs, measured in the same run; it must miss the bar, or the
//! measurement proves nothing. What the figure means, its unit and its limit are decided in
//! [`bars`] only. Of several lines for one bar the worst counts. `cargo xtask test` collects the
//! same file and fails on a missed bar that gates, so a figure is measured once, where it is tested.

pub(crate) mod bars;
mod lighthouse;
mod row;

use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::{Context, Result};
use lexopt::prelude::{Long, ValueExt};
use serde_json::Value;

pub(crate) use row::Row;

use crate::site::{self, Speed};
use crate::{cost, package, say, shell, test};

/// The variable that names the file of figures.
pub(crate) const BENCH_OUT: &str = "BENCH_OUT";

/// Its name for `--only`, what it is and what it runs.
type Runner = (&'static str, &'static str, fn() -> Result<test::Count>);

const RUNNERS: [Runner; 6] = [
    ("site", "release build of what phones download", || {
        site::build(Speed::Release).map(|()| test::Count::one(true))
    }),
    ("rust", "the tests that measure", test::rust::run_bench),
    ("scale", "cost and scale, release build", || test::rust::run_scale(&test::rust::AT_SCALE)),
    ("weights", "weights in instructions", test::rust::run_weights),
    ("browser", "people acting in Chromium", || test::browser::run(&[])),
    ("lighthouse", "every page as a phone on a slow network sees it", lighthouse::run),
];

/// Measures everything that can be measured here, or what `--only` names, and prints every row.
pub(crate) fn bench(mut arguments: lexopt::Parser) -> Result<ExitCode> {
    let (mut as_json, mut only) = (false, Vec::<String>::new());
    while let Some(argument) = arguments.next()? {
        match argument {
            Long("json") => as_json = true,
            Long("only") => only.extend(arguments.value()?.string()?.split(',').map(str::to_owned)),
            other => return Err(other.unexpected().into()),
        }
    }
    // With --json standard output belongs to the rows alone.
    say::to_standard_error(as_json);
    test::all_there(&only, &RUNNERS.map(|(name, ..)| name))?;
    forget()?;
    let mut failures = Vec::new();
    let asked = |name: &str| only.is_empty() || only.iter().any(|one| one == name);
    for (name, what, run) in RUNNERS.into_iter().filter(|(name, ..)| asked(name)) {
        say::heading(&format!("{name}: {what}"));
        match run() {
            Ok(count) if count.failed == 0 => {}
            Ok(count) => failures.push(format!("{name}: {} tests failed", count.failed)),
            Err(error) => failures.push(format!("{name}: {error:#}")),
        }
    }

    let rows = rows()?;
    say::heading("bars");
    for row in &rows {
        say::result(&if as_json { row.json().to_string() } else { row.shown() });
    }
    for failure in &failures {
        say::failure(failure);
    }
    let missed = rows.iter().filter(|row| row.misses_a_gate()).count();
    let measured = rows.iter().filter(|row| row.is_measured()).count();
    say::line(&format!("\n{} of {} bars measured, {missed} missed", measured, rows.len()));
    Ok(if missed == 0 && failures.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// The file of figures.
pub(crate) fn figures_file() -> PathBuf {
    shell::target("xtask/bench.jsonl")
}

/// Starts a new file of figures.
pub(crate) fn forget() -> Result<()> {
    std::fs::create_dir_all(shell::target("xtask"))?;
    std::fs::write(figures_file(), "")?;
    Ok(())
}

/// Every bar with the figure that was measured since [`forget`].
pub(crate) fn rows() -> Result<Vec<Row>> {
    let mut rows: Vec<Row> = bars::ALL.iter().map(Row::not_yet).collect();
    let figures = std::fs::read_to_string(figures_file()).unwrap_or_default();
    let lines = figures
        .lines()
        .map(|line| serde_json::from_str(line).with_context(|| format!("not a figure: {line}")));
    let cost = cost::figure().transpose();
    let packed = package::figure();
    for figure in site_figures()?.into_iter().chain(packed).map(Ok).chain(lines).chain(cost) {
        let figure: Value = figure?;
        let id = figure["id"].as_str().context("a figure without an id")?;
        // Counters that a figure is worked out from.
        if id.starts_with(cost::COUNTERS) {
            continue;
        }
        let row = rows.iter_mut().find(|row| row.bar.id == id);
        row.with_context(|| format!("{id} is measured but is no bar of xtask/src/bench/bars.rs"))?
            .take(&figure)?;
    }
    Ok(rows)
}

/// What `assets.json` of a release build says about size.
fn site_figures() -> Result<Vec<Value>> {
    let Ok(bytes) = std::fs::read(site::folder().join("assets.json")) else { return Ok(Vec::new()) };
    let manifest: Value = serde_json::from_slice(&bytes)?;
    if manifest["mode"] != Speed::Release.name() {
        return Ok(Vec::new());
    }
    let figure = |id: &str, bundle: &str| serde_json::json!({ "id": id, "value": manifest[bundle]["bytes_br"], "note": format!("the {bundle} bundle") });
    Ok(vec![
        figure("P2.first", "resident"),
        figure("P2.all", "resident"),
        figure("P3.round", "field"),
        figure("P3.decoder", "decoder"),
    ])
}
