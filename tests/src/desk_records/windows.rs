//! A window's whole life by hand: written, published, extended, closed, opened again, sealed; and used once more.

use domain::Millis;
use domain::window::Phase;
use http::StatusCode;

use super::hands::{at_the_desk, does, hidden, kept};
use crate::web::stage::{NOON, OPEN, Phone, Stage};

/// What the desk types: noon is 12:00 on 22 November 2026 in China.
const TYPED: [(&str, &str); 10] = [
    ("run", "0"),
    ("opens", "2026-11-22T12:00"),
    ("closes", "2026-11-22T20:00"),
    ("grace", "15"),
    ("delivery_from", "2026-11-23T09:00"),
    ("delivery_to", "2026-11-23T11:00"),
    ("compound", "1"),
    ("menu", "A"),
    ("menu", "C"),
    ("payment", "free"),
];

async fn make(stage: &Stage, desk: &Phone, then: &str, says: &str) -> String {
    let mut fields = TYPED.to_vec();
    fields.push(("then", then));
    does(stage, desk, "/desk/windows/edit", &fields, says).await
}

#[tokio::test]
async fn a_window_is_published_extended_closed_and_sealed() {
    let stage = Stage::new().await;
    let desk = at_the_desk(&stage).await;
    let path = make(&stage, &desk, "draft", "The draft is saved").await;
    let run = path.rsplit('/').next().expect("a number").parse().expect("a run");
    let phase = async || kept(&stage).await.community.windows[&run].phase(stage.state.now());
    assert_eq!(phase().await, Phase::Draft);
    does(&stage, &desk, &format!("{path}/publish"), &[], "Residents can see it now").await;
    assert_eq!(phase().await, Phase::Open);

    does(
        &stage,
        &desk,
        &format!("{path}/extend"),
        &[("closes", "2026-11-22T21:30")],
        "closing time is changed",
    )
    .await;
    assert_eq!(
        kept(&stage).await.community.windows[&run].closes,
        NOON + (9 * Millis::HOUR + 30 * Millis::MINUTE)
    );

    does(&stage, &desk, &format!("{path}/stock"), &[("menu", "C"), ("boxes", "4")], "The boxes are added")
        .await;
    let catalog = kept(&stage).await;
    let left = stage.state.store().stock_left(&catalog, run).await.expect("counters");
    assert_eq!(left.values().sum::<u32>(), 3 + 4);
    let page = stage.get(Some(&desk), &path).await.body;
    assert!(page.contains("7 (3 at first)"), "more is left than there was: {page}");

    // Closed by mistake, and opened again.
    does(&stage, &desk, &format!("{path}/close"), &[], "Ordering is closed").await;
    assert_eq!(phase().await, Phase::Grace);
    does(
        &stage,
        &desk,
        &format!("{path}/extend"),
        &[("closes", "2026-11-22T13:00")],
        "closing time is changed",
    )
    .await;
    assert_eq!(phase().await, Phase::Open);

    does(&stage, &desk, "/desk/windows/seal", &[("run", &run.to_string())], "can't be fixed yet").await;
    stage.state.clock().set(NOON + Millis::HOUR);
    does(&stage, &desk, "/desk/windows/seal", &[("run", &run.to_string())], "can't be fixed yet").await;
    stage.state.clock().set(NOON + (Millis::HOUR + 15 * Millis::MINUTE));
    does(&stage, &desk, "/desk/windows/seal", &[("run", &run.to_string())], "the pick list is final").await;
    assert_eq!(phase().await, Phase::Sealed);
}

#[tokio::test]
async fn the_same_form_sent_twice_is_one_window() {
    let stage = Stage::new().await;
    let desk = at_the_desk(&stage).await;
    let first = make(&stage, &desk, "publish", "Residents can see it now").await;
    let second = make(&stage, &desk, "publish", "Residents can see it now").await;
    assert_eq!(first, second);
}

#[tokio::test]
async fn what_is_wrong_is_said_at_the_field_and_nothing_typed_is_lost() {
    let stage = Stage::new().await;
    let desk = at_the_desk(&stage).await;
    let windows = kept(&stage).await.community.windows.len();
    let fields = [
        ("run", "0"),
        ("opens", "2026-11-22T12:00"),
        ("closes", "2026-11-22T11:00"),
        ("grace", "many"),
        ("delivery_from", ""),
        ("delivery_to", "2026-11-23T11:00"),
        ("payment", "prepaid"),
        ("note", "bring a bag"),
        ("then", "publish"),
    ];
    let came = stage.form(Some(&desk), "/desk/windows/edit", &fields).await;
    assert_eq!(came.status, StatusCode::UNPROCESSABLE_ENTITY);
    for field in ["closes", "grace", "delivery_from", "payment_text"] {
        assert!(came.body.contains(&format!("id=\"f-{field}-e\"")), "{field}: {}", came.body);
    }
    assert!(came.body.contains("bring a bag") && came.body.contains("value=\"many\""), "{}", came.body);
    assert_eq!(came.body.matches("choose at least one").count(), 2, "compounds and menus");
    assert_eq!(kept(&stage).await.community.windows.len(), windows);
}

#[tokio::test]
async fn a_window_that_was_is_used_again_for_the_next_day() {
    let stage = Stage::new().await;
    let desk = at_the_desk(&stage).await;
    let before = kept(&stage).await.community.windows[&OPEN].clone();
    stage.state.clock().set(NOON + 30 * Millis::HOUR);
    let form = stage.get(Some(&desk), &format!("/desk/windows/edit?copy={OPEN}")).await;
    assert_eq!(hidden(&form.body, "run"), "0");
    let closes = form.body.split("name=\"closes\" value=\"").nth(1).and_then(|rest| rest.split('"').next());
    let days = 2;
    let wall = domain::Wall::at(before.closes + days * Millis::DAY, 480).to_string();
    assert_eq!(closes, Some(wall.as_str()), "moved by whole days until it lies ahead");
}

#[tokio::test]
async fn a_window_closed_by_hand_is_copied_with_an_hour_that_somebody_planned() {
    let stage = Stage::new().await;
    let desk = at_the_desk(&stage).await;
    stage.state.clock().set(NOON + 40 * Millis::MINUTE + 17_345);
    does(&stage, &desk, &format!("/desk/windows/{OPEN}/close"), &[], "Ordering is closed").await;
    let form = stage.get(Some(&desk), &format!("/desk/windows/edit?copy={OPEN}")).await.body;
    let closes = form.split("name=\"closes\" value=\"").nth(1).and_then(|rest| rest.split('"').next());
    assert_eq!(closes, Some("2026-11-23T20:00"), "not at the moment when somebody pressed");
}

#[tokio::test]
async fn a_window_nobody_could_order_in_goes_back_to_a_draft() {
    let stage = Stage::new().await;
    let desk = at_the_desk(&stage).await;
    let mut fields = TYPED.to_vec();
    fields[1].1 = "2026-11-22T18:00";
    fields.push(("then", "publish"));
    let path = does(&stage, &desk, "/desk/windows/edit", &fields, "Residents can see it now").await;
    does(&stage, &desk, &format!("{path}/withdraw"), &[], "It is a draft again").await;
    does(&stage, &desk, &format!("/desk/windows/{OPEN}/withdraw"), &[], "nothing was saved").await;
}
