//! Two at the desk with the same record open: neither takes back by accident what the other has just saved.

use domain::Fen;
use http::StatusCode;

use super::hands::{at_the_desk, does, kept};
use crate::web::stage::{HERE, Phone, Stage};

/// The fields of a page's form, as a browser sends them when nobody touches them.
fn untouched(page: &str, action: &str) -> Vec<(String, String)> {
    let (_, form) = page.split_once(&format!("action=\"{action}\"")).expect("the form");
    let form = form.split("</form>").next().unwrap_or_default();
    let of = |tag: &str, name: &str| {
        let (_, rest) = tag.split_once(&format!(" {name}=\""))?;
        Some(rest.split('"').next()?.replace("&amp;", "&"))
    };
    let inputs = form.split("<input").skip(1).map(|tag| tag.split('>').next().unwrap_or_default());
    let sent = inputs.filter(|tag| {
        !["checkbox", "radio"].iter().any(|kind| tag.contains(kind)) || tag.contains(" checked")
    });
    let mut fields: Vec<(String, String)> =
        sent.filter_map(|tag| Some((of(tag, "name")?, of(tag, "value").unwrap_or_default()))).collect();
    for area in form.split("<textarea").skip(1) {
        let (tag, rest) = area.split_once('>').expect("a tag");
        let words = rest.split("</textarea>").next().unwrap_or_default().to_owned();
        fields.extend(of(tag, "name").map(|name| (name, words)));
    }
    fields
}

/// Sends a form with some of its fields typed anew.
async fn types(
    stage: &Stage,
    desk: &Phone,
    path: &str,
    form: &[(String, String)],
    typed: &[(&str, &str)],
) -> crate::web::stage::Came {
    let stays = form.iter().map(|(name, value)| (&**name, &**value));
    let stays = stays.filter(|(name, _)| !typed.iter().any(|(field, _)| field == name));
    let fields: Vec<(&str, &str)> = stays.chain(typed.iter().copied()).collect();
    stage.form(Some(desk), path, &fields).await
}

#[tokio::test]
async fn a_remark_saved_on_an_old_page_leaves_the_number_of_people_that_another_saved() {
    let stage = Stage::new().await;
    let (first, second) = (at_the_desk(&stage).await, at_the_desk(&stage).await);
    let path = format!("/desk/household/{HERE}");
    let page = stage.get(Some(&first), &path).await.body;
    let (one, other) = (untouched(&page, &path), untouched(&page, &path));
    assert_eq!(types(&stage, &first, &path, &one, &[("people", "5")]).await.status, StatusCode::SEE_OTHER);
    assert_eq!(
        types(&stage, &second, &path, &other, &[("note", "敲门")]).await.status,
        StatusCode::SEE_OTHER
    );
    let household = kept(&stage).await.community.places.households[&HERE].clone();
    assert_eq!((household.people, household.note.as_str()), (5, "敲门"));

    // Both say how many they are: the second is asked, sees what the other wrote, and decides.
    let asked = types(&stage, &second, &path, &other, &[("people", "3"), ("note", "敲门")]).await;
    assert_eq!(asked.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(
        asked.body.contains("f-people-e") && asked.body.contains("since you opened the page: 5"),
        "{}",
        asked.body
    );
    assert_eq!(kept(&stage).await.community.places.households[&HERE].people, 5);
    let again = untouched(&asked.body, &path);
    assert_eq!(types(&stage, &second, &path, &again, &[]).await.status, StatusCode::SEE_OTHER);
    assert_eq!(kept(&stage).await.community.places.households[&HERE].people, 3);
}

#[tokio::test]
async fn a_menu_keeps_the_price_that_another_saved_while_somebody_wrote_its_stock() {
    let stage = Stage::new().await;
    let desk = at_the_desk(&stage).await;
    let page = stage.get(Some(&desk), "/desk/menus/edit?code=C").await.body;
    let path = "/desk/menus/edit";
    let form = untouched(&page, path);
    let form: Vec<_> = form.into_iter().chain([("unit0".to_owned(), "kg".to_owned())]).collect();
    types(&stage, &desk, path, &form, &[("price", "70")]).await;
    let came = types(&stage, &desk, path, &form, &[("stock", "111")]).await;
    assert_eq!(came.status, StatusCode::SEE_OTHER, "{}", came.body);
    let community = kept(&stage).await.community.clone();
    let menu = community.newest_menu(&"C".parse().expect("a code")).expect("there");
    assert_eq!((menu.price, menu.stock, menu.items.len()), (Fen(7_000), Some(111), 1));
    let came = types(&stage, &desk, path, &form, &[("price", "65")]).await;
    assert_eq!(came.status, StatusCode::UNPROCESSABLE_ENTITY, "both changed the price");
}

#[tokio::test]
async fn settings_saved_from_an_old_page_keep_the_hotline_that_another_saved() {
    let stage = Stage::new().await;
    let desk = at_the_desk(&stage).await;
    let page = stage.get(Some(&desk), "/desk/settings").await.body;
    let form = untouched(&page, "/desk/settings");
    types(&stage, &desk, "/desk/settings", &form, &[("hotline", "0371-1111 2222")]).await;
    types(&stage, &desk, "/desk/settings", &form, &[("unread_minutes", "5")]).await;
    let settings = kept(&stage).await.community.settings.clone();
    assert_eq!((settings.hotline.as_str(), settings.unread_minutes), ("0371-1111 2222", 5));
    does(&stage, &desk, "/desk/people/1", &[("name", "王楼长"), ("duty", "2")], "Saved.").await;
}
