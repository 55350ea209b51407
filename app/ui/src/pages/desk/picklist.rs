//! The supplier's pick list: what to pack in all, by building and for each door, and whether it can still change.
//! The same page for the supplier and the desk, on the screen, on paper, and (made by the handler) as a spreadsheet.

use std::collections::BTreeMap;

use domain::community::Community;
use domain::load::{AtGate, LoadFault};
use domain::menu::Substitution;
use domain::picklist::PickList;
use domain::round::LoadCheck;
use domain::window::{Phase, Window};
use domain::{BuildingId, HouseholdId, Lang, MenuCode, RunId};
use leptos::prelude::*;

use crate::components::action::{PrintButton, RowLink, Weight};
use crate::components::glyph::{Glyph, State};
use crate::components::icon::ui;
use crate::components::markup::{IntoMarkup, Markup};
use crate::components::message::Empty;
use crate::locales::when::When;
use crate::locales::{common, load, print as t};
use crate::pages::print::rounds::{line_words, picked};
use crate::pages::print::{Place, building_words, on_paper};
use crate::views::words;

pub mod short;
mod totals;

pub use totals::swap_counts;
use totals::{by_building, by_item, by_menu, swaps};

/// A pick list with what says how final it is.
#[derive(Debug, Clone)]
pub struct Shown {
    /// The window it is for.
    pub window: Window,
    /// The list.
    pub list: PickList,
    /// How many facts of orders it was folded from: facts are never changed, so equal numbers are equal lists.
    pub version: u32,
}

/// The start page of a supplier: the windows with their lists, the newest delivery first.
#[must_use]
pub fn start(when: &When, lists: &[Shown]) -> Markup {
    let lang = when.lang;
    if lists.is_empty() {
        return view! { <Empty icon=ui::LIST title=t::no_lists(lang)><p>{t::no_lists_more(lang)}</p></Empty> }
            .markup();
    }
    let rows = lists.iter().map(|shown| {
        let (words, _) = standing(when, shown);
        let list = &shown.list.all;
        let detail = format!("{} · {words}", t::run_line(lang, list.households, list.all_boxes()));
        let title = when.span(shown.window.delivery_from, shown.window.delivery_to);
        view! { <RowLink href=format!("/desk/picklist/{}", shown.window.run) icon=ui::LIST title=title detail=detail/> }
    });
    view! { <p>{t::pick_lists_lead(lang)}</p> <div class="rows">{rows.collect_view()}</div> }.markup()
}

/// How final a list is, in words and as a shape.
#[must_use]
pub fn standing(when: &When, shown: &Shown) -> (String, Glyph) {
    match (shown.window.phase(when.now), shown.window.sealed) {
        (Phase::Draft, _) => (t::draft_list(when.lang).to_owned(), Glyph::None),
        (_, Some(sealed)) => {
            let changes = u32::try_from(shown.list.differences.len()).unwrap_or(u32::MAX);
            let since = if changes > 0 { t::changed_since(when.lang, changes) } else { String::new() };
            (format!("{}{since}", t::sealed_at(when.lang, &when.at(sealed))), Glyph::Full)
        }
        (_, None) => (t::provisional(when.lang, shown.version, &when.at(when.now)), Glyph::Half),
    }
}

