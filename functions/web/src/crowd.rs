//! More than a server can answer at once: whoever comes on top of that is told when to come back before anything is
//! done for them, so that those who are inside are answered in time and nobody's work is done for nobody.
//!
//! On AWS a function has one request at a time and never gets here.

use std::sync::Arc;
use std::time::Duration;

use axum::body::{Body, HttpBody, to_bytes};
use axum::extract::{Request, State};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use tokio::sync::Semaphore;
use ui::pages::error::Trouble;

use crate::errors::Problem;
use crate::secret::random;
use crate::security::FORM_LIMIT;
use crate::state::AppState;

/// How many are answered at once: as many as may wait for the embedded table.
const AT_ONCE: usize = 256;
/// Whoever is sent away comes back after this at the earliest, and at twice this at the latest: not all at once.
const COME_BACK: Duration = Duration::from_secs(4);
/// What an operator's watch asks: a server that is busy is no reason to restart it.
const WATCH: &str = "/health";

/// Room for those who are being answered.
#[derive(Debug, Clone)]
pub(crate) struct Crowd(Arc<Semaphore>);

impl Default for Crowd {
    fn default() -> Self {
        Self(Arc::new(Semaphore::new(AT_ONCE)))
    }
}

/// Lets in as many as there is room for. A phone takes up room once all that it says is here: one that sends slowly
/// keeps nobody out. What is larger than a form is somebody's file or a stairwell's whole round, and finds its way in.
pub(crate) async fn turn_away(State(state): State<AppState>, request: Request, next: Next) -> Response {
    if request.uri().path() == WATCH {
        return next.run(request).await;
    }
    let small = request.body().size_hint().upper().is_some_and(|most| most <= FORM_LIMIT as u64);
    if !small {
        return next.run(request).await;
    }
    let (head, body) = request.into_parts();
    let Ok(said) = to_bytes(body, FORM_LIMIT).await else {
        return Problem::from(Trouble::NotUnderstood).into_response();
    };
    match state.crowd().0.try_acquire() {
        Ok(_room) => next.run(Request::from_parts(head, Body::from(said))).await,
        Err(_) => Problem::Crowded(later()).into_response(),
    }
}

/// Some time between the pause and its double.
fn later() -> Duration {
    let [more] = random();
    COME_BACK + Duration::from_secs(u64::from(more) % (COME_BACK.as_secs() + 1))
}
