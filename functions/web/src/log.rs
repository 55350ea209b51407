//! One line a request: method, route as written in the table (never the address itself, which can hold a code),
//! status, time, role. No names, no ids of households, no bodies, no query.

use std::time::Instant;

use axum::extract::{MatchedPath, Request};
use axum::middleware::Next;
use axum::response::Response;
use tracing_subscriber::fmt::MakeWriter;
use tracing_subscriber::layer::SubscriberExt as _;
use tracing_subscriber::{EnvFilter, filter, fmt};

use crate::visitor::RoleSeen;

/// Writes the line.
pub async fn line(request: Request, next: Next) -> Response {
    let started = Instant::now();
    let method = request.method().clone();
    let route = request.extensions().get::<MatchedPath>().map(|path| path.as_str().to_owned());
    let response = next.run(request).await;
    let role = response.extensions().get::<RoleSeen>().map_or("stranger", |seen| seen.0);
    tracing::info!(
        %method,
        route = route.as_deref().unwrap_or("-"),
        status = response.status().as_u16(),
        role,
        micros = u64::try_from(started.elapsed().as_micros()).unwrap_or(u64::MAX),
        "answered"
    );
    response
}

/// Sends the log to the error stream: `RUST_LOG` decides how much, `default` of this program otherwise.
pub fn start(default: &str) {
    let wanted = std::env::var("RUST_LOG").unwrap_or_else(|_| default.to_owned());
    let coloured = std::io::IsTerminal::is_terminal(&std::io::stderr());
    // A second start (several servers in one test process) keeps the first.
    let _ = tracing::subscriber::set_global_default(lines(&wanted, std::io::stderr, coloured));
}

/// The log as lines. Only this program's own events: those of the SDK can hold whole items.
pub fn lines<W>(wanted: &str, writer: W, coloured: bool) -> impl tracing::Subscriber + Send + Sync + 'static
where
    W: for<'w> MakeWriter<'w> + Send + Sync + 'static,
{
    let ours = filter::filter_fn(|metadata| {
        let target = metadata.target();
        ["web", "store", "local"].iter().any(|name| {
            target == *name || target.strip_prefix(name).is_some_and(|rest| rest.starts_with("::"))
        })
    });
    let lines = fmt::layer().with_writer(writer).with_target(false).with_ansi(coloured);
    tracing_subscriber::registry().with(EnvFilter::new(wanted)).with(ours).with(lines)
}