/// The page of one run. `loads` is the check at the gate, for the desk only.
#[must_use]
pub fn pick_list(
    community: &Community,
    when: &When,
    shown: &Shown,
    loads: &BTreeMap<BuildingId, AtGate>,
    back: &str,
) -> Markup {
    let lang = when.lang;
    let Shown { window, list, .. } = shown;
    let (words, glyph) = standing(when, shown);
    // On paper the page's frame is gone, and "today" is over when somebody reads it.
    let (on_paper_words, _) = standing(&on_paper(when), shown);
    let name = community.settings.name.in_lang(lang).to_owned();
    let date = t::delivered(lang, &on_paper(when).span(window.delivery_from, window.delivery_to));
    let moving = window.sealed.is_none().then(|| {
        view! { <p class="quiet">{t::provisional_more(lang, &when.at(window.grace_ends()))}</p> }
    });
    let body = if list.all.households == 0 {
        view! { <p>{t::no_orders(lang)}</p> }.markup()
    } else {
        view! {
            {by_menu(community, lang, window, &list.all)}
            {by_item(lang, &list.all)}
            {by_building(community, lang, window, list)}
            {swaps(lang, list)}
            {short::table(community, lang, list)}
            {baskets(community, lang, list)}
            {differences(community, when, window, list)}
        }
        .markup()
    };
    let back = back.to_owned();
    view! {
        <div class="no-print tools">
            <a class="btn" href=back>{ui::CHEVRON_LEFT.view()} {common::back(lang)}</a>
            <PrintButton weight=Weight::Main>{t::print_now(lang)}</PrintButton>
            {ways(lang, window.run)}
        </div>
        {at_gate(community, lang, loads)}
        <div class="paper">
            <p class="only-print"><b>{name} " · " {t::pick_list(lang)}</b> " · " {on_paper_words}</p>
            <div class="row">
                <h2 class="grow">{date}</h2>
                <span class="no-print"><State glyph=glyph word=words/></span>
            </div>
            {moving}
            {body}
        </div>
    }
    .markup()
}

/// What was taken at the gate and what became of it, building by building; what does not come out is said.
fn at_gate(community: &Community, lang: Lang, loads: &BTreeMap<BuildingId, AtGate>) -> Option<Markup> {
    if loads.values().all(|row| row.check == LoadCheck::default()) {
        return None;
    }
    let rows = loads.iter().map(|(building, row)| {
        let LoadCheck { taken, delivered, returned } = row.check;
        let fault = row.fault().map(|fault| {
            let words = match fault {
                LoadFault::NotAsOrdered => load::not_as_ordered(lang),
                LoadFault::TooMany => load::too_many(lang),
                LoadFault::Missing => load::missing(lang),
            };
            view! { <div class="error">{ui::WARNING.view()} " " {words}</div> }
        });
        view! {
            <tr>
                <th scope="row">{building_words(community, lang, *building)} {fault}</th>
                <td class="n">{row.due}</td>
                <td class="n">{taken}</td>
                <td class="n">{delivered}</td>
                <td class="n">{returned}</td>
                <td class="n">{row.check.in_hand()}</td>
            </tr>
        }
    });
    let heads =
        [load::due(lang), load::taken(lang), load::delivered(lang), load::returned(lang), load::left(lang)];
    let heads = heads.map(|head| view! { <th scope="col" class="n">{head}</th> });
    Some(
        view! {
            <section class="card no-print">
                <h2>{load::title(lang)}</h2>
                <div class="table" tabindex="0"><table>
                    <thead><tr><th scope="col">{load::building(lang)}</th> {heads.into_iter().collect_view()}</tr></thead>
                    <tbody>{rows.collect_view()}</tbody>
                </table></div>
            </section>
        }
        .markup(),
    )
}

fn ways(lang: Lang, run: RunId) -> Markup {
    view! {
        <a class="btn" href=format!("/desk/picklist/{run}.xlsx")>{ui::DOWNLOAD.view()} {t::as_xlsx(lang)}</a>
        <a class="btn" href=format!("/desk/print/labels?run={run}")>{t::labels(lang)}</a>
        <a class="btn" href=format!("/desk/print/gate?run={run}")>{t::gate(lang)}</a>
    }
    .markup()
}

/// The menus of a window with their names, in its order.
#[must_use]
pub fn menus<'a>(community: &Community, lang: Lang, window: &'a Window) -> Vec<(&'a MenuCode, String)> {
    window.menus.iter().map(|(code, _)| (code, words::menu_name(lang, community, code))).collect()
}

/// A household's door in words; households without one say so.
#[must_use]
pub fn door_words(community: &Community, lang: Lang, household: HouseholdId) -> String {
    let places = &community.places;
    match places.door_of(household).and_then(|door| places.doors.get(&door)) {
        Some(door) => {
            let place = Place::of(community, door);
            format!("{} {} {}", place.compound, place.stairs(lang), place.room)
        }
        None => t::no_door(lang).to_owned(),
    }
}

