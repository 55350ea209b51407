//! Stands between a function and its tables as AWS does: a call that `infra/permissions.tf` does not allow is refused, so
//! that every test of the functions runs with the rights they will have. It remembers what was called.

use std::collections::BTreeSet;
use std::sync::{Arc, Mutex, PoisonError};

use axum::Router;
use axum::body::{Body, Bytes};
use axum::extract::State;
use axum::http::{HeaderMap, Response, StatusCode};
use serde_json::Value;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::oneshot;

use crate::infra::rights::{On, table_rights};

/// The variables that say where the tables are and what the main one is called.
const ENDPOINT: &str = "AWS_ENDPOINT_URL_DYNAMODB";
const MAIN: &str = "LM_TABLE";
/// Functions with rights of their own.
const FUNCTIONS: [&str; 3] = ["web", "tally", "clock"];

/// One call: what on what.
type Call = (On, String);

/// Watches one function.
pub(super) struct Guard {
    address: String,
    used: Arc<Mutex<BTreeSet<Call>>>,
    /// Ends its thread when it is dropped.
    _serving: oneshot::Sender<()>,
}

struct Watched {
    table: String,
    main: String,
    allowed: BTreeSet<Call>,
    used: Arc<Mutex<BTreeSet<Call>>>,
}

impl Guard {
    /// Begins to watch a function whose environment names tables over plain HTTP; `None` for any other.
    pub(super) fn before(name: &str, environment: &[(&str, &str)]) -> Option<Self> {
        let said =
            |variable| environment.iter().rev().find(|(name, _)| *name == variable).map(|(_, value)| *value);
        let table = said(ENDPOINT)?.strip_prefix("http://").filter(|_| FUNCTIONS.contains(&name))?.to_owned();
        let rights = table_rights(name).into_iter();
        let allowed = rights.flat_map(|(on, actions)| actions.into_iter().map(move |action| (on, action)));
        let used: Arc<Mutex<BTreeSet<Call>>> = Arc::default();
        let main = said(MAIN)?.to_owned();
        let watched = Watched { table, main, allowed: allowed.collect(), used: used.clone() };
        let listener = std::net::TcpListener::bind(("127.0.0.1", 0)).expect("a free port");
        listener.set_nonblocking(true).expect("it does not block");
        let address = format!("http://{}", listener.local_addr().expect("an address"));
        let router = Router::new().fallback(pass).with_state(Arc::new(watched));
        let (serving, end) = oneshot::channel();
        // On a thread of its own: a test's waits while cargo builds another function, and a function is not that patient.
        std::thread::spawn(move || {
            let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
            runtime.expect("a runtime").block_on(async move {
                let listener = TcpListener::from_std(listener).expect("a listener");
                tokio::select! {
                    _ = axum::serve(listener, router) => {}
                    _ = end => {}
                }
            });
        });
        Some(Self { address, used, _serving: serving })
    }

    /// Leads the function here.
    pub(super) fn environment(&self) -> (&'static str, &str) {
        (ENDPOINT, &self.address)
    }

