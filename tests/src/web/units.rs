//! What a request costs at the table, beyond the session's own read: the counters of goals P6 and P9, through the whole
//! server.

use domain::HouseholdId;
use domain::fact::Body as What;
use domain::need::{Category, Channel, NeedReport};
use http::{Method, StatusCode, header};
use store::{Meter, SessionToken, Usage};

use crate::figures::record;

use super::stage::{HERE, NOON, Phone, Stage, fact, order};

/// What happens meanwhile costs so much.
async fn cost<T>(meter: &Meter, work: impl Future<Output = T>) -> (T, Usage) {
    let before = meter.usage();
    let done = work.await;
    let after = meter.usage();
    let usage = Usage {
        calls: after.calls - before.calls,
        scans: after.scans - before.scans,
        reads: after.reads - before.reads,
        writes: after.writes - before.writes,
    };
    (done, usage)
}

fn calls(usage: Usage) -> f64 {
    f64::from(u32::try_from(usage.calls).expect("few"))
}

fn report() -> NeedReport {
    NeedReport {
        household: HERE,
        category: Category::Medicine,
        text: "降压药".into(),
        urgent: true,
        channel: Channel::App,
        continues: None,
    }
}

fn token(phone: &Phone) -> SessionToken {
    phone.cookie.split('=').nth(1).and_then(SessionToken::parse).expect("a token")
}

/// A phone whose session and community the server has just seen.
async fn warm(stage: &Stage) -> Phone {
    let phone = stage.resident(HERE).await;
    assert_eq!(stage.get(Some(&phone), "/need").await.status, StatusCode::OK);
    phone
}

#[tokio::test]
async fn an_order_without_stock_cap_is_one_read_and_one_write_unit() {
    let (stage, meter) = Stage::metered().await;
    let phone = warm(&stage).await;
    let form = [("act", "order"), ("h", "1"), ("run", "1"), ("boxes-A", "2")];
    let (came, usage) = cost(&meter, stage.form(Some(&phone), "/act", &form)).await;
    assert_eq!(came.status, StatusCode::SEE_OTHER);
    assert!(usage.writes <= 1.0 && usage.reads <= 1.0 && usage.calls <= 2, "{usage:?}");
    record("P6.order.write", usage.writes, Some(4.0), "control: order and counter in one transaction");
    record("P6.order.read", usage.reads, None, "the household's own facts in the run, strongly");
    record("P6.order.calls", calls(usage), None, "one Query, one PutItem");
}

#[tokio::test]
async fn an_order_with_a_capped_menu_is_a_transaction_and_no_more() {
    let (stage, meter) = Stage::metered().await;
    let phone = warm(&stage).await;
    let form = [("act", "order"), ("h", "1"), ("run", "1"), ("boxes-C", "1")];
    let (came, usage) = cost(&meter, stage.form(Some(&phone), "/act", &form)).await;
    assert_eq!(came.status, StatusCode::SEE_OTHER);
    assert!(usage.writes <= 4.0 && usage.reads <= 1.0, "{usage:?}");
}

#[tokio::test]
async fn a_need_is_at_most_four_write_units() {
    let (stage, meter) = Stage::metered().await;
    let phone = warm(&stage).await;
    let (_, usage) = cost(&meter, stage.hand_in_facts(&phone, &[fact(NOON, What::Need(report()))])).await;
    assert!(usage.writes <= 4.0, "{usage:?}");
}

#[tokio::test]
async fn a_poll_without_news_reads_nothing() {
    let (stage, meter) = Stage::metered().await;
    let phone = warm(&stage).await;
    let tag = stage.get(Some(&phone), "/api/feed").await.headers[header::ETAG].clone();
    let request = stage.request(Method::GET, Some(&phone), "/api/feed").header(header::IF_NONE_MATCH, tag);
    let request = request.body(axum::body::Body::empty()).expect("a request");
    let (poll, usage) = cost(&meter, stage.send(request)).await;
    assert_eq!(poll.status, StatusCode::NOT_MODIFIED);
    assert_eq!((usage.calls, usage.reads), (0, 0.0));
    record(
        "P9.poll",
        usage.reads,
        Some(1.5),
        "on one machine; 0.5 where versions are items; control: the page again",
    );
}

/// Looks at home, as a phone does that wrote a moment ago if `fresh`.
async fn home(stage: &Stage, meter: &Meter, phone: &Phone, fresh: bool) -> Usage {
    let cookie = if fresh { format!("{}; fresh=1", phone.cookie) } else { phone.cookie.clone() };
    let phone = Phone { cookie, ..phone.clone() };
    let (home, usage) = cost(meter, stage.get(Some(&phone), "/")).await;
    assert_eq!(home.status, StatusCode::OK);
    usage
}

#[tokio::test]
async fn a_household_s_day_of_looking_home_costs_what_changed() {
    let (stage, meter) = Stage::metered().await;
    let (phone, neighbour) = (stage.resident(HERE).await, stage.resident(HouseholdId(2)).await);
    home(&stage, &meter, &neighbour, false).await;
    // Somebody of the house asked for the session and the counters; the household itself is new to this server.
    stage.state.sessions().get(&stage.state, &token(&phone)).await.expect("read");
    let first = home(&stage, &meter, &phone, false).await;
    assert!(first.reads <= 1.5 && first.calls <= 3, "two open runs and the needs: {first:?}");

    record("P9.home.first", first.reads, None, "two open runs and the needs are partitions of their own");

    let mut looks = vec![home(&stage, &meter, &phone, false).await];
    stage.hand_in_facts(&neighbour, &[fact(NOON, order(HouseholdId(2), "A", 1, None))]).await;
    looks.push(home(&stage, &meter, &phone, false).await);
    let note =
        format!("a server's first look at a household with two runs: {}; then what changed", first.reads);
    for look in &looks {
        assert!(look.reads <= 0.5, "{looks:?}");
        record("P9.home", look.reads, Some(first.reads), &note);
    }

    stage.hand_in_facts(&phone, &[fact(NOON, order(HERE, "A", 2, None))]).await;
    let own = home(&stage, &meter, &phone, true).await;
    stage.hand_in_facts(&phone, &[fact(NOON, What::Need(report()))]).await;
    let need = home(&stage, &meter, &phone, true).await;
    for look in [own, need] {
        assert!((1.0..=2.0).contains(&look.reads), "read strongly, and only what changed: {look:?}");
        record("P9.home.own_write", look.reads, Some(3.0), "control: all of it strongly");
    }
    let scans = f64::from(u32::try_from(meter.usage().scans).expect("few"));
    assert!(scans == 0.0, "{:?}", meter.usage());
    record("P9.scans", scans, None, "a household's day");
}

#[tokio::test]
async fn what_somebody_just_wrote_is_there_at_once() {
    let stage = Stage::new().await;
    let phone = warm(&stage).await;
    let batch = serde_json::json!({ "sent": NOON, "facts": [fact(NOON, order(HERE, "A", 2, None))] });
    let came = stage.hand_in(&phone.hand_in, batch.to_string()).await;
    let fresh = came.headers[header::SET_COOKIE].to_str().expect("ascii");
    let fresh = fresh.split(';').next().expect("a pair");
    let wrote = Phone { cookie: format!("{}; {fresh}", phone.cookie), ..phone.clone() };
    let page = stage.get(Some(&wrote), "/household").await;
    assert!(page.body.contains("套餐A"), "{}", page.body);
}
