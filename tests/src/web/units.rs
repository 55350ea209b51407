//! What a request costs at the table, beyond the session's own read: the counters of goals P6 and P9, through the whole
//! server.

use domain::actor::{Role, Signed};
use domain::fact::Body as What;
use domain::household::Household;
use domain::need::{Category, Channel, NeedReport, NeedStep, Step};
use domain::places::{Door, Label, Spot};
use domain::window::Window;
use domain::{BuildingId, DoorId, HouseholdId, Millis, RunId};
use http::{Method, StatusCode, header};
use store::{Meter, SessionToken, Usage};

use crate::figures::record;

use super::stage::{DESK, HERE, NOON, Phone, Stage, fact, order, window};

/// What home says of a household with one open need.
const ONE_OPEN: &str = "1 件诉求未办结";

/// What happens meanwhile costs so much.
async fn cost<T>(meter: &Meter, work: impl Future<Output = T>) -> (T, Usage) {
    let before = meter.usage();
    let done = work.await;
    (done, meter.usage().since(before))
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

/// Looks at home.
async fn home(stage: &Stage, meter: &Meter, phone: &Phone) -> (String, Usage) {
    let (home, usage) = cost(meter, stage.get(Some(phone), "/")).await;
    assert_eq!(home.status, StatusCode::OK);
    (home.body, usage)
}

/// The phone after it handed in a fact, with the cookies that the answer gave it.
async fn after_writing(stage: &Stage, phone: &Phone, what: What) -> Phone {
    let batch = serde_json::json!({ "sent": NOON, "facts": [fact(NOON, what)] });
    let came = stage.hand_in(&phone.hand_in, batch.to_string()).await;
    assert_eq!(came.status, StatusCode::OK, "{}", came.body);
    let told = came.headers.get_all(header::SET_COOKIE).iter().map(|told| told.to_str().expect("ascii"));
    let pairs = told.map(|told| told.split(';').next().expect("a pair"));
    let cookie = [&*phone.cookie].into_iter().chain(pairs).collect::<Vec<_>>().join("; ");
    Phone { cookie, ..phone.clone() }
}

/// A day of a household with two open runs and one that is over, on one machine and as a function meets it.
async fn a_household_s_day((stage, meter): (Stage, Meter), one_machine: bool) {
    let c = stage.state.config().community.clone();
    let over = Window {
        delivery_from: NOON + -48 * Millis::HOUR,
        delivery_to: NOON + -46 * Millis::HOUR,
        ..window(RunId(3), NOON + -72 * Millis::HOUR, NOON + -60 * Millis::HOUR)
    };
    let catalog = stage.state.communities().newest(&c, NOON).await.expect("read");
    stage.state.store().save_window(&catalog, &over).await.expect("a window that is over");
    stage.state.communities().newest(&c, NOON).await.expect("read");
    let (phone, neighbour) = (stage.resident(HERE).await, stage.resident(HouseholdId(2)).await);
    // Both sessions are known; the household itself is new to this server.
    for known in [&phone, &neighbour] {
        stage.state.sessions().get(&stage.state, &token(known)).await.expect("read");
    }

    let (_, first) = home(&stage, &meter, &phone).await;
    assert!(first.reads <= 1.0 && first.calls <= 2, "two open runs: {first:?}");
    record("P9.home.first", first.reads, Some(2.0), "two open runs; control: each run and the needs apart");

    stage.hand_in_facts(&neighbour, &[fact(NOON, order(HouseholdId(2), "A", 1, None))]).await;
    for _ in 0..2 {
        let (_, look) = home(&stage, &meter, &phone).await;
        assert!(look.reads <= if one_machine { 0.5 } else { 1.0 }, "{look:?}");
        record("P9.home", look.reads, Some(2.0), "as a function meets it; one machine: only what changed");
    }

    let ordered = after_writing(&stage, &phone, order(HERE, "A", 2, None)).await;
    let (page, look) = home(&stage, &meter, &ordered).await;
    assert!(page.contains("套餐A"), "{page}");
    assert!((1.0..=2.0).contains(&look.reads), "only what was written is read strongly: {look:?}");
    record("P9.home.own_write", look.reads, Some(3.0), "control: all of it strongly");

    let reported = after_writing(&stage, &phone, What::Need(report())).await;
    let (page, look) = home(&stage, &meter, &reported).await;
    assert!(page.contains(ONE_OPEN), "at once on the phone that wrote it: {page}");
    assert!((1.0..=2.0).contains(&look.reads), "{look:?}");
    record("P9.home.own_write", look.reads, Some(3.0), "control: all of it strongly");

    // On every other phone as soon as it is tallied and the community is looked at again, for nothing more.
    let tally = tally::Tally::new(stage.state.store().clone(), None);
    tally::local::catch_up(&tally, stage.state.store(), &c, NOON).await.expect("tallied");
    stage.state.communities().newest(&c, NOON).await.expect("read");
    let (page, look) = home(&stage, &meter, &phone).await;
    assert!(page.contains(ONE_OPEN) && look.reads <= 1.0, "{look:?} {page}");
    let (page, _) = home(&stage, &meter, &neighbour).await;
    assert!(!page.contains(ONE_OPEN), "and with nobody else");
    record("P9.home", look.reads, Some(2.0), "with an open need");

    let scans = f64::from(u32::try_from(meter.usage().scans).expect("few"));
    assert!(scans == 0.0, "{:?}", meter.usage());
    record("P9.scans", scans, None, "a household's day");
}

#[tokio::test]
async fn a_household_s_day_of_looking_home_costs_what_changed_on_one_machine() {
    a_household_s_day(Stage::metered().await, true).await;
}

#[tokio::test]
async fn a_household_s_day_of_looking_home_costs_a_unit_a_look_in_a_function() {
    a_household_s_day(Stage::metered_shared().await, false).await;
}

#[tokio::test]
async fn whose_needs_are_open_costs_nothing_beside_the_community_s_version() {
    let (stage, meter) = Stage::metered_shared().await;
    let c = stage.state.config().community.clone();
    stage.state.communities().newest(&c, NOON).await.expect("read");
    let (_, usage) = cost(&meter, Box::pin(stage.state.communities().newest(&c, NOON))).await;
    assert_eq!((usage.calls, usage.reads), (1, 0.5));
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

/// The ledger with so many more doors on the stairs of the first building, and so many needs that are closed.
async fn grown(doors: u32, closed: u32) -> (Stage, Meter) {
    let (stage, meter) = Stage::metered().await;
    let (store, c) = (stage.state.store(), stage.state.config().community.clone());
    let catalog = stage.state.communities().newest(&c, NOON).await.expect("read");
    let mut places = catalog.community.places.clone();
    for n in 100..100 + doors {
        let spot = Spot { unit: 1, floor: 9, room: Label(n.to_string()) };
        places.doors.insert(DoorId(n), Door { id: DoorId(n), building: BuildingId(1), spot });
        let like = places.households[&HERE].clone();
        places
            .households
            .insert(HouseholdId(n), Household { id: HouseholdId(n), door: Some(DoorId(n)), ..like });
    }
    store.import_ledger(&catalog, &places).await.expect("a larger ledger");
    stage.state.communities().newest(&c, NOON).await.expect("read");
    let desk = stage.phone(Signed::Person(DESK, Role::Desk)).await;
    for n in 0..closed {
        let reported = fact(NOON, What::Need(NeedReport { household: HouseholdId(100 + n), ..report() }));
        let step = NeedStep { household: HouseholdId(100 + n), need: reported.id, step: Step::Closed };
        let done = fact(NOON, What::NeedStep(step));
        stage.hand_in_facts(&desk, &[reported, done]).await;
    }
    (stage, meter)
}

#[tokio::test]
async fn the_desk_s_lists_cost_the_same_whatever_the_number_of_households() {
    let mut costs = Vec::new();
    for doors in [12, 120] {
        let (stage, meter) = grown(doors, 3).await;
        let desk = stage.phone(Signed::Person(DESK, Role::Desk)).await;
        stage.get(Some(&desk), "/desk/ledger").await;
        let (closed, of_needs) = cost(&meter, stage.get(Some(&desk), "/desk/needs?closed=1")).await;
        assert_eq!(closed.body.matches("降压药").count(), 3, "{}", closed.body);
        assert!(of_needs.calls <= 1 && of_needs.reads <= 1.0, "{of_needs:?}");

        let neighbour = stage.resident(HouseholdId(103)).await;
        stage.hand_in_facts(&neighbour, &[fact(NOON, order(HouseholdId(103), "A", 1, None))]).await;
        let (undo, of_undo) = cost(&meter, stage.get(Some(&desk), "/desk/ledger/undo")).await;
        assert!(undo.body.contains("/desk/door/103"), "{}", undo.body);
        assert!(!undo.body.contains("/desk/door/104"), "only doors with something: {}", undo.body);
        costs.push(of_undo.calls);
    }
    assert_eq!(costs[0], costs[1], "a Query a run and building, and the two ledgers");
}
