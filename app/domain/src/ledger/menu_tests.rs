//! The desk imports set menus.

use proptest::prelude::*;

use super::Sheet;
use super::menu_sheet::{MenuColumn, MenuReject, NoMenuHeader, read_menus};
use crate::ids::MenuCode;
use crate::menu::MenuKind;
use crate::money::Fen;
use crate::quantity::{Quantity, Unit};

const HEADER: &str = "menu_code|kind|menu_zh|menu_en|price_yuan|choose|cap_per_household|stock|diet|item_zh|item_en|quantity|unit";

fn sheet(text: &str) -> [Sheet; 1] {
    [Sheet {
        name: String::new(),
        rows: text.lines().map(|line| line.split('|').map(str::to_owned).collect()).collect(),
    }]
}

fn read(rows: &str) -> super::menu_sheet::MenuPreview {
    read_menus(&sheet(&format!("{HEADER}\n{rows}"))).expect("menus")
}

#[test]
fn both_kinds_of_menu_are_read_exactly() {
    let read = read(
        "A|set|蔬菜套餐|Vegetable box|30.10||2|400|vegetarian;halal|土豆|potatoes|1.5|kg\n\
         A|set|蔬菜套餐|Vegetable box|30.1||2|400|vegetarian;halal|大白菜|napa cabbage|1|head\n\
         P|pick|自选菜篮||25|1|||素食、清真|豆腐|tofu|0.4|公斤\n\
         ||||||||||||\n\
         P|pick|自选菜篮||25|1|||素食、清真|苹果||2斤|",
    );
    assert_eq!(read.rejected, []);
    assert_eq!(read.rows_read, 4);
    let [fixed, pick] = &read.menus[..] else { panic!("two menus") };
    assert_eq!(
        (fixed.kind, fixed.price, fixed.limit, fixed.stock),
        (MenuKind::Set, Fen(3_010), Some(2), Some(400))
    );
    assert_eq!((fixed.items[0].quantity, fixed.items[0].unit), (Quantity(1_500), Unit::Kg));
    assert_eq!((pick.kind, pick.limit, pick.stock), (MenuKind::Pick(1), None, None));
    assert_eq!(pick.diets, fixed.diets);
    assert_eq!(pick.items[1].quantity, Quantity(1_000));
}

#[test]
fn chinese_headers_and_merged_cells_are_read() {
    let read = read_menus(&sheet(
        "今日套餐||||||\n套餐编号|套餐名称|价格（元）|每户限购|品名|数量|单位\nＡ|蔬菜套餐|￥30|2|土豆|3|斤\n||||青椒|1|斤\nB|肉套餐|68元||猪肉|1|公斤",
    ))
    .expect("menus");
    assert_eq!(read.rejected, []);
    assert_eq!(read.menus.iter().map(|menu| menu.items.len()).collect::<Vec<_>>(), [2, 1]);
    assert_eq!(read.menus[0].code.as_str(), "A");
}

#[test]
fn a_bad_row_is_named_and_its_menu_called_incomplete() {
    let read = read(
        "A|set|蔬菜套餐||30||2|||土豆||1.5|kg\n\
         A|set|蔬菜套餐||31||2|||大葱||1|kg\n\
         A|set|蔬菜套餐||30||2|||青椒||1,5|kg\n\
         A|set|蔬菜套餐||30||2|||土豆||1|kg\n\
         B|set|肉||0.001|||||猪肉||1|kg\n\
         C|?|蛋||9|||||鸡蛋||15|piece\n\
         D|pick|菜||9||||| 土豆||1|kg\n\
         E|pick|菜||9|3||||土豆||1|kg\n\
         F#|set|菜||9|||||土豆||1|kg",
    );
    let whys: Vec<_> = read.rejected.iter().map(|rejected| (rejected.row, rejected.why.clone())).collect();
    assert_eq!(
        whys,
        [
            (3, MenuReject::Disagrees(MenuColumn::Price, "31".into())),
            (4, MenuReject::NotUnderstood(MenuColumn::Quantity, "1,5".into())),
            (5, MenuReject::SameItemTwice("土豆".into())),
            (6, MenuReject::NotUnderstood(MenuColumn::Price, "0.001".into())),
            (7, MenuReject::NotUnderstood(MenuColumn::Kind, "?".into())),
            (8, MenuReject::Missing(MenuColumn::Choose)),
            (9, MenuReject::ChooseMoreThanItems { choose: 3, items: 1 }),
            (10, MenuReject::NotUnderstood(MenuColumn::Code, "F#".into())),
        ]
    );
    assert_eq!(read.menus.iter().map(|menu| menu.code.as_str()).collect::<Vec<_>>(), ["A"]);
    assert_eq!(read.incomplete.iter().map(MenuCode::as_str).collect::<Vec<_>>(), ["A"]);
}

#[test]
fn a_sheet_without_menus_is_said_to_be_none() {
    assert_eq!(read_menus(&sheet("小区|楼栋|房号\n甲苑|1|101")), Err(NoMenuHeader));
    assert_eq!(read_menus(&[]), Err(NoMenuHeader));
}

proptest! {
    #[test]
    fn any_cells_are_read_without_a_panic(
        rows in prop::collection::vec(prop::collection::vec("[A-C]?|set|pick|[0-9]{0,3}(\\.[0-9]{0,3})?(kg|斤)?|\\PC{0,6}", 0..14), 0..20),
    ) {
        let mut rows = rows;
        rows.insert(0, HEADER.split('|').map(str::to_owned).collect());
        let read = read_menus(&[Sheet { name: String::new(), rows }]).expect("a header");
        for menu in &read.menus {
            prop_assert!(!menu.items.is_empty());
            if let MenuKind::Pick(choose) = menu.kind {
                prop_assert!(usize::from(choose) <= menu.items.len());
            }
        }
    }
}
