//! What somebody sees who is not signed in: a welcome, the numbers, and nothing about anybody.

use domain::door_code::DoorToken;
use domain::{BuildingId, DoorId};
use http::{StatusCode, header};
use web::secret::random;

use super::stage::{HERE, Stage};

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
        assert_eq!(came.headers[header::CACHE_CONTROL], "no-store", "{path}");
        assert_eq!(came.headers[header::X_CONTENT_TYPE_OPTIONS], "nosniff");
        assert!(!came.body.contains("<script>") && !came.body.contains(" style="), "{path}: {}", came.body);
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
