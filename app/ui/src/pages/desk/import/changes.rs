//! What a ledger file changes: who is new, who lives otherwise than before, and who it no longer names.

use std::collections::BTreeMap;

use domain::community::Community;
use domain::household::Diets;
use domain::ledger::{Changed, Field, LedgerHousehold};
use domain::{HouseholdId, Lang};
use leptos::prelude::*;

use super::super::ledger::counts;
use super::super::today::door_words;
use super::{MOST, Shown};
use crate::components::icon::ui;
use crate::components::markup::{IntoMarkup, Markup};
use crate::components::message::{Note, Tone};
use crate::locales::{facts, office as t};
use crate::views::{ledger_words as say, words};

/// The card of it; nothing where the ledger is empty.
pub(super) fn changes(shown: &Shown<'_>) -> Markup {
    let Shown { lang, community, diff, .. } = shown;
    let lang = *lang;
    if community.places.households.is_empty() {
        return ().markup();
    }
    let rows = diff.changed.iter().take(MOST).map(|changed| {
        let fields = changed.what.iter().map(|field| view! { <div>{change(shown, changed, *field)}</div> });
        view! { <tr><th scope="row">{home(community, lang, changed.id)}</th><td>{fields.collect_view()}</td></tr> }
    });
    let changed = (!diff.changed.is_empty()).then(|| {
        view! {
            <details>
                <summary class="btn bare">{t::what_changes(lang)}</summary>
                <div class="table" tabindex="0"><table><tbody>{rows.collect_view()}</tbody></table></div>
            </details>
        }
    });
    let spoiled = (!diff.in_rejected_row.is_empty())
        .then(|| view! { <p>{t::kept_by_rejected(lang, diff.in_rejected_row.len())}</p> });
    let elsewhere = (!diff.elsewhere.is_empty())
        .then(|| view! { <p>{t::kept_elsewhere(lang, diff.elsewhere.len())}</p> });
    view! {
        <section class="card">
            <h2>{t::against_ledger(lang)}</h2>
            {counts(&[
                (diff.added.len(), t::new_word(lang)), (diff.changed.len(), t::changed_word(lang)),
                (diff.unchanged.len(), t::unchanged_word(lang)), (diff.not_in_file.len(), t::gone_word(lang)),
            ])}
            {added(shown)} {changed} {spoiled} {elsewhere}
        </section>
    }
    .markup()
}

/// One change of a household: from what to what. Care remarks are shown nowhere but on their own page.
fn change(shown: &Shown<'_>, changed: &Changed, field: Field) -> String {
    let lang = shown.lang;
    let name = say::field(lang, field);
    let old = shown.community.places.households.get(&changed.id);
    let new = usize::try_from(changed.household).ok().and_then(|row| shown.preview.households.get(row));
    let (Some(old), Some(new)) = (old, new) else { return name.to_owned() };
    let diets = |diets: &Diets| {
        let words: Vec<String> = diets.iter().map(|tag| words::diet(lang, tag)).collect();
        words.join(" ")
    };
    let speaks = |one: Lang, others: &str| format!("{} {others}", crate::locales::own_name(one));
    let (from, to) = match field {
        Field::Place => {
            let spot = &new.place.spot;
            let stairs = facts::building_unit(lang, &new.place.building.0, spot.unit);
            (String::new(), format!("{stairs} {}", spot.room))
        }
        Field::Holder => (old.holder.clone(), new.holder.clone()),
        Field::Phone => {
            let number = shown.preview.phone(changed.household).map(|phone| phone.as_str().to_owned());
            (String::new(), number.unwrap_or_default())
        }
        Field::People => (old.people.to_string(), new.people.to_string()),
        Field::OverSixty => (old.over_60.to_string(), new.over_60.to_string()),
        Field::Language => (speaks(old.lang, &old.speaks), speaks(new.lang, &new.speaks)),
        Field::Diet => (diets(&old.diets), diets(&new.diets)),
        Field::Note => (old.note.clone(), new.note.clone()),
        Field::Care => return name.to_owned(),
    };
    let said = |text: String| if text.trim().is_empty() { t::nothing_said(lang).to_owned() } else { text };
    match field {
        Field::Place | Field::Phone => t::changes_to(lang, name, &said(to)),
        _ => t::changes_from_to(lang, name, said(from).trim(), said(to).trim()),
    }
}

