//! The function that AWS's scheduler calls every minute. The event says nothing that matters: whatever it holds, and
//! however late or often it comes, everything that is due by now is done.

use std::process::ExitCode;
use std::time::{Instant, SystemTime, UNIX_EPOCH};

use clock::{Ticked, Unfinished};
use domain::Millis;
use lambda_runtime::{LambdaEvent, service_fn};
use serde_json::{Map, Value, json};
use store::function_log::{self, Metric};
use store::{Meter, Store, StoreConfig, StoreError, TableNames};

/// The main table's name.
const TABLE: &str = "LM_TABLE";

fn main() -> ExitCode {
    function_log::start("clock", metrics);
    let runtime = match tokio::runtime::Builder::new_current_thread().enable_all().build() {
        Ok(runtime) => runtime,
        Err(error) => return failed(&error),
    };
    runtime.block_on(async {
        let (store, meter) = match open().await {
            Ok(store) => store.metered(),
            Err(error) => return failed(&error),
        };
        let (store, meter) = (&store, &meter);
        let handler = service_fn(move |event: LambdaEvent<Value>| async move {
            function_log::working_on(&event.context.request_id);
            let started = Instant::now();
            // What init has left uncounted is not this call's.
            let _ = meter.take();
            let ticked = clock::tick_or_fail(store, now()).await;
            line(&ticked, started, meter);
            let ticked = ticked?;
            Ok::<_, lambda_runtime::Error>(json!({ "sealed": ticked.sealed, "told": ticked.told }))
        });
        match lambda_runtime::run(handler).await {
            Ok(()) => ExitCode::SUCCESS,
            Err(error) => failed(&*error),
        }
    })
}

/// The line that ends a call.
fn line(ticked: &Result<Ticked, Unfinished>, started: Instant, meter: &Meter) {
    let (sealed, told, failed) = match ticked {
        Ok(ticked) => (ticked.sealed, ticked.told, 0),
        Err(unfinished) => (0, 0, unfinished.failed.max(1)),
    };
    let cost = meter.take();
    tracing::info!(
        target: "clock",
        sealed,
        told,
        failed,
        micros = u64::try_from(started.elapsed().as_micros()).unwrap_or(u64::MAX),
        calls = cost.calls,
        reads = cost.reads,
        writes = cost.writes,
        "ticked"
    );
}

fn metrics(fields: &Map<String, Value>) -> Vec<Metric> {
    let value = |name: &str| fields.get(name).and_then(Value::as_f64).unwrap_or_default();
    let counted = [
        ("Sealed", "Count", value("sealed")),
        ("Failed", "Count", value("failed")),
        ("WriteUnits", "None", value("writes")),
    ];
    counted.into_iter().filter(|(_, _, value)| *value > 0.0).collect()
}

/// The table, with its first connection made before the first event.
async fn open() -> Result<Store, StoreError> {
    let main =
        std::env::var(TABLE).map_err(|_| StoreError::Denied { code: format!("{TABLE} is not set") })?;
    // No name of the sessions table: this function has no right to it.
    let tables = TableNames { main, sessions: String::new() };
    let store = Store::in_function(StoreConfig { tables, ..StoreConfig::default() })?;
    store.due(Millis(0)).await?;
    Ok(store)
}

fn now() -> Millis {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    Millis(i64::try_from(since.as_millis()).unwrap_or(i64::MAX))
}

fn failed(error: &(dyn std::error::Error + 'static)) -> ExitCode {
    tracing::error!(target: "clock", error, "the function cannot start");
    ExitCode::FAILURE
}
