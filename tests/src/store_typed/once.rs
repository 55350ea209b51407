//! The same fact sent again and again, one after the other and at once, has one effect and one answer
//! (bar R3).

use super::street::*;
use crate::figures::{Findings, number, record};
use crate::store_contract::on_every_backend;
use domain::HouseholdId;
use domain::actor::Signed;
use domain::fact::{Body, Fact, Stamped};
use domain::need::{Category, Channel, NeedReport};
use domain::wire::Flag;
use store::{Catalog, HandedIn, Store};
use tokio::task::JoinSet;

/// Sends one fact `times` times at once; returns what each heard.
async fn at_once(store: &Store, catalog: &Catalog, by: Signed, fact: &Fact, times: u32) -> Vec<HandedIn> {
    let mut phones = JoinSet::new();
    for _ in 0..times {
        let (store, catalog, fact) = (store.clone(), catalog.clone(), fact.clone());
        phones.spawn(async move { hand_in(&store, &catalog, by, &fact).await });
    }
    let answers = phones.join_all().await;
    answers.into_iter().map(|answer| answer.expect("the table answers")).collect()
}

fn needs(household: u32) -> Fact {
    fact(Body::Need(NeedReport {
        household: HouseholdId(household),
        category: Category::Food,
        text: "米".into(),
        urgent: false,
        channel: Channel::App,
        continues: None,
    }))
}

