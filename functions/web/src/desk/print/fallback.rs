//! `GET /desk/print/fallback`: when everything fails. Tonight's round sheets of all buildings and the household list
//! with telephone numbers, on one page, for one press of the button. Right: the desk's; the list leaves the server
//! for nobody else.

use std::collections::BTreeMap;

use axum::extract::State;
use axum::response::Response;
use domain::HouseholdId;
use domain::order::to_collect;
use domain::window::Window;
use store::Consistency;
use ui::locales::print as t;
use ui::pages::print::fallback::{cover, lists};
use ui::pages::print::rounds::{Part, rounds, sheets};
use ui::pages::print::{RUN, prints_at_once};

use super::{paper, run_in};
use crate::desk::today::current;
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
    // The run that is asked for, or meant, on the cover; where none is asked for, whatever else is under way tonight.
    let first = run_in(&known, &visitor, &form);
    let mut windows: Vec<Window> =
        first.and_then(|run| known.community.windows.get(&run)).cloned().into_iter().collect();
    if form.0.get(RUN).is_none() {
        let tonight = |window: &Window| Some(window.run) != first && window.delivering(visitor.now);
        windows.extend(current(&known, visitor.now).into_iter().filter(tonight));
    }
    let mut runs = Vec::new();
    for window in windows {
        let facts = state.store().whole_run(&known.catalog, window.run, Consistency::Strong).await?;
        runs.push((window, facts));
    }
    let households = known.community.places.households.keys().copied();
    let contacts = state.store().contacts(state.vault(), known.catalog.id(), households).await?;
    let phones: BTreeMap<HouseholdId, Vec<String>> =
        contacts.into_iter().map(|(household, contact)| (household, contact.phones)).collect();
    let bar = prints_at_once(when.lang, "/desk");
    paper(&state, &visitor, t::fallback(when.lang).to_owned(), move || {
        let community = &known.community;
        let mut all = vec![cover(community, &when, runs.first().map(|(window, _)| window))];
        for (window, facts) in &runs {
            let folded = rounds(community, facts, Part::default(), when.now);
            let collect = to_collect(&window.payment, facts);
            all.extend(sheets(community, &when, window, &folded, &collect));
        }
        all.extend(lists(community, when.lang, &phones));
        (bar, all)
    })
    .await
}
