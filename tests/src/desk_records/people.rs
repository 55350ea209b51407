//! People come in by invite, are given doors, hand them back, leave; doors that nobody covers are named.

use domain::actor::Role;
use domain::places::Area;
use domain::{BuildingId, PersonId};
use http::StatusCode;

use super::hands::{at_the_desk, does, kept};
use crate::web::stage::{DESK, STEWARD, Stage, VOLUNTEER};

fn id_in(path: &str) -> PersonId {
    path.rsplit('/').next().and_then(|id| id.parse().ok()).expect("a person")
}

#[tokio::test]
async fn an_invite_lets_its_person_in_by_link_and_by_typed_code() {
    let stage = Stage::new().await;
    let desk = at_the_desk(&stage).await;
    let path = does(
        &stage,
        &desk,
        "/desk/people",
        &[("name", "小周"), ("role", "volunteer")],
        "Next: show the invite",
    )
    .await;
    let invite = stage.form(Some(&desk), &format!("{path}/invite"), &[]).await;
    assert_eq!(invite.status, StatusCode::OK);
    assert!(invite.body.contains("class=\"qr\""), "{}", invite.body);
    let link = invite
        .body
        .split("https://lm.example.org")
        .nth(1)
        .and_then(|rest| rest.split('<').next())
        .expect("a link");
    let asked = stage.get(None, link).await;
    assert!(asked.body.contains("小周"), "{}", asked.body);
    let entered = stage.form(None, link, &[]).await;
    assert_eq!(entered.status, StatusCode::SEE_OTHER, "{}", entered.body);

    let code =
        invite.body.split("big-code\">").nth(1).and_then(|rest| rest.split('<').next()).expect("a code");
    let typed = stage.form(None, "/enrol", &[("code", code)]).await;
    assert_eq!(typed.status, StatusCode::SEE_OTHER, "{}", typed.body);
    let again = stage.form(None, "/enrol", &[("code", code)]).await;
    assert_eq!(again.status, StatusCode::UNPROCESSABLE_ENTITY, "the typed code is good once");

    let page = stage.get(Some(&desk), &path).await;
    assert_eq!(page.body.matches("name=\"handle\"").count(), 2, "both phones are listed");
    let handle = super::hands::hidden(&page.body, "handle");
    does(&stage, &desk, &format!("{path}/revoke"), &[("handle", &handle)], "That phone is signed out").await;
    let page = stage.get(Some(&desk), &path).await;
    assert_eq!(page.body.matches("name=\"handle\"").count(), 1);
}

#[tokio::test]
async fn doors_that_nobody_covers_are_named_until_somebody_does() {
    let stage = Stage::new().await;
    let desk = at_the_desk(&stage).await;
    // The steward has building 1, nobody has building 2.
    let page = stage.get(Some(&desk), "/desk/people").await;
    assert!(page.body.contains("Doors that nobody looks after: 3"), "{}", page.body);
    for room in ["401", "501", "601"] {
        assert!(page.body.contains(&format!(">{room}</a>")), "{room}");
    }
    let path = format!("/desk/people/{STEWARD}");
    let floors = [("place", "b2"), ("unit", "1"), ("floor_from", "5"), ("floor_to", "4")];
    does(&stage, &desk, &format!("{path}/assign"), &floors, "Assigned.").await;
    let page = stage.get(Some(&desk), "/desk/people").await;
    assert!(
        page.body.contains("Doors that nobody looks after: 1") && page.body.contains(">601</a>"),
        "{}",
        page.body
    );
    does(&stage, &desk, &format!("{path}/assign"), &[("place", "b2")], "Assigned.").await;
    let page = stage.get(Some(&desk), "/desk/people").await;
    assert!(page.body.contains("Every household has somebody"), "{}", page.body);

    // It ends, and stays on record.
    does(&stage, &desk, &format!("{path}/end"), &[("place_in_list", "2")], "the record stays").await;
    let steward = kept(&stage).await.community.people[&STEWARD].clone();
    let ended =
        steward.assignments.iter().find(|held| held.area == Area::Building(BuildingId(2))).expect("kept");
    assert!(ended.to.is_some());
}

