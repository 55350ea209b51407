//! `GET /desk/needs`: what households need, urgent first.

use axum::extract::{Query, State};
use axum::response::Response;
use domain::HouseholdId;
use domain::need::{Need, needs as fold};
use futures_util::future::try_join_all;
use serde::Deserialize;
use store::{Consistency, HEAD_TEXT};
use ui::pages::desk::DeskPage;
use ui::pages::desk::needs::needs as page;

use super::today::open_needs;
use super::{render, when};
use crate::errors::Problem;
use crate::pages::fact_id;
use crate::state::AppState;
use crate::visitor::{Known, Visitor};

/// Open ones, or those closed last: of all, or of one household.
#[derive(Debug, Deserialize)]
pub struct Asked {
    closed: Option<u8>,
    h: Option<HouseholdId>,
}

/// The page.
///
/// # Errors
/// The table's.
pub async fn show(
    State(state): State<AppState>,
    visitor: Visitor,
    Query(Asked { closed, h }): Query<Asked>,
) -> Result<Response, Problem> {
    let known = visitor.known()?.clone();
    let when = when(&visitor)?;
    let closed = closed == Some(1);
    let mut needs = match (closed, h) {
        (false, _) => open_needs(&state, &known).await?,
        (true, Some(household)) => closed_of(&state, &known, household).await?,
        (true, None) => state.store().closed_needs(known.catalog.id(), None).await?.needs,
    };
    try_join_all(needs.iter_mut().map(|need| unfold(&state, &known, need))).await?;
    let now = visitor.now;
    render(&state, &visitor, DeskPage::Needs, None, move || {
        page(&known.community, &when, &needs, closed, &mut || fact_id(now).to_string())
    })
    .await
}

/// The desk's queue holds long words cut short; who is to say "I have read it" reads them whole.
async fn unfold(state: &AppState, known: &Known, need: &mut Need) -> Result<(), Problem> {
    let cut = |text: &str| text.ends_with('…') && text.chars().count() == HEAD_TEXT;
    if cut(&need.text) || need.answer.as_deref().is_some_and(cut) {
        let c = known.catalog.id();
        let own = state.store().household_needs(c, need.household, None, Consistency::Eventual).await?;
        if let Some(whole) = fold(&own.facts).into_iter().find(|whole| whole.id == need.id) {
            (need.text, need.answer) = (whole.text, whole.answer);
        }
    }
    Ok(())
}

/// The closed needs of one household, newest first.
async fn closed_of(state: &AppState, known: &Known, household: HouseholdId) -> Result<Vec<Need>, Problem> {
    let facts =
        state.store().household_needs(known.catalog.id(), household, None, Consistency::Eventual).await?;
    let mut closed: Vec<Need> = fold(&facts.facts).into_iter().filter(|need| !need.open()).collect();
    closed.sort_by_key(|need| std::cmp::Reverse(need.changed));
    Ok(closed)
}
