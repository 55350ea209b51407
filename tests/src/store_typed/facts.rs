//! Facts go down once and are found again: known ids, other content, refusals, races in a household,
//! doors and households that moved.

use super::street::*;
use crate::store_contract::on_every_backend;
use domain::fact::{Body, Verdict};
use domain::places::{Area, Label};
use domain::wire::{Flag, Refusal};
use domain::{BuildingId, DoorId, HouseholdId};
use std::collections::BTreeSet;
use store::{Consistency, HandedIn, Shelf};

#[tokio::test]
async fn a_resident_orders_changes_and_cancels() {
    on_every_backend(async |store| {
        let catalog = open_street(&store, 2, 10, 10).await;
        assert_eq!(orders(&store, &catalog, 3, &[line("A", 2)]).await, Verdict::Taken);
        assert_eq!(orders(&store, &catalog, 3, &[line("A", 1), line("B", 3)]).await, Verdict::Taken);
        let now = basket(&store, &catalog, 3).await.expect("an order");
        assert_eq!((now.revision, now.boxes()), (2, 4));
        assert_eq!(left(&store, "B").await, 7);
        assert_eq!(orders(&store, &catalog, 3, &[]).await, Verdict::Taken);
        assert!(basket(&store, &catalog, 3).await.expect("a cancelled order").cancelled());
        assert_eq!(left(&store, "B").await, 10);
    })
    .await;
}

#[tokio::test]
async fn a_fact_that_comes_twice_is_answered_by_its_first_stamp() {
    on_every_backend(async |store| {
        let catalog = open_street(&store, 1, 10, 10).await;
        let first = order(1, None, &[line("A", 2)]);
        let stamp = stored(&store, &catalog, resident(1), &first).await;
        let change = order(1, Some(first.id), &[line("A", 3)]);
        stored(&store, &catalog, resident(1), &change).await;
        // By now the gate would say "changed meanwhile".
        let again = hand_in(&store, &catalog, resident(1), &first).await.expect("answered");
        assert_eq!(again, HandedIn::Stored { stamped: stamp, new: false });

        let mut other = first.clone();
        other.body = order(1, None, &[line("A", 9)]).body;
        let answer = hand_in(&store, &catalog, resident(1), &other).await.expect("answered");
        assert_eq!(answer, HandedIn::OtherContent);
        let mut scanned = mark(5);
        stored(&store, &catalog, steward(), &scanned).await;
        if let Body::Mark(mark) = &mut scanned.body {
            mark.by = domain::fact::DoorCheck::Typed;
        }
        let answer = hand_in(&store, &catalog, steward(), &scanned).await.expect("answered");
        assert_eq!(answer, HandedIn::OtherContent);
    })
    .await;
}

#[tokio::test]
async fn a_refusal_is_kept_with_its_fact_and_is_final() {
    on_every_backend(async |store| {
        let catalog = open_street(&store, 1, 10, 10).await;
        let too_many = order(1, None, &[line("A", 21)]);
        let limit = Verdict::Refused(Refusal::OverLimit("A".parse().expect("a code"), 20));
        assert_eq!(stored(&store, &catalog, resident(1), &too_many).await.verdict, limit);
        // The limit is lifted, but the word on this fact stands; a new fact is taken.
        let again = store.hand_in(&catalog, &too_many, resident(1), NOON, |_| Verdict::Taken).await;
        assert!(matches!(again, Ok(HandedIn::Stored { stamped, new: false }) if stamped.verdict == limit));
        assert_eq!(orders(&store, &catalog, 1, &[line("A", 1)]).await, Verdict::Taken);
        let facts =
            store.household_run(&catalog, RUN, HouseholdId(1), Consistency::Strong).await.expect("answered");
        assert_eq!(facts.len(), 2, "the household sees what was refused");
    })
    .await;
}

