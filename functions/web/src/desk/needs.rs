//! `GET /desk/needs`: what households need, urgent first.

use axum::extract::{Query, State};
use axum::response::{IntoResponse, Response};
use domain::HouseholdId;
use domain::form::{Fields, field};
use domain::need::{Need, needs as fold};
use futures_util::future::try_join_all;
use http::StatusCode;
use serde::Deserialize;
use std::collections::BTreeMap;
use store::{Consistency, HEAD_TEXT};
use ui::pages::desk::DeskPage;
use ui::pages::desk::needs::{SEEN, Shown, needs as page};

use super::today::open_needs;
use super::{render, when};
use crate::errors::Problem;
use crate::pages::act::{self, Sent};
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
    let closed = closed == Some(1);
    let needs = match (closed, h) {
        (false, _) => open_needs(&state, &known).await?,
        (true, Some(household)) => closed_of(&state, &known, household).await?,
        (true, None) => state.store().closed_needs(known.catalog.id(), None).await?.needs,
    };
    list(&state, &visitor, needs, closed, None).await
}

async fn list(
    state: &AppState,
    visitor: &Visitor,
    mut needs: Vec<Need>,
    closed: bool,
    again: Option<Fields>,
) -> Result<Response, Problem> {
    let known = visitor.known()?.clone();
    let when = when(visitor)?;
    try_join_all(needs.iter_mut().map(|need| unfold(state, &known, need))).await?;
    let mut numbers = BTreeMap::new();
    // Whoever is to be called back at once is called from here.
    let pressing: Vec<HouseholdId> =
        needs.iter().filter(|need| !closed && need.pressing()).map(|need| need.household).collect();
    if !pressing.is_empty() {
        let contacts = state.store().contacts(state.vault(), known.catalog.id(), pressing).await?;
        numbers.extend(contacts.into_iter().map(|(household, contact)| (household, contact.phones)));
    }
    let now = visitor.now;
    render(state, visitor, DeskPage::Needs, None, move || {
        page(&Shown { community: &known.community, when, needs: &needs, closed, numbers, again }, &mut || {
            fact_id(now).to_string()
        })
    })
    .await
}

/// `POST /desk/needs`: a step in a need's life. Whoever is overtaken by a colleague is told before the household hears
/// of it twice; sent once more, it counts.
///
/// # Errors
/// The table's; forms that are none of ours.
pub async fn step(
    State(state): State<AppState>,
    visitor: Visitor,
    Sent(form): Sent,
) -> Result<Response, Problem> {
    let known = visitor.known()?.clone();
    let handles = matches!(form.get(field::ACT), Some("take" | "answer"));
    let seen = form.get(SEEN).and_then(|seen| seen.parse().ok());
    if let (true, Some(seen), Ok(household), Ok(id)) =
        (handles, seen, form.read(field::HOUSEHOLD), form.read(field::ABOUT))
    {
        let c = known.catalog.id();
        let facts = state.store().need(c, household, id, Consistency::Strong).await?;
        let need = fold(&facts).into_iter().find(|need| need.id == id);
        if let Some(need) = need.filter(|need| need.overtaken(seen, known.who)) {
            let mut needs = open_needs(&state, &known).await?;
            needs.retain(|other| other.id != id);
            needs.insert(0, need);
            let page = list(&state, &visitor, needs, false, Some(form)).await?;
            return Ok((StatusCode::CONFLICT, page).into_response());
        }
    }
    act::submit(State(state), visitor, Sent(form)).await
}

/// The desk's queue holds long words cut short; who is to say "I have read it" reads them whole.
async fn unfold(state: &AppState, known: &Known, need: &mut Need) -> Result<(), Problem> {
    let cut = |text: &str| text.ends_with('…') && text.chars().count() == HEAD_TEXT;
    let why = need.reopened.as_ref().map(|(_, why)| why.as_str());
    if cut(&need.text) || need.answer.as_deref().is_some_and(cut) || why.is_some_and(cut) {
        let c = known.catalog.id();
        let own = state.store().household_needs(c, need.household, None, Consistency::Eventual).await?;
        if let Some(whole) = fold(&own.facts).into_iter().find(|whole| whole.id == need.id) {
            (need.text, need.answer, need.reopened) = (whole.text, whole.answer, whole.reopened);
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
