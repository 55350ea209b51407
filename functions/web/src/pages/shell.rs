//! Shells: a daily page without anybody's data, which the service worker keeps and an island fills from the phone.

use axum::extract::{Path, Query, State};
use axum::response::{IntoResponse, Response};
use http::{HeaderValue, header};
use leptos::prelude::*;
use serde::Deserialize;
use ui::components::layout::Bar;
use ui::components::progress::Skeleton;
use ui::islands::resident::{Resident, ResidentPage};
use ui::locales::{Lang, common, resident as t};
use ui::pages::error::Trouble;

use crate::assets::Audience;
use crate::errors::Problem;
use crate::state::AppState;
use crate::visitor::Visitor;

/// Which language; the cookie's otherwise.
#[derive(Debug, Deserialize)]
pub struct Asked {
    lang: Option<String>,
}

/// `/shell/<page>?lang=`.
///
/// # Errors
/// [`Trouble::NotFound`] for a page that has no shell.
pub async fn show(
    State(state): State<AppState>,
    visitor: Visitor,
    Path(name): Path<String>,
    Query(asked): Query<Asked>,
) -> Result<Response, Problem> {
    let mut look = visitor.look;
    look.lang = asked.lang.as_deref().and_then(Lang::parse).unwrap_or(look.lang);
    let lang = look.lang;
    let (page, path, title) = match name.as_str() {
        "home" => (ResidentPage::Home, "/", common::app_name(lang)),
        "order" => (ResidentPage::Order(None), "/order", t::order_title(lang)),
        "household" => (ResidentPage::Household, "/household", t::my_household(lang)),
        "need" => (ResidentPage::Need, "/need", t::need_title(lang)),
        "notices" => (ResidentPage::Notices, "/notices", t::notices(lang)),
        _ => return Err(Trouble::NotFound.into()),
    };
    let back = (path != "/").then(|| "/".to_owned());
    let bar = Bar { title: title.to_owned(), back, ..Bar::default() };
    let mut shown = visitor.page(Audience::Resident, bar);
    shown.look = look;
    shown.path = path.to_owned();
    let html = shown
        .render(&state, move || {
            view! { <Resident lang page as_of=None><Skeleton lang lines=4/></Resident> }
        })
        .await;
    let mut response = html.into_response();
    // The same for everybody, and asked for by the service worker only.
    response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-cache"));
    Ok(response)
}
