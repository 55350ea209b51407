//! `GET /api/feed`: what a phone may know, for its islands. Unchanged is told without reading a single fact.

use axum::Json;
use axum::extract::State;
use axum::response::{IntoResponse, Response};
use http::{HeaderMap, HeaderValue, StatusCode, header};
use ui::pages::error::Trouble;

use crate::errors::Problem;
use crate::feed::{feed_of, tag_of};
use crate::secret::hand_in_of;
use crate::state::AppState;
use crate::visitor::Visitor;

/// Gives it.
///
/// # Errors
/// Not signed in, or the table does not answer.
pub async fn show(
    State(state): State<AppState>,
    visitor: Visitor,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let known = visitor.known()?;
    // Before the facts are read: a change in between is then told once too often, never too late.
    let tag = tag_of(&state, known, visitor.now).await?;
    let tag = HeaderValue::try_from(tag).map_err(|_| Trouble::Broken)?;
    let unchanged = headers.get(header::IF_NONE_MATCH) == Some(&tag);
    let mut response = if unchanged {
        StatusCode::NOT_MODIFIED.into_response()
    } else {
        Json(feed_of(&state, known, visitor.now, &visitor.fresh).await?).into_response()
    };
    response.headers_mut().insert(header::ETAG, tag);
    // The phone lays it beside the facts it saves; asking apart would cost a request on every new phone.
    let hand_in = HeaderValue::try_from(hand_in_of(&known.token).text()).map_err(|_| Trouble::Broken)?;
    response.headers_mut().insert("hand-in", hand_in);
    super::tell_release(response.headers_mut(), &state);
    Ok(response)
}
