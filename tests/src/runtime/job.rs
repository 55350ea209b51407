//! The main job, through the function's own binary: the desk opens a window, a household orders by a plain form, a
//! phone hands in what waited, the window closes, the steward marks, the household sees it. And what the log says of it.

use std::io::Write as _;

use domain::actor::Signed;
use domain::fact::Body as What;
use domain::need::{Category, Channel, NeedReport};
use domain::{DoorId, HouseholdId, Millis};
use http::Method;
use serde_json::{Value, json};
use store::Vault;
use web::assets::Site;
use web::clock::Clock;
use web::config::{Config, PublicUrl};
use web::local::ready::{Fill, Link, fill};
use web::state::AppState;

use super::browser::{Page, text_of};
use super::start::web;
use super::{Browser, Function, local_table};
use crate::figures::{number, record};
use crate::temp_dir::TempDir;
use crate::web::stage::{fact, order};

/// Words and numbers that must never stand in the log.
const CANARIES: [&str; 2] = ["金丝雀透析", "13900002222"];

/// The demo community in these tables, and how to come in.
pub(super) async fn demo(store: &store::Store) -> (AppState, Vec<Link>) {
    let public_url = PublicUrl::parse("https://lm.example.org").expect("an origin");
    let config = Config { public_url, community: "beilin".parse().expect("an id") };
    let vault = Vault::with_keys(vec![[7; 32]]).expect("a vault");
    let state = AppState::new(store.clone(), vault, Site::default(), config, Clock::default());
    let links = fill(&state, Fill::Demo).await.expect("the demo");
    (state, links)
}

/// Somebody of the demo, signed in and reading English.
async fn sign_in<'f>(function: &'f Function, links: &[Link], role: &str) -> Browser<'f> {
    sign_in_with(Browser::new(function), links, role).await
}

/// The same with a browser of the caller's.
pub(super) async fn sign_in_with<'f>(mut browser: Browser<'f>, links: &[Link], role: &str) -> Browser<'f> {
    let link = links.iter().find(|link| link.role == role).expect("a link");
    browser.open("/lang/en").await;
    let asked = browser.open(&link.path).await;
    assert_eq!(asked.answered.status, 200, "{role}: {}", asked.text);
    let inside = browser.press(&link.path, &[]).await;
    assert_eq!(inside.answered.status, 200, "{role}: {}", inside.text);
    browser
}

/// Local time in China, as the desk's form wants it.
fn typed(at: Millis) -> String {
    let wall = domain::wall::Wall::at(at, 480);
    format!("{:04}-{:02}-{:02}T{:02}:{:02}", wall.year, wall.month, wall.day, wall.hour, wall.minute)
}

pub(super) fn says(page: &Page, words: &str) {
    // What the server puts between two texts, which nobody sees.
    assert!(
        page.text.replace("<!>", "").contains(words),
        "{} does not say {words:?}: {}",
        page.path,
        page.text
    );
}

pub(super) fn pairs(fields: &[(String, String)]) -> Vec<(&str, &str)> {
    fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect()
}

async fn open_window(desk: &mut Browser<'_>, state: &AppState) -> String {
    let community = state.community().await.expect("there");
    let compound = community.places.compounds.keys().next().expect("one").to_string();
    let now = state.now();
    let times =
        [now + -Millis::HOUR, now + 6 * Millis::HOUR, now + 20 * Millis::HOUR, now + 22 * Millis::HOUR];
    let [opens, closes, from, to] = times.map(typed);
    let fields = [
        ("run", "0"),
        ("opens", &opens),
        ("closes", &closes),
        ("grace", "0"),
        ("delivery_from", &from),
        ("delivery_to", &to),
        ("compound", &compound),
        ("menu", "A"),
        ("payment", "free"),
        ("then", "publish"),
    ];
    let page = desk.press("/desk/windows/edit", &fields).await;
    says(&page, "Residents can see it now");
    page.path.split('?').next().unwrap_or_default().to_owned()
}

/// A phone without signal had a need to report, and what belongs to somebody else.
async fn hand_in(resident: &mut Browser<'_>, own: HouseholdId, hand_in: &str) {
    let report = NeedReport {
        household: own,
        category: Category::Medical,
        text: CANARIES.concat(),
        urgent: true,
        channel: Channel::App,
        continues: None,
    };
    let now = Clock::default().now();
    let facts = [fact(now, What::Need(report)), fact(now, order(HouseholdId(own.0 + 1), "A", 1, None))];
    let batch = json!({ "sent": now, "facts": facts }).to_string();
    let mut gzip = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    gzip.write_all(batch.as_bytes()).expect("memory");
    let headers = [
        ("content-type", "application/json"),
        ("content-encoding", "gzip"),
        ("authorization", &*format!("Bearer {hand_in}")),
        ("sec-fetch-site", "same-origin"),
    ];
    let packed = gzip.finish().expect("memory");
    let answered = resident.send(&Method::POST, "/api/facts", &headers, &packed).await;
    let answer: Value = serde_json::from_str(&text_of(&answered)).expect("answers");
    assert_eq!(answered.status, 200, "{answer}");
    assert_eq!(answer["answers"][0]["is"]["stored"], "taken", "{answer}");
    assert_eq!(answer["answers"][1]["is"]["stored"]["refused"], "not_allowed", "{answer}");
    let told = answered.cookies.iter().find_map(|cookie| cookie.strip_prefix("fresh="));
    let words: Vec<&str> = told.and_then(|told| told.split(';').next()).unwrap_or("").split('.').collect();
    assert!(words.contains(&"r1") && words.contains(&"n"), "its next pages read both strongly: {words:?}");
}

