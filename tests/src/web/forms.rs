//! The same jobs with script off: plain forms, once however often they are sent.

use domain::fact::Stamped;
use domain::order::order_of;
use domain::{Millis, RunId};
use http::{Method, StatusCode, header};
use store::Consistency;

use super::stage::{HERE, NOON, OPEN, Phone, Stage, THERE, window};

async fn facts(stage: &Stage) -> Vec<Stamped> {
    let catalog = stage.state.communities().get(&stage.state.config().community, NOON).await.expect("there");
    stage.state.store().household_run(&catalog, OPEN, HERE, Consistency::Strong).await.expect("read")
}

/// The hidden field of a form in a page.
fn field(page: &str, name: &str) -> String {
    let place = page.find(&format!("name=\"{name}\"")).unwrap_or_else(|| panic!("no {name} in {page}"));
    let tag = &page[page[..place].rfind('<').expect("a tag")..];
    let value = tag.split("value=\"").nth(1).expect("a value");
    value.split('"').next().expect("a value").to_owned()
}

async fn order(stage: &Stage, phone: &Phone, review: &str) -> http::StatusCode {
    let (fact, was) = (field(review, "fact"), field(review, "was"));
    let form = [
        ("act", "order"),
        ("h", "1"),
        ("run", "1"),
        ("fact", &fact),
        ("was", &was),
        ("boxes-A", "2"),
        ("next", "/household"),
    ];
    stage.form(Some(phone), "/act", &form).await.status
}

#[tokio::test]
async fn a_double_press_is_one_order_and_a_change_asks_first() {
    let stage = Stage::new().await;
    let phone = stage.resident(HERE).await;
    let review = stage.get(Some(&phone), "/order/review?run=1&h=1&boxes-A=2").await.body;
    for _ in 0..2 {
        assert_eq!(order(&stage, &phone, &review).await, StatusCode::SEE_OTHER);
    }
    let stored = facts(&stage).await;
    assert_eq!(stored.len(), 1);
    assert_eq!(order_of(HERE, &stored).expect("an order").boxes(), 2);
    let change = stage.get(Some(&phone), "/order/review?run=1&h=1&boxes-A=3").await.body;
    assert!(change.contains("2") && change.contains("套餐A"), "{change}");
    // The page from before the change: somebody else of the household was quicker.
    let late = stage
        .form(Some(&phone), "/act", &[("act", "order"), ("h", "1"), ("run", "1"), ("boxes-A", "4")])
        .await;
    assert_eq!(late.status, StatusCode::CONFLICT);
    assert_eq!(order_of(HERE, &facts(&stage).await).expect("an order").boxes(), 2);
}

#[tokio::test]
async fn a_page_that_was_open_over_the_close_orders_nothing() {
    let stage = Stage::new().await;
    let phone = stage.resident(HERE).await;
    let review = stage.get(Some(&phone), "/order/review?run=1&h=1&boxes-A=2").await.body;
    // Looked over before the close, pressed after it: nobody was without signal.
    stage.state.clock().set(NOON + 65 * Millis::MINUTE);
    assert_eq!(order(&stage, &phone, &review).await, StatusCode::CONFLICT);
    assert_eq!(order_of(HERE, &facts(&stage).await), None);
}

#[tokio::test]
async fn a_page_that_was_looked_at_for_long_orders_now_and_once() {
    let stage = Stage::new().await;
    let phone = stage.resident(HERE).await;
    let review = stage.get(Some(&phone), "/order/review?run=1&h=1&boxes-A=2").await.body;
    // An impatient second press comes a while after the first.
    for seconds in [0, 25] {
        stage.state.clock().set(NOON + 30 * Millis::MINUTE + seconds * 1_000);
        assert_eq!(order(&stage, &phone, &review).await, StatusCode::SEE_OTHER);
    }
    let placed = facts(&stage).await.into_iter().find(domain::fact::Stamped::counts).expect("an order");
    let shown = placed.shown();
    // Not "without signal".
    assert_eq!((shown.at, shown.sent), (NOON + 30 * Millis::MINUTE, None));
}

