//! `cargo xtask cost`: what a household and month costs on AWS. Counters are measured by the test `bench::cost` on the
//! real router and table; prices are the list prices of `cost/prices.json`, which says where each comes from. What is
//! neither measured nor a price is an assumption, stands in `month` and `bill` with its reason, and is printed with the
//! sum.

mod bill;
mod month;
mod updates;

use std::process::ExitCode;

use anyhow::{Context, Result, bail};
use lexopt::prelude::{Long, ValueExt};
use serde_json::{Value, json};

use self::bill::{
    Allowance, Bill, Edge, HOUSEHOLDS, MEMORY, TALLY, WAIT, bill, cheapest, prices, total, typed,
};
use self::month::{CHECKS, COLD, ELSEWHERE, Used, counters, month};
use crate::{bench, say, test};

/// What counters begin with in the file of figures.
pub(crate) const COUNTERS: &str = "cost.";
/// Whose prices the bar is about.
const REGION: &str = "us-east-1";

/// Measures, works out and prints.
pub(crate) fn cost(mut arguments: lexopt::Parser) -> Result<ExitCode> {
    let (mut region, mut is_measured) = (REGION.to_owned(), false);
    while let Some(argument) = arguments.next()? {
        match argument {
            Long("region") => region = arguments.value()?.string()?,
            // With the counters of the last run, for the prices of another region.
            Long("measured") => is_measured = true,
            Long("update-from") => return updates::measure(&arguments.value()?.string()?),
            other => return Err(other.unexpected().into()),
        }
    }
    prices(&region)?;
    if !is_measured {
        bench::forget()?;
        let count = test::rust::run_scale(&["bench::cost"])?;
        if count.failed > 0 {
            bail!("the counters could not be measured");
        }
    }
    let counters = counters()?;
    let ours = month(&counters, "")?.context("no test measured the counters, or there is no site")?;
    let naive = month(&counters, "naive.")?.context("no test measured the naive design")?;
    say::heading(&format!("a household and month, {region}, list prices typed {}", typed()?));
    say::line(&format!(
        "  {:.1} requests, {:.1} of them not for files; {:.2} write and {:.2} read units; {:.0} KB out, {:.1} KB of log",
        ours.edge_requests,
        ours.invocations,
        ours.writes,
        ours.reads,
        ours.bytes_out / 1e3,
        ours.log_bytes / 1e3
    ));
    for edge in Edge::ALL {
        let given = total(&bill(&ours, &region, edge, Allowance::Shared)?);
        say::line(&format!("\n  edge = \"{}\"", edge.name()));
        show(&bill(&ours, &region, edge, Allowance::None)?);
        say::line(&format!("  {given:.9} USD with what AWS gives each account without charge every month"));
    }
    let sum = |used: &Used| Ok::<f64, anyhow::Error>(total(&cheapest(used, &region, Allowance::None)?.1));
    say::line(&format!(
        "\n  5 million households: {:.0} USD a month; the naive design {:.0} USD, {:.1} times as much.",
        sum(&ours)? * HOUSEHOLDS,
        sum(&naive)? * HOUSEHOLDS,
        sum(&naive)? / sum(&ours)?,
    ));
    say::line(&format!(
        "\n  Assumed: {MEMORY} MB and {WAIT} s a call to the table while the function waits, once for calls beside each other; {COLD} of the requests meet an\n  \
         instance that has to read the community first, and all of them ask for its version ({} units, {} call); tally writes {TALLY} units a fact; a look lasts less than the half\n  \
         minute after which an open page asks again; {CHECKS} days on which a browser asks for the service worker; an update\n  \
         is the mean of cost/updates.json; the balancer's hours are alike; first price tier throughout. Processor time is\n  \
         this machine's, the embedded table's own work included. Not in it: alarms, keys, scheduler, WAF, push, retention.",
        ELSEWHERE.1, ELSEWHERE.0
    ));
    Ok(ExitCode::SUCCESS)
}

/// The figure of bar P15, where this run has measured everything it needs: at the edge that an operator of so many
/// households chooses.
pub(crate) fn figure() -> Result<Option<Value>> {
    let counters = counters()?;
    let (Some(ours), Some(naive)) = (month(&counters, "")?, month(&counters, "naive.")?) else {
        return Ok(None);
    };
    let (edge, bill) = cheapest(&ours, REGION, Allowance::None)?;
    let sum = total(&bill);
    let control = total(&cheapest(&naive, REGION, Allowance::None)?.1);
    let most = bill.iter().max_by(|a, b| a.1.total_cmp(&b.1)).context("an empty bill")?;
    let elsewhere = total(&self::bill(&ours, REGION, Edge::CloudFront, Allowance::None)?);
    let note = format!(
        "edge {}, {:.7} with cloudfront; most of it: {} ({:.0} %); list prices typed {}, without what AWS gives every month",
        edge.name(),
        elsewhere,
        most.0,
        most.1 / sum * 100.0,
        typed()?,
    );
    Ok(Some(json!({ "id": "P15", "value": rounded(sum), "control": rounded(control), "note": note })))
}

fn rounded(usd: f64) -> f64 {
    (usd * 1e9).round() / 1e9
}

fn show(bill: &Bill) {
    let sum = total(bill);
    let mut parts = bill.clone();
    parts.sort_by(|a, b| b.1.total_cmp(&a.1));
    for (what, usd) in parts {
        say::line(&format!("  {usd:.9} USD  {:>3.0} %  {what}", usd / sum * 100.0));
    }
    say::line(&format!("  {sum:.9} USD in all (bar 0.000050)"));
}
