//! The pages of stewards and volunteers: the round, a stop, the scanner, and what a door card's address leads to.

use axum::extract::{Path, RawQuery, State};
use axum::response::{IntoResponse, Redirect, Response};
use domain::door_code::DoorToken;
use domain::fact::DoorCheck;
use domain::form::Fields;
use domain::{DoorId, RunId};
use leptos::prelude::*;
use ui::components::layout::Bar;
use ui::components::markup::{IntoMarkup, Markup};
use ui::islands::field::{Field, FieldPage};
use ui::islands::resident::{Resident, ResidentPage};
use ui::locales::{enter, field as t};
use ui::pages::enrol::to_this_device;
use ui::pages::welcome::Welcome;
use ui::views;
use ui::views::outbox::Around;
use ui::views::round::{Walk, stop_href, stops_of};
use ui::views::scan::{CODE, Seen};
use ui::views::scene::Scene;
use ui::views::stop::At;

use super::act::Sent;
use super::home::stranger;
use super::{fact_id, scene};
use crate::assets::Audience;
use crate::errors::Problem;
use crate::state::AppState;
use crate::visitor::Visitor;

/// `GET /round`.
///
/// # Errors
/// The table's.
pub async fn show(
    State(state): State<AppState>,
    visitor: Visitor,
    RawQuery(query): RawQuery,
) -> Result<Response, Problem> {
    let walk = Walk::of_query(&query.unwrap_or_default());
    let (scene, bar) = round_bar(&state, &visitor).await?;
    Ok(page(&state, &visitor, FieldPage::Rounds, bar, scene, move |scene, ids| {
        views::round::round(scene, walk, &Fields::default(), ids).markup()
    })
    .await)
}

async fn round_bar(state: &AppState, visitor: &Visitor) -> Result<(Scene, Bar), Problem> {
    let scene = scene(state, visitor).await?;
    let bar = Bar { title: t::round_title(scene.lang).to_owned(), detail: name(&scene), ..Bar::default() };
    Ok((scene, bar))
}

/// The round with a load that lacked a number or is asked about, as it was filled in.
///
/// # Errors
/// The table's.
pub(super) async fn load_page(
    state: &AppState,
    visitor: &Visitor,
    typed: Fields,
) -> Result<Response, Problem> {
    let (scene, bar) = round_bar(state, visitor).await?;
    let now = visitor.now;
    let draw = move || {
        let ids = &mut || fact_id(now).to_string();
        views::round::round(&scene, Walk::default(), &typed, ids).markup()
    };
    Ok(as_filled_in(state, visitor, bar, "/round".to_owned(), draw).await)
}

/// The answer to a form stands at no page's address: the program would not know what it is about.
async fn as_filled_in(
    state: &AppState,
    visitor: &Visitor,
    bar: Bar,
    path: String,
    draw: impl FnOnce() -> Markup + Send + 'static,
) -> Response {
    let mut shown = visitor.page(Audience::Field, bar);
    shown.path = path;
    shown.render(state, draw).await.into_response()
}

/// `GET /round/<run>/<door>`.
///
/// # Errors
/// The table's.
pub async fn stop(
    State(state): State<AppState>,
    visitor: Visitor,
    Path((run, door)): Path<(RunId, DoorId)>,
) -> Result<Response, Problem> {
    stop_page(&state, &visitor, (run, door), Fields::default()).await
}

/// The stop; with a mark that lacked words, as it was filled in.
///
/// # Errors
/// The table's.
pub(super) async fn stop_page(
    state: &AppState,
    visitor: &Visitor,
    (run, door): (RunId, DoorId),
    typed: Fields,
) -> Result<Response, Problem> {
    let scene = scene(state, visitor).await?;
    let at = At { run, door, check: DoorCheck::Listed, upwards: false };
    let bar = Bar {
        title: t::stop_title(scene.lang).to_owned(),
        back: Some("/round".to_owned()),
        ..Bar::default()
    };
    if typed.0.is_empty() {
        let draw =
            move |scene: &Scene, ids: &mut dyn FnMut() -> String| views::stop::stop(scene, at, &typed, ids);
        return Ok(page(state, visitor, FieldPage::Stop, bar, scene, draw).await);
    }
    let now = visitor.now;
    let draw = move || views::stop::stop(&scene, at, &typed, &mut || fact_id(now).to_string());
    Ok(as_filled_in(state, visitor, bar, stop_href(run, door), draw).await)
}

/// `GET /scan`: the scanner; with a typed code, what the code leads to.
///
/// # Errors
/// The table's.
pub async fn scan(
    State(state): State<AppState>,
    visitor: Visitor,
    Sent(form): Sent,
) -> Result<Response, Problem> {
    let scene = scene(&state, &visitor).await?;
    let seen = form.get(CODE).map(|typed| Seen::typed(&scene, typed));
    Ok(scanner(&state, &visitor, scene, seen, &form).await)
}

