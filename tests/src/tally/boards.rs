//! Boards are equal to the fold whatever happens to the records.

use domain::fact::{Body, Retract};
use domain::need::{Category, Step};
use domain::tally::{BuildingTally, NeedsTally};
use domain::{DoorId, FactId};
use proptest::prelude::*;
use proptest::sample::Index;
use store::{Store, StoreConfig};
use tally::{Record, Tally};

use super::*;
use crate::figures;
use crate::store_typed::needs::{report, step};
use crate::store_typed::street::{
    desk, fact, line, mark, open_street, order, orders, read, resident, steward, stored,
};

/// What somebody does.
#[derive(Debug, Clone)]
enum Act {
    Order(u32, u16),
    Mark(u32),
    Undo(Index),
    Need(u32, bool),
    Close(Index),
}

fn act() -> impl Strategy<Value = Act> {
    prop_oneof![
        4 => (1..=20_u32, 0..=3_u16).prop_map(|(household, boxes)| Act::Order(household, boxes)),
        4 => (1..=20_u32).prop_map(Act::Mark),
        1 => any::<Index>().prop_map(Act::Undo),
        2 => (1..=20_u32, any::<bool>()).prop_map(|(household, urgent)| Act::Need(household, urgent)),
        2 => any::<Index>().prop_map(Act::Close),
    ]
}

async fn play(store: &Store, catalog: &Catalog, acts: &[Act]) {
    let mut marks: Vec<(u32, FactId)> = Vec::new();
    let mut needs: Vec<(u32, FactId)> = Vec::new();
    for act in acts {
        match act {
            Act::Order(household, boxes) => {
                let lines = if *boxes == 0 { vec![] } else { vec![line("A", *boxes)] };
                orders(store, catalog, *household, &lines).await;
            }
            Act::Mark(door) => {
                let fact = mark(*door);
                stored(store, catalog, steward(), &fact).await;
                marks.push((*door, fact.id));
            }
            Act::Undo(which) if !marks.is_empty() => {
                let (door, mark) = *which.get(&marks);
                let undo = fact(Body::Retract(Retract { run: RUN, door: DoorId(door), fact: mark }));
                stored(store, catalog, steward(), &undo).await;
            }
            Act::Need(household, urgent) => {
                let fact = report(*household, Category::Food, *urgent, "米没有了");
                stored(store, catalog, resident(*household), &fact).await;
                needs.push((*household, fact.id));
            }
            Act::Close(which) if !needs.is_empty() => {
                let (household, need) = *which.get(&needs);
                stored(store, catalog, desk(), &step(household, need, Step::Closed)).await;
            }
            Act::Undo(_) | Act::Close(_) => {}
        }
    }
}

/// How the records of one run come: the places of the records in the order they come, some more than once, and where
/// one batch ends and the next begins.
#[derive(Debug, Clone)]
struct Coming {
    order: Vec<Index>,
    batches: Vec<usize>,
}

fn coming() -> impl Strategy<Value = Coming> {
    (prop::collection::vec(any::<Index>(), 0..80), prop::collection::vec(1..12_usize, 1..12))
        .prop_map(|(order, batches)| Coming { order, batches })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, max_shrink_iters: 200, ..ProptestConfig::default() })]

    #[test]
    fn boards_are_equal_to_the_fold_whatever_happens_to_the_records(
        acts in prop::collection::vec(act(), 1..40),
        coming in coming(),
    ) {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
        runtime.block_on(async {
            let store = Store::embedded_memory(StoreConfig::default()).await.expect("a table in memory");
            let catalog = open_street(&store, 1, 90, 90).await;
            let mut feed = store.feed();
            play(&store, &catalog, &acts).await;
            let items = handed_over(&mut feed);
            // Each at least once; some twice or more; in any order.
            let mut all: Vec<Item> = items.clone();
            if !items.is_empty() {
                for (place, index) in coming.order.iter().enumerate() {
                    let item = index.get(&items).clone();
                    all.insert((place * 7 + index.index(all.len() + 1)) % (all.len() + 1), item);
                }
                let turn = coming.order.len() % all.len();
                all.rotate_left(turn);
            }
            // In parts, to two of us at once.
            let (one, other) = (Tally::new(store.clone(), None), Tally::new(store.clone(), None));
            let mut rest = &all[..];
            let mut sizes = coming.batches.iter().cycle();
            while !rest.is_empty() {
                let (first, more) = rest.split_at(rest.len().min(*sizes.next().expect("a cycle")));
                let (second, more) = more.split_at(more.len().min(*sizes.next().expect("a cycle")));
                let both = tokio::join!(tally_all(&one, first, LATER), tally_all(&other, second, LATER));
                assert!(both.0.dead.is_empty() && both.1.dead.is_empty());
                rest = more;
            }
            assert_equal_to_the_fold(&store, &catalog).await;
        });
    }

    #[test]
    fn what_is_kept_is_read_back(lines in prop::collection::btree_map(1..100_000_u32, (0..6_usize, any::<(bool, bool)>(), 0..16_u8, 0..50_000_u32, 0..100_000_000_i64), 0..60)) {
        let mut tally = BuildingTally::default();
        for (door, (cell, (to_do, look), orders, boxes, cost)) in lines {
            let cell = domain::board::Cell::ALL[cell];
            let line = domain::tally::DoorTally { cell, to_do, orders, boxes, cost: domain::Fen(cost), look };
            tally.set(DoorId(door), Some(line));
        }
        prop_assert_eq!(BuildingTally::from_bytes(&tally.to_bytes()), Some(tally));
    }

    #[test]
    fn damaged_bytes_are_no_board_and_no_panic(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        let _ = BuildingTally::from_bytes(&bytes);
        let _ = NeedsTally::from_bytes(&bytes);
    }
}

