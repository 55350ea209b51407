//! More phones at once than a server can answer.

use futures_util::future::join_all;
use http::{StatusCode, header};
use store::{Fault, FaultPlan, Faults, StoreConfig};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

use super::stage::{Came, Stage};

const ROOM: usize = 256;
const PHONES: usize = 1_000;

fn wait(came: &Came) -> u64 {
    let header = came.headers.get(header::RETRY_AFTER).expect("when to come back");
    header.to_str().expect("text").parse().expect("seconds")
}

#[tokio::test]
async fn who_finds_no_room_is_told_when_to_come_back_and_the_others_are_answered() {
    let faults = Faults::new(FaultPlan::only(0, Fault::Delay, 1_000));
    let config = StoreConfig { faults: Some(faults), ..StoreConfig::default() };
    let (stage, _) = Stage::metered_with(config).await;
    let pages = join_all((0..PHONES).map(|_| stage.get(None, "/")));
    let (came, program, watch) = tokio::join!(pages, stage.get(None, "/api/me"), stage.get(None, "/health"));

    let (inside, outside): (Vec<Came>, Vec<Came>) =
        came.into_iter().partition(|came| came.status == StatusCode::OK);
    assert!(
        inside.len() >= ROOM && !outside.is_empty(),
        "{} answered, {} sent away",
        inside.len(),
        outside.len()
    );
    for came in &outside {
        assert_eq!(came.status, StatusCode::SERVICE_UNAVAILABLE);
        assert!((4..=8).contains(&wait(came)), "{}", wait(came));
        assert!(came.body.contains("<html"), "a person reads words: {}", came.body);
    }
    let waits: std::collections::BTreeSet<u64> = outside.iter().map(wait).collect();
    assert!(waits.len() > 1, "they do not all come back at once");

    assert_eq!(program.body, r#"{"error":"busy"}"#, "a program is told with a word");
    assert_eq!(watch.status, StatusCode::OK, "whoever watches the server hears that it lives");

    // Once those inside are gone there is room again.
    assert_eq!(stage.get(None, "/").await.status, StatusCode::OK);
}

#[tokio::test]
async fn phones_that_send_slowly_keep_nobody_out() {
    let stage = Stage::new().await;
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let address = listener.local_addr().expect("an address");
    let app = stage.router.clone();
    tokio::spawn(async move { axum::serve(listener, app).await });
    let head = "POST /signin HTTP/1.1\r\nhost: lm.example.org\r\ncontent-length: 900\r\n\r\nbegun";
    let mut slow = Vec::new();
    for _ in 0..PHONES {
        let mut phone = TcpStream::connect(address).await.expect("a connection");
        phone.write_all(head.as_bytes()).await.expect("sent");
        slow.push(phone);
    }
    let mut phone = TcpStream::connect(address).await.expect("a connection");
    let asked = "GET / HTTP/1.1\r\nhost: lm.example.org\r\nconnection: close\r\n\r\n";
    phone.write_all(asked.as_bytes()).await.expect("sent");
    let mut answer = String::new();
    phone.read_to_string(&mut answer).await.expect("an answer");
    assert!(answer.starts_with("HTTP/1.1 200"), "{}", answer.lines().next().unwrap_or_default());
}
