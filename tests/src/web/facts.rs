//! A phone hands in what waited: each fact gets its own word, once and for ever.

use std::io::Write as _;

use domain::actor::{Role, Signed};
use domain::fact::{Body as What, DoorCheck, Fact, Mark, Verdict};
use domain::job::{JobRef, Outcome};
use domain::need::{Category, Channel, NeedReport};
use domain::wire::{Acknowledged, Answers, Refusal};
use domain::{DoorId, FactId, HouseholdId, Millis};
use http::{Method, StatusCode, header};
use serde_json::{Value, json};

use crate::figures::record;

use super::stage::{Came, DELIVERING, HERE, NOON, Phone, STEWARD, Stage, THERE, fact, order};

fn words(answers: &Answers) -> Vec<&Acknowledged> {
    answers.answers.iter().map(|answer| &answer.answer).collect()
}

const TAKEN: Acknowledged = Acknowledged::Stored(Verdict::Taken);

#[tokio::test]
async fn the_same_fact_sent_many_times_is_one_fact() {
    let stage = Stage::new().await;
    let phone = stage.resident(HERE).await;
    let made = fact(NOON, order(HERE, "C", 2, None));
    let batch = json!({ "sent": NOON, "facts": [made] }).to_string();
    let sent = (0..50).map(|_| stage.hand_in(&phone.hand_in, batch.clone()));
    let came = futures_util::future::join_all(sent).await;
    for one in &came {
        assert_eq!(words(&one.answers()), [&TAKEN], "{}", one.body);
    }
    let c = &stage.state.config().community;
    let catalog = stage.state.store().catalog(c).await.expect("read").expect("there");
    let left = stage.state.store().stock_left(&catalog, domain::RunId(1)).await.expect("counters");
    assert_eq!(left.into_values().collect::<Vec<_>>(), [1], "three boxes, two taken once");
}

#[tokio::test]
async fn the_same_name_with_other_content_is_said_so() {
    let stage = Stage::new().await;
    let phone = stage.resident(HERE).await;
    let made = fact(NOON, order(HERE, "A", 1, None));
    let mut other = made.clone();
    other.body = order(HERE, "A", 2, None);
    let answers = stage.hand_in_facts(&phone, &[made, other]).await;
    assert_eq!(words(&answers), [&TAKEN, &Acknowledged::OtherContent]);
}

#[tokio::test]
async fn one_bad_record_never_blocks_the_others() {
    let stage = Stage::new().await;
    let phone = stage.resident(HERE).await;
    let good = serde_json::to_value(fact(NOON, order(HERE, "A", 1, None))).expect("json");
    let id = |n: u8| FactId::new(NOON.0, [n; 10]);
    let mut newer = good.clone();
    newer["v"] = json!(9);
    newer["id"] = json!(id(1));
    let mut foreign = serde_json::to_value(fact(NOON, order(THERE, "A", 1, None))).expect("json");
    foreign["id"] = json!(id(2));
    let mut huge_number = good.clone();
    huge_number["id"] = json!(id(3));
    huge_number["seq"] = json!({ "e": 1, "n": 1e300 });
    let nonsense = json!({ "id": id(4), "v": 1, "body": { "order": { "run": "x" } } });
    let facts = json!([newer, foreign, huge_number, nonsense, good]);
    let came = stage.hand_in(&phone.hand_in, json!({ "sent": NOON, "facts": facts }).to_string()).await;
    assert_eq!(came.status, StatusCode::OK);
    let refused = |why| Acknowledged::Stored(Verdict::Refused(why));
    assert_eq!(
        words(&came.answers()),
        [
            &refused(Refusal::UnknownVersion),
            &refused(Refusal::NotAllowed),
            &refused(Refusal::Malformed),
            &refused(Refusal::Malformed),
            &TAKEN
        ]
    );
}

