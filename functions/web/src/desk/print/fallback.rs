//! `GET /desk/print/fallback`: when everything fails. Tonight's round sheets of all buildings and the household list
//! with telephone numbers, on one page, for one press of the button. Right: the desk's; the list leaves the server
//! for nobody else.

use std::collections::BTreeMap;

use axum::extract::State;
use axum::response::Response;
use domain::HouseholdId;
use store::Consistency;
use ui::locales::print as t;
use ui::pages::print::fallback::{cover, lists};
use ui::pages::print::prints_at_once;
use ui::pages::print::rounds::{Part, rounds, sheets};

use super::{paper, run_in};
use crate::desk::when;
use crate::errors::Problem;
use crate::pages::act::Sent;
use crate::state::AppState;
use crate::visitor::Visitor;

/// The page.
///
/// # Errors
/// The table's.
pub async fn show(State(state): State<AppState>, visitor: Visitor, form: Sent) -> Result<Response, Problem> {
    let known = visitor.known()?.clone();
    let when = when(&visitor)?;
    let run = run_in(&known, &visitor, &form);
    let facts = match run {
        Some(run) => state.store().whole_run(&known.catalog, run, Consistency::Strong).await?,
        None => Vec::new(),
    };
    let households = known.community.places.households.keys().copied();
    let contacts = state.store().contacts(state.vault(), known.catalog.id(), households).await?;
    let phones: BTreeMap<HouseholdId, Vec<String>> =
        contacts.into_iter().map(|(household, contact)| (household, contact.phones)).collect();
    let bar = prints_at_once(when.lang, "/desk");
    paper(&state, &visitor, t::fallback(when.lang).to_owned(), move || {
        let community = &known.community;
        let window = run.and_then(|run| community.windows.get(&run));
        let mut all = vec![cover(community, &when, window)];
        if let Some(window) = window {
            let folded = rounds(community, &facts, Part::default(), when.now);
            all.extend(sheets(community, &when, window, &folded));
        }
        all.extend(lists(community, when.lang, &phones));
        (bar, all)
    })
    .await
}
