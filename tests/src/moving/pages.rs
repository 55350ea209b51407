//! One machine, a table that speaks DynamoDB's protocol, one machine again: people see the same pages, printed cards
//! lead to their doors, and the old address leads to the new one.

use domain::DoorId;
use domain::actor::{Role, Signed};
use domain::door_code::DoorToken;
use domain::fact::{Body as What, DoorCheck, Mark};
use domain::job::{JobRef, Outcome};
use domain::need::{Category, Channel, NeedReport};
use http::{Method, StatusCode, header};
use store::{Store, Vault};

use super::{exported, taken};
use crate::store_contract::config;
use crate::temp_dir::TempDir;
use crate::web::stage::{DELIVERING, DESK, HERE, NOON, Phone, STEWARD, Stage, THERE, VOLUNTEER, fact, order};

const OLD: &str = "https://old.example.org";
const NEW: &str = "https://lm.example.org";

/// Something of everything happens at the old place.
async fn a_day(stage: &Stage) -> DoorToken {
    let (here, there) = (stage.resident(HERE).await, stage.resident(THERE).await);
    stage.hand_in_facts(&here, &[fact(NOON, order(HERE, "C", 2, None))]).await;
    stage.hand_in_facts(&there, &[fact(NOON, order(THERE, "A", 1, None))]).await;
    let report = NeedReport {
        household: HERE,
        category: Category::Medicine,
        text: "降压药".into(),
        urgent: true,
        channel: Channel::App,
        continues: None,
    };
    stage.hand_in_facts(&here, &[fact(NOON, What::Need(report))]).await;
    let steward = stage.phone(Signed::Person(STEWARD, Role::Steward)).await;
    let mark = Mark {
        run: DELIVERING,
        door: DoorId(1),
        jobs: vec![(JobRef::Order(HERE), Outcome::LeftAtDoor)],
        by: DoorCheck::Scanned,
        happened: None,
    };
    stage.hand_in_facts(&steward, &[fact(NOON, What::Mark(mark))]).await;
    let desk = stage.phone(Signed::Person(DESK, Role::Desk)).await;
    let made = stage.form(Some(&desk), "/desk/print/cards", &[("building", "1")]).await;
    assert_eq!(made.status, StatusCode::SEE_OTHER);
    let c = &stage.state.config().community;
    stage.state.store().cards(c, domain::BuildingId(1)).await.expect("read")[&DoorId(1)]
}

/// What everybody sees, without the names that each rendering draws anew.
async fn seen(stage: &Stage) -> Vec<(String, String)> {
    let people = [
        Signed::Household(HERE),
        Signed::Household(THERE),
        Signed::Person(STEWARD, Role::Steward),
        Signed::Person(VOLUNTEER, Role::Volunteer),
        Signed::Person(DESK, Role::Desk),
    ];
    let mut all = Vec::new();
    for who in people {
        let phone = stage.phone(who).await;
        let pages: &[&str] = match who {
            Signed::Household(_) => &["/", "/order", "/household", "/need", "/notices", "/api/feed"],
            Signed::Person(_, Role::Desk) => &[
                "/desk",
                "/desk/board",
                "/desk/needs",
                "/desk/people",
                "/desk/windows",
                "/desk/menus",
                "/desk/picklist/1",
                "/desk/print/rounds",
                "/desk/print/fallback",
            ],
            _ => &["/round", "/round/2/1", "/scan", "/api/feed"],
        };
        for page in pages {
            let came = stage.get(Some(&phone), page).await;
            assert!(came.status.is_success() || came.status.is_redirection(), "{page}: {}", came.status);
            all.push((format!("{who:?} {page}"), without_new_names(&came.body, &phone)));
        }
    }
    all
}

/// Ids of facts that a form carries ready-made, and the reader's own token, are new on each page.
fn without_new_names(body: &str, phone: &Phone) -> String {
    let body = body.replace(&phone.hand_in, "HAND-IN");
    let mut out = String::with_capacity(body.len());
    let mut rest = body.as_str();
    while let Some(at) = rest.find("name=\"fact\" value=\"") {
        let value = at + "name=\"fact\" value=\"".len();
        out.push_str(&rest[..value]);
        rest = &rest[value..];
        rest = &rest[rest.find('"').unwrap_or(0)..];
    }
    out.push_str(rest);
    out
}

fn vault() -> Vault {
    Vault::with_keys(vec![[7; 32]]).expect("a vault")
}

/// A table over the wire where one listens, as `cargo xtask test` has it; otherwise another one in a file.
async fn elsewhere(dir: &TempDir) -> Store {
    match std::env::var("DYNAMODB_LOCAL") {
        Ok(endpoint) => Store::dynamodb_local(&endpoint, config()).await.expect("DynamoDB Local answers"),
        Err(_) => Store::embedded(dir.path(), config()).await.expect("a table"),
    }
}

