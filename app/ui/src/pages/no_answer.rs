//! The page that the CDN shows where the server gave no answer. It is made once, with the site's files, so it knows
//! neither reader nor community: both languages, no number but the ambulance's, nothing to load but the style sheet.

use domain::Lang;
use leptos::prelude::*;

use crate::components::action::{Act, ButtonLink, Weight};
use crate::components::icon::ui as icon;
use crate::components::layout::{Document, Look, tel};
use crate::locales::{common, enter};

/// The ambulance, where no community has said otherwise.
const EMERGENCY: &str = "120";

/// The whole document; `styles` are the addresses of the style sheets, `core` first.
pub fn no_answer(styles: Vec<String>) -> impl IntoView {
    let look = Look::default();
    let in_words = |lang: Lang| {
        view! {
            <section class="stack" lang=lang.tag()>
                <p>{enter::no_answer(lang)}</p>
                <p>{enter::no_answer_call(lang)}</p>
            </section>
        }
    };
    let both = |text: fn(Lang) -> &'static str| {
        Lang::ALL.map(|lang| view! { <span lang=lang.tag()>{text(lang)}</span> " " }).collect_view()
    };
    view! {
        <Document look title=enter::no_answer_title(look.lang).to_owned() styles>
            <header class="bar">
                <div class="grow"><h1>{both(enter::no_answer_title)}</h1></div>
            </header>
            <main id="main">
                {Lang::ALL.map(in_words).collect_view()}
                <Act>
                    <ButtonLink href="/" weight=Weight::Main>{both(enter::no_answer_again)}</ButtonLink>
                </Act>
            </main>
            <footer class="calls">
                <a href=tel(EMERGENCY)>
                    {icon::AMBULANCE.view()}
                    <span>{both(common::call_emergency)} <b>{EMERGENCY}</b></span>
                </a>
            </footer>
        </Document>
    }
}

#[cfg(test)]
mod tests {
    use super::no_answer;
    use crate::pages::document::html;

    #[test]
    fn it_speaks_both_languages_and_no_program_can_take_it_for_an_answer() {
        let page = html(|| no_answer(vec!["/pkg/core.0123.css".to_owned()]));
        for part in
            ["没有等到回答", "No answer came", "tel:120", "href=\"/pkg/core.0123.css\"", "lang=\"en\""]
        {
            assert!(page.contains(part), "{part}: {page}");
        }
        assert!(!page.contains("<script") && !page.contains("style=") && !page.contains("tel:\""), "{page}");
        // A phone reads answers to facts line by line as JSON: here is one line, and it is none.
        assert!(page.starts_with("<!DOCTYPE html>") && !page.contains('\n'), "{page}");
    }
}
