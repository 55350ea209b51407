//! `/desk/settings`: names, numbers, minutes, former hosts.

use axum::extract::State;
use axum::response::{IntoResponse, Response};
use domain::form::Fields;
use domain::office::{Faults, joined, opened, read_settings, settings_fields};
use http::StatusCode;
use ui::pages::desk::office::Did;
use ui::pages::desk::{DeskPage, settings as page};

use super::{after, did, newest, render};
use crate::errors::Problem;
use crate::pages::act::Sent;
use crate::state::AppState;
use crate::visitor::Visitor;

/// `GET /desk/settings`.
///
/// # Errors
/// The table's.
pub async fn show(
    State(state): State<AppState>,
    visitor: Visitor,
    Sent(query): Sent,
) -> Result<Response, Problem> {
    let catalog = newest(&state, &visitor).await?;
    let form = opened(settings_fields(&catalog.community.settings, state.config().public_url.host()));
    form_page(&state, &visitor, form, Faults::default(), did(&query)).await
}

async fn form_page(
    state: &AppState,
    visitor: &Visitor,
    form: Fields,
    faults: Faults,
    done: Option<Did>,
) -> Result<Response, Problem> {
    let lang = visitor.look.lang;
    let host = state.config().public_url.host().to_owned();
    render(state, visitor, DeskPage::Settings, None, move || {
        page::settings(lang, &host, &form, &faults, done)
    })
    .await
}

/// `POST /desk/settings`.
///
/// # Errors
/// The table's.
pub async fn save(
    State(state): State<AppState>,
    visitor: Visitor,
    Sent(form): Sent,
) -> Result<Response, Problem> {
    let catalog = newest(&state, &visitor).await?;
    let (known, host) = (&catalog.community.settings, state.config().public_url.host());
    let read = joined(&form, &settings_fields(known, host))
        .and_then(|form| read_settings(&form, known, host).map_err(|faults| (form, faults)));
    match read {
        Ok(settings) => {
            let written = state.store().save_settings(&settings).await;
            after(&state, &visitor, written, "/desk/settings", Did::SettingsSaved).await
        }
        Err((form, faults)) => {
            let page = form_page(&state, &visitor, form, faults, None).await?;
            Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response())
        }
    }
}
