//! `GET /desk/needs`: what households need, urgent first.

use std::collections::BTreeSet;

use axum::extract::{Query, State};
use axum::response::Response;
use domain::need::{Need, needs as fold};
use serde::Deserialize;
use store::Consistency;
use ui::pages::desk::DeskPage;
use ui::pages::desk::needs::needs as page;

use super::today::open_needs;
use super::{render, when};
use crate::errors::Problem;
use crate::pages::fact_id;
use crate::state::AppState;
use crate::visitor::{Known, Visitor};

/// Open or closed ones.
#[derive(Debug, Deserialize)]
pub struct Asked {
    closed: Option<u8>,
    h: Option<domain::HouseholdId>,
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
    let needs =
        if closed { closed_needs(&state, &known, h).await? } else { open_needs(&state, &known).await? };
    let now = visitor.now;
    render(&state, &visitor, DeskPage::Needs, None, move || {
        page(&known.community, &when, &needs, closed, &mut || fact_id(now).to_string())
    })
    .await
}

/// The closed needs, newest first: of one household, or of those whose page the desk looked at last. The table keeps
/// closed needs with their household only, so that an open list never pays for them.
async fn closed_needs(
    state: &AppState,
    known: &Known,
    household: Option<domain::HouseholdId>,
) -> Result<Vec<Need>, Problem> {
    let households: BTreeSet<_> = match household {
        Some(one) => [one].into(),
        None => known.community.places.households.keys().copied().collect(),
    };
    let mut closed = Vec::new();
    for household in households {
        let facts =
            state.store().household_needs(known.catalog.id(), household, None, Consistency::Eventual).await?;
        closed.extend(fold(&facts.facts).into_iter().filter(|need| !need.open()));
    }
    closed.sort_by_key(|need| std::cmp::Reverse(need.changed));
    Ok(closed)
}
