//! How a reader wants every page: language, size of the text, light or dark. Kept in cookies on the phone, where they
//! say nothing about anybody.

use axum::extract::{Path, Query};
use axum::response::{IntoResponse, Redirect, Response};
use domain::Lang;
use http::{HeaderValue, header};
use serde::Deserialize;

use crate::page::{ELDER_COOKIE, LANG_COOKIE, THEME_COOKIE, local_path};

/// Where to go back to.
#[derive(Debug, Deserialize)]
pub struct Back {
    #[serde(default)]
    to: String,
}

/// `/lang/zh`, `/lang/en`.
pub async fn lang(Path(code): Path<String>, Query(back): Query<Back>) -> Response {
    keep(LANG_COOKIE, Lang::parse(&code).map(Lang::code), &back)
}

/// `/text/large`, `/text/usual`.
pub async fn text_size(Path(size): Path<String>, Query(back): Query<Back>) -> Response {
    let value = match size.as_str() {
        "large" => Some("1"),
        "usual" => Some("0"),
        _ => None,
    };
    keep(ELDER_COOKIE, value, &back)
}

/// `/theme/light`, `/theme/dark`, `/theme/device`.
pub async fn theme(Path(name): Path<String>, Query(back): Query<Back>) -> Response {
    let value = ["light", "dark", "device"].into_iter().find(|known| *known == name);
    keep(THEME_COOKIE, value, &back)
}

fn keep(name: &str, value: Option<&str>, back: &Back) -> Response {
    let mut response = Redirect::to(local_path(&back.to)).into_response();
    if let Some(value) = value {
        let cookie = format!("{name}={value}; Path=/; Max-Age=34560000; SameSite=Lax");
        let cookie = HeaderValue::try_from(cookie).expect("fixed words make a header");
        response.headers_mut().append(header::SET_COOKIE, cookie);
    }
    response
}