#[tokio::test]
async fn two_windows_at_once_can_both_be_ordered_in() {
    let stage = Stage::new().await;
    let (store, c) = (stage.state.store(), &stage.state.config().community);
    let catalog = store.catalog(c).await.expect("read").expect("there");
    let second = window(RunId(3), NOON + -Millis::HOUR, NOON + 3 * Millis::HOUR);
    store.save_window(&catalog, &second).await.expect("a window");
    stage.state.clock().set(NOON + Millis::MINUTE);
    let phone = stage.resident(HERE).await;
    let home = stage.get(Some(&phone), "/").await.body;
    assert!(home.contains("/order?run=1") && home.contains("/order?run=3"), "{home}");
    let review = stage.get(Some(&phone), "/order/review?run=1&h=1&boxes-A=2").await.body;
    assert_eq!(order(&stage, &phone, &review).await, StatusCode::SEE_OTHER);
    // Whoever just asks for food is led to where nothing is ordered yet.
    let next = stage.get(Some(&phone), "/order").await.body;
    assert_eq!(field(&next, "run"), "3");
    let home = stage.get(Some(&phone), "/").await.body;
    assert!(home.contains("/order?run=1") && home.contains("/order?run=3"), "{home}");
}

#[tokio::test]
async fn a_household_takes_back_a_need_that_nobody_has_answered() {
    let stage = Stage::new().await;
    let phone = stage.resident(HERE).await;
    let form = [
        ("act", "need"),
        ("h", "1"),
        ("category", "food"),
        ("text", "缺米"),
        ("channel", "app"),
        ("next", "/household#needs"),
    ];
    let sent = stage.form(Some(&phone), "/act", &form).await;
    assert_eq!(sent.location(), Some("/household#needs"), "{}", sent.body);
    let page = stage.get(Some(&phone), "/household").await.body;
    let card = &page[page.find("id=\"needs\"").expect("the needs")..];
    assert!(card.contains("不需要了，撤回"), "{card}");
    let close = [("act", "close"), ("h", "1"), ("about", &field(card, "about")), ("next", "/household")];
    assert_eq!(stage.form(Some(&phone), "/act", &close).await.status, StatusCode::SEE_OTHER);
    let page = stage.get(Some(&phone), "/household").await.body;
    assert!(!page.contains("不需要了，撤回"), "{page}");
}

#[tokio::test]
async fn a_basket_that_cannot_be_comes_back_with_what_was_filled_in() {
    let stage = Stage::new().await;
    let phone = stage.resident(HERE).await;
    let over = stage.get(Some(&phone), "/order/review?run=1&h=1&boxes-A=9").await;
    assert_eq!(over.status, StatusCode::OK);
    assert!(over.body.contains("action=\"/order/review\""), "back at the form: {}", over.body);
    let empty = stage.form(Some(&phone), "/act", &[("act", "need"), ("h", "1"), ("category", "food")]).await;
    assert_eq!(empty.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(empty.body.contains("action=\"/act\""), "{}", empty.body);
}

#[tokio::test]
async fn the_last_boxes_are_sold_once_and_the_others_are_told() {
    let stage = Stage::new().await;
    let mut told = 0;
    let mut sold = 0;
    for household in [HERE, THERE] {
        let phone = stage.resident(household).await;
        let h = household.to_string();
        let form = [("act", "order"), ("h", h.as_str()), ("run", "1"), ("boxes-C", "2")];
        match stage.form(Some(&phone), "/act", &form).await {
            came if came.status == StatusCode::SEE_OTHER => sold += 1,
            came => {
                assert_eq!(came.status, StatusCode::CONFLICT);
                assert!(came.body.contains('1'), "what is left: {}", came.body);
                told += 1;
            }
        }
    }
    assert_eq!((sold, told), (1, 1));
}

#[tokio::test]
async fn forms_of_other_sites_change_nothing() {
    let stage = Stage::new().await;
    let phone = stage.resident(HERE).await;
    let body = "act=order&h=1&run=1&boxes-A=2";
    let foreign: [&[(&str, &str)]; 4] = [
        &[],
        &[("origin", "https://evil.example")],
        &[("sec-fetch-site", "cross-site"), ("origin", "https://lm.example.org")],
        &[("origin", "https://lm.example.org.evil.example"), ("x-forwarded-host", "lm.example.org")],
    ];
    for headers in foreign {
        let request = stage
            .request(Method::POST, Some(&phone), "/act")
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
        let request = headers.iter().fold(request, |request, (name, value)| request.header(*name, *value));
        let came = stage.send(request.body(body.into()).expect("a request")).await;
        assert_eq!(came.status, StatusCode::FORBIDDEN, "{headers:?}");
    }
    assert!(facts(&stage).await.is_empty());
    // An old browser that sends only Origin.
    let request = stage
        .request(Method::POST, Some(&phone), "/act")
        .header("origin", "https://lm.example.org")
        .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
    let came = stage.send(request.body(body.into()).expect("a request")).await;
    assert_eq!(came.status, StatusCode::SEE_OTHER);
    assert_eq!(facts(&stage).await.len(), 1);
}
