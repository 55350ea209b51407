//! Files that are no ledger: each is told apart in words at the field, nothing is written, nothing breaks.

use std::io::{Cursor, Write as _};

use http::StatusCode;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

use super::hands::{at_the_desk, follow, hidden, kept, upload};
use crate::web::stage::{Phone, Stage};

#[tokio::test]
async fn a_file_that_is_no_ledger_is_told_at_the_field() {
    let stage = Stage::new().await;
    let desk = at_the_desk(&stage).await;
    let before = kept(&stage).await;
    let wide = vec!["x"; 10_000].join(",");
    let png: &[u8] = b"\x89PNG\r\n\x1a\n0000000000";
    let cases: [(&str, &[u8]); 8] = [
        ("empty", b""),
        ("words", "这里没有表格".as_bytes()),
        ("a picture", png),
        ("a PDF", b"%PDF-1.7\n%abc"),
        ("half a workbook", b"PK\x03\x04broken"),
        ("old Excel", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1old"),
        ("10,000 columns", wide.as_bytes()),
        ("noise", &[0xff, 0x00, 0xfe, 0x01, 0x80, 0x9f]),
    ];
    for (what, file) in cases {
        for path in ["/desk/ledger", "/desk/menus"] {
            let came = upload(&stage, &desk, path, file, &[]).await;
            assert_eq!(came.status, StatusCode::UNPROCESSABLE_ENTITY, "{what} at {path}: {}", came.body);
            assert!(came.body.contains("id=\"f-file-e\""), "{what} at {path} is not told at the field");
        }
    }
    assert_eq!(kept(&stage).await.version, before.version, "nothing was written");
}

/// A packed file with these parts.
fn package(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let mut packed = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default().compression_method(CompressionMethod::Deflated);
    for (name, content) in parts {
        packed.start_file(*name, options).expect("a part");
        packed.write_all(content).expect("its content");
    }
    packed.finish().expect("a file").into_inner()
}

/// What the program says to files that are made to do harm, or that a desk sends by mistake.
struct Harmful {
    what: &'static str,
    file: Vec<u8>,
    zh: &'static str,
    en: &'static str,
}

fn harmful() -> Vec<Harmful> {
    let blank = vec![b' '; 40 * 1024 * 1024];
    let bomb = package(&[
        ("[Content_Types].xml", b"<Types>spreadsheetml</Types>"),
        ("xl/workbook.xml", b"<workbook/>"),
        ("xl/worksheets/sheet1.xml", &blank),
    ]);
    assert!(bomb.len() < 200_000, "small on the wire");
    let macros = b"<Types>application/vnd.ms-excel.sheet.macroEnabled.main+xml</Types>";
    let with_macros = package(&[("[Content_Types].xml", macros), ("xl/workbook.xml", b"<workbook/>")]);
    let name = "Workbook".encode_utf16().flat_map(u16::to_le_bytes);
    let compound = b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1".iter().copied().chain(std::iter::repeat_n(0, 512));
    let old: Vec<u8> = compound.chain(name).collect();
    let case = |what, file, zh, en| Harmful { what, file, zh, en };
    vec![
        case(
            "50 MB",
            vec![b'a'; 50 * 1024 * 1024],
            "文件超过 10 MB。请去掉图片和不用的表，或分几次上传。",
            "The file is larger than 10 MB. Remove pictures and old sheets, or send it in parts.",
        ),
        case(
            "a zip bomb",
            bomb,
            "文件展开后超过 32 MB。请把表复制到新的工作簿里再上传。",
            "Unpacked, this file is larger than 32 MB. Copy the table into a new workbook and send that.",
        ),
        case(
            "a workbook with macros, .xlsm",
            with_macros.clone(),
            "这个工作簿带有宏（.xlsm）。请另存为不带宏的 .xlsx 后再上传。",
            "This workbook has macros (.xlsm). Save it as .xlsx without macros and send that.",
        ),
        case(
            "an old .xls, whatever it is called",
            old,
            "这是旧版 Excel 文件（.xls）。请用 Excel 或 WPS 打开，另存为 .xlsx 后再上传。",
            "This is an old Excel file (.xls). Open it in Excel or WPS, choose Save as, then .xlsx, and send that.",
        ),
        case(
            "10,000 columns",
            vec!["x"; 10_000].join(",").into_bytes(),
            "超过 200 列，请去掉不需要的列。",
            "The file has more than 200 columns. Remove those that are not needed.",
        ),
    ]
}

#[tokio::test]
async fn harmful_files_are_told_at_the_field_in_the_reader_s_language_and_nothing_is_lost() {
    let stage = Stage::new().await;
    let english = at_the_desk(&stage).await;
    let chinese = Phone { cookie: english.cookie.replace("lang=en", "lang=zh"), ..english.clone() };
    let before = kept(&stage).await;
    for Harmful { what, file, zh, en } in harmful() {
        for path in ["/desk/ledger", "/desk/menus"] {
            for (desk, words) in [(&chinese, zh), (&english, en)] {
                let came = upload(&stage, desk, path, &file, &[]).await;
                assert_eq!(came.status, StatusCode::UNPROCESSABLE_ENTITY, "{what} at {path}");
                let told = came.body.split("id=\"f-file-e\"").nth(1).expect("told at the field");
                assert!(told.contains(words), "{what} at {path}: {words}: {told:.400}");
            }
        }
    }
    let after = kept(&stage).await;
    assert_eq!((after.version, &after.community), (before.version, &before.community), "nothing was touched");
}

#[tokio::test]
async fn a_ledger_in_gbk_is_taken() {
    let stage = Stage::new().await;
    let desk = at_the_desk(&stage).await;
    let file = include_bytes!("../../fixtures/ledgers/gbk-two-titles.csv");
    let came = upload(&stage, &desk, "/desk/ledger", file, &[]).await;
    let (path, page) = follow(&stage, &desk, &came).await;
    assert!(page.body.contains("<b>4</b> households"), "{}", page.body);
    let version = hidden(&page.body, "version");
    stage.form(Some(&desk), &path, &[("version", &version)]).await;
    let places = kept(&stage).await.community.places.clone();
    let names: Vec<&str> = places.households.values().map(|household| household.holder.as_str()).collect();
    assert!(names.contains(&"李四") && names.contains(&"王五"), "{names:?}");
}

#[tokio::test]
async fn a_form_without_a_file_and_one_that_is_none_are_refused_in_words() {
    let stage = Stage::new().await;
    let desk = at_the_desk(&stage).await;
    let came = stage.form(Some(&desk), "/desk/ledger", &[("file", "x")]).await;
    assert_eq!(came.status, StatusCode::BAD_REQUEST, "{}", came.body);
    for id in ["x", "../../etc", &"0".repeat(32), &"é".repeat(16)] {
        let path = format!("/desk/ledger/import/{}", crate::web::stage::percent(id));
        let came = stage.get(Some(&desk), &path).await;
        assert!(!came.status.is_server_error(), "{id}: {}", came.status);
    }
}
