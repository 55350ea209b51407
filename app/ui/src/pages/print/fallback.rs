//! When everything fails: the household list of every building, beside all round sheets, in one print. The list holds
//! telephone numbers and stays at the desk; care remarks are not in it.

use std::collections::BTreeMap;

use domain::community::Community;
use domain::household::Household;
use domain::ledger::language_names;
use domain::places::Door;
use domain::window::Window;
use domain::{HouseholdId, Lang};
use leptos::prelude::*;

use super::{building_words, on_paper};
use crate::components::markup::{IntoMarkup, Markup};
use crate::locales::when::When;
use crate::locales::{common, own_name, print as t};

/// The sheet on top: what this is and what to do with it.
#[must_use]
pub fn cover(community: &Community, when: &When, window: Option<&Window>) -> Markup {
    let lang = when.lang;
    let paper = on_paper(when);
    let title = match window {
        Some(window) => t::fallback_title(lang, &paper.span(window.delivery_from, window.delivery_to)),
        None => t::fallback(lang).to_owned(),
    };
    let now = paper.at(when.now);
    view! {
        <section class="sheet">
            <header class="sheet-head">
                <div>
                    <h2 class="title">{title}</h2>
                    <p>{community.settings.name.in_lang(lang).to_owned()} " · " {now}</p>
                </div>
            </header>
            <h2>{t::fallback_steps(lang)}</h2>
            <ol class="steps">
                <li>{t::fallback_one(lang)}</li>
                <li>{t::fallback_two(lang)}</li>
                <li>{t::fallback_three(lang)}</li>
            </ol>
            <p class="numbers">
                <span>{common::call_emergency(lang)} " " <b>{community.settings.emergency.clone()}</b></span>
                <span>{common::call_community(lang)} " " <b>{community.settings.hotline.clone()}</b></span>
            </p>
            <p>{t::fallback_keep(lang)}</p>
        </section>
    }
    .markup()
}

/// The household lists, a building each, then those without a door.
#[must_use]
pub fn lists(community: &Community, lang: Lang, phones: &BTreeMap<HouseholdId, Vec<String>>) -> Vec<Markup> {
    let mut sheets = Vec::new();
    for building in community.places.buildings_in_order() {
        let mut rows = Vec::new();
        for door in community.places.doors_of(building.id) {
            rows.extend(community.places.behind(door.id).map(|household| (Some(door), household)));
        }
        if !rows.is_empty() {
            let title = t::list_title(lang, &building_words(community, lang, building.id));
            sheets.push(list(lang, &title, &rows, phones));
        }
    }
    let doorless: Vec<(Option<&Door>, &Household)> =
        community.places.households.values().filter(|h| h.door.is_none()).map(|h| (None, h)).collect();
    if !doorless.is_empty() {
        sheets.push(list(lang, t::no_door(lang), &doorless, phones));
    }
    sheets
}

fn list(
    lang: Lang,
    title: &str,
    rows: &[(Option<&Door>, &Household)],
    phones: &BTreeMap<HouseholdId, Vec<String>>,
) -> Markup {
    let people: u32 = rows.iter().map(|(_, household)| u32::from(household.people)).sum();
    let counts = t::list_counts(lang, u32::try_from(rows.len()).unwrap_or(u32::MAX), people);
    let rows: Vec<Markup> =
        rows.iter().map(|(door, household)| row(lang, *door, household, phones)).collect();
    let title = title.to_owned();
    view! {
        <section class="sheet long">
            <header class="sheet-head"><h2 class="title">{title.clone()}</h2><p>{counts}</p></header>
            <table class="list">
                <thead>
                    // Repeated on every page, so that a loose page still says where it belongs.
                    <tr class="running"><th colspan="7">{title}</th></tr>
                    <tr>
                        <th>{t::door(lang)}</th>
                        <th>{t::field_name(lang)}</th>
                        <th>{t::phone(lang)}</th>
                        <th class="n">{t::people(lang)}</th>
                        <th class="n">{t::over_60(lang)}</th>
                        <th>{t::speaks(lang)}</th>
                        <th class="remarks">{t::notes(lang)}</th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </section>
    }
    .markup()
}

fn row(
    lang: Lang,
    door: Option<&Door>,
    household: &Household,
    phones: &BTreeMap<HouseholdId, Vec<String>>,
) -> Markup {
    let room = door.map(|door| format!("{}-{}", door.spot.unit, door.spot.room));
    let phone = phones.get(&household.id).map(|numbers| numbers.join(" ")).unwrap_or_default();
    let speaks = match household.speaks.is_empty() {
        false => language_names(&household.speaks),
        true if household.lang == lang => String::new(),
        true => own_name(household.lang).to_owned(),
    };
    let over = (household.over_60 > 0).then_some(household.over_60);
    view! {
        <tr>
            <td class="room">{room}</td>
            <td>{household.holder.clone()}</td>
            <td>{phone}</td>
            <td class="n">{household.people}</td>
            <td class="n">{over}</td>
            <td class="small">{speaks}</td>
            <td class="small">{household.note.clone()}</td>
        </tr>
    }
    .markup()
}