#[tokio::test]
async fn a_window_goes_through_the_function_from_opening_to_what_the_household_sees() {
    let Some(table) = local_table().await else { return };
    let (state, links) = demo(&table.store).await;
    let function = web(&table, &TempDir::new()).await;

    let mut desk = sign_in(&function, &links, "desk").await;
    let window = open_window(&mut desk, &state).await;
    let run = window.rsplit('/').next().expect("a number").to_owned();

    let mut resident = sign_in(&function, &links, "resident").await;
    let me: Value = serde_json::from_str(&resident.open("/api/me").await.text).expect("json");
    let who: Signed = serde_json::from_value(me["who"].clone()).expect("somebody");
    let Signed::Household(own) = who else { panic!("no household: {me}") };
    let review = resident.open(&format!("/order/review?run={run}&h={own}&boxes-A=2")).await;
    let form = review.form("value=\"order\"");
    for _ in 0..2 {
        // Pressed twice: one order.
        let page = resident.press("/act", &pairs(&form)).await;
        assert_eq!(page.answered.status, 200, "{}", page.text);
    }
    says(&resident.open("/household").await, "Ordered");
    hand_in(&mut resident, own, me["hand_in"].as_str().expect("a token")).await;

    says(&desk.press(&format!("{window}/close"), &[]).await, "Ordering is closed");
    says(&desk.press("/desk/windows/seal", &[("run", &run)]).await, "the pick list is final");
    let list = desk.open(&format!("/desk/picklist/{run}")).await;
    assert_eq!(list.answered.status, 200, "{}", list.text);

    let mut steward = sign_in(&function, &links, "steward").await;
    let community = state.community().await.expect("there");
    let door: DoorId = community.places.households[&own].door.expect("a door");
    let stop = steward.open(&format!("/round/{run}/{door}")).await;
    let mut mark = stop.form("value=\"mark\"");
    mark.push(("o".to_owned(), "done".to_owned()));
    let marked = steward.press("/act", &pairs(&mark)).await;
    assert_eq!(marked.answered.status, 200, "{}", marked.text);

    says(&resident.open("/household").await, "Handed over");
    check_log(&function.log(), &[me["hand_in"].as_str().expect("a token"), &links[0].path]);
}

/// One line a request, in JSON, with what an operator asks and nothing that is nobody's business.
fn check_log(log: &str, secrets: &[&str]) {
    let lines: Vec<Value> = log
        .lines()
        .map(|line| serde_json::from_str(line).unwrap_or_else(|_| panic!("no JSON: {line}")))
        .collect();
    let requests: Vec<&Value> = lines.iter().filter(|line| line["message"] == "answered").collect();
    let of = |route: &str, method: &str| {
        requests.iter().filter(|line| line["route"] == route && line["method"] == method).collect::<Vec<_>>()
    };
    let orders: Vec<f64> = of("/act", "POST")
        .iter()
        .filter(|line| line["role"] == "resident")
        .filter_map(|l| l["writes"].as_f64())
        .collect();
    // The demo's menus are capped: a transaction, of which DynamoDB Local says 2 units (`functions/store/README.md`).
    assert_eq!(orders, [2.0, 0.0], "pressed again it costs no write: {requests:#?}");
    let batch = of("/api/facts", "POST")[0];
    assert_eq!((&batch["refused"], &batch["Refused"]), (&json!("not_allowed"), &json!(1.0)), "{batch}");
    let metric = &batch["_aws"]["CloudWatchMetrics"][0];
    assert_eq!(metric["Dimensions"], json!([["function"]]));
    assert!(metric["Metrics"].as_array().is_some_and(|all| all.iter().any(|one| one["Name"] == "Refused")));
    // Templates, never the addresses themselves.
    for route in ["/e/{code}", "/round/{run}/{door}", "/desk/windows/{run}/close"] {
        assert!(requests.iter().any(|line| line["route"] == route), "{route}: {requests:#?}");
    }
    for line in &requests {
        assert!(line["request"].as_str().is_some_and(|id| id.starts_with("00000000-")), "{line}");
        assert!(line["household"].is_null() && line["_aws"]["household"].is_null(), "{line}");
    }
    let found = CANARIES.iter().chain(secrets).filter(|canary| log.contains(**canary)).count();
    record("R11.log", number(found), None, "the function's log of the main job");
    assert_eq!(found, 0, "a canary is in the log");
    // A few hundred bytes and a few dozen requests: exact.
    #[allow(clippy::cast_precision_loss)]
    let bytes = log.len() as f64 / requests.len() as f64;
    record("P15.log", bytes.round(), None, &format!("the main job, {} requests", requests.len()));
    assert!(bytes <= 600.0, "{bytes} bytes a request");
}
