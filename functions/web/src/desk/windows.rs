//! `/desk/windows`: the list, the form, and what is done to a window: publish, withdraw, extend, close, top up, seal.

use std::sync::Arc;

use axum::extract::{Path, State};
use axum::response::{IntoResponse, Response};
use domain::feed::Left;
use domain::form::Fields;
use domain::office::{
    Fault, Faults, joined, moved_copy, new_window, opened, read_boxes, read_closing, read_window,
    window_fields,
};
use domain::window::{Phase, Window};
use domain::{MenuCode, Millis, RunId};
use http::StatusCode;
use store::{Catalog, Counter};
use ui::pages::desk::office::Did;
use ui::pages::desk::{DeskPage, windows as page};
use ui::pages::error::Trouble;

use super::{after, did, go, newest, render, when};
use crate::errors::Problem;
use crate::pages::act::Sent;
use crate::seal::tick_now;
use crate::state::AppState;
use crate::visitor::Visitor;

/// `GET /desk/windows`.
///
/// # Errors
/// The table's.
pub async fn list(
    State(state): State<AppState>,
    visitor: Visitor,
    Sent(form): Sent,
) -> Result<Response, Problem> {
    let when = when(&visitor)?;
    let catalog = newest(&state, &visitor).await?;
    let done = did(&form);
    render(&state, &visitor, DeskPage::Windows, None, move || page::list(&catalog.community, &when, done))
        .await
}

/// `GET /desk/windows/edit`: the form of a new window, of a draft (`?run=`), or of an earlier one once more
/// (`?copy=`).
///
/// # Errors
/// The table's; a window that is not there or that residents know already.
pub async fn edit(
    State(state): State<AppState>,
    visitor: Visitor,
    Sent(query): Sent,
) -> Result<Response, Problem> {
    let catalog = newest(&state, &visitor).await?;
    let community = &catalog.community;
    let find = |name: &str| -> Result<Option<&Window>, Problem> {
        let Some(run) = query.get(name) else { return Ok(None) };
        let run: RunId = run.parse().map_err(|_| Trouble::NotFound)?;
        Ok(Some(community.windows.get(&run).ok_or(Trouble::NotFound)?))
    };
    let window = match (find("run")?, find("copy")?) {
        (Some(draft), _) if draft.phase(visitor.now) == Phase::Draft => draft.clone(),
        (Some(known), _) => return Ok(go(&path(known.run), None)),
        (None, Some(earlier)) => moved_copy(earlier, community, visitor.now),
        (None, None) => new_window(community, visitor.now),
    };
    let form = window_fields(&window, community.settings.utc_offset);
    let form = if window.run.0 == 0 { form } else { opened(form) };
    form_page(&state, &visitor, catalog, window.run, form, Faults::default()).await
}

async fn form_page(
    state: &AppState,
    visitor: &Visitor,
    catalog: Arc<Catalog>,
    run: RunId,
    form: Fields,
    faults: Faults,
) -> Result<Response, Problem> {
    let lang = visitor.look.lang;
    let title = (run.0 == 0).then(|| ui::locales::desk::open_window(lang).to_owned());
    render(state, visitor, DeskPage::Windows, title, move || {
        page::edit(&catalog.community, lang, run, &form, &faults)
    })
    .await
}

