//! The browser tests in `tests/e2e`: node's own test runner, the real server, the system's Chromium.

use std::path::PathBuf;

use anyhow::{Context, Result, bail};

use super::Count;
use crate::prepare::{node, system};
use crate::site::{self, Speed};
use crate::{bench, say, shell};

/// Runs every `tests/e2e/*.test.js`, or those whose name contains one of the arguments.
pub(crate) fn run(arguments: &[String]) -> Result<Count> {
    for tool in [&system::CHROMIUM, &system::CHINESE_FONTS, &system::PDF_TOOLS] {
        tool.ensure()?;
    }
    if !site::folder().join("assets.json").is_file() {
        site::build(Speed::Release)?;
    }
    node::PACKAGES.ensure()?;
    // The server, and the program that films printed cards for the phone's camera.
    shell::run(shell::cargo().arg("build").args(shell::PRODUCT).args(["--bin", "local", "--bin", "clip"]))?;

    let files = test_files(arguments)?;
    let report = shell::target("xtask/browser.tap");
    std::fs::create_dir_all(shell::target("xtask"))?;
    let mut tests = shell::command("node");
    tests
        .current_dir(node::folder())
        .args(["--test", "--test-reporter=spec", "--test-reporter-destination=stdout"])
        .arg("--test-reporter=tap")
        .arg(format!("--test-reporter-destination={}", report.display()))
        .args(&files)
        .env("CHROMIUM", system::chromium().context("Chromium was found a moment ago")?)
        .env("LOCAL_SERVER", shell::target("debug/local"))
        .env("CLIP", shell::target("debug/clip"))
        .env("SITE", site::folder())
        // Makes what differs between two releases.
        .env("XTASK", std::env::current_exe()?)
        .env(bench::BENCH_OUT, bench::figures_file());
    let succeeded = shell::lines(&mut tests, say::line)?;
    let text = std::fs::read_to_string(&report).context("the browser tests left no report")?;
    Ok(totals(&text).with_status(succeeded))
}

fn test_files(wanted: &[String]) -> Result<Vec<PathBuf>> {
    let mut files: Vec<PathBuf> = std::fs::read_dir(node::folder())?
        .flatten()
        .map(|entry| entry.path())
        .filter(|path| {
            let name = path.to_string_lossy();
            name.ends_with(".test.js") && (wanted.is_empty() || wanted.iter().any(|part| name.contains(part)))
        })
        .collect();
    files.sort();
    if files.is_empty() {
        bail!("no browser test matches {wanted:?}");
    }
    Ok(files)
}

/// The totals at the end of node's TAP report. A skipped or cancelled test didn't pass.
fn totals(tap: &str) -> Count {
    let total = |name: &str| -> u64 {
        let prefix = format!("# {name} ");
        tap.lines()
            .rev()
            .find_map(|line| line.strip_prefix(&prefix))
            .and_then(|number| number.parse().ok())
            .unwrap_or(0)
    };
    Count {
        passed: total("pass"),
        failed: total("fail") + total("cancelled") + total("skipped") + total("todo"),
    }
}

#[cfg(test)]
mod tests {
    use super::{Count, totals};

    #[test]
    fn a_skipped_browser_test_is_not_a_passed_one() {
        let tap = "ok 1 - the desk\n1..1\n# tests 9\n# suites 0\n# pass 6\n# fail 1\n# cancelled 1\n# skipped 1\n# todo 0\n";
        assert_eq!(totals(tap), Count { passed: 6, failed: 3 });
    }
}