async fn scanner(
    state: &AppState,
    visitor: &Visitor,
    scene: Scene,
    seen: Option<Seen>,
    form: &Fields,
) -> Response {
    let typed = form.clone();
    let expected = form.read("for").ok();
    let bar = Bar {
        title: t::scan_title(scene.lang).to_owned(),
        back: Some("/round".to_owned()),
        ..Bar::default()
    };
    page(state, visitor, FieldPage::Scan, bar, scene, move |scene, ids| {
        views::scan::scan(scene, seen.as_ref(), expected, &typed, false, ids)
    })
    .await
}

/// `GET /handover`: the codes are drawn by the phone, since it is where there is no signal that they are needed.
///
/// # Errors
/// The table's.
pub async fn hand_over(State(state): State<AppState>, visitor: Visitor) -> Result<Response, Problem> {
    let scene = scene(&state, &visitor).await?;
    let bar = Bar {
        title: t::hand_over_title(scene.lang).to_owned(),
        back: Some("/round".to_owned()),
        ..Bar::default()
    };
    Ok(page(&state, &visitor, FieldPage::HandOver, bar, scene, |scene, _| {
        views::handover::needs_script(scene.lang)
    })
    .await)
}

/// `GET /outbox`: the server cannot know what a phone holds; its page says so until the island is awake.
///
/// # Errors
/// Not signed in.
pub async fn outbox(State(state): State<AppState>, visitor: Visitor) -> Result<Response, Problem> {
    let resident = visitor.known()?.household().is_some();
    let lang = visitor.look.lang;
    let (home, audience) = if resident { ("/", Audience::Resident) } else { ("/round", Audience::Field) };
    let bar = Bar { title: t::outbox_title(lang).to_owned(), back: Some(home.to_owned()), ..Bar::default() };
    let as_of = Some(visitor.now);
    let decoder = decoder(&state);
    let around = Around { home, signed_out: false };
    let html = visitor
        .page(audience, bar)
        .render(&state, move || {
            let served = views::outbox::outbox(None, &[], lang, around);
            if resident {
                view! { <Resident page=ResidentPage::Outbox as_of>{served}</Resident> }.into_any()
            } else {
                view! { <Field lang page=FieldPage::Outbox as_of decoder>{served}</Field> {to_this_device(lang)} }
                    .into_any()
            }
        })
        .await;
    Ok(html.into_response())
}

/// `GET /d/<token>`: a door card opened by a phone's own camera. It says nothing to strangers, whom every card
/// answers alike, and opens the stop for whoever walks the round.
///
/// # Errors
/// The table's.
pub async fn card(
    State(state): State<AppState>,
    visitor: Visitor,
    Path(text): Path<String>,
) -> Result<Response, Problem> {
    let lang = visitor.look.lang;
    let Some(known) = &visitor.known else {
        let news = Some(enter::door_card(lang).to_owned());
        return Ok(stranger(&state, &visitor, Welcome { lang, news, ..Welcome::default() }).await);
    };
    if known.household().is_some() {
        return Ok(Redirect::to("/").into_response());
    }
    let scene = scene(&state, &visitor).await?;
    let token = DoorToken::parse(&text).ok();
    let Some(door) = token.and_then(|token| scene.feed.door_of_card(&token)) else {
        return Ok(scanner(&state, &visitor, scene, Some(Seen::Elsewhere), &Fields::default()).await);
    };
    let windows = scene.windows().into_iter().filter(|window| window.delivering(visitor.now));
    let runs: Vec<RunId> = windows.map(|window| window.run).collect();
    let run = runs.iter().find(|run| stops_of(&scene, **run).contains_key(&door)).or(runs.first()).copied();
    match run {
        Some(run) => Ok(Redirect::to(&stop_href(run, door)).into_response()),
        None => Ok(Redirect::to("/round").into_response()),
    }
}

fn name(scene: &Scene) -> Option<String> {
    match &scene.feed.me {
        domain::feed::Me::Person { name, .. } => Some(name.clone()),
        domain::feed::Me::Household(_) => None,
    }
}

/// Where the fallback decoder lies; empty where the site has none.
pub(super) fn decoder(state: &AppState) -> String {
    state.site().decoder().map(|bundle| bundle.js).unwrap_or_default()
}

async fn page(
    state: &AppState,
    visitor: &Visitor,
    which: FieldPage,
    bar: Bar,
    scene: Scene,
    draw: impl FnOnce(&Scene, &mut dyn FnMut() -> String) -> Markup + Send + 'static,
) -> Response {
    let (lang, now) = (scene.lang, visitor.now);
    let decoder = decoder(state);
    let html = visitor
        .page(Audience::Field, bar)
        .render(state, move || {
            let served = draw(&scene, &mut || fact_id(now).to_string());
            let device = (which == FieldPage::Rounds).then(|| to_this_device(lang));
            view! { <Field lang page=which as_of=Some(now) decoder>{served}</Field> {device} }
        })
        .await;
    html.into_response()
}
