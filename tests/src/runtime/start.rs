//! The function `web` starts, or says plainly why it does not.

use http::Method;

use super::browser::{ORIGIN_SECRET, text_of};
use super::table::LocalTable;
use super::{Edge, Function, local_table};
use crate::temp_dir::TempDir;

/// What an operator sets, besides the tables.
pub(super) fn settings(site: &TempDir) -> Vec<(&'static str, &str)> {
    let names = r#"{ "release": "r1", "css": { "core": "/pkg/core.0123.css" } }"#;
    std::fs::write(site.path().join("assets.json"), names).expect("a file");
    vec![
        ("LM_PUBLIC_URL", "https://lm.example.org"),
        ("LM_COMMUNITY", "beilin"),
        ("LM_ORIGIN_SECRETS", ORIGIN_SECRET),
        ("LM_CARE_KEYS", "0707070707070707070707070707070707070707070707070707070707070707"),
        ("LM_SITE", site.path().to_str().expect("a plain path")),
    ]
}

/// The function over these tables.
pub(super) async fn web(table: &LocalTable, site: &TempDir) -> Function {
    let mut environment = settings(site);
    environment.extend(table.environment());
    Function::start("web", &environment).await.unwrap_or_else(|error| panic!("it starts: {}", error.log))
}

#[tokio::test]
async fn without_its_environment_the_function_names_everything_that_is_missing() {
    let not_started = Function::start("web", &[("LM_TABLE", "main")]).await.err().expect("it cannot start");
    for name in ["LM_PUBLIC_URL", "LM_SESSIONS_TABLE", "LM_ORIGIN_SECRETS", "LM_CARE_KEYS"] {
        assert!(not_started.log.contains(name), "{name}: {}", not_started.log);
    }
    assert!(!not_started.log.contains("LM_TABLE "), "{}", not_started.log);
}

#[tokio::test]
async fn a_table_that_is_not_there_is_said_before_the_first_request() {
    let Some(table) = local_table().await else { return };
    let site = TempDir::new();
    let mut environment = settings(&site);
    environment.extend(table.environment());
    environment.push(("LM_TABLE", "another-name"));
    let not_started = Function::start("web", &environment).await.err().expect("it cannot start");
    assert!(not_started.log.contains("the first read of the table"), "{}", not_started.log);
}

#[tokio::test]
async fn whoever_does_not_come_through_the_cdn_is_refused() {
    let Some(table) = local_table().await else { return };
    let function = web(&table, &TempDir::new()).await;
    let ask = async |secret: &str| {
        let edge = Edge::FunctionUrl;
        let event = edge.event(&Method::GET, "/signin", &[("x-origin-secret", secret)], &[], b"");
        edge.read(&function.invoke(&event).await.expect("an answer"))
    };
    for wrong in ["", "the-cdn-says-it-is", "the-cdn-says-it-is-the-cdn,"] {
        let refused = ask(wrong).await;
        assert_eq!(refused.status, 403);
        assert!(!text_of(&refused).contains('<'), "a page was drawn for a stranger");
    }
    assert_ne!(ask(ORIGIN_SECRET).await.status, 403);
}
