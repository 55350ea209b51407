//! What a month's counters cost at list prices, by what is billed, at each of the two edges that an operator may choose
//! (`edge` in `infra/variables.tf`).

use anyhow::{Context, Result};
use serde_json::Value;

use super::month::Used;

/// The households of the bar: for what is paid by the hour, and for what AWS gives an account each month.
pub(super) const HOUSEHOLDS: f64 = 5e6;

/// Megabytes of the function `web`: the default of `memory` in `infra/variables.tf`.
pub(super) const MEMORY: f64 = 512.0;
/// Megabytes that come with one whole processor, as AWS documents.
const WHOLE_PROCESSOR: f64 = 1_769.0;
/// Seconds that a call to the table takes on AWS, during which the function is billed and waits: "single-digit
/// milliseconds" is all that AWS promises. Calls beside each other are waited for once.
pub(super) const WAIT: f64 = 0.005;
/// What `tally` writes beside each fact, at most: the bar P6 with tally included.
pub(super) const TALLY: f64 = 0.05;
/// Bytes that a stored fact has at most on average: its write unit, half full.
const FACT_BYTES: f64 = 512.0;
const GB: f64 = 1_000_000_000.0;

/// Hours of a month, as AWS counts them.
const HOURS: f64 = 730.0;
/// The addresses that a balancer in two zones has.
const ADDRESSES: f64 = 2.0;
/// What one capacity unit of a balancer carries in an hour: gigabytes, where a function answers.
const UNIT_GB: f64 = 0.4;
/// New connections: 25 a second.
const UNIT_CONNECTIONS: f64 = 25.0 * 3_600.0;
/// Minutes of connections: 3,000 at a time.
const UNIT_MINUTES: f64 = 3_000.0 * 60.0;
/// Bytes that a request has itself, cookies and all that a browser says.
const REQUEST: f64 = 700.0;
/// Minutes for which the connection of a visit is counted: the one in which it asks, and the one in which it is closed
/// for want of questions.
const OPEN_MINUTES: f64 = 2.0;

const PRICES: &str = include_str!("prices.json");

/// What answers phones before the function.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Edge {
    /// CloudFront, paid by the request; files come from S3.
    CloudFront,
    /// A load balancer, paid by the hour and by what goes through it; the function serves files too.
    Balancer,
}

impl Edge {
    pub(super) const ALL: [Self; 2] = [Self::CloudFront, Self::Balancer];

    /// The word of `edge` in `infra/variables.tf`.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::CloudFront => "cloudfront",
            Self::Balancer => "load_balancer",
        }
    }
}

/// Whether the bill counts what AWS gives every account each month without charge and without end.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Allowance {
    None,
    /// Shared by the households of the bar.
    Shared,
}

/// What a month costs, by what is billed.
pub(super) type Bill = Vec<(&'static str, f64)>;

/// A household's month.
pub(super) fn bill(used: &Used, region: &str, edge: Edge, allowance: Allowance) -> Result<Bill> {
    let prices = prices(region)?;
    let priced = |name: &str, amount: f64| {
        let price = &prices[name];
        let usd = price["usd"].as_f64().with_context(|| format!("no price {name} for {region}"))?;
        let given = price["given_each_month"].as_f64().filter(|_| allowance == Allowance::Shared);
        Ok::<f64, anyhow::Error>((amount - given.unwrap_or_default() / HOUSEHOLDS).max(0.0) * usd)
    };
    let files = used.edge_requests - used.invocations;
    let (way, invocations, seconds) = match edge {
        Edge::CloudFront => (
            vec![
                ("CloudFront, requests", priced("edge_request", used.edge_requests)?),
                ("CloudFront, bytes out", priced("edge_gb", used.bytes_out / GB)?),
            ],
            used.invocations,
            used.seconds,
        ),
        Edge::Balancer => (
            vec![
                (
                    "balancer, hours and addresses",
                    priced("balancer_hour", HOURS / HOUSEHOLDS)?
                        + priced("address_hour", HOURS * ADDRESSES / HOUSEHOLDS)?,
                ),
                ("balancer, capacity", priced("balancer_unit_hour", capacity(used))?),
                ("bytes out", priced("out_gb", used.bytes_out / GB)?),
            ],
            used.edge_requests,
            used.seconds + files * used.file_seconds,
        ),
    };
    let gb_seconds = (seconds * WHOLE_PROCESSOR / MEMORY + used.waits * WAIT) * MEMORY / 1_024.0;
    let stored = used.stored * FACT_BYTES / GB;
    let function = vec![
        ("Lambda, requests", priced("invocation", invocations)?),
        ("Lambda, time", priced("gb_second", gb_seconds)?),
        ("DynamoDB, writes", priced("write_unit", used.writes + used.stored * TALLY)?),
        ("DynamoDB, reads", priced("read_unit", used.reads)?),
        (
            "DynamoDB, a month of storage",
            priced("stored_gb_month", stored)? + priced("recovery_gb_month", stored)?,
        ),
        ("CloudWatch, log", priced("log_gb", used.log_bytes / GB)?),
    ];
    Ok([way, function].concat())
}

/// Hours of capacity units: of what a unit carries, the busiest counts. A month's hours are taken to be alike.
fn capacity(used: &Used) -> f64 {
    let through = (used.bytes_out + used.edge_requests * REQUEST) / GB / UNIT_GB;
    let connections = used.visits / UNIT_CONNECTIONS;
    let minutes = used.visits * OPEN_MINUTES / UNIT_MINUTES;
    through.max(connections).max(minutes)
}

/// The edge at which a month costs least, and its bill.
pub(super) fn cheapest(used: &Used, region: &str, allowance: Allowance) -> Result<(Edge, Bill)> {
    let mut bills = Vec::new();
    for edge in Edge::ALL {
        bills.push((edge, bill(used, region, edge, allowance)?));
    }
    bills.into_iter().min_by(|a, b| total(&a.1).total_cmp(&total(&b.1))).context("no edge")
}

/// US dollars.
pub(super) fn total(bill: &Bill) -> f64 {
    bill.iter().map(|part| part.1).sum()
}

/// The prices of a region; an error that names the regions there are.
pub(super) fn prices(region: &str) -> Result<Value> {
    let all: Value = serde_json::from_str(PRICES).context("cost/prices.json")?;
    let known = all["regions"].as_object().context("cost/prices.json has no regions")?;
    let names: Vec<&str> = known.keys().map(String::as_str).collect();
    let region = known.get(region);
    let region =
        region.with_context(|| format!("no prices for that region; there are {}", names.join(", ")))?;
    Ok(region["prices"].clone())
}

/// The day on which somebody typed the prices.
pub(super) fn typed() -> Result<String> {
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
            for edge in Edge::ALL {
                assert!(bill(&Used::default(), region, edge, Allowance::Shared).is_ok(), "{region}");
            }
        }
    }

    #[test]
    fn a_balancer_is_billed_for_what_fills_it_most() {
        let talkative = Used { visits: 90_000.0, edge_requests: 90_000.0, ..Used::default() };
        assert!((capacity(&talkative) - 1.0).abs() < 1e-9);
        let heavy = Used { bytes_out: 0.8 * GB, ..talkative };
        assert!(capacity(&heavy) > 2.0);
    }
}
