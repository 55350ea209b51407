//! What operations cost, in the table's own units: bars P6, P7, P8 and P9. The figures are the same
//! on every backend that counts them.

use super::needs::{report, step};
use super::street::*;
use crate::figures::record;
use crate::store_contract::on_every_backend;
use domain::HouseholdId;
use domain::fact::Verdict;
use domain::need::{Category, Step};
use domain::places::Area;
use store::{Catalog, Condition, Consistency, Item, Key, Store, Table, Usage, Watch, Write};

/// What handing in one fact costs.
async fn cost(
    store: &Store,
    catalog: &Catalog,
    by: domain::actor::Signed,
    fact: &domain::fact::Fact,
) -> Usage {
    let (metered, meter) = store.metered();
    let word = stored(&metered, catalog, by, fact).await;
    assert!(word.verdict.counts(), "{:?}", word.verdict);
    meter.usage()
}

/// What the order costs as a header with two lines, each found by an index, in one transaction. DynamoDB Local counts
/// only the last write of it.
async fn naive_order(store: &Store) -> f64 {
    let (metered, meter) = store.metered();
    let row = |n: u32| {
        let item = Item::new(&Key::from_parts("NAIVE", format!("{:?}", (n, id()))))
            .with_text("what", "x".repeat(200));
        Write::Put(Table::Main, item.indexed("NAIVE", "1"), Condition::Absent)
    };
    metered.transact((0..3).map(row).collect()).await.expect("written");
    meter.usage().writes
}

/// One strong read of at most 4 KB (DynamoDB Local counts an empty answer as nothing) and one write.
fn assert_one_unit(usage: Usage) {
    assert!(usage.calls == 2 && usage.reads <= 1.0, "{usage:?}");
    assert!((usage.writes - 1.0).abs() < f64::EPSILON, "{usage:?}");
}

#[tokio::test]
async fn an_order_without_stock_cap_is_one_write_unit_and_two_calls() {
    on_every_backend(async |store| {
        let catalog = open_street(&store, 1, 9, 9).await;
        let first = order(1, None, &[line("A", 2)]);
        let usage = cost(&store, &catalog, resident(1), &first).await;
        assert_one_unit(usage);
        let change = order(1, Some(first.id), &[line("A", 3)]);
        let usage = cost(&store, &catalog, resident(1), &change).await;
        assert_one_unit(usage);
        record(
            "P6.order.write",
            usage.writes,
            Some(naive_order(&store).await),
            "naive: a header, its lines, an index of both",
        );
        record("P6.order.read", usage.reads, None, "");
        record(
            "P6.order.calls",
            f64::from(u32::try_from(usage.calls).expect("few")),
            None,
            "beyond the session's",
        );
    })
    .await;
}

#[tokio::test]
async fn an_order_with_stock_caps_costs_two_units_and_two_a_capped_menu() {
    on_every_backend(async |store| {
        let catalog = open_street(&store, 1, 9, 9).await;
        let first = order(1, None, &[line("A", 1), line("B", 2)]);
        let usage = cost(&store, &catalog, resident(1), &first).await;
        assert!(usage.writes <= 4.0 && usage.calls == 2, "one capped menu: {usage:?}");
        record("P7.one", usage.writes, None, "an order");
        let change = order(1, Some(first.id), &[line("B", 1), line("C", 2)]);
        let usage = cost(&store, &catalog, resident(1), &change).await;
        assert!(usage.writes <= 6.0 && usage.calls == 2, "two capped menus: {usage:?}");
        record("P7.two", usage.writes, None, "its change");
        let cancel = order(1, Some(change.id), &[]);
        let usage = cost(&store, &catalog, resident(1), &cancel).await;
        assert!(usage.writes <= 6.0 && usage.calls == 2, "a cancellation of two: {usage:?}");
        record("P7.two", usage.writes, None, "a cancellation");
    })
    .await;
}

