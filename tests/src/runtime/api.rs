//! The Lambda Runtime API (version 2018-06-01) on a port of the loopback interface, for one function. What starts and
//! ends the function is in `function`.

use std::collections::{HashMap, VecDeque};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use axum::Router;
use axum::body::Bytes;
use axum::extract::{DefaultBodyLimit, Path, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use serde_json::Value;
use tokio::net::TcpListener;
use tokio::sync::{Notify, oneshot, watch};

use super::function::FunctionError;

/// How long a function may work on an event, as its deadline says.
pub(super) const TIMEOUT: Duration = Duration::from_secs(60);
/// The largest event and the largest answer of a synchronous call, in bytes.
pub(super) const PAYLOAD_LIMIT: usize = 6 * 1024 * 1024;

/// One function's side of the API.
#[derive(Default)]
pub(super) struct Api {
    state: Mutex<Events>,
    news: Notify,
    /// Whether the function has asked for an event: its init is over.
    pub(super) asked: watch::Sender<bool>,
}

#[derive(Default)]
struct Events {
    waiting: VecDeque<(String, String)>,
    under_way: HashMap<String, oneshot::Sender<Result<Vec<u8>, FunctionError>>>,
    init_error: Option<Value>,
    count: u64,
}

impl Api {
    /// Listens; returns the value of `AWS_LAMBDA_RUNTIME_API`.
    pub(super) async fn listen(self: &Arc<Self>) -> (String, tokio::task::JoinHandle<()>) {
        let listener = TcpListener::bind(("127.0.0.1", 0)).await.expect("a free port");
        let address = listener.local_addr().expect("an address").to_string();
        let router = Router::new()
            .route("/2018-06-01/runtime/invocation/next", get(next))
            .route("/2018-06-01/runtime/invocation/{id}/response", post(response))
            .route("/2018-06-01/runtime/invocation/{id}/error", post(error))
            .route("/2018-06-01/runtime/init/error", post(init_error))
            .layer(DefaultBodyLimit::disable())
            .with_state(self.clone());
        let serving = tokio::spawn(async move {
            // Ends with the task; a function that still speaks then is of no interest.
            let _ = axum::serve(listener, router).await;
        });
        (address, serving)
    }

    /// Puts an event in line.
    pub(super) fn send(&self, event: String) -> oneshot::Receiver<Result<Vec<u8>, FunctionError>> {
        let (answer, answered) = oneshot::channel();
        let mut events = self.events();
        events.count += 1;
        let id = format!("00000000-0000-4000-8000-{:012x}", events.count);
        events.waiting.push_back((id.clone(), event));
        events.under_way.insert(id, answer);
        drop(events);
        self.news.notify_one();
        answered
    }

    /// What the function reported when it could not start.
    pub(super) fn init_error(&self) -> String {
        self.events().init_error.as_ref().map(ToString::to_string).unwrap_or_default()
    }

    fn finish(&self, id: &str, outcome: Result<Vec<u8>, FunctionError>) -> StatusCode {
        match self.events().under_way.remove(id) {
            Some(answer) => {
                // Whoever asked may have given up.
                let _ = answer.send(outcome);
                StatusCode::ACCEPTED
            }
            None => StatusCode::BAD_REQUEST,
        }
    }

    fn events(&self) -> std::sync::MutexGuard<'_, Events> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Waits for an event, as long as it takes.
async fn next(State(api): State<Arc<Api>>) -> Response {
    api.asked.send_replace(true);
    loop {
        let event = api.events().waiting.pop_front();
        if let Some((id, event)) = event {
            let deadline = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default() + TIMEOUT;
            let headers = [
                ("content-type", "application/json".to_owned()),
                ("lambda-runtime-aws-request-id", id),
                ("lambda-runtime-deadline-ms", deadline.as_millis().to_string()),
                (
                    "lambda-runtime-invoked-function-arn",
                    "arn:aws:lambda:us-east-1:123456789012:function:emulated".to_owned(),
                ),
                (
                    "lambda-runtime-trace-id",
                    "Root=1-5bef4de7-ad49b0e87f6ef6c87fc2e700;Parent=9a9197af755a6419;Sampled=0".to_owned(),
                ),
            ];
            return (headers_of(headers), event).into_response();
        }
        api.news.notified().await;
    }
}

async fn response(State(api): State<Arc<Api>>, Path(id): Path<String>, body: Bytes) -> StatusCode {
    if body.len() > PAYLOAD_LIMIT {
        api.finish(&id, Err(FunctionError::AnswerTooLarge(body.len())));
        return StatusCode::PAYLOAD_TOO_LARGE;
    }
    api.finish(&id, Ok(body.to_vec()))
}

async fn error(
    State(api): State<Arc<Api>>,
    Path(id): Path<String>,
    headers: HeaderMap,
    body: Bytes,
) -> StatusCode {
    api.finish(&id, Err(FunctionError::Reported(reported(&headers, &body))))
}

async fn init_error(State(api): State<Arc<Api>>, headers: HeaderMap, body: Bytes) -> StatusCode {
    api.events().init_error = Some(reported(&headers, &body));
    StatusCode::ACCEPTED
}

/// The error as the function describes it; its type may stand in a header only.
fn reported(headers: &HeaderMap, body: &[u8]) -> Value {
    let kind = headers.get("lambda-runtime-function-error-type").and_then(|value| value.to_str().ok());
    let mut error = serde_json::from_slice(body).unwrap_or_else(|_| serde_json::json!({}));
    if let (Some(kind), Value::Object(fields)) = (kind, &mut error) {
        fields.entry("errorType").or_insert_with(|| kind.into());
    }
    error
}

fn headers_of(pairs: impl IntoIterator<Item = (&'static str, String)>) -> HeaderMap {
    let parsed = |text: String| text.parse().expect("ascii");
    pairs.into_iter().map(|(name, value)| (name.parse().expect("a header's name"), parsed(value))).collect()
}
