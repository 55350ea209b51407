//! `POST /api/facts`: a phone hands in what waited. The author is the owner of the hand-in token, never whoever is
//! signed in now; each fact gets its own answer.

use axum::Json;
use axum::body::Bytes;
use axum::extract::State;
use axum::response::{IntoResponse, Response};
use domain::wire::{Answers, Batch, MAX_BATCH};
use http::{HeaderMap, HeaderValue, StatusCode, header};
use serde_json::value::RawValue;
use store::HandInToken;
use ui::pages::error::Trouble;

use crate::errors::Problem;
use crate::fresh::{self, Fresh};
use crate::state::AppState;
use crate::submit::{Arrived, Author, submit};

/// Takes a batch.
///
/// # Errors
/// Not signed in, not readable at all, too many facts, or the table does not answer.
pub async fn hand_in(
    State(state): State<AppState>,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Response, Problem> {
    let author = author(&state, &headers).await?;
    let batch: Batch<Box<RawValue>> = serde_json::from_slice(&body).map_err(|_| Trouble::NotUnderstood)?;
    if batch.facts.len() > MAX_BATCH {
        return Err(Trouble::TooLarge.into());
    }
    let facts: Option<Vec<Arrived>> =
        batch.facts.iter().map(|raw| Arrived::read(raw.get().as_bytes())).collect();
    let facts = facts.ok_or(Trouble::NotUnderstood)?;
    let bodies = facts.iter().filter_map(|one| match one {
        Arrived::Fact(fact) => Some(&fact.body),
        Arrived::Unreadable(..) => None,
    });
    let cookies = Fresh::of(&headers).and_wrote(bodies);
    let submitted = submit(&state, &author, facts).await?;
    let status = if submitted.all_later() { StatusCode::SERVICE_UNAVAILABLE } else { StatusCode::OK };
    let retry_after = submitted.retry_after;
    let answers = Answers { now: state.now(), answers: submitted.answers };
    let mut response = (status, Json(answers)).into_response();
    if let Some(wait) = retry_after {
        response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(wait.as_secs().max(1)));
    }
    fresh::tell(response.headers_mut(), cookies);
    Ok(response)
}

/// The owner of the hand-in token in `Authorization: Bearer`.
async fn author(state: &AppState, headers: &HeaderMap) -> Result<Author, Problem> {
    let bearer = headers.get(header::AUTHORIZATION).and_then(|value| value.to_str().ok());
    let token = bearer.and_then(|value| value.strip_prefix("Bearer ")).and_then(HandInToken::parse);
    let token = token.ok_or(Trouble::SignInFirst)?;
    let hand_in = state.store().hand_in_author(&token, state.now()).await?.ok_or(Trouble::SignInFirst)?;
    Ok(Author { community: hand_in.community, who: hand_in.who, revoked: hand_in.revoked.is_some() })
}
