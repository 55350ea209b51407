//! `POST /act`: every form that makes a fact, read by `domain::form` and handed to the same `submit` as a batch of a
//! phone. The page holds the fact's id, so that a double submit is one fact.

use axum::body::Bytes;
use axum::extract::{FromRequest, Request, State};
use axum::response::{IntoResponse, Redirect, Response};
use domain::actor::Signed;
use domain::fact::{FACT_VERSION, Fact, Sequence, Verdict};
use domain::form::{Fields, FormFault, bodies, field};
use domain::mark_form::{DOOR, MENUS, NOTE, RETURNED, SURE, TAKEN, UNTOLD};
use domain::time::DeviceTime;
use domain::wire::{Acknowledged, Refusal};
use domain::{FactId, HouseholdId, Millis};
use http::{Method, StatusCode};
use ui::components::layout::Bar;
use ui::pages::error::Trouble;
use ui::pages::refused::refused;
use ui::views::words;

use super::{fact_id, need, order, round, scene};
use crate::assets::Audience;
use crate::desk::place;
use crate::errors::Problem;
use crate::fresh;
use crate::page::local_path;
use crate::secret::hand_in_of;
use crate::state::AppState;
use crate::submit::{Arrived, Author, submit as hand_in};
use crate::visitor::{Known, Visitor};

/// The fields of a form, from the query or the body.
#[derive(Debug, Clone)]
pub struct Sent(pub Fields);

impl<S: Send + Sync> FromRequest<S> for Sent {
    type Rejection = Response;

    async fn from_request(request: Request, state: &S) -> Result<Self, Response> {
        let in_query = matches!(*request.method(), Method::GET | Method::HEAD);
        let fields: Result<Vec<(String, String)>, _> = if in_query {
            serde_urlencoded::from_str(request.uri().query().unwrap_or_default())
        } else {
            let body = Bytes::from_request(request, state).await.map_err(IntoResponse::into_response)?;
            serde_urlencoded::from_bytes(&body)
        };
        fields
            .map(|fields| Self(Fields(fields)))
            .map_err(|_| Problem::from(Trouble::NotUnderstood).into_response())
    }
}

/// A form that is sent within so many milliseconds was filled in when its page was made.
const FILLED_IN: i64 = Millis::MINUTE;

/// Makes the facts, and leads on; what cannot be done comes back with the reason and what was filled in.
///
/// # Errors
/// The table's; unreadable forms.
pub async fn submit(
    State(state): State<AppState>,
    visitor: Visitor,
    Sent(form): Sent,
) -> Result<Response, Problem> {
    let known = visitor.known()?.clone();
    let id: FactId = form.read(field::FACT).unwrap_or_else(|_| fact_id(visitor.now));
    let made = match bodies(&form, id, &known.community, visitor.now) {
        Ok(made) => made,
        Err(fault) => return again(&state, &visitor, form, fault).await,
    };
    let cookies = visitor.fresh.clone().and_wrote(made.iter());
    let facts = made.into_iter().zip(0u8..).map(|(body, number)| {
        Arrived::Fact(Box::new(Fact {
            v: FACT_VERSION,
            id: if number == 0 { id } else { id.continued(number) },
            made: made_at(id, visitor.now),
            seq: Sequence { epoch: Sequence::HERE, number: u32::from(number) + 1 },
            body,
            via: None,
        }))
    });
    let community = known.catalog.id().clone();
    let author = Author { community, who: known.who, revoked: lost(&state, &known).await? };
    let submitted = hand_in(&state, &author, facts.collect()).await?;
    for answer in submitted.answers {
        match answer.answer {
            Acknowledged::Stored(Verdict::Taken | Verdict::Flagged(_)) => {}
            Acknowledged::Stored(Verdict::Refused(refusal)) => {
                return said_no(&state, &visitor, &form, refusal).await;
            }
            Acknowledged::OtherContent => {
                return said_no(&state, &visitor, &form, Refusal::ChangedMeanwhile).await;
            }
            Acknowledged::Later => return Err(Trouble::Busy.into()),
        }
    }
    let mut response = Redirect::to(local_path(form.get(field::NEXT).unwrap_or("/"))).into_response();
    fresh::tell(response.headers_mut(), cookies);
    Ok(response)
}

