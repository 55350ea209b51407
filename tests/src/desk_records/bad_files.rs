//! Files that are no ledger: each is told apart in words at the field, nothing is written, nothing breaks.

use http::StatusCode;

use super::hands::{at_the_desk, kept, upload};
use crate::web::stage::Stage;

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

#[tokio::test]
async fn fifty_megabytes_are_read_to_the_end_and_told_as_too_large() {
    let stage = Stage::new().await;
    let desk = at_the_desk(&stage).await;
    let came = upload(&stage, &desk, "/desk/ledger", &vec![b'a'; 50 * 1024 * 1024], &[]).await;
    assert_eq!(came.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(came.body.contains("10 MB") && came.body.contains("id=\"f-file-e\""), "{}", came.body);
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