#[tokio::test]
async fn of_two_phones_that_change_one_basket_one_wins() {
    on_every_backend(async |store| {
        let catalog = open_street(&store, 1, 10, 10).await;
        for household in 1..=6 {
            let first = order(household, None, &[line("A", 1)]);
            stored(&store, &catalog, resident(household), &first).await;
            // One with a capped menu and one without, so that one is a transaction and one is not.
            let with_cap = order(household, Some(first.id), &[line("B", 1)]);
            let without = order(household, Some(first.id), &[line("A", 2)]);
            let by = resident(household);
            let (one, two) = tokio::join!(
                Box::pin(stored(&store, &catalog, by, &with_cap)),
                Box::pin(stored(&store, &catalog, by, &without))
            );
            let verdicts = BTreeSet::from([format!("{:?}", one.verdict), format!("{:?}", two.verdict)]);
            assert_eq!(verdicts, BTreeSet::from(["Refused(ChangedMeanwhile)".into(), "Taken".into()]));
        }
        assert_eq!(10 - left(&store, "B").await, ordered(&store, &catalog, "B").await);
    })
    .await;
}

#[tokio::test]
async fn a_later_order_has_a_later_time_even_when_the_clocks_differ() {
    on_every_backend(async |store| {
        let catalog = open_street(&store, 1, 10, 10).await;
        let first = order(1, None, &[line("A", 1)]);
        let fast_clock = NOON + 3_000;
        let taken = |_: &[domain::fact::Stamped]| Verdict::Taken;
        store.hand_in(&catalog, &first, resident(1), fast_clock, taken).await.expect("stored");
        let second = order(1, Some(first.id), &[line("A", 5)]);
        stored(&store, &catalog, resident(1), &second).await;
        assert_eq!(basket(&store, &catalog, 1).await.expect("an order").head, second.id);
    })
    .await;
}

#[tokio::test]
async fn a_household_that_moves_in_the_middle_of_a_run_keeps_its_order_and_its_steward_finds_it() {
    on_every_backend(async |store| {
        let catalog = open_street(&store, 2, 10, 10).await;
        let first = order(3, None, &[line("B", 2)]);
        stored(&store, &catalog, resident(3), &first).await;

        // The corrected ledger: household 3 lives behind door 35 in building 2, door 4 is room 1A4.
        stored(&store, &catalog, resident(4), &order(4, None, &[line("B", 1)])).await;
        let mut corrected = places(2);
        corrected.households.get_mut(&HouseholdId(3)).expect("it lives here").door = Some(DoorId(35));
        corrected.doors.get_mut(&DoorId(4)).expect("a door").spot.room = Label("1A4".into());
        store.import_ledger(&catalog, &corrected).await.expect("imported");
        let catalog = read(&store).await;

        assert_eq!(basket(&store, &catalog, 3).await.expect("still there").head, first.id);
        assert_eq!(stored(&store, &catalog, resident(3), &first).await.verdict, Verdict::Taken);
        // The change goes to the new door and counts on top of the old basket.
        assert_eq!(orders(&store, &catalog, 3, &[line("B", 1)]).await, Verdict::Taken);
        assert_eq!(basket(&store, &catalog, 3).await.expect("an order").revision, 2);
        assert_eq!(left(&store, "B").await, 8);
        assert_eq!(orders(&store, &catalog, 4, &[]).await, Verdict::Taken);
        assert_eq!(left(&store, "B").await, 9);

        let round = |building| Area::Building(BuildingId(building));
        let there = store.area_run(&catalog, RUN, &round(2), Consistency::Strong).await.expect("answered");
        let stop = &domain::round::stops(&there, |h| catalog.community.places.door_of(h))[&DoorId(35)];
        assert_eq!(stop.boxes(), 1);
        // A mark at the new door knows the job.
        let mut delivered = mark(35);
        if let Body::Mark(mark) = &mut delivered.body {
            mark.jobs[0].0 = domain::job::JobRef::Order(HouseholdId(3));
        }
        assert_eq!(stored(&store, &catalog, steward(), &delivered).await.verdict, Verdict::Taken);

        // And back again by undo.
        store.undo_ledger(&catalog).await.expect("answered").expect("there was one before");
        let catalog = read(&store).await;
        assert_eq!(catalog.community.places, places(2));
        assert_eq!(basket(&store, &catalog, 3).await.expect("an order").boxes(), 1);
        assert_eq!(ordered(&store, &catalog, "B").await, 1);
    })
    .await;
}

