//! How far an import is that was confirmed: the page grows by a step at a time, without script.

use domain::Lang;
use leptos::prelude::*;

use crate::components::action::{Act, ButtonLink, Weight};
use crate::components::icon::ui;
use crate::components::markup::IntoMarkup;
use crate::components::message::{Note, Tone};
use crate::components::progress::Progress;
use crate::locales::office as t;

/// Stands in the page of a running import where the steps go.
pub const STEPS: &str = "<!--steps-->";

/// The frame of a running import. Each [`step`] hides the one before it, without script.
pub fn running() -> impl IntoView + use<> {
    view! { <div class="steps" role="status" inner_html=STEPS></div> }
}

/// One step: so many households done.
#[must_use]
pub fn step(lang: Lang, done: u32, total: u32) -> String {
    view! {
        <div>
            <p>{t::import_runs(lang)}</p>
            <Progress lang done=done total=total what=t::import_runs(lang)/>
        </div>
    }
    .html()
}

/// The last step: what became of it, and the way on.
#[must_use]
pub fn finished(lang: Lang, worked: bool) -> String {
    let (tone, icon, words) = if worked {
        (Tone::Quiet, ui::CHECK, t::did_import(lang))
    } else {
        (Tone::Danger, ui::WARNING, t::import_broke(lang))
    };
    view! {
        <div>
            <Note tone=tone icon=icon><p>{words}</p></Note>
            <Act><ButtonLink href="/desk/ledger" weight=Weight::Main>{t::to_the_ledger(lang)}</ButtonLink></Act>
        </div>
    }
    .html()
}
