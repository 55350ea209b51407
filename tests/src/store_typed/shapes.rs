//! What stands in the table, letter by letter: whoever changes a shape sees it here, and has to think
//! of the items that are there already. And that an order and a mark stay one write unit.

use super::needs::{report, step};
use super::street::*;
use crate::store_contract::config;
use domain::fact::{Body, DoorCheck, Fact, Mark, OrderSet, Stamped, Verdict};
use domain::job::{BoxItem, Failure, JobRef, Outcome};
use domain::menu::{Line, Substitution};
use domain::need::{Category, Step};
use domain::places::{Label, Spot};
use domain::wire::Flag;
use domain::{BuildingId, CommunityId, CompoundId, DoorId, FactId, Fen, HouseholdId, Millis, RunId};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use store::{Item, Store, Table};

/// Every item of a table by its key, with the attributes the table itself looks at.
async fn stored_items(store: &Store, table: Table) -> BTreeMap<String, Item> {
    let mut items = BTreeMap::new();
    let mut after = None;
    loop {
        let page = store.export_page(table, after).await.expect("answered");
        for item in page.items {
            let key = item.key().expect("a whole item");
            items.insert(format!("{} | {}", key.pk(), key.sk()), item);
        }
        match page.next {
            Some(next) => after = Some(next),
            None => return items,
        }
    }
}

fn shape(item: &Item) -> Value {
    let mut body: Value = item.clone().into_body().expect("attributes");
    for name in ["gpk", "gsk"] {
        if let Some(text) = item.text(name) {
            body[name] = json!(text);
        }
    }
    if let Some(ttl) = item.number("ttl") {
        body["ttl"] = json!(ttl);
    }
    body
}

fn numbered(number: u8, body: Body) -> Fact {
    Fact { id: FactId::new(NOON.0, [number; 10]), ..fact(body) }
}

fn hex(number: u8) -> String {
    FactId::new(NOON.0, [number; 10]).to_string()
}

