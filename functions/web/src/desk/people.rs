//! `/desk/people`: who helps and where, and somebody new.

use axum::extract::State;
use axum::response::{IntoResponse, Response};
use domain::Millis;
use domain::community::Person;
use domain::form::Fields;
use domain::handover::{Passed, passed};
use domain::office::{Faults, read_person, uncovered};
use http::StatusCode;
use store::{Catalog, Consistency, Shelf};
use ui::pages::desk::office::Did;
use ui::pages::desk::{DeskPage, people as page};

use super::{after, did, newest, person, render, when};
use crate::errors::Problem;
use crate::pages::act::Sent;
use crate::state::AppState;
use crate::visitor::Visitor;

/// `GET /desk/people`.
///
/// # Errors
/// The table's.
pub async fn list(
    State(state): State<AppState>,
    visitor: Visitor,
    Sent(query): Sent,
) -> Result<Response, Problem> {
    list_with(&state, &visitor, did(&query), Fields::default(), Faults::default()).await
}

async fn list_with(
    state: &AppState,
    visitor: &Visitor,
    done: Option<Did>,
    form: Fields,
    faults: Faults,
) -> Result<Response, Problem> {
    let when = when(visitor)?;
    let catalog = newest(state, visitor).await?;
    let gaps = uncovered(&catalog.community, visitor.now);
    let passed = handed_on(state, &catalog, visitor.now).await?;
    render(state, visitor, DeskPage::People, None, move || {
        page::list(&catalog.community, &when, (&gaps, &passed), done, &form, &faults)
    })
    .await
}

/// What went from phone to phone in the runs that are being delivered: a Query for each building.
async fn handed_on(state: &AppState, catalog: &Catalog, now: Millis) -> Result<Vec<Passed>, Problem> {
    let community = &catalog.community;
    let mut all = Vec::new();
    for window in community.windows.values().filter(|window| window.delivering(now)) {
        let mut facts = Vec::new();
        for building in community.places.buildings.keys() {
            let shelf = Shelf::hands(window.run, *building);
            let here = state.store().on_shelf(catalog.id(), &shelf, Consistency::Eventual).await?;
            facts.extend(here.facts);
        }
        all.extend(passed(&facts));
    }
    Ok(all)
}

/// `POST /desk/people`: somebody new. The invite is shown on their page, by a button of its own, so that a reload
/// makes nobody twice.
///
/// # Errors
/// The table's.
pub async fn add(
    State(state): State<AppState>,
    visitor: Visitor,
    Sent(form): Sent,
) -> Result<Response, Problem> {
    let catalog = newest(&state, &visitor).await?;
    let person = match read_person(&form, None) {
        Ok(person) => person,
        Err(faults) => {
            let page = list_with(&state, &visitor, None, form, faults).await?;
            return Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response());
        }
    };
    let id = state.store().new_person_id(catalog.id()).await?;
    let written = state.store().save_person(catalog.id(), &Person { id, ..person }).await;
    after(&state, &visitor, written, &person::path(id), Did::Added).await
}
