//! The desk finds a household by whatever a caller says, calls back, and keeps what they tell.

use domain::actor::{Role, Signed};
use http::StatusCode;
use store::Contact;

use super::stage::{DESK, HERE, OPEN, Stage, percent};

const NUMBER: &str = "0371-6666 0101";

async fn with_a_number() -> Stage {
    let stage = Stage::new().await;
    let c = stage.state.config().community.clone();
    let contact = Contact { phones: vec![NUMBER.to_owned()] };
    stage.state.store().save_contacts(stage.state.vault(), &c, [(HERE, contact)]).await.expect("saved");
    stage
}

#[tokio::test]
async fn whoever_calls_is_found_by_their_number_and_can_be_called_back() {
    let stage = with_a_number().await;
    let desk = stage.phone(Signed::Person(DESK, Role::Desk)).await;
    let door = format!("/desk/door/{HERE}");
    for typed in ["037166660101", "０３７１－６６６６０１０１"] {
        let found = stage.get(Some(&desk), &format!("/desk/find?q={}", percent(typed))).await;
        assert_eq!(found.location(), Some(door.as_str()), "{typed}: {}", found.body);
    }
    let page = stage.get(Some(&desk), &door).await.body;
    assert!(page.contains("tel:037166660101") && page.contains(NUMBER), "{page}");
    let nobody = stage.get(Some(&desk), "/desk/find?q=13900000000").await;
    assert_eq!(nobody.status, StatusCode::OK);
    assert!(nobody.body.contains("13900000000"));
}

#[tokio::test]
async fn a_household_that_eats_halal_says_so_and_is_warned_where_a_box_is_not() {
    let stage = with_a_number().await;
    let desk = stage.phone(Signed::Person(DESK, Role::Desk)).await;
    let path = format!("/desk/household/{HERE}");
    assert!(stage.get(Some(&desk), &path).await.body.contains(NUMBER));
    let told = [
        ("holder", "住户一"),
        ("people", "４"),
        ("over_60", "1"),
        ("lang", "zh"),
        ("diet", "halal"),
        ("note", "请敲门"),
        ("telephones", NUMBER),
    ];
    let saved = stage.form(Some(&desk), &path, &told).await;
    assert_eq!(saved.status, StatusCode::SEE_OTHER, "{}", saved.body);
    let page = stage.get(Some(&desk), &path).await.body;
    assert!(page.contains("value=\"4\"") && page.contains("请敲门"), "{page}");
    let resident = stage.resident(HERE).await;
    let order = stage.get(Some(&resident), &format!("/order?run={OPEN}")).await.body;
    assert!(order.contains("没有标明清真"), "{order}");

    let health = [("people", "4"), ("note", "家有孕妇")];
    let refused = stage.form(Some(&desk), &path, &health).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(
        refused.body.contains("志愿者会看到") && refused.body.contains("家有孕妇"),
        "nothing typed is lost"
    );
    let gone = stage.get(Some(&desk), "/desk/household/99").await;
    assert_eq!(gone.status, StatusCode::NOT_FOUND);
}
