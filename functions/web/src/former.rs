//! After a move: whoever comes by a host that the community had before is led to the same path at the present address,
//! so that printed cards and letters stay good. Only hosts that the desk wrote down are led on, and only to the
//! configured address.

use axum::extract::{Request, State};
use axum::middleware::Next;
use axum::response::{IntoResponse, Redirect, Response};
use http::{Method, header};

use crate::config::PublicUrl;
use crate::state::AppState;

/// Leads on, or lets through.
pub async fn lead_on(State(state): State<AppState>, request: Request, next: Next) -> Response {
    let reads = matches!(*request.method(), Method::GET | Method::HEAD);
    let host = request.headers().get(header::HOST).and_then(|host| host.to_str().ok()).map(str::to_owned);
    match host.filter(|host| reads && host != state.config().public_url.host()) {
        Some(host) if is_former(&state, &host).await => new_address(&state.config().public_url, &request),
        _ => next.run(request).await,
    }
}

/// The same path and query at the present address, for good.
#[must_use]
pub fn new_address(to: &PublicUrl, request: &Request) -> Response {
    let path = request.uri().path_and_query().map_or("/", |path| path.as_str());
    Redirect::permanent(&to.at(path)).into_response()
}

async fn is_former(state: &AppState, host: &str) -> bool {
    // A community that cannot be read is told by the page itself.
    state.community().await.is_ok_and(|community| community.settings.hosts.iter().any(|known| known == host))
}
