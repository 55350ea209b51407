//! Care remarks through the whole server: the desk sees them for a reason and on record; nobody else, nowhere else.

use domain::actor::{Role, Signed};
use domain::community::Person;
use domain::{HouseholdId, PersonId};
use http::{StatusCode, header};
use store::Care;

use super::logs::Caught;
use super::stage::{DESK, HERE, NOON, OPEN, STEWARD, SUPPLIER, Stage, VOLUNTEER, fact, order};

/// What must never be seen but on the desk's screen.
const CANARY: &str = "金丝雀透析周二";

async fn with_a_remark() -> Stage {
    let stage = Stage::new().await;
    let c = stage.state.config().community.clone();
    let remark = (HERE, "ledger".to_owned(), Care { text: CANARY.into(), review: None });
    stage.state.store().save_care(stage.state.vault(), &c, [remark]).await.expect("saved");
    stage
}

#[tokio::test]
async fn the_desk_gives_a_reason_and_its_name_stands_in_the_log_of_readers() {
    let caught = Caught::default();
    let guard = caught.listen();
    let stage = with_a_remark().await;
    let second = Person {
        id: PersonId(9),
        name: "值班员小周".into(),
        role: Role::Desk,
        assignments: vec![],
        duty: 2,
        left: false,
    };
    let c = stage.state.config().community.clone();
    stage.state.store().save_person(&c, &second).await.expect("a person");
    stage.state.communities().newest(&c, NOON).await.expect("a community");
    let desk = stage.phone(Signed::Person(second.id, Role::Desk)).await;
    let path = format!("/desk/care/{HERE}");

    let before = stage.get(Some(&desk), &path).await;
    assert_eq!(before.status, StatusCode::OK);
    assert!(!before.body.contains(CANARY), "opening the page shows nothing");
    assert!(before.body.contains("还没有人看过") && before.body.contains("还没有问过这户"));
    let without = stage.form(Some(&desk), &path, &[("why", "curiosity")]).await;
    assert_eq!(without.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(!without.body.contains(CANARY) && without.body.contains("请先选一个原因"));

    let read = stage.form(Some(&desk), &path, &[("why", "medicine")]).await;
    assert_eq!(
        (read.status, &read.headers[header::CACHE_CONTROL]),
        (StatusCode::OK, &"no-store".parse().expect("text"))
    );
    assert!(read.body.contains(CANARY), "{}", read.body);
    let looks = read.body.split("id=\"readers\"").nth(1).expect("the log of readers");
    assert!(looks.contains("值班员小周") && looks.contains("买药、送药"), "{looks}");
    // Somebody else of the desk sees who looked, and not the remark.
    let colleague = stage.phone(Signed::Person(DESK, Role::Desk)).await;
    let seen = stage.get(Some(&colleague), &path).await.body;
    assert!(seen.contains("值班员小周") && !seen.contains(CANARY));
    drop(guard);

    let log = caught.text();
    assert!(log.contains("route=\"/desk/care/{household}\""), "the log is not caught: {log}");
    assert!(!log.contains("金丝雀"), "{log}");
}

#[tokio::test]
async fn no_other_role_reads_a_remark_and_no_other_page_shows_it() {
    let stage = with_a_remark().await;
    let (path, why) = (format!("/desk/care/{HERE}"), [("why", "medicine")]);
    let others = [
        Signed::Person(STEWARD, Role::Steward),
        Signed::Person(VOLUNTEER, Role::Volunteer),
        Signed::Person(SUPPLIER, Role::Supplier),
        Signed::Household(HERE),
    ];
    let resident = stage.resident(HERE).await;
    stage.hand_in_facts(&resident, &[fact(NOON, order(HERE, "A", 2, None))]).await;
    for who in others {
        let phone = stage.phone(who).await;
        for came in [stage.get(Some(&phone), &path).await, stage.form(Some(&phone), &path, &why).await] {
            assert_eq!(came.status, StatusCode::FORBIDDEN, "{who:?}");
            assert!(!came.body.contains(CANARY), "{who:?}");
        }
        for page in ["/round", "/round/1/1", "/api/feed", "/household", "/desk/print/gate?run=1"] {
            let came = stage.get(Some(&phone), page).await;
            assert!(!came.body.contains(CANARY), "{who:?} {page}");
        }
    }
    let c = &stage.state.config().community;
    assert!(stage.state.store().care_readers(c, HERE).await.expect("read").is_empty(), "nobody has looked");
    let desk = stage.phone(Signed::Person(DESK, Role::Desk)).await;
    let run = format!("run={OPEN}");
    for page in ["map", "gate", "rounds", "labels", "fallback", "booklet"] {
        let came = stage.get(Some(&desk), &format!("/desk/print/{page}?{run}")).await;
        assert_eq!(came.status, StatusCode::OK, "{page}");
        assert!(!came.body.contains(CANARY), "{page}");
    }
    for page in ["/desk", "/desk/door/1", "/desk/board", "/desk/find?q=101"] {
        assert!(!stage.get(Some(&desk), page).await.body.contains(CANARY), "{page}");
    }
    let gone = stage.get(Some(&desk), "/desk/care/99").await;
    assert_eq!(gone.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn a_household_that_says_no_is_forgotten_at_once_and_still_gets_its_food() {
    let stage = with_a_remark().await;
    let desk = stage.phone(Signed::Person(DESK, Role::Desk)).await;
    let path = format!("/desk/care/{HERE}");
    let say = async |what: &str| {
        let came = stage.form(Some(&desk), &format!("{path}/consent"), &[("says", what)]).await;
        assert_eq!(came.status, StatusCode::SEE_OTHER, "{}", came.body);
        stage.get(Some(&desk), &path).await.body
    };
    let agreed = say("agreed").await;
    assert!(agreed.contains("同意保存。"));
    // Deleting is not one slip of a finger away: it lies behind a step that says what it does.
    let (before, behind) = agreed.split_once("<details id=\"refuse\"").expect("a step before");
    assert!(!before.contains("value=\"refused\""), "{before}");
    let behind = behind.split("</details>").next().unwrap_or_default();
    assert!(behind.contains("找不回来") && behind.contains("value=\"refused\""), "{behind}");
    assert!(stage.form(Some(&desk), &path, &[("why", "need")]).await.body.contains(CANARY));
    assert!(say("refused").await.contains("不同意，内容已删除"));
    let after = stage.form(Some(&desk), &path, &[("why", "need")]).await.body;
    assert!(!after.contains(CANARY) && after.contains("这户没有登记特殊情况"));
    let resident = stage.resident(HERE).await;
    let answers = stage.hand_in_facts(&resident, &[fact(NOON, order(HERE, "A", 2, None))]).await;
    let taken = domain::wire::Acknowledged::Stored(domain::fact::Verdict::Taken);
    assert_eq!(answers.answers[0].answer, taken);
    let nonsense = stage.form(Some(&desk), &format!("{path}/consent"), &[("says", "maybe")]).await;
    assert_eq!(nonsense.status, StatusCode::BAD_REQUEST);
    let refused = stage.state.store();
    let c = &stage.state.config().community;
    let refused = refused.refused_care(stage.state.vault(), c, [HERE, HouseholdId(2)]).await.expect("read");
    assert_eq!(refused.into_iter().collect::<Vec<_>>(), [HERE]);
}
