//! The line that says there is no signal, as long as there is none. It promises nothing: what waits is the outbox's word.

use domain::Lang;
use leptos::prelude::*;

use crate::components::message::{Note, Tone};
use crate::locales::common;

/// Shows "no signal" while the browser says it is offline (`boot.js`); silent without script and while there is signal.
#[component]
pub fn Signal(
    /// The reader's language.
    lang: Lang,
) -> impl IntoView {
    view! {
        <div class="served" id="signal">
            <template><Note tone=Tone::Warn live=true>{common::no_signal(lang)}</Note></template>
        </div>
    }
}
