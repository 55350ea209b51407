//! `/desk/people`: who helps and where, phones.

use axum::extract::{Path, State};
use axum::response::{IntoResponse, Response};
use domain::actor::{Assignment, Role, Signed};
use domain::community::Person;
use domain::form::Fields;
use domain::handover::{Passed, passed};
use domain::office::{Faults, read_area, read_person, uncovered};
use domain::{Millis, PersonId};
use http::StatusCode;
use store::{Catalog, Consistency, Shelf};
use ui::pages::desk::invites::InviteShown;
use ui::pages::desk::office::Did;
use ui::pages::desk::{DeskPage, people as page};
use ui::pages::error::Trouble;

use super::{after, did, go, newest, render, when};
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
    after(&state, &visitor, written, &path(id), Did::Added).await
}

pub(super) fn path(id: PersonId) -> String {
    format!("/desk/people/{id}")
}

pub(super) fn known(catalog: &Catalog, id: PersonId) -> Result<Person, Problem> {
    Ok(catalog.community.people.get(&id).ok_or(Trouble::NotFound)?.clone())
}

/// `GET /desk/people/{person}`.
///
/// # Errors
/// The table's; nobody of that number.
pub async fn show(
    State(state): State<AppState>,
    visitor: Visitor,
    Path(id): Path<PersonId>,
    Sent(query): Sent,
) -> Result<Response, Problem> {
    one(&state, &visitor, id, did(&query), Fields::default(), Faults::default()).await
}

async fn one(
    state: &AppState,
    visitor: &Visitor,
    id: PersonId,
    done: Option<Did>,
    form: Fields,
    faults: Faults,
) -> Result<Response, Problem> {
    let when = when(visitor)?;
    let catalog = newest(state, visitor).await?;
    let person = known(&catalog, id)?;
    let who = Signed::Person(id, person.role);
    let phones = state.store().phones(catalog.id(), who, visitor.now).await?;
    let phones = phones.into_iter().map(|phone| page::PhoneShown {
        handle: phone.handle,
        device: phone.session.device,
        since: phone.session.created,
    });
    let phones = phones.collect();
    let invites = state.store().open_invites(catalog.id(), id, visitor.now).await?;
    let invites = invites.into_iter().map(|open| InviteShown {
        handle: open.handle,
        until: open.expires,
        phones: open.phones,
    });
    let invites = invites.collect();
    render(state, visitor, DeskPage::People, Some(person.name.clone()), move || {
        page::person(&page::Shown {
            community: &catalog.community,
            when,
            person: &person,
            phones,
            invites,
            did: done,
            form,
            faults,
        })
    })
    .await
}

async fn again(
    state: &AppState,
    visitor: &Visitor,
    id: PersonId,
    form: Fields,
    faults: Faults,
) -> Result<Response, Problem> {
    let page = one(state, visitor, id, None, form, faults).await?;
    Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response())
}

/// `POST /desk/people/{person}`: name and order of duty.
///
/// # Errors
/// The table's; nobody of that number.
pub async fn save(
    State(state): State<AppState>,
    visitor: Visitor,
    Path(id): Path<PersonId>,
    Sent(form): Sent,
) -> Result<Response, Problem> {
    let catalog = newest(&state, &visitor).await?;
    match read_person(&form, Some(&known(&catalog, id)?)) {
        Ok(person) => {
            let written = state.store().save_person(catalog.id(), &person).await;
            after(&state, &visitor, written, &path(id), Did::PersonSaved).await
        }
        Err(faults) => again(&state, &visitor, id, form, faults).await,
    }
}

