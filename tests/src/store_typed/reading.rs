//! Reading rounds: towers of 600 doors in the order of the stairs, ranges of floors, what a household
//! may see of its own door.

use super::street::*;
use crate::store_contract::on_every_backend;
use domain::fact::{AddJob, Body, Load, Stamped};
use domain::job::{JobKind, JobRef, Outcome};
use domain::places::Area;
use domain::{BuildingId, DoorId, HouseholdId, NoticeId};
use std::collections::BTreeSet;
use store::{Catalog, Consistency, Item, Store, Table, Watch, of_household};

fn doors_of(facts: &[Stamped]) -> Vec<u32> {
    let door = |stamped: &Stamped| match &stamped.fact.body {
        Body::Order(set) => Some(set.household.0),
        _ => None,
    };
    facts.iter().filter_map(door).collect()
}

async fn area(store: &Store, catalog: &Catalog, area: Area) -> Vec<Stamped> {
    store.area_run(catalog, RUN, &area, Consistency::Strong).await.expect("answered")
}

#[tokio::test]
async fn a_tower_of_six_hundred_doors_comes_whole_and_in_the_order_of_the_stairs() {
    on_every_backend(async |store| {
        let catalog = open_street(&store, 60, 1, 1).await;
        let households: Vec<u32> = (1..=700).collect();
        for some in households.chunks(200) {
            let facts: Vec<_> = some.iter().map(|n| order(*n, None, &[line("A", 1)])).collect();
            // One author for speed; the gate is not what is tested here.
            let taken = |_: &_, _: &[_]| domain::fact::Verdict::Taken;
            for answer in store.hand_in_all(&catalog, &facts, desk(), NOON, taken).await {
                answer.expect("stored");
            }
        }
        let load = fact(Body::Load(Load { run: RUN, building: BuildingId(1), taken: 600, returned: 0 }));
        stored(&store, &catalog, steward(), &load).await;

        let tower = area(&store, &catalog, Area::Building(BuildingId(1))).await;
        assert_eq!(doors_of(&tower), (1..=600).collect::<Vec<_>>());
        assert_eq!(tower.len(), 601, "and what was taken at the gate");
        let floors = area(&store, &catalog, Area::Floors(BuildingId(1), 1, 9, 11)).await;
        assert_eq!(doors_of(&floors), (81..=110).collect::<Vec<_>>());
        assert_eq!(floors.len(), 31);
        let other = area(&store, &catalog, Area::Unit(BuildingId(1), 2)).await;
        assert_eq!(doors_of(&other), Vec::<u32>::new());
        assert_eq!(area(&store, &catalog, Area::Community).await.len(), 701);
        let whole = store.whole_run(&catalog, RUN, Consistency::Eventual).await.expect("answered");
        assert_eq!(whole.len(), 701);

        let doors = [5, 700, 1_200].map(DoorId).into();
        let found = store.doors_with_facts(&catalog, &[RUN], &doors).await.expect("answered");
        assert_eq!(found, [5, 700].map(DoorId).into());
    })
    .await;
}

