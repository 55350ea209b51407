//! `POST /enrol`: ten characters typed from a letter or from another phone's screen. Wrong ones are counted for the
//! code's beginning, so that guessing finds nothing and locks out almost nobody.

use axum::extract::State;
use axum::response::{IntoResponse, Response};
use domain::enrolment_code::EnrolmentCode;
use domain::{CommunityId, Lang, Millis};
use http::{HeaderMap, StatusCode};
use store::{Throttled, Tried, WayIn};
use ui::locales::enter as t;
use ui::pages::held::Held;
use ui::pages::welcome::Welcome;

use super::enter;
use super::link::question;
use crate::errors::Problem;
use crate::held::{brought, send};
use crate::pages::act::Sent;
use crate::pages::home::stranger;
use crate::state::AppState;
use crate::visitor::Visitor;

/// Whoever is signed in here as somebody else has seen whom the code signs in.
const SURE: &str = "sure";

/// Signs the phone in, or says at the field what is wrong.
///
/// # Errors
/// The table's.
pub async fn submit(
    State(state): State<AppState>,
    visitor: Visitor,
    headers: HeaderMap,
    Sent(form): Sent,
) -> Result<Response, Problem> {
    let lang = visitor.look.lang;
    let held = brought(&form);
    let typed = form.get("code").unwrap_or_default().to_owned();
    let code = match EnrolmentCode::parse(&typed) {
        Ok(code) => code,
        Err(fault) => return Ok(again(&state, &visitor, held, typed, slip(lang, fault)).await),
    };
    let community = state.config().community.clone();
    if !may_try(&state, &community, &code, visitor.now).await? {
        return Ok(again(&state, &visitor, held, typed, t::code_throttled(lang).to_owned()).await);
    }
    let letter = WayIn::typed_letter(state.vault(), &community, &code)?;
    for way_in in [WayIn::Minute(community.clone(), code), letter] {
        let Some(pass) = state.store().look_at(&way_in, visitor.now).await? else { continue };
        // Nobody's phone becomes the neighbours' by a letter that lay in the wrong box.
        let other = visitor.known.as_ref().is_some_and(|known| known.who != pass.who);
        if other && form.get(SURE).is_none() {
            let fields = vec![("code", typed.clone()), (SURE, "1".to_owned())];
            let asked = question(&state, &visitor, &headers, &pass, ("/enrol".to_owned(), fields)).await?;
            return Ok(match asked {
                Some(page) => page,
                None => again(&state, &visitor, held, typed, t::code_unknown(lang).to_owned()).await,
            });
        }
        if let Some(response) = enter(&state, &visitor, &headers, &way_in, pass.who).await? {
            return Ok(match held {
                Some(held) => send(&state, &visitor, response, held).await,
                None => response,
            });
        }
    }
    count_wrong(&state, &community, &code, visitor.now).await?;
    Ok(again(&state, &visitor, held, typed, t::code_unknown(lang).to_owned()).await)
}

async fn again(
    state: &AppState,
    visitor: &Visitor,
    held: Option<Held>,
    typed: String,
    error: String,
) -> Response {
    let typed: String = typed.chars().take(40).collect();
    let lang = visitor.look.lang;
    let page = Welcome { typed, error: Some(error), held, lang, ..Welcome::default() };
    (StatusCode::UNPROCESSABLE_ENTITY, stranger(state, visitor, page).await).into_response()
}

fn slip(lang: Lang, fault: domain::door_code::CodeError) -> String {
    use domain::door_code::CodeError;
    match fault {
        CodeError::Empty => t::code_empty(lang).to_owned(),
        CodeError::Character(what) => t::code_character(lang, what),
        CodeError::Length { found, .. } => t::code_length(lang, found),
        CodeError::Check => t::code_slip(lang).to_owned(),
    }
}

/// Whether this code may be tried now.
pub(super) async fn may_try(
    state: &AppState,
    community: &CommunityId,
    code: &EnrolmentCode,
    now: Millis,
) -> Result<bool, Problem> {
    let asked = Tried::Code(*code);
    let go = state.store().may_try(community, &asked, now).await? == Throttled::Go;
    if !go {
        tracing::warn!("a code was not looked at: too many wrong ones began like it");
    }
    Ok(go)
}

/// Counts a code that led nowhere.
pub(super) async fn count_wrong(
    state: &AppState,
    community: &CommunityId,
    code: &EnrolmentCode,
    now: Millis,
) -> Result<(), Problem> {
    Ok(state.store().count_wrong(community, &Tried::Code(*code), now).await?)
}
