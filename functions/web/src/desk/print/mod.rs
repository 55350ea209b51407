//! Everything on paper: what somebody asks to print, and the frame around the sheets. Opening a page makes nothing;
//! codes are made by a form. One file for each kind of sheet.

pub mod cards;
pub mod fallback;
pub mod letters;
pub mod runs;

use axum::extract::State;
use axum::response::{IntoResponse, Response};
use domain::places::Door;
use domain::{BuildingId, Lang, RunId};
use leptos::prelude::IntoView;
use ui::components::layout::Bar;
use ui::pages::desk::DeskPage;
use ui::pages::error::Trouble;
use ui::pages::print::{BUILDING, RUN, building_words, overview};

use super::today::{current, run_to_show};
use super::{render, rung, when};
use crate::assets::Audience;
use crate::errors::Problem;
use crate::pages::act::Sent;
use crate::state::AppState;
use crate::visitor::{Known, Visitor};

/// `GET /desk/print`: what can be printed.
///
/// # Errors
/// Not signed in.
pub async fn show(State(state): State<AppState>, visitor: Visitor) -> Result<Response, Problem> {
    let known = visitor.known()?.clone();
    let when = when(&visitor)?;
    let mut runs: Vec<RunId> = current(&known, visitor.now).iter().map(|window| window.run).collect();
    // The delivery that is under way stands first, as the one that is probably meant.
    let first = run_to_show(&known, visitor.now, None);
    runs.sort_by_key(|run| Some(*run) != first);
    let refused = refused(&state);
    render(&state, &visitor, DeskPage::Prints, None, move || {
        overview(&known.community, &when, &runs, refused.as_deref())
    })
    .await
}

/// The address that letters and cards are not printed for, if it is one.
fn refused(state: &AppState) -> Option<String> {
    let url = &state.config().public_url;
    (!url.is_printable()).then(|| url.origin().to_owned())
}

/// A page of sheets.
async fn paper<V: IntoView + Send + 'static>(
    state: &AppState,
    visitor: &Visitor,
    title: String,
    body: impl FnOnce() -> V,
) -> Result<Response, Problem> {
    let detail = visitor.known()?.community.settings.name.in_lang(visitor.look.lang).to_owned();
    let bar = Bar { title, detail: Some(detail), ..Bar::default() };
    let page = visitor.page(Audience::Print, bar);
    let body = rung(visitor, body)?;
    Ok(page.render(state, body).await.into_response())
}

/// The building asked for, if there is one of that id.
pub(super) fn building_in(known: &Known, form: &Sent) -> Result<Option<BuildingId>, Problem> {
    match form.0.get(BUILDING) {
        None => Ok(None),
        Some(text) => {
            let building: BuildingId = text.parse().map_err(|_| Trouble::NotFound)?;
            let there = known.community.places.buildings.contains_key(&building);
            if there { Ok(Some(building)) } else { Err(Trouble::NotFound.into()) }
        }
    }
}

/// The run asked for, or the one that is probably meant.
pub(super) fn run_in(known: &Known, visitor: &Visitor, form: &Sent) -> Option<RunId> {
    run_to_show(known, visitor.now, form.0.read(RUN).ok())
}

/// The doors of a building, or of all, in the order of buildings and stairs.
fn doors_in(known: &Known, building: Option<BuildingId>) -> Vec<&Door> {
    let places = &known.community.places;
    let buildings = places.buildings_in_order().into_iter().map(|one| one.id);
    buildings
        .filter(|id| building.is_none_or(|asked| asked == *id))
        .flat_map(|id| places.doors_of(id))
        .collect()
}

/// The building in words, or all of them.
fn where_words(known: &Known, lang: Lang, building: Option<BuildingId>) -> String {
    match building {
        Some(id) => building_words(&known.community, lang, id),
        None => ui::locales::print::every_building(lang).to_owned(),
    }
}