#[tokio::test]
async fn the_author_is_the_owner_of_the_token_not_whoever_is_signed_in() {
    let stage = Stage::new().await;
    let steward = stage.phone(Signed::Person(STEWARD, Role::Steward)).await;
    let resident = stage.resident(HERE).await;
    // The resident's session cookie beside the steward's token: two people on one phone.
    let made = fact(NOON, mark(1));
    let request = stage
        .request(Method::POST, Some(&resident), "/api/facts")
        .header("sec-fetch-site", "same-origin")
        .header(header::AUTHORIZATION, format!("Bearer {}", steward.hand_in));
    let batch = json!({ "sent": NOON, "facts": [made] }).to_string();
    let came = stage.send(request.body(batch.into()).expect("a request")).await;
    assert!(matches!(
        words(&came.answers())[..],
        [Acknowledged::Stored(Verdict::Taken | Verdict::Flagged(_))]
    ));
    let catalog = stage.state.communities().get(&stage.state.config().community, NOON).await.expect("there");
    let stored = stage
        .state
        .store()
        .door_run(&catalog, DELIVERING, DoorId(1), store::Consistency::Strong)
        .await
        .expect("read");
    assert_eq!(stored[0].by, Signed::Person(STEWARD, Role::Steward));
}

fn mark(door: u32) -> What {
    What::Mark(Mark {
        run: DELIVERING,
        door: DoorId(door),
        jobs: vec![(JobRef::Order(HouseholdId(door)), Outcome::Done)],
        by: DoorCheck::Scanned,
        happened: None,
    })
}

fn asked_at_the_door(household: u32, number: u32) -> What {
    What::Need(NeedReport {
        household: HouseholdId(household),
        category: Category::Food,
        text: format!("第 {number} 件"),
        urgent: false,
        channel: Channel::Door,
        continues: None,
    })
}

#[tokio::test]
async fn five_hundred_facts_arrive_packed_in_one_request() {
    let stage = Stage::new().await;
    let steward = stage.phone(Signed::Person(STEWARD, Role::Steward)).await;
    // As an outbox fills: marks with a need now and then, each some seconds after the last.
    let made = |n: u32| {
        let body = if n.is_multiple_of(10) { asked_at_the_door(n % 3 + 1, n) } else { mark(n % 3 + 1) };
        let mut fact = fact(NOON + i64::from(n) * 7_341 + -Millis::HOUR, body);
        fact.seq.number = n + 1;
        fact.made.contact = Some(NOON + -Millis::HOUR);
        fact
    };
    let facts: Vec<_> = (0..500).map(made).collect();
    let batch = json!({ "sent": NOON, "facts": facts }).to_string();
    let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    packed.write_all(batch.as_bytes()).expect("packed");
    let packed = packed.finish().expect("packed");
    let length = |bytes: &[u8]| u32::try_from(bytes.len()).expect("small");
    let (bytes, plain) = (length(&packed), length(batch.as_bytes()));
    let request = stage
        .request(Method::POST, None, "/api/facts")
        .header("sec-fetch-site", "same-origin")
        .header(header::CONTENT_ENCODING, "gzip")
        .header(header::AUTHORIZATION, format!("Bearer {}", steward.hand_in));
    let came = stage.send(request.body(packed.into()).expect("a request")).await;
    assert_eq!(came.status, StatusCode::OK, "{}", came.body);
    let answers = came.answers();
    assert_eq!(answers.answers.len(), 500);
    assert!(answers.answers.iter().all(|a| matches!(&a.answer, Acknowledged::Stored(word) if word.counts())));
    assert!(bytes <= 20_000, "{bytes} bytes");
    record("P14.requests", 1.0, Some(500.0), "control: a request a fact");
    record("P14.bytes", f64::from(bytes), Some(f64::from(plain)), "gzip as a browser packs; control: plain");
}

#[tokio::test]
async fn a_phone_two_days_off_is_believed_as_far_as_it_knows_itself() {
    let stage = Stage::new().await;
    let phone = stage.resident(HERE).await;
    let report = |text: &str| {
        What::Need(NeedReport {
            household: HERE,
            category: Category::Food,
            text: text.into(),
            urgent: false,
            channel: Channel::App,
            continues: None,
        })
    };
    // It knows its error: corrected. It does not: flagged, never refused.
    let mut knows = fact(NOON, report("米"));
    knows.made.at = NOON + 2 * Millis::DAY;
    knows.made.offset = -2 * Millis::DAY;
    knows.made.contact = Some(NOON + -Millis::HOUR);
    let mut does_not = fact(NOON, report("油"));
    does_not.made.at = NOON + 2 * Millis::DAY;
    let answers = stage.hand_in_facts(&phone, &[knows, does_not]).await;
    let flagged = Acknowledged::Stored(Verdict::Flagged(domain::wire::Flag::ClockWrong));
    assert_eq!(words(&answers), [&TAKEN, &flagged]);
}

