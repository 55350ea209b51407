//! How an island hears what somebody does: one listener on the document for each kind of event, for what happens
//! inside a drawn page (`.live`). Pages are drawn as text, so nothing can hang on a single button.

use leptos::ev::Event;

#[cfg(feature = "hydrate")]
mod edge {
    use wasm_bindgen::prelude::*;

    #[wasm_bindgen(module = "/src/islands/listen.js")]
    extern "C" {
        pub(super) fn listen(kind: &str, callback: &JsValue);
    }
}

/// Calls back on every event of a kind, such as `submit`, for as long as the page lives.
pub fn on(kind: &str, heard: impl Fn(Event) + 'static) {
    #[cfg(feature = "hydrate")]
    {
        let heard = wasm_bindgen::closure::Closure::<dyn Fn(Event)>::new(heard);
        edge::listen(kind, heard.as_ref());
        heard.forget();
    }
    #[cfg(not(feature = "hydrate"))]
    let _ = (kind, heard);
}
