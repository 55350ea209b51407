//! A form that came without a session, because that had ended: the page that asks to sign in holds it, and the page after
//! signing in offers to send it, so that nothing that was filled in is lost where there is no script. It travels in
//! bodies of forms and in pages that no cache keeps, never in an address.

use axum::body::{Body, to_bytes};
use axum::extract::{Request, State};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use domain::form::{Fields, field};
use domain::mark_form::NOTE;
use http::{HeaderMap, Method, StatusCode, header};
use ui::components::layout::Bar;
use ui::locales::enter as t;
use ui::pages::held::{Held, signed_in};
use ui::pages::welcome::Welcome;

use crate::assets::Audience;
use crate::page::local_path;
use crate::pages::home::stranger;
use crate::state::AppState;
use crate::visitor::Visitor;

/// The largest form that is held: each of its fields gets a longer name, and comes back within the limit of any form.
const LARGEST: usize = 24 * 1024;

/// Before the name of each field while it is held.
const KEPT: &str = "kept.";
/// Where the form was going.
const TO: &str = "kept-to";

/// Answers a form of somebody who is not signed in any more with the page that holds it.
pub async fn hold(State(state): State<AppState>, request: Request, next: Next) -> Response {
    let visitor = request.extensions().get::<Visitor>().filter(|visitor| visitor.known.is_none()).cloned();
    let (Some(visitor), true) = (visitor, is_form(request.method(), request.headers())) else {
        return next.run(request).await;
    };
    let to = request.uri().path().to_owned();
    let (parts, body) = request.into_parts();
    let Ok(bytes) = to_bytes(body, crate::security::FORM_LIMIT).await else {
        return StatusCode::PAYLOAD_TOO_LARGE.into_response();
    };
    let response = next.run(Request::from_parts(parts, Body::from(bytes.clone()))).await;
    if response.status() != StatusCode::UNAUTHORIZED || bytes.len() > LARGEST {
        return response;
    }
    let Ok(fields) = serde_urlencoded::from_bytes(&bytes) else { return response };
    let page = welcome(&visitor, held(to, Fields(fields)));
    (StatusCode::UNAUTHORIZED, stranger(&state, &visitor, page).await).into_response()
}

fn is_form(method: &Method, headers: &HeaderMap) -> bool {
    let kind = headers.get(header::CONTENT_TYPE).map(http::HeaderValue::as_bytes);
    method == Method::POST && kind.is_some_and(|kind| kind.starts_with(b"application/x-www-form-urlencoded"))
}

/// The welcome that holds a form.
#[must_use]
pub fn welcome(visitor: &Visitor, held: Held) -> Welcome {
    let lang = visitor.look.lang;
    Welcome { lang, news: Some(t::held_news(lang).to_owned()), held: Some(held), ..Welcome::default() }
}

/// What a form that was held while somebody signed in asks for; `None` where none was.
#[must_use]
pub fn brought(form: &Fields) -> Option<Held> {
    let to = local_path(form.get(TO)?).to_owned();
    let own =
        form.0.iter().filter_map(|(name, value)| Some((name.strip_prefix(KEPT)?.to_owned(), value.clone())));
    Some(held(to, Fields(own.collect())))
}

/// As pages show it.
fn held(to: String, form: Fields) -> Held {
    let said = [field::TEXT, NOTE].into_iter().filter_map(|name| form.get(name)).map(str::to_owned).collect();
    let kept = form.0.iter().map(|(name, value)| (format!("{KEPT}{name}"), value.clone()));
    let carried = kept.chain([(TO.to_owned(), to.clone())]).collect();
    Held { to, fields: form.0, carried, said }
}

/// The answer to signing in, with its cookie, where a form was held: the page that offers to send it.
pub async fn send(state: &AppState, visitor: &Visitor, entered: Response, held: Held) -> Response {
    let lang = visitor.look.lang;
    let bar = Bar { title: t::held_title(lang).to_owned(), back: Some("/".to_owned()), ..Bar::default() };
    let mut page = visitor.page(Audience::Stranger, bar);
    page.path = "/".to_owned();
    let mut response = page.render(state, move || signed_in(lang, held)).await.into_response();
    for cookie in entered.headers().get_all(header::SET_COOKIE) {
        response.headers_mut().append(header::SET_COOKIE, cookie.clone());
    }
    response
}

#[cfg(test)]
mod tests {
    use super::{brought, held};
    use domain::form::Fields;

    #[test]
    fn a_form_comes_out_as_it_was_held_and_goes_to_this_site_only() {
        let fields = [("act", "need"), ("text", "胰岛素"), ("m", "A"), ("m", "B"), ("kept.x", "y")];
        let form = Fields(fields.map(|(name, value)| (name.to_owned(), value.to_owned())).into());
        let first = held("/act".to_owned(), form.clone());
        assert_eq!(first.said, ["胰岛素"]);
        let again = brought(&Fields(first.carried)).expect("held");
        assert_eq!((again.to.as_str(), &again.fields), ("/act", &form.0));
        let elsewhere = Fields(vec![("kept-to".to_owned(), "https://evil.example".to_owned())]);
        assert_eq!(brought(&elsewhere).expect("held").to, "/");
        assert_eq!(brought(&form), None);
    }
}