/// The baskets in the order of buildings and stairs.
#[must_use]
pub fn in_order<'a>(
    community: &Community,
    list: &'a PickList,
) -> Vec<&'a (HouseholdId, Vec<domain::menu::Line>, Substitution)> {
    let places = &community.places;
    let mut baskets: Vec<_> = list.baskets.iter().collect();
    baskets.sort_by_cached_key(|(household, ..)| {
        let door = places.door_of(*household).and_then(|door| places.doors.get(&door));
        let at = door.and_then(|door| {
            let building = places.buildings.get(&door.building)?;
            Some((building.compound, building.label.clone(), door.spot.clone()))
        });
        (at.is_none(), at, *household)
    });
    baskets
}

fn baskets(community: &Community, lang: Lang, list: &PickList) -> Markup {
    let rows = in_order(community, list)
        .into_iter()
        .map(|(household, lines, said)| {
            let lines: Vec<String> = lines.iter().map(|line| line_words(community, lang, line)).collect();
            let lines = lines.into_iter().map(|line| view! { <div>{line}</div> }).collect_view();
            let swap = match said {
                Substitution::Yes => words::substitution(lang, *said).to_owned().markup(),
                Substitution::No | Substitution::Ask => {
                    view! { <b>{words::substitution(lang, *said)}</b> }.markup()
                }
            };
            view! {
                <tr><td>{door_words(community, lang, *household)}</td><td>{lines}</td><td>{swap}</td></tr>
            }
        })
        .collect_view();
    view! {
        <h2>{t::baskets(lang)}</h2>
        <div class="table" tabindex="0" role="region" aria-label=t::baskets(lang)>
            <table>
                <thead>
                    <tr><th>{t::door(lang)}</th><th>{t::basket(lang)}</th><th>{t::may_swap(lang)}</th></tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
    }
    .markup()
}

fn differences(community: &Community, when: &When, window: &Window, list: &PickList) -> Option<Markup> {
    let lang = when.lang;
    window.sealed?;
    if list.differences.is_empty() {
        let words = t::differences_none(lang);
        return Some(view! { <h2>{t::differences(lang)}</h2> <p>{words}</p> }.markup());
    }
    let paper = on_paper(when);
    let rows = list
        .differences
        .iter()
        .map(|difference| {
            let now = basket_words(community, lang, &difference.lines);
            view! {
                <tr>
                    <td>{paper.at(difference.at)}</td>
                    <td>{door_words(community, lang, difference.household)}</td>
                    <td>{now}</td>
                </tr>
            }
        })
        .collect_view();
    let table = view! {
        <h2>{t::differences(lang)}</h2>
        <p>{t::differences_lead(lang)}</p>
        <div class="table" tabindex="0" role="region" aria-label=t::differences(lang)>
            <table>
                <thead><tr><th>{t::changed_at(lang)}</th><th>{t::door(lang)}</th><th>{t::is_now(lang)}</th></tr></thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
    };
    Some(table.markup())
}

/// A basket in one cell; "cancelled" when it is empty.
#[must_use]
pub fn basket_words(community: &Community, lang: Lang, lines: &[domain::menu::Line]) -> String {
    if lines.is_empty() {
        return t::cancelled(lang).to_owned();
    }
    let lines: Vec<String> = lines.iter().map(|line| line_words(community, lang, line)).collect();
    lines.join(if lang == Lang::Zh { "；" } else { "; " })
}

/// What was picked for a basket's pick-your-own boxes.
#[must_use]
pub fn picks_words(community: &Community, lang: Lang, lines: &[domain::menu::Line]) -> String {
    let picked: Vec<String> =
        lines.iter().map(|line| picked(community, lang, line)).filter(|words| !words.is_empty()).collect();
    picked.join(if lang == Lang::Zh { "；" } else { "; " })
}
