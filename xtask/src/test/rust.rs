//! `cargo test` over the workspace, with DynamoDB Local beside it for the store contract.

use std::path::Path;

use anyhow::Result;

use super::Count;
use crate::package::SMALLER_PAGES;
use crate::prepare::{dynamodb_local, pebble, system};
use crate::{bench, say, shell};

/// Runs all tests; `arguments` go to the test binaries (a name filters).
pub(crate) fn run(arguments: &[String]) -> Result<Count> {
    let dynamodb = dynamodb_local::start()?;
    let pebble = pebble::program();
    let mut count = cargo_test(&shell::PRODUCT, arguments, &dynamodb.endpoint, pebble.as_deref())?;
    count += cargo_test(&["--package", "xtask"], arguments, &dynamodb.endpoint, None)?;
    Ok(count)
}

/// Runs the tests of the crate `tests` only, without those of [`AT_SCALE`]: all figures of Rust code are measured there.
pub(crate) fn run_bench() -> Result<Count> {
    let dynamodb = dynamodb_local::start()?;
    let skipped: Vec<String> = AT_SCALE.iter().flat_map(|name| ["--skip", name]).map(str::to_owned).collect();
    cargo_test(&[&shell::PRODUCT[..], &["--test", "all"]].concat(), &skipped, &dynamodb.endpoint, None)
}

/// The tests of the crate `tests` that load the machine. Where `BENCH_SCALE` is set they are whole.
pub(crate) const AT_SCALE: [&str; 1] = ["bench::"];

/// Runs tests of the crate `tests` with these names in a release build, whole.
pub(crate) fn run_scale(names: &[&str]) -> Result<Count> {
    let mut cargo = shell::cargo();
    // The crate is built as for the tests, but without whole-program optimisation: minutes for a few per cent.
    cargo
        .args([
            "test",
            "--release",
            "--package",
            "tests",
            "--test",
            "all",
            "--",
            "--test-threads=1",
            "--nocapture",
        ])
        .args(names)
        .env("CARGO_PROFILE_RELEASE_LTO", "off")
        .env("BENCH_SCALE", "1")
        .env(bench::BENCH_OUT, bench::figures_file());
    let mut count = Count::default();
    let succeeded = shell::lines(&mut cargo, |line| {
        count += result_line(line).unwrap_or_default();
        say::line(line);
    })?;
    Ok(count.with_status(succeeded))
}

/// Weighs `web` beside a bare function, both built as they are packed: P11.cold and P12. Needs valgrind.
pub(crate) fn run_weights() -> Result<Count> {
    if let Err(reason) = system::VALGRIND.ensure() {
        say::line(&format!("  nothing is weighed: {reason:#}"));
        return Ok(Count::default());
    }
    for (name, features) in [("web", &["--no-default-features", "--features", "lambda"][..]), ("bare", &[])] {
        let mut build = shell::cargo();
        build.args(["build", "--profile", "function", "--package", name, "--bin", name]).args(features);
        shell::run(build.env("RUSTFLAGS", SMALLER_PAGES))?;
    }
    let dynamodb = dynamodb_local::start()?;
    let mut cargo = shell::cargo();
    cargo
        .args(["test", "--no-fail-fast"])
        .args(shell::PRODUCT)
        .args(["--test", "all", "--", "runtime::weight"])
        .env("WEIGH", shell::target("function"))
        .env("DYNAMODB_LOCAL", &dynamodb.endpoint)
        .env(bench::BENCH_OUT, bench::figures_file());
    let mut count = Count::default();
    let succeeded = shell::lines(&mut cargo, |line| hear(line, &mut count))?;
    Ok(count.with_status(succeeded))
}

fn cargo_test(
    selection: &[&str],
    arguments: &[String],
    dynamodb: &str,
    pebble: Option<&Path>,
) -> Result<Count> {
    let mut cargo = shell::cargo();
    cargo
        .args(["test", "--no-fail-fast"])
        .args(selection)
        .arg("--")
        .args(arguments)
        .env("DYNAMODB_LOCAL", dynamodb)
        .envs(pebble.map(|program| ("PEBBLE", program)))
        .env(bench::BENCH_OUT, bench::figures_file());
    let mut count = Count::default();
    let succeeded = shell::lines(&mut cargo, |line| hear(line, &mut count))?;
    Ok(count.with_status(succeeded))
}

/// Counts, and says what somebody should see: a line for each of thousands of passed tests hides the one that matters.
fn hear(line: &str, count: &mut Count) {
    *count += result_line(line).unwrap_or_default();
    let is_noise = line.is_empty() || (line.starts_with("test ") && line.ends_with("... ok"));
    if !is_noise {
        say::line(line);
    }
}

/// Reads `test result: ok. 12 passed; 0 failed; ...`.
fn result_line(line: &str) -> Option<Count> {
    let rest = line.strip_prefix("test result: ")?;
    let mut count = Count::default();
    for part in rest.split(['.', ';']) {
        match part.trim().split_once(' ') {
            Some((number, "passed")) => count.passed = number.parse().ok()?,
            Some((number, "failed")) => count.failed = number.parse().ok()?,
            _ => {}
        }
    }
    Some(count)
}

#[cfg(test)]
mod tests {
    use super::{Count, result_line};

    #[test]
    fn reads_what_cargo_test_says() {
        let line = "test result: FAILED. 12 passed; 3 failed; 0 ignored; 0 measured; 4 filtered out; finished in 0.10s";
        assert_eq!(result_line(line), Some(Count { passed: 12, failed: 3 }));
        assert_eq!(result_line("test ledger::reads ... ok"), None);
    }

    #[test]
    fn a_runner_that_crashes_counts_as_failed() {
        let crashed = Count { passed: 12, failed: 0 }.with_status(false);
        assert_eq!(crashed, Count { passed: 12, failed: 1 });
    }
}
