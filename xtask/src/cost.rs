//! `cargo xtask cost`: what a household and month costs on AWS. Counters are measured by the test `bench::cost` on the
//! real router and table; prices are the list prices of `cost/prices.json`, which says where each comes from. What is
//! neither measured nor a price is an assumption, stands below with its reason, and is printed with the sum.

use std::collections::BTreeMap;
use std::process::ExitCode;

use anyhow::{Context, Result, bail};
use lexopt::prelude::{Long, ValueExt};
use serde_json::{Value, json};

use crate::{bench, say, site, test};

/// What counters begin with in the file of figures.
pub(crate) const COUNTERS: &str = "cost.";
/// Whose prices the bar is about.
const REGION: &str = "us-east-1";
const PRICES: &str = include_str!("cost/prices.json");

/// A household's month: bar P15.
const MONTH: [(&str, f64); 6] =
    [("order", 4.0), ("delivery", 4.0), ("view", 8.0), ("look", 4.0), ("check", CHECKS), ("update", 1.0)];
/// How often a browser asks by itself whether the service worker is still the same: at every page, unless it asked
/// within the hour. Each view and each look of a month is taken for a visit of its own.
const CHECKS: f64 = 12.0;
/// The households of the bar, for what AWS gives an account each month without charge.
const HOUSEHOLDS: f64 = 5e6;

/// Megabytes of the function `web`: the default of `memory` in `infra/variables.tf`.
const MEMORY: f64 = 512.0;
/// Megabytes that come with one whole processor, as AWS documents.
const WHOLE_PROCESSOR: f64 = 1_769.0;
/// Seconds that a call to the table takes on AWS, during which the function is billed and waits: "single-digit
/// milliseconds" is all that AWS promises. Calls beside each other are waited for once.
const WAIT: f64 = 0.005;
/// The share of requests that meet an instance which has not read the community yet.
const COLD: f64 = 0.02;
/// What a request reads on AWS besides what is counted, which is all that an instance asks that has never met the reader:
/// the community's version, a call and half a unit. An instance asks for it every 15 seconds, so at most once a request.
const ELSEWHERE: (f64, f64) = (1.0, 0.5);
/// What `tally` writes beside each fact, at most: the bar P6 with tally included.
const TALLY: f64 = 0.05;
/// Bytes that a stored fact has at most on average: its write unit, half full.
const FACT_BYTES: f64 = 512.0;
const GB: f64 = 1_000_000_000.0;

/// Counters of one action, or of a month.
#[derive(Clone, Copy, Default)]
struct Used {
    edge_requests: f64,
    invocations: f64,
    /// Calls to the table, one after another.
    waits: f64,
    reads: f64,
    writes: f64,
    stored: f64,
    bytes_out: f64,
    log_bytes: f64,
    seconds: f64,
}

impl Used {
    fn add(&mut self, other: Self, times: f64) {
        self.edge_requests += other.edge_requests * times;
        self.invocations += other.invocations * times;
        self.waits += other.waits * times;
        self.reads += other.reads * times;
        self.writes += other.writes * times;
        self.stored += other.stored * times;
        self.bytes_out += other.bytes_out * times;
        self.log_bytes += other.log_bytes * times;
        self.seconds += other.seconds * times;
    }
}

