//! P5: Lighthouse, as a middle-class phone on a slow network, over every page of every role.

use anyhow::{Context, Result};

use crate::prepare::{node, system};
use crate::test::Count;
use crate::{bench, say, shell, site};

/// Runs `tests/lighthouse/pages.js` on a release build of the server: what a debug build takes to answer is not ours.
pub(crate) fn run() -> Result<Count> {
    for tool in [&system::CHROMIUM, &system::CHINESE_FONTS, &node::PACKAGES, &node::LIGHTHOUSE] {
        tool.ensure()?;
    }
    let mut build = shell::cargo();
    build.args(["build", "--release", "--package", "web", "--bin", "local"]);
    // Shares what the run at scale built.
    shell::run(build.env("CARGO_PROFILE_RELEASE_LTO", "off"))?;
    let mut look = shell::command("node");
    look.current_dir(node::lighthouse_folder())
        .arg("pages.js")
        .env("CHROMIUM", system::chromium().context("Chromium was found a moment ago")?)
        .env("LOCAL_SERVER", shell::target("release/local"))
        .env("SITE", site::folder())
        .env(bench::BENCH_OUT, bench::figures_file());
    Ok(Count::one(shell::lines(&mut look, say::line)?))
}
