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

/// A condition that stays true once it was: the server's page does not come back after the phone drew its own.
#[cfg(any(feature = "ssr", feature = "resident", feature = "field"))]
fn sticky(now: impl Fn() -> bool + Send + Sync + 'static) -> leptos::prelude::Memo<bool> {
    leptos::prelude::Memo::new(move |before: Option<&bool>| before.copied().unwrap_or(false) || now())
}

/// Takes the server's page away when the phone draws its own: two of them would have every id twice, and a label
/// would press the one that nobody sees.
#[cfg(any(feature = "ssr", feature = "resident", feature = "field"))]
fn give_way(served: leptos::prelude::NodeRef<leptos::html::Div>, live: leptos::prelude::Memo<bool>) {
    use leptos::prelude::{Effect, Get};
    Effect::new(move |_| {
        if let (true, Some(page)) = (live.get(), served.get()) {
            page.set_inner_html("");
        }
    });
}
