//! The pages of stewards and volunteers as the phone keeps them alive: the element that the server writes around its
//! page, and what lives in it (`live`).

use domain::{DoorId, RunId};

#[cfg(feature = "ssr")]
use {
    crate::locales::field as t,
    crate::views::scan,
    domain::{Lang, Millis},
    leptos::prelude::*,
};

#[cfg(all(feature = "hydrate", feature = "field"))]
pub(super) mod live;

/// Which page of the round. What it is about stands in the page's address, so that one shell serves every stop.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FieldPage {
    /// The doors to walk to.
    Rounds,
    /// One stop.
    Stop,
    /// The scanner.
    Scan,
    /// What this phone still holds.
    Outbox,
    /// The rest of a round, for another phone.
    HandOver,
}

impl FieldPage {
    const ALL: [(Self, &'static str); 5] = [
        (Self::Rounds, "/round"),
        (Self::Stop, "/round/"),
        (Self::Scan, "/scan"),
        (Self::Outbox, "/outbox"),
        (Self::HandOver, "/handover"),
    ];

    /// As the page's element names it.
    #[must_use]
    pub fn name(self) -> &'static str {
        Self::ALL.iter().find(|(page, _)| *page == self).map_or("", |(_, name)| name)
    }

    /// The page of a name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.iter().find(|(_, known)| *known == name).map(|(page, _)| *page)
    }
}

/// A field page. `as_of` is the time of the server's page inside; `None` in a shell.
#[cfg(feature = "ssr")]
#[component]
pub fn Field(
    /// The reader's language.
    lang: Lang,
    /// Which page.
    page: FieldPage,
    /// When the server rendered it.
    as_of: Option<Millis>,
    /// Where the camera's decoder lies, for browsers without one of their own.
    decoder: String,
    /// The server's page, or a skeleton.
    children: Children,
) -> impl IntoView {
    let codes = (page == FieldPage::HandOver).then(|| {
        view! {
            <p>{t::hand_over_lead(lang)}</p>
            <div id="codes" class="codes" data-program=decoder.clone() data-picture=t::hand_over_picture(lang)
                data-before=t::hand_over_before(lang) data-after=t::hand_over_after(lang)
                data-count=t::hand_over_part(lang)></div>
        }
    });
    let eye = (page == FieldPage::Scan).then(|| {
        view! {
            <div id="scanner" class="scanner" data-decoder=decoder data-torch=t::torch(lang)></div>
            <div class="small quiet">{t::scan_lead(lang)}</div>
            {scan::no_picture(lang)}
        }
    });
    view! {
        <div class="live" data-page=page.name() data-as-of=as_of.map(|as_of| as_of.0)>
            <div class="served" data-part="above"></div>
            {eye}
            <div class="served" data-part="told"></div>
            {codes}
            <div class="served" data-part="served">{children()}</div>
            <div class="served" data-part="drawn"></div>
        </div>
    }
}

/// A run and a door, as a stop's address names them.
#[must_use]
pub fn stop_in(path: &str) -> Option<(RunId, DoorId)> {
    let (run, door) = path.strip_prefix("/round/")?.trim_end_matches('/').split_once('/')?;
    Some((run.parse().ok()?, door.parse().ok()?))
}
