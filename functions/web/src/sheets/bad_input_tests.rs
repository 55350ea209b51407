//! Files that are no table, or are made to do harm: each is named for what it is, and none costs more than its limit.

use std::io::{Cursor, Write as _};

use domain::ledger::{Options, SheetError, preview};
use proptest::prelude::*;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

use super::tests::fixture;
use super::{MAX_BYTES, read};

fn package(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default().compression_method(CompressionMethod::Deflated);
    for (name, content) in parts {
        zip.start_file(*name, options).expect("part");
        zip.write_all(content).expect("content");
    }
    zip.finish().expect("zip").into_inner()
}

/// A workbook of one sheet with the given rows.
fn workbook(sheet_data: &str, after: &str) -> Vec<u8> {
    let sheet = format!(
        "<worksheet xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"><sheetData>{sheet_data}</sheetData>{after}</worksheet>"
    );
    package(&[
        ("[Content_Types].xml", b"<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"><Override PartName=\"/xl/workbook.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml\"/></Types>"),
        ("_rels/.rels", b"<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"><Relationship Id=\"rId1\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>"),
        ("xl/workbook.xml", b"<workbook xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\" xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\"><sheets><sheet name=\"S\" sheetId=\"1\" r:id=\"rId1\"/></sheets></workbook>"),
        ("xl/_rels/workbook.xml.rels", b"<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"><Relationship Id=\"rId1\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet\" Target=\"worksheets/sheet1.xml\"/></Relationships>"),
        ("xl/worksheets/sheet1.xml", sheet.as_bytes()),
    ])
}

fn cell(at: &str, text: &str) -> String {
    format!("<row><c r=\"{at}\" t=\"inlineStr\"><is><t>{text}</t></is></c></row>")
}

#[test]
fn files_that_are_no_table_are_named_for_what_they_are() {
    let compound = |stream: &str| {
        let name = stream.encode_utf16().flat_map(u16::to_le_bytes);
        b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"
            .iter()
            .copied()
            .chain(std::iter::repeat_n(0, 512))
            .chain(name)
            .collect::<Vec<u8>>()
    };
    let types = b"<Types>application/vnd.ms-excel.sheet.macroEnabled.main+xml</Types>";
    let cases: Vec<(&str, Vec<u8>, SheetError)> = vec![
        ("nothing", vec![], SheetError::Empty),
        ("a mark and spaces", b"\xEF\xBB\xBF \r\n".to_vec(), SheetError::Empty),
        ("xls", compound("Workbook"), SheetError::OldExcel),
        ("xlsx with a password", compound("EncryptedPackage"), SheetError::PasswordProtected),
        ("doc", compound("WordDocument"), SheetError::TextDocument),
        (
            "xlsm",
            package(&[("[Content_Types].xml", types), ("xl/workbook.xml", b"<workbook/>")]),
            SheetError::MacroFile,
        ),
        (
            "xlsx that hides macros",
            package(&[("xl/workbook.xml", b""), ("xl/vbaProject.bin", b"x")]),
            SheetError::MacroFile,
        ),
        ("xlsb", package(&[("xl/workbook.bin", b"x")]), SheetError::BinaryWorkbook),
        (
            "ods",
            package(&[("mimetype", b"application/vnd.oasis.opendocument.spreadsheet")]),
            SheetError::OpenDocument,
        ),
        ("numbers", package(&[("Index/Document.iwa", b"x")]), SheetError::AppleNumbers),
        (
            "docx",
            package(&[("[Content_Types].xml", b"<Types/>"), ("word/document.xml", b"x")]),
            SheetError::TextDocument,
        ),
        ("zip", package(&[("households.csv", b"a,b")]), SheetError::Archive),
        ("pdf", b"%PDF-1.7\n".to_vec(), SheetError::Pdf),
        ("png", b"\x89PNG\r\n\x1a\n0000".to_vec(), SheetError::Picture),
        ("jpeg", b"\xFF\xD8\xFF\xE0....".to_vec(), SheetError::Picture),
        ("heic", b"\0\0\0\x18ftypheic....".to_vec(), SheetError::Picture),
        ("html named xls", b"\r\n<html><table><tr><td>1</td></tr></table>".to_vec(), SheetError::WebPage),
        ("rtf", b"{\\rtf1 x}".to_vec(), SheetError::TextDocument),
        ("a program", b"\x7FELF\x02\x01\x01\0\0\0\x05\x06\x07".to_vec(), SheetError::NotASheet),
        ("latin text", b"\xE9t\xE9;na\xEFve\xFF".to_vec(), SheetError::UnknownEncoding),
        ("half a workbook", fixture("households.xlsx")[..20_000].to_vec(), SheetError::Damaged),
        ("a workbook of blanks", workbook("", ""), SheetError::Empty),
    ];
    for (what, bytes, error) in cases {
        assert_eq!(read(&bytes), Err(error), "{what}");
    }
}

