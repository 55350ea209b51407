//! Signing in and out: letters and typed codes, invites, another phone, sign-out. What a code is good for and how
//! often it may be tried is `store`'s; here are the forms.

pub mod link;
pub mod phones;
pub mod sign_out;
pub mod typed;

use axum::response::{IntoResponse, Redirect, Response};
use domain::actor::{Role, Signed};
use http::{HeaderMap, HeaderName, HeaderValue, header};
use store::{Entered, Session, Tokens, WayIn};

use crate::errors::Problem;
use crate::secret::new_tokens;
use crate::session::set_cookie;
use crate::state::AppState;
use crate::visitor::Visitor;

/// Browsers keep no cookie longer.
const HOUSEHOLD_DAYS: i64 = 400;
const STAFF_DAYS: i64 = 60;
/// A volunteer helps for a week or so; the next week is a new invite.
const VOLUNTEER_DAYS: i64 = 7;

pub(crate) const fn days(who: Signed) -> i64 {
    match who {
        Signed::Person(_, Role::Volunteer) => VOLUNTEER_DAYS,
        Signed::Person(..) => STAFF_DAYS,
        Signed::Household(_) | Signed::Clock => HOUSEHOLD_DAYS,
    }
}

/// Spends one phone of a way in and leads to the first page; `None` if it leads nowhere (any more).
async fn enter(
    state: &AppState,
    visitor: &Visitor,
    headers: &HeaderMap,
    way_in: &WayIn,
    who: Signed,
) -> Result<Option<Response>, Problem> {
    let tokens = new_tokens();
    let entered = state.store().enter(way_in, &tokens, device(headers), visitor.now, days(who)).await?;
    let Entered::In(session) = entered else { return Ok(None) };
    let mut response = Redirect::to("/").into_response();
    let (name, cookie) = let_in(state, visitor, &tokens, &session).await?;
    response.headers_mut().append(name, cookie);
    Ok(Some(response))
}

/// A phone has just been signed in: the cookie that says so.
pub(crate) async fn let_in(
    state: &AppState,
    visitor: &Visitor,
    tokens: &Tokens,
    session: &Session,
) -> Result<(HeaderName, HeaderValue), Problem> {
    // Whoever was signed in here before hands this phone over; what they left unsent can still be handed in.
    if let Some(before) = &visitor.known {
        state.store().end_session(&before.token).await?;
        state.sessions().forget(&before.token);
    }
    let seconds = (session.expires - visitor.now) / 1_000;
    Ok((header::SET_COOKIE, set_cookie(&tokens.session, seconds, &state.config().public_url)))
}

fn user_agent(headers: &HeaderMap) -> &str {
    headers.get(header::USER_AGENT).and_then(|value| value.to_str().ok()).unwrap_or_default()
}

/// What the phone is, for the list of one's phones; no more than a person would say.
pub(crate) fn device(headers: &HeaderMap) -> &'static str {
    let agent = user_agent(headers);
    let kinds = [
        ("iPhone", "iPhone"),
        ("iPad", "iPad"),
        ("HarmonyOS", "HarmonyOS"),
        ("Android", "Android"),
        ("Windows", "Windows"),
        ("Macintosh", "Mac"),
        ("Linux", "Linux"),
    ];
    kinds.into_iter().find(|(mark, _)| agent.contains(mark)).map_or("", |(_, name)| name)
}

/// Whether the page was opened inside a chat app, whose browser forgets.
fn in_app_browser(headers: &HeaderMap) -> bool {
    let agent = user_agent(headers);
    ["MicroMessenger", "QQ/", "DingTalk", "Weibo", "AlipayClient", "FBAN", "Instagram", "Line/"]
        .iter()
        .any(|mark| agent.contains(mark))
}
