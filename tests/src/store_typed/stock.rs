//! No oversell: the last item wanted by many at once, quantities of two, several counters, cancels
//! that race orders, answers that are lost (bar R4).

use super::street::*;
use crate::figures::{number, record};
use crate::store_contract::on_every_backend;
use domain::fact::Verdict;
use domain::wire::Refusal;
use std::sync::Arc;
use store::{Catalog, Counter, HandedIn, Store, Write};
use tokio::sync::Barrier;
use tokio::task::JoinSet;

fn counter(menu: &str) -> Counter {
    Counter { run: RUN, menu: menu.parse().expect("a code"), version: 1 }
}

/// Everybody orders at the same moment; returns their words by household.
async fn rush(
    store: &Store,
    catalog: &Catalog,
    households: impl Iterator<Item = u32>,
    lines: impl Fn(u32) -> Vec<domain::menu::Line>,
) -> Vec<(u32, Verdict)> {
    let mut phones = JoinSet::new();
    for household in households {
        let (store, catalog, lines) = (store.clone(), catalog.clone(), lines(household));
        phones.spawn(async move {
            let fact = order(household, None, &lines);
            // A phone that is told "later" sends the same fact again.
            for _ in 0..100 {
                match hand_in(&store, &catalog, resident(household), &fact).await {
                    Ok(HandedIn::Stored { stamped, .. }) => return (household, stamped.verdict),
                    Ok(HandedIn::OtherContent) => panic!("its own fact"),
                    Err(error) => assert!(!error.is_permanent(), "{error}"),
                }
            }
            panic!("household {household} was never answered");
        });
    }
    let mut words = phones.join_all().await;
    words.sort_by_key(|(household, _)| *household);
    words
}