#[tokio::test]
async fn one_machine_to_aws_and_back_gives_equal_pages_and_cards_and_letters_stay_good() {
    let old = Stage::new().await;
    // Two letters went through doors before the move; one has let a phone in already.
    let letters = [old.letter(HERE).await, old.letter(THERE).await];
    let spent = old.form(None, &format!("/e/{}", letters[0].text()), &[]).await;
    assert_eq!(spent.status, StatusCode::SEE_OTHER, "{}", spent.body);
    let card = a_day(&old).await;
    let before = seen(&old).await;
    let (file, _) = exported(old.state.store(), NOON).await;

    let (dir, home) = (TempDir::new(), TempDir::new());
    let middle = elsewhere(&dir).await;
    taken(&middle, &file, Some(&vault())).await.expect("taken");
    let aws = Stage::over(middle, NEW);
    compare(&before, &seen(&aws).await);

    let (back, _) = exported(aws.state.store(), NOON).await;
    let last = Store::embedded(home.path(), config()).await.expect("a table");
    taken(&last, &back, Some(&vault())).await.expect("taken");
    let again = Stage::over(last, NEW);
    compare(&before, &seen(&again).await);

    for stage in [&aws, &again] {
        let steward = stage.phone(Signed::Person(STEWARD, Role::Steward)).await;
        let scanned = stage.get(Some(&steward), &format!("/d/{}", card.text())).await;
        assert!(scanned.location().is_some_and(|to| to.starts_with("/round/")), "{scanned:?}");
        // Scanned and typed, by a second phone of the one household and the first of the other.
        let entered = stage.form(None, &format!("/e/{}", letters[0].text()), &[]).await;
        let typed = stage.form(None, "/enrol", &[("code", &letters[1].typed().text())]).await;
        for (came, household) in [(entered, HERE), (typed, THERE)] {
            assert_eq!(came.status, StatusCode::SEE_OTHER, "{}", came.body);
            let cookies = came.headers.get_all(header::SET_COOKIE).iter();
            let cookie = cookies
                .filter_map(|cookie| cookie.to_str().ok()?.split(';').next())
                .find(|cookie| cookie.starts_with("__Host-lm="))
                .expect("signed in");
            let phone = Phone { cookie: cookie.to_owned(), hand_in: String::new() };
            let me = stage.get(Some(&phone), "/api/me").await;
            let me: serde_json::Value = serde_json::from_str(&me.body).expect("JSON");
            assert_eq!(me["who"], serde_json::json!(Signed::Household(household)));
        }
    }
}

fn compare(before: &[(String, String)], after: &[(String, String)]) {
    for ((page, was), (_, is)) in before.iter().zip(after) {
        assert!(was == is, "{page} differs after the move:\n{was}\n---\n{is}");
    }
    assert_eq!(before.len(), after.len());
}

#[tokio::test]
async fn the_old_address_leads_to_the_same_place_at_the_new_one() {
    let old = Stage::new().await;
    let card = a_day(&old).await;
    let (file, _) = exported(old.state.store(), NOON).await;
    let dir = TempDir::new();
    let moved = elsewhere(&dir).await;
    taken(&moved, &file, Some(&vault())).await.expect("taken");
    // The community's cards carry lm.example.org, and now it lives somewhere else.
    let new = Stage::over(moved, "https://new.example.org");
    let asked = |host: &str, path: &str| {
        let request = http::Request::builder().method(Method::GET).uri(path).header(header::HOST, host);
        request.body(axum::body::Body::empty()).expect("a request")
    };
    let path = format!("/d/{}", card.text());
    let led = new.send(asked("lm.example.org", &path)).await;
    assert_eq!(led.status, StatusCode::PERMANENT_REDIRECT);
    assert_eq!(led.location(), Some(format!("https://new.example.org{path}").as_str()));
    // Nobody else's host leads anywhere, and the present one is served.
    for host in ["evil.example.org", "new.example.org"] {
        let served = new.send(asked(host, &path)).await;
        assert_ne!(served.status, StatusCode::PERMANENT_REDIRECT, "{host}");
    }
    // The scanner of a steward takes cards of both addresses.
    let steward = new.phone(Signed::Person(STEWARD, Role::Steward)).await;
    let mut request = asked("new.example.org", "/api/feed");
    request.headers_mut().insert(header::COOKIE, steward.cookie.parse().expect("ascii"));
    let feed = new.send(request).await.body;
    assert!(feed.contains("lm.example.org") && feed.contains("new.example.org"), "{feed}");

    let to = web::config::PublicUrl::parse("https://new.example.org").expect("an origin");
    let stays = web::local::moved::router(to);
    let led = tower::ServiceExt::oneshot(stays, asked(OLD, "/e/ABC?x=1")).await.expect("answered");
    assert_eq!(led.headers()[header::LOCATION], "https://new.example.org/e/ABC?x=1");
}
