//! A round's sheet keyed in from paper, and what is told by telephone or on paper: through the whole server.

use domain::actor::{Role, Signed};
use domain::fact::{Body as What, DoorCheck, OrderSet};
use domain::job::Outcome;
use domain::need::Channel;
use domain::paper::fields_of;
use domain::{DoorId, HouseholdId, Millis};
use http::StatusCode;
use store::Consistency;

use super::stage::{Came, DELIVERING, DESK, HERE, NOON, Phone, STEWARD, Stage, fact, order};

const SHEET: &str = "/desk/paper?run=2&building=1";

/// Two households of the first building get boxes in the run that is being delivered.
async fn ordered() -> (Stage, Phone) {
    let stage = Stage::new().await;
    stage.state.clock().set(NOON + -20 * Millis::HOUR);
    for household in [1, 2] {
        let phone = stage.resident(HouseholdId(household)).await;
        let What::Order(open) = order(HouseholdId(household), "A", 1, None) else { panic!("an order") };
        let at = stage.state.now();
        stage.hand_in_facts(&phone, &[fact(at, What::Order(OrderSet { run: DELIVERING, ..open }))]).await;
    }
    stage.state.clock().set(NOON);
    let desk = stage.phone(Signed::Person(DESK, Role::Desk)).await;
    (stage, desk)
}

/// The value of a field in a page.
fn value(page: &str, name: &str) -> String {
    let (_, rest) = page.split_once(&format!("name=\"{name}\" value=\"")).expect("the field is there");
    rest.split('"').next().expect("a value").to_owned()
}

/// Fills in the sheet as it was shown: for each door tick, time and words.
async fn keys_in(stage: &Stage, desk: &Phone, shown: &str, lines: &[(u32, &str, &str, &str)]) -> Came {
    let mut fields = vec![("day".to_owned(), value(shown, "day"))];
    for (door, ticked, at, said) in lines {
        let [tick, time, word, name] = fields_of(DoorId(*door));
        let named = value(shown, &name);
        fields.extend([
            (tick, (*ticked).to_owned()),
            (time, (*at).to_owned()),
            (word, (*said).to_owned()),
            (name, named),
        ]);
    }
    let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (&**name, &**value)).collect();
    stage.form(Some(desk), SHEET, &fields).await
}

/// What was marked at a door from paper: how it went, and minutes before noon.
async fn marked(stage: &Stage, door: u32) -> Vec<(Outcome, i64)> {
    let c = &stage.state.config().community;
    let catalog = stage.state.communities().get(c, NOON).await.expect("read");
    let facts = stage.state.store().door_run(&catalog, DELIVERING, DoorId(door), Consistency::Strong).await;
    let marks = facts.expect("read").into_iter().filter_map(|stamped| match stamped.fact.body {
        What::Mark(mark) => Some(mark),
        _ => None,
    });
    marks
        .map(|mark| {
            assert_eq!(mark.by, DoorCheck::Paper);
            (mark.jobs[0].1.clone(), (NOON - mark.happened.expect("from paper")) / Millis::MINUTE)
        })
        .collect()
}

#[tokio::test]
async fn a_sheet_is_saved_whole_with_the_times_written_on_it() {
    let (stage, desk) = ordered().await;
    let shown = stage.get(Some(&desk), SHEET).await;
    assert_eq!(shown.status, StatusCode::OK, "{}", shown.body);
    let came = keys_in(&stage, &desk, &shown.body, &[(2, "done", "0910", ""), (1, "left", "", "")]).await;
    assert_eq!(came.status, StatusCode::SEE_OTHER, "{}", came.body);
    assert_eq!(marked(&stage, 2).await, [(Outcome::Done, 170)]);
    assert_eq!(
        marked(&stage, 1).await,
        [(Outcome::LeftAtDoor, 170)],
        "the time of the line above it on the sheet"
    );
    let after = stage.get(Some(&desk), came.location().expect("back to the sheet")).await;
    assert!(after.body.contains("已保存 2 户"), "{}", after.body);

    let again = keys_in(&stage, &desk, &shown.body, &[(2, "done", "0910", ""), (1, "left", "", "")]).await;
    assert_eq!(again.status, StatusCode::SEE_OTHER, "a second press");
    assert_eq!(marked(&stage, 2).await.len(), 1);
}