#[tokio::test]
async fn an_order_comes_to_the_board_and_a_second_look_writes_nothing() {
    crate::store_contract::on_every_backend(async |store| {
        let catalog = open_street(&store, 1, 5, 5).await;
        let stamped = stored(&store, &catalog, resident(3), &order(3, None, &[line("A", 2)])).await;
        let change = || store::Change::Fact {
            c: community(),
            run: RUN,
            building: Some(domain::BuildingId(1)),
            stamped: Box::new(stamped.clone()),
        };
        let record = || Record {
            id: "1".to_owned(),
            place: store::Key::from_parts("", ""),
            read: tally::Read::Change(Box::new(change())),
        };
        let tally = Tally::new(store.clone(), None);
        assert_eq!(tally.tally(vec![record()], LATER).await.lines, 1);
        assert_equal_to_the_fold_of_orders(&store, 1, 2).await;
        assert_eq!(tally.tally(vec![record(), record()], LATER).await.lines, 0);
    })
    .await;
}

async fn assert_equal_to_the_fold_of_orders(store: &Store, orders: u32, boxes: u32) {
    let totals = store.run_tally(&community(), RUN).await.expect("answered").totals();
    assert_eq!((totals.orders, totals.boxes), (orders, boxes));
}

#[tokio::test]
async fn a_corrected_ledger_moves_a_door_to_its_building() {
    let store = Store::embedded_memory(StoreConfig::default()).await.expect("a table in memory");
    let catalog = open_street(&store, 1, 5, 5).await;
    let tally = Tally::new(store.clone(), None);
    let mut feed = store.feed();
    orders(&store, &catalog, 1, &[line("A", 2)]).await;
    tally_all(&tally, &handed_over(&mut feed), LATER).await;
    let mut places = catalog.community.places.clone();
    places.doors.get_mut(&DoorId(1)).expect("there").building = domain::BuildingId(2);
    store.import_ledger(&catalog, &places).await.expect("corrected");
    tally_all(&tally, &handed_over(&mut feed), LATER).await;
    assert_equal_to_the_fold(&store, &read(&store).await).await;
}

/// Bar P9: a board of 2,000 doors with something to do, and 100 open needs, is at most two read units; folding the
/// facts themselves is the control.
#[tokio::test]
async fn a_board_is_two_read_units_however_much_happened() {
    let store = Store::embedded_memory(StoreConfig::default()).await.expect("a table in memory");
    let catalog = open_street(&store, 50, 90, 90).await;
    let mut feed = store.feed();
    for household in 1..=1_000 {
        orders(&store, &catalog, household, &[line("A", 2)]).await;
    }
    for household in 1..=60 {
        let need = report(household, Category::Food, false, "米没有了");
        stored(&store, &catalog, resident(household), &need).await;
    }
    let tally = Tally::new(store.clone(), None);
    for items in handed_over(&mut feed).chunks(100) {
        tally_all(&tally, items, LATER).await;
    }
    let (metered, meter) = store.metered();
    let kept = metered.run_tally(&community(), RUN).await.expect("answered");
    metered.open_needs(&community()).await.expect("answered");
    let cost = meter.take();
    assert_ne!(kept, nothing());
    metered.whole_run(&catalog, RUN, Consistency::Eventual).await.expect("answered");
    let naive = meter.take().reads;
    assert!(cost.reads <= 2.0 && naive > 2.0, "{cost:?}, the fold {naive}");
    figures::record("P9.board", cost.reads, Some(naive), "1,000 doors with an order each, 60 open needs");
    assert_equal_to_the_fold(&store, &catalog).await;
}

/// What tallying adds to an order, in batches of 100 as the stream brings them.
#[tokio::test]
async fn tallying_adds_little_to_an_order_when_many_come() {
    let store = Store::embedded_memory(StoreConfig::default()).await.expect("a table in memory");
    let catalog = open_street(&store, 10, 90, 90).await;
    let mut feed = store.feed();
    for household in 1..=100 {
        orders(&store, &catalog, household, &[line("A", 2)]).await;
    }
    let (metered, meter) = store.metered();
    let items = handed_over(&mut feed);
    assert_eq!(items.len(), 100);
    tally_all(&Tally::new(metered, None), &items, LATER).await;
    let cost = meter.take();
    assert!(cost.writes / 100.0 <= 0.05, "{cost:?}");
}
