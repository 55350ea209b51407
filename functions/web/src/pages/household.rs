//! `GET /household`: deliveries and needs with their stories.

use axum::extract::State;
use axum::response::{IntoResponse, Response};
use ui::locales::resident as t;
use ui::views;

use super::{fact_id, own_household, resident_bar, scene};
use crate::assets::Audience;
use crate::errors::Problem;
use crate::state::AppState;
use crate::visitor::Visitor;

/// The page.
///
/// # Errors
/// The table's.
pub async fn show(State(state): State<AppState>, visitor: Visitor) -> Result<Response, Problem> {
    let household = own_household(visitor.known()?)?;
    let scene = scene(&state, &visitor).await?;
    let bar = resident_bar(&scene, household, t::my_household(scene.lang), Some("/"));
    let now = visitor.now;
    let html = visitor
        .page(Audience::Resident, bar)
        .render(&state, move || {
            let mut ids = || fact_id(now).to_string();
            views::household::household(&scene, household, "/household", &mut ids)
        })
        .await;
    Ok(html.into_response())
}