#[tokio::test]
async fn a_line_that_is_wrong_comes_back_with_what_was_typed_and_blocks_no_other() {
    let (stage, desk) = ordered().await;
    let shown = stage.get(Some(&desk), SHEET).await;
    let lines = [(2, "other", "9:70", "门锁坏了"), (1, "done", "9:30", "")];
    let came = keys_in(&stage, &desk, &shown.body, &lines).await;
    assert_eq!(came.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(marked(&stage, 1).await, [(Outcome::Done, 150)], "the good line is saved");
    assert!(marked(&stage, 2).await.is_empty());
    assert!(came.body.contains("门锁坏了") && came.body.contains("9:70"), "{}", came.body);
    assert!(came.body.contains("时间看不懂"), "the reason at its line: {}", came.body);

    let mended = keys_in(&stage, &desk, &came.body, &[(2, "other", "9:40", "门锁坏了")]).await;
    assert_eq!(mended.status, StatusCode::SEE_OTHER, "{}", mended.body);
    assert!(matches!(&marked(&stage, 2).await[..], [(Outcome::Failed(_), 140)]));
}

#[tokio::test]
async fn the_boxes_in_the_head_of_the_sheet_reach_the_check_at_the_gate() {
    let (stage, desk) = ordered().await;
    let shown = stage.get(Some(&desk), SHEET).await.body;
    let send = async |taken: &str| {
        let fact = value(&shown, "load-fact");
        let fields = [("day", "2026-11-22"), ("taken", taken), ("returned", "1"), ("load-fact", &fact)];
        stage.form(Some(&desk), SHEET, &fields).await
    };
    let wrong = send("two").await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(wrong.body.contains("份数请填整数") && wrong.body.contains("value=\"two\""), "{}", wrong.body);
    for _ in 0..2 {
        assert_eq!(send("３").await.status, StatusCode::SEE_OTHER, "a second press is the same report");
    }
    let list = stage.get(Some(&desk), "/desk/picklist/2").await.body.replace("<!>", "");
    let (_, check) = list.split_once("卡口清点").expect("the check");
    assert!(check.contains("<td class=\"n\">3</td>"), "{check}");
}

#[tokio::test]
async fn a_need_keeps_the_way_it_reached_the_desk() {
    let stage = Stage::new().await;
    let desk = stage.phone(Signed::Person(DESK, Role::Desk)).await;
    for (channel, words) in [("paper", "纸质填报"), ("call", "电话反映"), ("door", "上门时反映")]
    {
        let fields =
            [("act", "need"), ("h", "1"), ("category", "medicine"), ("text", "降压药"), ("channel", channel)];
        let came = stage.form(Some(&desk), "/act", &fields).await;
        assert_eq!(came.status, StatusCode::SEE_OTHER, "{}", came.body);
        let door = stage.get(Some(&desk), "/desk/door/1").await;
        assert!(door.body.contains(words), "{words}: {}", door.body);
    }
    let c = &stage.state.config().community;
    let kept = stage.state.store().household_needs(c, HERE, None, Consistency::Strong).await.expect("read");
    let kept: Vec<Channel> = kept
        .facts
        .iter()
        .filter_map(|stamped| match &stamped.fact.body {
            What::Need(report) => Some(report.channel),
            _ => None,
        })
        .collect();
    assert_eq!(kept.len(), 3);
    assert!([Channel::Paper, Channel::Call, Channel::Door].iter().all(|one| kept.contains(one)), "{kept:?}");
}

#[tokio::test]
async fn what_is_missing_on_behalf_comes_back_with_what_was_typed() {
    let stage = Stage::new().await;
    let typed = [("act", "need"), ("h", "1"), ("text", "暖气不热"), ("channel", "paper")];
    for who in [Signed::Person(DESK, Role::Desk), Signed::Person(STEWARD, Role::Steward)] {
        let phone = stage.phone(who).await;
        let came = stage.form(Some(&phone), "/act", &typed).await;
        assert_eq!(came.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", came.body);
        assert!(came.body.contains("暖气不热"), "{}", came.body);
        let paper = came.body.split("value=\"paper\"").nth(1).expect("the choice");
        assert!(paper.trim_start().starts_with("checked"), "still on paper: {}", &paper[..40]);
    }
    // Household 4 lives in another building: its pages are not this steward's.
    let steward = stage.phone(Signed::Person(STEWARD, Role::Steward)).await;
    let came = stage.form(Some(&steward), "/act", &[("act", "need"), ("h", "4"), ("text", "x")]).await;
    assert_eq!(came.status, StatusCode::FORBIDDEN, "{}", came.body);
}
