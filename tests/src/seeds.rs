//! Plays of many seeds, side by side on all cores: each can be played again alone by its seed.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicU64, Ordering};

use crate::figures::Findings;

/// A number that the caller of the tests asked for, by its variable.
pub(crate) fn asked(name: &str) -> Option<u64> {
    std::env::var(name).ok()?.parse().ok()
}

/// Plays the seeds from nought to below `count`. A play that breaks off is one of the findings.
pub(crate) fn play_all<F: Future<Output = ()>>(
    count: u64,
    findings: &Findings,
    play: impl Fn(u64) -> F + Sync,
) {
    let next = AtomicU64::new(0);
    let workers = std::thread::available_parallelism().map_or(2, std::num::NonZero::get);
    std::thread::scope(|scope| {
        for _ in 0..workers {
            scope.spawn(|| {
                loop {
                    let seed = next.fetch_add(1, Ordering::Relaxed);
                    if seed >= count {
                        break;
                    }
                    play_one(seed, findings, &play);
                }
            });
        }
    });
}

/// Plays one seed.
pub(crate) fn play_one<F: Future<Output = ()>>(seed: u64, findings: &Findings, play: impl Fn(u64) -> F) {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
    if catch_unwind(AssertUnwindSafe(|| runtime.block_on(play(seed)))).is_err() {
        findings.broken(format!("{seed}: the play broke off"));
    }
}