/// The one word that all heard, one of them as new; otherwise what they heard.
fn one_answer(answers: &[HandedIn]) -> Result<&Stamped, String> {
    let stamps: Option<Vec<(&Stamped, bool)>> = answers
        .iter()
        .map(|answer| match answer {
            HandedIn::Stored { stamped, new } => Some((stamped, *new)),
            HandedIn::OtherContent => None,
        })
        .collect();
    let stamps = stamps.ok_or("it is the same fact")?;
    let (first, _) = stamps.first().ok_or("nobody was answered")?;
    let new = stamps.iter().filter(|(_, new)| *new).count();
    let alike = stamps.iter().all(|(stamped, _)| stamped == first);
    if new == 1 && alike { Ok(first) } else { Err(format!("{new} are new, alike: {alike}: {answers:?}")) }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn fifty_at_once_are_one_order_on_every_backend() {
    on_every_backend(async |store| {
        let catalog = open_street(&store, 1, 10, 10).await;
        let plain = order(1, None, &[line("A", 2)]);
        let answers = at_once(&store, &catalog, resident(1), &plain, 50).await;
        assert!(one_answer(&answers).expect("one answer").verdict.counts());
        let capped = order(2, None, &[line("B", 3)]);
        let answers = at_once(&store, &catalog, resident(2), &capped, 50).await;
        assert!(one_answer(&answers).expect("one answer").verdict.counts());
        assert_eq!(left(&store, "B").await, 7);
        assert_eq!(basket(&store, &catalog, 1).await.expect("an order").revision, 1);
        assert_eq!(basket(&store, &catalog, 2).await.expect("an order").revision, 1);
    })
    .await;
}

/// Cases of bar R3, each a fact sent 1 to 10 times: in batches, every tenth at once, some of these by 50.
const CASES: u32 = 10_000;
/// Cases to each street: it has 140 households, and each makes a fact of each kind.
const OF_A_STREET: u32 = 140 * 4;
/// How many cases are enough for the naive store.
const NAIVE: u32 = 20;

/// 10,000 cases through the whole way of an order, on the embedded table. The shape of each follows from its number,
/// so that a failing one is found again.
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn ten_thousand_cases_have_one_effect_and_one_answer_each() {
    let (findings, mut sendings, mut case) = (Findings::default(), 0, 0);
    while case < CASES {
        let until = CASES.min(case + OF_A_STREET);
        sendings += on_a_street(case..until, &findings).await;
        case = until;
    }
    let naive = without_ids().await;
    record(
        "R3.cases",
        number(usize::try_from(findings.cases()).expect("few")),
        None,
        &format!("{sendings} sendings"),
    );
    findings.conclude("R3.violations", Some(naive), &format!("control: a store without ids, {NAIVE} cases"));
    assert_eq!(findings.cases(), u64::from(CASES));
}

/// Sends one fact so many times and then its id with other words, as an outbox does that was cut off again and again.
async fn in_a_batch(
    store: &Store,
    catalog: &Catalog,
    by: Signed,
    (fact, times): (&Fact, u32),
    other: &Fact,
) -> Vec<HandedIn> {
    let facts: Vec<Fact> = (0..times).map(|_| fact.clone()).chain([other.clone()]).collect();
    let (first, rest) = facts.split_at(facts.len() / 2);
    let mut answers = Vec::new();
    for batch in [first, rest].into_iter().filter(|batch| !batch.is_empty()) {
        let decide = |fact: &Fact, known: &[Stamped]| decide(catalog, by, fact, known);
        let heard = store.hand_in_all(catalog, batch, by, NOON, decide).await;
        answers.extend(heard.into_iter().map(|answer| answer.expect("the table answers")));
    }
    answers
}

/// Plays cases on a new street; returns how many times something was sent.
async fn on_a_street(cases: std::ops::Range<u32>, findings: &Findings) -> u32 {
    let store = Store::embedded_memory(crate::store_contract::config()).await.expect("a table in memory");
    let catalog = open_street(&store, 7, 3_000, 3_000).await;
    let (mut sendings, mut boxes) = (0, 0);
    for (place, case) in (0..).zip(cases) {
        let (household, kind) = (1 + place % 140, place / 140);
        let times = if case % 200 == 0 { 50 } else { 1 + case / 10 % 10 };
        let quantity = u16::try_from(1 + case % 3).expect("small");
        let (by, fact) = match kind {
            0 => (resident(household), order(household, None, &[line("A", 1), line("B", quantity)])),
            1 => (resident(household), away(household)),
            2 => (steward(), mark(household)),
            _ => (resident(household), needs(household)),
        };
        if kind == 0 {
            boxes += u32::from(quantity);
        }
        let mut other = fact.clone();
        other.seq.number += 1;
        let answers = if case % 10 == 0 {
            let answers = at_once(&store, &catalog, by, &fact, times).await;
            // The same id with other words is told so, every time.
            let told = hand_in(&store, &catalog, by, &other).await.expect("answered");
            answers.into_iter().chain([told]).collect()
        } else {
            in_a_batch(&store, &catalog, by, (&fact, times), &other).await
        };
        findings.case();
        let (told, answers) = answers.split_last().expect("an answer to the last");
        findings.holds(*told == HandedIn::OtherContent, || format!("case {case}: other words: {told:?}"));
        if let Err(why) = one_answer(answers) {
            findings.broken(format!("case {case}: {why}"));
        }
        sendings += times + 1;
    }
    let (sold, left) = (ordered(&store, &catalog, "B").await, left(&store, "B").await);
    findings.holds(sold == boxes && left == 3_000 - boxes, || {
        format!("{boxes} ordered, {sold} sold, {left} left")
    });
    sendings
}

/// The naive store gives each arrival an id of its own: how many of some cases have more than one effect or answer.
async fn without_ids() -> usize {
    let store = Store::embedded_memory(crate::store_contract::config()).await.expect("a table in memory");
    let catalog = open_street(&store, 7, 3_000, 3_000).await;
    let mut broken = 0;
    for household in 1..=NAIVE {
        let mut answers = Vec::new();
        for _ in 0..3 {
            let arrival = order(household, None, &[line("B", 1)]);
            answers.push(hand_in(&store, &catalog, resident(household), &arrival).await.expect("answered"));
        }
        broken += usize::from(one_answer(&answers).is_err());
    }
    broken
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
