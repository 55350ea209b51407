//! The desk imports ledgers of many kinds. Files are read in `web`.

use super::*;
use crate::household::DietTag;
use crate::lang::Lang;

fn sheet(name: &str, text: &str) -> Sheet {
    let rows = text.lines().map(|line| line.split('|').map(str::to_owned).collect()).collect();
    Sheet { name: name.into(), rows }
}

pub(super) fn read(text: &str) -> Preview {
    preview(&[sheet("", text)], &Options::default()).expect("a ledger")
}

fn doors(preview: &Preview) -> Vec<String> {
    let show = |place: &LedgerPlace| {
        format!("{} {}-{}-{}", place.compound, place.building, place.spot.unit, place.spot.room)
    };
    preview.households.iter().map(|household| show(&household.place)).collect()
}

fn whys(preview: &Preview) -> Vec<(u32, &'static str)> {
    preview.rejected.iter().map(|rejected| (rejected.at.row, rejected.why.words())).collect()
}

pub(super) const LEDGER: &str = "\
北林街道封控小区住户台账||||||||||
小区|楼栋|单元|房号|户主|联系电话|人数|60岁以上|语言|特殊情况|备注
北林新苑|１号楼|１|101|住户甲|00000000001|2||中文||
北林新苑| 1号楼 |1单元|２０１|住户乙|00000000002|3|1|Русский|血液透析|=1+1
||||||||||
北林新苑|2栋|2|1101|住户丙|00000000003|4|2|English||勿按门铃，有婴儿
北林新苑|1栋|1|101|住户甲|00000000001|2||中文||
北林新苑|1#|1|101|住户丁|00000000004|1||中文||
北林新苑|2栋|2||住户戊|00000000005|1||||
北林新苑|2栋|2|1101|住户己|00000000006|三||||
合计||||||10||||
||||||||||";

#[test]
fn the_desk_sees_what_an_import_would_do() {
    let preview = read(LEDGER);
    assert_eq!(
        doors(&preview),
        ["北林新苑 1-1-101", "北林新苑 1-1-201", "北林新苑 2-2-1101", "北林新苑 1-1-101"]
    );
    assert_eq!((preview.people, preview.over_60, preview.buildings(), preview.blank_rows), (10, 3, 2, 1));
    assert_eq!(whys(&preview), [(9, "room missing"), (10, "people not a number")]);
    let duplicates: Vec<_> = preview
        .duplicates
        .iter()
        .map(|duplicate| (duplicate.at.row, duplicate.same_as.row, duplicate.differs))
        .collect();
    assert_eq!(duplicates, [(7, 3, false)]);
    assert_eq!(preview.skipped[0].why, SkipReason::TotalsLine);
    assert_eq!(preview.rows_read, 9);
    let russian = &preview.households[1];
    assert_eq!((russian.lang, russian.speaks.as_str(), russian.note.as_str()), (Lang::En, "ru", "=1+1"));
    assert_eq!(preview.households[2].note, "勿按门铃，有婴儿");
}

#[test]
fn remarks_on_health_and_telephone_numbers_stand_apart_and_in_no_log() {
    let preview = read(LEDGER);
    assert_eq!(preview.care_of(1), Some("血液透析"));
    assert_eq!(preview.phone(2).map(Phone::as_str), Some("00000000003"));
    let households = serde_json::to_string(&preview.households).expect("json");
    assert!(!households.contains("血液透析") && !households.contains("00000000003"));
    let log = format!("{preview:?}");
    assert!(!log.contains("血液透析") && !log.contains("00000000003"));
}

#[test]
fn what_a_household_does_not_eat_is_read_in_either_language() {
    let preview = read(
        "小区|楼栋|房号|忌口\n北林新苑|1|101|清真、控糖\n北林新苑|1|102|Vegetarian\n北林新苑|1|103|无\n\
         北林新苑|1|104|什么都可以但是最好不要放太多的盐和油还有味精",
    );
    let diets: Vec<Vec<&str>> =
        preview.households.iter().map(|one| one.diets.iter().map(DietTag::as_str).collect()).collect();
    assert_eq!(diets, [vec!["halal", "low-sugar"], vec!["vegetarian"], vec![], vec![]]);
    let warned: Vec<_> = preview.warnings.iter().map(|warned| (warned.at.row, warned.what)).collect();
    assert_eq!(warned, [(5, Warning::DietNotUnderstood)]);
}

#[test]
fn a_door_note_on_health_is_withheld_from_volunteers() {
    let preview = read("小区|楼栋|房号|备注\n北林新苑|1|101|家有孕妇，轻敲门");
    assert_eq!(preview.households[0].note, "");
    assert_eq!(preview.withheld[0].text.0, "家有孕妇，轻敲门");
    assert_eq!(preview.warnings[0].what, Warning::NoteMentionsHealth);
    assert!(preview.care.is_empty());
}

