//! The page of somebody who is not signed in: what this is, and the way in with a letter's code.

use domain::Lang;
use leptos::prelude::*;

use crate::components::action::{Act, Submit, Weight};
use crate::components::field::{Field, FieldKind};
use crate::components::icon::ui;
use crate::components::message::{Note, Tone};
use crate::locales::enter;
use crate::pages::held::{Held, said, signed_in_elsewhere, unseen};
use crate::pages::passkeys::{self, Question};

/// What the welcome page shows.
#[derive(Debug, Clone, Default)]
pub struct Welcome {
    /// The reader's language.
    pub lang: Lang,
    /// What was typed before, after an error.
    pub typed: String,
    /// What is wrong with it.
    pub error: Option<String>,
    /// Something that just happened, such as "you are signed out".
    pub news: Option<String>,
    /// The address is plain http on another host, where much of this won't work.
    pub plain_http: bool,
    /// A form that was sent without a session, and is not lost.
    pub held: Option<Held>,
    /// What whoever helps signs in by, on the pages that offer it.
    pub passkey: Option<Question>,
}

/// The page.
pub fn welcome(page: Welcome) -> impl IntoView {
    let Welcome { lang, typed, error, news, plain_http, held, passkey } = page;
    let carried = held.as_ref().map(|held| unseen(held.carried.clone()));
    let words = held.as_ref().map(|held| said(held.said.clone()));
    view! {
        {news.map(|news| view! { <Note live=true>{news}</Note> })}
        {words}
        {sealed(lang)}
        {plain_http.then(|| view! { <Note tone=Tone::Warn>{enter::plain_http(lang)}</Note> })}
        <p>{enter::welcome_lead(lang)}</p>
        <form method="post" action="/enrol">
            {carried}
            <h2>{enter::have_letter(lang)}</h2>
            <p>{enter::have_letter_how(lang)}</p>
            <Field
                lang
                name="code"
                label=enter::code_label(lang)
                hint=enter::code_hint(lang).to_owned()
                kind=FieldKind::Code
                value=typed
                error=error.unwrap_or_default()
                max_length=20
            />
            <h2>{enter::no_letter(lang)}</h2>
            <p>{enter::no_letter_how(lang)}</p>
            <p class="small quiet">{enter::staff_how(lang)}</p>
            <Act>
                <Submit weight=Weight::Main>{enter::sign_in(lang)}</Submit>
            </Act>
        </form>
        {held.map(|held| signed_in_elsewhere(lang, &held))}
        {passkey.map(|question| passkeys::enter(lang, question))}
    }
}

/// What still lies sealed on this phone, as a count and no more; `public/phone.js` shows it where there is something.
fn sealed(lang: Lang) -> impl IntoView {
    view! {
        <div role="status">
            <div data-sealed="" hidden>
                <Note icon=ui::ON_PHONE><b data-count=""></b> " " {enter::sealed_here(lang)}</Note>
                <div data-urgent="" hidden><Note tone=Tone::Danger>{enter::sealed_urgent(lang)}</Note></div>
            </div>
        </div>
    }
}
