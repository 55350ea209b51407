//! `/signout`: ends the session. What waits on the phone can still be handed in for thirty days; wiping the phone is
//! the work of its own page.

use axum::extract::State;
use axum::response::{IntoResponse, Response};
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
    let known = visitor.known()?;
    let (lang, staff) = (visitor.look.lang, known.household().is_none());
    // With the bundle of the phone's owner, which sends what waits and wipes the rest.
    let audience = if staff { Audience::Field } else { Audience::Resident };
    let bar = Bar { title: t::sign_out_title(lang).to_owned(), back: Some("/".to_owned()), ..Bar::default() };
    let page = visitor.page(audience, bar);
    Ok(page.render(&state, move || sign_out(lang, staff)).await.into_response())
}

/// Ends it.
///
/// # Errors
/// The table's.
pub async fn end(State(state): State<AppState>, visitor: Visitor) -> Result<Response, Problem> {
    let known = visitor.known()?;
    state.store().end_session(&known.token).await?;
    state.sessions().forget(&known.token);
    let lang = visitor.look.lang;
    let page = Welcome { lang, news: Some(t::signed_out(lang).to_owned()), ..Welcome::default() };
    let mut response = stranger(&state, &visitor, page).await;
    let cookie = clear_cookie(&state.config().public_url);
    response.headers_mut().append(header::SET_COOKIE, cookie);
    // Pages in the browser's own cache, such as those of "back". Not "storage": the outbox is there.
    let wipe = http::HeaderValue::from_static("\"cache\"");
    response.headers_mut().insert("clear-site-data", wipe);
    Ok(response)
}
