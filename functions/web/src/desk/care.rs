//! `/desk/care/{household}`: care remarks. Opening the page reads nothing; a form with a reason does, and the store
//! writes the record of the look before it opens an envelope. Neither the reason nor a remark is ever in an address.

use axum::extract::{Path, State};
use axum::response::{IntoResponse, Response};
use domain::HouseholdId;
use domain::care::{CarePurpose, Consent};
use http::StatusCode;
use store::{CareRead, ConsentRecord};
use ui::locales::care as t;
use ui::pages::desk::DeskPage;
use ui::pages::desk::care::{Look, Remark, Shown, care as page};
use ui::pages::error::Trouble;

use super::place::place_name;
use super::{go, render, when};
use crate::errors::Problem;
use crate::pages::act::Sent;
use crate::state::AppState;
use crate::visitor::{Known, Visitor};

/// `GET`: who has looked, and the question why.
///
/// # Errors
/// The table's; a household that is not there.
pub async fn show(
    State(state): State<AppState>,
    visitor: Visitor,
    Path(household): Path<HouseholdId>,
) -> Result<Response, Problem> {
    shown(&state, &visitor, household, None, false).await
}

/// `POST`: the remarks, for a reason.
///
/// # Errors
/// The table's; a household that is not there.
pub async fn read(
    State(state): State<AppState>,
    visitor: Visitor,
    Path(household): Path<HouseholdId>,
    Sent(form): Sent,
) -> Result<Response, Problem> {
    let known = there(&visitor, household)?;
    let Some(purpose) = form.get("why").and_then(CarePurpose::parse) else {
        let page = shown(&state, &visitor, household, None, true).await?;
        return Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response());
    };
    let (c, vault) = (known.catalog.id(), state.vault());
    let read =
        state.store().read_care(vault, c, household, &known.actor, purpose.word(), visitor.now).await?;
    let CareRead::Read(remarks) = read else { return Err(Trouble::NotAllowed.into()) };
    let remarks = remarks.into_iter().map(|(flag, care)| Remark { flag, text: care.text }).collect();
    shown(&state, &visitor, household, Some((purpose, remarks)), false).await
}

/// `POST .../consent`: what the household said.
///
/// # Errors
/// The table's; a household that is not there; a form that says neither yes nor no.
pub async fn consent(
    State(state): State<AppState>,
    visitor: Visitor,
    Path(household): Path<HouseholdId>,
    Sent(form): Sent,
) -> Result<Response, Problem> {
    let known = there(&visitor, household)?;
    let is = match form.get("says") {
        Some("agreed") => Consent::Agreed,
        Some("refused") => Consent::Refused,
        _ => return Err(Trouble::NotUnderstood.into()),
    };
    let said = ConsentRecord { is, at: visitor.now, by: known.actor.signed() };
    state.store().set_consent(state.vault(), known.catalog.id(), household, said).await?;
    Ok(go(&format!("/desk/care/{household}"), None))
}

fn there(visitor: &Visitor, household: HouseholdId) -> Result<&Known, Problem> {
    let known = visitor.known()?;
    let is_there = known.community.places.households.contains_key(&household);
    if is_there { Ok(known) } else { Err(Trouble::NotFound.into()) }
}

async fn shown(
    state: &AppState,
    visitor: &Visitor,
    household: HouseholdId,
    read: Option<(CarePurpose, Vec<Remark>)>,
    no_reason: bool,
) -> Result<Response, Problem> {
    there(visitor, household)?;
    let known = visitor.known()?.clone();
    let when = when(visitor)?;
    let c = known.catalog.id();
    let consent = state.store().consent(state.vault(), c, household).await?;
    let readers = state.store().care_readers(c, household).await?;
    let looks =
        readers.into_iter().map(|one| Look { at: one.at, by: one.by, purpose: one.purpose }).collect();
    let title = format!("{} · {}", t::title(when.lang), place_name(&known, visitor, household));
    render(state, visitor, DeskPage::Today, Some(title), move || {
        page(&Shown {
            community: &known.community,
            when,
            household,
            read,
            no_reason,
            consent: consent.map(|said| (said.is, said.at, said.by)),
            looks,
        })
    })
    .await
}
