//! `/phones`: a signed-in phone lets in another one, or its own installed app, by a code that works once for ten
//! minutes; how it shows pages, and the way out.

use axum::extract::State;
use axum::response::{IntoResponse, Response};
use domain::enrolment_code::EnrolmentCode;
use leptos::prelude::*;
use store::StoreError;
use ui::components::layout::Bar;
use ui::locales::enter as t;
use ui::pages::enrol::{PhoneCode, add_phone, this_phone};

use crate::assets::Audience;
use crate::errors::Problem;
use crate::page::Page;
use crate::secret::random;
use crate::state::AppState;
use crate::visitor::Visitor;

/// A code is drawn again if it is in use: with 45 bits that hardly happens once.
const DRAWS: usize = 3;

/// The button.
///
/// # Errors
/// The table's.
pub async fn show(State(state): State<AppState>, visitor: Visitor) -> Result<Response, Problem> {
    let staff = visitor.known()?.household().is_none();
    Ok(page(&state, &visitor, staff, None).await)
}

/// A new code.
///
/// # Errors
/// The table's.
pub async fn make(State(state): State<AppState>, visitor: Visitor) -> Result<Response, Problem> {
    let known = visitor.known()?;
    let mut drawn = Err(StoreError::Conflict { current: None });
    for _ in 0..DRAWS {
        let code = EnrolmentCode::from_random(random());
        drawn = state.store().issue_minute_code(&known.session, &code, visitor.now).await.map(|()| code);
        if !matches!(drawn, Err(StoreError::Conflict { .. })) {
            break;
        }
    }
    let code = drawn?;
    let address = state.config().public_url.at(&format!("/e/{}", code.text()));
    let code = PhoneCode { grouped: code.grouped(), address };
    Ok(page(&state, &visitor, known.household().is_none(), Some(code)).await)
}

/// The page, and its shell: nothing on it but a code is anybody's own.
pub(crate) async fn page(
    state: &AppState,
    visitor: &Visitor,
    staff: bool,
    code: Option<PhoneCode>,
) -> Response {
    let look = visitor.look;
    let lang = look.lang;
    let title = t::add_phone_title(lang).to_owned();
    let bar = Bar { title, back: Some("/".to_owned()), ..Bar::default() };
    let key = state.push().map(|push| push.public_key().to_owned());
    let path = "/phones".to_owned();
    let page = Page { script: Some("/device.js"), path, ..visitor.page(Audience::Stranger, bar) };
    let body = move || view! { {add_phone(lang, code)} {this_phone(look, staff, key)} };
    page.render(state, body).await.into_response()
}
