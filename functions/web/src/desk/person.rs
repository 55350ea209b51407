//! `/desk/people/{person}`: somebody's name, areas and phones, and the end of it.

use axum::extract::{Path, State};
use axum::response::{IntoResponse, Response};
use domain::PersonId;
use domain::actor::{Assignment, Role, Signed};
use domain::community::Person;
use domain::form::Fields;
use domain::office::{Faults, joined, person_fields, read_area, read_person};
use http::StatusCode;
use store::Catalog;
use ui::pages::desk::invites::InviteShown;
use ui::pages::desk::office::Did;
use ui::pages::desk::{DeskPage, person as page};
use ui::pages::error::Trouble;

use super::{after, did, go, newest, render, when};
use crate::errors::Problem;
use crate::pages::act::Sent;
use crate::state::AppState;
use crate::visitor::Visitor;

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
    let passkeys = state.store().passkeys(catalog.id(), id).await?;
    let passkeys = passkeys.iter().map(crate::passkeys::shown).collect();
    render(state, visitor, DeskPage::People, Some(person.name.clone()), move || {
        page::person(&page::Shown {
            community: &catalog.community,
            when,
            person: &person,
            phones,
            passkeys,
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

/// Saves somebody; their page says what was done.
async fn keep(
    state: &AppState,
    visitor: &Visitor,
    catalog: &Catalog,
    person: &Person,
    done: Did,
) -> Result<Response, Problem> {
    let written = state.store().save_person(catalog.id(), person).await;
    after(state, visitor, written, &path(person.id), done).await
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
    let known = known(&catalog, id)?;
    let read = joined(&form, &person_fields(&known))
        .and_then(|form| read_person(&form, Some(&known)).map_err(|faults| (form, faults)));
    match read {
        Ok(person) => keep(&state, &visitor, &catalog, &person, Did::PersonSaved).await,
        Err((form, faults)) => again(&state, &visitor, id, form, faults).await,
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
    keep(&state, &visitor, &catalog, &person, Did::Assigned).await
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
    keep(&state, &visitor, &catalog, &person, Did::AssignmentEnded).await
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
    keep(&state, &visitor, &catalog, &person, Did::Left).await
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
    keep(&state, &visitor, &catalog, &person, Did::Back).await
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
        // Only its hash is known here: all are asked for again, so that the phone is out with its next request.
        state.sessions().forget_all();
    }
    Ok(go(&path(id), Some(Did::PhoneRevoked)))
}

/// `POST /desk/people/{person}/unkey`: takes a passkey away.
///
/// # Errors
/// The table's; nobody of that number.
pub async fn unkey(
    State(state): State<AppState>,
    visitor: Visitor,
    Path(id): Path<PersonId>,
    Sent(form): Sent,
) -> Result<Response, Problem> {
    let catalog = newest(&state, &visitor).await?;
    known(&catalog, id)?;
    let handle = form.get(ui::pages::passkeys::PASSKEY).ok_or(Trouble::NotUnderstood)?;
    state.store().remove_passkey(catalog.id(), id, handle).await?;
    Ok(go(&path(id), Some(Did::PasskeyRemoved)))
}
