//! The community desk's pages: server HTML with plain forms. What has to stay fresh is fetched again by `desk.js`,
//! which swaps the parts marked `data-fresh`; so the desk downloads no program.

pub mod at_door;
pub mod board;
pub mod care;
pub mod errands;
pub mod handed;
pub mod household;
pub mod import;
pub mod invites;
pub mod ledger;
pub mod menus;
pub mod needs;
pub mod notices;
pub mod office;
pub mod paper;
pub mod people;
pub mod person;
pub mod picklist;
pub mod place;
pub mod settings;
pub mod today;
pub mod windows;

use domain::Lang;
use leptos::prelude::*;

use crate::components::icon::{Icon, ui};
use crate::locales::{common, desk as t};

/// A page of the desk, for the links between them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DeskPage {
    /// What matters now.
    Today,
    /// Buildings as they stand.
    Board,
    /// What households need.
    Needs,
    /// Ordering windows.
    Windows,
    /// Set menus.
    Menus,
    /// Who helps, and where.
    People,
    /// Who lives where.
    Ledger,
    /// What residents are told.
    Notices,
    /// Everything on paper.
    Prints,
    /// Names and numbers of the community.
    Settings,
}

impl DeskPage {
    /// Every page, in the order of the links.
    pub const ALL: [Self; 10] = [
        Self::Today,
        Self::Needs,
        Self::Board,
        Self::Windows,
        Self::Menus,
        Self::People,
        Self::Ledger,
        Self::Notices,
        Self::Prints,
        Self::Settings,
    ];

    /// Its address.
    #[must_use]
    pub fn path(self) -> &'static str {
        match self {
            Self::Today => "/desk",
            Self::Board => "/desk/board",
            Self::Needs => "/desk/needs",
            Self::Windows => "/desk/windows",
            Self::Menus => "/desk/menus",
            Self::People => "/desk/people",
            Self::Ledger => "/desk/ledger",
            Self::Notices => "/desk/notices",
            Self::Prints => "/desk/print",
            Self::Settings => "/desk/settings",
        }
    }

    /// Its name.
    #[must_use]
    pub fn title(self, lang: Lang) -> &'static str {
        match self {
            Self::Today => t::today(lang),
            Self::Board => t::board(lang),
            Self::Needs => t::needs(lang),
            Self::Windows => t::windows(lang),
            Self::Menus => t::menus(lang),
            Self::People => t::people(lang),
            Self::Ledger => t::ledger(lang),
            Self::Notices => t::notices(lang),
            Self::Prints => t::prints(lang),
            Self::Settings => t::settings(lang),
        }
    }

    fn icon(self) -> Icon {
        match self {
            Self::Today => ui::CLOCK,
            Self::Board => ui::BUILDING,
            Self::Needs => ui::SPEAK,
            Self::Windows => ui::CALENDAR,
            Self::Menus => ui::BASKET,
            Self::People => ui::PEOPLE,
            Self::Ledger => ui::HOME,
            Self::Notices => ui::BELL,
            Self::Prints => ui::LIST,
            Self::Settings => ui::MENU,
        }
    }
}

/// The links between the desk's pages.
#[must_use]
pub fn nav(lang: Lang, current: DeskPage) -> impl IntoView {
    let links = DeskPage::ALL.map(|page| {
        let here = (page == current).then_some("page");
        view! { <a href=page.path() aria-current=here>{page.icon().view()} {page.title(lang)}</a> }
    });
    view! { <nav class="side" aria-label=common::menu(lang)>
        {links.into_iter().collect_view()}
        <a href="/phones">{ui::ON_PHONE.view()} {t::this_device(lang)}</a>
    </nav> }
}

/// The browser's sound, to be turned on while it gives none. It has its place in the bar before `desk.js` knows whether
/// it is needed, so that nothing moves when it shows.
#[must_use]
pub fn sound(lang: Lang) -> impl IntoView {
    view! {
        <button type="button" class="tool sound" title=t::sound_off(lang) data-mute hidden>
            {ui::SOUND.view()} {t::sound_on(lang)}
        </button>
    }
}

/// What rings, and whether the browser lets it: over every page of the desk, hidden until `desk.js` knows of something.
#[must_use]
pub fn bell(lang: Lang) -> impl IntoView {
    view! {
        <aside class="note warn bell no-print" data-bell hidden>
            {ui::SOUND.view()}
            <div>
                <p role="alert"><a href="/desk/needs"><b>{t::rings(lang)}</b></a></p>
                <p data-mute hidden>
                    {t::sound_off(lang)} " "
                    <button type="button" class="btn">{t::sound_on(lang)}</button>
                </p>
            </div>
        </aside>
    }
}
