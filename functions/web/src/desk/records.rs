//! What the handlers of the desk's own records share: the newest catalogue before a write, the redirect after it.

use std::sync::Arc;

use axum::response::{IntoResponse, Redirect, Response};
use domain::form::Fields;
use store::{Catalog, StoreError};
use ui::pages::desk::office::Did;

use crate::errors::Problem;
use crate::state::AppState;
use crate::visitor::Visitor;

/// The community as it is now: before every write, and after it, so that the next page shows it.
///
/// # Errors
/// The table's.
pub async fn newest(state: &AppState, visitor: &Visitor) -> Result<Arc<Catalog>, Problem> {
    state.communities().newest(visitor.known()?.catalog.id(), state.now()).await
}

/// Leads on after a form, so that a reload repeats nothing; the next page says what was done.
#[must_use]
pub fn go(path: &str, done: Option<Did>) -> Response {
    let to = done.map_or_else(|| path.to_owned(), |done| format!("{path}?did={}", done.word()));
    Redirect::to(&to).into_response()
}

/// What the form before this page did.
#[must_use]
pub fn did(query: &Fields) -> Option<Did> {
    query.get("did").and_then(Did::parse)
}

/// After a write: the next page's words, or those for "somebody else was quicker".
///
/// # Errors
/// The table's, but for that one.
pub async fn after(
    state: &AppState,
    visitor: &Visitor,
    written: Result<(), StoreError>,
    path: &str,
    done: Did,
) -> Result<Response, Problem> {
    let done = match written {
        Ok(()) => done,
        Err(StoreError::TransactionRefused { .. }) => Did::Meanwhile,
        Err(error) => return Err(error.into()),
    };
    newest(state, visitor).await?;
    Ok(go(path, Some(done)))
}