#[tokio::test]
async fn a_unit_that_a_building_does_not_have_is_told_at_the_field() {
    let stage = Stage::new().await;
    let desk = at_the_desk(&stage).await;
    for (fields, at) in [
        (vec![("place", "b1"), ("unit", "9")], "f-unit-e"),
        (vec![("place", "b1"), ("floor_from", "3")], "f-unit-e"),
        (vec![("place", "b1"), ("unit", "1"), ("floor_from", "40"), ("floor_to", "50")], "f-floor_from-e"),
    ] {
        let came = stage.form(Some(&desk), &format!("/desk/people/{VOLUNTEER}/assign"), &fields).await;
        assert_eq!(came.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(came.body.contains(at), "{fields:?}: {}", came.body);
        let floors_alone = fields.len() == 2 && fields[1].0 == "floor_from";
        assert_eq!(came.body.contains("Floors need their unit"), floors_alone, "{fields:?}: {}", came.body);
    }
}

#[tokio::test]
async fn a_unit_of_a_whole_compound_is_asked_about_and_nobody_is_given_more_than_was_meant() {
    let stage = Stage::new().await;
    let desk = at_the_desk(&stage).await;
    let before = kept(&stage).await.community.people[&VOLUNTEER].assignments.clone();
    for (place, more, at) in [
        ("c1", ("unit", "1"), "f-unit-e"),
        ("c1", ("floor_from", "3"), "f-floor_from-e"),
        ("all", ("floor_to", "3"), "f-floor_to-e"),
    ] {
        let fields = [("place", place), more];
        let came = stage.form(Some(&desk), &format!("/desk/people/{VOLUNTEER}/assign"), &fields).await;
        assert_eq!(came.status, StatusCode::UNPROCESSABLE_ENTITY, "{fields:?}");
        assert!(came.body.contains(at) && came.body.contains("Choose the building first"), "{}", came.body);
        let notice = [("zh", "停水"), ("place", place), more];
        let came = stage.form(Some(&desk), "/desk/notices", &notice).await;
        assert_eq!(came.status, StatusCode::UNPROCESSABLE_ENTITY, "{fields:?}");
        assert!(came.body.contains(at) && came.body.contains("停水"), "{}", came.body);
    }
    let community = kept(&stage).await.community.clone();
    assert_eq!(community.people[&VOLUNTEER].assignments, before);
    assert!(community.notices.is_empty());
}

#[tokio::test]
async fn whoever_leaves_is_out_at_once_and_may_come_back_but_the_last_of_the_desk_stays() {
    let stage = Stage::new().await;
    let desk = at_the_desk(&stage).await;
    let volunteer = stage.phone(domain::actor::Signed::Person(VOLUNTEER, Role::Volunteer)).await;
    assert_eq!(stage.get(Some(&volunteer), "/round").await.status, StatusCode::OK);
    let path = format!("/desk/people/{VOLUNTEER}");
    let page = stage.get(Some(&desk), &path).await.body;
    let (before, _) = page.split_once("No longer with us…</summary>").expect("a step before");
    assert!(!before.contains("/leave\""), "not one slip of a finger away: {before}");
    does(&stage, &desk, &format!("{path}/leave"), &[], "signed out everywhere").await;
    assert_ne!(stage.get(Some(&volunteer), "/round").await.status, StatusCode::OK);
    does(&stage, &desk, &format!("{path}/back"), &[], "Welcome back").await;
    does(&stage, &desk, &format!("/desk/people/{DESK}/leave"), &[], "the last person of the desk").await;
    assert!(!kept(&stage).await.community.people[&DESK].left);
}

#[tokio::test]
async fn name_and_order_of_duty_are_changed_and_the_role_is_not() {
    let stage = Stage::new().await;
    let desk = at_the_desk(&stage).await;
    let fields = [("name", "王楼长"), ("duty", "３"), ("role", "desk")];
    let path = does(&stage, &desk, &format!("/desk/people/{STEWARD}"), &fields, "Saved.").await;
    let known = kept(&stage).await.community.people[&id_in(&path)].clone();
    assert_eq!((known.name.as_str(), known.duty, known.role), ("王楼长", 3, Role::Steward));
    let came = stage.form(Some(&desk), &path, &[("name", ""), ("duty", "x")]).await;
    assert_eq!(came.status, StatusCode::UNPROCESSABLE_ENTITY);
}

#[tokio::test]
async fn an_invite_in_wrong_hands_is_taken_back() {
    let stage = Stage::new().await;
    let desk = at_the_desk(&stage).await;
    let path = format!("/desk/people/{VOLUNTEER}");
    let invite = async || {
        let page = stage.form(Some(&desk), &format!("{path}/invite"), &[]).await.body;
        let link = page.split("https://lm.example.org").nth(1).and_then(|rest| rest.split('<').next());
        link.expect("a link").to_owned()
    };
    let (lost, good) = (invite().await, invite().await);
    let opens = async |link: &str| stage.get(None, link).await.body.contains("人员3");
    assert!(opens(&lost).await && opens(&good).await);

    let page = stage.get(Some(&desk), &path).await.body;
    let handles: Vec<String> = page
        .split("name=\"invite\" value=\"")
        .skip(1)
        .map(|rest| rest.chars().take_while(|c| *c != '"').collect())
        .collect();
    assert_eq!(handles.len(), 2, "{page}");
    does(&stage, &desk, &format!("{path}/uninvite"), &[("invite", &handles[0])], "taken back").await;
    assert_eq!([opens(&lost).await, opens(&good).await].iter().filter(|open| **open).count(), 1);
    does(&stage, &desk, &format!("{path}/uninvite"), &[("invite", &handles[1])], "taken back").await;
    assert!(!opens(&lost).await && !opens(&good).await, "nobody comes in by them");
    for used in [&lost, &good] {
        let came = stage.form(None, used, &[]).await;
        assert!(!came.headers.contains_key(http::header::SET_COOKIE), "{}", came.status);
    }
    // Twice, or something else's name, does no harm.
    does(&stage, &desk, &format!("{path}/uninvite"), &[("invite", "nothing")], "taken back").await;
}
