//! The Rust names of `page.js`.

#[cfg(feature = "resident")]
use domain::{form::Fields, json};
use wasm_bindgen::prelude::*;

#[wasm_bindgen(module = "/src/islands/page.js")]
extern "C" {
    /// Puts HTML into a part of the page; an unchanged one is left alone.
    pub(super) fn put(part: &str, html: &str);
    pub(super) fn to_fault_or_top();
    pub(super) fn go(path: &str);
    #[wasm_bindgen(js_name = asked)]
    fn asked_for(name: &str) -> String;
    pub(super) fn door(plate: &str, detail: &str);
    pub(super) fn pressed(event: &JsValue, name: &str) -> bool;
    pub(super) fn hold(event: &JsValue) -> js_sys::Function;
    #[wasm_bindgen(js_name = listen)]
    fn listen_with(kind: &str, callback: &JsValue);
}

#[cfg(feature = "resident")]
#[wasm_bindgen(module = "/src/islands/page.js")]
extern "C" {
    pub(super) fn action_of(event: &JsValue) -> String;
    pub(super) fn say(name: &str, words: &str);
    #[wasm_bindgen(js_name = form_around)]
    fn form_text(event: &JsValue) -> String;
}

#[cfg(feature = "field")]
#[wasm_bindgen(module = "/src/islands/page.js")]
extern "C" {
    pub(super) fn path() -> String;
    pub(super) fn walk() -> String;
    pub(super) fn unfolded() -> bool;
    pub(super) fn unsent(event: &JsValue) -> bool;
    pub(super) fn saved();
    /// Shows codes, one after the other: `[text, ...]`.
    pub(super) fn show_codes(texts: &str);
    #[wasm_bindgen(js_name = scan)]
    fn scan_with(found: &JsValue);
}

/// Puts the page that the phone drew in the place of the server's: two of them would have every id twice, and a label
/// would press the one that nobody sees. Called when nothing is borrowed, since the browser may answer with an event.
pub(super) fn put_drawn(html: Option<String>) {
    if let Some(html) = html {
        put("served", "");
        put("drawn", &html);
    }
}

/// Calls back on every event of a kind inside the page, such as `submit`, for as long as the page lives.
pub(super) fn listen(kind: &str, heard: fn(JsValue)) {
    let heard = Closure::<dyn Fn(JsValue)>::new(heard);
    listen_with(kind, heard.as_ref());
    heard.forget();
}

/// A number in the page's query: `/scan?for=11`, `/order?run=3`.
pub(super) fn asked<T: std::str::FromStr>(name: &str) -> Option<T> {
    asked_for(name).parse().ok()
}

/// A form that the browser may still submit by itself, once this page could not save it.
pub(super) struct Held(js_sys::Function);

impl Held {
    /// Keeps the form of an event.
    pub(super) fn of(event: &JsValue) -> Self {
        Self(hold(event))
    }

    /// Lets the server have it.
    pub(super) fn submit(self) {
        let _ = self.0.call0(&JsValue::NULL);
    }
}

/// The fields of the form around a control that changed.
#[cfg(feature = "resident")]
pub(super) fn form_around(event: &JsValue) -> Fields {
    json::read(&form_text(event)).map(Fields).unwrap_or_default()
}

/// Starts the camera; `found` hears each code. Why there is no picture is said by the page itself.
#[cfg(feature = "field")]
pub(super) fn scan(found: fn(String)) {
    let found = Closure::<dyn Fn(String)>::new(found);
    scan_with(found.as_ref());
    found.forget();
}