/// `POST /desk/people/{person}/assign`: an area from now on. One that holds already is not doubled.
///
/// # Errors
/// The table's; nobody of that number.
pub async fn assign(
    State(state): State<AppState>,
    visitor: Visitor,
    Path(id): Path<PersonId>,
    Sent(form): Sent,
) -> Result<Response, Problem> {
    let catalog = newest(&state, &visitor).await?;
    let mut person = known(&catalog, id)?;
    let area = match read_area(&form, &catalog.community.places) {
        Ok(area) => area,
        Err(faults) => return again(&state, &visitor, id, form, faults).await,
    };
    if !person.assignments.iter().any(|held| held.area == area && held.holds(visitor.now)) {
        person.assignments.push(Assignment { area, from: visitor.now, to: None });
    }
    let written = state.store().save_person(catalog.id(), &person).await;
    after(&state, &visitor, written, &path(id), Did::Assigned).await
}

/// `POST /desk/people/{person}/end`: an assignment ends now; it stays on record, for reports made before.
///
/// # Errors
/// The table's; nobody of that number.
pub async fn end(
    State(state): State<AppState>,
    visitor: Visitor,
    Path(id): Path<PersonId>,
    Sent(form): Sent,
) -> Result<Response, Problem> {
    let catalog = newest(&state, &visitor).await?;
    let mut person = known(&catalog, id)?;
    let place: usize = form.read("place_in_list").map_err(|_| Trouble::NotUnderstood)?;
    let Some(held) = person.assignments.get_mut(place) else {
        return Ok(go(&path(id), Some(Did::Meanwhile)));
    };
    held.to = Some(held.to.map_or(visitor.now, |to| to.min(visitor.now)));
    let written = state.store().save_person(catalog.id(), &person).await;
    after(&state, &visitor, written, &path(id), Did::AssignmentEnded).await
}

/// `POST /desk/people/{person}/leave`: no longer with us. Their phones are refused from now on.
///
/// # Errors
/// The table's; nobody of that number.
pub async fn leave(
    State(state): State<AppState>,
    visitor: Visitor,
    Path(id): Path<PersonId>,
) -> Result<Response, Problem> {
    let catalog = newest(&state, &visitor).await?;
    let mut person = known(&catalog, id)?;
    let others = |other: &&Person| other.id != id && other.role == Role::Desk && !other.left;
    if person.role == Role::Desk && catalog.community.people.values().find(others).is_none() {
        // Nobody could let anybody in again.
        return Ok(go(&path(id), Some(Did::LastDesk)));
    }
    person.left = true;
    for held in person.assignments.iter_mut().filter(|held| held.holds(visitor.now)) {
        held.to = Some(visitor.now);
    }
    let written = state.store().save_person(catalog.id(), &person).await;
    after(&state, &visitor, written, &path(id), Did::Left).await
}

/// `POST /desk/people/{person}/back`: they are here again.
///
/// # Errors
/// The table's; nobody of that number.
pub async fn back(
    State(state): State<AppState>,
    visitor: Visitor,
    Path(id): Path<PersonId>,
) -> Result<Response, Problem> {
    let catalog = newest(&state, &visitor).await?;
    let person = Person { left: false, ..known(&catalog, id)? };
    let written = state.store().save_person(catalog.id(), &person).await;
    after(&state, &visitor, written, &path(id), Did::Back).await
}

/// `POST /desk/people/{person}/revoke`: a lost phone.
///
/// # Errors
/// The table's; nobody of that number.
pub async fn revoke(
    State(state): State<AppState>,
    visitor: Visitor,
    Path(id): Path<PersonId>,
    Sent(form): Sent,
) -> Result<Response, Problem> {
    let catalog = newest(&state, &visitor).await?;
    let who = Signed::Person(id, known(&catalog, id)?.role);
    let handle = form.get("handle").ok_or(Trouble::NotUnderstood)?;
    let phones = state.store().phones(catalog.id(), who, visitor.now).await?;
    if let Some(phone) = phones.iter().find(|phone| phone.handle == handle) {
        state.store().revoke(catalog.id(), who, phone, visitor.now).await?;
    }
    Ok(go(&path(id), Some(Did::PhoneRevoked)))
}