/// `POST /desk/windows/edit`: a new window or a draft, saved or published.
///
/// # Errors
/// The table's.
pub async fn save(
    State(state): State<AppState>,
    visitor: Visitor,
    Sent(form): Sent,
) -> Result<Response, Problem> {
    let catalog = newest(&state, &visitor).await?;
    let community = &catalog.community;
    let run: RunId = form.read("run").map_err(|_| Trouble::NotUnderstood)?;
    let publish = form.get("then") == Some("publish");
    let draft = community.windows.get(&run).filter(|known| known.phase(visitor.now) == Phase::Draft);
    let kept = draft.map(|draft| window_fields(draft, community.settings.utc_offset));
    let read = kept.map_or_else(|| Ok(form.clone()), |kept| joined(&form, &kept)).and_then(|form| {
        read_window(&form, community, run)
            .and_then(|window| may_publish(window, publish, visitor.now))
            .map_err(|faults| (form, faults))
    });
    let mut window = match read {
        Ok(window) => window,
        Err((form, faults)) => {
            let page = form_page(&state, &visitor, catalog.clone(), run, form, faults).await?;
            return Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response());
        }
    };
    if run.0 == 0 {
        // The same form sent twice is one window.
        let same = |known: &&Window| Window { run, sealed: None, ..(*known).clone() } == window;
        if let Some(known) = community.windows.values().find(same) {
            return Ok(go(&path(known.run), Some(if publish { Did::Published } else { Did::DraftSaved })));
        }
        window.run = state.store().new_run_id(catalog.id()).await?;
    } else {
        match community.windows.get(&run) {
            Some(known) if known.phase(visitor.now) == Phase::Draft => {}
            Some(_) => return Ok(go(&path(run), Some(Did::Meanwhile))),
            None => return Err(Trouble::NotFound.into()),
        }
    }
    let to = path(window.run);
    let written = state.store().save_window(&catalog, &window).await;
    after(&state, &visitor, written, &to, if publish { Did::Published } else { Did::DraftSaved }).await
}

/// A window that has closed already is no use to anybody.
fn may_publish(window: Window, publish: bool, now: Millis) -> Result<Window, Faults> {
    if publish && window.closes <= now {
        return Err(Faults(vec![("closes".to_owned(), Fault::Past)]));
    }
    Ok(Window { published: publish, ..window })
}

fn path(run: RunId) -> String {
    format!("/desk/windows/{run}")
}

fn known(catalog: &Catalog, run: RunId) -> Result<Window, Problem> {
    Ok(catalog.community.windows.get(&run).ok_or(Trouble::NotFound)?.clone())
}

/// `GET /desk/windows/{run}`.
///
/// # Errors
/// The table's; a window that is not there.
pub async fn show(
    State(state): State<AppState>,
    visitor: Visitor,
    Path(run): Path<RunId>,
    Sent(form): Sent,
) -> Result<Response, Problem> {
    one(&state, &visitor, run, did(&form), Fields::default(), Faults::default()).await
}

async fn one(
    state: &AppState,
    visitor: &Visitor,
    run: RunId,
    done: Option<Did>,
    form: Fields,
    faults: Faults,
) -> Result<Response, Problem> {
    let when = when(visitor)?;
    let catalog = newest(state, visitor).await?;
    let window = known(&catalog, run)?;
    let totals = state.store().run_tally(catalog.id(), run).await?.totals();
    let counted = state.store().stock_left(&catalog, run).await?;
    let left = counted.into_iter().map(|(menu, boxes)| Left { run, menu, boxes }).collect();
    render(state, visitor, DeskPage::Windows, None, move || {
        page::window(&page::Shown {
            community: &catalog.community,
            when,
            window: &window,
            left,
            ordered: (totals.orders, totals.boxes),
            did: done,
            form,
            faults,
        })
    })
    .await
}

async fn again(
    state: &AppState,
    visitor: &Visitor,
    run: RunId,
    form: Fields,
    faults: Faults,
) -> Result<Response, Problem> {
    let page = one(state, visitor, run, None, form, faults).await?;
    Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response())
}

/// Saves a window as changed from the newest.
async fn change(
    state: &AppState,
    visitor: &Visitor,
    catalog: &Catalog,
    window: &Window,
    done: Did,
) -> Result<Response, Problem> {
    let written = state.store().save_window(catalog, window).await;
    after(state, visitor, written, &path(window.run), done).await
}

/// `POST /desk/windows/{run}/publish`.
///
/// # Errors
/// The table's; a window that is not there.
pub async fn publish(
    State(state): State<AppState>,
    visitor: Visitor,
    Path(run): Path<RunId>,
) -> Result<Response, Problem> {
    let catalog = newest(&state, &visitor).await?;
    let window = known(&catalog, run)?;
    if window.published {
        return Ok(go(&path(run), Some(Did::Published)));
    }
    match may_publish(window.clone(), true, visitor.now) {
        Ok(window) => change(&state, &visitor, &catalog, &window, Did::Published).await,
        Err(faults) => {
            let form = window_fields(&window, catalog.community.settings.utc_offset);
            let page = form_page(&state, &visitor, catalog, run, form, faults).await?;
            Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response())
        }
    }
}