#[tokio::test]
async fn a_household_sees_nothing_of_the_other_one_behind_its_door() {
    on_every_backend(async |store| {
        let catalog = open_street(&store, 1, 1, 1).await;
        let mut shared = places(1);
        shared.households.insert(HouseholdId(900), household(900, Some(DoorId(1))));
        store.import_ledger(&catalog, &shared).await.expect("imported");
        let catalog = read(&store).await;
        for household in [1, 900] {
            assert!(orders(&store, &catalog, household, &[line("A", 1)]).await.counts());
        }
        let medicine = |household: u32| {
            fact(Body::AddJob(AddJob {
                run: RUN,
                door: DoorId(1),
                household: Some(HouseholdId(household)),
                kind: JobKind::Medicine,
                text: format!("for {household}"),
                need: None,
            }))
        };
        let (mine, theirs) = (medicine(1), medicine(900));
        for job in [&mine, &theirs] {
            assert!(stored(&store, &catalog, desk(), job).await.verdict.counts());
        }
        let mut both = mark(1);
        if let Body::Mark(mark) = &mut both.body {
            let jobs = [
                JobRef::Order(HouseholdId(1)),
                JobRef::Order(HouseholdId(900)),
                JobRef::Added(mine.id),
                JobRef::Added(theirs.id),
            ];
            mark.jobs = jobs.map(|job| (job, Outcome::Done)).into();
        }
        stored(&store, &catalog, steward(), &both).await;

        let door = store.door_run(&catalog, RUN, DoorId(1), Consistency::Strong).await.expect("answered");
        assert_eq!(door.len(), 5);
        let own = of_household(HouseholdId(900), &door);
        let text = serde_json::to_string(&own).expect("facts");
        assert!(!text.contains("for 1") && !text.contains(r#""h":1}"#) && !text.contains(r#"{"o":1}"#));
        assert!(text.contains("for 900") && text.contains(r#"{"o":900}"#));
        assert_eq!(own.len(), 3);
    })
    .await;
}

#[tokio::test]
async fn the_desk_sees_who_has_seen_a_notice() {
    on_every_backend(async |store| {
        let catalog = open_street(&store, 1, 1, 1).await;
        let seen = |household: u32| {
            fact(Body::Seen(domain::fact::Seen { household: HouseholdId(household), notice: NoticeId(7) }))
        };
        for household in [3, 5, 5] {
            assert!(stored(&store, &catalog, resident(household), &seen(household)).await.verdict.counts());
        }
        // Nobody can say it for another household.
        assert!(!stored(&store, &catalog, resident(3), &seen(4)).await.verdict.counts());
        let who = store.seen_by(&community(), NoticeId(7)).await.expect("answered");
        assert_eq!(who, BTreeSet::from([3, 5].map(HouseholdId)));
    })
    .await;
}

#[tokio::test]
async fn a_version_moves_with_what_happens_there_and_only_there() {
    on_every_backend(async |store| {
        let catalog = open_street(&store, 1, 5, 5).await;
        let c = community();
        let watches = [
            Watch::Building(RUN, BuildingId(1)),
            Watch::Building(RUN, BuildingId(2)),
            Watch::Needs(HouseholdId(1)),
            Watch::Desk,
        ];
        let versions = async || {
            let mut versions = Vec::new();
            for watch in watches {
                versions.push(store.version(&c, watch).await.expect("answered"));
            }
            versions
        };
        let before = versions().await;
        assert_eq!(versions().await, before);
        store.bump_version(&c, watches[1]).await.expect("moved");
        let bumped = versions().await;
        assert_ne!(bumped[1], before[1]);
        assert_eq!((&bumped[0], &bumped[2..]), (&before[0], &before[2..]));
        // A table with an index is AWS's or DynamoDB Local, where `tally` does the rest.
        assert!(orders(&store, &catalog, 1, &[line("B", 1)]).await.counts());
        let after = versions().await;
        let one_machine = before[0].contains('-');
        assert_eq!(after[0] != bumped[0], one_machine);
        assert_eq!(after[1..], bumped[1..]);
        // The item that holds a version is no fact.
        store.bump_version(&c, watches[0]).await.expect("moved");
        assert_eq!(area(&store, &catalog, Area::Building(BuildingId(1))).await.len(), 1);
    })
    .await;
}

#[tokio::test]
async fn deciding_reads_what_is_there_now_not_a_moment_ago() {
    // Strong reads on the way of every fact: seen by what they cost.
    let store = Store::embedded_memory(crate::store_contract::config()).await.expect("a table in memory");
    let catalog = open_street(&store, 1, 1, 1).await;
    let filler = Item::new(&store::Key::from_parts("R#lane5#1#B#1", "~")).with_text("x", "y");
    store.put(Table::Main, filler, store::Condition::Absent).await.expect("written");
    let (metered, meter) = store.metered();
    assert!(orders(&metered, &catalog, 1, &[line("A", 1)]).await.counts());
    // The page's own read before, then the deciding one.
    assert!((meter.usage().reads - 2.0).abs() < f64::EPSILON, "{:?}", meter.usage());
}
