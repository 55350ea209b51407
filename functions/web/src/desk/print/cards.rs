//! `/desk/print/cards`: door cards. Opening the page shows those that exist; the form makes the missing ones, or
//! replaces one.

use axum::extract::State;
use axum::response::{IntoResponse, Redirect, Response};
use domain::DoorId;
use domain::door_code::DoorToken;
use domain::places::Door;
use http::StatusCode;
use store::StoreError;
use ui::locales::print as t;
use ui::pages::desk::DeskPage;
use ui::pages::error::Trouble;
use ui::pages::print::cards::{DOOR, DoorCard, Offer, cards as sheets, offer};
use ui::pages::print::{BUILDING, Place, not_printable, toolbar};

use super::{building_in, doors_in, paper, refused, render};
use crate::errors::Problem;
use crate::pages::act::Sent;
use crate::secret::random;
use crate::state::AppState;
use crate::visitor::{Known, Visitor};

/// How often a taken short code is drawn again.
const DRAWS: usize = 3;

/// The cards that exist, of a building, of all, or of one door.
///
/// # Errors
/// The table's; a building or door that is not there.
pub async fn show(State(state): State<AppState>, visitor: Visitor, form: Sent) -> Result<Response, Problem> {
    let known = visitor.known()?.clone();
    let lang = visitor.look.lang;
    let title = t::cards(lang).to_owned();
    if let Some(address) = refused(&state) {
        return render(&state, &visitor, DeskPage::Prints, Some(title), move || {
            not_printable(lang, &address)
        })
        .await;
    }
    let (doors, one) = asked(&known, &form)?;
    let building = building_in(&known, &form)?;
    let tokens = tokens(&state, &known, &doors).await?;
    let made: Vec<DoorCard> = doors
        .iter()
        .zip(&tokens)
        .filter_map(|(door, token)| {
            Some(DoorCard { place: Place::of(&known.community, door), token: (*token)? })
        })
        .collect();
    let count = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
    let offered = match one {
        Some(door) if !made.is_empty() => Offer::Again(door),
        _ => Offer::Missing(building, count(doors.len() - made.len()), count(doors.len())),
    };
    let back = one.map_or_else(|| "/desk/print".to_owned(), |door| format!("/desk/door/{door}"));
    let bar = toolbar(lang, &back, &[]);
    let origin = state.config().public_url.origin().to_owned();
    paper(&state, &visitor, title, move || (bar, offer(lang, offered), sheets(lang, &origin, &made))).await
}

/// Makes the cards that are missing; of one door a new one, and the old one leads nowhere from now on.
///
/// # Errors
/// The table's; a building or door that is not there.
pub async fn make(State(state): State<AppState>, visitor: Visitor, form: Sent) -> Result<Response, Problem> {
    let known = visitor.known()?.clone();
    let lang = visitor.look.lang;
    if let Some(address) = refused(&state) {
        let title = t::cards(lang).to_owned();
        let page =
            render(&state, &visitor, DeskPage::Prints, Some(title), move || not_printable(lang, &address));
        return Ok((StatusCode::CONFLICT, page.await?).into_response());
    }
    let (doors, one) = asked(&known, &form)?;
    let tokens = tokens(&state, &known, &doors).await?;
    for (door, token) in doors.iter().zip(tokens) {
        if token.is_none() || one.is_some() {
            issue(&state, &known, door).await?;
        }
    }
    // Back to a page that makes nothing, so that a reload or a language switch kills no card.
    let query = match (one, form.0.get(BUILDING)) {
        (Some(door), _) => format!("?{DOOR}={door}"),
        (None, Some(building)) => format!("?{BUILDING}={building}"),
        (None, None) => String::new(),
    };
    Ok(Redirect::to(&format!("/desk/print/cards{query}")).into_response())
}

fn asked<'a>(known: &'a Known, form: &Sent) -> Result<(Vec<&'a Door>, Option<DoorId>), Problem> {
    let Some(text) = form.0.get(DOOR) else {
        return Ok((doors_in(known, building_in(known, form)?), None));
    };
    let id: DoorId = text.parse().map_err(|_| Trouble::NotFound)?;
    let door = known.community.places.doors.get(&id).ok_or(Trouble::NotFound)?;
    Ok((vec![door], Some(id)))
}

/// The cards of these doors, in the same order; one query for each building.
async fn tokens(state: &AppState, known: &Known, doors: &[&Door]) -> Result<Vec<Option<DoorToken>>, Problem> {
    let mut buildings: Vec<_> = doors.iter().map(|door| door.building).collect();
    buildings.dedup();
    let mut all = std::collections::BTreeMap::new();
    for building in buildings {
        all.extend(state.store().cards(known.catalog.id(), building).await?);
    }
    Ok(doors.iter().map(|door| all.get(&door.id).copied()).collect())
}

async fn issue(state: &AppState, known: &Known, door: &Door) -> Result<(), Problem> {
    let mut draw = 1;
    loop {
        let token = DoorToken::from_random(random());
        match state.store().issue_card(known.catalog.id(), door.building, door.id, &token).await {
            Ok(()) => return Ok(()),
            Err(StoreError::TransactionRefused { .. }) if draw < DRAWS => draw += 1,
            Err(error) => return Err(error.into()),
        }
    }
}
