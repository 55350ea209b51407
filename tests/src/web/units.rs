//! What a request costs at the table, beyond the session's own read: the counters of goals P6 and P9, through the whole
//! server.

use domain::fact::Body as What;
use domain::need::{Category, Channel, NeedReport};
use http::{Method, StatusCode, header};
use store::{Meter, Usage};

use super::stage::{HERE, NOON, Phone, Stage, fact, order};

/// What happens meanwhile costs so much.
async fn cost<T>(meter: &Meter, work: impl Future<Output = T>) -> (T, Usage) {
    let before = meter.usage();
    let done = work.await;
    let after = meter.usage();
    let usage = Usage {
        calls: after.calls - before.calls,
        reads: after.reads - before.reads,
        writes: after.writes - before.writes,
    };
    (done, usage)
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
    let report = NeedReport {
        household: HERE,
        category: Category::Medicine,
        text: "降压药".into(),
        urgent: true,
        channel: Channel::App,
        continues: None,
    };
    let (_, usage) = cost(&meter, stage.hand_in_facts(&phone, &[fact(NOON, What::Need(report))])).await;
    assert!(usage.writes <= 4.0, "{usage:?}");
}

#[tokio::test]
async fn the_home_page_reads_its_runs_and_needs_and_a_poll_without_news_reads_nothing() {
    let (stage, meter) = Stage::metered().await;
    let phone = warm(&stage).await;
    let (home, usage) = cost(&meter, stage.get(Some(&phone), "/")).await;
    assert_eq!(home.status, StatusCode::OK);
    // Two runs and the needs, half a unit each; what is left of capped menus was read for everybody a moment ago.
    assert!(usage.reads <= 1.5 && usage.calls <= 3, "{usage:?}");

    let tag = stage.get(Some(&phone), "/api/feed").await.headers[header::ETAG].clone();
    let request = stage.request(Method::GET, Some(&phone), "/api/feed").header(header::IF_NONE_MATCH, tag);
    let request = request.body(axum::body::Body::empty()).expect("a request");
    let (poll, usage) = cost(&meter, stage.send(request)).await;
    assert_eq!(poll.status, StatusCode::NOT_MODIFIED);
    assert_eq!((usage.calls, usage.reads), (0, 0.0));
}

#[tokio::test]
async fn what_somebody_just_wrote_is_read_strongly() {
    let (stage, meter) = Stage::metered().await;
    let phone = warm(&stage).await;
    let batch = serde_json::json!({ "sent": NOON, "facts": [fact(NOON, order(HERE, "A", 2, None))] });
    let came = stage.hand_in(&phone.hand_in, batch.to_string()).await;
    let fresh = came.headers[header::SET_COOKIE].to_str().expect("ascii");
    let fresh = fresh.split(';').next().expect("a pair");
    let wrote = Phone { cookie: format!("{}; {fresh}", phone.cookie), ..phone.clone() };
    let (_, cheap) = cost(&meter, stage.get(Some(&phone), "/household")).await;
    let (page, strong) = cost(&meter, stage.get(Some(&wrote), "/household")).await;
    assert!(page.body.contains("套餐A"), "{}", page.body);
    assert!(strong.reads > cheap.reads, "read strongly: {strong:?}, else {cheap:?}");
}
