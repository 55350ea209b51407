//! Pages as Lambda hands them on: compressed in base64, cookies apart, redirects, errors that end nothing.

use http::Method;
use serde_json::json;

use super::browser::text_of;
use super::start::web;
use super::{Browser, FunctionError, local_table};
use crate::temp_dir::TempDir;
use crate::web::stage::settings;

#[tokio::test]
async fn a_stranger_chooses_a_language_and_gets_a_packed_page() {
    let Some(table) = local_table().await else { return };
    table.store.create_community(&settings()).await.expect("a community");
    let function = web(&table, &TempDir::new()).await;
    let mut browser = Browser::new(&function);
    let page = browser.open("/").await;
    assert_eq!(page.answered.status, 200, "{}", page.text);
    assert_eq!(page.answered.header("content-encoding"), Some("br"));
    assert!(page.answered.was_base64 && page.text.contains("lang=\"zh"), "{}", page.text);
    // The names of the files come from beside the binary, the files themselves do not.
    assert!(page.text.contains("/pkg/core.0123.css"), "{}", page.text);
    assert_eq!(browser.open("/pkg/core.0123.css").await.answered.status, 404);

    let chosen = browser.send(&Method::GET, "/lang/en?to=%2Fsignin", &[], b"").await;
    assert_eq!((chosen.status, chosen.header("location")), (303, Some("/signin")));
    assert!(chosen.cookies.iter().any(|cookie| cookie.starts_with("lang=en")), "{chosen:?}");
    let page = browser.open("/signin").await;
    assert!(page.text.contains("lang=\"en") && page.path == "/signin", "{}", page.text);

    // A form without script arrives in base64; the page that comes back keeps what was typed.
    let wrong = browser.press("/enrol", &[("code", "K7F3")]).await;
    assert_eq!(wrong.answered.status, 422);
    assert!(wrong.text.contains("K7F3"), "{}", wrong.text);

    let plain = browser.send(&Method::GET, "/", &[("accept-encoding", "identity")], b"").await;
    assert!(!plain.was_base64 && text_of(&plain).contains("<html"));
}

#[tokio::test]
async fn an_event_that_is_no_request_is_answered_with_an_error_and_the_next_one_works() {
    let Some(table) = local_table().await else { return };
    let function = web(&table, &TempDir::new()).await;
    let refused = function.invoke(&json!({ "Records": [] })).await;
    assert!(matches!(refused, Err(FunctionError::Reported(_))), "{refused:?}");
    let page = Browser::new(&function).open("/signin").await;
    assert_ne!(page.answered.status, 403, "{}", page.text);
}
