//! The building board (楼栋图): each building from the street, each door a window, coloured and marked by its state.

use std::collections::BTreeSet;

use domain::board::{Board, Cell, Counts, DoorOnBoard};
use domain::community::Community;
use domain::places::{Building, Door};
use domain::{DoorId, HouseholdId, Lang, RunId};
use leptos::prelude::*;

use crate::components::markup::IntoMarkup;

use crate::components::elevation::{Elevation, Facade, Pane, PaneNeed, Storey};
use crate::components::glyph::{Glyph, State};
use crate::components::icon::ui;
use crate::components::message::Empty;
use crate::locales::desk as t;
use crate::locales::facts;
use crate::locales::when::When;

/// What the board looks at.
pub struct Shown<'a> {
    /// The community.
    pub community: &'a Community,
    /// The runs to choose from, the newest first, with the one shown.
    pub runs: Vec<(RunId, String)>,
    /// The run shown.
    pub run: Option<RunId>,
    /// Its board.
    pub board: &'a Board,
    /// Households whose need cannot wait.
    pub urgent: &'a BTreeSet<HouseholdId>,
    /// For saying times.
    pub when: When,
}

/// The word and shape of a door's state.
#[must_use]
pub fn cell(lang: Lang, cell: Cell) -> (&'static str, Glyph) {
    match cell {
        Cell::Nothing => (t::cell_nothing(lang), Glyph::None),
        Cell::Ordered => (t::cell_ordered(lang), Glyph::Open),
        Cell::Delivered => (t::cell_delivered(lang), Glyph::Full),
        Cell::Failed => (t::cell_failed(lang), Glyph::Crossed),
        Cell::Disputed => (t::cell_disputed(lang), Glyph::Disputed),
        Cell::Conflict => (t::cell_conflict(lang), Glyph::Half),
    }
}

/// What the light at a window says.
fn sign(lang: Lang, sign: PaneNeed) -> &'static str {
    match sign {
        PaneNeed::Open => t::open_need(lang),
        PaneNeed::Look => t::look(lang),
        PaneNeed::Urgent => t::urgent_need(lang),
    }
}

/// The board's page.
pub fn board(shown: &Shown<'_>) -> impl IntoView + use<> {
    let lang = shown.when.lang;
    let places = &shown.community.places;
    if places.buildings.is_empty() {
        return view! {
            <Empty icon=ui::BUILDING title=t::board_empty(lang)><p>{t::board_empty_more(lang)}</p></Empty>
        }
        .markup();
    }
    let tabs = shown.runs.iter().map(|(run, name)| {
        let here = (Some(*run) == shown.run).then_some("page");
        view! { <a href=format!("/desk/board?run={run}") aria-current=here>{name.clone()}</a> }
    });
    let legend = Cell::ALL.map(|one| {
        let (word, glyph) = cell(lang, one);
        view! { <State glyph=glyph word=word/> }
    });
    let signs = PaneNeed::ALL.map(|one| {
        view! { <span class="state"><i class=format!("light{}", one.class()) aria-hidden="true"></i> {sign(lang, one)}</span> }
    });
    let urgent_doors: BTreeSet<DoorId> = shown.urgent.iter().filter_map(|h| places.door_of(*h)).collect();
    let compounds = places.compounds.values().map(|compound| {
        let houses = places
            .buildings_in_order()
            .into_iter()
            .filter(|building| building.compound == compound.id)
            .map(|building| view! { <Elevation facade=facade(shown, building, &urgent_doors)/> })
            .collect_view();
        view! { <h2>{compound.name.clone()}</h2> <div class="street">{houses}</div> }
    });
    view! {
        <nav class="tabs">{tabs.collect_view()}</nav>
        <div data-fresh="board">
            <p class="small quiet">{t::fresh_at(lang, &shown.when.clock(shown.when.now))}</p>
            <div class="legend">{legend.into_iter().collect_view()} {signs.into_iter().collect_view()}</div>
            {compounds.collect_view()}
        </div>
    }
    .markup()
}

fn facade(shown: &Shown<'_>, building: &Building, urgent: &BTreeSet<DoorId>) -> Facade {
    let lang = shown.when.lang;
    let doors = shown.community.places.doors_of(building.id);
    let elevation = domain::elevation::elevation(&doors);
    let window = |door: Option<&Door>| door.map(|door| pane(shown, door, urgent));
    let storeys = elevation
        .floors
        .into_iter()
        .map(|floor| Storey {
            name: floor.number.to_string(),
            units: floor.units.into_iter().map(|doors| doors.into_iter().map(window).collect()).collect(),
        })
        .collect();
    let counts = shown.board.counts.get(&building.id).copied().unwrap_or_default();
    Facade {
        name: facts::building(lang, &building.label.0),
        counts: counted(lang, counts),
        units: elevation.units.iter().map(u8::to_string).collect(),
        storeys,
    }
}

/// A building's doors by state; what there is none of is not said.
fn counted(lang: Lang, counts: Counts) -> String {
    let due = counts.doors - counts.nothing;
    let mut said = if due == 0 {
        vec![t::cell_nothing(lang).to_owned()]
    } else {
        vec![t::building_counts(lang, counts.delivered, due)]
    };
    let more = [
        (counts.failed, t::cell_failed(lang)),
        (counts.disputed, t::cell_disputed(lang)),
        (counts.conflicts, t::cell_conflict(lang)),
        (counts.looks, t::look(lang)),
        (counts.open_needs, t::open_need(lang)),
    ];
    said.extend(
        more.into_iter().filter(|(count, _)| *count > 0).map(|(count, word)| format!("{word} {count}")),
    );
    said.join(" · ")
}

fn pane(shown: &Shown<'_>, door: &Door, urgent: &BTreeSet<DoorId>) -> Pane {
    let lang = shown.when.lang;
    let on_board = shown.board.doors.get(&door.id);
    let (word, glyph) = cell(lang, on_board.map_or(Cell::Nothing, |on_board| on_board.cell));
    let has = |what: fn(&DoorOnBoard) -> bool| on_board.is_some_and(what);
    let signs: Vec<PaneNeed> = [
        (urgent.contains(&door.id), PaneNeed::Urgent),
        (has(|door| door.look), PaneNeed::Look),
        (has(|door| door.open_need) && !urgent.contains(&door.id), PaneNeed::Open),
    ]
    .into_iter()
    .filter_map(|(on, sign)| on.then_some(sign))
    .collect();
    let mut said = format!("{} {word}", door.spot.room);
    for one in &signs {
        said.push_str(", ");
        said.push_str(sign(lang, *one));
    }
    Pane {
        href: format!("/desk/door/{}", door.id),
        number: door.spot.room.0.clone(),
        words: said,
        glyph,
        // The sign that cannot wait; the words say all of them.
        need: signs.first().copied(),
        health: None,
    }
}
