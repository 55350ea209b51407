//! A newer phone hands in what this program cannot read: it is kept, the desk sees it, and a newer program reads it.

use domain::actor::{Role, Signed};
use domain::fact::{Fact, Verdict};
use domain::wire::{Acknowledged, Refusal};
use domain::{FactId, Millis};
use http::StatusCode;
use serde_json::{Value, json};
use store::{Consistency, UNREAD_BYTES, UNREAD_OF_ONE};
use web::unread::{read_again, readable, still_waiting};

use super::stage::{DESK, HERE, NOON, OPEN, Phone, Stage, fact, order};

const NOT_YET: Acknowledged = Acknowledged::Stored(Verdict::Refused(Refusal::UnknownVersion));

async fn words(stage: &Stage, phone: &Phone, facts: &[Value]) -> Vec<Acknowledged> {
    let batch = json!({ "sent": NOON, "facts": facts });
    let came = stage.hand_in(&phone.hand_in, batch.to_string()).await;
    assert_eq!(came.status, StatusCode::OK, "{}", came.body);
    came.answers().answers.into_iter().map(|answer| answer.answer).collect()
}

/// An order as the next version's phone writes it: with a field that nobody here knows.
fn newer(fact: &Fact) -> Value {
    let mut newer = serde_json::to_value(fact).expect("json");
    newer["v"] = json!(2);
    newer["body"]["order"]["gift"] = json!(true);
    newer
}

/// The next version's program: it reads the next version's facts.
fn next_version(raw: &[u8]) -> Option<Fact> {
    let mut known: Value = serde_json::from_slice(raw).ok()?;
    if known["v"] == json!(2) {
        assert_eq!(known["body"]["order"]["gift"], json!(true), "byte for byte");
        known["v"] = json!(1);
    }
    readable(known.to_string().as_bytes())
}

#[tokio::test]
async fn what_a_newer_phone_sends_is_kept_shown_to_the_desk_and_read_after_the_update() {
    let stage = Stage::new().await;
    let (phone, desk) = (stage.resident(HERE).await, stage.phone(Signed::Person(DESK, Role::Desk)).await);
    let made = fact(NOON, order(HERE, "A", 2, None));
    let unknown = json!({ "v": 1, "id": FactId::new(NOON.0, [4; 10]), "body": { "telepathy": {} } });
    assert!(!stage.get(Some(&desk), "/desk").await.body.contains("暂时读不了"));
    let given = [newer(&made), unknown.clone()];
    let malformed = Acknowledged::Stored(Verdict::Refused(Refusal::Malformed));
    assert_eq!(words(&stage, &phone, &given).await, [NOT_YET, malformed.clone()]);
    assert_eq!(words(&stage, &phone, &given).await, [NOT_YET, malformed], "the same answer again");
    let mut other = newer(&made);
    other["body"]["order"]["gift"] = json!(false);
    assert_eq!(words(&stage, &phone, &[other]).await, [Acknowledged::OtherContent]);

    let page = stage.get(Some(&desk), "/desk").await.body;
    assert!(page.contains("有 2 条手机记录暂时读不了") && page.contains("101"), "{page}");
    read_again(&stage.state).await.expect("nothing to read yet");

    stage.state.clock().set(NOON + 5 * Millis::MINUTE);
    let c = &stage.state.config().community;
    let left = still_waiting(&stage.state, c, next_version).await.expect("read");
    assert_eq!(left.len(), 1, "nobody can read the other one yet: {left:?}");
    let catalog = stage.state.communities().get(c, NOON).await.expect("there");
    let store = stage.state.store();
    let orders = store.household_run(&catalog, OPEN, HERE, Consistency::Strong).await.expect("read");
    let [read] = &orders[..] else { panic!("one order, not {orders:?}") };
    assert_eq!((read.fact.id, &read.verdict, read.by), (made.id, &Verdict::Taken, Signed::Household(HERE)));
    assert!(still_waiting(&stage.state, c, next_version).await.expect("read").len() == 1, "read once");
}

#[tokio::test]
async fn nobody_fills_the_table_with_what_nobody_can_read() {
    let stage = Stage::new().await;
    let phone = stage.resident(HERE).await;
    let unknown = |n: u16, padding: usize| {
        let mut random = [0; 10];
        random[..2].copy_from_slice(&n.to_be_bytes());
        json!({ "v": 2, "id": FactId::new(NOON.0, random), "body": "x".repeat(padding) })
    };
    let too_large = Acknowledged::Stored(Verdict::Refused(Refusal::Malformed));
    assert_eq!(words(&stage, &phone, &[unknown(0, UNREAD_BYTES)]).await, [too_large]);
    let many: Vec<Value> = (0..u16::try_from(UNREAD_OF_ONE).expect("few")).map(|n| unknown(n, 1)).collect();
    assert!(words(&stage, &phone, &many).await.iter().all(|word| *word == NOT_YET));
    let good = serde_json::to_value(fact(NOON, order(HERE, "A", 1, None))).expect("json");
    let answers = words(&stage, &phone, &[unknown(60_000, 1), many[0].clone(), good]).await;
    let taken = Acknowledged::Stored(Verdict::Taken);
    assert_eq!(answers, [Acknowledged::Later, NOT_YET, taken], "it waits on the phone, and blocks nothing");
}
