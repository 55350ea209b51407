//! What the table promises, on every backend it can run on: one body of tests, three tables. What
//! is special to the embedded one (its lock, its queue, its disk) is in `store_embedded`.

mod query;
mod together;

use std::collections::BTreeSet;
use std::io::Write as _;
use std::sync::Once;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;
use store::{
    Condition, Consistency, Definition, Item, Key, Query, RetryPolicy, Store, StoreConfig, StoreError, Table,
    TableNames, Update, Usage, Write,
};

use crate::temp_dir::TempDir;

/// Runs `body` on a table in memory, one in a file and, when `DYNAMODB_LOCAL` holds its address
/// (`cargo xtask test` always sets it), on DynamoDB Local.
pub(crate) async fn on_every_backend(body: impl AsyncFn(Store)) {
    let in_memory = Store::embedded_memory(config()).await.expect("a table in memory");
    // Boxed: three bodies side by side would make every test's future large.
    Box::pin(body(in_memory)).await;
    let dir = TempDir::new();
    Box::pin(body(Store::embedded(dir.path(), config()).await.expect("a table in a file"))).await;
    match std::env::var("DYNAMODB_LOCAL") {
        Ok(endpoint) => {
            let local = Store::dynamodb_local(&endpoint, config()).await.expect("DynamoDB Local answers");
            Box::pin(body(local)).await;
        }
        Err(_) => say_once("DYNAMODB_LOCAL is not set: the store contract did NOT run on DynamoDB Local"),
    }
}

fn say_once(what: &str) {
    static SAID: Once = Once::new();
    // Straight to the terminal: the test harness hides what passing tests print.
    SAID.call_once(|| drop(writeln!(std::io::stderr(), "{what}")));
}

/// Table names of their own, so that tests share a server without meeting.
pub(crate) fn config() -> StoreConfig {
    static NEXT: AtomicU32 = AtomicU32::new(0);
    let id = format!("{}-{}", std::process::id(), NEXT.fetch_add(1, Ordering::Relaxed));
    StoreConfig {
        tables: TableNames { main: format!("main-{id}"), sessions: format!("sessions-{id}") },
        retry: RetryPolicy::impatient(),
        faults: None,
        shared: false,
        keeps_expired: true,
    }
}

fn key(pk: &str, sk: &str) -> Key {
    Key::from_parts(pk, sk)
}

fn item(pk: &str, sk: &str) -> Item {
    Item::new(&key(pk, sk))
}

async fn put_all(store: &Store, items: impl IntoIterator<Item = Item>) {
    store.batch_put(Table::Main, items).await.expect("items are written");
}

fn sort_keys(items: &[Item]) -> Vec<String> {
    items.iter().map(|item| item.key().expect("a whole item").sk().to_owned()).collect()
}

#[test]
fn the_tables_are_defined_as_written_down() {
    assert_eq!(
        Table::Main.definition(),
        Definition {
            partition_key: "pk",
            sort_key: "sk",
            ttl: "ttl",
            index: Some(("desk", "gpk", "gsk")),
            stream: true,
        }
    );
    assert_eq!(
        Table::Sessions.definition(),
        Definition { partition_key: "pk", sort_key: "sk", ttl: "ttl", index: None, stream: false }
    );
}

#[tokio::test]
async fn an_item_comes_back_as_it_was_written() {
    #[derive(serde::Serialize, serde::Deserialize, PartialEq, Debug)]
    struct Note {
        text: String,
        boxes: u32,
        tags: Vec<String>,
        left: Option<i64>,
    }
    on_every_backend(async |store| {
        let note =
            Note { text: "门口，别按铃 🍚".into(), boxes: 3, tags: vec!["素".into()], left: None };
        let written = item("H#1", "N#1")
            .with_body(&note)
            .expect("a note is a map")
            .with_bytes("sealed", [0, 255, 7])
            .with_number("rev", i64::MAX)
            .expires_at(4_102_444_800);
        for table in Table::ALL {
            store.put(table, written.clone(), Condition::Absent).await.expect("it is new");
            let read = store.get(table, &key("H#1", "N#1"), Consistency::Strong).await.expect("answered");
            let read = read.expect("it is there");
            assert_eq!(read, written);
            assert_eq!(read.bytes("sealed"), Some(&[0, 255, 7][..]));
            assert_eq!(read.number("rev"), Some(i64::MAX));
            assert_eq!(read.into_body::<Note>().expect("it is a note"), note);
            let other = store.get(table, &key("H#1", "N#2"), Consistency::Strong).await.expect("answered");
            assert_eq!(other, None);
        }
    })
    .await;
}

