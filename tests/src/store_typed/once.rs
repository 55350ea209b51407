//! The same fact sent again and again, one after the other and at once, has one effect and one answer
//! (bar R3).

use super::street::*;
use crate::figures::record;
use crate::store_contract::on_every_backend;
use domain::fact::{Fact, Stamped};
use domain::wire::Flag;
use std::io::Write as _;
use std::time::Instant;
use store::{Catalog, HandedIn, Store};
use tokio::task::JoinSet;

/// Sends one fact `times` times at once and asks that all hear the same stamp, one of them as new.
async fn at_once(store: &Store, catalog: &Catalog, household: u32, fact: &Fact, times: u32) -> Stamped {
    let mut phones = JoinSet::new();
    for _ in 0..times {
        let (store, catalog, fact) = (store.clone(), catalog.clone(), fact.clone());
        phones.spawn(async move { hand_in(&store, &catalog, resident(household), &fact).await });
    }
    let answers = phones.join_all().await;
    let mut stamps: Vec<Stamped> = Vec::new();
    let mut new_ones = 0;
    for answer in answers {
        match answer.expect("the table answers") {
            HandedIn::Stored { stamped, new } => {
                new_ones += u32::from(new);
                stamps.push(stamped);
            }
            HandedIn::OtherContent => panic!("it is the same fact"),
        }
    }
    assert_eq!(new_ones, 1, "one arrival is the first");
    assert!(stamps.iter().all(|stamp| *stamp == stamps[0]), "all hear the same word");
    stamps.swap_remove(0)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn fifty_at_once_are_one_order_on_every_backend() {
    on_every_backend(async |store| {
        let catalog = open_street(&store, 1, 10, 10).await;
        let plain = order(1, None, &[line("A", 2)]);
        assert!(at_once(&store, &catalog, 1, &plain, 50).await.verdict.counts());
        let capped = order(2, None, &[line("B", 3)]);
        assert!(at_once(&store, &catalog, 2, &capped, 50).await.verdict.counts());
        assert_eq!(left(&store, "B").await, 7);
        assert_eq!(basket(&store, &catalog, 1).await.expect("an order").revision, 1);
        assert_eq!(basket(&store, &catalog, 2).await.expect("an order").revision, 1);
    })
    .await;
}

/// 10,000 sendings through the whole way of an order, on the embedded table. The shape of each case
/// follows from its number, so that a failing one is found again.
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn ten_thousand_sendings_have_one_effect_each() {
    let began = Instant::now();
    let store = Store::embedded_memory(crate::store_contract::config()).await.expect("a table in memory");
    let catalog = open_street(&store, 70, 3_000, 3_000).await;
    let (mut sendings, mut boxes) = (0_u32, 0_u32);
    for household in 1..=1_320_u32 {
        let times = match household % 40 {
            0 => 50,
            n => 1 + n % 10,
        };
        let quantity = u16::try_from(1 + household % 3).expect("small");
        let fact = match household % 4 {
            0 => order(household, None, &[line("B", quantity)]),
            1 => order(household, None, &[line("A", quantity)]),
            2 => away(household),
            _ => order(household, None, &[line("A", 1), line("B", quantity)]),
        };
        let capped = matches!(household % 4, 0 | 3);
        if household % 2 == 0 {
            at_once(&store, &catalog, household, &fact, times).await;
        } else {
            let first = stored(&store, &catalog, resident(household), &fact).await;
            for _ in 1..times {
                let again = hand_in(&store, &catalog, resident(household), &fact).await.expect("answered");
                assert_eq!(again, HandedIn::Stored { stamped: first.clone(), new: false });
            }
        }
        sendings += times;
        boxes += if capped { u32::from(quantity) } else { 0 };
        // The same id with other words is told so, every time.
        let mut other = fact.clone();
        other.seq.number += 1;
        let answer = hand_in(&store, &catalog, resident(household), &other).await.expect("answered");
        assert_eq!(answer, HandedIn::OtherContent);
        sendings += 1;
    }
    assert!(sendings >= 10_000, "{sendings} sendings");
    assert_eq!(left(&store, "B").await, 3_000 - boxes);
    assert_eq!(ordered(&store, &catalog, "B").await, boxes);
    record("R3.cases", f64::from(sendings), None, "one after the other, and up to 50 at once");
    record("R3.violations", 0.0, None, "each is an assertion of the same test");
    let took = began.elapsed();
    drop(writeln!(std::io::stderr(), "R3: {sendings} sendings in {:.1} s", took.as_secs_f32()));
}

#[tokio::test]
async fn a_flag_given_at_first_arrival_stays_when_the_round_was_reassigned_meanwhile() {
    on_every_backend(async |store| {
        let catalog = open_street(&store, 1, 10, 10).await;
        let fact = mark(3);
        let first = stored(&store, &catalog, steward(), &fact).await;
        let later = store
            .hand_in(&catalog, &fact, steward(), NOON + 60_000, |_| {
                domain::fact::Verdict::Flagged(Flag::NoLongerAssigned)
            })
            .await;
        assert_eq!(later.expect("answered"), HandedIn::Stored { stamped: first, new: false });
    })
    .await;
}
