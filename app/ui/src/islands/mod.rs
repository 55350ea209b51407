//! Islands: the parts of a page that live on the phone. Each hydrates what the server rendered, or fills a shell.
//!
//! `boot.js` starts a bundle and wakes its islands. Modules of one audience stand behind that audience's feature,
//! so that a volunteer's phone never downloads the desk.

#![allow(missing_docs, reason = "the island macro makes a struct for each island and does not document it")]

#[cfg(any(feature = "ssr", feature = "field"))]
pub mod field;
pub mod listen;
#[cfg(any(feature = "ssr", feature = "resident"))]
pub mod resident;
pub mod signal;

/// What `boot.js` calls once, before it wakes the first island.
#[cfg(feature = "hydrate")]
#[wasm_bindgen::prelude::wasm_bindgen]
pub fn hydrate() {
    // A panic says where it happened only to whoever builds with debug symbols; a phone's program carries no texts for it.
    #[cfg(debug_assertions)]
    std::panic::set_hook(Box::new(|panic| leptos::logging::error!("{panic}")));
    leptos::mount::hydrate_islands();
}