#[test]
fn every_encoding_of_a_desk_reads_the_same() {
    let text = "小区,楼栋,房号,户主\r\n甲苑,１号楼,101,张三\r\n";
    let utf16 = |units: fn(u16) -> [u8; 2], bom: bool| {
        bom.then_some(0xFEFF).into_iter().chain(text.encode_utf16()).flat_map(units).collect::<Vec<u8>>()
    };
    let expected = read(text.as_bytes()).expect("utf-8");
    for bytes in [
        [b"\xEF\xBB\xBF", text.as_bytes()].concat(),
        encoding_rs::GBK.encode(text).0.into_owned(),
        utf16(u16::to_le_bytes, true),
        utf16(u16::to_be_bytes, true),
        utf16(u16::to_le_bytes, false),
    ] {
        assert_eq!(read(&bytes).as_ref(), Ok(&expected));
    }
    let mut broken = text.replace("张三", "张三丰张三丰").into_bytes();
    broken.truncate(broken.len() - 4);
    assert_eq!(read(&broken), Err(SheetError::UnknownEncoding), "broken UTF-8 is not read as GBK");
}

#[test]
fn limits_hold_before_memory_is_taken() {
    assert_eq!(read(&vec![b'x'; MAX_BYTES + 1]), Err(SheetError::TooLarge(10)));
    let zeros = vec![b' '; 70 * 1024 * 1024];
    let bomb = package(&[
        ("[Content_Types].xml", b"<Types>spreadsheetml</Types>"),
        ("xl/workbook.xml", b"<workbook/>"),
        ("xl/worksheets/sheet1.xml", &zeros),
    ]);
    assert!(bomb.len() < 1_000_000);
    assert_eq!(read(&bomb), Err(SheetError::UnpacksTooLarge(32)));
    // The unpacker itself stops where the directory said it would end.
    assert_eq!(read(&lying(bomb, zeros.len())), Err(SheetError::Damaged));
    let styles =
        package(&[("xl/workbook.xml", b"<workbook/>"), ("xl/styles.xml", &zeros[..5 * 1024 * 1024])]);
    assert_eq!(read(&styles), Err(SheetError::UnpacksTooLarge(32)));
    // Two cells in far corners.
    assert_eq!(
        read(&workbook(&(cell("A1", "x") + &cell("A1048576", "x")), "")),
        Err(SheetError::TooManyRows(20_000))
    );
    assert_eq!(
        read(&workbook(&(cell("A1", "x") + &cell("XFD1", "x")), "")),
        Err(SheetError::TooManyColumns(200))
    );
    assert_eq!(
        read(&workbook(&cell("B3", &"x".repeat(2_001)), "")),
        Err(SheetError::CellTooLong { row: 3, column: 2, limit: 2_000 })
    );
    // Merged over everything.
    let merged = workbook(
        &(cell("A1", "x") + &cell("B20000", "y")),
        "<mergeCells><mergeCell ref=\"A1:XFD1048576\"/></mergeCells>",
    );
    assert_eq!(read(&merged).expect("bearable")[0].rows.len(), 20_000);
    // Forged names and indexes.
    for forged in ["A99999999999", "ZZZZZZZZZZ1", "1", ""] {
        assert!(read(&workbook(&cell(forged, "x"), "")).is_err(), "{forged}");
    }
    let shared =
        "<row><c r=\"A1\"><f t=\"shared\" si=\"99999999999\" ref=\"A1:A2\">1+1</f><v>2</v></c></row>";
    assert_eq!(read(&workbook(shared, "")).expect("read")[0].rows[0], ["=1+1"]);
}

/// A package whose directory says that its largest part is small.
fn lying(mut bytes: Vec<u8>, true_size: usize) -> Vec<u8> {
    let size = u32::try_from(true_size).expect("small").to_le_bytes();
    let places: Vec<usize> =
        bytes.windows(4).enumerate().filter(|(_, window)| *window == size).map(|(place, _)| place).collect();
    assert!(!places.is_empty());
    for place in places {
        bytes[place..place + 4].copy_from_slice(&1_000u32.to_le_bytes());
    }
    bytes
}

proptest! {
    #[test]
    fn any_bytes_are_read_or_refused(bytes in prop::collection::vec(any::<u8>(), 0..400), start in 0..6usize) {
        let magic: [&[u8]; 6] = [b"", b"PK\x03\x04", b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", b"\xFF\xFE", b"sep=", b"\""];
        let file = [magic[start], &bytes].concat();
        if let Ok(sheets) = read(&file) {
            let _preview = preview(&sheets, &Options::default());
        }
    }

    #[test]
    fn any_damage_to_a_workbook_is_read_or_refused(at in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..12)) {
        let mut bytes = workbook(&(cell("A1", "小区") + &cell("B2", "甲苑")), "<mergeCells><mergeCell ref=\"A1:A3\"/></mergeCells>");
        for (place, byte) in at {
            let place = place.index(bytes.len());
            bytes[place] = byte;
        }
        let _result = read(&bytes);
    }

    #[test]
    fn any_sheet_xml_is_read_or_refused(xml in "(<(row|c|f|v|is|t|mergeCell)( r=\"[A-C0-9]{0,12}\"| t=\"(s|n|b|d|str|shared|inlineStr)\"| si=\"[0-9]{1,20}\"| ref=\"[A-Z0-9:]{0,12}\"| s=\"[0-9]{1,12}\"){0,3}>[0-9a-z.]{0,6}(</(row|c|f|v|is|t)>)?){0,12}") {
        let _result = read(&workbook(&xml, &xml));
    }
}
