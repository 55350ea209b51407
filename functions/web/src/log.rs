//! One line a request: method, route as written in the table (never the address itself, which can hold a code),
//! status, time, role. No names, no ids of households, no bodies, no query.

use std::time::Instant;

use axum::extract::{MatchedPath, Request};
use axum::middleware::Next;
use axum::response::Response;

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

/// Sends the log to the error stream: `RUST_LOG` decides how much, `info` of this program by default. The SDK's own
/// events can hold whole items, so they are never let through.
pub fn start(default: &str) {
    use tracing_subscriber::layer::SubscriberExt as _;
    use tracing_subscriber::util::SubscriberInitExt as _;
    use tracing_subscriber::{EnvFilter, filter, fmt};
    let wanted = EnvFilter::try_from_default_env().unwrap_or_else(|_| EnvFilter::new(default));
    let ours = filter::filter_fn(|metadata| {
        ["web", "store", "local"].iter().any(|name| {
            metadata.target() == *name
                || metadata.target().strip_prefix(name).is_some_and(|rest| rest.starts_with("::"))
        })
    });
    let coloured = std::io::IsTerminal::is_terminal(&std::io::stderr());
    let lines = fmt::layer().with_writer(std::io::stderr).with_target(false).with_ansi(coloured);
    // A second start (several servers in one test process) keeps the first.
    let _ = tracing_subscriber::registry().with(wanted).with(ours).with(lines).try_init();
}
