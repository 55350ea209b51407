//! What every answer carries and every request must pass: headers, content security policy, forms of this site only.
//! Who may do what is `right`'s question.

use axum::extract::{Request, State};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, header};
use ui::pages::error::Trouble;

use crate::config::PublicUrl;
use crate::errors::Problem;
use crate::state::AppState;

/// The largest body any form may have; uploads of the desk name their own.
pub const FORM_LIMIT: usize = 64 * 1024;

/// The largest form with a file: the file itself and the form around it.
pub const UPLOAD_LIMIT: usize = 12 * 1024 * 1024;

/// The largest batch of facts, unpacked.
pub const FACTS_LIMIT: usize = 2 * 1024 * 1024;

/// The largest request with sealed facts, unpacked: [`crate::api::parcels::MOST`] of the largest in base64.
pub const PARCELS_LIMIT: usize = 640 * 1024;

/// No script, style, picture or connection from anywhere else, and nothing inline. `blob:` is the camera's picture.
const POLICY: &str = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; \
    img-src 'self' data: blob:; media-src 'self' blob:; connect-src 'self'; manifest-src 'self'; worker-src 'self'; \
    form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

/// Of an answer to a program, which no browser shows as a page.
const POLICY_OF_DATA: &str = "default-src 'none'; frame-ancestors 'none'";

const HEADERS: [(HeaderName, &str); 2] = [
    (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
];

/// What only a page, a script or a file obeys. On an answer to a program they would be half of its bytes.
const MORE_HEADERS: [(HeaderName, &str); 4] = [
    (header::CONTENT_SECURITY_POLICY, POLICY),
    // Not `no-referrer`: with it browsers send forms with `Origin: null`.
    (header::REFERRER_POLICY, "same-origin"),
    (
        HeaderName::from_static("permissions-policy"),
        "camera=(self), geolocation=(), microphone=(), payment=()",
    ),
    (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
];

/// Adds the headers. What says nothing about caching is never cached: it may be somebody's.
pub async fn headers(State(state): State<AppState>, request: Request, next: Next) -> Response {
    let to_program = request.uri().path().starts_with("/api/");
    let mut response = next.run(request).await;
    let more: &[(HeaderName, &str)] = match response.status() {
        // The browser keeps what it was told with the file.
        StatusCode::NOT_MODIFIED => &[],
        _ if to_program => &[(header::CONTENT_SECURITY_POLICY, POLICY_OF_DATA)],
        _ => &MORE_HEADERS,
    };
    let out = response.headers_mut();
    for (name, value) in HEADERS.iter().chain(more) {
        out.insert(name.clone(), HeaderValue::from_static(value));
    }
    if state.config().public_url.is_https() {
        let year = HeaderValue::from_static("max-age=31536000");
        out.insert(header::STRICT_TRANSPORT_SECURITY, year);
    }
    if !out.contains_key(header::CACHE_CONTROL) {
        out.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    }
    response
}

/// Lets unsafe methods through only from pages of this site.
pub async fn own_forms_only(State(state): State<AppState>, request: Request, next: Next) -> Response {
    let safe = matches!(*request.method(), Method::GET | Method::HEAD | Method::OPTIONS);
    if safe || from_own_page(request.headers(), &state.config().public_url) {
        next.run(request).await
    } else {
        Problem::Trouble(Trouble::ForeignForm).into_response()
    }
}

/// Whether the browser says that the request comes from a page of this site. Compared with the configured address,
/// never with `Host`, which an attacker's proxy can choose.
fn from_own_page(headers: &HeaderMap, public_url: &PublicUrl) -> bool {
    match headers.get("sec-fetch-site") {
        Some(site) => site == "same-origin",
        None => headers.get(header::ORIGIN).is_some_and(|origin| origin == public_url.origin()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn from(pairs: &[(&'static str, &'static str)]) -> bool {
        let headers = pairs
            .iter()
            .map(|(name, value)| (HeaderName::from_static(name), HeaderValue::from_static(value)))
            .collect();
        from_own_page(&headers, &PublicUrl::parse("https://lm.example.org").expect("an origin"))
    }

    #[test]
    fn a_form_counts_only_from_a_page_of_this_site() {
        assert!(from(&[("sec-fetch-site", "same-origin")]));
        assert!(from(&[("origin", "https://lm.example.org")]));
        assert!(!from(&[]));
        assert!(!from(&[("origin", "null")]));
        assert!(!from(&[("origin", "https://lm.example.org.evil.example")]));
        assert!(!from(&[("host", "lm.example.org")]));
        for site in ["cross-site", "same-site", "none"] {
            assert!(!from(&[("sec-fetch-site", site), ("origin", "https://lm.example.org")]), "{site}");
        }
    }
}