    /// What it called so far.
    pub(super) fn used(&self) -> BTreeSet<Call> {
        self.used.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

async fn pass(State(watched): State<Arc<Watched>>, headers: HeaderMap, body: Bytes) -> Response<Body> {
    let target = headers.get("x-amz-target").and_then(|value| value.to_str().ok()).unwrap_or_default();
    let operation = target.rsplit('.').next().unwrap_or_default();
    let asked: Value = serde_json::from_slice(&body).unwrap_or_default();
    let calls = calls(operation, &asked, &watched.main);
    watched.used.lock().unwrap_or_else(PoisonError::into_inner).extend(calls.iter().cloned());
    if let Some((on, action)) = calls.iter().find(|call| !watched.allowed.contains(*call)) {
        let message = format!("is not authorized to perform dynamodb:{action} on {on:?}");
        let said = serde_json::json!({
            "__type": "com.amazon.coral.service#AccessDeniedException", "Message": message,
        });
        return answer(StatusCode::BAD_REQUEST, &HeaderMap::new(), said.to_string().into());
    }
    forward(&watched.table, &headers, &body).await
}

/// Which rights an operation needs. A transaction needs those of its parts and none of its own.
fn calls(operation: &str, asked: &Value, main: &str) -> Vec<Call> {
    let on = |asked: &Value| match asked["TableName"].as_str() {
        Some(name) if name == main && asked["IndexName"].is_string() => On::Index,
        Some(name) if name == main => On::Main,
        _ => On::Sessions,
    };
    let parts = asked["TransactItems"].as_array().into_iter().flatten();
    let parts = parts.flat_map(|part| part.as_object().into_iter().flatten());
    match operation {
        "TransactWriteItems" | "TransactGetItems" => parts
            .map(|(what, part)| {
                let action = if what == "ConditionCheck" {
                    "ConditionCheckItem".to_owned()
                } else {
                    format!("{what}Item")
                };
                (on(part), action)
            })
            .collect(),
        "BatchGetItem" | "BatchWriteItem" => {
            let tables = asked["RequestItems"].as_object().into_iter().flat_map(|tables| tables.keys());
            tables
                .map(|name| (if name == main { On::Main } else { On::Sessions }, operation.to_owned()))
                .collect()
        }
        _ => vec![(on(asked), operation.to_owned())],
    }
}

/// Hands a call on as it came.
async fn forward(table: &str, headers: &HeaderMap, body: &[u8]) -> Response<Body> {
    let mut asked = format!(
        "POST / HTTP/1.1\r\nhost: {table}\r\nconnection: close\r\ncontent-length: {}\r\n",
        body.len()
    );
    for (name, value) in headers {
        if !["host", "connection", "content-length"].contains(&name.as_str()) {
            asked.push_str(&format!("{name}: {}\r\n", value.to_str().expect("ascii")));
        }
    }
    asked.push_str("\r\n");
    let mut stream = TcpStream::connect(table).await.expect("the table listens");
    stream.write_all(asked.as_bytes()).await.expect("asked");
    stream.write_all(body).await.expect("asked");
    let mut came = Vec::new();
    stream.read_to_end(&mut came).await.expect("answered");
    let end = came.windows(4).position(|four| four == b"\r\n\r\n").expect("a head");
    let head = String::from_utf8_lossy(&came[..end]).into_owned();
    let mut lines = head.lines();
    let status = lines.next().and_then(|line| line.split(' ').nth(1)?.parse().ok()).expect("a status");
    let headers = lines.filter_map(|line| line.split_once(": "));
    let kept = headers.filter(|(name, _)| {
        name.to_lowercase().starts_with("x-amz") || name.eq_ignore_ascii_case("content-type")
    });
    let kept = kept.map(|(name, value)| (name.parse().expect("a name"), value.parse().expect("a value")));
    assert!(!head.to_lowercase().contains("transfer-encoding"), "in one piece: {head}");
    answer(status, &kept.collect(), came[end + 4..].to_vec())
}

fn answer(status: StatusCode, headers: &HeaderMap, body: Vec<u8>) -> Response<Body> {
    let mut response = Response::new(Body::from(body));
    *response.status_mut() = status;
    *response.headers_mut() = headers.clone();
    response
}

#[test]
fn a_transaction_needs_the_rights_of_its_parts_and_an_index_its_own() {
    let asked = serde_json::json!({ "TransactItems": [
        { "Put": { "TableName": "main" } }, { "ConditionCheck": { "TableName": "other" } },
    ] });
    let needed = calls("TransactWriteItems", &asked, "main");
    assert_eq!(needed, [(On::Main, "PutItem".to_owned()), (On::Sessions, "ConditionCheckItem".to_owned())]);
    let asked = serde_json::json!({ "TableName": "main", "IndexName": "desk" });
    assert_eq!(calls("Query", &asked, "main"), [(On::Index, "Query".to_owned())]);
    let asked = serde_json::json!({ "RequestItems": { "main": [], "other": [] } });
    assert_eq!(calls("BatchWriteItem", &asked, "main").len(), 2);
}
