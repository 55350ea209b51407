//! Passkeys of staff: `/passkeys`, where whoever helps looks after their own, and signing in with one. What is kept of a
//! passkey is its public half; a signature with it, over a challenge of this server, is the way in.

mod ceremony;
mod challenge;

use axum::extract::State;
use axum::response::{IntoResponse, Redirect, Response};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use domain::actor::{Actor, Signed};
use domain::form::Fields;
use domain::{CommunityId, PersonId};
use http::{HeaderMap, StatusCode};
use sha2::{Digest, Sha256};
use store::{Answered, Entered, Passkey, Session};
use ui::components::layout::Bar;
use ui::locales::passkeys as t;
use ui::locales::when::When;
use ui::pages::error::Trouble;
use ui::pages::passkeys as page;

use self::ceremony::{Ceremony, Refused};
use self::challenge::For;
use crate::assets::Audience;
use crate::config::PublicUrl;
use crate::enrol::{days, device, let_in};
use crate::errors::Problem;
use crate::pages::act::Sent;
use crate::secret::new_tokens;
use crate::state::AppState;
use crate::visitor::{Known, Visitor, actor_of};

/// How many passkeys somebody has at most.
const MOST: usize = 10;

/// The host that passkeys are made for: without a port, as browsers want it.
fn site(public_url: &PublicUrl) -> &str {
    let host = public_url.host();
    match host.rsplit_once(':') {
        Some((name, port)) if port.bytes().all(|byte| byte.is_ascii_digit()) => name,
        _ => host,
    }
}

fn person_of(known: &Known) -> Result<PersonId, Problem> {
    match known.actor {
        Actor::Person { id, .. } => Ok(id),
        Actor::Household(_) | Actor::Clock => Err(Trouble::NotAllowed.into()),
    }
}

/// What an authenticator calls a person: nothing that says who it is.
fn user(c: &CommunityId, person: PersonId) -> String {
    URL_SAFE_NO_PAD.encode(Sha256::digest(format!("last metre passkey {c} {person}")))
}

/// What a stranger's browser needs to sign in with a passkey.
///
/// # Errors
/// When the vault has no key.
pub fn question(state: &AppState, visitor: &Visitor) -> Result<page::Question, Problem> {
    let config = state.config();
    let challenge = challenge::new(state.vault(), For::Entering(&config.community), visitor.now)?;
    Ok(page::Question { challenge, site: site(&config.public_url).to_owned() })
}

/// `GET /passkeys`.
///
/// # Errors
/// The table's.
pub async fn show(State(state): State<AppState>, visitor: Visitor) -> Result<Response, Problem> {
    let known = visitor.known()?;
    let (c, person) = (known.catalog.id(), person_of(known)?);
    let lang = visitor.look.lang;
    let when = When { lang, utc_offset: known.community.settings.utc_offset, now: visitor.now };
    let passkeys = state.store().passkeys(c, person).await?;
    let name = known.community.people.get(&person).map(|person| person.name.clone()).unwrap_or_default();
    let adding = page::Adding {
        question: page::Question {
            challenge: challenge::new(state.vault(), For::Adding(&known.token), visitor.now)?,
            site: site(&state.config().public_url).to_owned(),
        },
        community: known.community.settings.name.in_lang(lang).to_owned(),
        user: user(c, person),
        name,
        known: passkeys.iter().map(|passkey| passkey.id.clone()).collect(),
    };
    let bar = Bar { title: t::title(lang).to_owned(), back: Some("/".to_owned()), ..Bar::default() };
    let page = visitor.page(Audience::Stranger, bar);
    let shown: Vec<page::PasskeyShown> = passkeys.iter().map(shown).collect();
    Ok(page.render(&state, move || page::own(&when, &shown, adding)).await.into_response())
}

/// A passkey as lists show it.
#[must_use]
pub fn shown(passkey: &Passkey) -> page::PasskeyShown {
    page::PasskeyShown {
        handle: passkey.handle(),
        device: passkey.device.clone(),
        since: passkey.created,
        used: passkey.used,
    }
}

/// Bytes of a form's field, in base64url.
fn bytes(form: &Fields, name: &str) -> Result<Vec<u8>, Refused> {
    let text = form.get(name).ok_or(Refused::Unreadable)?;
    URL_SAFE_NO_PAD.decode(text.trim_end_matches('=')).map_err(|_| Refused::Unreadable)
}

/// The answer to what was no good. One word in the log; a person hears the page's own words.
fn refused(why: Refused) -> Response {
    tracing::info!(why = %why, "a passkey was refused");
    match why {
        Refused::Challenge => StatusCode::CONFLICT.into_response(),
        _ => StatusCode::UNPROCESSABLE_ENTITY.into_response(),
    }
}

