//! The desk prints, the supplier packs: letters and cards are made by a button and never by opening a page; what is
//! on paper is what was ordered.

use domain::actor::{Role, Signed};
use domain::enrolment_code::EnrolmentSecret;
use domain::window::{Payment, Window};
use domain::{BuildingId, DoorId, HouseholdId, Millis};
use http::{StatusCode, header};
use http_body_util::BodyExt;
use tower::ServiceExt;
use web::config::{Config, PublicUrl};
use web::state::AppState;

use super::stage::{
    DELIVERING, DESK, HERE, NOON, OPEN, Phone, SUPPLIER, Stage, THERE, VOLUNTEER, fact, order,
};

async fn desk(stage: &Stage) -> Phone {
    stage.phone(Signed::Person(DESK, Role::Desk)).await
}

/// What stands between `before` and the next `<`, wherever it does.
fn all<'a>(html: &'a str, before: &str) -> Vec<&'a str> {
    html.split(before).skip(1).filter_map(|rest| rest.split('<').next()).collect()
}

/// The codes that a person reads from the sheets.
fn short_codes(html: &str) -> Vec<&str> {
    all(html, "class=\"short-code\">")
}

async fn leads_in(stage: &Stage, secret: &EnrolmentSecret) -> bool {
    stage.get(None, &format!("/e/{}", secret.text())).await.status == StatusCode::OK
}

#[tokio::test]
async fn opening_the_page_makes_no_letter_and_the_button_makes_one_a_household() {
    let stage = Stage::new().await;
    let desk = desk(&stage).await;
    let (earlier, elsewhere) = (stage.letter(HERE).await, stage.letter(THERE).await);
    let asked = stage.get(Some(&desk), "/desk/print/letters?building=1").await;
    assert_eq!(asked.status, StatusCode::OK);
    assert!(short_codes(&asked.body).is_empty() && leads_in(&stage, &earlier).await);

    let fields = [("building", "1"), ("whom", "all")];
    let made = stage.form(Some(&desk), "/desk/print/letters", &fields).await;
    assert_eq!((made.status, short_codes(&made.body).len()), (StatusCode::OK, 3), "one for each household");
    assert_eq!(made.headers[header::CACHE_CONTROL], "no-store");
    assert!(!made.body.contains("/d/"), "never the door's code");
    assert!(!leads_in(&stage, &earlier).await, "the earlier letter is worth nothing");
    assert!(leads_in(&stage, &elsewhere).await, "the other building's letters are");

    let code = short_codes(&made.body)[0].to_owned();
    let entered = stage.form(None, "/enrol", &[("code", &code)]).await;
    let cookie = entered.headers.get(header::SET_COOKIE).and_then(|cookie| cookie.to_str().ok());
    assert!(cookie.is_some_and(|cookie| cookie.starts_with("__Host-lm=")), "the typed code lets a phone in");
}

#[tokio::test]
async fn letters_that_lie_on_paper_stay_good_when_their_page_is_loaded_again() {
    let stage = Stage::new().await;
    let desk = desk(&stage).await;
    let asked = async || {
        let question = stage.get(Some(&desk), "/desk/print/letters?building=1").await.body;
        let (_, rest) = question.split_once("name=\"asked\" value=\"").expect("it names itself");
        rest.split('"').next().expect("its name").to_owned()
    };
    let print = async |asked: &str| {
        let fields = [("building", "1"), ("whom", "all"), ("asked", asked)];
        let made = stage.form(Some(&desk), "/desk/print/letters", &fields).await;
        short_codes(&made.body).into_iter().map(str::to_owned).collect::<Vec<_>>()
    };
    let first = asked().await;
    let on_paper = print(&first).await;
    let entered = stage.form(None, "/enrol", &[("code", &on_paper[0])]).await;
    assert!(entered.headers.contains_key(header::SET_COOKIE), "one of them is used already");
    assert_eq!(print(&first).await, on_paper, "the page was loaded again");
    let entered = stage.form(None, "/enrol", &[("code", &on_paper[1])]).await;
    assert!(entered.headers.contains_key(header::SET_COOKIE), "what lies on paper is good");
    stage.state.clock().set(NOON + Millis::MINUTE);
    let second = asked().await;
    let newer = print(&second).await;
    assert_ne!(newer, on_paper, "asked anew, they are new");
    assert_eq!(
        print(&first).await,
        Vec::<String>::new(),
        "an older page shows no codes that are good for nothing"
    );
    assert_eq!(print(&second).await, newer);
    let entered = stage.form(None, "/enrol", &[("code", &newer[1])]).await;
    assert!(entered.headers.contains_key(header::SET_COOKIE), "and takes nothing from the newer ones");
}

