//! Handlers of the community desk: fetch, then render a page of `ui::pages::desk`. Forms that make facts go through
//! `/act` like everybody's; those that change the community's own records are here.

pub mod board;
pub mod care;
pub mod errands;
pub mod household;
pub mod invites;
pub mod ledger;
pub mod menus;
pub mod needs;
pub mod notices;
pub mod paper;
pub mod people;
pub mod person;
pub mod picklist;
pub mod place;
pub mod print;
pub mod records;
pub mod running;
pub mod settings;
pub mod today;
pub mod upload;
pub mod windows;

pub use records::{after, did, go, newest};

use axum::response::{IntoResponse, Response};
use domain::Lang;
use domain::actor::Role;
use leptos::prelude::*;
use ui::components::layout::Bar;
use ui::components::markup::{IntoMarkup, Markup};
use ui::locales::when::When;
use ui::pages::desk::{DeskPage, bell};

use crate::assets::Audience;
use crate::errors::Problem;
use crate::state::AppState;
use crate::visitor::Visitor;

/// For saying times to this visitor.
///
/// # Errors
/// Not signed in.
pub fn when(visitor: &Visitor) -> Result<When, Problem> {
    let utc_offset = visitor.known()?.community.settings.utc_offset;
    Ok(When { lang: visitor.look.lang, now: visitor.now, utc_offset })
}

/// Renders one of the desk's pages with the links between them. `title` is the page's own name if there is none.
///
/// # Errors
/// Not signed in.
pub async fn render<V: IntoView + Send + 'static>(
    state: &AppState,
    visitor: &Visitor,
    desk: DeskPage,
    title: Option<String>,
    body: impl FnOnce() -> V,
) -> Result<Response, Problem> {
    let lang: Lang = visitor.look.lang;
    let name = visitor.known()?.community.settings.name.in_lang(lang).to_owned();
    let title = title.unwrap_or_else(|| desk.title(lang).to_owned());
    // A steward who orders on behalf sees the page, but no way to pages that would turn them away.
    let at_the_desk = visitor.known()?.actor.role() == Some(Role::Desk);
    let back = (!at_the_desk).then(|| "/round".to_owned());
    let bar = Bar { title, detail: Some(name), back, ..Bar::default() };
    let mut page = visitor.page(Audience::Desk, bar);
    page.desk = at_the_desk.then_some(desk);
    let body = rung(visitor, body)?;
    Ok(page.render(state, body).await.into_response())
}

/// A page with the bell over it, where the reader is the desk: an urgent need rings over a print too.
///
/// # Errors
/// Not signed in.
fn rung<V: IntoView + 'static>(
    visitor: &Visitor,
    body: impl FnOnce() -> V,
) -> Result<impl FnOnce() -> Markup, Problem> {
    let lang = visitor.look.lang;
    let at_the_desk = visitor.known()?.actor.role() == Some(Role::Desk);
    Ok(move || {
        let bell = at_the_desk.then(|| bell(lang));
        view! { {bell} {body()} }.markup()
    })
}
