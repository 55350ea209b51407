//! The log of `web` as a function: the line of each request, with what it cost at the table. Nobody's household, name
//! or number is in it: `log` says what may be.

use std::time::Instant;

use axum::extract::{Request, State};
use axum::middleware::Next;
use axum::response::Response;
use serde_json::{Map, Value};
use store::Meter;
use store::function_log::{self, Metric};

use crate::log::Seen;

/// The field that asks for metrics: the line of a request has it.
const COUNTED: &str = "status";

/// Sends the log to standard output.
pub fn start() {
    function_log::start("web", metrics);
}

/// Writes the line of a request, with what it cost at the table. A file that was served has none: where no CDN stands
/// before the function there are more of them than of pages, and they say nothing that Lambda does not count.
pub async fn line(State(meter): State<Meter>, request: Request, next: Next) -> Response {
    let started = Instant::now();
    let id = request.extensions().get::<lambda_http::Context>().map(|context| context.request_id.clone());
    function_log::working_on(&id.unwrap_or_default());
    let before = meter.usage();
    let (response, seen) = Seen::watch(request, next).await;
    if seen.is_file(response.status()) {
        return response;
    }
    let cost = meter.usage().since(before);
    tracing::info!(
        method = seen.method.as_str(),
        route = seen.route.as_deref().unwrap_or("-"),
        status = response.status().as_u16(),
        role = seen.role,
        refused = seen.refused.as_deref(),
        trouble = seen.trouble,
        micros = u64::try_from(started.elapsed().as_micros()).unwrap_or(u64::MAX),
        calls = cost.calls,
        reads = cost.reads,
        writes = cost.writes,
        "answered"
    );
    response
}

/// Only what has something to say: how many requests there were and how long they took, Lambda counts itself.
pub fn metrics(fields: &Map<String, Value>) -> Vec<Metric> {
    let Some(status) = fields.get(COUNTED).and_then(Value::as_u64) else { return Vec::new() };
    let writes = fields.get("writes").and_then(Value::as_f64).unwrap_or_default();
    let counted = [
        ("Failed", "Count", f64::from(u8::from(status >= 500))),
        ("Refused", "Count", f64::from(u8::from(fields.contains_key("refused")))),
        ("WriteUnits", "None", writes),
    ];
    counted.into_iter().filter(|(_, _, value)| *value > 0.0).collect()
}
