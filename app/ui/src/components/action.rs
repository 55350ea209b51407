//! Links and buttons that look alike, and the bar that holds a page's one action under the thumb.

use crate::prelude::*;
use domain::text::text;

use super::icon::{Icon, ui};

/// How much a button asks for the eye. A page has one [`Weight::Main`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Weight {
    /// The one thing to do next.
    Main,
    /// As wide and high as the main one, but quiet.
    Wide,
    /// An ordinary button.
    #[default]
    Plain,
    /// Something that takes away.
    Danger,
    /// Just words.
    Bare,
}

impl Weight {
    /// The classes.
    #[must_use]
    pub fn class(self) -> &'static str {
        match self {
            Self::Main => "btn main",
            Self::Wide => "btn wide",
            Self::Plain => "btn",
            Self::Danger => "btn danger",
            Self::Bare => "btn bare",
        }
    }
}

/// Opens the printer's dialogue. Its place is kept from the start, so that nothing moves when the desk's script wakes;
/// without script it is not shown (`.prints`).
#[component]
pub fn PrintButton(
    /// How heavy.
    #[prop(optional)]
    weight: Weight,
    /// The words.
    children: Children,
) -> impl IntoView {
    view! { <button type="button" class=text!("{} prints", weight.class()) data-print>{ui::PRINTER.view()} {children()}</button> }
}

/// A link that looks like a button.
#[component]
pub fn ButtonLink(
    /// Where it leads.
    #[prop(into)]
    href: String,
    /// How heavy.
    #[prop(optional)]
    weight: Weight,
    /// A drawing before the words.
    #[prop(optional)]
    icon: Option<Icon>,
    /// A chevron at the end: it leads to another page.
    #[prop(optional)]
    onwards: bool,
    /// The words.
    children: Children,
) -> impl IntoView {
    view! {
        <a class=weight.class() href=href>
            {icon.map(Icon::view)}
            {children()}
            {onwards.then(|| ui::CHEVRON_RIGHT.at_end())}
        </a>
    }
}

/// A button that sends the form around it.
#[component]
pub fn Submit(
    /// How heavy.
    #[prop(optional)]
    weight: Weight,
    /// A drawing before the words.
    #[prop(optional)]
    icon: Option<Icon>,
    /// Which field this button stands for, where a form has several buttons.
    #[prop(optional, into)]
    name: Option<String>,
    /// Its value.
    #[prop(optional, into)]
    value: Option<String>,
    /// A chevron at the end: it leads to another page.
    #[prop(optional)]
    onwards: bool,
    /// The words.
    children: Children,
) -> impl IntoView {
    view! {
        <button type="submit" class=weight.class() name=name value=value>
            {icon.map(Icon::view)}
            {children()}
            {onwards.then(|| ui::CHEVRON_RIGHT.at_end())}
        </button>
    }
}

/// The page's action, at the lower edge of the screen. The last thing in `main`, or in the form that fills it.
#[component]
pub fn Act(
    /// One button; at most a quiet second.
    children: Children,
) -> impl IntoView {
    view! { <div class="act">{children()}</div> }
}

/// A line of a list that leads somewhere.
#[component]
pub fn RowLink(
    /// Where it leads.
    #[prop(into)]
    href: String,
    /// A drawing before the words.
    #[prop(optional)]
    icon: Option<Icon>,
    /// What it is.
    #[prop(into)]
    title: String,
    /// More about it, smaller.
    #[prop(optional, into)]
    detail: Option<String>,
    /// A count or word at the end, such as "1 new".
    #[prop(optional, into)]
    tag: Option<String>,
) -> impl IntoView {
    view! {
        <a class="row" href=href>
            {icon.map(Icon::view)}
            <span class="grow">
                <b>{title}</b>
                {tag.map(|tag| view! { <span class="tag new">{tag}</span> })}
                {detail.map(|detail| view! { <small class="quiet">{detail}</small> })}
            </span>
            {ui::CHEVRON_RIGHT.view()}
        </a>
    }
}
