//! One line a request: method, route as written in the table (never the address itself, which can hold a code),
//! status, time, role, and the word for a "no". No names, no ids of households, no bodies, no query.

use std::cell::RefCell;
use std::time::Instant;

use axum::extract::{MatchedPath, Request};
use axum::middleware::Next;
use axum::response::Response;
use domain::wire::Refusal;
use http::{Method, StatusCode};
use serde_json::Value;
use store::is_ours;
use tracing_subscriber::fmt::MakeWriter;
use tracing_subscriber::layer::SubscriberExt as _;
use tracing_subscriber::{EnvFilter, filter, fmt};

use crate::errors::TroubleSeen;
use crate::visitor::RoleSeen;

tokio::task_local! {
    /// Why facts of the request that this task answers were refused.
    static REFUSED: RefCell<Vec<Refusal>>;
}

/// Notes for the line of the request that a fact was refused.
pub fn refused(refusal: &Refusal) {
    // Outside of a request nobody asks.
    let _ = REFUSED.try_with(|refused| refused.borrow_mut().push(refusal.clone()));
}

/// What a request's line says, apart from the time.
pub struct Seen {
    /// Its method.
    pub method: Method,
    /// Its route as written in the table; `None` where nothing is.
    pub route: Option<String>,
    /// What whoever asked is here.
    pub role: &'static str,
    /// The words for why facts were refused.
    pub refused: Option<String>,
    /// The word for why nothing was done: not allowed, a form of another site.
    pub trouble: Option<&'static str>,
}

impl Seen {
    /// Has the request answered and looks on.
    pub async fn watch(request: Request, next: Next) -> (Response, Self) {
        let method = request.method().clone();
        let route = request.extensions().get::<MatchedPath>().map(|path| path.as_str().to_owned());
        let answered = REFUSED.scope(RefCell::default(), async {
            let response = next.run(request).await;
            (response, REFUSED.with(RefCell::take))
        });
        let (response, refused) = answered.await;
        let role = response.extensions().get::<RoleSeen>().map_or("stranger", |seen| seen.0);
        let trouble = response.extensions().get::<TroubleSeen>().map(|seen| seen.0);
        let refused: Vec<String> = refused.iter().map(word).collect();
        let refused = Some(refused.join(",")).filter(|words| !words.is_empty());
        (response, Self { method, route, role, refused, trouble })
    }

    /// Whether a file of the site was served: nothing else is found where the table of routes has nothing.
    #[must_use]
    pub fn is_file(&self, status: StatusCode) -> bool {
        self.route.is_none() && (status.is_success() || status == StatusCode::NOT_MODIFIED)
    }
}

/// The refusal's word, without the menu or number that some carry.
fn word(refusal: &Refusal) -> String {
    match serde_json::to_value(refusal) {
        Ok(Value::String(word)) => word,
        Ok(Value::Object(fields)) => fields.keys().next().cloned().unwrap_or_default(),
        _ => String::new(),
    }
}

/// Writes the line.
pub async fn line(request: Request, next: Next) -> Response {
    let started = Instant::now();
    let (response, seen) = Seen::watch(request, next).await;
    tracing::info!(
        method = %seen.method,
        route = seen.route.as_deref().unwrap_or("-"),
        status = response.status().as_u16(),
        role = seen.role,
        refused = seen.refused.as_deref(),
        trouble = seen.trouble,
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
    let ours = filter::filter_fn(|metadata| is_ours(metadata.target()));
    let lines = fmt::layer().with_writer(writer).with_target(false).with_ansi(coloured);
    tracing_subscriber::registry().with(EnvFilter::new(wanted)).with(ours).with(lines)
}