#[tokio::test]
async fn a_need_costs_at_most_four_write_units_at_every_step() {
    on_every_backend(async |store| {
        let catalog = open_street(&store, 1, 9, 9).await;
        // The longest words there are, in Chinese: three bytes each.
        let words: String = "急".repeat(250);
        let fact = report(1, Category::Medical, true, &words);
        let reported = cost(&store, &catalog, resident(1), &fact).await;
        assert!(reported.writes <= 4.0 && reported.calls == 3, "reported: {reported:?}");
        record("P6.need.write", reported.writes, None, "reported, with the longest text");
        let steps = [
            (desk(), Step::Read),
            (desk(), Step::Answered(words)),
            (desk(), Step::Sorted(Category::Repair, false)),
            (resident(1), Step::Closed),
        ];
        for (by, what) in steps {
            let name = format!("{what:?}");
            let usage = cost(&store, &catalog, by, &step(1, fact.id, what)).await;
            assert!(usage.writes <= 4.0 && usage.calls == 3, "{:.10}: {usage:?}", name);
            record("P6.need.write", usage.writes, None, "answered, closed");
        }
    })
    .await;
}

#[tokio::test]
async fn the_marks_of_twenty_doors_are_twenty_write_units() {
    on_every_backend(async |store| {
        let catalog = open_street(&store, 2, 9, 9).await;
        let marks: Vec<_> = (1..=20).map(mark).collect();
        let (metered, meter) = store.metered();
        let decide_each = |fact: &_, known: &[_]| decide(&catalog, steward(), fact, known);
        for answer in metered.hand_in_all(&catalog, &marks, steward(), NOON, decide_each).await {
            answer.expect("stored");
        }
        let usage = meter.usage();
        assert!(usage.writes <= 20.0, "{usage:?}");
        assert!(usage.reads <= 4.0 && usage.calls == 21, "one stair is one Query: {usage:?}");
        record(
            "P8",
            usage.writes,
            Some(40.0),
            "20 doors of one stair in one batch; control: a fact for each of two jobs",
        );
    })
    .await;
}

#[tokio::test]
async fn five_hundred_marks_on_three_doors_read_each_door_once_or_all_together() {
    on_every_backend(async |store| {
        let catalog = open_street(&store, 2, 9, 9).await;
        // Three doors of one stair, and the same far apart in a tower of 60 floors.
        let tower = async |catalog: &Catalog, doors: [u32; 3]| {
            let marks: Vec<_> = (0..500).map(|n| mark(doors[n % 3])).collect();
            let (metered, meter) = store.metered();
            let decide_each = |fact: &_, known: &[_]| decide(catalog, steward(), fact, known);
            for answer in metered.hand_in_all(catalog, &marks, steward(), NOON, decide_each).await {
                assert!(matches!(answer.expect("stored"), store::HandedIn::Stored { new: true, .. }));
            }
            meter.usage()
        };
        let near = tower(&catalog, [1, 2, 3]).await;
        assert_eq!((near.writes, near.calls), (500.0, 501), "{near:?}");
        let far = tower(&catalog, [1, 15, 39]).await;
        assert!(far.calls <= 503 && far.writes <= 500.0, "{far:?}");
        // All of them count, once.
        let facts = store.door_run(&catalog, RUN, domain::DoorId(2), store::Consistency::Strong).await;
        assert_eq!(facts.expect("answered").len(), 167);
    })
    .await;
}

#[tokio::test]
async fn the_numbers_of_a_whole_ledger_are_few_calls() {
    on_every_backend(async |store| {
        let (metered, meter) = store.metered();
        let vault = store::Vault::with_keys(vec![[7; 32]]).expect("a key");
        let numbers = |from: u32| {
            (0..857).map(move |n| {
                let phones = vec![format!("138{:08}", from + n)];
                (HouseholdId(n), store::Contact { phones })
            })
        };
        metered.save_contacts(&vault, &community(), numbers(0)).await.expect("saved");
        let first = meter.usage();
        assert!(first.calls <= 9 + 2 * 35, "{first:?}");
        metered.save_contacts(&vault, &community(), numbers(0)).await.expect("saved");
        assert!(meter.usage().calls - first.calls <= 9, "the same again is read only: {:?}", meter.usage());
        metered.save_contacts(&vault, &community(), numbers(10_000)).await.expect("saved");
        let found = async |number: &str| {
            store.households_by_phone(&vault, &community(), number).await.expect("answered")
        };
        assert_eq!(found("138 0001 0007").await, [HouseholdId(7)]);
        assert!(found("138 0000 0007").await.is_empty(), "the old number finds nobody");
    })
    .await;
}

