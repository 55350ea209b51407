//! A household's month in what is billed: measured counters of each action, as often as a month has it.

use std::collections::BTreeMap;

use anyhow::{Context, Result};
use serde_json::Value;

use super::COUNTERS;
use crate::{bench, site};

/// A household's month: bar P15.
pub(super) const MONTH: [(&str, f64); 6] =
    [("order", 4.0), ("delivery", 4.0), ("view", 8.0), ("look", 4.0), ("check", CHECKS), ("update", 1.0)];
/// How often a browser asks by itself whether the service worker is still the same: at the first visit of a day. The four
/// windows of a month are open on days of their own, on each of which the menu is viewed twice, and what was ordered
/// is looked for on another day.
pub(super) const CHECKS: f64 = 8.0;
/// Connections of a month: each view and each look is taken for a visit of its own.
const VISITS: f64 = 12.0;

/// The share of requests that meet an instance which has not read the community yet.
pub(super) const COLD: f64 = 0.02;
/// What a request reads on AWS besides what is counted, which is all that an instance asks that has never met the reader:
/// the community's version, a call and half a unit. An instance asks for it every 15 seconds, so at most once a request.
pub(super) const ELSEWHERE: (f64, f64) = (1.0, 0.5);

/// What releases changed, measured.
const UPDATES: &str = include_str!("updates.json");

/// Counters of one action, or of a month.
#[derive(Clone, Copy, Default)]
pub(super) struct Used {
    pub(super) edge_requests: f64,
    pub(super) invocations: f64,
    /// Calls to the table, one after another.
    pub(super) waits: f64,
    pub(super) reads: f64,
    pub(super) writes: f64,
    pub(super) stored: f64,
    pub(super) bytes_out: f64,
    pub(super) log_bytes: f64,
    pub(super) seconds: f64,
    /// Connections that a phone opens in a month.
    pub(super) visits: f64,
    /// What one file would take where the function serves files: not a sum.
    pub(super) file_seconds: f64,
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

/// The sum of a month's actions; `None` where one of them was not measured.
pub(super) fn month(counters: &BTreeMap<String, f64>, prefix: &str) -> Result<Option<Used>> {
    let Some(file) = action_of(counters, "file") else { return Ok(None) };
    let mut month = Used { file_seconds: file.seconds, visits: VISITS, ..Used::default() };
    for (action, times) in MONTH {
        let used = match action {
            "update" => update(counters, file)?,
            // An answer without a body. Without a program on the phone there is no service worker.
            "check" if prefix.is_empty() => {
                Some(Used { edge_requests: 1.0, bytes_out: file.bytes_out, ..Used::default() })
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
        ..Used::default()
    })
}

/// A new release reaches a phone: the worker, one file with what it changed, and the shells. What it has not changed
/// (pictures, the manifest) the service worker takes from the release before. `file` is an answer without a body.
fn update(counters: &BTreeMap<String, f64>, file: Used) -> Result<Option<Used>> {
    let Some(shells) = action_of(counters, "shells") else { return Ok(None) };
    let Ok(worker) = std::fs::metadata(site::folder().join("sw.js.br")) else { return Ok(None) };
    // One of the month's checks finds the new worker: its request is counted there, its bytes here.
    let bytes_out = worker.len() as f64 + usual_difference()? + file.bytes_out;
    let mut update = Used { edge_requests: 1.0, bytes_out, ..Used::default() };
    update.add(shells, 1.0);
    Ok(Some(update))
}

/// Bytes that a resident's phone downloads of what differs between two releases, over those that were measured.
fn usual_difference() -> Result<f64> {
    let all: Value = serde_json::from_str(UPDATES).context("cost/updates.json")?;
    let measured = all["measured"].as_array().context("cost/updates.json measured nothing")?;
    let bytes: Vec<f64> = measured.iter().filter_map(|update| update["difference"].as_f64()).collect();
    anyhow::ensure!(!bytes.is_empty(), "cost/updates.json has no difference");
    Ok(bytes.iter().sum::<f64>() / bytes.len() as f64)
}

/// The worst of what this run noted for each counter.
pub(super) fn counters() -> Result<BTreeMap<String, f64>> {
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_not_measured_gives_no_figure() {
        assert!(month(&BTreeMap::new(), "").expect("no file is needed").is_none());
    }

    #[test]
    fn a_difference_is_less_than_the_whole() {
        let all: Value = serde_json::from_str(UPDATES).expect("JSON");
        for update in all["measured"].as_array().expect("a list") {
            let bytes = |name: &str| update[name].as_u64().expect("bytes");
            assert!(bytes("difference") < bytes("whole"), "{update}");
        }
    }
}
