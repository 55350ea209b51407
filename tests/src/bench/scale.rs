//! Units do not grow with the table (P9), and no key gets hot when a whole community orders at once (P10).

use std::collections::BTreeMap;

use domain::fact::{Fact, Verdict};
use domain::need::Category;
use domain::places::Area;
use domain::{BuildingId, HouseholdId};
use store::{Catalog, Consistency, HandedIn, Query, Store, StoreConfig, Table, Watch};

use super::town::{DOORS, crowd, open, order_of, who};
use crate::figures::record;
use crate::store_typed::needs::report;
use crate::store_typed::street::{NOON, RUN, community, decide, stored};

/// What people do and look at, and the units of each: writes and reads together.
async fn units(store: &Store, catalog: &Catalog) -> BTreeMap<&'static str, f64> {
    let (metered, meter) = store.metered();
    let mut units = BTreeMap::new();
    let mut note = |what| {
        let used = meter.take();
        units.insert(what, used.reads + used.writes);
    };
    let household = HouseholdId(1);
    stored(&metered, catalog, who(1), &order_of(1, &["A"])).await;
    note("an order");
    stored(&metered, catalog, who(2), &order_of(2, &["B"])).await;
    note("a capped order");
    stored(&metered, catalog, who(1), &report(1, Category::Food, false, "奶粉快没了")).await;
    note("a need");
    metered.household_run(catalog, RUN, household, Consistency::Eventual).await.expect("read");
    metered.household_needs(&community(), household, None, Consistency::Eventual).await.expect("read");
    note("home");
    metered.household_run(catalog, RUN, household, Consistency::Strong).await.expect("read");
    metered.household_needs(&community(), household, None, Consistency::Strong).await.expect("read");
    note("home after a write");
    metered.version(&community(), Watch::Building(RUN, BuildingId(1))).await.expect("read");
    note("a poll");
    metered.area_run(catalog, RUN, &Area::Unit(BuildingId(1), 1), Consistency::Eventual).await.expect("read");
    note("a round");
    metered.desk_needs(&community(), false, None).await.expect("read");
    note("the desk's queue");
    units
}

async fn with_items(items: u32) -> BTreeMap<&'static str, f64> {
    let store = Store::embedded_memory(StoreConfig::default()).await.expect("a table in memory");
    let catalog = open(&store, 2, 900).await;
    // One order to copy, of a door that nobody looks at.
    stored(&store, &catalog, who(600), &order_of(600, &["A"])).await;
    let there = store.query(Table::Main, Query::partition("R#lane5#1#B#2")).await.expect("read");
    crowd(&store, &there[0], items).await;
    units(&store, &catalog).await
}

#[tokio::test]
async fn units_are_the_same_in_a_small_table_and_in_a_large_one() {
    let small = with_items(1_000).await;
    let large = if super::is_asked() { 1_000_000 } else { 100_000 };
    let grown = with_items(large).await;
    assert_eq!(grown, small, "{large} items");
    let worst = small.iter().map(|(what, units)| grown[what] / units.max(0.5)).fold(0.0, f64::max);
    // The naive way to a household's page: everything of the run, and pick one's own.
    let store = Store::embedded_memory(StoreConfig::default()).await.expect("a table in memory");
    let catalog = open(&store, 2, 900).await;
    stored(&store, &catalog, who(1), &order_of(1, &["A"])).await;
    let there = store.query(Table::Main, Query::partition("R#lane5#1#B#1")).await.expect("read");
    let naive = async |store: &Store| {
        let (metered, meter) = store.metered();
        metered.whole_run(&catalog, RUN, Consistency::Eventual).await.expect("read");
        meter.usage().reads
    };
    let before = naive(&store).await;
    crowd(&store, &there[0], 20_000).await;
    let control = naive(&store).await / before;
    record("P9.flat", worst.max(1.0), Some(control), &format!("{} operations at {large} items", small.len()));
    record("P9.home", grown["home"], None, "");
    record("P9.home.own_write", grown["home after a write"], None, "");
    record("P9.poll", grown["a poll"], None, "nothing on one machine; half a unit on AWS");
}

