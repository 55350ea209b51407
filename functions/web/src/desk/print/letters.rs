//! `/desk/print/letters`: enrolment letters. Their codes are made by the form and shown on its answer, once: the table
//! keeps only what a code hashes to.

use std::collections::BTreeSet;

use axum::extract::State;
use axum::response::{IntoResponse, Response};
use domain::enrolment_code::EnrolmentSecret;
use domain::household::Household;
use domain::{FactId, HouseholdId};
use http::StatusCode;
use leptos::either::Either;
use store::{Issued, StoreError};
use ui::locales::print as t;
use ui::pages::desk::DeskPage;
use ui::pages::error::Trouble;
use ui::pages::print::letters::{
    ASKED, HOUSEHOLD, Letter, Sender, WHOM, WITHOUT_PHONE, Whom, ask as question, letters as sheets, newer,
    once,
};
use ui::pages::print::{Place, not_printable, nothing, toolbar};

use super::{building_in, doors_in, paper, refused, render, where_words};
use crate::errors::Problem;
use crate::pages::act::Sent;
use crate::pages::fact_id;
use crate::state::AppState;
use crate::visitor::{Known, Visitor};

/// How often a taken typed code is drawn again: once in 40,000 communities it happens at all.
const DRAWS: usize = 3;

/// The question; makes nothing.
///
/// # Errors
/// A building or household that is not there.
pub async fn ask(State(state): State<AppState>, visitor: Visitor, form: Sent) -> Result<Response, Problem> {
    let known = visitor.known()?.clone();
    let lang = visitor.look.lang;
    let whom = match one(&known, &form)? {
        Some(household) => Whom::One(household.id, place_words(&known, &visitor, household)),
        None => {
            let building = building_in(&known, &form)?;
            let count = u32::try_from(households(&known, &form)?.len()).unwrap_or(u32::MAX);
            Whom::Many(building, where_words(&known, lang, building), count)
        }
    };
    let refused = refused(&state);
    let title = t::letters(lang).to_owned();
    let asked = fact_id(visitor.now).to_string();
    render(&state, &visitor, DeskPage::Prints, Some(title), move || match refused {
        Some(address) => Either::Left(not_printable(lang, &address)),
        None => Either::Right(question(lang, &whom, &asked)),
    })
    .await
}

/// Makes the letters and shows them; earlier ones of the same households are worth nothing from now on.
///
/// # Errors
/// The table's; a building or household that is not there.
pub async fn make(State(state): State<AppState>, visitor: Visitor, form: Sent) -> Result<Response, Problem> {
    let known = visitor.known()?.clone();
    let lang = visitor.look.lang;
    let title = t::letters(lang).to_owned();
    if let Some(address) = refused(&state) {
        let page =
            render(&state, &visitor, DeskPage::Prints, Some(title), move || not_printable(lang, &address));
        return Ok((StatusCode::CONFLICT, page.await?).into_response());
    }
    let wanted: Vec<Household> = match one(&known, &form)? {
        Some(household) => vec![household.clone()],
        None => households(&known, &form)?.into_iter().cloned().collect(),
    };
    let with_phone = match form.0.get(WHOM) {
        Some(WITHOUT_PHONE) => households_with_phone(&state, &known, visitor.now).await?,
        _ => BTreeSet::new(),
    };
    // Printed codes are drawn from the question that was asked: the page that shows them can be loaded again, and what lies
    // on paper stays good.
    let asked =
        form.0.get(ASKED).and_then(|asked| asked.parse().ok()).unwrap_or_else(|| fact_id(visitor.now));
    let (mut letters, mut replaced) = (Vec::new(), 0);
    for household in wanted {
        if with_phone.contains(&household.id) {
            continue;
        }
        let Some(secret) = issue(&state, &known, household.id, asked, visitor.now).await? else {
            replaced += 1;
            continue;
        };
        let door = household.door.and_then(|door| known.community.places.doors.get(&door));
        let place = door.map(|door| Place::of(&known.community, door));
        letters.push(Letter { place, holder: household.holder, lang: household.lang, secret });
    }
    let url = &state.config().public_url;
    let sender = Sender {
        origin: url.origin().to_owned(),
        host: url.host().to_owned(),
        community: known.community.settings.name.clone(),
        hotline: known.community.settings.hotline.clone(),
    };
    let bar = toolbar(lang, "/desk/print", &[]);
    paper(&state, &visitor, title, move || {
        let note = match (letters.is_empty(), replaced) {
            (true, 0) => nothing(t::letters_nobody(lang)),
            (_, 0) => once(lang),
            (_, more) => newer(lang, more),
        };
        (bar, note, sheets(&sender, &letters))
    })
    .await
}

/// `None` where a later letter was printed meanwhile.
async fn issue(
    state: &AppState,
    known: &Known,
    household: HouseholdId,
    asked: FactId,
    now: domain::Millis,
) -> Result<Option<EnrolmentSecret>, Problem> {
    let mut draw = 1;
    loop {
        let bits = state.vault().drawn("letter", &format!("{asked}/{household}/{draw}"))?;
        let secret = EnrolmentSecret::from_random(bits);
        // Nothing is asked in the future: such a letter could never be replaced.
        let (c, at) = (known.catalog.id(), asked.built().min(now));
        match state.store().issue_letter(state.vault(), c, household, &secret, at, now).await {
            Ok(Issued::Good) => return Ok(Some(secret)),
            Ok(Issued::Replaced) => return Ok(None),
            Err(StoreError::TransactionRefused { .. }) if draw < DRAWS => draw += 1,
            Err(error) => return Err(error.into()),
        }
    }
}

/// The households on whose phones somebody is signed in.
///
/// # Errors
/// The table's.
pub async fn households_with_phone(
    state: &AppState,
    known: &Known,
    now: domain::Millis,
) -> Result<BTreeSet<HouseholdId>, Problem> {
    Ok(state.store().households_with_phone(known.catalog.id(), now).await?)
}

fn one<'a>(known: &'a Known, form: &Sent) -> Result<Option<&'a Household>, Problem> {
    let Some(text) = form.0.get(HOUSEHOLD) else { return Ok(None) };
    let id: HouseholdId = text.parse().map_err(|_| Trouble::NotFound)?;
    Ok(Some(known.community.places.households.get(&id).ok_or(Trouble::NotFound)?))
}

/// The households of a building, or all, those without a door last.
fn households<'a>(known: &'a Known, form: &Sent) -> Result<Vec<&'a Household>, Problem> {
    let places = &known.community.places;
    let building = building_in(known, form)?;
    let mut households: Vec<&Household> =
        doors_in(known, building).into_iter().flat_map(|door| places.behind(door.id)).collect();
    if building.is_none() {
        households.extend(places.households.values().filter(|household| household.door.is_none()));
    }
    Ok(households)
}

fn place_words(known: &Known, visitor: &Visitor, household: &Household) -> String {
    let home = ui::views::words::home(visitor.look.lang, &known.community, household.id);
    let home = home.map(|(room, stairs)| format!("{stairs} {room} ")).unwrap_or_default();
    format!("{home}{}", household.holder)
}