#[tokio::test]
async fn who_has_a_phone_is_one_question() {
    on_every_backend(async |store| {
        for n in 1..=40 {
            let session = store::Session {
                community: community(),
                who: resident(n),
                created: NOON,
                expires: NOON + i64::from(n),
                device: String::new(),
            };
            store.start_session(&store::Tokens::random(), &session).await.expect("signed in");
        }
        let (metered, meter) = store.metered();
        let found = metered.households_with_phone(&community(), NOON + 20).await.expect("answered");
        assert_eq!(found, (21..=40).map(HouseholdId).collect());
        assert_eq!(meter.usage().calls, 1);
    })
    .await;
}

#[tokio::test]
async fn a_home_page_is_one_read_unit_two_after_an_own_write_and_nothing_or_half_a_poll() {
    on_every_backend(async |store| {
        let catalog = open_street(&store, 2, 9, 9).await;
        // What a month leaves behind at one door: neighbours do not matter, they have keys of their own.
        let first = order(1, None, &[line("A", 2), line("B", 1)]);
        stored(&store, &catalog, resident(1), &first).await;
        stored(&store, &catalog, resident(1), &order(1, Some(first.id), &[line("A", 1)])).await;
        stored(&store, &catalog, steward(), &mark(1)).await;
        let need = report(1, Category::Food, false, "奶粉快没了，能带一罐吗");
        stored(&store, &catalog, resident(1), &need).await;
        stored(&store, &catalog, desk(), &step(1, need.id, Step::Answered("可以，今晚送到".into()))).await;

        let home = async |consistency| {
            let (metered, meter) = store.metered();
            let household = HouseholdId(1);
            metered.household_run(&catalog, RUN, household, consistency).await.expect("answered");
            metered.household_needs(&community(), household, None, consistency).await.expect("answered");
            meter.usage().reads
        };
        assert!(home(Consistency::Eventual).await <= 1.0);
        assert!(home(Consistency::Strong).await <= 2.0);

        let (metered, meter) = store.metered();
        let watch = Watch::Building(RUN, domain::BuildingId(1));
        metered.version(&community(), watch).await.expect("answered");
        assert!(meter.usage().reads <= 0.5);
        metered.catalog_version(&community()).await.expect("answered");
        assert!(meter.usage().reads <= 1.0);
    })
    .await;
}

#[tokio::test]
async fn units_do_not_grow_with_residents_or_with_what_was_refused() {
    on_every_backend(async |store| {
        let catalog = open_street(&store, 60, 9, 9).await;
        let facts: Vec<_> = (2..=300).map(|n| order(n, None, &[line("A", 1)])).collect();
        let taken = |_: &_, _: &[_]| Verdict::Taken;
        for answer in store.hand_in_all(&catalog, &facts, desk(), NOON, taken).await {
            answer.expect("stored");
        }
        for _ in 0..3 {
            assert!(!orders(&store, &catalog, 1, &[line("A", 21)]).await.counts());
        }
        let usage = cost(&store, &catalog, resident(1), &order(1, None, &[line("A", 2)])).await;
        assert_one_unit(usage);
    })
    .await;
}

#[tokio::test]
async fn a_round_costs_its_doors_whatever_else_stands_in_the_building() {
    on_every_backend(async |store| {
        let catalog = open_street(&store, 60, 9, 9).await;
        let facts: Vec<_> = (1..=600).map(|n| order(n, None, &[line("A", 1)])).collect();
        let taken = |_: &_, _: &[_]| Verdict::Taken;
        for answer in store.hand_in_all(&catalog, &facts, desk(), NOON, taken).await {
            answer.expect("stored");
        }
        let cost = async |area: Area| {
            let (metered, meter) = store.metered();
            metered.area_run(&catalog, RUN, &area, Consistency::Eventual).await.expect("answered");
            meter.usage().reads
        };
        let building = domain::BuildingId(1);
        let (few, many) = (cost(Area::Floors(building, 1, 1, 6)).await, cost(Area::Building(building)).await);
        // Half a unit for the boxes taken at the gate, and what is rounded up to a page, weigh more on the short round.
        let ratio = (many / 600.0) / (few / 60.0);
        assert!(ratio <= 1.1 && many <= 40.0, "60 doors: {few}, 600 doors: {many}");
        record("P9.round", ratio, None, &format!("60 doors {few}, 600 doors {many} read units"));
    })
    .await;
}
