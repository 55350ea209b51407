//! Orders and needs over a table that loses answers, repeats, delays and conflicts: what was answered
//! is true, nothing is applied twice, counters and heads agree with the facts in the end.

use super::needs::{report, step};
use super::street::*;
use crate::figures::Findings;
use crate::store_contract::config;
use domain::fact::{Fact, Stamped};
use domain::need::{Category, Step, needs};
use domain::{FactId, HouseholdId};
use std::collections::BTreeMap;
use std::sync::Arc;
use store::{Catalog, Consistency, Fault, FaultPlan, Faults, HandedIn, RetryPolicy, Store, StoreConfig};
use tokio::task::JoinSet;

/// Who was told what became of their order, over all storms.
#[derive(Default)]
struct Heard {
    /// Never, however often the phone asked.
    never: Findings,
    /// Not by the first answer: a phone that asks once would not know.
    not_at_once: Findings,
}

/// A phone sends one fact until it is answered; what it was told.
async fn until_answered(
    store: &Store,
    catalog: &Catalog,
    household: u32,
    fact: &Fact,
    heard: &Heard,
) -> Option<Stamped> {
    heard.never.case();
    for attempt in 0..200 {
        match hand_in(store, catalog, resident(household), fact).await {
            Ok(HandedIn::Stored { stamped, .. }) => return Some(stamped),
            Ok(HandedIn::OtherContent) => panic!("it is its own fact"),
            Err(error) => assert!(!error.is_permanent(), "{error}"),
        }
        heard.not_at_once.holds(attempt > 0, || format!("household {household}"));
    }
    heard.never.broken(format!("household {household}"));
    None
}

/// Two phones of each household order, change and cancel for a while.
async fn quarrel(
    store: &Store,
    catalog: &Catalog,
    seed: u64,
    household: u32,
    heard: &Heard,
) -> BTreeMap<FactId, Stamped> {
    let mut told = BTreeMap::new();
    let mut random = seed.wrapping_mul(0x9e37_79b9_7f4a_7c15).wrapping_add(u64::from(household));
    let mut draw = |below: u64| {
        random = random.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (random >> 33) % below
    };
    let mut seen = None;
    for _ in 0..4 {
        let lines = match draw(4) {
            0 if seen.is_some() => vec![],
            1 => vec![line("A", 1)],
            2 => vec![line("B", 1 + u16::try_from(draw(2)).expect("small"))],
            _ => vec![line("B", 1), line("C", 1)],
        };
        let (mine, theirs) = (order(household, seen, &lines), order(household, seen, &[line("A", 3)]));
        let (mine, theirs) = tokio::join!(
            Box::pin(until_answered(store, catalog, household, &mine, heard)),
            Box::pin(until_answered(store, catalog, household, &theirs, heard))
        );
        let answered: Vec<Stamped> = [mine, theirs].into_iter().flatten().collect();
        let taken = answered.iter().filter(|stamp| stamp.verdict.counts()).count();
        assert!(taken < 2, "both changed the same basket");
        for stamp in answered {
            if stamp.verdict.counts() {
                seen = Some(stamp.fact.id);
            }
            told.insert(stamp.fact.id, stamp);
        }
    }
    told
}

async fn one_storm(seed: u64, retry: RetryPolicy, heard: &Arc<Heard>) {
    let faults = Faults::new(FaultPlan::quiet());
    let settings = StoreConfig { faults: Some(faults.clone()), retry, ..config() };
    let store = Store::embedded_memory(settings).await.expect("a table in memory");
    let catalog = open_street(&store, 1, 9, 6).await;
    faults.set_plan(FaultPlan::stormy(seed));

    let mut households = JoinSet::new();
    for household in 1..=8 {
        let (store, catalog, heard) = (store.clone(), catalog.clone(), heard.clone());
        households.spawn(async move { quarrel(&store, &catalog, seed, household, &heard).await });
    }
    let mut told = BTreeMap::new();
    for one in households.join_all().await {
        told.extend(one);
    }
    faults.set_plan(FaultPlan::quiet());
    // Late requests arrive with the calls that follow.
    for _ in 0..20 {
        left(&store, "B").await;
    }

    let kept = store.whole_run(&catalog, RUN, Consistency::Strong).await.expect("answered");
    let ids: std::collections::BTreeSet<FactId> = kept.iter().map(|stamped| stamped.fact.id).collect();
    assert_eq!(ids.len(), kept.len(), "seed {seed}: a fact stands there twice");
    for (id, stamp) in &told {
        let there = kept.iter().find(|stamped| stamped.fact.id == *id);
        assert_eq!(there, Some(stamp), "seed {seed}: what was answered is what is kept");
    }
    for (menu, boxes) in [("B", 9), ("C", 6)] {
        let live = ordered(&store, &catalog, menu).await;
        assert_eq!(left(&store, menu).await + live, boxes, "seed {seed}: boxes of {menu}");
    }
}

