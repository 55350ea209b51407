//! `GET /household`: deliveries and needs with their stories.

use axum::extract::State;
use axum::response::Response;
use ui::islands::resident::ResidentPage;
use ui::locales::resident as t;
use ui::views;

use super::{own_household, resident_bar, resident_page, scene};
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
    Ok(resident_page(&state, &visitor, ResidentPage::Household, bar, move |ids| {
        views::household::household(&scene, household, ids)
    })
    .await)
}
