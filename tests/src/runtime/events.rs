//! The functions `tally` and `clock`, their own binaries, with stream records and schedule events as AWS sends them:
//! duplicates, a poisoned record, partial failures, a late and a double schedule event.

use std::sync::{Arc, Mutex};
use std::time::{SystemTime, UNIX_EPOCH};

use axum::Router;
use axum::extract::State;
use axum::routing::post;
use domain::Millis;
use domain::window::Window;
use serde_json::{Value, json};
use store::{Change, Item, Store};

use super::table::LocalTable;
use super::{Function, local_table};
use crate::infra::rights::table_rights;
use crate::store_typed::street::{
    RUN, community, line, menu, open_street, orders, places, read, settings, window,
};

fn now() -> Millis {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).expect("after 1970");
    Millis(i64::try_from(since.as_millis()).expect("before the year 292 million"))
}

async fn start(name: &str, table: &LocalTable, more: &[(&str, &str)]) -> Function {
    let mut environment = table.environment();
    environment.extend(more);
    // Neither has the sessions table: they have no right to it.
    environment.retain(|(variable, _)| *variable != "LM_SESSIONS_TABLE");
    Function::start(name, &environment).await.unwrap_or_else(|error| panic!("{name} starts: {}", error.log))
}

/// A record of the stream for an item that stands in the table.
fn record(number: usize, item: Item) -> Value {
    let key = item.key().expect("a whole item");
    let image = store::image_of_item(item).expect("it can be shown");
    json!({
        "eventID": format!("{number:032x}"),
        "eventName": "INSERT",
        "eventVersion": "1.1",
        "eventSource": "aws:dynamodb",
        "awsRegion": "eu-central-1",
        "dynamodb": {
            "ApproximateCreationDateTime": 1_795_000_000,
            "Keys": { "pk": { "S": key.pk() }, "sk": { "S": key.sk() } },
            "NewImage": image,
            "SequenceNumber": format!("{number:021}"),
            "SizeBytes": 321,
            "StreamViewType": "NEW_IMAGE",
        },
        "eventSourceARN": "arn:aws:dynamodb:eu-central-1:123456789012:table/last-metre/stream/2026-11-22T00:00:00.000",
    })
}

/// Every item of the main table, as the stream would have told it.
async fn records(store: &Store) -> Vec<Value> {
    let mut records = Vec::new();
    let mut after = None;
    loop {
        let page = store.export_page(store::Table::Main, after).await.expect("answered");
        for item in page.items {
            if matches!(Change::read(item.clone()), Ok(Some(Change::Fact { .. } | Change::Need { .. }))) {
                records.push(record(records.len() + 1, item));
            }
        }
        after = page.next;
        if after.is_none() {
            return records;
        }
    }
}

/// A queue as the function meets it: what was sent to it, as AWS's JSON protocol has it.
async fn queue() -> (String, Arc<Mutex<Vec<Value>>>) {
    async fn receive(
        State(got): State<Arc<Mutex<Vec<Value>>>>,
        headers: http::HeaderMap,
        body: axum::body::Bytes,
    ) -> axum::Json<Value> {
        assert_eq!(headers["x-amz-target"], "AmazonSQS.SendMessage");
        assert!(headers[http::header::AUTHORIZATION].to_str().expect("ascii").contains("/sqs/aws4_request"));
        got.lock().expect("whole").push(serde_json::from_slice(&body).expect("JSON"));
        axum::Json(json!({ "MessageId": "1", "MD5OfMessageBody": "" }))
    }
    let got: Arc<Mutex<Vec<Value>>> = Arc::default();
    let router = Router::new().route("/", post(receive)).with_state(got.clone());
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let address = format!("http://{}", listener.local_addr().expect("an address"));
    tokio::spawn(async move { axum::serve(listener, router).await });
    (address, got)
}

/// A record whose item this program does not understand. What it holds may be nobody's business.
fn poison(number: usize) -> Value {
    let item = Item::new(&store::Key::from_parts("R#lane5#1#B#1", "0015013101#1#O1#00099"));
    record(number, item.with_text("fact", "胰岛素 13800000000"))
}