#[tokio::test]
async fn a_round_costs_by_its_doors_and_nothing_else() {
    let store = Store::embedded_memory(StoreConfig::default()).await.expect("a table in memory");
    let catalog = open(&store, 2, 900).await;
    // `open_street` gives each of its two buildings 30 floors of 10 doors here.
    let taken = |_: &Fact, _: &[_]| Verdict::Taken;
    let facts: Vec<Fact> = (1..=300).map(|n| order_of(n, &["A"])).collect();
    for answer in store.hand_in_all(&catalog, &facts, who(1), NOON, taken).await {
        answer.expect("stored");
    }
    let cost = async |floors: i8| {
        let (metered, meter) = store.metered();
        let area = Area::Floors(BuildingId(1), 1, 1, floors);
        let found = metered.area_run(&catalog, RUN, &area, Consistency::Eventual).await.expect("read");
        assert_eq!(found.len(), 10 * usize::try_from(floors).expect("small"));
        meter.usage().reads / f64::from(floors)
    };
    let (few, many) = (cost(3).await, cost(30).await);
    assert!(many <= few * 1.1, "{many} a floor of 30, {few} a floor of 3");
    record("P9.round", many / few, None, "300 doors against 30");
}

/// 1,667 orders in one second, all of one community: more than a city of five million households sends in the minute
/// after opening. The keys and units of every write are read from what is stored, and their sum is what the table says
/// was consumed, so nothing is left out.
#[tokio::test]
async fn no_key_is_hot_when_a_whole_community_orders_in_one_second() {
    const ORDERS: u32 = 1_667;
    let store = Store::embedded_memory(StoreConfig::default()).await.expect("a table in memory");
    let catalog = open(&store, (2 * ORDERS).div_ceil(DOORS), 100_000).await;
    let shards = catalog.shards(&"B".parse().expect("a code"), 1);
    let busiest = async |menus: &[&str], households: std::ops::Range<u32>| {
        let (metered, meter) = store.metered();
        let mut keys: BTreeMap<String, f64> = BTreeMap::new();
        let before = counters(&store, shards).await;
        let capped = f64::from(u32::from(menus.contains(&"B")));
        for household in households {
            let fact = order_of(household, menus);
            let by = who(household);
            let answer =
                metered.hand_in(&catalog, &fact, by, NOON, |known| decide(&catalog, by, &fact, known)).await;
            assert!(
                matches!(answer, Ok(HandedIn::Stored { stamped, .. }) if stamped.verdict.counts()),
                "{household}"
            );
            let building = (household - 1) / DOORS + 1;
            // A transaction doubles each of its writes, a counter's too.
            *keys.entry(format!("R#lane5#1#B#{building}")).or_default() += meter.take().writes - 2.0 * capped;
        }
        // Which counters were written is read from them: one box an order.
        for (key, left) in counters(&store, shards).await {
            let taken = u32::try_from(before[&key] - left).expect("boxes are only taken");
            *keys.entry(key).or_default() += 2.0 * f64::from(taken);
        }
        keys
    };
    let plain = busiest(&["A"], 1..ORDERS + 1).await;
    let stored_there = store.query(Table::Main, Query::partition("R#lane5#1#B#3")).await.expect("read");
    assert_eq!(stored_there.len(), 100, "every order of a building stands in its partition");
    let hottest = plain.values().copied().fold(0.0, f64::max);
    let all: f64 = plain.values().sum();
    assert!(hottest <= 300.0, "{plain:?}");
    assert!((all - f64::from(ORDERS)).abs() < 0.5, "one unit an order: {all}");
    // The same again, each of them with a capped menu: a second run of orders by others of the same houses.
    let capped = busiest(&["B"], ORDERS + 1..2 * ORDERS + 1).await;
    let hottest_capped = capped.values().copied().fold(0.0, f64::max);
    let all_capped: f64 = capped.values().sum();
    assert!(hottest_capped <= 300.0, "{capped:?}");
    assert!((all_capped - 4.0 * f64::from(ORDERS)).abs() < 0.5, "four units an order: {all_capped}");
    let note = format!(
        "one community of {} buildings, all in one second; {hottest} without caps, {hottest_capped} with a capped menu in \
         each order, over {shards} shards; naive: one partition a run",
        ORDERS.div_ceil(DOORS)
    );
    record("P10", hottest.max(hottest_capped), Some(all), &note);
}

/// Every shard of the capped menu: its partition, and the boxes that are left in it.
async fn counters(store: &Store, shards: u8) -> BTreeMap<String, i64> {
    let mut left = BTreeMap::new();
    for shard in 0..shards {
        let partition = if shard == 0 { "R#lane5#1".to_owned() } else { format!("R#lane5#1#S#{shard:02}") };
        let found = store
            .query(Table::Main, Query::partition(partition.clone()).prefix("STOCK#"))
            .await
            .expect("read");
        left.insert(partition, found.iter().filter_map(|item| item.number("left")).sum());
    }
    left
}
