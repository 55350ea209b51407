//! `/push`: a phone asks to be rung, or not to be any more. What it will show is decided here, in its reader's language,
//! so that whoever rings it needs no text. Only a script can ask, since only a browser's script knows its push service.

use axum::extract::State;
use axum::response::{IntoResponse, Response};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use http::StatusCode;
use store::{PushKey, Subscription};
use tally::push::Hosts;
use ui::locales::enter as t;
use ui::pages::error::Trouble;

use crate::errors::Problem;
use crate::pages::act::Sent;
use crate::state::AppState;
use crate::visitor::Visitor;

/// How phones are rung.
#[derive(Debug)]
pub struct Push {
    key: PushKey,
    public_key: String,
    hosts: Hosts,
}

impl Push {
    /// With the key that seals phones' addresses, the public half of what signs, and the push services that are called.
    #[must_use]
    pub fn new(key: PushKey, public_key: String, hosts: Hosts) -> Self {
        Self { key, public_key, hosts }
    }

    /// What a phone needs to subscribe.
    #[must_use]
    pub fn public_key(&self) -> &str {
        &self.public_key
    }
}

/// `POST /push` with `endpoint`, `p256dh` and `auth` as the browser's `PushSubscription` says them.
///
/// # Errors
/// The table's; an address that is no push service's, or keys that are none.
pub async fn subscribe(
    State(state): State<AppState>,
    visitor: Visitor,
    Sent(form): Sent,
) -> Result<Response, Problem> {
    let known = visitor.known()?;
    let push = state.push().ok_or(Trouble::NotFound)?;
    let field = |name: &str| form.get(name).map(str::trim).unwrap_or_default().to_owned();
    let lang = visitor.look.lang;
    let subscription = Subscription {
        endpoint: field("endpoint"),
        p256dh: field("p256dh"),
        auth: field("auth"),
        title: known.community.settings.name.in_lang(lang).to_owned(),
        text: t::push_text(lang).to_owned(),
    };
    let long = |text: &str, bytes: usize| URL_SAFE_NO_PAD.decode(text).is_ok_and(|key| key.len() == bytes);
    if !push.hosts.allow(&subscription.endpoint)
        || !long(&subscription.p256dh, 65)
        || !long(&subscription.auth, 16)
    {
        return Err(Trouble::NotUnderstood.into());
    }
    let whose = (known.catalog.id(), known.who);
    state.store().subscribe(&push.key, whose, &known.token, &subscription, known.session.expires).await?;
    Ok(StatusCode::NO_CONTENT.into_response())
}

/// `POST /push/off`.
///
/// # Errors
/// The table's.
pub async fn unsubscribe(State(state): State<AppState>, visitor: Visitor) -> Result<Response, Problem> {
    let known = visitor.known()?;
    state.store().unsubscribe_session(known.catalog.id(), known.who, &known.token).await?;
    Ok(StatusCode::NO_CONTENT.into_response())
}