async fn boxes(store: &Store) -> u32 {
    store.run_tally(&community(), RUN).await.expect("answered").totals().boxes
}

fn failures(answer: &Value) -> Vec<&str> {
    let failures = answer["batchItemFailures"].as_array().expect("a list");
    failures.iter().map(|one| one["itemIdentifier"].as_str().expect("a name")).collect()
}

const QUEUE: &str = "https://sqs.us-east-1.amazonaws.com/123456789012/last-metre-tally-dead";

#[tokio::test]
async fn tally_counts_each_record_once_and_puts_a_poisoned_one_into_the_queue_of_dead_letters() {
    let Some(table) = local_table().await else { return };
    let store = &table.store;
    let catalog = open_street(store, 1, 9, 9).await;
    for (household, number) in [(1, 2), (2, 1), (11, 3)] {
        orders(store, &catalog, household, &[line("A", number)]).await;
    }
    let (sqs, letters) = queue().await;
    let tally = start("tally", &table, &[("AWS_ENDPOINT_URL_SQS", &sqs), ("LM_DEAD_LETTERS", QUEUE)]).await;
    let mut batch = records(store).await;
    assert_eq!(batch.len(), 3);
    batch.insert(1, poison(77));
    batch.push(batch[0].clone());
    let answer = tally.invoke(&json!({ "Records": batch })).await.expect("an answer");
    assert_eq!(failures(&answer), [""; 0], "{}", tally.log());
    assert_eq!(boxes(store).await, 6);
    // The same batch again, and once more in parts and backwards.
    let again = tally.invoke(&json!({ "Records": batch })).await.expect("an answer");
    assert_eq!(failures(&again), [""; 0]);
    for one in batch.iter().rev() {
        tally.invoke(&json!({ "Records": [one] })).await.expect("an answer");
    }
    assert_eq!(boxes(store).await, 6);
    let letters = letters.lock().expect("whole").clone();
    assert_eq!(letters.len(), 3, "each time it came");
    assert_eq!(letters[0]["QueueUrl"], QUEUE);
    let message = letters[0]["MessageBody"].as_str().expect("text");
    assert!(message.contains("cannot be read") && message.contains("R#lane5#1#B#1"), "{message}");
    let log = tally.log();
    assert!(
        !message.contains("13800000000") && !log.contains("13800000000") && !log.contains("胰岛素"),
        "{log}"
    );
    assert_eq!(store.buried().await.expect("answered").len(), 1);
    let first = said(&log, "tallied");
    assert_eq!((&first["level"], &first["function"]), (&json!("INFO"), &json!("tally")), "{first}");
    assert_eq!(first["dead"], 1, "{first}");
    assert!(
        first["request"].is_string() && first["micros"].is_u64() && first["calls"].as_u64() > Some(0),
        "{first}"
    );
    assert_eq!(metrics(&first), ["DeadLetters", "WriteUnits"]);
    assert_eq!(first["WriteUnits"], first["writes"]);
    // It deletes only a phone's subscription that is dead (`tally::push`); every other right was needed here.
    assert_eq!(unused("tally", &tally), ["DeleteItem"]);
}

/// Rights that a function has and did not need.
fn unused(name: &str, function: &Function) -> Vec<String> {
    let used = function.used();
    let rights = table_rights(name).into_iter();
    let all = rights.flat_map(|(on, actions)| actions.into_iter().map(move |action| (on, action)));
    all.filter(|right| !used.contains(right)).map(|(_, action)| action).collect()
}

/// The first line that says this.
fn said(log: &str, message: &str) -> Value {
    let mut lines = log.lines().map(|line| serde_json::from_str::<Value>(line).expect("each line is JSON"));
    lines.find(|line| line["message"] == message).unwrap_or_else(|| panic!("nobody said {message}: {log}"))
}

