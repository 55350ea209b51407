//! `/desk/household/{household}`: what the desk keeps of one household, changed between two ledgers.

use axum::extract::{Path, State};
use axum::response::{IntoResponse, Response};
use domain::HouseholdId;
use domain::form::Fields;
use domain::office::{Faults, household_fields, joined, opened, read_household};
use http::StatusCode;
use store::{Catalog, Contact};
use ui::locales::desk as t;
use ui::pages::desk::office::Did;
use ui::pages::desk::today::door_words;
use ui::pages::desk::{DeskPage, household as page};
use ui::pages::error::Trouble;

use super::{after, did, newest, render};
use crate::errors::Problem;
use crate::pages::act::Sent;
use crate::state::AppState;
use crate::visitor::Visitor;

/// `GET`: the form.
///
/// # Errors
/// The table's; a household that is not there.
pub async fn show(
    State(state): State<AppState>,
    visitor: Visitor,
    Path(id): Path<HouseholdId>,
    Sent(query): Sent,
) -> Result<Response, Problem> {
    let catalog = newest(&state, &visitor).await?;
    let known = catalog.community.places.households.get(&id).ok_or(Trouble::NotFound)?;
    let contact = state.store().contact(state.vault(), catalog.id(), id).await?;
    let form = opened(household_fields(known, &contact.map(|contact| contact.phones).unwrap_or_default()));
    form_page(&state, &visitor, &catalog, id, form, Faults::default(), did(&query)).await
}

async fn form_page(
    state: &AppState,
    visitor: &Visitor,
    catalog: &Catalog,
    id: HouseholdId,
    form: Fields,
    faults: Faults,
    done: Option<Did>,
) -> Result<Response, Problem> {
    let lang = visitor.look.lang;
    let places = &catalog.community.places;
    let door = places.door_of(id).and_then(|door| places.doors.get(&door));
    let door = door
        .map_or_else(|| t::without_door(lang).to_owned(), |door| door_words(&catalog.community, lang, door));
    let title = Some(t::about_household(lang).to_owned());
    render(state, visitor, DeskPage::Today, title, move || page::edit(lang, id, &door, &form, &faults, done))
        .await
}

/// `POST`: it is saved. The ledger gets a version, like after an import, so that this can be taken back as well.
///
/// # Errors
/// The table's; a household that is not there.
pub async fn save(
    State(state): State<AppState>,
    visitor: Visitor,
    Path(id): Path<HouseholdId>,
    Sent(form): Sent,
) -> Result<Response, Problem> {
    let catalog = newest(&state, &visitor).await?;
    let known = catalog.community.places.households.get(&id).ok_or(Trouble::NotFound)?;
    let contact = state.store().contact(state.vault(), catalog.id(), id).await?;
    let kept = household_fields(known, &contact.map(|contact| contact.phones).unwrap_or_default());
    let read =
        joined(&form, &kept).and_then(|form| read_household(&form, known).map_err(|faults| (form, faults)));
    let (household, phones) = match read {
        Ok(read) => read,
        Err((form, faults)) => {
            let page = form_page(&state, &visitor, &catalog, id, form, faults, None).await?;
            return Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response());
        }
    };
    let written = if household == *known {
        Ok(())
    } else {
        let mut places = catalog.community.places.clone();
        places.households.insert(id, household);
        state.store().import_ledger(&catalog, &places).await.map(drop)
    };
    if written.is_ok() {
        state.store().save_contacts(state.vault(), catalog.id(), [(id, Contact { phones })]).await?;
    }
    after(&state, &visitor, written, &format!("/desk/household/{id}"), Did::HouseholdSaved).await
}
