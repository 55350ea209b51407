//! `GET /health`: whether the table answers, for whoever watches the server. Says nothing about anybody.

use axum::extract::State;

use crate::errors::Problem;
use crate::state::AppState;

/// `ok` if the table answers.
///
/// # Errors
/// If it does not.
pub async fn show(State(state): State<AppState>) -> Result<&'static str, Problem> {
    let community = state.config().community.clone();
    state.store().catalog_version(&community).await?;
    Ok("ok")
}
