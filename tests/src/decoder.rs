//! P13: the scanner's fallback decoder on seeded clips of door cards, with the naive way beside it.

use clips::rate::{Rates, measure};

use crate::figures::record;

/// Seeds of the clips. Others than those the decoder was tuned on, which lie above 100.
const SEEDS: std::ops::Range<u64> = 0..40;

#[test]
fn bench_door_cards_are_read_within_a_second_and_the_naive_way_is_not_enough() {
    let rates = std::thread::scope(|scope| {
        let threads: Vec<_> =
            (0..2).map(|half| scope.spawn(move || measure(SEEDS.skip(half).step_by(2)))).collect();
        threads.into_iter().fold(Rates::default(), |all, thread| all + thread.join().expect("no panic"))
    });
    let (ours, naive) = (rates.ours, rates.naive);
    let note = format!("{} clips, {:.1} ms a frame here", ours.clips, ours.milliseconds());
    record("P13.second", ours.clip_share() * 100.0, Some(naive.clip_share() * 100.0), &note);
    record("P13.frame", ours.frame_share() * 100.0, Some(naive.frame_share() * 100.0), &note);
    assert!(ours.clip_share() >= 0.99, "{rates:?}");
    assert!(ours.frame_share() > 0.9, "{rates:?}");
    assert!(naive.clip_share() < 0.99, "the clips are too easy to prove anything: {rates:?}");
}
