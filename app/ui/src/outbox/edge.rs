//! The Rust names of `edge.js`. Numbers cross as `f64` and `u32`, records as JSON text.

use wasm_bindgen::prelude::*;

#[wasm_bindgen(module = "/src/outbox/edge.js")]
extern "C" {
    /// `[rows, feed, etag, session, clock]`, each text or undefined.
    #[wasm_bindgen(catch)]
    pub(super) async fn load() -> Result<JsValue, JsValue>;

    #[wasm_bindgen(catch)]
    pub(super) async fn rows() -> Result<JsValue, JsValue>;

    #[wasm_bindgen(catch)]
    pub(super) async fn save(by: &str, make: &JsValue) -> Result<JsValue, JsValue>;

    #[wasm_bindgen(catch)]
    pub(super) async fn settle(words: &str) -> Result<JsValue, JsValue>;

    #[wasm_bindgen(catch)]
    pub(super) async fn forget(ids: &str) -> Result<JsValue, JsValue>;

    #[wasm_bindgen(catch)]
    pub(super) async fn keep_clock(clock: &str) -> Result<JsValue, JsValue>;

    #[wasm_bindgen(catch)]
    pub(super) async fn keep_feed(
        text: &str,
        etag: Option<&str>,
        session: &str,
        until: f64,
    ) -> Result<JsValue, JsValue>;

    #[wasm_bindgen(catch)]
    pub(super) async fn drop_all() -> Result<JsValue, JsValue>;

    #[wasm_bindgen(catch)]
    pub(super) async fn drop_feed() -> Result<JsValue, JsValue>;

    /// A function that gives the lock back, or undefined.
    #[wasm_bindgen(catch)]
    pub(super) async fn lock(name: &str) -> Result<JsValue, JsValue>;

    /// `[status, retry after, text]`.
    #[wasm_bindgen(catch)]
    pub(super) async fn post(token: &str, text: &str) -> Result<JsValue, JsValue>;

    /// `[status, hand-in token, etag, text]`.
    #[wasm_bindgen(catch)]
    pub(super) async fn feed(etag: Option<&str>) -> Result<JsValue, JsValue>;

    #[wasm_bindgen(catch)]
    pub(super) async fn later(milliseconds: u32) -> Result<JsValue, JsValue>;

    pub(super) fn dice() -> Vec<u8>;
    pub(super) fn device_now() -> f64;
    pub(super) fn online() -> bool;
    pub(super) fn watch(callback: &JsValue);
    pub(super) fn take_form(event: &JsValue) -> String;
}

#[cfg(feature = "field")]
#[wasm_bindgen(module = "/src/outbox/edge.js")]
extern "C" {
    /// `[text, ...]` as JSON text, or undefined.
    #[wasm_bindgen(catch)]
    pub(super) async fn rests() -> Result<JsValue, JsValue>;

    #[wasm_bindgen(catch)]
    pub(super) async fn keep_rests(texts: &str) -> Result<JsValue, JsValue>;
}

/// A text at a place of an answered list.
pub(super) fn text(list: &JsValue, place: u32) -> Option<String> {
    js_sys::Reflect::get_u32(list, place).ok()?.as_string()
}

/// A number at a place of an answered list.
pub(super) fn number(list: &JsValue, place: u32) -> Option<u32> {
    // Statuses and seconds: small, never negative.
    js_sys::Reflect::get_u32(list, place).ok()?.as_f64().map(|number| number as u32)
}
