//! Pages around signing in: the letter's and the invitation's "yes, that's me", another phone, signing out.
//! Opening one of them spends nothing; only its button does, because chat apps open links by themselves.

use domain::Lang;
use leptos::prelude::*;

use crate::components::action::{Act, ButtonLink, Submit, Weight};
use crate::components::icon::ui;
use crate::components::layout::{Look, Theme};
use crate::components::message::{Note, Tone};
use crate::components::qr::{Correction, qr_svg};
use crate::locales::{common, enter, passkeys};
use crate::views::home::hidden;

/// Whom a letter or an invitation signs in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Whom {
    /// A household: its place as people say it.
    Household {
        /// Compound, building, unit.
        place: String,
        /// The room, for the plate.
        room: Option<String>,
    },
    /// A person with a role.
    Person {
        /// Their name.
        name: String,
        /// Their role, in words.
        role: String,
    },
}

/// The page that asks before a code is spent. `action` is where the button posts to, with these fields; `other` if
/// somebody else is signed in on this phone until then.
pub fn confirm(
    lang: Lang,
    whom: Whom,
    (action, fields): (String, Vec<(&'static str, String)>),
    other: bool,
    in_app_browser: bool,
) -> impl IntoView {
    let (head, lead, button) = match &whom {
        Whom::Household { .. } => {
            (enter::letter_title(lang).to_owned(), enter::letter_lead(lang), enter::letter_button(lang))
        }
        Whom::Person { name, .. } => (name.clone(), enter::invite_lead(lang), enter::invite_button(lang)),
    };
    let who = match whom {
        Whom::Household { place, room } => view! {
            <p>
                {room.map(|room| view! { <span class="plate giant">{room}</span> })}
                " "
                <span>{place}</span>
            </p>
            <p class="small quiet">{enter::letter_not_mine(lang)}</p>
        }
        .into_any(),
        Whom::Person { role, .. } => view! { <p>{role}</p> }.into_any(),
    };
    view! {
        {in_app_browser.then(|| view! { <Note tone=Tone::Warn>{enter::in_app_browser(lang)}</Note> })}
        <form method="post" action=action>
            {hidden(&fields)}
            <h2>{head}</h2>
            {who}
            {other.then(|| view! { <Note tone=Tone::Warn>{enter::other_signed_in(lang)}</Note> })}
            <p>{lead}</p>
            <Act>
                <Submit weight=Weight::Main>{button}</Submit>
            </Act>
        </form>
    }
}

/// A code that another phone can use within ten minutes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PhoneCode {
    /// As it is typed, in groups.
    pub grouped: String,
    /// The address that the QR code holds.
    pub address: String,
}

/// The page that shows a code for another phone, or the button that makes one.
pub fn add_phone(lang: Lang, code: Option<PhoneCode>) -> impl IntoView {
    let again = code.is_some();
    view! {
        <form method="post" action="/phones">
            <p>{enter::add_phone_lead(lang)}</p>
            {code.map(|code| view! {
                <p><b>{code.address.split("/e/").next().unwrap_or_default().to_owned()}</b></p>
                <p class="code">{code.grouped}</p>
                {qr_svg(&code.address, Correction::Screen, enter::add_phone_title(lang))}
            })}
            <p class="small quiet">{enter::add_phone_installed(lang)}</p>
            <div role="status">
                <div data-without-signal="" hidden><Note tone=Tone::Warn>{enter::add_phone_offline(lang)}</Note></div>
            </div>
            <Act>
                <Submit weight=if again { Weight::Wide } else { Weight::Main }>
                    {if again { enter::add_phone_again(lang) } else { enter::add_phone_button(lang) }}
                </Submit>
            </Act>
        </form>
    }
}

/// How pages look on this phone, the way to the passkeys of somebody who helps, being rung, and the way out. `look` is how
/// they look now, `key` the server's own for push, if it rings. What only a script shows stands low: less moves then.
pub fn this_phone(look: Look, staff: bool, key: Option<String>) -> impl IntoView {
    let lang = look.lang;
    let choice = |href: &'static str, words: &'static str, chosen: bool| {
        view! { <a href=href aria-current=chosen.then_some("true")>{words}</a> }
    };
    let sizes = [
        choice("/text/usual?to=/phones", common::usual_text(lang), !look.elder),
        choice("/text/large?to=/phones", common::large_text(lang), look.elder),
    ];
    let themes = [
        (Theme::Device, "/theme/device?to=/phones", enter::theme_device(lang)),
        (Theme::Light, "/theme/light?to=/phones", enter::theme_light(lang)),
        (Theme::Dark, "/theme/dark?to=/phones", enter::theme_dark(lang)),
    ]
    .map(|(theme, href, words)| choice(href, words, look.theme == theme));
    view! {
        <section class="card">
            <h2>{enter::look_title(lang)}</h2>
            <nav class="seg" aria-label=enter::text_size(lang)>{sizes.collect_view()}</nav>
            <nav class="seg" aria-label=enter::colours(lang)>{themes.collect_view()}</nav>
        </section>
        {staff.then(|| view! { <ButtonLink href="/passkeys" icon=ui::KEY weight=Weight::Wide onwards=true>{passkeys::link(lang)}</ButtonLink> })}
        {key.map(|key| ring_this_phone(lang, key))}
        <ButtonLink href="/signout" weight=Weight::Bare>{enter::sign_out(lang)}</ButtonLink>
    }
}

/// Under what a phone of somebody who helps holds: the way to the rest of it. Server's words, in its shell too, so that no
/// phone downloads a program for it.
pub fn to_this_device(lang: Lang) -> impl IntoView + use<> {
    view! { <ButtonLink href="/phones" icon=ui::KEY weight=Weight::Bare onwards=true>{passkeys::this_device(lang)}</ButtonLink> }
}

/// Asking to be rung, for browsers that can: `public/device.js` shows it. `key` is the server's own, for the browser.
fn ring_this_phone(lang: Lang, key: String) -> impl IntoView + use<> {
    view! {
        <section class="card" data-push=key hidden>
            <h2>{enter::push_title(lang)}</h2>
            <p>{enter::push_lead(lang)}</p>
            <div role="status">
                <p data-push-when="on" hidden><b>{enter::push_is_on(lang)}</b></p>
                <p data-push-when="blocked" hidden>{enter::push_blocked(lang)}</p>
                <p data-push-when="failed" hidden>{enter::push_failed(lang)}</p>
            </div>
            <button type="button" class=Weight::Wide.class() data-push-do="on" data-push-when="off blocked failed" hidden>
                {enter::push_on(lang)}
            </button>
            <button type="button" class=Weight::Wide.class() data-push-do="off" data-push-when="on" hidden>
                {enter::push_off(lang)}
            </button>
        </section>
    }
}

/// The page that asks before signing out. `key` is what this phone seals to what it can't send (`public/kept.js`).
pub fn sign_out(lang: Lang, staff: bool, key: String) -> impl IntoView {
    let lead = if staff { enter::sign_out_staff(lang) } else { enter::sign_out_lead(lang) };
    view! {
        <form method="post" action="/signout" data-seal=key>
            <p>{lead}</p>
            <p>{enter::sign_out_sealed(lang)}</p>
            <div role="alert">
                <div data-stuck="" hidden><Note tone=Tone::Danger>{enter::sign_out_stuck(lang)}</Note></div>
            </div>
            <Act>
                <Submit weight=Weight::Danger>{enter::sign_out(lang)}</Submit>
                <ButtonLink href="/" weight=Weight::Bare>{common::cancel(lang)}</ButtonLink>
            </Act>
        </form>
    }
}
