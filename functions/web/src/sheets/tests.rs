//! The desk sends its ledger in every form it may have, and takes a pick list home.

use std::fs;
use std::io::Cursor;
use std::path::PathBuf;

use domain::ledger::menu_sheet::read_menus;
use domain::ledger::{Column, LedgerError, Options, Preview, Sheet, SheetError, preview};
use proptest::prelude::*;
use rust_xlsxwriter::{ExcelDateTime, Format, Formula, Workbook};

use super::out::{Cell, SheetOut, csv, xlsx};
use super::read;

pub(super) fn fixture(name: &str) -> Vec<u8> {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../tests/fixtures").join(name);
    fs::read(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

fn import(bytes: &[u8]) -> Preview {
    preview(&read(bytes).expect("a table"), &Options::default()).expect("a ledger")
}

/// What the expected file of a ledger says, of what was imported.
fn summary(preview: &Preview) -> serde_json::Value {
    serde_json::json!({
        "compounds": preview.compounds.len(),
        "buildings": preview.buildings(),
        "households": preview.households.len(),
        "people": preview.people,
        "over_60": preview.over_60,
        "care_flags": preview.care.len(),
        "duplicate_rows": preview.duplicates.len(),
        "rejected_rows": preview.rejected.len(),
        "blank_rows": preview.blank_rows,
        "skipped_rows": preview.skipped.len(),
        "rejected_why": preview.rejected.iter().map(|rejected| rejected.why.words()).collect::<Vec<_>>(),
    })
}

fn assert_as_expected(name: &str, expected: &str) {
    let expected: serde_json::Value = serde_json::from_slice(&fixture(expected)).expect("json");
    let found = summary(&import(&fixture(name)));
    for (what, expected) in
        expected.as_object().expect("an object").iter().filter(|(what, _)| *what != "note")
    {
        assert_eq!(&found[what], expected, "{what} of {name}");
    }
}

#[test]
fn the_ledger_of_three_compounds_comes_out_right_from_both_files() {
    for name in ["households.csv", "households.xlsx"] {
        assert_as_expected(name, "households.expected.json");
    }
    let (text, workbook) = (import(&fixture("households.csv")), import(&fixture("households.xlsx")));
    assert_eq!(text.households, workbook.households);
    assert_eq!(
        (&text.phones, &text.care, &text.rejected),
        (&workbook.phones, &workbook.care, &workbook.rejected)
    );
    assert!(text.households.iter().any(|household| household.note == "=1+1"), "a formula is text");
    assert_eq!(
        text.rejected.iter().map(|rejected| rejected.at.row).collect::<Vec<_>>(),
        [864, 865, 866, 867]
    );
    assert_eq!(text.duplicates.iter().map(|duplicate| duplicate.same_as.row).collect::<Vec<_>>(), [3, 4, 5]);
}

#[test]
fn ledgers_of_other_desks_come_out_right() {
    for name in ["english-semicolon.csv", "gbk-two-titles.csv", "unicode-text.txt", "merged-export.csv"] {
        let (stem, _) = name.split_once('.').expect("an ending");
        assert_as_expected(&format!("ledgers/{name}"), &format!("ledgers/{stem}.expected.json"));
    }
}

#[test]
fn the_menus_come_out_right_and_no_file_is_taken_for_the_other() {
    let menus = read_menus(&read(&fixture("menus.csv")).expect("a table")).expect("menus");
    assert_eq!((menus.menus.len(), menus.rejected.len(), menus.rows_read), (7, 0, 25));
    let oil = &menus.menus[3].items[2];
    assert_eq!(
        (oil.name.in_lang(domain::Lang::En), oil.quantity.to_string().as_str()),
        ("peanut oil", "1.8")
    );
    assert!(read_menus(&read(&fixture("households.csv")).expect("a table")).is_err());
    for other in ["menus.csv", "needs.csv"] {
        let error =
            preview(&read(&fixture(other)).expect("a table"), &Options::default()).expect_err("no ledger");
        assert!(matches!(error, LedgerError::NoHeader(_)), "{other}: {error}");
    }
}

#[test]
fn a_workbook_with_merged_cells_dates_floats_and_a_sheet_a_building_is_read() {
    let mut book = Workbook::new();
    let (plain, date) = (Format::new(), Format::new().set_num_format("m-d"));
    for building in ["1号楼", "2号楼"] {
        let sheet = book.add_worksheet();
        sheet.set_name(building).expect("name");
        sheet.merge_range(0, 0, 0, 4, "戊苑住户台账", &plain).expect("title");
        for (column, name) in (0..).zip(["小区", "单元", "房号", "人数", "备注"]) {
            sheet.write_string(1, column, name).expect("header");
        }
        sheet.merge_range(2, 0, 4, 0, "戊苑", &plain).expect("compound");
        sheet.merge_range(2, 1, 3, 1, "1单元", &plain).expect("unit");
        sheet.write_string(4, 1, "2单元").expect("unit");
        for (row, room) in (2..).zip([101.0, 102.0, 101.0]) {
            sheet.write_number(row, 2, room).expect("room").write_number(row, 3, 2.0).expect("people");
        }
        sheet.write_formula(2, 4, Formula::new("=1+1").set_result("2")).expect("note");
        // Formatted, empty and far away.
        sheet.write_blank(50_000, 500, &plain).expect("blank");
    }
    let sheet = book.worksheet_from_name("2号楼").expect("sheet");
    sheet
        .write_datetime_with_format(3, 2, ExcelDateTime::from_ymd(2022, 1, 2).expect("date"), &date)
        .expect("room");
    let hidden = book.add_worksheet();
    hidden.set_hidden(true).write_string(0, 0, "小区").expect("hidden");
    let preview = import(&book.save_to_buffer().expect("a workbook"));
    let doors: Vec<_> = preview
        .households
        .iter()
        .map(|household| {
            let place = &household.place;
            format!("{}-{}-{}", place.building, place.spot.unit, place.spot.room)
        })
        .collect();
    assert_eq!(doors, ["1-1-101", "1-1-102", "1-2-101", "2-1-101", "2-2-101"]);
    assert_eq!(preview.rejected[0].why.words(), "turned into a date");
    assert_eq!((preview.rejected[0].at.sheet, preview.rejected[0].at.row), (1, 4));
    assert_eq!((preview.households[0].note.as_str(), preview.people), ("=1+1", 10));
    assert_eq!(preview.sheets.len(), 2);
    assert!(
        !preview.sheets[0].filled_down.contains(&Column::Compound),
        "the merged regions say it, no guess is needed"
    );
}

#[test]
fn importing_twice_finds_the_same_doors_whatever_the_file_format() {
    let keys = |name: &str| {
        import(&fixture(name)).households.iter().map(|household| household.place.key()).collect::<Vec<_>>()
    };
    assert_eq!(keys("households.csv"), keys("households.xlsx"));
}

#[test]
fn a_pick_list_comes_back_as_it_was_written_and_runs_nothing() {
    let sheet = SheetOut {
        name: String::new(),
        title: "分拣单: 3号楼/A [1]".into(),
        header: vec!["品名".into(), "数量".into(), "重量".into()],
        rows: vec![
            vec!["=1+1".into(), Cell::Number(52), Cell::Thousandths(1_500)],
            vec!["+86 000".into(), Cell::Number(-3), Cell::Thousandths(-1)],
            vec!["@SUM(A1)\"x\",y".into()],
        ],
    };
    let back = read(&xlsx(&[sheet.clone(), sheet.clone()]).expect("a workbook")).expect("a table");
    assert_eq!(
        back.iter().map(|sheet| sheet.name.as_str()).collect::<Vec<_>>(),
        ["分拣单  3号楼 A  1", "分拣单  3号楼 A  1 2"]
    );
    assert_eq!(
        back[0].rows[1..],
        [
            vec!["品名".to_owned(), "数量".into(), "重量".into()],
            vec!["=1+1".into(), "52".into(), "1.5".into()],
            vec!["+86 000".into(), "-3".into(), "-0.001".into()],
            vec!["@SUM(A1)\"x\",y".into()],
        ]
    );
    let bytes = xlsx(std::slice::from_ref(&sheet)).expect("a workbook");
    let mut package = zip::ZipArchive::new(Cursor::new(bytes)).expect("zip");
    let xml =
        std::io::read_to_string(package.by_name("xl/worksheets/sheet1.xml").expect("sheet")).expect("text");
    assert!(!xml.contains("<f>"), "no formula is written");
    let text = String::from_utf8(csv(&sheet)).expect("utf-8");
    assert_eq!(
        text,
        "\u{FEFF}品名,数量,重量\r\n'=1+1,52,1.5\r\n'+86 000,-3,-0.001\r\n\"'@SUM(A1)\"\"x\"\",y\"\r\n"
    );
}

proptest! {
    #[test]
    fn what_is_written_as_csv_is_read_back(rows in prop::collection::vec(prop::collection::vec("[ -~张三，＝\n]{0,12}", 1..5), 1..8)) {
        let sheet = SheetOut {
            name: String::new(),
            title: String::new(),
            header: vec!["甲".into(), "乙".into()],
            rows: rows.iter().map(|row| row.iter().map(|cell| cell.as_str().into()).collect()).collect(),
        };
        let back = read(&csv(&sheet)).expect("a table");
        for (row, written) in back[0].rows.iter().skip(1).zip(&rows) {
            for (cell, written) in row.iter().zip(written) {
                prop_assert_eq!(cell.strip_prefix('\'').filter(|_| cell != written).unwrap_or(cell), if written.trim().is_empty() { "" } else { written });
            }
        }
    }
}

/// Twenty thousand rows: the largest ledger that is taken.
#[test]
fn the_largest_ledger_is_read_and_one_row_more_is_refused() {
    let row = |number: usize| format!("甲苑,{},1,{}01,户{number},2\n", number % 50 + 1, number % 30 + 1);
    let header = "小区,楼栋,单元,房号,户主,人数\n".to_owned();
    let text: String = std::iter::once(header).chain((0..super::MAX_ROWS - 1).map(row)).collect();
    let sheets: Vec<Sheet> = read(text.as_bytes()).expect("a table");
    let preview = preview(&sheets, &Options::default()).expect("a ledger");
    assert_eq!(preview.households.len(), super::MAX_ROWS - 1);
    assert_eq!(read((text + &row(0)).as_bytes()), Err(SheetError::TooManyRows(20_000)));
}