#[tokio::test]
async fn a_second_write_of_the_same_id_is_refused_and_shows_the_first() {
    on_every_backend(async |store| {
        let first = item("R#1", "f1").with_text("from", "first phone");
        let second = item("R#1", "f1").with_text("from", "second phone");
        store.put(Table::Main, first.clone(), Condition::Absent).await.expect("it is new");
        match store.put(Table::Main, second, Condition::Absent).await {
            Err(StoreError::Conflict { current: Some(current) }) => assert_eq!(*current, first),
            other => panic!("the second write got {other:?}"),
        }
        let kept = store.get(Table::Main, &key("R#1", "f1"), Consistency::Strong).await.expect("answered");
        assert_eq!(kept, Some(first));
    })
    .await;
}

#[tokio::test]
async fn a_write_on_an_old_revision_is_refused() {
    on_every_backend(async |store| {
        let head = |rev: i64| item("H#1", "N#1").with_number("rev", rev);
        store.put(Table::Main, head(1), Condition::Absent).await.expect("it is new");
        store.put(Table::Main, head(2), Condition::NumberIs("rev", 1)).await.expect("it was revision 1");
        let late = store.put(Table::Main, head(3), Condition::NumberIs("rev", 1)).await;
        assert!(
            matches!(late, Err(StoreError::Conflict { current: Some(now) }) if now.number("rev") == Some(2))
        );

        let either = Condition::Any(vec![Condition::Absent, Condition::NumberIs("rev", 2)]);
        store.put(Table::Main, head(3), either).await.expect("it is revision 2");
        let both = Condition::All(vec![Condition::Present, Condition::Lacks("sealed"), Condition::Always]);
        store.put(Table::Main, head(4).with_text("sealed", "yes"), both.clone()).await.expect("not sealed");
        assert!(matches!(store.put(Table::Main, head(5), both).await, Err(StoreError::Conflict { .. })));
    })
    .await;
}

#[tokio::test]
async fn a_delete_asks_for_its_condition_too() {
    on_every_backend(async |store| {
        let at = key("S#1", "code");
        store
            .put(Table::Sessions, item("S#1", "code").with_text("state", "unused"), Condition::Absent)
            .await
            .expect("it is new");
        let wrong = store.delete(Table::Sessions, &at, Condition::TextIs("state", "used".into())).await;
        assert!(matches!(wrong, Err(StoreError::Conflict { current: Some(_) })));
        store
            .delete(Table::Sessions, &at, Condition::TextIs("state", "unused".into()))
            .await
            .expect("it is unused");
        store.delete(Table::Sessions, &at, Condition::Always).await.expect("nothing there is no error");
        assert_eq!(store.get(Table::Sessions, &at, Consistency::Strong).await.expect("answered"), None);
    })
    .await;
}

