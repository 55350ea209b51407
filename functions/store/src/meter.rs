//! Counts what calls to the table cost, from the table's own `ConsumedCapacity`, so that tests can
//! assert the units of one operation and the log can say them.

use aws_sdk_dynamodb::types::ConsumedCapacity;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

/// Units are multiples of a half; kept as whole thousandths because atomics hold no fractions.
const SCALE: f64 = 1000.0;

/// A shared counter. Clones count into the same place.
#[derive(Debug, Clone, Default)]
pub struct Meter {
    counts: Arc<Counts>,
}

#[derive(Debug, Default)]
struct Counts {
    calls: AtomicU64,
    scans: AtomicU64,
    reads: AtomicU64,
    writes: AtomicU64,
    // The longest row of calls that were answered, each begun after the one before it.
    waits: AtomicU64,
}

/// What a [`Meter`] has counted up to now.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Usage {
    /// Calls to the table; a page of a query is a call, a retry inside the SDK is not.
    pub calls: u64,
    /// How many of them walked a whole table: none on a request path.
    pub scans: u64,
    /// How many of them came one after another: beside each other they are waited for once. Of a meter that counts for
    /// one request at a time.
    pub waits: u64,
    /// Read units, as the table reports them.
    pub reads: f64,
    /// Write units, indexes included. A refused condition also costs its units on AWS, but the
    /// answer does not say so and it is not counted.
    pub writes: f64,
}

impl Usage {
    /// What came since an earlier look at the same meter.
    #[must_use]
    pub fn since(self, before: Self) -> Self {
        Self {
            calls: self.calls.saturating_sub(before.calls),
            scans: self.scans.saturating_sub(before.scans),
            waits: self.waits.saturating_sub(before.waits),
            reads: self.reads - before.reads,
            writes: self.writes - before.writes,
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Cost {
    Read,
    Write,
}

impl Meter {
    /// What was counted up to now.
    #[must_use]
    pub fn usage(&self) -> Usage {
        Usage {
            calls: self.counts.calls.load(Ordering::Relaxed),
            scans: self.counts.scans.load(Ordering::Relaxed),
            waits: self.counts.waits.load(Ordering::Relaxed),
            reads: units(self.counts.reads.load(Ordering::Relaxed)),
            writes: units(self.counts.writes.load(Ordering::Relaxed)),
        }
    }

    /// What was counted since the last time this was asked, and starts again at zero.
    #[must_use]
    pub fn take(&self) -> Usage {
        Usage {
            calls: self.counts.calls.swap(0, Ordering::Relaxed),
            scans: self.counts.scans.swap(0, Ordering::Relaxed),
            waits: self.counts.waits.swap(0, Ordering::Relaxed),
            reads: units(self.counts.reads.swap(0, Ordering::Relaxed)),
            writes: units(self.counts.writes.swap(0, Ordering::Relaxed)),
        }
    }

    pub(crate) fn count_call(&self) -> Waiting<'_> {
        self.counts.calls.fetch_add(1, Ordering::Relaxed);
        let place = self.counts.waits.load(Ordering::Relaxed) + 1;
        Waiting { counts: &self.counts, place }
    }

    pub(crate) fn count_scan(&self) -> Waiting<'_> {
        self.counts.scans.fetch_add(1, Ordering::Relaxed);
        self.count_call()
    }

    pub(crate) fn count_units<'a>(
        &self,
        cost: Cost,
        capacities: impl IntoIterator<Item = &'a ConsumedCapacity>,
    ) {
        let sum: f64 = capacities.into_iter().filter_map(ConsumedCapacity::capacity_units).sum();
        let counter = match cost {
            Cost::Read => &self.counts.reads,
            Cost::Write => &self.counts.writes,
        };
        // Units are small and never negative, so the conversion is exact.
        #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
        counter.fetch_add((sum * SCALE).round() as u64, Ordering::Relaxed);
    }
}

/// A call that is on its way; it ends where this is dropped.
#[must_use]
pub(crate) struct Waiting<'a> {
    counts: &'a Counts,
    place: u64,
}

impl Drop for Waiting<'_> {
    fn drop(&mut self) {
        self.counts.waits.fetch_max(self.place, Ordering::Relaxed);
    }
}

// Below 2^53 thousandths, which no process reaches, the conversion is exact.
#[allow(clippy::cast_precision_loss)]
fn units(thousandths: u64) -> f64 {
    thousandths as f64 / SCALE
}

#[cfg(test)]
mod tests {
    use super::Meter;

    #[test]
    fn calls_beside_each_other_are_waited_for_once() {
        let meter = Meter::default();
        drop(meter.count_call());
        let (one, other) = (meter.count_call(), meter.count_call());
        drop(one);
        // It waited for the first of the two only.
        let last = meter.count_call();
        drop((other, last));
        let usage = meter.usage();
        assert_eq!((usage.calls, usage.waits), (4, 3));
    }
}
