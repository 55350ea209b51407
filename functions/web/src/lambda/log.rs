//! The function's log: one line of JSON an event, on standard output, where CloudWatch picks it up. The line of a
//! request also says what AWS cannot count by itself (refusals, pages that failed, write units of one request), in
//! CloudWatch's embedded metric format. Nobody's household, name or number is in it: `log` says what may be.

use std::fmt::{Debug, Write as _};
use std::io::Write;
use std::sync::{Mutex, PoisonError};
use std::time::{Instant, SystemTime, UNIX_EPOCH};

use axum::extract::{Request, State};
use axum::middleware::Next;
use axum::response::Response;
use serde_json::{Map, Value, json};
use store::Meter;
use tracing::field::{Field, Visit};
use tracing::level_filters::LevelFilter;
use tracing::{Event, Subscriber};
use tracing_subscriber::fmt::MakeWriter;
use tracing_subscriber::layer::{Context, Layer, SubscriberExt as _};

use crate::log::{Seen, is_ours};

/// Where the metrics stand in CloudWatch.
const NAMESPACE: &str = "LastMetre";

/// The field that asks for metrics: the line of a request has it.
const COUNTED: &str = "status";

/// The request that is being answered. A function answers one at a time, and whatever it logs meanwhile is about it.
static REQUEST: Mutex<String> = Mutex::new(String::new());

/// Sends the log to standard output. `RUST_LOG` is a level: `info` where it is missing.
pub fn start() {
    let level = std::env::var("RUST_LOG").ok().and_then(|text| text.parse().ok());
    let lines = lines(level.unwrap_or(LevelFilter::INFO), std::io::stdout);
    // A second start keeps the first.
    let _ = tracing::subscriber::set_global_default(lines);
    // The message of a panic may hold anything; where it happened is enough to find out.
    std::panic::set_hook(Box::new(|panic| {
        let at = panic.location().map(ToString::to_string);
        tracing::error!(target: "web", at = at.as_deref(), "panicked");
    }));
}

/// The log as lines of JSON.
pub fn lines<W>(level: LevelFilter, writer: W) -> impl Subscriber + Send + Sync + 'static
where
    W: for<'w> MakeWriter<'w> + Send + Sync + 'static,
{
    tracing_subscriber::registry().with(Json { writer }.with_filter(level))
}

/// Writes the line of a request, with what it cost at the table.
pub async fn line(State(meter): State<Meter>, request: Request, next: Next) -> Response {
    let started = Instant::now();
    let id = request.extensions().get::<lambda_http::Context>().map(|context| context.request_id.clone());
    REQUEST.lock().unwrap_or_else(PoisonError::into_inner).clone_from(&id.unwrap_or_default());
    // What init or an earlier request has left uncounted is not this one's.
    let _ = meter.take();
    let (response, seen) = Seen::watch(request, next).await;
    let cost = meter.take();
    tracing::info!(
        method = seen.method.as_str(),
        route = seen.route.as_deref().unwrap_or("-"),
        status = response.status().as_u16(),
        role = seen.role,
        refused = seen.refused.as_deref(),
        micros = u64::try_from(started.elapsed().as_micros()).unwrap_or(u64::MAX),
        calls = cost.calls,
        reads = cost.reads,
        writes = cost.writes,
        "answered"
    );
    response
}

struct Json<W> {
    writer: W,
}

impl<S: Subscriber, W> Layer<S> for Json<W>
where
    W: for<'w> MakeWriter<'w> + 'static,
{
    fn on_event(&self, event: &Event<'_>, _: Context<'_, S>) {
        // Only this program's own events: those of the SDK can hold whole items.
        if !is_ours(event.metadata().target()) {
            return;
        }
        let mut fields = Fields(Map::new());
        event.record(&mut fields);
        let mut fields = fields.0;
        fields.insert("level".to_owned(), event.metadata().level().as_str().into());
        let request = REQUEST.lock().unwrap_or_else(PoisonError::into_inner).clone();
        if !request.is_empty() {
            fields.insert("request".to_owned(), request.into());
        }
        if fields.contains_key(COUNTED) {
            count(&mut fields);
        }
        let mut line = Value::Object(fields).to_string();
        line.push('\n');
        // Where the log cannot be written nobody could be told.
        let _ = self.writer.make_writer().write_all(line.as_bytes());
    }
}

/// Adds metrics to the line of a request, and only those that have something to say: how many requests there were and
/// how long they took, Lambda counts itself.
fn count(fields: &mut Map<String, Value>) {
    let failed = fields.get(COUNTED).and_then(Value::as_u64).is_some_and(|status| status >= 500);
    let refused = fields.get("refused").is_some();
    let writes = fields.get("writes").and_then(Value::as_f64).unwrap_or_default();
    let counted = [
        ("Failed", "Count", failed.then_some(1.0)),
        ("Refused", "Count", refused.then_some(1.0)),
        ("WriteUnits", "None", (writes > 0.0).then_some(writes)),
    ];
    let mut metrics = Vec::new();
    for (name, unit, value) in counted {
        if let Some(value) = value {
            metrics.push(json!({ "Name": name, "Unit": unit }));
            fields.insert(name.to_owned(), value.into());
        }
    }
    if metrics.is_empty() {
        return;
    }
    let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    let now = u64::try_from(now.as_millis()).unwrap_or_default();
    // One dimension with one value: each further one would be a metric to pay for, and a household's would tell on it.
    let metrics = json!([{ "Namespace": NAMESPACE, "Dimensions": [["function"]], "Metrics": metrics }]);
    fields.insert("function".to_owned(), "web".into());
    fields.insert("_aws".to_owned(), json!({ "Timestamp": now, "CloudWatchMetrics": metrics }));
}

/// An event's fields as JSON.
struct Fields(Map<String, Value>);

impl Fields {
    fn put(&mut self, field: &Field, value: impl Into<Value>) {
        self.0.insert(field.name().to_owned(), value.into());
    }
}

impl Visit for Fields {
    fn record_debug(&mut self, field: &Field, value: &dyn Debug) {
        self.put(field, format!("{value:?}"));
    }

    fn record_str(&mut self, field: &Field, value: &str) {
        self.put(field, value);
    }

    fn record_i64(&mut self, field: &Field, value: i64) {
        self.put(field, value);
    }

    fn record_u64(&mut self, field: &Field, value: u64) {
        self.put(field, value);
    }

    fn record_f64(&mut self, field: &Field, value: f64) {
        self.put(field, value);
    }

    fn record_bool(&mut self, field: &Field, value: bool) {
        self.put(field, value);
    }

    fn record_error(&mut self, field: &Field, value: &(dyn std::error::Error + 'static)) {
        let mut text = value.to_string();
        let mut cause = value.source();
        while let Some(error) = cause {
            // Writing to a text does not fail.
            let _ = write!(text, ": {error}");
            cause = error.source();
        }
        self.put(field, text);
    }
}
