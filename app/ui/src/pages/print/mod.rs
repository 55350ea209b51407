//! Everything on paper: what can be printed, and what all sheets share. Each kind of sheet has a file of its own.
//! A sheet is one A4 page of `style/print`; what is on the screen only carries `no-print`.

pub mod booklet;
pub mod cards;
pub mod fallback;
pub mod gate;
pub mod labels;
pub mod letters;
pub mod map;
pub mod rounds;

use domain::community::Community;
use domain::places::Door;
use domain::{BuildingId, Lang, Millis, RunId};
use leptos::prelude::*;

use crate::components::action::{PrintButton, Weight};
use crate::components::field::Select;
use crate::components::icon::{Icon, door as doors, ui};
use crate::components::markup::{IntoMarkup, Markup};
use crate::components::message::{Note, Tone};
use crate::locales::when::When;
use crate::locales::{common, facts, paper, print as t};
use crate::pages::desk::office::full_stop;

/// The query field that names a building.
pub const BUILDING: &str = "building";
/// The query field that names a run.
pub const RUN: &str = "run";

/// The language that a sheet shows second.
#[must_use]
pub fn other(lang: Lang) -> Lang {
    match lang {
        Lang::Zh => Lang::En,
        Lang::En => Lang::Zh,
    }
}

/// A text in both languages, the reader's first.
fn both(lang: Lang, text: fn(Lang) -> &'static str) -> Markup {
    let second = other(lang);
    view! { {text(lang)} <br/> <small lang=second.tag()>{text(second)}</small> }.markup()
}

/// Dates as paper says them: never "tomorrow", which is wrong by the time somebody reads it.
#[must_use]
pub fn on_paper(when: &When) -> When {
    When { now: Millis(0), ..*when }
}

/// Where a door is, as a sheet says it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// The compound's name.
    pub compound: String,
    /// The building's label.
    pub building: String,
    /// The unit.
    pub unit: u8,
    /// The floor.
    pub floor: i8,
    /// The room, on the plate.
    pub room: String,
}

impl Place {
    /// Where a door is.
    #[must_use]
    pub fn of(community: &Community, door: &Door) -> Self {
        let building = community.places.buildings.get(&door.building);
        let compound = building.and_then(|building| community.places.compounds.get(&building.compound));
        Self {
            compound: compound.map(|compound| compound.name.clone()).unwrap_or_default(),
            building: building.map(|building| building.label.0.clone()).unwrap_or_default(),
            unit: door.spot.unit,
            floor: door.spot.floor,
            room: door.spot.room.0.clone(),
        }
    }

    /// Building and unit in words.
    #[must_use]
    pub fn stairs(&self, lang: Lang) -> String {
        facts::building_unit(lang, &self.building, self.unit)
    }
}

/// A building with its compound, in words.
#[must_use]
pub fn building_words(community: &Community, lang: Lang, id: BuildingId) -> String {
    let Some(building) = community.places.buildings.get(&id) else { return String::new() };
    let label = facts::building(lang, &building.label.0);
    match community.places.compounds.get(&building.compound) {
        Some(compound) => format!("{} {label}", compound.name),
        None => label,
    }
}

/// What stands above the sheets on the screen: back, print, and other ways to print the same.
#[must_use]
pub fn toolbar(lang: Lang, back: &str, more: &[(String, String)]) -> Markup {
    bar(lang, back, more, false)
}

/// The same, and the printer's dialogue opens by itself: for the page that is one click away.
#[must_use]
pub fn prints_at_once(lang: Lang, back: &str) -> Markup {
    bar(lang, back, &[], true)
}

fn bar(lang: Lang, back: &str, more: &[(String, String)], at_once: bool) -> Markup {
    let back = back.to_owned();
    let more = more
        .iter()
        .map(|(href, words)| view! { <a class="btn" href=href.clone()>{words.clone()}</a> })
        .collect_view();
    view! {
        <div class="no-print paper-tools" data-print-now=at_once.then_some("")>
            <a class="btn" href=back>{ui::CHEVRON_LEFT.view()} {common::back(lang)}</a>
            <PrintButton weight=Weight::Main>{t::print_now(lang)}</PrintButton>
            {more}
            <p class="small">{t::print_hint(lang)}</p>
        </div>
    }
    .markup()
}

