//! What did not work, told to the reader in their language and to the log once. Handlers return a [`Problem`]; the
//! layer here makes the page (or, for `/api/`, a word a program understands).

use std::any::Any;
use std::time::Duration;

use axum::extract::{Request, State};
use axum::middleware::Next;
use axum::response::{IntoResponse, Redirect, Response};
use http::{HeaderValue, Method, StatusCode, header};
use store::StoreError;
use ui::components::layout::Bar;
use ui::pages::error::{Trouble, error};

use crate::assets::Audience;
use crate::page::{Page, look_of};
use crate::state::AppState;
use crate::visitor::RoleSeen;

/// Why a handler did not do what it was asked.
#[derive(Debug, thiserror::Error)]
pub enum Problem {
    /// Something the reader can be told as it is.
    #[error("{0:?}")]
    Trouble(Trouble),
    /// The table.
    #[error("the table")]
    Store(#[from] StoreError),
    /// More than can be answered at once: come back after so long.
    #[error("too many at once")]
    Crowded(Duration),
}

impl From<Trouble> for Problem {
    fn from(trouble: Trouble) -> Self {
        Self::Trouble(trouble)
    }
}

impl Problem {
    /// What the reader is told.
    #[must_use]
    pub fn trouble(&self) -> Trouble {
        match self {
            Self::Trouble(trouble) => *trouble,
            Self::Crowded(_) => Trouble::Busy,
            Self::Store(error) if error.retry_after().is_some() => Trouble::Busy,
            Self::Store(_) => Trouble::Broken,
        }
    }

    fn retry_after(&self) -> Option<Duration> {
        match self {
            Self::Store(error) => error.retry_after(),
            Self::Crowded(wait) => Some(*wait),
            Self::Trouble(Trouble::Busy) => Some(Duration::from_secs(2)),
            Self::Trouble(_) => None,
        }
    }
}

/// The mark on a response that the layer below has still to turn into a page.
#[derive(Debug, Clone, Copy)]
struct Told(Trouble);

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let trouble = self.trouble();
        match &self {
            // Logged here and nowhere else: this is where it is handled.
            Self::Store(error) if trouble == Trouble::Broken => {
                tracing::error!(error = error as &dyn std::error::Error, "the table failed");
            }
            Self::Store(error) => {
                tracing::warn!(error = error as &dyn std::error::Error, "the table is busy");
            }
            Self::Trouble(_) | Self::Crowded(_) => {}
        }
        let mut response = status(trouble).into_response();
        if let Some(wait) = self.retry_after() {
            response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(wait.as_secs().max(1)));
        }
        response.extensions_mut().insert(Told(trouble));
        response
    }
}

fn status(trouble: Trouble) -> StatusCode {
    match trouble {
        Trouble::NotFound => StatusCode::NOT_FOUND,
        Trouble::NotAllowed | Trouble::ForeignForm => StatusCode::FORBIDDEN,
        Trouble::SignInFirst => StatusCode::UNAUTHORIZED,
        Trouble::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
        Trouble::NotUnderstood => StatusCode::BAD_REQUEST,
        Trouble::Busy => StatusCode::SERVICE_UNAVAILABLE,
        Trouble::Broken => StatusCode::INTERNAL_SERVER_ERROR,
    }
}

/// The word for programs.
fn word(trouble: Trouble) -> &'static str {
    match trouble {
        Trouble::NotFound => "not_found",
        Trouble::NotAllowed => "not_allowed",
        Trouble::SignInFirst => "sign_in_first",
        Trouble::ForeignForm => "foreign_form",
        Trouble::TooLarge => "too_large",
        Trouble::NotUnderstood => "not_understood",
        Trouble::Busy => "busy",
        Trouble::Broken => "broken",
    }
}

/// What an answer says "no" for, for the line of the request.
#[derive(Debug, Clone, Copy)]
pub struct TroubleSeen(pub &'static str);

/// Turns every answer that says "no" without words into a page or a word, whoever gave it: a handler, an extractor
/// or the router.
pub async fn in_words(State(state): State<AppState>, request: Request, next: Next) -> Response {
    let look = look_of(request.headers());
    let path = request.uri().path().to_owned();
    let method = request.method().clone();
    let response = next.run(request).await;

    let told = response.extensions().get::<Told>().map(|told| told.0);
    let role = response.extensions().get::<RoleSeen>().copied();
    let has_words = response.headers().get(header::CONTENT_TYPE).is_some_and(|kind| {
        kind.as_bytes().starts_with(b"text/html") || kind.as_bytes().starts_with(b"application/json")
    });
    let code = response.status();
    let trouble = match told {
        Some(trouble) => trouble,
        None if has_words || !(code.is_client_error() || code.is_server_error()) => return response,
        None => match code {
            StatusCode::NOT_FOUND | StatusCode::METHOD_NOT_ALLOWED => Trouble::NotFound,
            StatusCode::PAYLOAD_TOO_LARGE => Trouble::TooLarge,
            StatusCode::SERVICE_UNAVAILABLE => Trouble::Busy,
            code if code.is_server_error() => Trouble::Broken,
            _ => Trouble::NotUnderstood,
        },
    };
    let mut answer = if path.starts_with("/api/") {
        let body = axum::Json(serde_json::json!({ "error": word(trouble) }));
        (code, keep_headers(&response), body).into_response()
    } else if trouble == Trouble::SignInFirst && method == Method::GET {
        Redirect::to("/").into_response()
    } else {
        let headers = keep_headers(&response);
        let bar =
            Bar { title: trouble.title(look.lang).to_owned(), back: Some("/".to_owned()), ..Bar::default() };
        let page = Page { audience: Audience::Stranger, bar, look, path, desk: None, script: None };
        let html = page.render(&state, move || error(look.lang, trouble)).await;
        (code, headers, html).into_response()
    };
    answer.extensions_mut().insert(TroubleSeen(word(trouble)));
    if let Some(role) = role {
        answer.extensions_mut().insert(role);
    }
    answer
}

fn keep_headers(response: &Response) -> http::HeaderMap {
    let kept = [header::RETRY_AFTER, header::ALLOW];
    kept.into_iter().filter_map(|name| Some((name.clone(), response.headers().get(name)?.clone()))).collect()
}

/// What is answered when a handler panicked. The message may hold anything, so it is not logged.
#[must_use]
pub fn panicked(_: Box<dyn Any + Send + 'static>) -> Response {
    tracing::error!("a handler panicked");
    Problem::Trouble(Trouble::Broken).into_response()
}
