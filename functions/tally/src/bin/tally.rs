//! The function that reads the main table's stream. What it cannot tally now is named in its answer, so that only that
//! comes again; what it can never read goes to the queue of dead letters with its reason, and is done with.

use std::process::ExitCode;
use std::time::{Instant, SystemTime, UNIX_EPOCH};

use domain::Millis;
use lambda_runtime::{LambdaEvent, service_fn};
use serde_json::{Map, Value, json};
use store::function_log::{self, Metric};
use store::{Meter, PushKey, Store, StoreConfig, StoreError, TableNames, parameters, send_message};
use tally::push::{Hosts, NoRinger, Ringer};
use tally::{Tally, stream_records};

/// The main table's name.
const TABLE: &str = "LM_TABLE";
/// The push key, or the name of the parameter that holds it; without either no phone is rung.
const PUSH_KEY: &str = "LM_PUSH_KEY";
/// The address phones know: whom push services may turn to.
const PUBLIC_URL: &str = "LM_PUBLIC_URL";
/// Instead of a value there may be the name of the parameter that holds it, in a variable of this ending.
const PARAMETER: &str = "_PARAMETER";
/// Further push services, with commas between.
const MORE_HOSTS: &str = "LM_PUSH_HOSTS";
/// The queue of dead letters.
const DEAD_LETTERS: &str = "LM_DEAD_LETTERS";

/// Why the function cannot start.
#[derive(Debug, thiserror::Error)]
enum StartError {
    #[error("the function's environment or its secrets")]
    Store(#[from] StoreError),
    #[error("the push key")]
    Ringer(#[from] NoRinger),
    #[error("{PUBLIC_URL} is not set: push services want to know who calls")]
    NoAddress,
    #[error("the first read of the table: has the function the right to it?")]
    FirstRead(#[source] StoreError),
}

struct Function {
    tally: Tally,
    meter: Meter,
    dead_letters: Option<String>,
}

fn main() -> ExitCode {
    function_log::start("tally", metrics);
    let runtime = match tokio::runtime::Builder::new_current_thread().enable_all().build() {
        Ok(runtime) => runtime,
        Err(error) => return failed(&error),
    };
    runtime.block_on(async {
        let function = match start().await {
            Ok(function) => function,
            Err(error) => return failed(&error),
        };
        let function = &function;
        let handler = service_fn(move |event: LambdaEvent<Value>| async move {
            function_log::working_on(&event.context.request_id);
            Ok::<_, std::convert::Infallible>(batch(function, &event.payload).await)
        });
        match lambda_runtime::run(handler).await {
            Ok(()) => ExitCode::SUCCESS,
            Err(error) => failed(&*error),
        }
    })
}

fn variable(name: &str) -> Option<String> {
    std::env::var(name).ok().map(|text| text.trim().to_owned()).filter(|text| !text.is_empty())
}

async fn start() -> Result<Function, StartError> {
    let main = variable(TABLE).ok_or_else(|| StoreError::Denied { code: format!("{TABLE} is not set") })?;
    // No name of the sessions table: this function has no right to it.
    let tables = TableNames { main, sessions: String::new() };
    let store = Store::in_function(StoreConfig { tables, ..StoreConfig::default() })?;
    let named = |name| Some((name, variable(&format!("{name}{PARAMETER}"))?));
    let fetched = parameters([PUSH_KEY, PUBLIC_URL].into_iter().filter_map(named).collect()).await?;
    let given = |name| fetched.get(name).cloned().or_else(|| variable(name));
    let ringer = match given(PUSH_KEY) {
        Some(key) => {
            let subject = given(PUBLIC_URL).ok_or(StartError::NoAddress)?;
            let more = variable(MORE_HOSTS).unwrap_or_default();
            let hosts = Hosts::with(more.split(',').map(str::to_owned));
            Some(Ringer::new(PushKey::parse(&key)?, &subject, hosts)?)
        }
        None => None,
    };
    // The first connection is made here, not by the first record.
    store.tallied_until().await.map_err(StartError::FirstRead)?;
    let (store, meter) = store.metered();
    Ok(Function { tally: Tally::new(store, ringer), meter, dead_letters: variable(DEAD_LETTERS) })
}

/// Tallies a batch; the answer names what is to come again.
async fn batch(function: &Function, event: &Value) -> Value {
    let started = Instant::now();
    let tallied = function.tally.tally(stream_records(event), now()).await;
    let mut again = tallied.again;
    let dead = tallied.dead.len();
    for letter in tallied.dead {
        let Some(queue) = &function.dead_letters else { continue };
        let message = json!({ "record": letter.record, "item": letter.place, "reason": letter.reason });
        if let Err(error) = send_message(queue, &message).await {
            let error: &dyn std::error::Error = &error;
            tracing::error!(target: "tally", error, "a dead letter did not reach its queue; its record comes again");
            again.push(letter.record);
        }
    }
    let (lines, rung) = (tallied.lines, tallied.rung);
    let cost = function.meter.take();
    tracing::info!(
        target: "tally",
        lines,
        rung,
        dead,
        again = again.len(),
        micros = u64::try_from(started.elapsed().as_micros()).unwrap_or(u64::MAX),
        calls = cost.calls,
        reads = cost.reads,
        writes = cost.writes,
        "tallied"
    );
    let again: Vec<Value> = again.into_iter().map(|record| json!({ "itemIdentifier": record })).collect();
    json!({ "batchItemFailures": again })
}

fn metrics(fields: &Map<String, Value>) -> Vec<Metric> {
    let value = |name: &str| fields.get(name).and_then(Value::as_f64).unwrap_or_default();
    let counted = [
        ("DeadLetters", "Count", value("dead")),
        ("Again", "Count", value("again")),
        ("Rung", "Count", value("rung")),
        ("WriteUnits", "None", value("writes")),
    ];
    counted.into_iter().filter(|(_, _, value)| *value > 0.0).collect()
}

fn now() -> Millis {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    Millis(i64::try_from(since.as_millis()).unwrap_or(i64::MAX))
}

fn failed(error: &(dyn std::error::Error + 'static)) -> ExitCode {
    tracing::error!(target: "tally", error, "the function cannot start");
    ExitCode::FAILURE
}