#[tokio::test]
async fn households_that_have_a_phone_can_be_left_out_and_one_alone_can_be_asked_for() {
    let stage = Stage::new().await;
    let desk = desk(&stage).await;
    let _phone = stage.resident(HERE).await;
    let fields = [("building", "1"), ("whom", "without_phone")];
    let made = stage.form(Some(&desk), "/desk/print/letters", &fields).await;
    assert_eq!(short_codes(&made.body).len(), 2);

    let one = stage.form(Some(&desk), "/desk/print/letters", &[("h", "1")]).await;
    assert_eq!(short_codes(&one.body).len(), 1);
    assert!(one.body.contains("101") && one.body.contains("户主代号1"), "it says whose it is");
    let nobody = stage.form(Some(&desk), "/desk/print/letters", &[("h", "99")]).await;
    assert_eq!(nobody.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn cards_are_made_once_shown_again_and_replaced_one_by_one() {
    let stage = Stage::new().await;
    let desk = desk(&stage).await;
    let page = "/desk/print/cards?building=1";
    assert!(short_codes(&stage.get(Some(&desk), page).await.body).is_empty());
    let made = stage.form(Some(&desk), "/desk/print/cards", &[("building", "1")]).await;
    assert_eq!(made.location(), Some(page));
    let first = stage.get(Some(&desk), page).await.body;
    let again = stage.get(Some(&desk), page).await.body;
    assert_eq!((short_codes(&first).len(), short_codes(&first)), (3, short_codes(&again)));

    let c = &stage.state.config().community;
    let before = stage.state.store().cards(c, BuildingId(1)).await.expect("cards");
    stage.form(Some(&desk), "/desk/print/cards", &[("door", "1")]).await;
    let after = stage.state.store().cards(c, BuildingId(1)).await.expect("cards");
    assert_ne!(before[&DoorId(1)], after[&DoorId(1)]);
    assert_eq!((before[&DoorId(2)], before[&DoorId(3)]), (after[&DoorId(2)], after[&DoorId(3)]));
    let old = stage.state.store().door_of_card(&before[&DoorId(1)]).await.expect("a lookup");
    assert_eq!(old, None, "the old card leads nowhere");
    let new = stage.get(Some(&desk), "/desk/print/cards?door=1").await.body;
    assert_eq!(short_codes(&new), [after[&DoorId(1)].short_code().grouped()]);
}

#[tokio::test]
async fn nothing_that_leads_to_a_loopback_or_plain_address_is_printed() {
    let there = Stage::new().await;
    for address in ["http://127.0.0.1:8080", "http://192.168.1.5:8080", "https://localhost:8443"] {
        let public_url = PublicUrl::parse(address).expect("an origin");
        let config = Config { public_url, community: there.state.config().community.clone() };
        let state = AppState::new(
            there.state.store().clone(),
            there.state.vault().clone(),
            there.state.site().clone(),
            config,
            there.state.clock().clone(),
        );
        let stage = Stage { router: web::router(state.clone()), state };
        let mut desk = desk(&stage).await;
        if address.starts_with("http:") {
            desk.cookie = desk.cookie.replace("__Host-lm", "lm");
        }
        let letter = stage.letter(HERE).await;
        for page in ["/desk/print", "/desk/print/letters?building=1", "/desk/print/cards?building=1"] {
            let came = stage.get(Some(&desk), page).await;
            assert_eq!(came.status, StatusCode::OK, "{address}{page}");
            assert!(came.body.contains("--public-url") && came.body.contains(address), "{address}{page}");
        }
        for page in ["/desk/print/letters", "/desk/print/cards"] {
            let came = stage.form(Some(&desk), page, &[("building", "1"), ("whom", "all")]).await;
            assert_eq!(came.status, StatusCode::CONFLICT, "{address}{page}");
            assert!(short_codes(&came.body).is_empty());
        }
        assert!(leads_in(&stage, &letter).await, "refusing kills nothing");
        let rounds = stage.get(Some(&desk), "/desk/print/rounds").await;
        assert_eq!(rounds.status, StatusCode::OK, "what carries no code prints as usual");
    }
}

#[tokio::test]
async fn paper_shows_what_was_ordered_and_nobody_else_s() {
    let stage = Stage::new().await;
    let (desk, resident) = (desk(&stage).await, stage.resident(HERE).await);
    stage.hand_in_facts(&resident, &[fact(NOON, order(HERE, "A", 2, None))]).await;
    let run = format!("run={OPEN}");
    let rounds = stage.get(Some(&desk), &format!("/desk/print/rounds?{run}")).await.body;
    assert_eq!(all(&rounds, "<td class=\"room\">"), ["101"], "one stop");
    assert!(rounds.contains("A 套餐A ×2") && rounds.contains("人员1"), "its boxes and its steward");
    assert!(!rounds.contains("人员2"), "nobody who was steward yesterday");
    let upstairs = stage.resident(HouseholdId(3)).await;
    stage.hand_in_facts(&upstairs, &[fact(NOON, order(HouseholdId(3), "A", 1, None))]).await;
    let split = stage.get(Some(&desk), &format!("/desk/print/rounds?{run}")).await.body;
    assert_eq!(split.matches("sheet long").count(), 2, "unit 2 is not the volunteer's: a sheet of its own");
    let own = stage.get(Some(&desk), &format!("/desk/print/rounds?{run}&person={VOLUNTEER}")).await.body;
    assert_eq!(all(&own, "<td class=\"room\">"), ["101"], "the volunteer's sheet alone");
    let other = stage.get(Some(&desk), &format!("/desk/print/rounds?{run}&building=2")).await.body;
    assert!(all(&other, "<td class=\"room\">").is_empty());
    let supplier = stage.phone(Signed::Person(SUPPLIER, Role::Supplier)).await;
    let labels = stage.get(Some(&supplier), &format!("/desk/print/labels?{run}")).await.body;
    assert_eq!(labels.matches("class=\"label\"").count(), 2);
    assert!(!labels.contains("户主代号1"), "the door is enough where one household lives");
    let form = stage.get(Some(&desk), &format!("/desk/print/booklet?{run}&building=1")).await.body;
    assert_eq!(form.matches("sheet order-form\"").count(), 1, "not for those with a phone");
    let fallback = stage.get(Some(&desk), &format!("/desk/print/fallback?{run}")).await.body;
    for n in 1..=6 {
        assert!(fallback.contains(&format!("户主代号{n}")), "every household is on the list");
    }
}

#[tokio::test]
async fn the_supplier_sees_the_list_move_until_it_is_sealed_and_then_the_differences() {
    let stage = Stage::new().await;
    let (desk, resident) = (desk(&stage).await, stage.resident(HERE).await);
    let supplier = stage.phone(Signed::Person(SUPPLIER, Role::Supplier)).await;
    assert_eq!(stage.get(Some(&supplier), "/").await.location(), Some("/desk/picklist"));
    let first = fact(NOON, order(HERE, "A", 2, None));
    stage.hand_in_facts(&resident, std::slice::from_ref(&first)).await;
    let page = format!("/desk/picklist/{OPEN}");
    let moving = stage.get(Some(&supplier), &page).await.body;
    assert!(moving.contains("暂定，第 1 版") && moving.contains("先问我"), "{moving}");
    assert!(!moving.contains("截单后的改动"));
    let start = stage.get(Some(&supplier), "/desk/picklist").await.body;
    assert!(start.contains(&page) && start.contains(&format!("/desk/picklist/{DELIVERING}")));

    let c = stage.state.config().community.clone();
    let catalog = stage.state.store().catalog(&c).await.expect("read").expect("there");
    let window = catalog.community.windows[&OPEN].clone();
    let closed = Window { closes: NOON + -Millis::MINUTE, sealed: Some(NOON), ..window };
    stage.state.store().save_window(&catalog, &closed).await.expect("sealed");
    stage.state.communities().newest(&c, NOON).await.expect("a community");
    stage.hand_in_facts(&desk, &[fact(NOON, order(HERE, "A", 3, Some(first.id)))]).await;
    let sealed = stage.get(Some(&supplier), &page).await.body;
    assert!(sealed.contains("已截单") && sealed.contains("截单后的改动"), "{sealed}");
    assert!(sealed.contains("之后改动 1 处"), "{sealed}");
    let lists = stage.get(Some(&supplier), "/desk/picklist").await.body;
    assert!(lists.contains("之后改动 1 处"), "the list of lists says so too: {lists}");
    assert!(sealed.contains("A 套餐A ×3") && !sealed.contains("A 套餐A ×2"), "counted above already");

    let request = stage.request(http::Method::GET, Some(&supplier), &format!("{page}.xlsx"));
    let request = request.body(axum::body::Body::empty()).expect("a request");
    let response = stage.router.clone().oneshot(request).await.expect("an answer");
    assert!(
        response.headers()[header::CONTENT_DISPOSITION]
            .to_str()
            .expect("text")
            .contains("pick-list-2026-11-23-1.xlsx")
    );
    let bytes = response.into_body().collect().await.expect("a body").to_bytes();
    let sheets = web::sheets::read(&bytes).expect("a workbook");
    assert_eq!(sheets.len(), 5, "totals, items, buildings, baskets, changes");
    assert_eq!(sheets[0].name, "按套餐");
    assert!(
        sheets[0].rows[0][0].contains("11月22日"),
        "a date that is true tomorrow: {:?}",
        sheets[0].rows[0]
    );
    let last = sheets[0].rows.last().expect("a total");
    assert_eq!(last.last().map(String::as_str), Some("3"), "{last:?}");
}

#[tokio::test]
async fn the_gate_s_map_draws_every_building_and_tells_nothing_private() {
    let stage = Stage::new().await;
    let (desk, resident) = (desk(&stage).await, stage.resident(HERE).await);
    stage.hand_in_facts(&resident, &[fact(NOON, order(HERE, "A", 2, None))]).await;
    let map = stage.get(Some(&desk), &format!("/desk/print/map?run={OPEN}")).await;
    assert_eq!(map.status, StatusCode::OK);
    assert_eq!(map.body.matches("gate-map").count(), 2, "a sheet for each building");
    let flats = |class: &str| map.body.matches(&format!("<span class=\"{class}\"><b>")).count();
    assert_eq!((flats("flat due"), flats("flat")), (1 + 2, 5 + 2), "and those of the two legends");
    assert!(map.body.contains("×") && map.body.contains("人员1") && map.body.contains("人员3"));
    assert!(!map.body.contains("人员2"), "yesterday's steward");
    assert!(!map.body.contains("户主代号") && !map.body.contains("套餐A"), "neither who nor what");
    let one = stage.get(Some(&desk), &format!("/desk/print/map?run={OPEN}&building=2")).await.body;
    assert_eq!(one.matches("gate-map").count(), 1);
    let nowhere = stage.get(Some(&desk), "/desk/print/map?building=77").await;
    assert_eq!(nowhere.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn a_round_sheet_goes_down_the_stairs_or_up() {
    let stage = Stage::new().await;
    let desk = desk(&stage).await;
    for household in [1, 2, 3] {
        let resident = stage.resident(HouseholdId(household)).await;
        stage.hand_in_facts(&resident, &[fact(NOON, order(HouseholdId(household), "A", 1, None))]).await;
    }
    let rooms = async |more: &str| {
        let page = stage.get(Some(&desk), &format!("/desk/print/rounds?run={OPEN}{more}")).await.body;
        all(&page, "<td class=\"room\">").into_iter().map(str::to_owned).collect::<Vec<_>>()
    };
    assert_eq!(rooms("").await, ["201", "101", "301"], "from the top of each stair, as on the phone");
    assert_eq!(rooms("&up=1").await, ["101", "201", "301"]);
}

#[tokio::test]
async fn the_number_on_a_paper_order_opens_the_order_page_of_its_household() {
    let stage = Stage::new().await;
    let desk = desk(&stage).await;
    let page = stage.get(Some(&desk), &format!("/desk/print/booklet?run={OPEN}&building=1&everyone=1")).await;
    let codes = short_codes(&page.body);
    assert_eq!(codes.len(), 3);
    let typed = |code: &str| format!("/desk/find?q={}", super::stage::percent(code));
    for (code, household) in codes.iter().zip(1..) {
        let found = stage.get(Some(&desk), &typed(code)).await;
        let to = format!("/behalf/{household}/order?run={OPEN}");
        assert_eq!(found.location(), Some(to.as_str()), "{code}");
        assert_eq!(stage.get(Some(&desk), &to).await.status, StatusCode::OK);
    }
    // One digit wrong leads nowhere, least of all to somebody else.
    let slipped = codes[0].replacen('1', "2", 1);
    let lost = stage.get(Some(&desk), &typed(&slipped)).await;
    assert_eq!(lost.status, StatusCode::OK);
    assert!(lost.body.contains("没有编号是") && lost.body.contains(&slipped), "{}", lost.body);
}

#[tokio::test]
async fn what_is_paid_at_the_door_stands_on_the_sheet_and_on_the_label_until_it_is_paid() {
    let stage = Stage::new().await;
    let desk = desk(&stage).await;
    let c = stage.state.config().community.clone();
    let catalog = stage.state.store().catalog(&c).await.expect("read").expect("there");
    let window = Window { payment: Payment::OnDelivery, ..catalog.community.windows[&OPEN].clone() };
    stage.state.store().save_window(&catalog, &window).await.expect("saved");
    stage.state.communities().newest(&c, NOON).await.expect("a community");
    let resident = stage.resident(HERE).await;
    stage.hand_in_facts(&resident, &[fact(NOON, order(HERE, "A", 2, None))]).await;
    let rounds = format!("/desk/print/rounds?run={OPEN}");
    let labels = format!("/desk/print/labels?run={OPEN}");
    let sheet = stage.get(Some(&desk), &rounds).await.body.replace("<!>", "");
    assert!(sheet.matches("收款 60.00").count() == 2, "{sheet}");
    assert!(stage.get(Some(&desk), &labels).await.body.contains("收款 60.00"));

    let paid = [("act", "paid"), ("run", "1"), ("h", "1"), ("says", "paid"), ("next", "/desk")];
    assert_eq!(stage.form(Some(&desk), "/act", &paid).await.status, StatusCode::SEE_OTHER);
    for page in [&rounds, &labels] {
        assert!(!stage.get(Some(&desk), page).await.body.contains("收款"), "{page}: nobody pays twice");
    }
}
