//! The function that AWS's scheduler calls every minute. The event says nothing that matters: whatever it holds, and
//! however late or often it comes, everything that is due by now is done.

use std::process::ExitCode;
use std::time::{SystemTime, UNIX_EPOCH};

use domain::Millis;
use lambda_runtime::{LambdaEvent, service_fn};
use serde_json::{Value, json};
use store::{Store, StoreConfig, StoreError, TableNames};
use tracing_subscriber::layer::SubscriberExt as _;
use tracing_subscriber::util::SubscriberInitExt as _;
use tracing_subscriber::{EnvFilter, fmt};

/// The main table's name.
const TABLE: &str = "LM_TABLE";

fn main() -> ExitCode {
    // Only this program's own events: those of the SDK can hold whole items.
    let wanted = EnvFilter::new("clock=info,store=info");
    tracing_subscriber::registry().with(wanted).with(fmt::layer().with_ansi(false).with_target(false)).init();
    let runtime = match tokio::runtime::Builder::new_current_thread().enable_all().build() {
        Ok(runtime) => runtime,
        Err(error) => return failed(&error),
    };
    runtime.block_on(async {
        let store = match open().await {
            Ok(store) => store,
            Err(error) => return failed(&error),
        };
        let store = &store;
        let handler = service_fn(move |_: LambdaEvent<Value>| async move {
            let ticked = clock::tick_or_fail(store, now()).await?;
            tracing::info!(target: "clock", sealed = ticked.sealed, told = ticked.told, "ticked");
            Ok::<_, lambda_runtime::Error>(json!({ "sealed": ticked.sealed, "told": ticked.told }))
        });
        match lambda_runtime::run(handler).await {
            Ok(()) => ExitCode::SUCCESS,
            Err(error) => failed(&*error),
        }
    })
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
