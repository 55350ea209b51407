//! R5: role times route times place, every cell. What should be open is written here by hand, apart from the rule in
//! `domain::actor`, so that a mistake there shows.

use axum::body::Body;
use domain::actor::{Role, Signed};
use domain::fact::Body as What;
use domain::fact::Verdict;
use domain::need::{Category, Channel, NeedReport};
use domain::wire::{Acknowledged, Refusal};
use domain::{DoorId, HouseholdId};
use http::{Method, StatusCode, header};
use web::right::{Needs, Route};

use crate::figures::record;

use super::stage::{
    Came, DELIVERING, DESK, FORMER, HERE, HOUSEHOLDS, Phone, STEWARD, SUPPLIER, Stage, THERE, VOLUNTEER,
    fact, order,
};

/// Everybody who could ask.
const PEOPLE: [(&str, Option<Signed>); 9] = [
    ("a stranger", None),
    ("a household of building 1", Some(Signed::Household(HERE))),
    ("a household of building 2", Some(Signed::Household(THERE))),
    ("a household that the ledger does not have", Some(Signed::Household(HouseholdId(99)))),
    ("the steward of building 1", Some(Signed::Person(STEWARD, Role::Steward))),
    ("a steward of yesterday", Some(Signed::Person(FORMER, Role::Steward))),
    ("the volunteer of unit 1 of building 1", Some(Signed::Person(VOLUNTEER, Role::Volunteer))),
    ("the desk", Some(Signed::Person(DESK, Role::Desk))),
    ("the supplier", Some(Signed::Person(SUPPLIER, Role::Supplier))),
];

/// Places, each by its door and the household behind it: unit 1 and unit 2 of building 1, building 2, nowhere.
const PLACES: [u32; 4] = [1, 3, 4, 99];

/// Whether it should be open, by hand.
fn open(needs: Needs, who: Option<Signed>, place: u32) -> bool {
    use Role::{Desk, Steward, Supplier, Volunteer};
    let Some(who) = who else { return matches!(needs, Needs::Nothing | Needs::Sealed) };
    if who == Signed::Household(HouseholdId(99)) {
        return matches!(needs, Needs::Nothing | Needs::Sealed);
    }
    match needs {
        // A seal is brought by anybody.
        Needs::Nothing | Needs::Sealed | Needs::SignedIn => true,
        // Its own key, which a cookie is not.
        Needs::HandIn => false,
        Needs::OwnHousehold => matches!(who, Signed::Household(_)),
        Needs::Rounds => matches!(who, Signed::Person(_, Steward | Volunteer | Desk)),
        Needs::RoundAtDoor => match who {
            Signed::Person(STEWARD, _) => place == 1 || place == 3,
            Signed::Person(VOLUNTEER, _) => place == 1,
            Signed::Person(_, Desk) => place != 99,
            _ => false,
        },
        Needs::OnBehalf => match who {
            Signed::Person(STEWARD, _) => place == 1 || place == 3,
            Signed::Person(_, Desk) => place != 99,
            _ => false,
        },
        Needs::Desk => matches!(who, Signed::Person(_, Desk)),
        Needs::PickList => matches!(who, Signed::Person(_, Desk | Supplier)),
    }
}

fn address(route: &Route, place: u32) -> String {
    let filled = [
        ("{run}", DELIVERING.to_string()),
        ("{door}", place.to_string()),
        ("{household}", place.to_string()),
        ("{code}", "0000000000".to_owned()),
        ("{token}", "0".repeat(21)),
        ("{page}", "home".to_owned()),
        ("{size}", "large".to_owned()),
        ("{name}", "dark".to_owned()),
    ];
    let path = filled.iter().fold(route.path.to_owned(), |path, (name, value)| path.replace(name, value));
    // A parameter this table does not know yet is some number.
    let mut path = path;
    while let (Some(from), Some(to)) = (path.find('{'), path.find('}')) {
        path.replace_range(from..=to, "1");
    }
    path
}

/// Turned away at the door: told to sign in, told that it is not theirs.
fn turned_away(came: &Came, needs: Needs) -> bool {
    let sent_home =
        came.status == StatusCode::SEE_OTHER && came.location() == Some("/") && needs != Needs::Nothing;
    matches!(came.status, StatusCode::UNAUTHORIZED | StatusCode::FORBIDDEN) || sent_home
}

async fn ask(stage: &Stage, route: &Route, phone: Option<&Phone>, path: &str) -> Came {
    let request = stage
        .request(route.method.clone(), phone, path)
        .header("sec-fetch-site", "same-origin")
        .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
    stage.send(request.body(Body::empty()).expect("a request")).await
}

#[tokio::test]
async fn every_role_opens_exactly_its_own_doors() {
    let stage = Stage::new().await;
    let mut cells = 0;
    for (name, who) in PEOPLE {
        let mut phone = match who {
            Some(who) => Some(stage.phone(who).await),
            None => None,
        };
        for route in web::route_table() {
            let places: &[u32] = if route.path.contains("{door}") || route.path.contains("{household}") {
                &PLACES
            } else {
                &PLACES[..1]
            };
            for place in places {
                let path = address(&route, *place);
                let came = ask(&stage, &route, phone.as_ref(), &path).await;
                let expected = open(route.needs, who, *place);
                // Whoever signed out is sent home too, after the deed.
                let away = turned_away(&came, route.needs) && !(route.path == "/signout" && expected);
                assert_eq!(!away, expected, "{name}, {} {path}: {}", route.method, came.status);
                assert!(!came.status.is_server_error(), "{name}, {} {path}: {}", route.method, came.body);
                cells += 1;
                if route.method == Method::POST && route.path == "/signout" && expected {
                    phone = Some(stage.phone(who.expect("somebody")).await);
                }
            }
        }
    }
    assert!(cells > 200, "only {cells} cells: the table of routes is not whole");
    record("R5.untested", 0.0, None, &format!("{cells} cells, generated from the table of routes"));
}

