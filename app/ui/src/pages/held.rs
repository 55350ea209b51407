//! A form that was sent by somebody whose session had ended: held while they sign in, then offered to be sent.

use domain::Lang;
use leptos::prelude::*;

use crate::components::action::{Act, Submit, Weight};
use crate::components::message::Note;
use crate::locales::enter as t;

/// The form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Held {
    /// Where it was going.
    pub to: String,
    /// Its fields.
    pub fields: Vec<(String, String)>,
    /// Its fields under the names by which another form carries them.
    pub carried: Vec<(String, String)>,
    /// The words in it, which nobody wants to write twice.
    pub said: Vec<String>,
}

/// Fields that go with a form unseen.
pub(super) fn unseen(fields: Vec<(String, String)>) -> impl IntoView {
    fields
        .into_iter()
        .map(|(name, value)| view! { <input type="hidden" name=name value=value/> })
        .collect_view()
}

/// What was written, to be read again.
pub(super) fn said(said: Vec<String>) -> impl IntoView {
    said.into_iter().map(|words| view! { <blockquote class="words">{words}</blockquote> }).collect_view()
}

/// For whoever signs in another way, such as by a letter's picture, and comes back to this page.
pub(super) fn signed_in_elsewhere(lang: Lang, held: &Held) -> impl IntoView + use<> {
    let (to, fields) = (held.to.clone(), unseen(held.fields.clone()));
    view! {
        <form method="post" action=to>
            {fields}
            <p>{t::held_elsewhere(lang)}</p>
            <Submit weight=Weight::Wide>{t::held_send(lang)}</Submit>
        </form>
    }
}

/// The page after signing in. Nothing goes by itself: whoever signed in may be somebody else.
pub fn signed_in(lang: Lang, held: Held) -> impl IntoView {
    let Held { to, fields, said: words, .. } = held;
    view! {
        <Note live=true>{t::held_signed_in(lang)}</Note>
        {said(words)}
        <form method="post" action=to>
            {unseen(fields)}
            <Act><Submit weight=Weight::Main>{t::held_send(lang)}</Submit></Act>
        </form>
    }
}
