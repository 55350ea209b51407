//! The line that says there is no signal, as long as there is none. It promises nothing: what waits is the outbox's word.

use domain::{Lang, Millis};
use leptos::prelude::*;

use crate::components::message::{Note, Tone};
use crate::locales::common;
use crate::outbox;

/// Shows "no signal" while the browser says it is offline; silent on the server and while there is signal.
#[island]
pub fn Signal(
    /// The reader's language.
    lang: Lang,
) -> impl IntoView {
    // Every page has this island, so every page sends what waits, and the one for signing out wipes this phone.
    let _ = outbox::phone(None, Millis::default(), lang);
    let (offline, set_offline) = signal(false);
    watch_signal(set_offline);
    view! {
        <Show when=move || offline.get()>
            <Note tone=Tone::Warn live=true>{common::no_signal(lang)}</Note>
        </Show>
    }
}

#[cfg(feature = "hydrate")]
fn watch_signal(set_offline: WriteSignal<bool>) {
    let look = move || set_offline.set(!window().navigator().on_line());
    for event in ["online", "offline"] {
        window_event_listener_untyped(event, move |_| look());
    }
    Effect::new(move |_| look());
}

#[cfg(not(feature = "hydrate"))]
fn watch_signal(_: WriteSignal<bool>) {}