/// `POST /desk/windows/{run}/withdraw`: back to a draft, as long as nobody can have ordered.
///
/// # Errors
/// The table's; a window that is not there.
pub async fn withdraw(
    State(state): State<AppState>,
    visitor: Visitor,
    Path(run): Path<RunId>,
) -> Result<Response, Problem> {
    let catalog = newest(&state, &visitor).await?;
    let window = known(&catalog, run)?;
    if window.phase(visitor.now) != Phase::Announced {
        return Ok(go(&path(run), Some(Did::Meanwhile)));
    }
    change(&state, &visitor, &catalog, &Window { published: false, ..window }, Did::Withdrawn).await
}

/// `POST /desk/windows/{run}/extend`: another closing time, also for one that was closed too early.
///
/// # Errors
/// The table's; a window that is not there.
pub async fn extend(
    State(state): State<AppState>,
    visitor: Visitor,
    Path(run): Path<RunId>,
    Sent(form): Sent,
) -> Result<Response, Problem> {
    let catalog = newest(&state, &visitor).await?;
    let window = known(&catalog, run)?;
    if matches!(window.phase(visitor.now), Phase::Draft | Phase::Sealed) {
        return Ok(go(&path(run), Some(Did::Meanwhile)));
    }
    match read_closing(&form, &window, catalog.community.settings.utc_offset, visitor.now) {
        Ok(closes) => change(&state, &visitor, &catalog, &Window { closes, ..window }, Did::Extended).await,
        Err(faults) => again(&state, &visitor, run, form, faults).await,
    }
}

/// `POST /desk/windows/{run}/close`: by hand, now.
///
/// # Errors
/// The table's; a window that is not there.
pub async fn close(
    State(state): State<AppState>,
    visitor: Visitor,
    Path(run): Path<RunId>,
) -> Result<Response, Problem> {
    let catalog = newest(&state, &visitor).await?;
    let window = known(&catalog, run)?;
    if window.phase(visitor.now) != Phase::Open {
        return Ok(go(&path(run), Some(Did::Meanwhile)));
    }
    change(&state, &visitor, &catalog, &Window { closes: visitor.now, ..window }, Did::Closed).await
}

/// `POST /desk/windows/{run}/stock`: more boxes of a menu.
///
/// # Errors
/// The table's; a window or menu that is not there.
pub async fn top_up(
    State(state): State<AppState>,
    visitor: Visitor,
    Path(run): Path<RunId>,
    Sent(form): Sent,
) -> Result<Response, Problem> {
    let catalog = newest(&state, &visitor).await?;
    let window = known(&catalog, run)?;
    let menu: MenuCode = form.read("menu").map_err(|_| Trouble::NotUnderstood)?;
    let version = window.offers(&menu).ok_or(Trouble::NotFound)?;
    let boxes = match read_boxes(&form) {
        Ok(boxes) => boxes,
        Err(faults) => return again(&state, &visitor, run, form, faults).await,
    };
    let written = state.store().top_up(&catalog, &Counter { run, menu, version }, boxes).await;
    after(&state, &visitor, written, &path(run), Did::ToppedUp).await
}

/// `POST /desk/windows/seal`: fixes the orders now, of every window whose late arrivals are over. Never earlier:
/// orders made in time may still be on their way.
///
/// # Errors
/// The table's; a window that is not there.
pub async fn seal(
    State(state): State<AppState>,
    visitor: Visitor,
    Sent(form): Sent,
) -> Result<Response, Problem> {
    let run: RunId = form.read("run").map_err(|_| Trouble::NotUnderstood)?;
    let window = known(&*newest(&state, &visitor).await?, run)?;
    let done = match window.phase(visitor.now) {
        Phase::Sealed => Did::Sealed,
        Phase::Closing => {
            tick_now(&state).await?;
            let window = known(&*newest(&state, &visitor).await?, run)?;
            if window.sealed.is_some() { Did::Sealed } else { Did::Meanwhile }
        }
        _ => Did::NotYet,
    };
    Ok(go(&path(run), Some(done)))
}
