//! Islands: the parts of a page that live on the phone. The server writes an element around its own page, with what
//! the phone has to know in attributes (`data-page`, `data-as-of`) and the parts that the phone draws (`data-part`).
//! `boot.js` starts a bundle, which finds that element. Modules of one audience stand behind that audience's feature,
//! so that a volunteer's phone never downloads the resident's pages.
//!
//! What lives is plain: a structure, functions that change it, and one that draws it as text. Leptos' own islands would
//! bring a reactive graph that rebuilds pages in place, which pages drawn as text don't need (see `ARCHITECTURE.md`).

#[cfg(feature = "hydrate")]
mod edge;
#[cfg(any(feature = "ssr", feature = "field"))]
pub mod field;
#[cfg(any(feature = "ssr", feature = "resident"))]
pub mod resident;
#[cfg(feature = "ssr")]
pub mod signal;

/// What `boot.js` calls once: the page's language, which page, and the server's time of it (empty in a shell).
#[cfg(feature = "hydrate")]
#[wasm_bindgen::prelude::wasm_bindgen]
pub fn start(lang: &str, page: &str, as_of: &str) {
    let lang = domain::Lang::ALL.into_iter().find(|known| known.tag() == lang).unwrap_or_default();
    let as_of = as_of.parse().ok().map(domain::Millis);
    // Every page sends what waits, and the one for signing out wipes this phone.
    let mut changed: fn() = || {};
    #[cfg(feature = "resident")]
    if let Some(page) = resident::ResidentPage::named(page) {
        changed = resident::live::begin(lang, page, as_of);
    }
    #[cfg(feature = "field")]
    if let Some(page) = field::FieldPage::named(page) {
        changed = field::live::begin(lang, page, as_of);
    }
    crate::outbox::start(lang, changed);
}