#[tokio::test]
async fn a_household_without_a_door_has_a_place_for_its_facts() {
    on_every_backend(async |store| {
        let catalog = open_street(&store, 1, 10, 10).await;
        let mut moved = places(1);
        moved.households.get_mut(&HouseholdId(2)).expect("it lives here").door = None;
        store.import_ledger(&catalog, &moved).await.expect("imported");
        let catalog = read(&store).await;
        let word = stored(&store, &catalog, resident(2), &away(2)).await;
        assert_eq!(word.verdict, Verdict::Taken);
        let own =
            store.household_run(&catalog, RUN, HouseholdId(2), Consistency::Strong).await.expect("answered");
        assert_eq!(own, std::slice::from_ref(&word));
        let run = store.whole_run(&catalog, RUN, Consistency::Strong).await.expect("answered");
        assert_eq!(run, [word]);
    })
    .await;
}

#[tokio::test]
async fn a_fact_without_a_place_is_refused_and_stays_with_its_author() {
    on_every_backend(async |store| {
        let catalog = open_street(&store, 1, 10, 10).await;
        let mut nowhere = mark(1);
        if let Body::Mark(mark) = &mut nowhere.body {
            mark.door = DoorId(4_711);
        }
        let word = stored(&store, &catalog, steward(), &nowhere).await;
        assert_eq!(word.verdict, Verdict::Refused(Refusal::Unknown));
        let again = hand_in(&store, &catalog, steward(), &nowhere).await.expect("answered");
        assert_eq!(again, HandedIn::Stored { stamped: word.clone(), new: false });
        let drawer = Shelf::Drawer(steward());
        let kept = store.on_shelf(&community(), &drawer, Consistency::Strong).await.expect("answered");
        assert_eq!(kept.facts, [word]);
    })
    .await;
}

#[tokio::test]
async fn a_batch_keeps_its_order_at_each_door_and_one_bad_fact_blocks_no_other() {
    on_every_backend(async |store| {
        let catalog = open_street(&store, 2, 10, 10).await;
        let mine = resident(1);
        let first = order(1, None, &[line("A", 1)]);
        let second = order(1, Some(first.id), &[line("B", 2)]);
        let bad = order(1, None, &[line("A", 1)]);
        let third = order(1, Some(second.id), &[]);
        let batch = [first, second, bad, third, away(1), away(1)];
        let decide_each = |fact: &_, known: &[_]| decide(&catalog, mine, fact, known);
        let answers = store.hand_in_all(&catalog, &batch, mine, NOON, decide_each).await;
        let words: Vec<Verdict> = answers
            .into_iter()
            .map(|answer| match answer.expect("stored") {
                HandedIn::Stored { stamped, new: true } => stamped.verdict,
                other => panic!("{other:?}"),
            })
            .collect();
        let refused = Verdict::Refused(Refusal::ChangedMeanwhile);
        let taken = Verdict::Taken;
        assert_eq!(words, [taken.clone(), taken.clone(), refused, taken.clone(), taken.clone(), taken]);
        assert_eq!(left(&store, "B").await, 10);
    })
    .await;
}

#[tokio::test]
async fn a_mark_keeps_the_flag_it_was_given() {
    on_every_backend(async |store| {
        let catalog = open_street(&store, 1, 10, 10).await;
        // Nobody ordered at door 7.
        let word = stored(&store, &catalog, steward(), &mark(7)).await;
        assert_eq!(word.verdict, Verdict::Flagged(Flag::UnknownJob));
        let stop = store.door_run(&catalog, RUN, DoorId(7), Consistency::Strong).await.expect("answered");
        assert_eq!(stop, [word]);
    })
    .await;
}

#[tokio::test]
async fn one_damaged_record_blocks_no_other() {
    on_every_backend(async |store| {
        let catalog = open_street(&store, 1, 10, 10).await;
        assert_eq!(orders(&store, &catalog, 1, &[line("A", 2)]).await, Verdict::Taken);
        let shelf = catalog.shelf(&away(1), resident(1));
        let good = stored(&store, &catalog, resident(1), &away(1)).await;
        // A record of a program that never was, in the middle of the household's facts.
        let pk = "R#lane5#1#B#1";
        let item = store::Item::new(&store::Key::from_parts(pk, "0015013101#1#zzz")).with_text("fact", "?");
        store.put(store::Table::Main, item, store::Condition::Absent).await.expect("written");
        let facts = store.on_shelf(&community(), &shelf, Consistency::Strong).await.expect("answered").facts;
        assert_eq!(facts.len(), 2);
        assert!(facts.contains(&good));
        assert_eq!(orders(&store, &catalog, 1, &[]).await, Verdict::Taken);
    })
    .await;
}
