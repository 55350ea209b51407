//! From a page's content to the response: the reader's look from cookies, the document around it. No page of its own.

use axum::response::Html;
use domain::Lang;
use http::{HeaderMap, header};
use leptos::prelude::IntoView;
use ui::components::layout::{Bar, Calls, Look, Theme};
use ui::components::markup::IntoMarkup;
use ui::pages::desk::DeskPage;
use ui::pages::document::{Doc, document, html};

use crate::assets::Audience;
use crate::state::AppState;

/// Cookie with the reader's language (`zh`, `en`).
pub const LANG_COOKIE: &str = "lang";
/// Cookie that is `1` in elder mode.
pub const ELDER_COOKIE: &str = "elder";
/// Cookie with `light` or `dark`.
pub const THEME_COOKIE: &str = "theme";

/// A cookie's value.
#[must_use]
pub fn cookie<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    let all = headers.get_all(header::COOKIE).iter().filter_map(|value| value.to_str().ok());
    all.flat_map(|line| line.split(';'))
        .filter_map(|pair| pair.trim().split_once('='))
        .find(|(key, _)| *key == name)
        .map(|(_, value)| value)
}

/// How the reader wants every page: what they chose, else the browser's first language that we have.
#[must_use]
pub fn look_of(headers: &HeaderMap) -> Look {
    let accepted = headers.get(header::ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok()).unwrap_or("");
    let first = || accepted.split(',').find_map(|one| Lang::parse(one.split(';').next().unwrap_or("")));
    Look {
        lang: cookie(headers, LANG_COOKIE).and_then(Lang::parse).or_else(first).unwrap_or_default(),
        elder: cookie(headers, ELDER_COOKIE) == Some("1"),
        theme: match cookie(headers, THEME_COOKIE) {
            Some("light") => Theme::Light,
            Some("dark") => Theme::Dark,
            _ => Theme::Device,
        },
    }
}

/// What a page is, besides its content.
#[derive(Debug, Clone)]
pub struct Page {
    /// Which bundle and sheets it loads.
    pub audience: Audience,
    /// The bar at the top; its language switch is filled in here.
    pub bar: Bar,
    /// How the reader wants it.
    pub look: Look,
    /// Its own path, for the language switch.
    pub path: String,
    /// Which of the desk's pages it is, for the links between them.
    pub desk: Option<DeskPage>,
    /// A small script of its own.
    pub script: Option<&'static str>,
}

impl Page {
    /// Renders it. The community's numbers are on every page, an error's too; should the table not answer, the
    /// emergency number still is.
    pub async fn render<V: IntoView + Send + 'static>(
        self,
        state: &AppState,
        body: impl FnOnce() -> V,
    ) -> Html<String> {
        let settings = state.community().await.map(|community| community.settings.clone()).ok();
        let calls =
            settings.map(|settings| Calls { community: settings.hotline, emergency: settings.emergency });
        let Self { audience, mut bar, look, path, desk, script } = self;
        if bar.switch.is_empty() && !path.is_empty() {
            bar.switch = switch(look.lang, &path);
        }
        let doc = Doc {
            look,
            title: String::new(),
            bar,
            calls,
            styles: state.site().styles(audience),
            script: script.or(matches!(audience, Audience::Desk | Audience::Print).then_some("/desk.js")),
            desk,
            bundle: state.site().bundle(audience),
        };
        // Finished at once: the type of a whole page nests deeper than the compiler lays out.
        Html(html(move || document(doc, body().markup())))
    }
}

/// The address that shows `path` in the other language.
#[must_use]
pub fn switch(lang: Lang, path: &str) -> String {
    let other = if lang == Lang::Zh { Lang::En } else { Lang::Zh };
    let to = serde_urlencoded::to_string([("to", path)]).unwrap_or_default();
    format!("/lang/{}?{to}", other.code())
}

/// A path of this site to go to, from a form or link; anything else is the home page.
#[must_use]
pub fn local_path(to: &str) -> &str {
    let local = to.starts_with('/') && !to.starts_with("//") && !to.contains(['\\', '\r', '\n', '@']);
    if local { to } else { "/" }
}

#[cfg(test)]
mod tests {
    use super::*;
    use http::HeaderValue;

    fn headers(cookie: &'static str, accepted: &'static str) -> HeaderMap {
        let cookie = (header::COOKIE, HeaderValue::from_static(cookie));
        [cookie, (header::ACCEPT_LANGUAGE, HeaderValue::from_static(accepted))].into_iter().collect()
    }

    #[test]
    fn a_reader_s_choice_comes_before_the_browser_s() {
        assert_eq!(look_of(&headers("a=b; lang=en; elder=1", "zh-CN,zh;q=0.9")).lang, Lang::En);
        assert!(look_of(&headers("lang=en;elder=1", "")).elder);
        assert_eq!(look_of(&headers("", "fr, en-GB;q=0.8, zh")).lang, Lang::En);
        assert_eq!(look_of(&headers("lang=xx", "fr")).lang, Lang::Zh);
    }

    #[test]
    fn nobody_is_sent_to_another_site() {
        assert_eq!(local_path("/order?run=1"), "/order?run=1");
        for elsewhere in ["https://evil.example", "//evil.example", "/\\evil.example", "javascript:1", ""] {
            assert_eq!(local_path(elsewhere), "/", "{elsewhere}");
        }
    }
}