#[tokio::test]
async fn the_steward_sees_only_the_doors_of_the_building() {
    let stage = Stage::new().await;
    let steward = stage.phone(Signed::Person(STEWARD, Role::Steward)).await;
    let feed = stage.get(Some(&steward), "/api/feed").await;
    assert_eq!(feed.status, StatusCode::OK);
    let feed: domain::feed::Feed = serde_json::from_str(&feed.body).expect("a feed");
    let doors: Vec<DoorId> = feed.community.places.doors.keys().copied().collect();
    assert_eq!(doors, [DoorId(1), DoorId(2), DoorId(3)]);
}

/// Requests of one household about others. The number can be raised: `LM_CROSS_REQUESTS=100000`.
#[tokio::test]
async fn no_household_reads_or_writes_another_one_s() {
    let wanted = std::env::var("LM_CROSS_REQUESTS").ok().and_then(|text| text.parse().ok()).unwrap_or(300);
    let stage = Stage::new().await;
    let mut phones = Vec::new();
    for n in 1..=HOUSEHOLDS {
        let household = HouseholdId(n);
        let phone = stage.resident(household).await;
        let report = NeedReport {
            household,
            category: Category::Medicine,
            text: format!("只有{n}号户知道的话"),
            urgent: false,
            channel: Channel::App,
            continues: None,
        };
        let now = stage.state.now();
        let facts = [fact(now, What::Need(report)), fact(now, order(household, "A", 1, None))];
        let answers = stage.hand_in_facts(&phone, &facts).await;
        assert!(
            answers.answers.iter().all(|a| a.answer == Acknowledged::Stored(Verdict::Taken)),
            "{answers:?}"
        );
        phones.push(phone);
    }
    let mut dice = Dice(42);
    for number in 0..wanted {
        let own = dice.below(HOUSEHOLDS) + 1;
        let other = (own + dice.below(HOUSEHOLDS - 1)) % HOUSEHOLDS + 1;
        if own == other {
            continue;
        }
        let phone = &phones[own as usize - 1];
        let came = match dice.below(8) {
            0 => stage.get(Some(phone), &format!("/household?h={other}")).await,
            1 => stage.get(Some(phone), &format!("/order?h={other}&run=1")).await,
            2 => stage.get(Some(phone), &format!("/api/feed?household={other}")).await,
            3 => stage.get(Some(phone), &format!("/behalf/{other}/order")).await,
            4 => stage.get(Some(phone), &format!("/desk/door/{other}")).await,
            5 => stage.get(Some(phone), &format!("/round/2/{other}")).await,
            6 => {
                let form = [("act", "order"), ("h", &other.to_string()), ("run", "1"), ("boxes-A", "5")];
                let came = stage.form(Some(phone), "/act", &form).await;
                assert_eq!(came.status, StatusCode::CONFLICT, "{number}: {}", came.body);
                came
            }
            _ => {
                let body = order(HouseholdId(other), "A", 2, None);
                let answers = stage.hand_in_facts(phone, &[fact(stage.state.now(), body)]).await;
                let refused = Acknowledged::Stored(Verdict::Refused(Refusal::NotAllowed));
                assert_eq!(answers.answers[0].answer, refused, "{number}");
                continue;
            }
        };
        for n in (1..=HOUSEHOLDS).filter(|n| *n != own) {
            for secret in [format!("只有{n}号户"), format!("户主代号{n}")] {
                assert!(!came.body.contains(&secret), "{number}: household {own} read {secret}");
            }
        }
    }
    record(
        "R5.leaks",
        0.0,
        None,
        &format!("{wanted} random requests, each page searched for the others' words"),
    );
}

#[tokio::test]
async fn nobody_fills_another_household_s_page() {
    let stage = Stage::new().await;
    let (here, there) = (stage.resident(HERE).await, stage.resident(THERE).await);
    let intruder = fact(stage.state.now(), order(HERE, "A", 1, None));
    for _ in 0..2 {
        // Sent twice, answered alike.
        let answers = stage.hand_in_facts(&there, std::slice::from_ref(&intruder)).await;
        let refused = Acknowledged::Stored(Verdict::Refused(Refusal::NotAllowed));
        assert_eq!(answers.answers[0].answer, refused);
    }
    let feed = stage.get(Some(&here), "/api/feed").await;
    let feed: domain::feed::Feed = serde_json::from_str(&feed.body).expect("a feed");
    assert!(feed.facts.is_empty(), "{:?}", feed.facts);
}

/// The same requests in every run.
struct Dice(u64);

impl Dice {
    fn below(&mut self, limit: u32) -> u32 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        u32::try_from((self.0 >> 33) % u64::from(limit)).expect("below a small number")
    }
}
