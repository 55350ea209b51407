//! The log of a function on AWS: one line of JSON an event, on standard output, where CloudWatch picks it up. Every line
//! has `level`, `message` and, while an event is worked on, `request`; the line that ends an event also says what AWS
//! cannot count by itself, in CloudWatch's embedded metric format. What may be in a line is decided by whoever writes it.

use std::fmt::{Debug, Write as _};
use std::io::Write;
use std::sync::{Mutex, PoisonError};
use std::time::{SystemTime, UNIX_EPOCH};

use serde_json::{Map, Value, json};
use tracing::field::{Field, Visit};
use tracing::level_filters::LevelFilter;
use tracing::{Event, Subscriber};
use tracing_subscriber::fmt::MakeWriter;
use tracing_subscriber::layer::{Context, Layer, SubscriberExt as _};

use crate::targets::is_ours;

/// Where the metrics stand in CloudWatch.
const NAMESPACE: &str = "LastMetre";

/// The event that is being worked on. A function works on one at a time, and whatever it logs meanwhile is about it.
static REQUEST: Mutex<String> = Mutex::new(String::new());

/// A figure that CloudWatch cannot know: its name, its unit as CloudWatch names it, and the figure.
pub type Metric = (&'static str, &'static str, f64);

/// Which metrics a line holds, by its fields; none in most.
pub type Metrics = fn(&Map<String, Value>) -> Vec<Metric>;

/// Sends the log of `function` to standard output. `RUST_LOG` is a level: `info` where it is missing.
pub fn start(function: &'static str, metrics: Metrics) {
    let level = std::env::var("RUST_LOG").ok().and_then(|text| text.parse().ok());
    let lines = lines(function, metrics, level.unwrap_or(LevelFilter::INFO), std::io::stdout);
    // A second start keeps the first.
    let _ = tracing::subscriber::set_global_default(lines);
    // The message of a panic may hold anything; where it happened is enough to find out.
    std::panic::set_hook(Box::new(move |panic| {
        let at = panic.location().map(ToString::to_string);
        // A target is a constant, and each of the functions has its own.
        match function {
            "tally" => tracing::error!(target: "tally", at = at.as_deref(), "panicked"),
            "clock" => tracing::error!(target: "clock", at = at.as_deref(), "panicked"),
            _ => tracing::error!(target: "web", at = at.as_deref(), "panicked"),
        }
    }));
}

/// The log as lines of JSON.
pub fn lines<W>(
    function: &'static str,
    metrics: Metrics,
    level: LevelFilter,
    writer: W,
) -> impl Subscriber + Send + Sync + 'static
where
    W: for<'w> MakeWriter<'w> + Send + Sync + 'static,
{
    tracing_subscriber::registry().with(Json { function, metrics, writer }.with_filter(level))
}

/// Says which event is worked on from now on: its name by AWS.
pub fn working_on(request: &str) {
    request.clone_into(&mut REQUEST.lock().unwrap_or_else(PoisonError::into_inner));
}

struct Json<W> {
    function: &'static str,
    metrics: Metrics,
    writer: W,
}

impl<S: Subscriber, W> Layer<S> for Json<W>
where
    W: for<'w> MakeWriter<'w> + 'static,
{
    fn on_event(&self, event: &Event<'_>, _: Context<'_, S>) {
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
        let metrics = (self.metrics)(&fields);
        if !metrics.is_empty() {
            embed(&mut fields, self.function, &metrics);
        }
        let mut line = Value::Object(fields).to_string();
        line.push('\n');
        // Where the log cannot be written nobody could be told.
        let _ = self.writer.make_writer().write_all(line.as_bytes());
    }
}

/// Adds metrics to a line. One dimension with one value: each further one would be a metric to pay for, and a
/// household's would tell on it.
fn embed(fields: &mut Map<String, Value>, function: &str, metrics: &[Metric]) {
    for (name, _, value) in metrics {
        fields.insert((*name).to_owned(), (*value).into());
    }
    let named: Vec<Value> =
        metrics.iter().map(|(name, unit, _)| json!({ "Name": name, "Unit": unit })).collect();
    let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    let now = u64::try_from(now.as_millis()).unwrap_or_default();
    let metrics = json!([{ "Namespace": NAMESPACE, "Dimensions": [["function"]], "Metrics": named }]);
    fields.insert("function".to_owned(), function.into());
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