#[tokio::test]
async fn every_item_of_the_main_table_is_stored_as_written_down_here() {
    let store = Store::embedded_memory(config()).await.expect("a table in memory");
    let mut tiny = places(1);
    tiny.buildings.retain(|id, _| *id == BuildingId(1));
    tiny.doors.retain(|id, _| *id == DoorId(1));
    tiny.households.retain(|id, _| *id == HouseholdId(1));
    let menus = [menu("A", None), menu("B", Some(7))];
    store.create_community(&settings()).await.expect("new");
    store.import_ledger(&read(&store).await, &tiny).await.expect("imported");
    for menu in &menus {
        store.save_menu(&community(), menu).await.expect("saved");
    }
    store.save_window(&read(&store).await, &window(&menus)).await.expect("published");
    let catalog = read(&store).await;

    let Body::Order(set) = order(1, None, &[line("A", 2), line("B", 1)]).body else { unreachable!() };
    let taken = |_: &[Stamped]| Verdict::Taken;
    let first = numbered(1, Body::Order(set.clone()));
    store.hand_in(&catalog, &first, resident(1), NOON, taken).await.expect("stored");
    let refused = numbered(2, Body::Order(OrderSet { replaces: Some(first.id), ..set }));
    let no = |_: &[Stamped]| Verdict::Refused(domain::wire::Refusal::Closed);
    store.hand_in(&catalog, &refused, resident(1), NOON + 5, no).await.expect("stored");
    let mark = numbered(3, mark(1).body);
    let flagged = |_: &[Stamped]| Verdict::Flagged(Flag::NoLongerAssigned);
    store.hand_in(&catalog, &mark, steward(), NOON, flagged).await.expect("stored");
    let need = numbered(4, report(1, Category::Food, true, "米没有了").body);
    store.hand_in(&catalog, &need, resident(1), NOON, taken).await.expect("stored");
    let read_it = numbered(5, step(1, need.id, Step::Read).body);
    store.hand_in(&catalog, &read_it, desk(), NOON, taken).await.expect("stored");

    let items = stored_items(&store, Table::Main).await;
    let shapes: BTreeMap<&str, Value> = items.iter().map(|(key, item)| (key.as_str(), shape(item))).collect();
    let made = json!({ "at": NOON.0, "off": 0, "seen": NOON.0 - 60_000 });
    let stamped = |number: u8, body: Value, by: Value, at: i64, verdict: Value| {
        let fact =
            json!({ "v": 1, "id": hex(number), "made": made, "seq": { "e": 1, "n": 1 }, "body": body });
        json!({ "fact": fact, "by": by, "at": at, "is": verdict })
    };
    let lines = json!([
        { "m": "A", "ver": 1, "q": 2, "p": 3000 },
        { "m": "B", "ver": 1, "q": 1, "p": 3000 },
    ]);
    let order_body = json!({ "order": { "run": 1, "h": 1, "lines": lines, "subst": "ask" } });
    let change_body = json!({ "order": { "run": 1, "h": 1, "was": hex(1), "lines": lines, "subst": "ask" } });
    let mark_body =
        json!({ "mark": { "run": 1, "d": 1, "jobs": [[{ "o": 1 }, "left_at_door"]], "by": "scanned" } });
    let need_body = json!({ "need": {
        "h": 1, "category": "food", "text": "米没有了", "urgent": true, "channel": "app" } });
    let step_body = json!({ "need_step": { "h": 1, "need": hex(4), "step": "read" } });
    let mut refused_item =
        stamped(2, change_body, json!({ "household": 1 }), NOON.0 + 5, json!({ "refused": "closed" }));
    refused_item["ttl"] = json!((NOON.0 + 5 + 30 * Millis::DAY) / 1_000);
    let person = |id: u32, role: &str| json!({ "person": [id, role] });
    let menu_shape = |code: &str, stock: Option<u32>| {
        let mut shape = json!({
            "code": code, "version": 1, "kind": "set", "name": { "zh": format!("套餐{code}") }, "price": 3000,
            "items": [], "limit": 20, "frozen": 1,
        });
        if let Some(stock) = stock {
            shape["stock"] = json!(stock);
        }
        shape
    };
    let chunk = "c1,9:五号院b1,1,1:1d1,1,1,1,3:101h1,1,2,0,:4:王1::0,";
    let due = |pk: &str, at: i64, task: &str| {
        (
            format!("{pk} | {at:014}#lane5-{task}-1"),
            json!({ "at": at, "community": "lane5", "task": { task: 1 } }),
        )
    };
    let pk = "R#lane5#1#B#1";
    let expected: Vec<(String, Value)> = vec![
        ("C#lane5 | !VERSION".into(), json!({ "n": 5 })),
        ("C#lane5 | LEDGER".into(), json!({ "version": 1, "earlier": [] })),
        ("C#lane5 | MENU#A#00001".into(), menu_shape("A", None)),
        ("C#lane5 | MENU#B#00001".into(), menu_shape("B", Some(7))),
        (
            "C#lane5 | SETTINGS".into(),
            json!({
                "id": "lane5", "name": { "zh": "五号院", "en": "Lane 5" }, "utc_offset": 480, "hotline": "0371-0000",
                "emergency": "120", "hosts": ["lm.example.org"], "unread_minutes": 10,
            }),
        ),
        (
            "C#lane5 | WINDOW#0000000001".into(),
            json!({
                "run": 1, "opens": NOON.0 - Millis::HOUR, "closes": NOON.0 + 5 * Millis::HOUR, "grace_minutes": 15,
                "compounds": [1], "menus": [["A", 1], ["B", 1]], "delivery_from": NOON.0 + 6 * Millis::HOUR,
                "delivery_to": NOON.0 + 8 * Millis::HOUR, "payment": "free", "published": true, "rev": 1,
            }),
        ),
        ("C#lane5#L#1 | 00000".into(), json!({ "rows": chunk })),
        due("DUE#498610#1", NOON.0 - Millis::HOUR, "open"),
        due("DUE#498616#1", NOON.0 + 5 * Millis::HOUR, "close"),
        due("DUE#498616#0", NOON.0 + 5 * Millis::HOUR + 15 * Millis::MINUTE, "seal"),
        (
            format!("H#lane5#1 | N#{}", hex(4)),
            json!({
                "id": hex(4), "household": 1, "category": "food", "text": "米没有了", "urgent": true,
                "by": { "household": 1 }, "channel": "app", "reported": { "at": NOON.0 }, "received": NOON.0,
                "state": "reported", "read": NOON.0, "answer": null, "changed": NOON.0, "revision": 2,
                "gpk": "DESK#lane5", "gsk": format!("0#0{}#{}", NOON.0, hex(4)),
            }),
        ),
        (
            format!("H#lane5#1 | N#{}#{}", hex(4), hex(4)),
            stamped(4, need_body, json!({ "household": 1 }), NOON.0, json!("taken")),
        ),
        (
            format!("H#lane5#1 | N#{}#{}", hex(4), hex(5)),
            stamped(5, step_body, person(2, "desk"), NOON.0, json!("taken")),
        ),
        ("R#lane5#1 | STOCK#B#00".into(), json!({ "left": 6 })),
        (
            format!("{pk} | 0015013101#1#{}", hex(3)),
            stamped(3, mark_body, person(1, "steward"), NOON.0, json!({ "flagged": "no_longer_assigned" })),
        ),
        (
            format!("{pk} | 0015013101#1#O1#00001"),
            stamped(1, order_body, json!({ "household": 1 }), NOON.0, json!("taken")),
        ),
        (format!("{pk} | 0015013101#1#O1#00002"), refused_item),
    ];
    let expected: BTreeMap<&str, Value> =
        expected.iter().map(|(key, shape)| (key.as_str(), shape.clone())).collect();
    for (key, shape) in &expected {
        assert_eq!(shapes.get(key), Some(shape), "{key}");
    }
    assert_eq!(shapes.keys().collect::<Vec<_>>(), expected.keys().collect::<Vec<_>>());
}