#[tokio::test]
async fn the_feed_says_unchanged_until_something_happens() {
    let stage = Stage::new().await;
    let phone = stage.resident(HERE).await;
    let neighbour = stage.resident(THERE).await;
    let first = stage.get(Some(&phone), "/api/feed").await;
    let tag = first.headers[header::ETAG].to_str().expect("ascii").to_owned();
    let again = || async {
        let request =
            stage.request(Method::GET, Some(&phone), "/api/feed").header(header::IF_NONE_MATCH, &tag);
        stage.send(request.body(axum::body::Body::empty()).expect("a request")).await
    };
    let unchanged = again().await;
    assert_eq!((unchanged.status, unchanged.body.as_str()), (StatusCode::NOT_MODIFIED, ""));
    stage.hand_in_facts(&neighbour, &[fact(NOON, order(THERE, "A", 1, None))]).await;
    assert_eq!(again().await.status, StatusCode::NOT_MODIFIED, "another building");
    stage.hand_in_facts(&phone, &[fact(NOON, order(HERE, "A", 1, None))]).await;
    let changed = again().await;
    assert_eq!(changed.status, StatusCode::OK);
    let feed: Value = serde_json::from_str(&changed.body).expect("a feed");
    assert_eq!(feed["facts"].as_array().map(Vec::len), Some(1));
    // Time alone changes it too: the window closes.
    stage.state.clock().set(NOON + 2 * Millis::HOUR);
    assert_eq!(again().await.status, StatusCode::OK);
}

#[tokio::test]
async fn a_phone_learns_its_hand_in_token_from_its_own_session() {
    let stage = Stage::new().await;
    let phone = stage.resident(HERE).await;
    let me: Value = serde_json::from_str(&stage.get(Some(&phone), "/api/me").await.body).expect("json");
    assert_eq!(me["hand_in"], json!(phone.hand_in));
    assert_eq!(me["who"], json!({ "household": 1 }));
}

/// A batch as a page hands it in that reads its feed beside the answers.
async fn with_feed(stage: &Stage, hand_in: &str, cookie: Option<&Phone>, facts: &[Fact]) -> Came {
    let batch = json!({ "sent": NOON, "facts": facts }).to_string();
    let request = stage
        .request(Method::POST, cookie, "/api/facts")
        .header("sec-fetch-site", "same-origin")
        .header(header::AUTHORIZATION, format!("Bearer {hand_in}"))
        .header(header::ACCEPT, "application/x-ndjson");
    stage.send(request.body(axum::body::Body::from(batch)).expect("a request")).await
}

#[tokio::test]
async fn the_answer_to_an_order_brings_the_page_its_feed() {
    let stage = Stage::new().await;
    let phone = stage.resident(HERE).await;
    let made = fact(NOON, order(HERE, "A", 1, None));
    let came = with_feed(&stage, &phone.hand_in, Some(&phone), std::slice::from_ref(&made)).await;
    assert_eq!(came.status, StatusCode::OK, "{}", came.body);
    let (answers, feed) = came.body.split_once('\n').expect("two lines");
    let answers: domain::wire::Answers = serde_json::from_str(answers).expect("answers");
    assert_eq!(answers.answers[0].id, made.id);
    let feed: domain::feed::Feed = serde_json::from_str(feed).expect("a feed");
    assert!(feed.facts.iter().any(|stamped| stamped.fact.id == made.id), "one's own order is in it");
    assert_eq!(came.headers["hand-in"], phone.hand_in.as_str());
    // It is what the page would have asked for next.
    let asked = stage.request(Method::GET, Some(&phone), "/api/feed");
    let asked = asked.header(header::IF_NONE_MATCH, &came.headers[header::ETAG]);
    let again = stage.send(asked.body(axum::body::Body::empty()).expect("a request")).await;
    assert_eq!(again.status, StatusCode::NOT_MODIFIED);
}

#[tokio::test]
async fn a_hand_in_token_shows_nobody_a_feed() {
    let stage = Stage::new().await;
    let (here, there) = (stage.resident(HERE).await, stage.resident(THERE).await);
    for cookie in [None, Some(&there)] {
        let made = fact(NOON, order(HERE, "A", 1, None));
        let came = with_feed(&stage, &here.hand_in, cookie, &[made]).await;
        assert_eq!(came.status, StatusCode::OK, "{}", came.body);
        assert_eq!(came.answers().answers.len(), 1, "the answers alone");
        assert!(came.headers.get("hand-in").is_none() && !came.body.contains("\"me\""), "{}", came.body);
    }
}