/// `POST /passkeys` with `client`, `data` and `key` as the browser's authenticator says them: a new one.
///
/// # Errors
/// The table's.
pub async fn add(
    State(state): State<AppState>,
    visitor: Visitor,
    headers: HeaderMap,
    Sent(form): Sent,
) -> Result<Response, Problem> {
    let known = visitor.known()?;
    let (c, person) = (known.catalog.id(), person_of(known)?);
    let made = match made(&state, &form) {
        Ok(made) => made,
        Err(why) => return Ok(refused(why)),
    };
    let purpose = For::Adding(&known.token);
    let answered = match challenge::look_at(state.vault(), purpose, &made.challenge, visitor.now)? {
        Ok(answered) => answered,
        Err(why) => return Ok(refused(why)),
    };
    if state.store().passkeys(c, person).await?.len() >= MOST {
        return Ok(refused(Refused::Passkey));
    }
    let passkey = Passkey {
        community: c.clone(),
        person,
        id: made.id,
        public_key: made.public_key,
        counter: made.counter,
        device: device(&headers).to_owned(),
        created: visitor.now,
        used: None,
    };
    Ok(if state.store().add_passkey(&passkey, &answered).await? {
        StatusCode::NO_CONTENT.into_response()
    } else {
        refused(Refused::Challenge)
    })
}

struct Made {
    challenge: String,
    id: String,
    public_key: String,
    counter: i64,
}

fn made(state: &AppState, form: &Fields) -> Result<Made, Refused> {
    let public_url = &state.config().public_url;
    let challenge = ceremony::challenge_of(&bytes(form, "client")?, Ceremony::Create, public_url.origin())?;
    let data = bytes(form, "data")?;
    let said = ceremony::said(&data, site(public_url))?;
    let id = said.made.filter(|id| !id.is_empty()).ok_or(Refused::Unreadable)?;
    let key = bytes(form, "key")?;
    let point = ceremony::point_of(&key)?;
    Ok(Made {
        challenge,
        id: URL_SAFE_NO_PAD.encode(id),
        public_key: URL_SAFE_NO_PAD.encode(point),
        counter: said.counter.into(),
    })
}

/// `POST /passkeys/remove`: one's own passkey is taken away.
///
/// # Errors
/// The table's.
pub async fn remove(
    State(state): State<AppState>,
    visitor: Visitor,
    Sent(form): Sent,
) -> Result<Response, Problem> {
    let known = visitor.known()?;
    let handle = form.get(page::PASSKEY).ok_or(Trouble::NotUnderstood)?;
    state.store().remove_passkey(known.catalog.id(), person_of(known)?, handle).await?;
    Ok(Redirect::to("/passkeys").into_response())
}

/// `POST /signin/passkey` with `id`, `client`, `data`, `signature` and `user` as the browser's authenticator says them.
///
/// # Errors
/// The table's.
pub async fn enter(
    State(state): State<AppState>,
    visitor: Visitor,
    headers: HeaderMap,
    Sent(form): Sent,
) -> Result<Response, Problem> {
    let c = &state.config().community;
    let Some(passkey) = state.store().passkey(form.get("id").unwrap_or_default()).await? else {
        return Ok(refused(Refused::Passkey));
    };
    let (challenge, counter) = match proven(&state, &passkey, &form) {
        Ok(proven) => proven,
        Err(why) => return Ok(refused(why)),
    };
    let answered = match challenge::look_at(state.vault(), For::Entering(c), &challenge, visitor.now)? {
        Ok(answered) => answered,
        Err(why) => return Ok(refused(why)),
    };
    let_them_in(&state, &visitor, &headers, &passkey, counter, &answered).await
}

/// The challenge that was answered, and the passkey's new counter.
fn proven(state: &AppState, passkey: &Passkey, form: &Fields) -> Result<(String, i64), Refused> {
    let public_url = &state.config().public_url;
    let (client, data) = (bytes(form, "client")?, bytes(form, "data")?);
    let challenge = ceremony::challenge_of(&client, Ceremony::Get, public_url.origin())?;
    let said = ceremony::said(&data, site(public_url))?;
    let point = URL_SAFE_NO_PAD.decode(&passkey.public_key).map_err(|_| Refused::Key)?;
    ceremony::signed(&point, &data, &client, &bytes(form, "signature")?)?;
    // Not signed, but a browser that says another user has mixed something up.
    let user_said = form.get("user").unwrap_or_default().trim_end_matches('=');
    let is_theirs = user_said.is_empty() || user_said == user(&passkey.community, passkey.person);
    if !is_theirs || passkey.community != state.config().community {
        return Err(Refused::Passkey);
    }
    Ok((challenge, ceremony::counted(passkey.counter, said.counter)?))
}

async fn let_them_in(
    state: &AppState,
    visitor: &Visitor,
    headers: &HeaderMap,
    passkey: &Passkey,
    counter: i64,
    answered: &Answered,
) -> Result<Response, Problem> {
    let c = &passkey.community;
    let catalog = state.communities().get(c, visitor.now).await?;
    let Some(person) = catalog.community.people.get(&passkey.person) else {
        return Ok(refused(Refused::Passkey));
    };
    let who = Signed::Person(person.id, person.role);
    // Whoever has left is nobody here, as with a session.
    if actor_of(who, &catalog.community).is_none() {
        return Ok(refused(Refused::Passkey));
    }
    let tokens = new_tokens();
    let session = Session {
        community: c.clone(),
        who,
        created: visitor.now,
        expires: visitor.now + days(who) * domain::Millis::DAY,
        device: device(headers).to_owned(),
    };
    match state.store().enter_by_passkey(passkey, counter, answered, &tokens, session).await? {
        Entered::In(session) => {
            let cookie = let_in(state, visitor, &tokens, &session).await?;
            Ok((StatusCode::NO_CONTENT, [cookie]).into_response())
        }
        Entered::No => Ok(refused(Refused::Challenge)),
    }
}
