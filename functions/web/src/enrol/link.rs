//! Links from paper and from screens: `/e/<code>` from a letter or another phone, `/i/<code>` from an invite. Opening
//! one spends nothing, since chat apps open links by themselves; its button does.

use axum::extract::{Path, State};
use axum::response::{IntoResponse, Response};
use domain::actor::Signed;
use domain::enrolment_code::{EnrolmentCode, EnrolmentSecret};
use http::{HeaderMap, StatusCode};
use store::{Pass, WayIn};
use ui::components::layout::Bar;
use ui::locales::{common, enter as t};
use ui::pages::enrol::{Whom, confirm};
use ui::pages::welcome::Welcome;
use ui::views::words;

use super::{enter, in_app_browser};
use crate::assets::Audience;
use crate::errors::Problem;
use crate::pages::home::stranger;
use crate::state::AppState;
use crate::visitor::Visitor;

/// `GET /e/<code>`.
///
/// # Errors
/// The table's.
pub async fn ask_letter(
    State(state): State<AppState>,
    visitor: Visitor,
    headers: HeaderMap,
    Path(code): Path<String>,
) -> Result<Response, Problem> {
    let way_in = letter(&state, &code);
    ask(&state, &visitor, &headers, way_in, format!("/e/{code}")).await
}

/// `POST /e/<code>`.
///
/// # Errors
/// The table's.
pub async fn spend_letter(
    State(state): State<AppState>,
    visitor: Visitor,
    headers: HeaderMap,
    Path(code): Path<String>,
) -> Result<Response, Problem> {
    let way_in = letter(&state, &code);
    spend(&state, &visitor, &headers, way_in).await
}

/// `GET /i/<code>`.
///
/// # Errors
/// The table's.
pub async fn ask_invite(
    State(state): State<AppState>,
    visitor: Visitor,
    headers: HeaderMap,
    Path(code): Path<String>,
) -> Result<Response, Problem> {
    ask(&state, &visitor, &headers, invite(&code), format!("/i/{code}")).await
}

/// `POST /i/<code>`.
///
/// # Errors
/// The table's.
pub async fn spend_invite(
    State(state): State<AppState>,
    visitor: Visitor,
    headers: HeaderMap,
    Path(code): Path<String>,
) -> Result<Response, Problem> {
    spend(&state, &visitor, &headers, invite(&code)).await
}

/// A letter's long code, or the ten characters that another phone shows.
fn letter(state: &AppState, code: &str) -> Option<WayIn> {
    let long = EnrolmentSecret::parse(code).ok().map(WayIn::Letter);
    let short = || EnrolmentCode::parse(code).ok();
    long.or_else(|| short().map(|code| WayIn::Minute(state.config().community.clone(), code)))
}

fn invite(code: &str) -> Option<WayIn> {
    EnrolmentSecret::parse(code).ok().map(WayIn::Invite)
}

async fn pass(state: &AppState, visitor: &Visitor, way_in: &WayIn) -> Result<Option<Pass>, Problem> {
    // Ten characters can be guessed, so they are throttled here as where they are typed.
    if let WayIn::Minute(community, code) = way_in
        && !super::typed::may_try(state, community, code, visitor.now).await?
    {
        return Ok(None);
    }
    let pass = state.store().look_at(way_in, visitor.now).await?;
    if let (None, WayIn::Minute(community, code)) = (&pass, way_in) {
        super::typed::count_wrong(state, community, code, visitor.now).await?;
    }
    Ok(pass)
}

async fn ask(
    state: &AppState,
    visitor: &Visitor,
    headers: &HeaderMap,
    way_in: Option<WayIn>,
    action: String,
) -> Result<Response, Problem> {
    let Some(way_in) = way_in else { return Ok(nowhere(state, visitor, None).await) };
    let Some(pass) = pass(state, visitor, &way_in).await? else {
        return Ok(nowhere(state, visitor, Some(&way_in)).await);
    };
    match question(state, visitor, headers, &pass, (action, Vec::new())).await? {
        Some(page) => Ok(page),
        None => Ok(nowhere(state, visitor, Some(&way_in)).await),
    }
}

/// "Yes, that is us": whom a code signs in, before it is spent. `form` is where the button posts to, and what it brings.
pub(super) async fn question(
    state: &AppState,
    visitor: &Visitor,
    headers: &HeaderMap,
    pass: &Pass,
    (action, fields): (String, Vec<(&'static str, String)>),
) -> Result<Option<Response>, Problem> {
    let catalog = state.communities().get(&pass.community, visitor.now).await?;
    let community = &catalog.community;
    let mut visitor = visitor.clone();
    let whom = match pass.who {
        Signed::Household(household) => {
            if let Some(known) = community.places.households.get(&household)
                && crate::page::cookie(headers, crate::page::LANG_COOKIE).is_none()
            {
                visitor.look.lang = known.lang;
            }
            let (room, place) = words::home(visitor.look.lang, community, household).unzip();
            Whom::Household { place: place.unwrap_or_default(), room }
        }
        Signed::Person(id, role) => {
            let name = community.people.get(&id).map(|person| person.name.clone()).unwrap_or_default();
            Whom::Person { name, role: words::role(visitor.look.lang, role).to_owned() }
        }
        Signed::Clock => return Ok(None),
    };
    let lang = visitor.look.lang;
    let bar = Bar {
        title: common::app_name(lang).to_owned(),
        detail: Some(community.settings.name.in_lang(lang).to_owned()),
        ..Bar::default()
    };
    let in_app = in_app_browser(headers);
    let page = visitor.page(Audience::Stranger, bar);
    // Whoever is signed in here hands this phone over.
    let other = visitor.known.as_ref().is_some_and(|known| known.who != pass.who);
    let ask = move || confirm(lang, whom, (action, fields), other, in_app);
    Ok(Some(page.render(state, ask).await.into_response()))
}

async fn spend(
    state: &AppState,
    visitor: &Visitor,
    headers: &HeaderMap,
    way_in: Option<WayIn>,
) -> Result<Response, Problem> {
    let Some(way_in) = way_in else { return Ok(nowhere(state, visitor, None).await) };
    let entered = match pass(state, visitor, &way_in).await? {
        Some(pass) => enter(state, visitor, headers, &way_in, pass.who).await?,
        None => None,
    };
    match entered {
        Some(response) => Ok(response),
        None => Ok(nowhere(state, visitor, Some(&way_in)).await),
    }
}

/// The welcome page with what is wrong with the link.
async fn nowhere(state: &AppState, visitor: &Visitor, way_in: Option<&WayIn>) -> Response {
    let lang = visitor.look.lang;
    let news = match way_in {
        Some(WayIn::Invite(_)) => t::invite_spent(lang),
        Some(WayIn::Letter(_)) => t::code_spent(lang),
        Some(WayIn::Minute(..) | WayIn::TypedLetter(..)) => t::code_unknown(lang),
        None => t::code_slip(lang),
    };
    let page = Welcome { lang, news: Some(news.to_owned()), ..Welcome::default() };
    (StatusCode::NOT_FOUND, stranger(state, visitor, page).await).into_response()
}
