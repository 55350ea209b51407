//! What the function does before its first request, so that no request waits for it: secrets from the parameter store,
//! the connection to the table with its TLS.

use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use axum::Json;
use axum::http::HeaderMap;
use axum::routing::post;
use serde_json::{Value, json};
use tokio::net::{TcpListener, TcpStream};
use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::ServerConfig;
use tokio_rustls::rustls::crypto::ring;
use tokio_rustls::rustls::pki_types::{PrivateKeyDer, PrivatePkcs8KeyDer};

use super::browser::ORIGIN_SECRET;
use super::start::settings;
use super::{Browser, Function, local_table};
use crate::figures::record;
use crate::temp_dir::TempDir;
use crate::web::stage;

/// TLS in front of the table: counts who shakes hands. Returns the port and the certificate in PEM.
async fn counting_tls(table: String, shaken: Arc<AtomicU32>) -> (u16, String) {
    let made = rcgen::generate_simple_self_signed(["localhost".to_owned()]).expect("a certificate");
    let key = PrivateKeyDer::from(PrivatePkcs8KeyDer::from(made.signing_key.serialize_der()));
    let config = ServerConfig::builder_with_provider(Arc::new(ring::default_provider()))
        .with_safe_default_protocol_versions()
        .expect("versions")
        .with_no_client_auth()
        .with_single_cert(vec![made.cert.der().clone()], key)
        .expect("certificate and key fit");
    let acceptor = TlsAcceptor::from(Arc::new(config));
    let listener = TcpListener::bind(("127.0.0.1", 0)).await.expect("a free port");
    let port = listener.local_addr().expect("an address").port();
    let behind = table.trim_start_matches("http://").to_owned();
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            let (acceptor, shaken, behind) = (acceptor.clone(), shaken.clone(), behind.clone());
            tokio::spawn(async move {
                let Ok(mut stream) = acceptor.accept(stream).await else { return };
                shaken.fetch_add(1, Ordering::SeqCst);
                let mut table = TcpStream::connect(behind).await.expect("the table listens");
                // Either side may hang up.
                let _ = tokio::io::copy_bidirectional(&mut stream, &mut table).await;
            });
        }
    });
    (port, made.cert.pem())
}

#[tokio::test]
async fn the_first_request_shakes_no_hands() {
    let Some(table) = local_table().await else { return };
    table.store.create_community(&stage::settings()).await.expect("a community");
    let shaken = Arc::new(AtomicU32::new(0));
    let (port, certificate) = counting_tls(table.endpoint.clone(), shaken.clone()).await;
    let site = TempDir::new();
    let trusted = site.path().join("trusted.pem");
    std::fs::write(&trusted, certificate).expect("a file");
    let endpoint = format!("https://localhost:{port}");
    let mut environment = settings(&site);
    environment.extend(table.environment());
    environment.push(("AWS_ENDPOINT_URL_DYNAMODB", &endpoint));
    environment.push(("SSL_CERT_FILE", trusted.to_str().expect("a plain path")));
    let function = Function::start("web", &environment).await;
    let function = function.unwrap_or_else(|error| panic!("it starts: {}", error.log));
    let in_init = shaken.load(Ordering::SeqCst);
    assert!(in_init >= 1, "nothing went through TLS");

    // Somebody whose session the table is asked for.
    let mut browser = Browser::new(&function);
    browser.keep("__Host-lm", &web::secret::new_tokens().session.text());
    assert_eq!(browser.open("/").await.answered.status, 200);
    // The answer is there before its line in the log.
    let last =
        || function.log().lines().filter_map(|line| serde_json::from_str::<Value>(line).ok()).next_back();
    let written = async {
        while last().is_none() {
            tokio::task::yield_now().await;
        }
    };
    tokio::time::timeout(Duration::from_secs(30), written).await.expect("a line for each request");
    let calls = last();
    assert!(calls.as_ref().is_some_and(|line| line["calls"].as_u64() > Some(0)), "{calls:?}");
    let first = shaken.load(Ordering::SeqCst) - in_init;
    let note = format!("{in_init} in init, where a naive function makes them in the first request");
    record("P11.tls", first.into(), Some(in_init.into()), &note);
    assert_eq!(first, 0);
}

/// The parameter store, as far as a function needs it.
async fn parameter_store(headers: HeaderMap, body: String) -> Json<Value> {
    let header =
        |name: &str| headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default().to_owned();
    assert_eq!(header("x-amz-target"), "AmazonSSM.GetParameters");
    assert_eq!(header("content-type"), "application/x-amz-json-1.1");
    assert!(header("authorization").contains("/us-east-1/ssm/aws4_request"), "{headers:?}");
    let asked: Value = serde_json::from_str(&body).expect("json");
    assert_eq!(asked["WithDecryption"], true);
    let known = [
        ("/lm/care-1", "07".repeat(32)),
        ("/lm/care-2", "q".repeat(43)),
        ("/lm/origin", ORIGIN_SECRET.to_owned()),
    ];
    let asked: Vec<&str> =
        asked["Names"].as_array().into_iter().flatten().filter_map(Value::as_str).collect();
    let found = known.into_iter().filter(|(name, _)| asked.contains(name));
    let found: Vec<Value> = found.map(|(name, value)| json!({ "Name": name, "Value": value })).collect();
    Json(json!({ "Parameters": found, "InvalidParameters": [] }))
}

#[tokio::test]
async fn secrets_may_wait_in_the_parameter_store() {
    let Some(table) = local_table().await else { return };
    let listener = TcpListener::bind(("127.0.0.1", 0)).await.expect("a free port");
    let ssm = format!("http://{}", listener.local_addr().expect("an address"));
    tokio::spawn(async move {
        let router = axum::Router::new().route("/", post(parameter_store));
        let _ = axum::serve(listener, router).await;
    });
    let site = TempDir::new();
    let mut environment = settings(&site);
    environment.retain(|(name, _)| !["LM_CARE_KEYS", "LM_ORIGIN_SECRETS"].contains(name));
    environment.extend(table.environment());
    environment.push(("AWS_ENDPOINT_URL_SSM", &ssm));
    environment.push(("LM_ORIGIN_SECRETS_PARAMETER", "/lm/origin"));
    let mut wrong = environment.clone();
    wrong.push(("LM_CARE_KEYS_PARAMETER", "/lm/care-1,/lm/care-9"));
    environment.push(("LM_CARE_KEYS_PARAMETER", "/lm/care-1,/lm/care-2"));

    let function = Function::start("web", &environment).await;
    let function = function.unwrap_or_else(|error| panic!("it starts: {}", error.log));
    assert_ne!(Browser::new(&function).open("/signin").await.answered.status, 403);
    let not_started = Function::start("web", &wrong).await.err().expect("one is missing");
    assert!(
        not_started.log.contains("/lm/care-9") && !not_started.log.contains("qqq"),
        "{}",
        not_started.log
    );
}
