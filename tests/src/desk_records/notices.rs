//! The desk tells residents something and sees who has read it; and sets the numbers on every page.

use domain::fact::{Body, Seen};
use http::StatusCode;

use super::hands::{at_the_desk, does, kept};
use crate::web::stage::{HERE, Stage, THERE, fact};

#[tokio::test]
async fn a_notice_for_a_building_is_seen_there_and_the_desk_knows_by_whom() {
    let stage = Stage::new().await;
    let desk = at_the_desk(&stage).await;
    let fields =
        [("zh", "明天停水。"), ("en", "No water tomorrow."), ("place", "b1"), ("until", "2026-11-23T12:00")];
    let path = does(&stage, &desk, "/desk/notices", &fields, "The notice is published").await;
    assert_eq!(does(&stage, &desk, "/desk/notices", &fields, "published").await, path, "twice is once");
    let (here, there) = (stage.resident(HERE).await, stage.resident(THERE).await);
    assert!(stage.get(Some(&here), "/notices").await.body.contains("明天停水"));
    assert!(!stage.get(Some(&there), "/notices").await.body.contains("明天停水"));

    let page = stage.get(Some(&desk), &path).await;
    assert!(page.body.contains("Not seen yet: 3"), "{}", page.body);
    let notice = path.rsplit('/').next().expect("a number").parse().expect("a notice");
    let seen = Body::Seen(Seen { notice, household: HERE });
    stage.hand_in_facts(&here, &[fact(stage.state.now(), seen)]).await;
    let page = stage.get(Some(&desk), &path).await;
    assert!(page.body.contains("Not seen yet: 2"), "{}", page.body);
    assert!(!page.body.contains("户主代号1<"), "who has seen it is not knocked up");

    does(&stage, &desk, &format!("{path}/end"), &[], "no longer shown").await;
    assert!(!stage.get(Some(&here), "/notices").await.body.contains("明天停水"));
    does(&stage, &desk, &format!("{path}/again"), &[], "shown again").await;
    assert!(stage.get(Some(&here), "/notices").await.body.contains("明天停水"));
}

#[tokio::test]
async fn an_empty_notice_and_one_that_is_over_come_back() {
    let stage = Stage::new().await;
    let desk = at_the_desk(&stage).await;
    let fields = [("zh", ""), ("place", "all"), ("until", "2026-11-20T12:00")];
    let came = stage.form(Some(&desk), "/desk/notices", &fields).await;
    assert_eq!(came.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(came.body.contains("f-zh-e") && came.body.contains("f-until-e"), "{}", came.body);
}

#[tokio::test]
async fn the_numbers_on_every_page_are_set_and_the_own_host_stays_known() {
    let stage = Stage::new().await;
    let desk = at_the_desk(&stage).await;
    let fields = [
        ("name_zh", "北林街道"),
        ("name_en", "Beilin"),
        ("hotline", "0371-6555 9999"),
        ("emergency", "120"),
        ("unread_minutes", "5"),
        ("hosts", "https://old.example.org/\nolder.example.org"),
    ];
    does(&stage, &desk, "/desk/settings", &fields, "The settings are saved").await;
    let settings = kept(&stage).await.community.settings.clone();
    assert_eq!(settings.hosts, ["lm.example.org", "old.example.org", "older.example.org"]);
    assert_eq!((settings.unread_minutes, settings.utc_offset), (5, 480));
    assert!(stage.get(None, "/").await.body.contains("tel:037165559999"));
    // As a Chinese keyboard writes them.
    let wide = [
        &fields[..2],
        &[("hotline", "（０３７１）６６６６－８８８８"), ("quiet", "２２：００－０７：００")],
        &fields[3..],
    ];
    does(&stage, &desk, "/desk/settings", &wide.concat(), "The settings are saved").await;
    let settings = kept(&stage).await.community.settings.clone();
    assert_eq!(settings.hotline, "(0371)6666-8888");
    assert_eq!(settings.quiet.map(|hours| (hours.from, hours.to)), Some((22 * 60, 7 * 60)));
    let came = stage.form(Some(&desk), "/desk/settings", &[("hotline", "call me")]).await;
    assert_eq!(came.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(came.body.contains("f-hotline-e") && came.body.contains("call me"), "{}", came.body);
}
