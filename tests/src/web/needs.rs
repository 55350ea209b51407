//! What the desk does with needs: two of it at once, and a household that says it is not solved.

use domain::FactId;
use domain::actor::{Role, Signed};
use domain::community::Person;
use domain::fact::Body;
use domain::need::{Category, Channel, NeedReport, NeedStep, Step};
use http::StatusCode;
use store::Contact;

use super::at_door::form_of;
use super::stage::{Came, DESK, HERE, Phone, Stage, fact};

/// The desk's two, and an urgent need of a household.
async fn called() -> (Stage, [Phone; 2], FactId) {
    let stage = Stage::new().await;
    let second = Person {
        id: domain::PersonId(9),
        name: "值班员小周".into(),
        role: Role::Desk,
        assignments: vec![],
        duty: 2,
        left: false,
    };
    let c = stage.state.config().community.clone();
    stage.state.store().save_person(&c, &second).await.expect("a person");
    stage.state.communities().newest(&c, stage.state.now()).await.expect("a community");
    let contact = Contact { phones: vec!["13800000001".into()] };
    stage.state.store().save_contacts(stage.state.vault(), &c, [(HERE, contact)]).await.expect("saved");
    let first = stage.phone(Signed::Person(DESK, Role::Desk)).await;
    let second = stage.phone(Signed::Person(second.id, Role::Desk)).await;
    let resident = stage.resident(HERE).await;
    let report = fact(
        stage.state.now(),
        Body::Need(NeedReport {
            household: HERE,
            category: Category::Medical,
            text: "老人胸口疼".into(),
            urgent: true,
            channel: Channel::App,
            continues: None,
        }),
    );
    stage.hand_in_facts(&resident, std::slice::from_ref(&report)).await;
    (stage, [first, second], report.id)
}

async fn presses(stage: &Stage, desk: &Phone, page: &str, act: &str, more: &[(&str, &str)]) -> Came {
    let fields = form_of(page, act);
    let mut fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (&**name, &**value)).collect();
    fields.extend_from_slice(more);
    stage.form(Some(desk), "/desk/needs", &fields).await
}

#[tokio::test]
async fn whoever_is_overtaken_by_a_colleague_is_told_before_the_household_hears_it_twice() {
    let (stage, [first, second], _) = called().await;
    let resident = stage.resident(HERE).await;
    let old = stage.get(Some(&first), "/desk/needs").await.body;
    assert!(old.contains("户主代号1") && old.contains("tel:13800000001"), "who is to be called back: {old}");
    let taken = presses(&stage, &second, &old, "take", &[]).await;
    assert_eq!(taken.location(), Some("/desk/needs"));
    let told = presses(&stage, &first, &old, "take", &[]).await;
    assert_eq!(told.status, StatusCode::CONFLICT);
    assert!(told.body.contains("值班员小周刚刚接手"), "{}", told.body);
    let list = stage.get(Some(&first), "/desk/needs").await.body;
    assert!(list.contains("值班员小周在处理"), "{list}");

    let answered = presses(&stage, &second, &list, "answer", &[("text", "救护车五分钟到")]).await;
    assert_eq!(answered.location(), Some("/desk/needs"));
    let told = presses(&stage, &first, &list, "answer", &[("text", "我们马上联系")]).await;
    assert_eq!(told.status, StatusCode::CONFLICT);
    for words in ["刚刚回复了", "救护车五分钟到", "我们马上联系"] {
        assert!(told.body.contains(words), "{words}: {}", told.body);
    }
    assert!(!stage.get(Some(&resident), "/household").await.body.contains("我们马上联系"));
    // Now that both are known, it is sent.
    let sent = presses(&stage, &first, &told.body, "answer", &[("text", "我们马上联系")]).await;
    assert_eq!(sent.location(), Some("/desk/needs"), "{}", sent.body);
    assert!(stage.get(Some(&resident), "/household").await.body.contains("我们马上联系"));
}

#[tokio::test]
async fn an_urgent_need_that_is_not_solved_rings_again_with_its_new_words() {
    let (stage, [desk, _], need) = called().await;
    let resident = stage.resident(HERE).await;
    let rings = async || stage.get(Some(&desk), "/desk/needs").await.body.contains("data-rings=\"yes\"");
    assert!(rings().await);
    stage.state.clock().set(stage.state.now() + domain::Millis::MINUTE);
    let list = stage.get(Some(&desk), "/desk/needs").await.body;
    presses(&stage, &desk, &list, "answer", &[("text", "已联系医院")]).await;
    assert!(!rings().await);
    stage.state.clock().set(stage.state.now() + 3 * domain::Millis::HOUR);
    let step = Step::Reopened("医院说没有床位".into());
    let again = fact(stage.state.now(), Body::NeedStep(NeedStep { household: HERE, need, step }));
    stage.hand_in_facts(&resident, &[again]).await;
    assert!(rings().await, "nobody has read why");
    let list = stage.get(Some(&desk), "/desk/needs").await.body;
    assert!(list.contains("医院说没有床位"), "{list}");
    assert!(!list.contains("181 分钟"), "it waits since these words, not since the first");
    stage.state.clock().set(stage.state.now() + domain::Millis::MINUTE);
    presses(&stage, &desk, &list, "read", &[]).await;
    assert!(!rings().await);
}