/// Whether a helper's phone was reported lost since its session was read: another process may believe a session for a
/// minute, and a mark of that minute has to reach the desk as unconfirmed.
async fn lost(state: &AppState, known: &Known) -> Result<bool, Problem> {
    if known.just_read || matches!(known.who, Signed::Household(_)) || state.store().versions_are_free() {
        return Ok(false);
    }
    let hand_in = state.store().hand_in_author(&hand_in_of(&known.token), state.now()).await?;
    Ok(hand_in.is_none_or(|hand_in| hand_in.revoked.is_some()))
}

/// When a form was sent, by this server's clock: the time of its page, which its id tells; after a while on the page the
/// present, since nobody was without signal meanwhile. A second press is the same fact all the same (`Fact::is_again`).
pub(crate) fn made_at(id: FactId, now: Millis) -> DeviceTime {
    let told = id.0.get_timestamp().map(|stamp| stamp.to_unix());
    let told = told.and_then(|(seconds, nanos)| {
        i64::try_from(seconds).ok().map(|s| s * 1_000 + i64::from(nanos) / 1_000_000)
    });
    let lately = |at: &Millis| (0..=FILLED_IN).contains(&(now - *at));
    let at = told.map(Millis).filter(lately).unwrap_or(now);
    DeviceTime { at, offset: 0, contact: None }
}

/// The household that somebody acts for who is none.
fn on_behalf(visitor: &Visitor, form: &Fields) -> Result<Option<HouseholdId>, Problem> {
    if visitor.known()?.household().is_some() {
        return Ok(None);
    }
    Ok(form.read(field::HOUSEHOLD).ok())
}

/// The form again with what is wrong at its field.
async fn again(
    state: &AppState,
    visitor: &Visitor,
    form: Fields,
    fault: FormFault,
) -> Result<Response, Problem> {
    let behalf = on_behalf(visitor, &form)?;
    let page = match (form.get(field::ACT), behalf) {
        (Some("order"), Some(household)) => place::order_page(state, visitor, household, &form).await?,
        (Some("need"), Some(household)) => {
            place::need_page(state, visitor, household, form, Some(fault)).await?
        }
        (Some("order"), None) => {
            let scene = scene(state, visitor).await?;
            let (asked, draft) = (form.read(field::RUN).ok(), form.draft());
            order::page(state, visitor, scene, asked, Some(draft), Some(fault)).await?
        }
        (Some("paper_mark"), _) => {
            let door = form.read(DOOR).map_err(|_| Trouble::NotUnderstood)?;
            place::door_page(state, visitor, door, None, Some(form)).await?
        }
        (Some("mark"), _)
            if matches!(fault, FormFault::Field(NOTE | MENUS | UNTOLD))
                && visitor.known()?.household().is_none() =>
        {
            let stop = (form.read(field::RUN), form.read(DOOR));
            let (Ok(run), Ok(door)) = stop else { return Err(Trouble::NotUnderstood.into()) };
            round::stop_page(state, visitor, (run, door), form).await?
        }
        (Some("load"), _)
            if matches!(fault, FormFault::Field(TAKEN | RETURNED | SURE))
                && visitor.known()?.household().is_none() =>
        {
            round::load_page(state, visitor, form).await?
        }
        (Some("need"), None) => need::page(state, visitor, form, Some(fault)).await?,
        _ => return Err(Trouble::NotUnderstood.into()),
    };
    Ok((StatusCode::UNPROCESSABLE_ENTITY, page).into_response())
}

/// The rules said no: why, and the way on.
async fn said_no(
    state: &AppState,
    visitor: &Visitor,
    form: &Fields,
    refusal: Refusal,
) -> Result<Response, Problem> {
    let known = visitor.known()?;
    let lang = visitor.look.lang;
    let why = words::refusal(lang, &known.community, &refusal);
    let back = match form.get(field::ACT) {
        Some("order") => {
            let draft = serde_urlencoded::to_string(form.draft().fields()).unwrap_or_default();
            let page = match on_behalf(visitor, form)? {
                Some(household) => format!("/behalf/{household}/order"),
                None => "/order".to_owned(),
            };
            format!("{page}?run={}&{draft}", form.get(field::RUN).unwrap_or_default())
        }
        _ => local_path(form.get(field::NEXT).unwrap_or("/")).to_owned(),
    };
    let bar =
        Bar { title: Trouble::Broken.title(lang).to_owned(), back: Some(back.clone()), ..Bar::default() };
    let mut page = visitor.page(Audience::Resident, bar);
    page.path = "/household".to_owned();
    let html = page.render(state, move || refused(lang, why, back)).await;
    Ok((StatusCode::CONFLICT, html).into_response())
}
