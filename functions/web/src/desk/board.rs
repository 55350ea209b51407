//! `GET /desk/board`: the buildings as they stand in one run.

use std::collections::BTreeSet;

use axum::extract::{Query, State};
use axum::response::Response;
use domain::tally::RunTally;
use domain::{HouseholdId, RunId};
use serde::Deserialize;
use ui::pages::desk::{DeskPage, board as page};

use super::today::{current, run_to_show};
use super::{render, when};
use crate::errors::Problem;
use crate::state::AppState;
use crate::visitor::Visitor;

/// Which run.
#[derive(Debug, Deserialize)]
pub struct Asked {
    run: Option<RunId>,
}

/// The page.
///
/// # Errors
/// The table's.
pub async fn show(
    State(state): State<AppState>,
    visitor: Visitor,
    Query(Asked { run }): Query<Asked>,
) -> Result<Response, Problem> {
    let known = visitor.known()?.clone();
    let when = when(&visitor)?;
    let run = run_to_show(&known, visitor.now, run);
    // What `tally` keeps, not the facts: a board that a whole desk looks at costs a page's read.
    let lines = match run {
        Some(run) => state.store().run_tally(known.catalog.id(), run).await?,
        None => RunTally::default(),
    };
    let needs = state.store().open_needs(known.catalog.id()).await?;
    let urgent: BTreeSet<HouseholdId> = needs
        .households()
        .into_iter()
        .filter(|(_, urgent)| *urgent)
        .map(|(household, _)| household)
        .collect();
    let drawn = lines.board(&known.community.places, &needs);
    let mut runs: Vec<_> = current(&known, visitor.now)
        .iter()
        .map(|window| (window.run, when.span(window.delivery_from, window.delivery_to)))
        .collect();
    runs.reverse();
    render(&state, &visitor, DeskPage::Board, None, move || {
        let community = &known.community;
        page::board(&page::Shown { community, runs, run, board: &drawn, urgent: &urgent, when })
    })
    .await
}
