//! `/desk/notices`: writing one, who has seen it, ending it.

use axum::extract::{Path, State};
use axum::response::{IntoResponse, Response};
use domain::community::Notice;
use domain::form::Fields;
use domain::office::{Faults, notice_fields, read_notice};
use domain::{HouseholdId, NoticeId};
use http::StatusCode;
use ui::pages::desk::office::Did;
use ui::pages::desk::{DeskPage, notices as page};
use ui::pages::error::Trouble;

use super::{after, did, go, newest, render, when};
use crate::errors::Problem;
use crate::pages::act::Sent;
use crate::state::AppState;
use crate::visitor::Visitor;

/// `GET /desk/notices`.
///
/// # Errors
/// The table's.
pub async fn list(
    State(state): State<AppState>,
    visitor: Visitor,
    Sent(query): Sent,
) -> Result<Response, Problem> {
    list_with(&state, &visitor, did(&query), Fields::default(), Faults::default()).await
}

async fn list_with(
    state: &AppState,
    visitor: &Visitor,
    done: Option<Did>,
    form: Fields,
    faults: Faults,
) -> Result<Response, Problem> {
    let when = when(visitor)?;
    let catalog = newest(state, visitor).await?;
    render(state, visitor, DeskPage::Notices, None, move || {
        page::list(&catalog.community, &when, done, &form, &faults)
    })
    .await
}

/// `POST /desk/notices`.
///
/// # Errors
/// The table's.
pub async fn add(
    State(state): State<AppState>,
    visitor: Visitor,
    Sent(form): Sent,
) -> Result<Response, Problem> {
    let catalog = newest(&state, &visitor).await?;
    let notice = match read_notice(&form, &catalog.community, NoticeId(0), visitor.now) {
        Ok(notice) => notice,
        Err(faults) => {
            let page = list_with(&state, &visitor, None, form, faults).await?;
            return Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response());
        }
    };
    let offset = catalog.community.settings.utc_offset;
    // The same form sent twice is one notice.
    let as_form = |notice: &Notice| notice_fields(notice, offset);
    let twice = catalog.community.notices.values().find(|known| as_form(known) == as_form(&notice));
    if let Some(known) = twice {
        return Ok(go(&format!("/desk/notices/{}", known.id), Some(Did::Noticed)));
    }
    let id = state.store().new_notice_id(catalog.id()).await?;
    let written = state.store().save_notice(catalog.id(), &Notice { id, ..notice }).await;
    after(&state, &visitor, written, &format!("/desk/notices/{id}"), Did::Noticed).await
}

/// `GET /desk/notices/{notice}`: who has seen it, and the list to knock by.
///
/// # Errors
/// The table's; a notice that is not there.
pub async fn show(
    State(state): State<AppState>,
    visitor: Visitor,
    Path(id): Path<NoticeId>,
    Sent(query): Sent,
) -> Result<Response, Problem> {
    let when = when(&visitor)?;
    let catalog = newest(&state, &visitor).await?;
    let notice = catalog.community.notices.get(&id).ok_or(Trouble::NotFound)?.clone();
    let seen = state.store().seen_by(catalog.id(), id).await?;
    let (reached, unseen): (Vec<HouseholdId>, Vec<HouseholdId>) =
        catalog.community.meant_by(&notice).into_iter().partition(|household| seen.contains(household));
    let reached = u32::try_from(reached.len()).unwrap_or(u32::MAX);
    let done = did(&query);
    render(&state, &visitor, DeskPage::Notices, None, move || {
        page::one(&catalog.community, &when, &notice, reached, &unseen, done)
    })
    .await
}

/// `POST /desk/notices/{notice}/end`.
///
/// # Errors
/// The table's; a notice that is not there.
pub async fn end(
    State(state): State<AppState>,
    visitor: Visitor,
    Path(id): Path<NoticeId>,
) -> Result<Response, Problem> {
    let until = Some(visitor.now);
    change(&state, &visitor, id, |notice| Notice { until, ..notice }, Did::NoticeEnded).await
}

/// `POST /desk/notices/{notice}/again`: it was ended by mistake.
///
/// # Errors
/// The table's; a notice that is not there.
pub async fn again(
    State(state): State<AppState>,
    visitor: Visitor,
    Path(id): Path<NoticeId>,
) -> Result<Response, Problem> {
    change(&state, &visitor, id, |notice| Notice { until: None, ..notice }, Did::NoticeAgain).await
}

async fn change(
    state: &AppState,
    visitor: &Visitor,
    id: NoticeId,
    to: impl FnOnce(Notice) -> Notice,
    done: Did,
) -> Result<Response, Problem> {
    let catalog = newest(state, visitor).await?;
    let notice = catalog.community.notices.get(&id).ok_or(Trouble::NotFound)?.clone();
    let written = state.store().save_notice(catalog.id(), &to(notice)).await;
    after(state, visitor, written, &format!("/desk/notices/{id}"), done).await
}
