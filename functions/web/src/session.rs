//! Sessions: the cookie, what is remembered of it for a minute, and ending it. Starting one is `enrol`'s work; the
//! table keeps only hashes.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use domain::Millis;
use http::{HeaderMap, HeaderValue};
use store::{Session, SessionToken};

use crate::config::PublicUrl;
use crate::errors::Problem;
use crate::page::cookie;
use crate::secret::hash_of;
use crate::state::AppState;

/// A session is believed for so long without asking the table: how late a revoked phone notices, in milliseconds.
const KEPT_MS: i64 = 60_000;

/// Sessions remembered at most; beyond it the oldest half is asked for again.
const KEPT: usize = 20_000;

/// The cookie's name. The `__Host-` prefix makes browsers insist on https and on this host; plain http has none.
fn cookie_name(public_url: &PublicUrl) -> &'static str {
    if public_url.is_https() { "__Host-lm" } else { "lm" }
}

/// The session token of a request.
#[must_use]
pub fn token_of(headers: &HeaderMap, public_url: &PublicUrl) -> Option<SessionToken> {
    cookie(headers, cookie_name(public_url)).and_then(SessionToken::parse)
}

/// The header that gives a phone its session for `seconds`.
#[must_use]
pub fn set_cookie(token: &SessionToken, seconds: i64, public_url: &PublicUrl) -> HeaderValue {
    written(&token.text(), seconds, public_url)
}

/// The header that takes it away.
#[must_use]
pub fn clear_cookie(public_url: &PublicUrl) -> HeaderValue {
    written("", 0, public_url)
}

fn written(value: &str, seconds: i64, public_url: &PublicUrl) -> HeaderValue {
    let name = cookie_name(public_url);
    let secure = if public_url.is_https() { "; Secure" } else { "" };
    let text = format!("{name}={value}; Path=/; Max-Age={seconds}; HttpOnly; SameSite=Lax{secure}");
    let mut header = HeaderValue::try_from(text).expect("digits, letters and signs a header may hold");
    header.set_sensitive(true);
    header
}

/// A session that goes on.
#[derive(Debug, Clone)]
pub struct Found {
    /// It.
    pub session: Session,
    /// Whether the table said so for this request: then it was not revoked either, which a session that is remembered
    /// may have been meanwhile.
    pub just_read: bool,
}

/// The sessions asked for lately, strangers' too, so that a wrong cookie costs the table nothing twice.
#[derive(Debug, Default)]
pub struct Sessions {
    kept: Mutex<HashMap<String, (Millis, Option<Session>)>>,
}

impl Sessions {
    /// The session of a token, unless it ended.
    ///
    /// # Errors
    /// The table's.
    pub async fn get(&self, state: &AppState, token: &SessionToken) -> Result<Option<Found>, Problem> {
        let hash = key_of(token);
        let now = state.now();
        let kept = self.lock().get(&hash).cloned();
        let (session, just_read) = match kept {
            Some((read, session)) if (0..KEPT_MS).contains(&(now - read)) => (session, false),
            _ => {
                let session = state.store().session(token, now).await?;
                let mut kept = self.lock();
                if kept.len() >= KEPT {
                    let middle = now + -KEPT_MS / 2;
                    kept.retain(|_, (read, _)| *read > middle);
                }
                kept.insert(hash, (now, session.clone()));
                (session, true)
            }
        };
        let going_on = session.filter(|session| now < session.expires);
        Ok(going_on.map(|session| Found { session, just_read }))
    }

    /// Asks the table at the next request: after signing in or out in this process.
    pub fn forget(&self, token: &SessionToken) {
        self.lock().remove(&key_of(token));
    }

    /// Asks the table for all of them again: after somebody's phones were signed out by the desk.
    pub fn forget_all(&self) {
        self.lock().clear();
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, HashMap<String, (Millis, Option<Session>)>> {
        self.kept.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// What is remembered instead of the token, so that memory holds none.
fn key_of(token: &SessionToken) -> String {
    hash_of(token.text().as_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_cookie_is_bound_to_https_and_to_this_host_where_that_is_possible() {
        let token = SessionToken::random();
        let https = PublicUrl::parse("https://lm.example.org").expect("an origin");
        let header = set_cookie(&token, 60, &https);
        let text = header.to_str().expect("ascii");
        assert!(
            text.starts_with("__Host-lm=")
                && text.ends_with("; Path=/; Max-Age=60; HttpOnly; SameSite=Lax; Secure")
        );
        let local = PublicUrl::parse("http://127.0.0.1:3000").expect("an origin");
        let header = set_cookie(&token, 60, &local);
        assert!(header.to_str().expect("ascii").starts_with("lm="));
        let pair = header.to_str().expect("ascii").split(';').next().expect("a pair").to_owned();
        let headers =
            HeaderMap::from_iter([(http::header::COOKIE, HeaderValue::try_from(pair).expect("ascii"))]);
        assert_eq!(token_of(&headers, &local), Some(token));
        assert_eq!(token_of(&headers, &https), None);
    }
}
