//! `GET /`: the welcome for strangers, and for everybody else the first page of their work.

use axum::extract::State;
use axum::response::{IntoResponse, Redirect, Response};
use domain::actor::{Actor, Role};
use ui::components::layout::Bar;
use ui::islands::resident::ResidentPage;
use ui::locales::common;
use ui::pages::welcome::{Welcome, welcome};
use ui::views;
use ui::views::scene::Scene;

use super::{own_household, resident_bar, resident_page};
use crate::assets::Audience;
use crate::errors::Problem;
use crate::feed::first_look;
use crate::passkeys;
use crate::state::AppState;
use crate::visitor::Visitor;

/// The page, or the way to it.
///
/// # Errors
/// The table's.
pub async fn show(State(state): State<AppState>, visitor: Visitor) -> Result<Response, Problem> {
    let Some(known) = &visitor.known else {
        let passkey = Some(passkeys::question(&state, &visitor)?);
        let page = Welcome { lang: visitor.look.lang, passkey, ..Welcome::default() };
        return Ok(stranger(&state, &visitor, page).await);
    };
    let role = match &known.actor {
        Actor::Household(_) | Actor::Clock => return resident(&state, &visitor).await,
        Actor::Person { role, .. } => *role,
    };
    Ok(match role {
        Role::Resident => resident(&state, &visitor).await?,
        Role::Steward | Role::Volunteer => Redirect::to("/round").into_response(),
        Role::Desk => Redirect::to("/desk").into_response(),
        Role::Supplier => Redirect::to("/desk/picklist").into_response(),
    })
}

/// `GET /signin`: the welcome, also for somebody whose phone believes to be signed in.
///
/// # Errors
/// When the vault has no key.
pub async fn sign_in(State(state): State<AppState>, visitor: Visitor) -> Result<Response, Problem> {
    let passkey = Some(passkeys::question(&state, &visitor)?);
    let page = Welcome { lang: visitor.look.lang, passkey, ..Welcome::default() };
    Ok(stranger(&state, &visitor, page).await)
}

/// The welcome page, with whatever there is to say.
pub async fn stranger(state: &AppState, visitor: &Visitor, mut page: Welcome) -> Response {
    let lang = visitor.look.lang;
    page.plain_http = !state.config().public_url.is_secure_context();
    let name = state.community().await.map(|community| community.settings.name.in_lang(lang).to_owned()).ok();
    let bar = Bar { title: common::app_name(lang).to_owned(), detail: name, ..Bar::default() };
    let mut shown = visitor.page(Audience::Stranger, bar);
    shown.path = "/".to_owned();
    // Whoever signed out without signal may have left something sealed on this phone.
    shown.script = Some("/phone.js");
    shown.render(state, move || welcome(page)).await.into_response()
}

async fn resident(state: &AppState, visitor: &Visitor) -> Result<Response, Problem> {
    let known = visitor.known()?;
    let household = own_household(known)?;
    let (feed, open_needs) = first_look(state, known, visitor.now, &visitor.fresh).await?;
    let scene = Scene::new(feed, visitor.now, visitor.look.lang);
    let bar = resident_bar(&scene, household, common::app_name(visitor.look.lang), None);
    let draw = move |_: &mut dyn FnMut() -> String| views::home::home_with(&scene, open_needs);
    Ok(resident_page(state, visitor, ResidentPage::Home, bar, draw).await)
}
