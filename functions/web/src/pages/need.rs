//! `GET /need`: the form for a need. It is sent to `/act`; after a fault it comes back with what was typed.

use axum::extract::State;
use axum::response::Response;
use domain::form::{Fields, FormFault, field};
use ui::islands::resident::ResidentPage;
use ui::locales::resident as t;
use ui::views;

use super::{fact_id, own_household, resident_bar, resident_page, scene};
use crate::errors::Problem;
use crate::state::AppState;
use crate::visitor::Visitor;

/// The empty form.
///
/// # Errors
/// The table's.
pub async fn show(State(state): State<AppState>, visitor: Visitor) -> Result<Response, Problem> {
    page(&state, &visitor, Fields::default(), None).await
}

/// The form with what was typed and what is wrong with it.
///
/// # Errors
/// The table's.
pub async fn page(
    state: &AppState,
    visitor: &Visitor,
    typed: Fields,
    fault: Option<FormFault>,
) -> Result<Response, Problem> {
    let household = own_household(visitor.known()?)?;
    let scene = scene(state, visitor).await?;
    let bar = resident_bar(&scene, household, t::need_title(scene.lang), Some("/"));
    // The same id after a fault: whatever was sent under it was not a fact yet.
    let fact = typed.get(field::FACT).map_or_else(|| fact_id(visitor.now).to_string(), str::to_owned);
    Ok(resident_page(state, visitor, ResidentPage::Need, bar, move |_| {
        let phone = views::need::by_own_phone();
        views::need::need(&scene, household, phone, &typed, fault.as_ref(), fact, views::need::SENT)
    })
    .await)
}
