//! What a page has to say besides its content: a note, a gap with its next step, what is still unsent, the alarm.

use crate::prelude::*;
use domain::Lang;

use super::icon::{Icon, ui};
use super::layout::{Calls, tel};
use crate::locales::{common, field};

/// How a note sounds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Tone {
    /// Good to know.
    #[default]
    Quiet,
    /// To watch.
    Warn,
    /// To act on.
    Danger,
}

/// A note in the page. `live` ones are read aloud when they appear.
#[component]
pub fn Note(
    /// How it sounds.
    #[prop(optional)]
    tone: Tone,
    /// It appears while the page is open.
    #[prop(optional)]
    live: bool,
    /// A drawing; by default that of the tone.
    #[prop(optional)]
    icon: Option<Icon>,
    /// What happened, what it means, what to do.
    children: Children,
) -> impl IntoView {
    let (class, usual, role) = match tone {
        Tone::Quiet => ("note", ui::INFO, "status"),
        Tone::Warn => ("note warn", ui::WARNING, "status"),
        Tone::Danger => ("note danger", ui::WARNING, "alert"),
    };
    view! {
        <div class=class role=live.then_some(role)>
            {icon.unwrap_or(usual).view()}
            <div>{children()}</div>
        </div>
    }
}

/// Nothing here, and what to do next.
#[component]
pub fn Empty(
    /// A drawing.
    icon: Icon,
    /// What is not here.
    #[prop(into)]
    title: String,
    /// What that means and what to do; may hold a link.
    children: Children,
) -> impl IntoView {
    view! {
        <div class="empty">
            {icon.view()}
            <h2>{title}</h2>
            <div>{children()}</div>
        </div>
    }
}

/// The strip that says what this phone still holds, and leads to the outbox. Nothing waiting or refused: nothing shown.
#[component]
pub fn OutboxStrip(
    /// The reader's language.
    lang: Lang,
    /// Facts that wait.
    waiting: u32,
    /// Whether one was refused lately.
    refused: bool,
    /// The outbox page.
    #[prop(into)]
    href: String,
) -> impl IntoView {
    let strip = (waiting > 0 || refused).then(|| {
        let words = match waiting {
            0 => field::outbox_refused(lang).to_owned(),
            waiting => common::saved_here_waiting(lang, waiting),
        };
        view! {
            <a class="outbox" href=href>
                {ui::ON_PHONE.view()}
                {words}
                {ui::CHEVRON_RIGHT.at_end()}
            </a>
        }
    });
    view! { <div role="status">{strip}</div> }
}

/// The whole screen, for something urgent or medical that the desk does not have yet; the top of the page where the
/// server refused it.
#[component]
pub fn NotSent(
    /// The reader's language.
    lang: Lang,
    /// The need's own name.
    about: String,
    /// What was to be sent, in the reader's own words.
    #[prop(into)]
    what: String,
    /// Whose it is, where the reader acts for others; may be empty.
    place: String,
    /// Whom to call.
    calls: Calls,
    /// It was sent, and refused: nothing goes on by itself.
    refused: bool,
) -> impl IntoView {
    let (class, title) = match refused {
        true => ("alarm told", field::outbox_refused(lang)),
        false => ("alarm", common::not_sent(lang)),
    };
    let (call, rescue) = (tel(&calls.community), tel(&calls.emergency));
    // Whoever has called goes on; the alarm stays above each page.
    let called = (!refused).then(|| {
        view! { <label class="btn"><input type="checkbox"/> {field::called(lang)}</label> }
    });
    // A phone that lost its feed knows no number of the community; the page's foot still does.
    let community = (!calls.community.is_empty()).then(|| {
        view! {
            <a class="btn main" href=call>
                {ui::PHONE.view()}
                <span>{common::call_now(lang)} " " <b>{calls.community}</b></span>
            </a>
        }
    });
    view! {
        <section class=class data-about=about role="alertdialog" aria-labelledby="not-sent" aria-describedby="not-sent-what">
            <h2 id="not-sent">{title}</h2>
            <p id="not-sent-what">{place} <q>{what}</q> <span>{common::not_sent_call(lang)}</span></p>
            {community}
            <a class="btn" href=rescue>
                {ui::AMBULANCE.view()}
                <span>{common::call_emergency(lang)} " " <b>{calls.emergency}</b></span>
            </a>
            <p class="small" role="status">{common::still_trying(lang)}</p>
            {called}
        </section>
    }
}
