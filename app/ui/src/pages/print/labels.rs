//! Labels for the supplier: one a household's basket, each building beginning a sheet of its own, doors in the order
//! they are carried to. No names where the door tells enough, nothing about health but the diet to keep.

use domain::community::Community;
use domain::menu::Line;
use domain::picklist::PickList;
use domain::window::Window;
use domain::{BuildingId, Fen, HouseholdId, Lang};
use leptos::prelude::*;
use std::collections::BTreeMap;

use super::rounds::line_words;
use super::{Place, on_paper};
use crate::components::markup::{IntoMarkup, Markup};
use crate::locales::format::money;
use crate::locales::print as t;
use crate::locales::when::When;
use crate::views::words;

/// Labels on a sheet.
pub const A_PAGE: usize = 24;

/// One basket on its way to a door.
#[derive(Debug, Clone)]
struct Basket<'a> {
    household: HouseholdId,
    lines: &'a [Line],
}

/// The sheets; of one building, or of all. `collect` is what each household has to pay when it is brought.
#[must_use]
pub fn labels(
    community: &Community,
    when: &When,
    window: &Window,
    list: &PickList,
    collect: &BTreeMap<HouseholdId, Fen>,
    asked: Option<BuildingId>,
) -> Vec<Markup> {
    let mut sheets = Vec::new();
    for building in community.places.buildings_in_order() {
        if asked.is_some_and(|asked| asked != building.id) {
            continue;
        }
        let baskets = of_building(community, list, building.id);
        let total = baskets.len();
        let labels: Vec<Markup> = baskets
            .iter()
            .enumerate()
            .map(|(place, basket)| {
                let owed = collect.get(&basket.household).copied();
                label(community, when, window, (basket, owed), (place + 1, total))
            })
            .collect();
        sheets.extend(in_sheets(labels));
    }
    sheets
}

fn in_sheets(labels: Vec<Markup>) -> Vec<Markup> {
    let mut labels = labels.into_iter().peekable();
    let mut sheets = Vec::new();
    while labels.peek().is_some() {
        let sheet: Vec<Markup> = labels.by_ref().take(A_PAGE).collect();
        sheets.push(view! { <section class="sheet full labels">{sheet}</section> }.markup());
    }
    sheets
}

/// A building's baskets in the order of its stairs.
fn of_building<'a>(community: &Community, list: &'a PickList, building: BuildingId) -> Vec<Basket<'a>> {
    let places = &community.places;
    let mut baskets: Vec<_> = list
        .baskets
        .iter()
        .filter_map(|(household, lines, _)| {
            let door = places.doors.get(&places.door_of(*household)?)?;
            (door.building == building).then_some((&door.spot, Basket { household: *household, lines }))
        })
        .collect();
    baskets.sort_by(|(a, one), (b, two)| (a, one.household).cmp(&(b, two.household)));
    baskets.into_iter().map(|(_, basket)| basket).collect()
}

fn label(
    community: &Community,
    when: &When,
    window: &Window,
    (basket, owed): (&Basket<'_>, Option<Fen>),
    (number, of): (usize, usize),
) -> Markup {
    let lang = when.lang;
    let household = community.places.households.get(&basket.household);
    let door = community.places.door_of(basket.household).and_then(|door| community.places.doors.get(&door));
    let place = door.map(|door| Place::of(community, door));
    let (room, stairs, compound) =
        place.map(|place| (place.room.clone(), place.stairs(lang), place.compound)).unwrap_or_default();
    let lines: Vec<String> = basket.lines.iter().map(|line| line_words(community, lang, line)).collect();
    let small = lines.iter().map(|line| line.chars().count()).sum::<usize>() > most(lang);
    let lines = lines.into_iter().map(|line| view! { <div>{line}</div> }).collect_view();
    let diets: Vec<String> = household
        .map(|household| household.diets.iter().map(|tag| words::diet(lang, tag)).collect())
        .unwrap_or_default();
    let diets = (!diets.is_empty()).then(|| view! { <b class="tag">{diets.join(" ")}</b> });
    // Two households behind one door are told apart by name, others by the door alone.
    let shared = door.is_some_and(|door| community.places.behind(door.id).count() > 1);
    let holder = household.filter(|_| shared).map(|household| household.holder.clone());
    let owed = owed.map(|fen| view! { <br/> {t::collect(lang, &money(lang, fen))} });
    let date = on_paper(when).at(window.delivery_from);
    let count = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
    let counted = t::basket_of(lang, count(number), count(of));
    view! {
        <article class="label">
            <div><span class="plate">{room}</span><b>{stairs} {owed}</b></div>
            <p class=small.then_some("small")>{lines} {diets} {holder}</p>
            <div class="small"><span>{date} " · " {compound}</span><b>{counted}</b></div>
        </article>
    }
    .markup()
}

/// So many characters fit in the usual size.
fn most(lang: Lang) -> usize {
    match lang {
        Lang::Zh => 40,
        Lang::En => 70,
    }
}
