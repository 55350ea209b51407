//! `/order` and `/order/review`: choosing and looking over. Both only read, so back and reload are safe; the order
//! itself is made by `/act`.

use axum::extract::State;
use axum::response::{IntoResponse, Redirect, Response};
use domain::draft::Draft;
use domain::form::{Fields, FormFault, basket, field};
use domain::window::Window;
use domain::{HouseholdId, RunId};
use ui::islands::resident::ResidentPage;
use ui::locales::resident as t;
use ui::views;
use ui::views::scene::Scene;

use super::act::Sent;
use super::{fact_id, own_household, resident_bar, resident_page, scene};
use crate::errors::Problem;
use crate::state::AppState;
use crate::visitor::Visitor;

/// The boxes on offer; filled in as the query says, where somebody comes back from the review.
///
/// # Errors
/// The table's.
pub async fn show(
    State(state): State<AppState>,
    visitor: Visitor,
    Sent(form): Sent,
) -> Result<Response, Problem> {
    let scene = scene(&state, &visitor).await?;
    let draft = Some(form.draft()).filter(|draft| !draft.boxes.is_empty());
    page(&state, &visitor, scene, asked(&form), draft, None).await
}

/// What is about to be ordered. A basket that cannot be ordered goes back to the form with the reason at its menu.
///
/// # Errors
/// The table's.
pub async fn review(
    State(state): State<AppState>,
    visitor: Visitor,
    Sent(form): Sent,
) -> Result<Response, Problem> {
    let household = own_household(visitor.known()?)?;
    let scene = scene(&state, &visitor).await?;
    let draft = form.draft();
    let Some(window) = window(&scene, household, asked(&form)) else {
        return Ok(Redirect::to("/order").into_response());
    };
    let standing = scene.order(household, window.run);
    if let Err(fault) = basket(&draft, scene.community(), window, standing.as_ref()) {
        return page(&state, &visitor, scene, asked(&form), Some(draft), Some(fault)).await;
    }
    let fact = fact_id(visitor.now).to_string();
    let bar = resident_bar(&scene, household, t::review_title(scene.lang), Some("/order"));
    let window = window.clone();
    Ok(resident_page(&state, &visitor, ResidentPage::Order(asked(&form)), bar, move |_| {
        views::order::review(&scene, household, &window, &draft, &fact, "/household", "/order")
    })
    .await)
}

/// The form again, after a fault or a refusal.
///
/// # Errors
/// The table's.
pub async fn page(
    state: &AppState,
    visitor: &Visitor,
    scene: Scene,
    asked: Option<RunId>,
    draft: Option<Draft>,
    fault: Option<FormFault>,
) -> Result<Response, Problem> {
    let household: HouseholdId = own_household(visitor.known()?)?;
    let bar = resident_bar(&scene, household, t::order_title(scene.lang), Some("/"));
    Ok(resident_page(state, visitor, ResidentPage::Order(asked), bar, move |_| {
        let window = window(&scene, household, asked);
        views::order::order(&scene, household, window, draft.as_ref(), fault.as_ref(), "/order/review")
    })
    .await)
}

fn asked(form: &Fields) -> Option<RunId> {
    form.read(field::RUN).ok()
}

fn window(scene: &Scene, household: HouseholdId, asked: Option<RunId>) -> Option<&Window> {
    views::order::window_to_order(scene, household, asked)
}