/// What a month costs, by what is billed.
type Bill = Vec<(&'static str, f64)>;

/// Measures, works out and prints.
pub(crate) fn cost(mut arguments: lexopt::Parser) -> Result<ExitCode> {
    let (mut region, mut is_measured) = (REGION.to_owned(), false);
    while let Some(argument) = arguments.next()? {
        match argument {
            Long("region") => region = arguments.value()?.string()?,
            // With the counters of the last run, for the prices of another region.
            Long("measured") => is_measured = true,
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
    let month = month(&counters, "")?.context("no test measured the counters")?;
    let naive = self::month(&counters, "naive.")?.context("no test measured the naive design")?;
    say::heading(&format!("a household and month, {region}, list prices typed {}", typed()?));
    show(&month, &bill(&month, &region, Allowance::None)?);
    let sum = |used: &Used, allowance| Ok::<f64, anyhow::Error>(total(&bill(used, &region, allowance)?));
    let (ours, others) = (sum(&month, Allowance::None)?, sum(&naive, Allowance::None)?);
    say::line(&format!(
        "\n  5 million households: {:.0} USD a month; the naive design {:.0} USD, {:.1} times as much.\n  With what AWS gives \
         each account without charge every month: {:.9} USD, {:.0} USD in all.",
        ours * HOUSEHOLDS,
        others * HOUSEHOLDS,
        others / ours,
        sum(&month, Allowance::Shared)?,
        sum(&month, Allowance::Shared)? * HOUSEHOLDS,
    ));
    say::line(&format!(
        "\n  Assumed: {MEMORY} MB and {WAIT} s a call to the table while the function waits, once for calls beside each other; {COLD} of the requests meet an\n  \
         instance that has to read the community first, and all of them ask for its version ({} units, {} call); tally writes {TALLY} units a fact; a look lasts less than the half\n  \
         minute after which an open page asks again; {CHECKS} visits on which a browser asks for the service worker; an update\n  \
         changes program, sheet, scripts and shells, but no picture; first price tier throughout. Processor time is this\n  \
         machine's, the embedded table's own work included. Not in it: alarms, keys, scheduler, WAF, push, retention.",
        ELSEWHERE.1, ELSEWHERE.0
    ));
    Ok(ExitCode::SUCCESS)
}

/// The figure of bar P15, where this run has measured everything it needs.
pub(crate) fn figure() -> Result<Option<Value>> {
    let counters = counters()?;
    let (Some(month), Some(naive)) = (month(&counters, "")?, month(&counters, "naive.")?) else {
        return Ok(None);
    };
    let bill = bill(&month, REGION, Allowance::None)?;
    let sum = total(&bill);
    let control = total(&self::bill(&naive, REGION, Allowance::None)?);
    let shared = total(&self::bill(&month, REGION, Allowance::Shared)?);
    let most = bill.iter().max_by(|a, b| a.1.total_cmp(&b.1)).context("an empty bill")?;
    let note = format!(
        "most of it: {} ({:.0} %); list prices typed {}, without what AWS gives each account every month, with it {:.7}",
        most.0,
        most.1 / sum * 100.0,
        typed()?,
        shared
    );
    Ok(Some(json!({ "id": "P15", "value": rounded(sum), "control": rounded(control), "note": note })))
}

fn total(bill: &Bill) -> f64 {
    bill.iter().map(|part| part.1).sum()
}

fn rounded(usd: f64) -> f64 {
    (usd * 1e9).round() / 1e9
}

fn show(month: &Used, bill: &Bill) {
    let sum = total(bill);
    say::line(&format!(
        "  {:.1} requests at the edge, {:.1} of them for the function; {:.2} write and {:.2} read units; {:.0} KB out, {:.1} KB of log",
        month.edge_requests,
        month.invocations,
        month.writes,
        month.reads,
        month.bytes_out / 1e3,
        month.log_bytes / 1e3
    ));
    let mut parts = bill.clone();
    parts.sort_by(|a, b| b.1.total_cmp(&a.1));
    for (what, usd) in parts {
        say::line(&format!("  {usd:.9} USD  {:>3.0} %  {what}", usd / sum * 100.0));
    }
    say::line(&format!("  {sum:.9} USD in all (bar 0.000050)"));
}

/// The sum of a month's actions; `None` where one of them was not measured.
fn month(counters: &BTreeMap<String, f64>, prefix: &str) -> Result<Option<Used>> {
    let mut month = Used::default();
    for (action, times) in MONTH {
        let used = match action {
            "update" => update(counters)?,
            // An answer without a body. Without a program on the phone there is no service worker.
            "check" if prefix.is_empty() => {
                Some(Used { edge_requests: 1.0, bytes_out: HEADERS as f64, ..Used::default() })
            }
            "check" => Some(Used::default()),
            _ => action_of(counters, &format!("{prefix}{action}")),
        };
        let Some(used) = used else { return Ok(None) };
        month.add(used, times);
    }
    month.waits += month.invocations * ELSEWHERE.0;
    month.reads += month.invocations * ELSEWHERE.1;
    // What a cold instance reads more than a warm one, now and then.
    if let (Some(cold), Some(warm)) = (action_of(counters, "cold"), action_of(counters, "view")) {
        let share = month.invocations * COLD;
        month.reads += (cold.reads - warm.reads).max(0.0) * share;
        month.waits += (cold.waits - warm.waits).max(0.0) * share;
        month.seconds += (cold.seconds - warm.seconds).max(0.0) * share;
    }
    Ok(Some(month))
}

fn action_of(counters: &BTreeMap<String, f64>, action: &str) -> Option<Used> {
    let counter = |name: &str| counters.get(&format!("{COUNTERS}{action}.{name}")).copied();
    Some(Used {
        edge_requests: counter("requests")?,
        invocations: counter("invocations")?,
        waits: counter("waits")?,
        reads: counter("reads")?,
        writes: counter("writes")?,
        stored: counter("stored")?,
        bytes_out: counter("bytes_out")?,
        log_bytes: counter("log_bytes")?,
        seconds: counter("seconds")?,
    })
}

/// A new release reaches a phone: one file with what it changed, and the shells. What it has not changed (pictures, the
/// manifest) the service worker takes from the release before.
fn update(counters: &BTreeMap<String, f64>) -> Result<Option<Used>> {
    let Some(shells) = action_of(counters, "shells") else { return Ok(None) };
    let Ok(text) = std::fs::read(site::folder().join("assets.json")) else { return Ok(None) };
    let manifest: Value = serde_json::from_slice(&text)?;
    let Some(pack) = manifest["resident"]["update"].as_str() else { return Ok(None) };
    // One of the month's checks finds the new worker: its request is counted there, its bytes here.
    let bytes_out = sent(WORKER) + sent(pack.trim_start_matches('/'));
    let mut update = Used { edge_requests: 1.0, bytes_out, ..Used::default() };
    update.add(shells, 1.0);
    Ok(Some(update))
}

const WORKER: &str = "sw.js";

/// Bytes of an answer's headers.
const HEADERS: u64 = 300;

/// Bytes of a file as it goes out: compressed where that is smaller, and its headers.
fn sent(file: &str) -> f64 {
    let size = |name: &str| std::fs::metadata(site::folder().join(name)).ok().map(|file| file.len());
    (size(&format!("{file}.br")).or_else(|| size(file)).unwrap_or(0) + HEADERS) as f64
}

/// Whether the bill counts what AWS gives every account each month without charge and without end.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Allowance {
    None,
    /// Shared by the households of the bar.
    Shared,
}

fn bill(used: &Used, region: &str, allowance: Allowance) -> Result<Bill> {
    let prices = prices(region)?;
    let priced = |name: &str, amount: f64| {
        let price = &prices[name];
        let usd = price["usd"].as_f64().with_context(|| format!("no price {name} for {region}"))?;
        let given = price["given_each_month"].as_f64().filter(|_| allowance == Allowance::Shared);
        Ok::<f64, anyhow::Error>((amount - given.unwrap_or_default() / HOUSEHOLDS).max(0.0) * usd)
    };
    let gb_seconds = (used.seconds * WHOLE_PROCESSOR / MEMORY + used.waits * WAIT) * MEMORY / 1_024.0;
    let stored = used.stored * FACT_BYTES / GB;
    Ok(vec![
        ("CloudFront, requests", priced("edge_request", used.edge_requests)?),
        ("CloudFront, bytes out", priced("edge_gb", used.bytes_out / GB)?),
        ("Lambda, requests", priced("invocation", used.invocations)?),
        ("Lambda, time", priced("gb_second", gb_seconds)?),
        ("DynamoDB, writes", priced("write_unit", used.writes * (1.0 + TALLY))?),
        ("DynamoDB, reads", priced("read_unit", used.reads)?),
        (
            "DynamoDB, a month of storage",
            priced("stored_gb_month", stored)? + priced("recovery_gb_month", stored)?,
        ),
        ("CloudWatch, log", priced("log_gb", used.log_bytes / GB)?),
    ])
}

/// The worst of what this run noted for each counter.
fn counters() -> Result<BTreeMap<String, f64>> {
    let mut counters = BTreeMap::new();
    for line in std::fs::read_to_string(bench::figures_file()).unwrap_or_default().lines() {
        let figure: Value = serde_json::from_str(line).with_context(|| format!("not a figure: {line}"))?;
        if let (Some(id), Some(value)) = (figure["id"].as_str(), figure["value"].as_f64())
            && id.starts_with(COUNTERS)
        {
            let worst = counters.entry(id.to_owned()).or_insert(value);
            *worst = worst.max(value);
        }
    }
    Ok(counters)
}

fn prices(region: &str) -> Result<Value> {
    let all: Value = serde_json::from_str(PRICES).context("cost/prices.json")?;
    let known = all["regions"].as_object().context("cost/prices.json has no regions")?;
    let names: Vec<&str> = known.keys().map(String::as_str).collect();
    let region = known.get(region);
    let region =
        region.with_context(|| format!("no prices for that region; there are {}", names.join(", ")))?;
    Ok(region["prices"].clone())
}

fn typed() -> Result<String> {
    let all: Value = serde_json::from_str(PRICES)?;
    Ok(all["typed"].as_str().context("cost/prices.json names no date")?.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_price_says_what_it_is_and_where_it_is_from() {
        let all: Value = serde_json::from_str(PRICES).expect("JSON");
        for (region, known) in all["regions"].as_object().expect("regions") {
            for (name, price) in known["prices"].as_object().expect("prices") {
                assert!(price["usd"].as_f64().is_some_and(|usd| usd > 0.0), "{region} {name}");
                assert!(
                    price["source"].as_str().is_some_and(|from| from.starts_with("https://")),
                    "{region} {name}"
                );
                assert!(price.get("checked").is_some() && price["what"].is_string(), "{region} {name}");
            }
            assert!(bill(&Used::default(), region, Allowance::Shared).is_ok(), "{region}");
        }
    }

    #[test]
    fn what_was_not_measured_gives_no_figure() {
        assert!(month(&BTreeMap::new(), "").expect("no file is needed").is_none());
    }
}
