//! R5: role times route times place, every cell. What should be open is written here by hand, apart from the rule in
//! `domain::actor`, so that a mistake there shows.

use std::collections::BTreeSet;

use axum::body::Body;
use domain::actor::{Role, Signed};
use domain::fact::Verdict;
use domain::wire::{Acknowledged, Refusal};
use domain::{DoorId, HouseholdId};
use http::{Method, StatusCode, header};
use web::right::{Needs, Route};

use crate::figures::{Findings, number, record};

use super::stage::{
    Came, DELIVERING, DESK, FORMER, HERE, Phone, STEWARD, SUPPLIER, Stage, THERE, VOLUNTEER, fact, order,
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
        Needs::Staff => matches!(who, Signed::Person(..)),
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

/// The places that make cells of their own for a route.
fn places_of(route: &Route) -> &'static [u32] {
    if route.path.contains("{door}") || route.path.contains("{household}") { &PLACES } else { &PLACES[..1] }
}

#[tokio::test]
async fn every_role_opens_exactly_its_own_doors() {
    let stage = Stage::new().await;
    let routes = web::route_table();
    let (decided, mut asked, mut naive) = (Findings::default(), BTreeSet::new(), 0);
    for (name, who) in PEOPLE {
        let mut phone = match who {
            Some(who) => Some(stage.phone(who).await),
            None => None,
        };
        for route in &routes {
            for place in places_of(route) {
                let path = address(route, *place);
                let came = ask(&stage, route, phone.as_ref(), &path).await;
                let expected = open(route.needs, who, *place);
                // Whoever signed out is sent home too, after the deed.
                let away = turned_away(&came, route.needs) && !(route.path == "/signout" && expected);
                decided.case();
                decided
                    .holds(away != expected, || format!("{name}, {} {path}: {}", route.method, came.status));
                let answered = !came.status.is_server_error();
                decided.holds(answered, || format!("{name}, {} {path}: {}", route.method, came.body));
                asked.insert((name, route.method.clone(), route.path, *place));
                let only_signed_in = route.needs == Needs::Nothing || who.is_some();
                naive += usize::from(only_signed_in != expected);
                if route.method == Method::POST && route.path == "/signout" && expected {
                    phone = Some(stage.phone(who.expect("somebody")).await);
                }
            }
        }
    }
    // Counted apart from the walk: each route's cells, were all of them asked.
    let cells = routes.iter().map(|route| places_of(route).len()).sum::<usize>() * PEOPLE.len();
    assert!(cells > 900, "only {cells} cells: the table of routes is not whole");
    let note = format!("{cells} cells, generated from the table of routes");
    record("R5.untested", number(cells.saturating_sub(asked.len())), Some(number(cells)), &note);
    assert_eq!(asked.len(), cells);
    decided.conclude("R5.wrong", Some(naive), "control: whoever is signed in may");
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