fn sold_out(verdict: &Verdict) -> Option<u32> {
    match verdict {
        Verdict::Refused(Refusal::SoldOut(_, left)) => Some(*left),
        _ => None,
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn the_last_box_wanted_by_sixty_goes_to_one() {
    on_every_backend(async |store| {
        let catalog = open_street(&store, 4, 1, 50).await;
        let words = rush(&store, &catalog, 1..=60, |_| vec![line("B", 1)]).await;
        let taken = words.iter().filter(|(_, word)| word.counts()).count();
        assert_eq!(taken, 1);
        assert_eq!(words.iter().filter_map(|(_, word)| sold_out(word)).filter(|left| *left == 0).count(), 59);
        let (sold, rest) = (ordered(&store, &catalog, "B").await, left(&store, "B").await);
        let naive = look_and_then_order(&store, &catalog).await;
        let note = "the last box, 60 at once; control: look what is left, then order";
        record("R4.oversold", f64::from(sold.saturating_sub(1)), Some(f64::from(naive)), note);
        let untold = words.iter().filter(|(_, word)| !word.counts() && sold_out(word).is_none()).count();
        record("R4.untold", number(untold + 60 - words.len()), None, "the last box, 60 at once");
        assert_eq!((rest, sold, untold, words.len()), (0, 1, 0, 60));
        assert!(naive > 0, "looking first sells no box too many: nobody raced");
    })
    .await;
}

/// The naive way: sixty look at the same moment whether the last box is still there, and then order without a
/// condition. Returns how many boxes too many were sold.
async fn look_and_then_order(store: &Store, catalog: &Catalog) -> u32 {
    let looked = Arc::new(Barrier::new(60));
    let mut phones = JoinSet::new();
    for household in 1..=60 {
        let (store, catalog, looked) = (store.clone(), catalog.clone(), looked.clone());
        phones.spawn(async move {
            // Menu A has no counter of its own: what was ordered of it is counted by reading.
            let sold = ordered(&store, &catalog, "A").await;
            looked.wait().await;
            if sold == 0 {
                let lines = [line("A", 1)];
                assert!(orders(&store, &catalog, household, &lines).await.counts());
            }
        });
    }
    phones.join_all().await;
    ordered(store, catalog, "A").await.saturating_sub(1)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn quantities_of_two_over_several_counters_sell_out_to_the_last_box() {
    on_every_backend(async |store| {
        // A cap of 3,000 spreads over 4 counters; the desk then has only 31 boxes to give.
        let catalog = open_street(&store, 4, 3_000, 50).await;
        assert_eq!(catalog.shards(&"B".parse().expect("a code"), 1), 4);
        drain(&store, &catalog, 3_000 - 31).await;
        let words = rush(&store, &catalog, 1..=40, |household| match household % 2 {
            0 => vec![line("B", 2), line("C", 1)],
            _ => vec![line("A", 1), line("B", 2)],
        })
        .await;
        // 15 pairs, and one box that nobody wanted alone.
        let refused = words.iter().filter_map(|(_, word)| sold_out(word)).filter(|left| *left >= 2);
        let refused = refused.count();
        let note = "pairs over four counters; control: each asks one counter only";
        let naive = one_counter_only(&store).await;
        record("R4.false_sold_out", number(refused), Some(f64::from(naive)), note);
        assert_eq!(words.iter().filter(|(_, word)| word.counts()).count(), 15);
        for (_, word) in words.iter().filter(|(_, word)| !word.counts()) {
            assert!(sold_out(word).is_some_and(|left| left < 2), "{word:?}");
        }
        assert_eq!((left(&store, "B").await, ordered(&store, &catalog, "B").await), (1, 30));
        assert_eq!(left(&store, "C").await, 50 - ordered(&store, &catalog, "C").await);
        // Not a false "sold out" at rest: the last box is sold to whoever wants one.
        assert!(orders(&store, &catalog, 71, &[line("B", 1)]).await.counts());
        assert_eq!(left(&store, "B").await, 0);
    })
    .await;
}

/// The naive way: a household asks the counter that its number falls on and no other. Returns how many hear "sold
/// out" although another counter has a box.
async fn one_counter_only(store: &Store) -> u32 {
    let shards: Vec<u32> = shares(store).await;
    let total: u32 = shards.iter().sum();
    (0..40).filter(|household| shards[household % shards.len()] == 0 && total > 0).map(|_| 1).sum()
}

/// What each counter of menu B has left.
async fn shares(store: &Store) -> Vec<u32> {
    let query = store::Query::partition("R#lane5#1").prefix("STOCK#B#");
    let items = store.query(store::Table::Main, query).await.expect("read");
    let left = |item: &store::Item| item.number("left").and_then(|left| u32::try_from(left).ok());
    items.iter().map(|item| left(item).expect("a counter")).collect()
}

/// Takes boxes out of the counters evenly, as a supplier's bad news would.
async fn drain(store: &Store, catalog: &Catalog, boxes: u32) {
    let shards = u32::from(catalog.shards(&counter("B").menu, 1));
    for shard in 0..shards {
        let share = boxes / shards + u32::from(shard < boxes % shards);
        let partition = if shard == 0 { "R#lane5#1".to_owned() } else { format!("R#lane5#1#S#{shard:02}") };
        let key = store::Key::from_parts(partition, format!("STOCK#B#{shard:02}"));
        let take = store::Update::take(key, "left", share);
        store.transact(vec![Write::Update(store::Table::Main, take)]).await.expect("there was enough");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn cancels_race_orders_and_the_counter_agrees_with_the_baskets() {
    on_every_backend(async |store| {
        let catalog = open_street(&store, 4, 20, 5).await;
        let first = rush(&store, &catalog, 1..=10, |_| vec![line("B", 2)]).await;
        assert!(first.iter().all(|(_, word)| word.counts()));
        // All ten cancel while thirty others want what comes back, some of them two menus at once.
        let mut cancels = JoinSet::new();
        for household in 1..=10 {
            let (store, catalog) = (store.clone(), catalog.clone());
            cancels.spawn(async move { orders(&store, &catalog, household, &[]).await });
        }
        let wanted = rush(&store, &catalog, 11..=40, |household| match household % 3 {
            0 => vec![line("B", 1), line("C", 1)],
            _ => vec![line("B", 1)],
        })
        .await;
        assert!(cancels.join_all().await.iter().all(Verdict::counts));
        let live = ordered(&store, &catalog, "B").await;
        record("R4.oversold", f64::from(live.saturating_sub(20)), None, "cancels racing orders");
        let untold = wanted.iter().filter(|(_, word)| !word.counts() && sold_out(word).is_none()).count();
        record("R4.untold", number(untold + 30 - wanted.len()), None, "cancels racing orders");
        assert!(live <= 20, "{live} boxes of 20 were sold");
        assert_eq!(left(&store, "B").await, 20 - live);
        assert_eq!(left(&store, "C").await, 5 - ordered(&store, &catalog, "C").await);
        assert_eq!(wanted.iter().filter(|(_, word)| !word.counts() && sold_out(word).is_none()).count(), 0);
        // At rest whoever was told "sold out" too early gets one now, down to the last box.
        let mut falsely = 0;
        for household in 41..=(41 + 20 - live) {
            let word = orders(&store, &catalog, household, &[line("B", 1)]).await;
            let is_left = household < 41 + 20 - live;
            falsely += usize::from(is_left && !word.counts());
            assert!(is_left || !word.counts(), "household {household}: {word:?}");
        }
        record("R4.false_sold_out", number(falsely), None, "what came back from cancels, at rest");
        assert_eq!(falsely, 0);
        assert_eq!((left(&store, "B").await, ordered(&store, &catalog, "B").await), (0, 20));
    })
    .await;
}

#[tokio::test]
async fn a_change_moves_only_the_difference_and_says_what_is_left() {
    on_every_backend(async |store| {
        let catalog = open_street(&store, 1, 5, 5).await;
        assert!(orders(&store, &catalog, 1, &[line("B", 3)]).await.counts());
        assert!(orders(&store, &catalog, 1, &[line("B", 5), line("C", 1)]).await.counts());
        assert_eq!((left(&store, "B").await, left(&store, "C").await), (0, 4));
        let word = orders(&store, &catalog, 1, &[line("B", 6), line("C", 2)]).await;
        assert_eq!(sold_out(&word), Some(0));
        assert_eq!((left(&store, "B").await, left(&store, "C").await), (0, 4), "nothing moved");
        assert_eq!(basket(&store, &catalog, 1).await.expect("an order").boxes(), 6);
        assert!(orders(&store, &catalog, 1, &[line("C", 5)]).await.counts());
        assert_eq!((left(&store, "B").await, left(&store, "C").await), (5, 0));
    })
    .await;
}

#[tokio::test]
async fn the_supplier_finds_more_boxes() {
    on_every_backend(async |store| {
        let catalog = open_street(&store, 1, 1, 5).await;
        assert!(orders(&store, &catalog, 1, &[line("B", 1)]).await.counts());
        assert_eq!(sold_out(&orders(&store, &catalog, 2, &[line("B", 2)]).await), Some(0));
        store.top_up(&catalog, &counter("B"), 3).await.expect("topped up");
        assert!(orders(&store, &catalog, 2, &[line("B", 2)]).await.counts());
        assert_eq!(left(&store, "B").await, 1);
        // Saving the window again, as the desk does to extend it, opens no new boxes.
        let mut longer = catalog.community.windows[&RUN].clone();
        longer.closes = longer.closes + domain::Millis::HOUR;
        store.save_window(&read(&store).await, &longer).await.expect("extended");
        assert_eq!(left(&store, "B").await, 1);
    })
    .await;
}
