//! What somebody sees who is not signed in: a welcome, the numbers, and nothing about anybody.

use axum::body::Body;
use domain::door_code::DoorToken;
use domain::{BuildingId, DoorId};
use http::{HeaderMap, Method, StatusCode, header};
use web::assets::Site;
use web::secret::random;

use super::stage::{HERE, Stage};
use crate::temp_dir::TempDir;

#[tokio::test]
async fn a_door_card_answers_strangers_alike_known_or_not() {
    let stage = Stage::new().await;
    let known = DoorToken::from_random(random());
    let c = &stage.state.config().community;
    stage.state.store().issue_card(c, BuildingId(1), DoorId(1), &known).await.expect("a card");
    let unknown = DoorToken::from_random(random());
    let a = stage.get(None, &format!("/d/{}", known.text())).await;
    let b = stage.get(None, &format!("/d/{}", unknown.text())).await;
    assert_eq!((a.status, &a.body), (b.status, &b.body));
    assert_eq!(a.status, StatusCode::OK);
    assert!(!a.body.contains("101"));
}

#[tokio::test]
async fn every_page_carries_the_policy_and_is_never_cached() {
    let stage = Stage::new().await;
    let phone = stage.resident(HERE).await;
    for (who, path) in
        [(None, "/"), (Some(&phone), "/household"), (Some(&phone), "/nowhere"), (None, "/health")]
    {
        let came = stage.get(who, path).await;
        let policy = came.headers[header::CONTENT_SECURITY_POLICY].to_str().expect("ascii");
        assert!(policy.contains("default-src 'none'") && policy.contains("'wasm-unsafe-eval'"), "{policy}");
        assert!(!policy.contains("unsafe-inline") && !policy.contains("http"), "{policy}");
        assert!(policy.contains("base-uri 'none'") && policy.contains("frame-ancestors 'none'"), "{policy}");
        assert_eq!(came.headers[header::STRICT_TRANSPORT_SECURITY], "max-age=31536000");
        assert_eq!(came.headers[header::REFERRER_POLICY], "same-origin");
        assert!(!came.headers.contains_key(header::ACCESS_CONTROL_ALLOW_ORIGIN), "{path}");
        let kind = came.headers[header::CONTENT_TYPE].to_str().expect("ascii");
        assert!(kind.ends_with("; charset=utf-8"), "{path}: {kind}");
        assert_eq!(came.headers[header::CACHE_CONTROL], "no-store", "{path}");
        assert_eq!(came.headers[header::X_CONTENT_TYPE_OPTIONS], "nosniff");
        assert!(!came.body.contains("<script>") && !came.body.contains(" style="), "{path}: {}", came.body);
    }
}

#[tokio::test]
async fn an_answer_to_a_program_is_no_page_and_nobody_is_told_what_they_sent() {
    let stage = Stage::new().await;
    let phone = stage.resident(HERE).await;
    for (who, status) in [(None, StatusCode::UNAUTHORIZED), (Some(&phone), StatusCode::OK)] {
        let came = stage.get(who, "/api/me").await;
        assert_eq!(came.status, status);
        assert_eq!(came.headers[header::CONTENT_TYPE], "application/json");
        assert_eq!(came.headers[header::X_CONTENT_TYPE_OPTIONS], "nosniff");
        assert_eq!(
            came.headers[header::CONTENT_SECURITY_POLICY],
            "default-src 'none'; frame-ancestors 'none'"
        );
        assert_eq!(came.headers[header::CACHE_CONTROL], "no-store");
        assert_eq!(came.headers[header::STRICT_TRANSPORT_SECURITY], "max-age=31536000");
        assert!(!came.headers.contains_key(header::ACCESS_CONTROL_ALLOW_ORIGIN));
    }
    // TRACE would give a script the cookie that it must not read.
    for path in ["/", "/household", "/api/me", "/pkg/x.js"] {
        let request =
            stage.request(Method::TRACE, Some(&phone), path).header("sec-fetch-site", "same-origin");
        let came = stage.send(request.body(Body::empty()).expect("a request")).await;
        assert!(came.status.is_client_error(), "{path}: {}", came.status);
        assert!(!came.body.contains(&phone.cookie), "{path}: {}", came.body);
    }
}

#[test]
fn no_folder_and_nothing_beside_the_site_is_served() {
    let place = TempDir::new();
    let site = place.path().join("site");
    let wrote = |path: &str, text: &str| {
        let path = place.path().join(path);
        std::fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        std::fs::write(path, text).expect("a file");
    };
    wrote("care.txt", "a key");
    wrote("site/assets.json", r#"{ "release": "r1", "css": { "core": "/pkg/core.0123.css" } }"#);
    wrote("site/pkg/core.0123.css", "a {}");
    wrote("site/.git/config", "[core]");
    let site = Site::load(&site).expect("a site");
    let none = HeaderMap::new();
    assert!(site.serve("/pkg/core.0123.css", &none).is_some());
    for path in
        ["/", "/pkg", "/pkg/", "/../care.txt", "/pkg/../../care.txt", "/%2e%2e/care.txt", "/.git/config"]
    {
        assert!(site.serve(path, &none).is_none(), "{path}");
    }
}

#[tokio::test]
async fn a_shell_knows_nobody() {
    let stage = Stage::new().await;
    let phone = stage.resident(HERE).await;
    for page in ["home", "order", "household", "need", "notices", "round", "stop", "scan", "outbox"] {
        let stranger = stage.get(None, &format!("/shell/{page}?lang=zh")).await;
        let resident = stage.get(Some(&phone), &format!("/shell/{page}?lang=zh")).await;
        assert_eq!(stranger.status, StatusCode::OK, "{page}");
        assert_eq!(stranger.body, resident.body, "{page} differs by who asks");
        assert!(stranger.body.contains("data-page=") && stranger.body.contains("tel:120"), "{page}");
        assert_eq!(stranger.headers[header::CACHE_CONTROL], "no-cache");
    }
}

#[tokio::test]
async fn a_phone_gets_all_shells_of_its_audience_in_one_answer() {
    let stage = Stage::new().await;
    for (audience, pages) in
        [("resident", ["home", "order", "household", "need"]), ("field", ["round", "stop", "scan", "outbox"])]
    {
        let came = stage.get(None, &format!("/shells/{audience}")).await;
        assert_eq!(came.headers[header::CACHE_CONTROL], "no-cache");
        let shells: std::collections::BTreeMap<String, String> =
            serde_json::from_str(&came.body).expect("shells");
        for url in pages.iter().flat_map(|page| ["zh", "en"].map(|lang| format!("/shell/{page}?lang={lang}")))
        {
            assert_eq!(
                shells.get(&url),
                Some(&stage.get(None, &url).await.body),
                "{url} is another page alone"
            );
        }
    }
    assert_eq!(stage.get(None, "/shells/desk").await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn a_choice_of_language_and_size_stays() {
    let stage = Stage::new().await;
    let came = stage.get(None, "/lang/en?to=/order?run=1").await;
    assert_eq!(came.location(), Some("/order?run=1"));
    assert!(came.headers[header::SET_COOKIE].to_str().expect("ascii").starts_with("lang=en;"));
    let large = stage.get(None, "/text/large?to=/").await;
    assert!(large.headers[header::SET_COOKIE].to_str().expect("ascii").starts_with("elder=1;"));
    assert!(stage.get(None, "/lang/tlh").await.headers.get(header::SET_COOKIE).is_none());
}
