//! `GET /desk/board`: the buildings as they stand in one run.

use std::collections::BTreeSet;

use axum::extract::{Query, State};
use axum::response::Response;
use domain::board::board;
use domain::{HouseholdId, RunId};
use serde::Deserialize;
use store::Consistency;
use ui::pages::desk::{DeskPage, board as page};

use super::today::{current, open_needs, run_to_show};
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
    let facts = match run {
        Some(run) => state.store().whole_run(&known.catalog, run, Consistency::Eventual).await?,
        None => Vec::new(),
    };
    let needs = open_needs(&state, &known).await?;
    let in_need: BTreeSet<HouseholdId> = needs.iter().map(|need| need.household).collect();
    let urgent: BTreeSet<HouseholdId> =
        needs.iter().filter(|need| need.urgent).map(|need| need.household).collect();
    let drawn = board(&known.community.places, &facts, &in_need);
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
