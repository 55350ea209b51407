//! Passkeys of staff: looking after one's own, and the button on the sign-in page. What only a browser can do is done by
//! `public/passkeys.js`; the words for each outcome stand here, hidden until it is one. Without script, or in a browser
//! that has no passkeys, the first of them stays: what to do then.

use domain::{Lang, Millis};
use leptos::prelude::*;

use crate::components::action::{Submit, Weight};
use crate::components::icon::ui;
use crate::components::markup::{IntoMarkup, Markup};
use crate::components::message::{Empty, Note, Tone};
use crate::locales::passkeys as t;
use crate::locales::when::When;
use crate::views::home::hidden;

/// The form field that names a passkey.
pub const PASSKEY: &str = "passkey";

/// A passkey that somebody has.
#[derive(Debug, Clone)]
pub struct PasskeyShown {
    /// What names it to the server.
    pub handle: String,
    /// What it was made on.
    pub device: String,
    /// Since when.
    pub since: Millis,
    /// When somebody last signed in with it.
    pub used: Option<Millis>,
}

/// What an authenticator is asked.
#[derive(Debug, Clone)]
pub struct Question {
    /// What it signs, in base64url.
    pub challenge: String,
    /// The host it is asked by.
    pub site: String,
}

/// What a browser needs to make a passkey.
#[derive(Debug, Clone)]
pub struct Adding {
    /// What it is asked.
    pub question: Question,
    /// The community, as the authenticator shows it.
    pub community: String,
    /// What names the person there, in base64url.
    pub user: String,
    /// What they are called there.
    pub name: String,
    /// The passkeys that are there already.
    pub known: Vec<String>,
}

/// The rows of somebody's passkeys, each with a button that takes it away by a post to `action`.
pub fn rows(when: &When, passkeys: &[PasskeyShown], action: &str) -> Vec<Markup> {
    let lang = when.lang;
    let row = |passkey: &PasskeyShown| {
        let fields = hidden(&[(PASSKEY, passkey.handle.clone())]);
        let name =
            if passkey.device.is_empty() { t::some_device(lang).to_owned() } else { passkey.device.clone() };
        let used = passkey
            .used
            .map_or_else(|| t::never_used(lang).to_owned(), |at| t::last_used(lang, &when.at(at)));
        view! {
            <div class="row">
                {ui::KEY.view()}
                <span class="grow">{name} <small class="quiet">{t::made(lang, &when.at(passkey.since))} " · " {used}</small></span>
                <form method="post" action=action.to_owned()>{fields}<Submit weight=Weight::Danger>{t::remove(lang)}</Submit></form>
            </div>
        }
        .markup()
    };
    passkeys.iter().map(row).collect()
}

/// One's own passkeys, and a new one.
pub fn own(when: &When, passkeys: &[PasskeyShown], adding: Adding) -> impl IntoView + use<> {
    let lang = when.lang;
    let list = if passkeys.is_empty() {
        view! { <Empty icon=ui::KEY title=t::none_yet(lang)><p>{t::none_yet_more(lang)}</p></Empty> }.markup()
    } else {
        let rows = rows(when, passkeys, "/passkeys/remove");
        view! { <div class="rows">{rows}</div><p class="small quiet">{t::remove_hint(lang)}</p> }.markup()
    };
    let Adding { question, community, user, name, known } = adding;
    view! {
        <p>{t::lead(lang)}</p>
        {list}
        <section class="card" data-passkey="create" data-challenge=question.challenge data-site=question.site
            data-community=community data-user=user data-name=name data-known=known.join(" ")>
            <h2>{t::add(lang)}</h2>
            <p>{t::add_how(lang)}</p>
            {outcomes(lang, t::add_none(lang))}
            <button type="button" class=Weight::Wide.class() data-passkey-do="" hidden>{t::add_button(lang)}</button>
        </section>
        {script()}
    }
}

/// On the sign-in page.
pub fn enter(lang: Lang, question: Question) -> impl IntoView + use<> {
    view! {
        <section class="card" data-passkey="get" data-challenge=question.challenge data-site=question.site>
            <h2>{t::enter(lang)}</h2>
            {outcomes(lang, t::enter_none(lang))}
            <button type="button" class=Weight::Wide.class() data-passkey-do="" hidden>{t::enter_button(lang)}</button>
        </section>
        {script()}
    }
}

/// What can come of it; the script shows one.
fn outcomes(lang: Lang, none: &'static str) -> impl IntoView + use<> {
    view! {
        <div role="status">
            <p class="small quiet" data-passkey-when="none">{none}</p>
            <div data-passkey-when="address" hidden><Note tone=Tone::Warn>{t::no_address(lang)}</Note></div>
            <div data-passkey-when="cancelled" hidden><Note>{t::cancelled(lang)}</Note></div>
            <div data-passkey-when="there" hidden><Note>{t::there(lang)}</Note></div>
            <div data-passkey-when="refused" hidden><Note tone=Tone::Warn>{t::refused(lang)}</Note></div>
            <div data-passkey-when="late" hidden><Note tone=Tone::Warn>{t::late(lang)}</Note></div>
            <div data-passkey-when="failed" hidden><Note tone=Tone::Warn>{t::failed(lang)}</Note></div>
        </div>
    }
}

fn script() -> impl IntoView {
    view! { <script type="module" src="/passkeys.js"></script> }
}
