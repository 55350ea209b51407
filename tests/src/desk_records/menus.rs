//! Menus come from a file and are changed in the page; what is on offer is never changed under anybody's order.

use domain::menu::MenuKind;
use domain::{Fen, MenuCode};
use http::StatusCode;

use super::hands::{at_the_desk, does, follow, kept, upload};
use crate::web::stage::Stage;

const MENUS: &[u8] = include_bytes!("../../fixtures/menus.csv");

fn code(text: &str) -> MenuCode {
    text.parse().expect("a code")
}

#[tokio::test]
async fn a_file_of_menus_is_shown_then_taken() {
    let stage = Stage::new().await;
    let desk = at_the_desk(&stage).await;
    let before = kept(&stage).await.community.menus.len();
    let came = upload(&stage, &desk, "/desk/menus", MENUS, &[]).await;
    let (path, page) = follow(&stage, &desk, &came).await;
    assert!(page.body.contains("Nothing is written until you confirm"), "{}", page.body);
    assert_eq!(kept(&stage).await.community.menus.len(), before);
    does(&stage, &desk, &path, &[], "The menus are in").await;
    let community = kept(&stage).await.community.clone();
    let read =
        domain::ledger::menu_sheet::read_menus(&web::sheets::read(MENUS).expect("a file")).expect("menus");
    for menu in &read.menus {
        let kept = community.newest_menu(&menu.code).expect("taken");
        assert_eq!((&kept.name, kept.price, &kept.items), (&menu.name, menu.price, &menu.items));
    }
    does(&stage, &desk, &path, &[], "has been dealt with").await;
}

#[tokio::test]
async fn a_menu_on_offer_gets_its_next_version() {
    let stage = Stage::new().await;
    let desk = at_the_desk(&stage).await;
    let fields = [
        ("known", "A"),
        ("name_zh", "蔬菜套餐"),
        ("name_en", "Vegetable box"),
        ("price", "35.50"),
        ("limit", "2"),
        ("stock", ""),
        ("kind", "pick"),
        ("choose", "1"),
        ("diet", "vegetarian"),
        ("diet", "no-garlic 无辣"),
        ("zh0", "土豆"),
        ("quantity0", "1.5"),
        ("unit0", "kg"),
        ("zh1", ""),
        ("quantity1", ""),
        ("unit1", "kg"),
        ("zh2", "白菜"),
        ("en2", "cabbage"),
        ("quantity2", "1"),
        ("unit2", "head"),
    ];
    does(&stage, &desk, "/desk/menus/edit", &fields, "Saved as the next version").await;
    let community = kept(&stage).await.community.clone();
    let menu = community.newest_menu(&code("A")).expect("there");
    assert_eq!(
        (menu.version, menu.price, menu.kind, menu.limit),
        (2, Fen(3_550), MenuKind::Pick(1), Some(2))
    );
    assert_eq!(menu.items.iter().map(|item| item.name.zh.as_str()).collect::<Vec<_>>(), ["土豆", "白菜"]);
    assert_eq!(menu.diets.len(), 3);
    assert_eq!(
        community.menu(&code("A"), 1).expect("the old one").price,
        Fen(3_000),
        "orders keep what they saw"
    );
    // Not yet offered, so the second change is the same version.
    let mut fields = fields.to_vec();
    fields[3].1 = "36";
    does(&stage, &desk, "/desk/menus/edit", &fields, "The menu is saved").await;
    let menu = kept(&stage).await.community.newest_menu(&code("A")).cloned().expect("there");
    assert_eq!((menu.version, menu.price), (2, Fen(3_600)));
}

#[tokio::test]
async fn a_menu_with_faults_comes_back_as_it_was_typed() {
    let stage = Stage::new().await;
    let desk = at_the_desk(&stage).await;
    let fields = [
        ("code", "A"),
        ("name_zh", ""),
        ("price", "cheap"),
        ("kind", "pick"),
        ("choose", "9"),
        ("zh0", "土豆"),
        ("quantity0", "some"),
        ("unit0", "kg"),
    ];
    let came = stage.form(Some(&desk), "/desk/menus/edit", &fields).await;
    assert_eq!(came.status, StatusCode::UNPROCESSABLE_ENTITY);
    for at in ["f-code-e", "f-name_zh-e", "f-price-e", "f-choose-e"] {
        assert!(came.body.contains(at), "{at}: {}", came.body);
    }
    assert!(came.body.contains("value=\"cheap\"") && came.body.contains("value=\"some\""), "{}", came.body);
    let more = stage.form(Some(&desk), "/desk/menus/edit", &[("zh0", "土豆"), ("more", "yes")]).await;
    assert_eq!(more.status, StatusCode::OK);
    for label in [">Code", ">Limit per household", ">Quantity</th>"] {
        assert!(more.body.replace("<!>", "").contains(label), "{label}: {}", more.body);
    }
    assert!(more.body.contains("name=\"zh8\"") && more.body.contains("value=\"土豆\""), "{}", more.body);
}