/// The metrics that CloudWatch takes out of a line, each of which is there, by one dimension.
fn metrics(line: &Value) -> Vec<&str> {
    let metrics = &line["_aws"]["CloudWatchMetrics"][0];
    assert_eq!(
        (&metrics["Namespace"], &metrics["Dimensions"]),
        (&json!("LastMetre"), &json!([["function"]]))
    );
    let names = metrics["Metrics"].as_array().expect("a list").iter().filter_map(|one| one["Name"].as_str());
    let names: Vec<&str> = names.collect();
    assert!(names.iter().all(|name| line[*name].as_f64().is_some()), "{line}");
    names
}

#[tokio::test]
async fn tally_names_only_the_record_that_is_to_come_again() {
    let Some(table) = local_table().await else { return };
    let store = &table.store;
    let catalog = open_street(store, 1, 9, 9).await;
    orders(store, &catalog, 1, &[line("A", 2)]).await;
    // The queue does not answer, so that the poisoned record cannot be put aside now.
    let unheard = ("AWS_ENDPOINT_URL_SQS", "http://127.0.0.1:9");
    let tally = start("tally", &table, &[unheard, ("LM_DEAD_LETTERS", QUEUE)]).await;
    let mut batch = records(store).await;
    batch.push(poison(42));
    let answer = tally.invoke(&json!({ "Records": batch })).await.expect("an answer");
    assert_eq!(failures(&answer), ["000000000000000000042"], "{}", tally.log());
    assert_eq!(boxes(store).await, 2, "the others are done");
}

#[tokio::test]
async fn clock_seals_a_window_once_however_late_and_often_it_is_called() {
    let Some(table) = local_table().await else { return };
    let store = &table.store;
    let menus = [menu("A", None)];
    store.create_community(&settings()).await.expect("new");
    store.import_ledger(&read(store).await, &places(1)).await.expect("imported");
    store.save_menu(&community(), &menus[0]).await.expect("saved");
    // It should have been sealed almost two hours ago; the schedule was away.
    let closes = now() + -2 * Millis::HOUR;
    let late = Window {
        opens: closes + -2 * Millis::HOUR,
        closes,
        delivery_from: closes + 12 * Millis::HOUR,
        delivery_to: closes + 14 * Millis::HOUR,
        ..window(&menus)
    };
    store.save_window(&read(store).await, &late).await.expect("published");
    let (one, other) = tokio::join!(start("clock", &table, &[]), start("clock", &table, &[]));
    let event = json!({ "at": "2026-11-22T10:00:00Z" });
    let (first, second) = tokio::join!(one.invoke(&event), other.invoke(&event));
    let sealed = |answer: &Value| answer["sealed"].as_u64().expect("a number");
    // Who meets the other in the same moment reports it, and AWS calls again.
    let answers: Vec<Value> = [first, second].into_iter().filter_map(Result::ok).collect();
    assert_eq!(answers.iter().map(sealed).sum::<u64>(), 1, "{}{}", one.log(), other.log());
    let at = read(store).await.community.windows[&RUN].sealed;
    assert!(at.is_some());
    // The same event again, and one that is no event at all.
    for event in [event, json!({}), json!([1, "two"])] {
        assert_eq!(sealed(&one.invoke(&event).await.expect("an answer")), 0);
    }
    assert_eq!(read(store).await.community.windows[&RUN].sealed, at);
    // What was done is in a line of JSON, with the metrics that have something to say.
    let sealing = [one.log(), other.log()];
    let sealing = sealing.iter().map(|log| said(log, "ticked")).find(|line| line["sealed"] == 1);
    let sealing = sealing.expect("who sealed says so");
    assert!(sealing["request"].is_string() && sealing["micros"].is_u64(), "{sealing}");
    assert_eq!(metrics(&sealing), ["Sealed", "WriteUnits"]);
    // Together they did everything: who comes second seals nothing.
    let by_other = unused("clock", &other);
    let by_none: Vec<String> =
        unused("clock", &one).into_iter().filter(|right| by_other.contains(right)).collect();
    assert_eq!(by_none, [""; 0]);
}

#[tokio::test]
async fn without_a_table_they_say_so() {
    for name in ["clock", "tally"] {
        let not_started = Function::start(name, &[]).await.err().expect("it cannot start");
        assert!(not_started.log.contains("LM_TABLE is not set"), "{}", not_started.log);
    }
}