/// Why letters and cards are not printed for this address, and what to do.
#[must_use]
pub fn not_printable(lang: Lang, address: &str) -> Markup {
    let why = t::not_printable_why(lang, address);
    view! {
        <Note tone=Tone::Warn>
            <p><b>{t::not_printable(lang)}</b></p>
            <p>{why}</p>
            <p>{t::not_printable_do(lang)}</p>
            <p>{t::see_cards_anyway(lang)}</p>
        </Note>
    }
    .markup()
}

/// Nothing to print, said where the sheets would be.
#[must_use]
pub fn nothing(words: &str) -> Markup {
    let words = words.to_owned();
    view! { <p class="no-print paper-tools">{words}</p> }.markup()
}

/// What can be printed, for which building and which delivery. `refused` is the address that letters and cards are
/// not printed for.
#[must_use]
pub fn overview(community: &Community, when: &When, runs: &[RunId], refused: Option<&str>) -> Markup {
    let lang = when.lang;
    let buildings = community.places.buildings_in_order();
    let all = (String::new(), t::every_building(lang).to_owned());
    let named = buildings.iter().map(|one| (one.id.to_string(), building_words(community, lang, one.id)));
    let buildings: Vec<(String, String)> = std::iter::once(all).chain(named).collect();
    let runs: Vec<(String, String)> = runs
        .iter()
        .filter_map(|run| community.windows.get(run))
        .map(|window| (window.run.to_string(), when.span(window.delivery_from, window.delivery_to)))
        .collect();
    let deliveries = if runs.is_empty() {
        view! { <p>{t::no_run(lang)} {full_stop(lang)} {t::no_run_more(lang)}</p> }.markup()
    } else {
        view! {
            <div class="rows">
                {kind(lang, ui::ROUND, t::rounds(lang), t::rounds_what(lang), "/desk/print/rounds")}
                {kind(lang, ui::LIST, paper::key_in_sheet(lang), paper::key_in_what(lang), "/desk/paper")}
                {kind(lang, ui::LIST, t::booklet(lang), t::booklet_what(lang), "/desk/print/booklet")}
                {kind(lang, doors::BOX, t::labels(lang), t::labels_what(lang), "/desk/print/labels")}
                {kind(lang, ui::TRUCK, t::gate(lang), t::gate_what(lang), "/desk/print/gate")}
                {kind(lang, ui::BUILDING, t::map(lang), t::map_what(lang), "/desk/print/map")}
                {kind(lang, ui::NO_SIGNAL, t::fallback(lang), t::fallback_what(lang), "/desk/print/fallback")}
            </div>
        }
        .markup()
    };
    let which_run =
        (!runs.is_empty()).then(|| view! { <Select name=RUN label=t::which_run(lang) options=runs/> });
    view! {
        {refused.map(|address| not_printable(lang, address))}
        <form action="/desk/print" class="prints">
            <div class="tools">
                <Select name=BUILDING label=t::which_building(lang) options=buildings/>
                {which_run}
            </div>
            <h2>{t::for_deliveries(lang)}</h2>
            {deliveries}
            <h2>{t::for_doors(lang)}</h2>
            <div class="rows">
                {kind(lang, doors::LETTER, t::letters(lang), t::letters_what(lang), "/desk/print/letters")}
                {kind(lang, doors::DOOR, t::cards(lang), t::cards_what(lang), "/desk/print/cards")}
            </div>
        </form>
    }
    .markup()
}

/// One thing that can be printed; its button sends the form above it to the page of its own.
fn kind(lang: Lang, icon: Icon, title: &'static str, what: &'static str, page: &'static str) -> Markup {
    view! {
        <div class="row">
            {icon.view()}
            <span class="grow"><b>{title}</b> <small class="quiet">{what}</small></span>
            <button type="submit" class="btn" formaction=page aria-label=t::open_what(lang, title)>{t::open(lang)}</button>
        </div>
    }
    .markup()
}
