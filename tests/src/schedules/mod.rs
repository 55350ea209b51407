//! Bar R1: seeded schedules of everything that can go wrong between phones, network, server and table. In the end
//! nothing acknowledged is lost, nothing is applied twice, and every replica shows the same.
//!
//! `SCHEDULES=10000 cargo test -p tests schedules` runs more; `SCHEDULE=<seed>` replays one.

mod phone;
mod story;

use crate::figures::record;
use std::sync::atomic::{AtomicU64, Ordering};

/// Schedules run where nothing else is asked for.
const USUAL: u64 = 1_000;

fn asked(name: &str) -> Option<u64> {
    std::env::var(name).ok()?.parse().ok()
}

#[test]
fn whatever_goes_wrong_nothing_is_lost_nothing_counts_twice_and_all_replicas_agree() {
    if let Some(seed) = asked("SCHEDULE") {
        return run(seed);
    }
    let count = asked("SCHEDULES").unwrap_or(USUAL);
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
                    run(seed);
                }
            });
        }
    });
    #[allow(clippy::cast_precision_loss)]
    record(
        "R1.schedules",
        count as f64,
        None,
        "phones, network, server, table, clocks; the seed of a failing one is printed",
    );
    record("R1.violations", 0.0, None, "each is an assertion of the same test");
}

fn run(seed: u64) {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
    let told = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| runtime.block_on(story::play(seed))));
    if let Err(panic) = told {
        eprintln!("schedule {seed} failed; replay it with SCHEDULE={seed} cargo test -p tests schedules");
        std::panic::resume_unwind(panic);
    }
}
