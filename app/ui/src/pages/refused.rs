//! The page shown when the rules said no to a form: why, and back to it.

use domain::Lang;
use leptos::prelude::*;

use crate::components::action::{Act, ButtonLink, Weight};
use crate::components::message::{Note, Tone};
use crate::locales::common;

/// Why, in words, and where the form was.
pub fn refused(lang: Lang, why: String, back: String) -> impl IntoView {
    view! {
        <Note tone=Tone::Warn>{why}</Note>
        <Act>
            <ButtonLink href=back weight=Weight::Main>{common::back(lang)}</ButtonLink>
        </Act>
    }
}