/// A catalog with the longest names and numbers there can be.
async fn long_street(store: &Store) -> store::Catalog {
    let c: CommunityId = "a-community-with-24-chars".get(..24).and_then(|c| c.parse().ok()).expect("an id");
    let mut long = places(1);
    let (door, household) = (DoorId(u32::MAX), HouseholdId(u32::MAX));
    long.buildings.insert(
        BuildingId(u16::MAX),
        domain::places::Building {
            id: BuildingId(u16::MAX),
            compound: CompoundId(1),
            label: Label("65535".into()),
        },
    );
    let spot = Spot { unit: 255, floor: 127, room: Label("12701A".into()) };
    long.doors.insert(door, domain::places::Door { id: door, building: BuildingId(u16::MAX), spot });
    long.households.insert(household, super::street::household(u32::MAX, Some(door)));
    let settings = domain::community::Settings { id: c.clone(), ..settings() };
    store.create_community(&settings).await.expect("new");
    let catalog = store.catalog(&c).await.expect("answered").expect("there");
    store.import_ledger(&catalog, &long).await.expect("imported");
    let catalog = store.catalog(&c).await.expect("answered").expect("there");
    let window = domain::window::Window { run: RunId(u32::MAX), ..window(&[]) };
    store.save_window(&catalog, &window).await.expect("saved");
    store.catalog(&c).await.expect("answered").expect("there")
}

#[tokio::test]
async fn the_biggest_ordinary_order_mark_and_need_step_are_one_write_unit() {
    let store = Store::embedded_memory(config()).await.expect("a table in memory");
    let catalog = long_street(&store).await;
    let (run, household, door) = (RunId(u32::MAX), HouseholdId(u32::MAX), DoorId(u32::MAX));
    // Eight menus of the longest code, three of them pick-your-own with five choices.
    let lines = (0..8).map(|n| Line {
        menu: format!("LONG-CODE-{n:02}").parse().expect("a code"),
        version: 999,
        boxes: 20,
        price: Fen(99_999),
        picks: if n < 3 { vec![10, 11, 12, 13, 14] } else { Vec::new() },
    });
    let order = fact(Body::Order(OrderSet {
        run,
        household,
        replaces: Some(id()),
        lines: lines.collect(),
        substitution: Substitution::Yes,
    }));
    let jobs = vec![
        (JobRef::Order(household), Outcome::Neighbour("楼上一二〇一的张阿姨".into())),
        (JobRef::Added(id()), Outcome::Done),
        (JobRef::Added(id()), Outcome::LeftAtDoor),
        (
            JobRef::Added(id()),
            Outcome::Failed(Failure::ShortOrDamaged {
                menus: vec!["LONG-CODE-00".parse().expect("a code")],
                items: (0..4)
                    .map(|item| BoxItem { menu: "LONG-CODE-00".parse().expect("a code"), version: 999, item })
                    .collect(),
                note: "少了一袋米，鸡蛋碎了三个".into(),
            }),
        ),
    ];
    let mark = fact(Body::Mark(Mark { run, door, jobs, by: DoorCheck::Paper, happened: Some(NOON) }));
    let step = step(u32::MAX, id(), Step::Sorted(Category::Counselling, true));
    let by_person = domain::actor::Signed::Person(domain::PersonId(u32::MAX), domain::actor::Role::Volunteer);
    let verdict = |_: &[Stamped]| Verdict::Flagged(Flag::NoLongerAssigned);
    for fact in [&order, &mark, &step] {
        store.hand_in(&catalog, fact, by_person, NOON, verdict).await.expect("stored");
    }
    let items = stored_items(&store, Table::Main).await;
    let facts: Vec<_> = items.iter().filter(|(key, _)| key.starts_with("R#") || key.contains("N#")).collect();
    assert_eq!(facts.len(), 3);
    for (key, item) in facts {
        assert!(item.size() <= 1_024, "{key} has {} bytes", item.size());
    }
}