#[tokio::test]
async fn every_call_says_what_it_cost() {
    on_every_backend(async |store| {
        let (store, meter) = store.metered();
        let cost = |calls, reads, writes| Usage { calls, scans: 0, waits: calls, reads, writes };
        let put =
            async |item: Item| store.put(Table::Main, item, Condition::Absent).await.expect("it is new");
        let get =
            async |consistency| store.get(Table::Main, &key("P", "a"), consistency).await.expect("answered");
        let query = async |query| store.query(Table::Main, query).await.expect("answered");
        let sized = |sk: &str, bytes: usize| {
            let bare = item("P", sk).with_text("x", "").size();
            item("P", sk).with_text("x", "x".repeat(bytes - bare))
        };

        // The border of a unit is where `Item::size` says it is.
        put(sized("a", 1024)).await;
        assert_eq!(meter.take(), cost(1, 0.0, 1.0));
        put(sized("b", 1025)).await;
        assert_eq!(meter.take(), cost(1, 0.0, 2.0));
        // So it is with numbers, lists and maps inside.
        let mixed = |sk: &str, pad: usize| {
            let body = serde_json::json!({"who": {"n": -12345, "on": true}, "list": [1, 20.5, "三", null]});
            item("P", sk)
                .with_body(&body)
                .expect("a map")
                .with_number("big", i64::MIN)
                .with_text("x", "x".repeat(pad))
        };
        let pad = 1024 - mixed("m0", 0).size();
        put(mixed("m1", pad)).await;
        assert_eq!(meter.take(), cost(1, 0.0, 1.0));
        put(mixed("m2", pad + 1)).await;
        assert_eq!(meter.take(), cost(1, 0.0, 2.0));
        // An index entry is a second write.
        put(item("P", "c").indexed("D", "1")).await;
        assert_eq!(meter.take(), cost(1, 0.0, 2.0));

        get(Consistency::Eventual).await.expect("it is there");
        assert_eq!(meter.take(), cost(1, 0.5, 0.0));
        get(Consistency::Strong).await.expect("it is there");
        assert_eq!(meter.take(), cost(1, 1.0, 0.0));
        // A query pays for the sum of its bytes, not for each item.
        assert_eq!(query(Query::partition("P").prefix("m")).await.len(), 2);
        assert_eq!(meter.take(), cost(1, 0.5, 0.0));
        assert_eq!(query(Query::partition("P").prefix("m").strong()).await.len(), 2);
        assert_eq!(meter.take(), cost(1, 1.0, 0.0));
        store
            .batch_get(Table::Main, ["a", "b", "c"].map(|sk| key("P", sk)), Consistency::Eventual)
            .await
            .expect("answered");
        assert_eq!(meter.take(), cost(1, 1.5, 0.0));
    })
    .await;
}

#[tokio::test]
async fn what_cannot_be_stored_is_refused_before_it_is_sent() {
    on_every_backend(async |store| {
        let (store, meter) = store.metered();
        let huge = item("H#1", "P#1").with_text("photo", "x".repeat(store::ITEM_LIMIT_BYTES));
        let refused = store.put(Table::Main, huge, Condition::Always).await;
        assert!(matches!(&refused, Err(StoreError::TooLarge { what: "item", .. })), "{refused:?}");
        assert!(refused.is_err_and(|error| error.is_permanent()));
        assert_eq!(meter.usage(), Usage::default());

        let named_twice = item("H#1", "x").with_body(&std::collections::BTreeMap::from([("pk", "H#2")]));
        assert!(matches!(named_twice, Err(StoreError::Invalid { .. })));
        // An empty key is what the table itself refuses.
        let empty = store.put(Table::Main, item("", "x"), Condition::Always).await;
        assert!(matches!(&empty, Err(StoreError::Invalid { operation: "PutItem", .. })), "{empty:?}");
    })
    .await;
}

#[tokio::test]
async fn a_stored_item_of_another_shape_is_named_as_corrupt() {
    on_every_backend(async |store| {
        let stored = item("H#1", "N#1").with_text("boxes", "three");
        store.put(Table::Main, stored, Condition::Absent).await.expect("it is new");
        let read = store.get(Table::Main, &key("H#1", "N#1"), Consistency::Strong).await.expect("answered");
        let body = read.expect("it is there").into_body::<std::collections::BTreeMap<String, u32>>();
        assert!(matches!(body, Err(StoreError::Corrupt { .. })));
    })
    .await;
}

#[tokio::test]
async fn a_table_of_another_shape_is_refused_at_the_start() {
    let dir = TempDir::new();
    let names = TableNames::default();
    let swapped = TableNames { main: names.sessions.clone(), sessions: names.main.clone() };
    let with = |tables| StoreConfig { tables, ..config() };
    drop(Store::embedded(dir.path(), with(names.clone())).await.expect("made"));
    // Opening again finds what is there and is content.
    drop(Store::embedded(dir.path(), with(names)).await.expect("opened"));
    let refused = Store::embedded(dir.path(), with(swapped)).await;
    assert!(matches!(refused, Err(StoreError::NotSetUp { .. })), "{refused:?}");
}