#[test]
fn english_headers_in_another_order_are_read_alike() {
    let preview = read(
        "Remarks|No. of people|Room|Building|Unit|Compound|Name|Phone|Over 60|Language|Special needs|Serial\n\
         baby asleep|3.0|Room 1101|Bldg 3|Unit 2|Garden North|Ann|00000000001|1|English|wheelchair|1\n\
         |2|B101|Block A||GARDEN NORTH|Bob|||Russian|no|2",
    );
    assert_eq!(doors(&preview), ["Garden North 3-2-1101", "Garden North A-1-B101"]);
    assert_eq!(preview.households[1].place.spot.floor, -1);
    assert_eq!((preview.people, preview.over_60, preview.care.len()), (5, 1, 1));
    assert_eq!(preview.sheets[0].ignored, ["Serial"]);
}

#[test]
fn columns_may_be_few_and_care_may_be_ticked() {
    let preview = read("楼栋|房号|小区|孕产妇|独居老人\n1|101|甲苑|√|否\n1|102|甲苑||是");
    assert_eq!(preview.households[0].people, 1);
    assert_eq!((preview.care_of(0), preview.care_of(1)), (Some("孕产妇"), Some("独居老人")));
}

#[test]
fn one_sheet_a_building_and_the_compound_said_by_the_desk() {
    let sheets = [
        sheet("1号楼", "房号|人数\n101|2"),
        sheet("2号楼", "房号|人数\n101|x"),
        sheet("说明", "请每日更新"),
        sheet("Sheet4", ""),
    ];
    assert_eq!(preview(&sheets, &Options::default()), Err(LedgerError::WhichCompound));
    let preview = preview(&sheets, &Options { compound: Some("甲苑".into()) }).expect("a ledger");
    assert_eq!(doors(&preview), ["甲苑 1-1-101"]);
    assert_eq!(preview.rejected[0].at, At { sheet: 1, row: 2 });
    let not_read: Vec<_> = preview.sheets.iter().map(|sheet| sheet.not_read.is_some()).collect();
    assert_eq!(not_read, [false, false, true, true]);
}

#[test]
fn blanks_of_merged_cells_mean_as_above_but_a_forgotten_building_does_not() {
    let merged = read(
        "小区|楼栋|单元|房号|人数\n甲苑|1号楼|1单元|101|1\n|||102|1\n||2单元|101|1\n|||102|1\n|2号楼|1单元|101|1\n|||102|1\n乙苑|1号楼|1单元|101|1\n|||102|1",
    );
    assert_eq!(merged.sheets[0].filled_down, [Column::Compound, Column::Building, Column::Unit]);
    assert_eq!(
        doors(&merged),
        [
            "甲苑 1-1-101",
            "甲苑 1-1-102",
            "甲苑 1-2-101",
            "甲苑 1-2-102",
            "甲苑 2-1-101",
            "甲苑 2-1-102",
            "乙苑 1-1-101",
            "乙苑 1-1-102"
        ]
    );
    let forgotten = read("小区|楼栋|房号|人数\n甲苑|1|101|1\n甲苑|1|102|1\n甲苑||103|1\n甲苑|1|104|1");
    assert_eq!(whys(&forgotten), [(4, "building missing")]);
}

#[test]
fn a_file_that_is_no_ledger_is_said_to_be_none() {
    let error = |text: &str| preview(&[sheet("", text)], &Options::default()).expect_err("no ledger");
    assert_eq!(error(""), LedgerError::Empty);
    assert_eq!(error("品名|数量\n土豆|3"), LedgerError::NoHeader(vec![]));
    assert_eq!(error("小区|房号|人数\n甲苑|101|1"), LedgerError::NoBuildingColumn);
    assert_eq!(error("小区|楼栋|房号|姓名|与户主关系\n甲苑|1|101|张三|户主"), LedgerError::OneRowPerPerson);
}

#[test]
fn progress_counts_to_the_last_row() {
    let sheets = [sheet("", LEDGER)];
    let mut import = Import::start(&sheets, &Options::default()).expect("a ledger");
    assert_eq!(import.step(4), Progress { done: 4, of: 9 });
    assert_eq!(import.step(100), Progress { done: 9, of: 9 });
    assert_eq!(import.finish(), read(LEDGER));
}

#[test]
fn a_reason_quotes_the_cell_and_not_a_whole_page() {
    let preview = read(&format!("小区|楼栋|房号\n甲苑|1|{}", "九".repeat(1_000)));
    assert_eq!(preview.rejected[0].why, RejectReason::RoomNotUnderstood("九".repeat(40) + "…"));
}

#[test]
fn a_diet_that_speaks_of_health_is_withheld_from_volunteers() {
    let preview = read("小区|楼栋|房号|忌口|备注\n北林新苑|1|102|透析餐|放门口");
    assert!(preview.households[0].diets.is_empty() && preview.households[0].note.is_empty());
    assert_eq!(preview.withheld[0].text.0, "放门口；透析餐");
    assert_eq!(preview.warnings[0].what, Warning::NoteMentionsHealth);
}