#[tokio::test]
async fn thirty_storms_lose_no_order_and_no_box() {
    let (heard, naive) = (Arc::new(Heard::default()), Arc::new(Heard::default()));
    for seed in 1..=30 {
        one_storm(seed, config().retry, &heard).await;
    }
    for seed in 1..=5 {
        one_storm(seed, RetryPolicy { attempts: 1, ..config().retry }, &naive).await;
    }
    let note = "orders in 30 storms; control: phone and server ask once, in 5 of them";
    heard.never.conclude("R4.untold", Some(naive.not_at_once.count()), note);
    assert!(naive.not_at_once.count() > 0, "every first answer arrived: the storms are too kind");
}

#[tokio::test]
async fn an_order_whose_answer_was_lost_after_the_commit_is_found_by_its_id() {
    let faults = Faults::new(FaultPlan::quiet());
    let retry = RetryPolicy { attempts: 1, ..RetryPolicy::impatient() };
    let settings = StoreConfig { faults: Some(faults.clone()), retry, ..config() };
    let store = Store::embedded_memory(settings).await.expect("a table in memory");
    let catalog = open_street(&store, 1, 9, 9).await;
    for (household, lines) in [(1, vec![line("A", 1)]), (2, vec![line("B", 4)])] {
        let fact = order(household, None, &lines);
        let by = resident(household);
        let shelf = catalog.shelf(&fact, by);
        let before = store.on_shelf(&community(), &shelf, Consistency::Strong).await.expect("answered");
        let stamp = Stamped { fact: fact.clone(), by, received: NOON, verdict: domain::fact::Verdict::Taken };
        let moves = domain::order::stock_moves(&[], &lines, |code, v| catalog.community.menu(code, v));
        faults.set_plan(FaultPlan::only(1, Fault::LostAnswer, 1_000));
        let lost = store.append(&catalog, &shelf, &before, &stamp, &moves).await;
        assert!(lost.is_err_and(|error| error.outcome_unknown()));
        faults.set_plan(FaultPlan::quiet());
        let again = hand_in(&store, &catalog, by, &fact).await.expect("answered");
        assert_eq!(again, HandedIn::Stored { stamped: stamp, new: false });
    }
    assert_eq!(left(&store, "B").await, 5);
}

#[tokio::test]
async fn a_refused_order_cannot_be_taken_by_a_request_that_comes_late() {
    // The first attempt is still on its way when the second is decided otherwise.
    let store = Store::embedded_memory(config()).await.expect("a table in memory");
    let catalog = open_street(&store, 1, 9, 9).await;
    let fact = order(1, None, &[line("B", 1)]);
    let by = resident(1);
    let shelf = catalog.shelf(&fact, by);
    let before = store.on_shelf(&community(), &shelf, Consistency::Strong).await.expect("answered");
    let closed = |_: &[Stamped]| domain::fact::Verdict::Refused(domain::wire::Refusal::Closed);
    let word = store.hand_in(&catalog, &fact, by, NOON, closed).await.expect("answered");
    let HandedIn::Stored { stamped: refused, new: true } = word else { panic!("{word:?}") };
    // Now the late one arrives.
    let late = Stamped { verdict: domain::fact::Verdict::Taken, ..refused.clone() };
    let moves = domain::order::stock_moves(&[], &[line("B", 1)], |code, v| catalog.community.menu(code, v));
    let landed = store.append(&catalog, &shelf, &before, &late, &moves).await.expect("answered");
    assert_eq!(landed, store::Appended::Known(refused));
    assert_eq!(left(&store, "B").await, 9);
}

#[tokio::test]
async fn heads_follow_their_needs_through_storms() {
    for seed in 1..=20 {
        let faults = Faults::new(FaultPlan::quiet());
        let settings = StoreConfig { faults: Some(faults.clone()), ..config() };
        let store = Store::embedded_memory(settings).await.expect("a table in memory");
        let catalog = open_street(&store, 1, 1, 1).await;
        faults.set_plan(FaultPlan::stormy(seed));
        let fact = report(1, Category::Food, false, "奶粉没了");
        until_answered(&store, &catalog, 1, &fact, &Heard::default()).await;
        let steps: Vec<Fact> = (0..5).map(|n| step(1, fact.id, Step::Reopened(format!("第{n}次")))).collect();
        let mut phones = JoinSet::new();
        for step in steps {
            let (store, catalog) = (store.clone(), catalog.clone());
            phones.spawn(async move { until_answered(&store, &catalog, 1, &step, &Heard::default()).await });
        }
        phones.join_all().await;
        faults.set_plan(FaultPlan::quiet());
        for _ in 0..20 {
            left(&store, "B").await;
        }
        let facts =
            store.need(&community(), HouseholdId(1), fact.id, Consistency::Strong).await.expect("answered");
        let queue = store.desk_needs(&community(), false, None).await.expect("answered").needs;
        assert_eq!(queue, needs(&facts), "seed {seed}");
        assert_eq!(queue[0].revision, 6, "seed {seed}");
    }
}
