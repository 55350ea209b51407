//! `local moved`: what stays at an old address after a move. Cards and letters that were printed with it lead on to
//! the same path at the new one; nothing else is answered.

use axum::Router;
use axum::extract::Request;
use axum::response::{IntoResponse, Response};
use http::{Method, StatusCode, header};

use crate::config::PublicUrl;
use crate::former::new_address;

/// Leads every page to the new address. What a phone still wants to hand in is asked to wait: its outbox keeps it.
pub fn router(to: PublicUrl) -> Router {
    Router::new().fallback(async move |request: Request| lead_on(&to, &request))
}

fn lead_on(to: &PublicUrl, request: &Request) -> Response {
    if !matches!(*request.method(), Method::GET | Method::HEAD) {
        return (StatusCode::SERVICE_UNAVAILABLE, [(header::RETRY_AFTER, "3600")]).into_response();
    }
    new_address(to, request)
}
