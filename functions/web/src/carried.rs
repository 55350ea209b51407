//! A request that changes something is carried to its end, whether whoever asked is still there or not.
//!
//! A phone that walks out of signal, or a page that is left, closes its connection, and the server drops what it was
//! doing between two steps: a fact would be in the table, and neither its need's head nor the board would ever hear of
//! it, since the phone's second try finds it stored. A function on AWS is never stopped by its caller.

use axum::extract::Request;
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use http::StatusCode;

/// Runs what follows apart from the connection, unless it only reads.
pub(crate) async fn to_the_end(request: Request, next: Next) -> Response {
    if request.method().is_safe() {
        return next.run(request).await;
    }
    match tokio::spawn(next.run(request)).await {
        Ok(response) => response,
        Err(broke) if broke.is_panic() => std::panic::resume_unwind(broke.into_panic()),
        // The program ends just now: the phone asks again.
        Err(_) => StatusCode::SERVICE_UNAVAILABLE.into_response(),
    }
}
