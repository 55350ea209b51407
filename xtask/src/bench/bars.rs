//! The bars of the project: the only place that says what each figure means and what it must be.
//! Exact counters gate; ratios and seconds are reported, since machines are shared and noisy.

/// One bar.
pub(crate) struct Bar {
    /// `P1` to `H5`; where a bar has several figures, `P6.order.write`.
    pub(crate) id: &'static str,
    /// What is measured.
    pub(crate) what: &'static str,
    /// The unit of figure and limit.
    pub(crate) unit: &'static str,
    /// The limit itself still holds.
    pub(crate) limit: f64,
    /// Whether the limit is the largest or the smallest figure allowed.
    pub(crate) direction: Direction,
    /// Whether missing it fails the run.
    pub(crate) gates: bool,
    /// Why there may be no figure.
    pub(crate) not_yet: &'static str,
}

/// Which side of the limit is good.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Direction {
    /// The limit is the largest figure allowed.
    Max,
    /// The limit is the smallest figure allowed.
    Min,
}

impl Direction {
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Max => "max",
            Self::Min => "min",
        }
    }
}

impl Bar {
    /// Whether a figure is on the good side.
    pub(crate) fn keeps(&self, value: f64) -> bool {
        match self.direction {
            Direction::Max => value <= self.limit,
            Direction::Min => value >= self.limit,
        }
    }

    const fn reported(mut self) -> Self {
        self.gates = false;
        self
    }
}

const fn at_most(
    limit: f64,
    unit: &'static str,
    id: &'static str,
    what: &'static str,
    not_yet: &'static str,
) -> Bar {
    Bar { id, what, unit, limit, direction: Direction::Max, gates: true, not_yet }
}

const fn at_least(
    limit: f64,
    unit: &'static str,
    id: &'static str,
    what: &'static str,
    not_yet: &'static str,
) -> Bar {
    Bar { id, what, unit, limit, direction: Direction::Min, gates: true, not_yet }
}

const RELEASE: &str = "needs a release build of the site";
const STORE: &str = "no test recorded it in this run";
const BROWSER: &str = "no browser test recorded it in this run";
const PACKAGE: &str = "needs `cargo xtask package` on the sources as they are";
const WEIGHT: &str = "only `cargo xtask bench` weighs, by valgrind";
const SCALE: &str = "only the release run of `cargo xtask bench` loads the machine";
const LIGHTHOUSE: &str = "only `cargo xtask bench` runs Lighthouse";

