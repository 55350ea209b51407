//! The document every page is wrapped in, and the one way to turn a page into HTML. No page of its own here.
//!
//! No inline script and no inline style: the content security policy allows neither. A page loads one bundle, that
//! of its audience; the bundle finds by itself what lives on the page (`boot.js`).

use domain::Lang;
use leptos::prelude::*;

use crate::components::layout::{Bar, Calls, Document, Frame, Look};
use crate::islands::signal::Signal;
use crate::locales::common;
use crate::pages::desk::{DeskPage, nav, sound};

/// The addresses of one audience's bundle.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Bundle {
    /// The glue, which starts itself.
    pub js: String,
    /// The program it fetches.
    pub wasm: String,
}

/// What a page needs besides its content.
#[derive(Debug, Clone, Default)]
pub struct Doc {
    /// How the reader wants it.
    pub look: Look,
    /// What the browser's tab says; the bar's heading if empty.
    pub title: String,
    /// The bar at the top.
    pub bar: Bar,
    /// The phone numbers of the foot; `None` before a community is known, never on a signed-in page.
    pub calls: Option<Calls>,
    /// Style sheets in order.
    pub styles: Vec<String>,
    /// Which of the desk's pages it is, for the links between them.
    pub desk: Option<DeskPage>,
    /// A small script of its own, where the page has one instead of islands.
    pub script: Option<&'static str>,
    /// The bundle, where the page has islands.
    pub bundle: Option<Bundle>,
}

/// The whole document around `body`.
pub fn document(doc: Doc, body: impl IntoView + 'static) -> impl IntoView {
    let Doc { look, title, bar, calls, styles, desk, script, bundle } = doc;
    let title = if title.is_empty() { bar.title.clone() } else { title };
    let has_islands = bundle.is_some();
    let head = ViewFn::from(move || {
        let script = script.map(|src| view! { <script type="module" src=src></script> });
        let bundle = bundle.clone().map(|Bundle { js, wasm }| {
            view! {
                <link rel="preload" href=wasm r#as="fetch" type="application/wasm" crossorigin="anonymous"/>
                <script type="module" src=js></script>
            }
        });
        view! { {script} {bundle} }
    });
    let calls = calls.unwrap_or_else(|| Calls { community: String::new(), emergency: "120".to_owned() });
    view! {
        <Document look title styles head>
            <Frame look bar calls
                nav=ViewFn::from(move || desk.map(|page| nav(look.lang, page)))
                tools=ViewFn::from(move || desk.map(|_| sound(look.lang)))>
                {has_islands.then(|| view! { <Signal lang=look.lang/> <Newer lang=look.lang/> })}
                {body}
            </Frame>
        </Document>
    }
}

/// The bar that offers a newer version; hidden until `public/phone.js` knows of one. Words here cost no wasm.
#[component]
fn Newer(
    /// The reader's language.
    lang: Lang,
) -> impl IntoView {
    view! {
        <aside class="newer" id="newer" role="status" hidden>
            <p class="grow">{common::new_version(lang)}</p>
            <button class="btn" type="button" name="take">{common::use_it_now(lang)}</button>
            <button class="btn bare" type="button" name="later">{common::later(lang)}</button>
        </aside>
    }
}

/// Renders a view to HTML. `page` is built inside a reactive owner, as Leptos' components need.
pub fn html<V: IntoView>(page: impl FnOnce() -> V) -> String {
    let owner = Owner::new();
    let html = owner.with(|| page().into_view().to_html());
    owner.unset_with_forced_cleanup();
    html
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_names_its_language_its_numbers_and_no_inline_script() {
        let doc = Doc {
            bar: Bar { title: "首页".into(), ..Bar::default() },
            calls: Some(Calls { community: "0371-6555 1234".into(), emergency: "120".into() }),
            bundle: Some(Bundle { js: "/pkg/resident.js".into(), wasm: "/pkg/resident.wasm".into() }),
            ..Doc::default()
        };
        let html = html(|| document(doc, view! { <p>"hello"</p> }));
        assert!(html.starts_with("<!DOCTYPE html><html lang=\"zh-CN\""), "{html}");
        assert!(html.contains("tel:037165551234") && html.contains("tel:120"));
        assert!(html.contains("id=\"signal\""), "{html}");
        assert!(!html.contains("<script>") && !html.contains("style="), "{html}");
    }
}