/// The new households by name; at a door where somebody lives already, who that is.
fn added(shown: &Shown<'_>) -> Option<Markup> {
    let Shown { lang, community, diff, preview, .. } = shown;
    let (lang, places) = (*lang, &community.places);
    let mut living: BTreeMap<String, Vec<&str>> = BTreeMap::new();
    let door = |stairs: String, room: &str| format!("{stairs} {room}");
    for household in places.households.values() {
        let Some(at) = household.door.and_then(|door| places.doors.get(&door)) else { continue };
        let Some(building) = places.buildings.get(&at.building) else { continue };
        let stairs = facts::building_unit(lang, &building.label.0, at.spot.unit);
        let compound = places.compounds.get(&building.compound).map_or("", |one| one.name.as_str());
        let words = door(format!("{compound} {stairs}"), &at.spot.room.0);
        living.entry(words).or_default().push(&household.holder);
    }
    let new = |row: &u32| preview.households.get(usize::try_from(*row).ok()?);
    let mut rows: Vec<_> = diff.added.iter().filter_map(new).collect();
    if rows.is_empty() {
        return None;
    }
    let place = |one: &LedgerHousehold| {
        let place = &one.place;
        let stairs = facts::building_unit(lang, &place.building.0, place.spot.unit);
        door(format!("{} {stairs}", place.compound), &place.spot.room.0)
    };
    let shared = rows.iter().filter(|one| living.contains_key(&place(one))).count();
    rows.sort_by_key(|one| (!living.contains_key(&place(one)), one.at));
    let lines = rows.into_iter().take(MOST).map(|one| {
        let words = place(one);
        let there = living.get(&words).map(|holders| {
            let holders = holders.join("、");
            view! { <div><b>{ui::WARNING.view()} " " {t::lives_there(lang, &holders)}</b></div> }
        });
        view! { <tr><th scope="row">{words} " " {one.holder.clone()}</th><td>{say::place(lang, preview, one.at)} {there}</td></tr> }
    });
    let lines = lines.collect_view();
    let open = shared > 0;
    let note = open.then(|| view! { <Note tone=Tone::Warn><p>{t::doors_shared(lang, shared)}</p></Note> });
    Some(
        view! {
            {note}
            <details open=open>
                <summary class="btn bare">{t::who_is_new(lang)}</summary>
                <div class="table" tabindex="0"><table><tbody>{lines}</tbody></table></div>
            </details>
        }
        .markup(),
    )
}

/// Households of the file's buildings that it does not name. They stay, unless the desk says that they moved out.
pub(super) fn gone(shown: &Shown<'_>) -> Markup {
    let Shown { lang, community, diff, .. } = shown;
    let lang = *lang;
    if diff.not_in_file.is_empty() {
        return ().markup();
    }
    // In the order of the stairs, a building after the other.
    let places = &community.places;
    let mut by_building: BTreeMap<_, Vec<_>> = BTreeMap::new();
    for id in &diff.not_in_file {
        let door = places.door_of(*id).and_then(|door| places.doors.get(&door));
        let building = door.and_then(|door| places.buildings.get(&door.building));
        let building = building.map(|building| (building.compound, building.label.clone()));
        by_building.entry(building).or_default().push((door.map(|door| &door.spot), *id));
    }
    let groups = by_building.into_values().map(|mut homes| {
        homes.sort();
        let ticks = homes.into_iter().map(|(_, id)| {
            let words = home(community, lang, id);
            view! { <label class="check"><input type="checkbox" name="gone" value=id.to_string()/><span>{words}</span></label> }
        });
        view! { <div class="ticks">{ticks.collect_view()}</div> }
    });
    let fieldset = view! {
        <fieldset>
            <legend>{t::gone_title(lang, diff.not_in_file.len())}</legend>
            <p>{t::gone_more(lang)}</p>
            {groups.collect_view()}
        </fieldset>
    }
    .markup();
    if !diff.is_part() {
        return view! { <section class="card">{fieldset}</section> }.markup();
    }
    // Rows that were corrected one by one are no reason to ask a whole building whether it is still there.
    view! {
        <section class="card">
            <p>{ui::CHECK.view()} " " {t::file_is_part(lang, diff.not_in_file.len())}</p>
            <details><summary class="btn bare">{t::some_moved_out(lang)}</summary>{fieldset}</details>
        </section>
    }
    .markup()
}

fn home(community: &Community, lang: Lang, household: HouseholdId) -> String {
    let Some(known) = community.places.households.get(&household) else { return String::new() };
    let door = known.door.and_then(|door| community.places.doors.get(&door));
    let place =
        door.map_or_else(|| t::without_door(lang).to_owned(), |door| door_words(community, lang, door));
    format!("{place} {}", known.holder)
}