/// Every bar, in the order of their numbers.
pub(crate) const ALL: &[Bar] = &[
    at_most(14_000.0, "bytes", "P1", "order page, HTML and CSS, brotli 11", BROWSER),
    at_most(100_000.0, "bytes", "P2.first", "wasm and glue of a resident's first page, brotli", RELEASE),
    at_most(140_000.0, "bytes", "P2.all", "wasm and glue of all resident pages, brotli", RELEASE),
    at_most(
        120_000.0,
        "bytes",
        "P3.round",
        "wasm and glue before a volunteer's round shows, brotli",
        RELEASE,
    ),
    at_most(90_000.0, "bytes", "P3.decoder", "QR decoder, brotli", RELEASE),
    at_most(0.0, "bytes", "P4", "network before the last known state shows again", BROWSER),
    at_least(100.0, "points", "P5.performance", "Lighthouse mobile, worst page", LIGHTHOUSE).reported(),
    // A floating button over a long list covers part of some target at most sizes of a screen, until one scrolls.
    at_least(100.0, "points", "P5.accessibility", "Lighthouse mobile, worst page", LIGHTHOUSE).reported(),
    at_least(100.0, "points", "P5.best_practices", "Lighthouse mobile, worst page", LIGHTHOUSE),
    at_least(100.0, "points", "P5.seo", "Lighthouse mobile, worst page", LIGHTHOUSE),
    at_most(1.0, "write units", "P6.order.write", "an order without stock cap", STORE),
    at_most(1.0, "read units", "P6.order.read", "an order without stock cap", STORE),
    at_most(2.0, "calls", "P6.order.calls", "an order without stock cap", STORE),
    at_most(4.0, "write units", "P6.need.write", "a need reported, answered, closed", STORE),
    at_most(4.0, "write units", "P7.one", "order with one capped menu; also its change and cancel", STORE),
    at_most(6.0, "write units", "P7.two", "order with two capped menus; also its change and cancel", STORE),
    at_most(20.0, "write units", "P8", "marks of a round of 20 doors", STORE),
    at_most(1.0, "read units", "P9.home", "home page, also with an open need", STORE),
    at_most(1.0, "read units", "P9.home.first", "home page, a server's first look", STORE),
    at_most(2.0, "read units", "P9.home.own_write", "home page after one's own write", STORE),
    at_most(0.5, "read units", "P9.poll", "a poll without news", STORE),
    at_most(1.1, "x", "P9.round", "read units a door, round of 600 doors against 60", STORE),
    at_most(2.0, "read units", "P9.board", "boards", STORE),
    at_most(0.0, "scans", "P9.scans", "table scans on request paths", STORE),
    at_most(1.0, "x", "P9.flat", "units at 100,000 items against 1,000", STORE),
    at_most(300.0, "write units/s", "P10", "hottest key at 1,667 orders a second", STORE),
    at_most(5_000_000.0, "bytes", "P11.zip", "the function `web` as uploaded", PACKAGE),
    at_most(0.0, "handshakes", "P11.tls", "TLS handshakes on the first request", STORE),
    at_most(1.5, "x", "P11.cold", "cold start in instructions against a bare function", WEIGHT).reported(),
    at_most(2.0, "x", "P12", "warm order in instructions against bare signed calls", WEIGHT).reported(),
    at_least(99.0, "%", "P13.second", "seeded clips decoded within one second", STORE),
    at_least(99.0, "%", "P13.frame", "single frames decoded", STORE).reported(),
    at_most(1.0, "requests", "P14.requests", "500 waiting facts on reconnect", BROWSER),
    at_most(20_000.0, "bytes", "P14.bytes", "500 waiting facts on reconnect", BROWSER),
    at_most(0.000_05, "USD", "P15", "a household and month at 5 million households", SCALE),
    at_most(600.0, "bytes", "P15.log", "a request in the function's log, metrics included", STORE),
    at_most(0.0, "errors", "P16.errors", "10,000 households order in 10 minutes on one machine", SCALE),
    at_most(500.0, "ms", "P16.p99", "10,000 households order in 10 minutes on one machine", SCALE).reported(),
    at_least(1_000.0, "schedules", "R1.schedules", "seeded fault schedules replayed", STORE),
    at_most(0.0, "violations", "R1.violations", "lost, doubled or diverging facts over them", STORE),
    at_least(20.0, "kills", "R2.browser.kills", "browser killed with a full outbox", BROWSER),
    at_most(0.0, "facts", "R2.browser.lost", "saved facts lost over them", BROWSER),
    at_least(50.0, "kills", "R2.server.kills", "server process killed", STORE),
    at_most(0.0, "facts", "R2.server.lost", "acknowledged facts lost over them", STORE),
    at_least(10_000.0, "cases", "R3.cases", "the same fact sent again, in parallel too", STORE),
    at_most(0.0, "cases", "R3.violations", "more than one effect or answer over them", STORE),
    at_most(0.0, "boxes", "R4.oversold", "the last item wanted by 60 at once", STORE),
    at_most(0.0, "answers", "R4.false_sold_out", "sold out although something is left, at rest", STORE),
    at_most(0.0, "households", "R4.untold", "never told whether they have it", STORE),
    at_most(0.0, "cells", "R5.untested", "cells of role x route x place without a test", STORE),
    at_most(0.0, "cells", "R5.wrong", "cells that are not decided as written by hand", STORE),
    at_least(100_000.0, "requests", "R5.requests", "random requests across households", STORE),
    at_most(0.0, "reads", "R5.leaks", "reads and writes across households in them", STORE),
    at_most(0.0, "crashes", "R6", "fuzz targets", STORE),
    at_most(0.0, "answers", "R7", "answers 5xx to random requests", STORE),
    at_least(80.0, "%", "R8.goodput", "goodput at 5 times capacity", SCALE).reported(),
    at_most(60.0, "s", "R8.recovery", "recovered after overload", SCALE).reported(),
    at_most(0.0, "differences", "R9", "after a restore into an empty place", BROWSER),
    // Its test holds the number of gaps that are known; the bar is met when there are none.
    at_most(0.0, "rows", "R10", "rows of OWASP ASVS levels 1 and 2 without an answer", STORE).reported(),
    at_most(0.0, "canaries", "R11.phone", "planted secrets found on the phone after sign-out", BROWSER),
    at_most(0.0, "canaries", "R11.log", "planted secrets found in the log", STORE),
    at_most(6.0, "taps", "H1.taps", "a resident's first order after sign-in", BROWSER),
    at_most(60.0, "s", "H1.seconds", "a resident's first order", BROWSER).reported(),
    at_most(90.0, "s", "H2.first_door", "a volunteer's first door, from the invite", BROWSER).reported(),
    at_most(2.0, "actions", "H2.next_door", "each next door: a scan and a tap", BROWSER),
    at_most(
        0.0,
        "violations",
        "H3",
        "axe, every page, zh and en, light and dark, wide text, 320 px",
        BROWSER,
    ),
    at_most(30.0, "s", "H4", "order or need entered from paper or a call", BROWSER).reported(),
    at_most(0.0, "rows", "H5.silent", "ledger rows neither taken nor rejected with a reason", STORE),
];

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::ALL;

    #[test]
    fn every_numbered_bar_has_a_row_and_every_id_is_used_once() {
        let ids: BTreeSet<&str> = ALL.iter().map(|bar| bar.id).collect();
        assert_eq!(ids.len(), ALL.len());
        let numbers: BTreeSet<&str> =
            ALL.iter().map(|bar| bar.id.split('.').next().expect("an id")).collect();
        let wanted = [("P", 16), ("R", 11), ("H", 5)];
        let expected: BTreeSet<String> = wanted
            .iter()
            .flat_map(|(letter, last)| (1..=*last).map(move |n| format!("{letter}{n}")))
            .collect();
        assert_eq!(numbers, expected.iter().map(String::as_str).collect());
    }
}
