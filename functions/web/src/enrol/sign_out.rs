//! `/signout`: ends the session. What waits on the phone can still be handed in for thirty days; sending or sealing it
//! and wiping the phone is the work of its own page (`public/kept.js`).

use axum::extract::State;
use axum::response::{Html, IntoResponse, Redirect, Response};
use http::header;
use ui::components::layout::Bar;
use ui::locales::enter as t;
use ui::pages::enrol::sign_out;
use ui::pages::welcome::Welcome;

use crate::assets::Audience;
use crate::errors::Problem;
use crate::pages::home::stranger;
use crate::session::clear_cookie;
use crate::state::AppState;
use crate::visitor::Visitor;

/// Asks first: signing in again takes a letter.
///
/// # Errors
/// The table's.
pub async fn ask(State(state): State<AppState>, visitor: Visitor) -> Result<Response, Problem> {
    let staff = visitor.known()?.household().is_none();
    Ok(asking(&state, &visitor, staff).await?.into_response())
}

/// The page that asks; nobody's, so that it is a shell too. No program of ours runs on it: nothing writes to the phone
/// while it is wiped.
///
/// # Errors
/// None in practice: the vault's.
pub async fn asking(state: &AppState, visitor: &Visitor, staff: bool) -> Result<Html<String>, Problem> {
    let (lang, key) = (visitor.look.lang, state.vault().sealing_key()?);
    let bar = Bar { title: t::sign_out_title(lang).to_owned(), back: Some("/".to_owned()), ..Bar::default() };
    let mut page = visitor.page(Audience::Stranger, bar);
    page.path = "/signout".to_owned();
    page.script = Some("/phone.js");
    Ok(page.render(state, move || sign_out(lang, staff, key)).await)
}

/// Ends it.
///
/// # Errors
/// The table's.
pub async fn end(State(state): State<AppState>, visitor: Visitor) -> Result<Response, Problem> {
    let known = visitor.known()?;
    state.store().end_session(&known.token).await?;
    state.sessions().forget(&known.token);
    let mut response = Redirect::to("/signedout").into_response();
    let cookie = clear_cookie(&state.config().public_url);
    response.headers_mut().append(header::SET_COOKIE, cookie);
    // Pages in the browser's own cache, such as those of "back". Not "storage": the outbox is there.
    let wipe = http::HeaderValue::from_static("\"cache\"");
    response.headers_mut().insert("clear-site-data", wipe);
    Ok(response)
}

/// `GET /signedout`: the welcome with the word that somebody signed out; a phone without signal shows it from its shell.
pub async fn done(State(state): State<AppState>, visitor: Visitor) -> Response {
    goodbye(&state, &visitor).await
}

/// The page of [`done`], which is nobody's.
pub async fn goodbye(state: &AppState, visitor: &Visitor) -> Response {
    let lang = visitor.look.lang;
    let page = Welcome { lang, news: Some(t::signed_out(lang).to_owned()), ..Welcome::default() };
    stranger(state, visitor, page).await
}
