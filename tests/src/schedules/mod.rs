//! Bar R1: seeded schedules of everything that can go wrong between phones, network, server and table. In the end
//! nothing acknowledged is lost, nothing is applied twice, and every replica shows the same.
//!
//! `SCHEDULES=10000 cargo test -p tests schedules` runs more; `SCHEDULE=<seed>` replays one.

mod check;
mod mishaps;
mod network;
mod phone;
mod story;

use crate::figures::{Findings, record};
use crate::seeds::{asked, play_all, play_one};
use mishaps::Mishaps;
use phone::Habit;

/// Schedules run where nothing else is asked for.
const USUAL: u64 = 1_000;
/// How many of them are enough for the naive outbox.
const NAIVE: u64 = 20;

#[test]
fn whatever_goes_wrong_nothing_is_lost_nothing_counts_twice_and_all_replicas_agree() {
    let (findings, mishaps) = (Findings::default(), Mishaps::default());
    if let Some(seed) = asked("SCHEDULE") {
        play_one(seed, &findings, |seed| story::play(seed, Habit::Keeps, &mishaps, &findings));
        return findings.conclude("R1.violations", None, "one schedule, replayed");
    }
    play_all(asked("SCHEDULES").unwrap_or(USUAL), &findings, |seed| {
        story::play(seed, Habit::Keeps, &mishaps, &findings)
    });
    let (naive, of_naive) = (Findings::default(), Mishaps::default());
    play_all(NAIVE, &naive, |seed| story::play(seed, Habit::Forgets, &of_naive, &naive));

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
