//! How far: a bar with numbers, and the outline of what is still coming.

use crate::prelude::*;
use domain::Lang;

use crate::locales::common;

/// A bar with its numbers: "14 of 38".
#[component]
pub fn Progress(
    /// The reader's language.
    lang: Lang,
    /// Done.
    done: u32,
    /// In all.
    total: u32,
    /// Of what, for a screen reader.
    #[prop(into)]
    what: String,
) -> impl IntoView {
    view! {
        <div class="prog">
            <progress value=done max=total.max(1) aria-label=what></progress>
            <span>{common::of_total(lang, done, total)}</span>
        </div>
    }
}

/// The outline of a list that is still coming.
#[component]
pub fn Skeleton(
    /// The reader's language.
    lang: Lang,
    /// Lines of it.
    lines: u8,
) -> impl IntoView {
    view! {
        <div class="skel" role="status" aria-label=common::loading(lang)>
            {(0..lines).map(|_| view! { <div></div> }).collect_view()}
        </div>
    }
}
