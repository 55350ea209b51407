//! Records as the stream brings them: what cannot be read is put aside with its reason and blocks nobody; what cannot be
//! tallied yet is named, and only that.

use serde_json::{Value, json};
use store::{Fault, FaultPlan, Faults, Store, StoreConfig};
use tally::{Read, Tally, stream_records};

use super::*;
use crate::store_typed::street::{line, open_street, orders};

/// An order's record as DynamoDB's stream writes it.
fn record(number: u32, pk: &str, sk: &str, image: &Value) -> Value {
    json!({
        "eventID": format!("c4ca4238a0b923820dcc509a6f75849{number}"),
        "eventName": "INSERT",
        "eventVersion": "1.1",
        "eventSource": "aws:dynamodb",
        "awsRegion": "eu-central-1",
        "dynamodb": {
            "ApproximateCreationDateTime": 1_795_000_000,
            "Keys": { "pk": { "S": pk }, "sk": { "S": sk } },
            "NewImage": image,
            "SequenceNumber": format!("{number}00000000000000000001"),
            "SizeBytes": 300,
            "StreamViewType": "NEW_IMAGE",
        },
        "eventSourceARN": "arn:aws:dynamodb:eu-central-1:123456789012:table/last-metre/stream/2026-11-22T00:00:00.000",
    })
}

/// An order that this program does not understand.
fn poison(number: u32) -> Value {
    let (pk, sk) = ("R#lane5#1#B#1", "0015013101#1#O1#00009");
    let secret = json!({ "S": "胰岛素 13800000000" });
    record(number, pk, sk, &json!({ "pk": { "S": pk }, "sk": { "S": sk }, "fact": secret }))
}

#[tokio::test]
async fn a_poisoned_record_is_put_aside_with_its_reason_and_blocks_nobody() {
    let store = Store::embedded_memory(StoreConfig::default()).await.expect("a table in memory");
    let catalog = open_street(&store, 1, 5, 5).await;
    let mut feed = store.feed();
    orders(&store, &catalog, 1, &[line("A", 2)]).await;
    let mut records = stream_records(&json!({ "Records": [poison(1), {"eventName": "INSERT"}, 7] }));
    records.extend(handed_over(&mut feed).into_iter().map(tally::Record::of_item));
    let tallied = Tally::new(store.clone(), None).tally(records, LATER).await;
    assert_eq!((tallied.again.len(), tallied.dead.len(), tallied.lines), (0, 3, 1));
    assert_equal_to_the_fold(&store, &catalog).await;
    let buried = store.buried().await.expect("answered");
    assert_eq!(buried.len(), 2, "the two without a key are one letter: {buried:?}");
    let letter = buried.iter().find(|letter| letter.place.starts_with("R#lane5")).expect("buried");
    assert_eq!(letter.place, "R#lane5#1#B#1 0015013101#1#O1#00009");
    assert!(letter.reason.contains("cannot be read"), "{}", letter.reason);
    let said = format!("{buried:?}{:?}", tallied.dead);
    assert!(!said.contains("13800000000") && !said.contains("胰岛素"), "{said}");
}

#[test]
fn removals_counters_and_versions_are_no_news() {
    let stock = record(
        1,
        "R#lane5#1",
        "STOCK#B#00",
        &json!({ "pk": {"S": "R#lane5#1"}, "sk": {"S": "STOCK#B#00"}, "left": {"N": "6"} }),
    );
    let version = record(
        2,
        "R#lane5#1#B#1",
        "!VERSION",
        &json!({ "pk": {"S": "R#lane5#1#B#1"}, "sk": {"S": "!VERSION"}, "n": {"N": "6"} }),
    );
    let mut removed = poison(3);
    removed["eventName"] = json!("REMOVE");
    let read = stream_records(&json!({ "Records": [stock, version, removed] }));
    assert!(read.iter().all(|record| matches!(record.read, Read::Nothing)), "{read:?}");
    assert_eq!(stream_records(&json!({ "no": "records" })).len(), 0);
}

#[tokio::test]
async fn what_a_throttled_table_refuses_is_sent_again_and_counts_once() {
    let faults = Faults::new(FaultPlan::quiet());
    let config = StoreConfig {
        faults: Some(faults.clone()),
        retry: store::RetryPolicy::impatient(),
        ..StoreConfig::default()
    };
    let store = Store::embedded_memory(config).await.expect("a table in memory");
    let catalog = open_street(&store, 1, 5, 5).await;
    let mut feed = store.feed();
    orders(&store, &catalog, 1, &[line("A", 2)]).await;
    let items = handed_over(&mut feed);
    let tally = Tally::new(store.clone(), None);
    faults.set_plan(FaultPlan::only(7, Fault::Throttle, 1_000));
    let records = || items.iter().cloned().map(tally::Record::of_item).collect::<Vec<_>>();
    let tallied = tally.tally(records(), LATER).await;
    assert_eq!((tallied.again.len(), tallied.dead.len()), (items.len(), 0), "all of it is sent again");
    faults.set_plan(FaultPlan::quiet());
    let tallied = tally.tally(records(), LATER).await;
    assert_eq!((tallied.again.len(), tallied.lines), (0, 1));
    assert_equal_to_the_fold(&store, &catalog).await;
}
