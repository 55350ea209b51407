//! What the browser offers the pages of a round; nothing of it exists on the server.

use domain::{DoorId, RunId};
use leptos::ev::Event;

#[cfg(feature = "hydrate")]
mod edge {
    use wasm_bindgen::prelude::*;

    #[wasm_bindgen(module = "/src/islands/field.js")]
    extern "C" {
        pub(super) fn query() -> String;
        pub(super) fn path() -> String;
        pub(super) fn to_top();
        pub(super) fn pressed(event: &JsValue, name: &str) -> bool;
        pub(super) fn hold(event: &JsValue) -> js_sys::Function;
        pub(super) fn scan(found: &JsValue, trouble: &JsValue);
    }
}

/// The page's query string.
pub(super) fn query() -> String {
    #[cfg(feature = "hydrate")]
    return edge::query();
    #[cfg(not(feature = "hydrate"))]
    String::new()
}

/// The run and door in the page's address.
pub(super) fn stop_of_path() -> Option<(RunId, DoorId)> {
    #[cfg(feature = "hydrate")]
    return super::stop_in(&edge::path());
    #[cfg(not(feature = "hydrate"))]
    None
}

/// The door that somebody came to scan: `/scan?for=11`.
pub(super) fn expected() -> Option<DoorId> {
    let query = query();
    let mut parts = query.trim_start_matches('?').split('&');
    parts.find_map(|part| part.strip_prefix("for="))?.parse().ok()
}

pub(super) fn to_top() {
    #[cfg(feature = "hydrate")]
    edge::to_top();
}

/// Whether a click was on a button of this name.
pub(super) fn pressed(event: &Event, name: &str) -> bool {
    #[cfg(feature = "hydrate")]
    return edge::pressed(event, name);
    #[cfg(not(feature = "hydrate"))]
    {
        let _ = (event, name);
        false
    }
}

/// A form that the browser may still submit by itself.
pub(super) struct SentForm {
    #[cfg(feature = "hydrate")]
    submit: js_sys::Function,
}

impl SentForm {
    /// Keeps the form of an event.
    pub(super) fn of(event: &Event) -> Self {
        #[cfg(feature = "hydrate")]
        return Self { submit: edge::hold(event) };
        #[cfg(not(feature = "hydrate"))]
        {
            let _ = event;
            Self {}
        }
    }

    /// Lets the server have it.
    pub(super) fn submit(self) {
        #[cfg(feature = "hydrate")]
        let _ = self.submit.call0(&wasm_bindgen::JsValue::NULL);
    }
}

/// Starts the camera; `found` hears each code, `trouble` why there is no picture.
pub(super) fn listen_for_scans(found: impl Fn(String) + 'static, trouble: impl Fn(String) + 'static) {
    #[cfg(feature = "hydrate")]
    {
        use wasm_bindgen::closure::Closure;
        let found = Closure::<dyn Fn(String)>::new(found);
        let trouble = Closure::<dyn Fn(String)>::new(trouble);
        edge::scan(found.as_ref(), trouble.as_ref());
        found.forget();
        trouble.forget();
    }
    #[cfg(not(feature = "hydrate"))]
    let _ = (found, trouble);
}
