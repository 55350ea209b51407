//! Shells: a daily page without anybody's data, which the service worker keeps and an island fills from the phone.

use std::collections::BTreeMap;

use axum::Json;
use axum::extract::{Path, Query, State};
use axum::response::{IntoResponse, Response};
use http::{HeaderValue, header};
use leptos::prelude::*;
use serde::Deserialize;
use ui::components::layout::Bar;
use ui::components::progress::Skeleton;
use ui::islands::field::{Field, FieldPage};
use ui::islands::resident::{Resident, ResidentPage};
use ui::locales::{Lang, common, field as f, resident as t};
use ui::pages::enrol::to_this_device;
use ui::pages::error::Trouble;

use super::round::decoder;
use crate::assets::Audience;
use crate::enrol::phones;
use crate::enrol::sign_out::{asking, goodbye};
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
    let lang = asked.lang.as_deref().and_then(Lang::parse).unwrap_or(visitor.look.lang);
    Ok(for_everybody(draw(&state, &visitor, &name, lang).await?))
}

/// `/shells/<audience>`: every shell of an audience in every language by its address, as JSON. A service worker asks
/// once for all of them: each request is billed, and pages that are alike pack well together.
///
/// # Errors
/// [`Trouble::NotFound`] for an audience whose pages have no shells.
pub async fn all(
    State(state): State<AppState>,
    visitor: Visitor,
    Path(audience): Path<String>,
) -> Result<Response, Problem> {
    let names: &[&str] = match audience.as_str() {
        "resident" => &RESIDENT,
        "field" => &FIELD,
        _ => return Err(Trouble::NotFound.into()),
    };
    let mut shells = BTreeMap::new();
    for name in names {
        for lang in Lang::ALL {
            let shell = draw(&state, &visitor, name, lang).await?.into_body();
            let html = axum::body::to_bytes(shell, usize::MAX).await.map_err(|_| Trouble::Broken)?;
            let html = String::from_utf8(html.to_vec()).map_err(|_| Trouble::Broken)?;
            shells.insert(format!("/shell/{name}?lang={}", lang.code()), html);
        }
    }
    Ok(for_everybody(Json(shells).into_response()))
}

/// Pages that have a shell.
const RESIDENT: [&str; 9] =
    ["home", "order", "household", "need", "notices", "held", "phones", "signout", "signedout"];
const FIELD: [&str; 8] = ["round", "stop", "scan", "handover", "outbox", "device", "signout", "signedout"];

/// The same for everybody, and asked for by the service worker only.
fn for_everybody(mut response: Response) -> Response {
    response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-cache"));
    response
}

/// One shell: a page of nobody's.
async fn draw(state: &AppState, visitor: &Visitor, name: &str, lang: Lang) -> Result<Response, Problem> {
    let mut look = visitor.look;
    look.lang = lang;
    let reader = Visitor { look, known: None, ..visitor.clone() };
    if name == "signedout" {
        return Ok(goodbye(state, &reader).await);
    }
    if name == "signout" {
        return Ok(asking(state, &reader, false).await?.into_response());
    }
    if matches!(name, "phones" | "device") {
        return Ok(phones::page(state, &reader, name == "device", None).await);
    }
    let resident = |page: ResidentPage, title: &str| (Which::Resident(page), page.path(), title.to_owned());
    let field =
        |page: FieldPage, path: &'static str, title: &str| (Which::Field(page), path, title.to_owned());
    let (which, path, title) = match name {
        "home" => resident(ResidentPage::Home, common::app_name(lang)),
        "order" => resident(ResidentPage::Order(None), t::order_title(lang)),
        "household" => resident(ResidentPage::Household, t::my_household(lang)),
        "need" => resident(ResidentPage::Need, t::need_title(lang)),
        "notices" => resident(ResidentPage::Notices, t::notices(lang)),
        "held" => resident(ResidentPage::Outbox, f::outbox_title(lang)),
        "round" => field(FieldPage::Rounds, "/round", f::round_title(lang)),
        "stop" => field(FieldPage::Stop, "/round", f::stop_title(lang)),
        "scan" => field(FieldPage::Scan, "/scan", f::scan_title(lang)),
        "handover" => field(FieldPage::HandOver, "/handover", f::hand_over_title(lang)),
        "outbox" => field(FieldPage::Outbox, "/outbox", f::outbox_title(lang)),
        _ => return Err(Trouble::NotFound.into()),
    };
    let (audience, home) = match which {
        Which::Resident(_) => (Audience::Resident, "/"),
        Which::Field(_) => (Audience::Field, "/round"),
    };
    let back = (path != home || name == "stop").then(|| home.to_owned());
    // Whose door or whose round it is stands in the bar as soon as the phone knows: the place for it is kept.
    let plate = matches!(which, Which::Resident(page) if page != ResidentPage::Outbox).then(String::new);
    let detail = plate.clone().or((name == "round").then(String::new));
    let mut shown = visitor.page(audience, Bar { title, back, plate, detail, ..Bar::default() });
    shown.look = look;
    shown.path = path.to_owned();
    let decoder = decoder(state);
    let html = shown
        .render(state, move || {
            let waiting = view! { <Skeleton lang lines=4/> };
            match which {
                Which::Resident(page) => view! { <Resident page as_of=None>{waiting}</Resident> }.into_any(),
                Which::Field(page) => {
                    let device =
                        matches!(page, FieldPage::Outbox | FieldPage::Rounds).then(|| to_this_device(lang));
                    view! { <Field lang page as_of=None decoder>{waiting}</Field> {device} }.into_any()
                }
            }
        })
        .await;
    Ok(html.into_response())
}

#[derive(Clone, Copy)]
enum Which {
    Resident(ResidentPage),
    Field(FieldPage),
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::{FIELD, RESIDENT};

    #[test]
    fn the_service_worker_keeps_exactly_the_shells_that_come_in_the_one_answer() {
        let worker = include_str!("../../../../public/sw.js");
        let (_, rest) = worker.split_once("const SHELLS = {").expect("its list");
        let (list, _) = rest.split_once("const shellName").expect("the end of it");
        let quoted = list.split('"').skip(1).step_by(2);
        let kept: BTreeSet<&str> = quoted.filter(|name| !name.starts_with('/')).collect();
        let sent: BTreeSet<&str> = RESIDENT.into_iter().chain(FIELD).collect();
        assert_eq!(kept, sent);
    }
}
