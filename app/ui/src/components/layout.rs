//! The frame of every page: document, bar, content, the action under the thumb, the phone numbers.

use crate::prelude::*;
use domain::Lang;

use super::icon::ui as icon;
use crate::locales::common;
#[cfg(feature = "ssr")]
use crate::locales::{own_name, short_name};

/// Light, dark, or as the device says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Theme {
    /// As the device says.
    #[default]
    Device,
    /// Always light.
    Light,
    /// Always dark.
    Dark,
}

impl Theme {
    /// The value of `data-theme`; absent when the device decides.
    #[must_use]
    pub fn attribute(self) -> Option<&'static str> {
        match self {
            Self::Device => None,
            Self::Light => Some("light"),
            Self::Dark => Some("dark"),
        }
    }
}

/// How this reader wants every page.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Look {
    /// The language of the texts.
    pub lang: Lang,
    /// Elder mode: 24 px text, words beside every icon, one decision a screen.
    pub elder: bool,
    /// Light or dark.
    pub theme: Theme,
}

/// The numbers that every page carries, as people read them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Calls {
    /// The community's 24 h number.
    pub community: String,
    /// The emergency number, usually 120.
    pub emergency: String,
}

/// What the bar at the top says.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Bar {
    /// The page's heading.
    pub title: String,
    /// The door's number on its plate, where the page belongs to one door.
    pub plate: Option<String>,
    /// One line under the heading, such as the building.
    pub detail: Option<String>,
    /// Where "back" leads; absent on the first page of an audience.
    pub back: Option<String>,
    /// This page in the other language; empty where it cannot be opened again.
    pub switch: String,
}

/// `tel:` and the digits of a number as people write it.
#[must_use]
pub fn tel(number: &str) -> String {
    let digits = number.chars().filter(|c| c.is_ascii_digit() || *c == '+');
    "tel:".chars().chain(digits).collect()
}

#[cfg(feature = "ssr")]
/// The whole document around a page. `styles` are the addresses of the style sheets, `core` first; `head` is for
/// what the caller loads besides.
#[component]
pub fn Document(
    /// How the reader wants it.
    look: Look,
    /// What the browser's tab says.
    title: String,
    /// Style sheets in order.
    styles: Vec<String>,
    /// More for the head, such as scripts.
    #[prop(optional)]
    head: Option<ViewFn>,
    /// The body: a [`Frame`].
    children: Children,
) -> impl IntoView {
    let sheets = styles.into_iter().map(|href| view! { <link rel="stylesheet" href=href/> }).collect_view();
    view! {
        <!DOCTYPE html>
        <html lang=look.lang.tag() data-elder=look.elder.then_some("") data-theme=look.theme.attribute()>
            <head>
                <meta charset="utf-8"/>
                <meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover"/>
                <title>{title}</title>
                <meta name="description" content=common::app_description(look.lang)/>
                {sheets}
                <link rel="manifest" href="/manifest.webmanifest"/>
                <link rel="icon" href="/favicon.svg" type="image/svg+xml"/>
                <link rel="apple-touch-icon" href="/icons/apple-touch-icon.png"/>
                <meta name="theme-color" content="#faf6ee" media="(prefers-color-scheme: light)"/>
                <meta name="theme-color" content="#171410" media="(prefers-color-scheme: dark)"/>
                {head.map(|head| head.run())}
            </head>
            <body>{children()}</body>
        </html>
    }
}

#[cfg(feature = "ssr")]
/// Bar, content, phone numbers. The content ends with an [`Act`](super::action::Act), if the page has an action.
#[component]
pub fn Frame(
    /// How the reader wants it.
    look: Look,
    /// The bar.
    bar: Bar,
    /// The phone numbers.
    calls: Calls,
    /// Links between the desk's pages; phones have none.
    #[prop(optional)]
    nav: Option<ViewFn>,
    /// What the bar holds besides.
    #[prop(optional)]
    tools: Option<ViewFn>,
    /// The page.
    children: Children,
) -> impl IntoView {
    view! {
        <a class="hush btn" href="#main">{common::skip_to_content(look.lang)}</a>
        <TopBar lang=look.lang bar call=tel(&calls.community) tools=tools.map(|tools| tools.run())/>
        {nav.map(|nav| nav.run())}
        <main id="main" tabindex="-1">{children()}</main>
        <CallFooter lang=look.lang calls/>
    }
}

/// The bar: back, whose door, what page, call, language.
#[cfg(feature = "ssr")]
#[component]
pub fn TopBar(
    /// The reader's language.
    lang: Lang,
    /// What it says.
    bar: Bar,
    /// `tel:` to the community, one tap away on every page.
    call: String,
    /// What it holds besides.
    tools: Option<AnyView>,
) -> impl IntoView {
    let other = match lang {
        Lang::Zh => Lang::En,
        Lang::En => Lang::Zh,
    };
    let back = bar.back.map(|href| {
        view! {
            <a class="tool back" href=href>
                {icon::CHEVRON_LEFT.view()}
                <span class="word">{common::back(lang)}</span>
            </a>
        }
    });
    view! {
        <header class="bar">
            {back}
            {bar.plate.map(|number| {
                // In a shell it is still to be found out.
                let unknown = number.is_empty();
                view! { <span class="plate" hidden=unknown>{number}</span> }
            })}
            <div class="grow">
                <h1>{bar.title}</h1>
                {bar.detail.map(|detail| view! { <p class="small quiet">{detail}</p> })}
            </div>
            <div class="ways">
                {tools}
                <a class="tool" href=call>
                    {icon::PHONE.view()}
                    <span class="word">{common::call(lang)}</span>
                </a>
                {(!bar.switch.is_empty()).then(|| view! {
                    <a class="tool" href=bar.switch lang=other.tag() hreflang=other.tag() title=own_name(other)>
                        {short_name(other)}
                    </a>
                })}
            </div>
        </header>
    }
}

/// The numbers that help when nothing else does. They work offline: they are plain links.
#[component]
pub fn CallFooter(
    /// The reader's language.
    lang: Lang,
    /// The numbers.
    calls: Calls,
) -> impl IntoView {
    let (call, rescue) = (tel(&calls.community), tel(&calls.emergency));
    view! {
        <footer class="calls">
            <a href=call>
                {icon::PHONE.view()}
                <span>{common::call_community(lang)} " " <b>{calls.community}</b></span>
            </a>
            <a href=rescue>
                {icon::AMBULANCE.view()}
                <span>{common::call_emergency(lang)} " " <b>{calls.emergency}</b></span>
            </a>
        </footer>
    }
}

/// The number plate of a door, the same on every screen and on paper.
#[component]
pub fn Plate(
    /// The room's number.
    number: String,
    /// As large as the screen of a stop wants it.
    #[prop(optional)]
    giant: bool,
    /// Outlined: one among many.
    #[prop(optional)]
    open: bool,
) -> impl IntoView {
    let class = match (giant, open) {
        (false, false) => "plate",
        (true, false) => "plate giant",
        (false, true) => "plate open",
        (true, true) => "plate giant open",
    };
    view! { <span class=class>{number}</span> }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_with_spaces_and_dashes_can_be_called() {
        assert_eq!(tel("0371-6555 1234"), "tel:037165551234");
        assert_eq!(tel("+86 120"), "tel:+86120");
    }
}
