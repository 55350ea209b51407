//! Bad input: a clear answer, nothing lost, never a 5xx.

use std::io::Write as _;

use domain::Millis;
use http::{Method, StatusCode, header};
use serde_json::json;

use super::stage::{HERE, NOON, Stage};

#[tokio::test]
async fn too_much_is_said_to_be_too_much() {
    let stage = Stage::new().await;
    let phone = stage.resident(HERE).await;
    let large = "x".repeat(2 * 1024 * 1024 + 1);
    let came = stage.hand_in(&phone.hand_in, large).await;
    assert_eq!(
        (came.status, came.body.as_str()),
        (StatusCode::PAYLOAD_TOO_LARGE, r#"{"error":"too_large"}"#)
    );

    // Small on the wire, two gigabytes unpacked if anybody unpacked it.
    let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    for _ in 0..64 {
        packed.write_all(&[b' '; 1024 * 1024]).expect("packed");
    }
    let packed = packed.finish().expect("packed");
    let request = stage
        .request(Method::POST, None, "/api/facts")
        .header("sec-fetch-site", "same-origin")
        .header(header::CONTENT_ENCODING, "gzip")
        .header(header::AUTHORIZATION, format!("Bearer {}", phone.hand_in));
    let came = stage.send(request.body(packed.into()).expect("a request")).await;
    assert_eq!(came.status, StatusCode::PAYLOAD_TOO_LARGE);

    let many: Vec<_> = (0..501).map(|_| json!({})).collect();
    let came = stage.hand_in(&phone.hand_in, json!({ "sent": NOON, "facts": many }).to_string()).await;
    assert_eq!(came.status, StatusCode::PAYLOAD_TOO_LARGE);

    let form = stage.form(Some(&phone), "/act", &[("text", &"字".repeat(50_000))]).await;
    assert_eq!(form.status, StatusCode::PAYLOAD_TOO_LARGE);
    assert!(form.body.starts_with("<!DOCTYPE html>"));
}

#[tokio::test]
async fn what_is_no_batch_is_said_not_to_be_understood() {
    let stage = Stage::new().await;
    let phone = stage.resident(HERE).await;
    let deep = format!("{}{}", "[".repeat(100_000), "]".repeat(100_000));
    for body in
        ["", "null", "[]", "{", "\u{0}", r#"{"sent":"x","facts":[]}"#, r#"{"sent":1,"facts":[7]}"#, &deep]
    {
        let came = stage.hand_in(&phone.hand_in, body.to_owned()).await;
        assert_eq!(came.status, StatusCode::BAD_REQUEST, "{:.40}", body);
    }
    let request = stage
        .request(Method::POST, None, "/api/facts")
        .header("sec-fetch-site", "same-origin")
        .header(header::CONTENT_ENCODING, "gzip")
        .header(header::AUTHORIZATION, format!("Bearer {}", phone.hand_in));
    let came = stage.send(request.body("not gzip".into()).expect("a request")).await;
    assert!(came.status.is_client_error(), "{}", came.status);
    for token in ["", "x", &"0".repeat(64)] {
        assert_eq!(stage.hand_in(token, "{}").await.status, StatusCode::UNAUTHORIZED);
    }
}

#[tokio::test]
async fn addresses_that_lead_nowhere_say_so_kindly() {
    let stage = Stage::new().await;
    let phone = stage.resident(HERE).await;
    for path in [
        "/nowhere",
        "/d/x",
        "/d/%00",
        "/e/%E4%BD%A0",
        "/i/..%2f..",
        "/shell/etc",
        "/lang/xx",
        "/lang/zh?to=//evil.example",
        "/order?run=99999999999999",
        "/order?boxes-A=-1&pick-P=999",
        "/round/1/1",
        "/round/x/y",
        "/pkg/../assets.json",
        "/assets.json",
        "/behalf/99/order",
        "/order?run=%ff",
        "/order/review?run=1&boxes-A=70000",
    ] {
        for who in [None, Some(&phone)] {
            let came = stage.get(who, path).await;
            assert!(!came.status.is_server_error(), "{path}: {}", came.status);
            let to = came.location().unwrap_or("/");
            assert!(to.starts_with('/') && !to.starts_with("//"), "{path} leads to {to}");
        }
    }
    let missing = stage.get(None, "/nowhere").await;
    assert_eq!(missing.status, StatusCode::NOT_FOUND);
    assert!(missing.body.contains("tel:120") && missing.body.contains("没有这个页面"), "{}", missing.body);
    let request = stage.request(Method::GET, None, "/nowhere").header(header::ACCEPT_LANGUAGE, "en");
    let english = stage.send(request.body(axum::body::Body::empty()).expect("a request")).await;
    assert!(english.body.contains("No such page") && english.body.contains("lang=\"en\""));
}

#[tokio::test]
async fn forms_of_every_shape_are_answered() {
    let stage = Stage::new().await;
    let phone = stage.resident(HERE).await;
    for fields in [
        vec![],
        vec![("act", "fly")],
        vec![("act", "order"), ("h", "x"), ("run", "1"), ("boxes-A", "1")],
        vec![("act", "order"), ("h", "1"), ("run", "77"), ("boxes-A", "1")],
        vec![("act", "cancel"), ("h", "1"), ("run", "1"), ("was", "no id")],
        vec![("act", "dispute"), ("h", "1"), ("run", "1"), ("about", "00"), ("says", "x")],
        vec![("act", "need"), ("h", "1"), ("category", "food"), ("text", "\u{0}\u{1}")],
        vec![("act", "seen"), ("h", "1"), ("about", "4294967296")],
        vec![
            ("act", "order"),
            ("h", "1"),
            ("run", "1"),
            ("boxes-A", "1"),
            ("fact", "ffffffffffffffffffffffffffffffff"),
        ],
    ] {
        let came = stage.form(Some(&phone), "/act", &fields).await;
        assert!(!came.status.is_server_error(), "{fields:?}: {}", came.status);
    }
    stage.state.clock().set(NOON + 400 * Millis::DAY);
    assert_eq!(stage.get(Some(&phone), "/household").await.location(), Some("/"), "an old session ends");
}
