//! Bar R1: seeded schedules of everything that can go wrong between phones, network, server and table. In the end
//! nothing acknowledged is lost, nothing is applied twice, and every replica shows the same.
//!
//! `SCHEDULES=10000 cargo test -p tests schedules` runs more; `SCHEDULE=<seed>` replays one.

mod check;
mod mishaps;
mod network;
mod phone;
mod story;

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicU64, Ordering};

use crate::figures::{Findings, record};
use mishaps::Mishaps;
use phone::Habit;

/// Schedules run where nothing else is asked for.
const USUAL: u64 = 1_000;
/// How many of them are enough for the naive outbox.
const NAIVE: u64 = 20;

fn asked(name: &str) -> Option<u64> {
    std::env::var(name).ok()?.parse().ok()
}

#[test]
fn whatever_goes_wrong_nothing_is_lost_nothing_counts_twice_and_all_replicas_agree() {
    let (findings, mishaps) = (Findings::default(), Mishaps::default());
    if let Some(seed) = asked("SCHEDULE") {
        run(seed, Habit::Keeps, &mishaps, &findings);
        return findings.conclude("R1.violations", None, "one schedule, replayed");
    }
    run_all(asked("SCHEDULES").unwrap_or(USUAL), Habit::Keeps, &mishaps, &findings);
    let naive = Findings::default();
    run_all(NAIVE, Habit::Forgets, &Mishaps::default(), &naive);

    if findings.count() > 0 {
        eprintln!(
            "each finding begins with its seed; replay one with SCHEDULE=<seed> cargo test -p tests schedules"
        );
    }
    let none = mishaps.missing();
    #[allow(clippy::cast_precision_loss)]
    record("R1.schedules", findings.cases() as f64, None, &mishaps.told());
    let note = format!("control: an outbox that forgets what it sent, in {NAIVE} schedules");
    findings.conclude("R1.violations", Some(naive.count()), &note);
    assert_eq!(none, Vec::<String>::new(), "never happened, so nothing is proved about it");
    assert!(naive.count() > 0, "the naive outbox loses nothing: the schedules are too kind");
}

fn run_all(count: u64, habit: Habit, mishaps: &Mishaps, findings: &Findings) {
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
                    run(seed, habit, mishaps, findings);
                }
            });
        }
    });
}

fn run(seed: u64, habit: Habit, mishaps: &Mishaps, findings: &Findings) {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
    let played = AssertUnwindSafe(|| runtime.block_on(story::play(seed, habit, mishaps, findings)));
    if catch_unwind(played).is_err() {
        findings.broken(format!("{seed}: the schedule broke off"));
    }
}
