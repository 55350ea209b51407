//! `/desk/errands`: a day's errands without an ordering window, made or changed.

use std::sync::Arc;

use axum::extract::State;
use axum::response::{IntoResponse, Response};
use domain::form::Fields;
use domain::office::{Faults, errands_fields, new_errands, read_errands};
use domain::window::Window;
use domain::{DoorId, RunId};
use http::StatusCode;
use store::Catalog;
use ui::pages::desk::at_door::Done;
use ui::pages::desk::office::Did;
use ui::pages::desk::{DeskPage, errands as page};
use ui::pages::error::Trouble;

use super::{after, newest, render};
use crate::errors::Problem;
use crate::pages::act::Sent;
use crate::state::AppState;
use crate::visitor::Visitor;

/// `GET /desk/errands`: the form of a new day (`?door=` where the desk came from), or of a known one (`?run=`).
///
/// # Errors
/// The table's; a run that is not there, or that took orders.
pub async fn edit(
    State(state): State<AppState>,
    visitor: Visitor,
    Sent(query): Sent,
) -> Result<Response, Problem> {
    let catalog = newest(&state, &visitor).await?;
    let community = &catalog.community;
    let window = known(&catalog, &query)?.cloned().unwrap_or_else(|| new_errands(community, visitor.now));
    let mut form = errands_fields(&window, community.settings.utc_offset);
    form.0.push(("run".to_owned(), window.run.to_string()));
    form.0.extend(query.get("door").map(|door| ("door".to_owned(), door.to_owned())));
    form_page(&state, &visitor, catalog, form, Faults::default()).await
}

async fn form_page(
    state: &AppState,
    visitor: &Visitor,
    catalog: Arc<Catalog>,
    form: Fields,
    faults: Faults,
) -> Result<Response, Problem> {
    let lang = visitor.look.lang;
    let title = Some(ui::locales::windows::errands(lang).to_owned());
    render(state, visitor, DeskPage::Windows, title, move || {
        page::edit(&catalog.community, lang, &form, &faults)
    })
    .await
}

/// The errands that a form names; none where it is for a new day.
fn known<'a>(catalog: &'a Catalog, form: &Fields) -> Result<Option<&'a Window>, Problem> {
    let run: RunId = match form.get("run").map(str::parse) {
        None | Some(Ok(RunId(0))) => return Ok(None),
        Some(Ok(run)) => run,
        Some(Err(_)) => return Err(Trouble::NotFound.into()),
    };
    let found = catalog.community.windows.get(&run).filter(|window| !window.takes_orders());
    Ok(Some(found.ok_or(Trouble::NotFound)?))
}

/// `POST /desk/errands`: made or changed; leads back to the door that asked for it.
///
/// # Errors
/// The table's; a run that is not there, or that took orders.
pub async fn save(
    State(state): State<AppState>,
    visitor: Visitor,
    Sent(form): Sent,
) -> Result<Response, Problem> {
    let catalog = newest(&state, &visitor).await?;
    let community = &catalog.community;
    let known = known(&catalog, &form)?;
    let mut window = match read_errands(&form, community, known, visitor.now) {
        Ok(window) => window,
        Err(faults) => {
            let page = form_page(&state, &visitor, catalog.clone(), form, faults).await?;
            return Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response());
        }
    };
    // The same form sent twice, or by two at the desk, is one day of errands.
    let same = |other: &&Window| {
        !other.takes_orders()
            && other.compounds == window.compounds
            && (other.delivery_from, other.delivery_to) == (window.delivery_from, window.delivery_to)
    };
    let there = community.windows.values().find(same).map(|other| other.run);
    let written = match (known, there) {
        (None, Some(run)) => {
            window.run = run;
            Ok(())
        }
        (None, None) => {
            window.run = state.store().new_run_id(catalog.id()).await?;
            state.store().save_window(&catalog, &window).await
        }
        (Some(_), _) => state.store().save_window(&catalog, &window).await,
    };
    let door = form.read::<DoorId>("door").ok().and_then(|door| community.places.doors.get(&door));
    if let (Some(door), Ok(())) = (door, &written) {
        newest(&state, &visitor).await?;
        return Ok(axum::response::Redirect::to(&Done::Planned.next(door)).into_response());
    }
    let to = format!("/desk/windows/{}", window.run);
    after(&state, &visitor, written, &to, Did::ErrandsSaved).await
}
