//! The ledger: what is kept, taking in a file, and taking an import back.

use domain::community::Community;
use domain::places::Door;
use leptos::prelude::*;

use super::office::{Did, did, file_input};
use super::today::door_words;
use crate::components::action::{Act, ButtonLink, Submit, Weight};
use crate::components::field::Field;
use crate::components::icon::ui;
use crate::components::markup::{IntoMarkup, Markup};
use crate::components::message::{Empty, Note, Tone};
use crate::locales::office as t;
use crate::locales::when::When;
use crate::locales::{common, facts};

/// The counts of a ledger, as the preview and the page say them.
#[must_use]
pub fn counts(parts: &[(usize, &'static str)]) -> Markup {
    let spans = parts.iter().map(|(count, words)| view! { <span><b>{*count}</b> " " {*words}</span> });
    view! { <p class="figures">{spans.collect_view()}</p> }.markup()
}

/// The page: what is kept, and the field for a file.
pub fn ledger(
    community: &Community,
    when: &When,
    can_undo: bool,
    done: Option<Did>,
    error: Option<String>,
    compound: &str,
) -> impl IntoView + use<> {
    let lang = when.lang;
    let places = &community.places;
    let people: usize = places.households.values().map(|household| usize::from(household.people)).sum();
    let over_60: usize = places.households.values().map(|household| usize::from(household.over_60)).sum();
    let doorless = places.households.values().filter(|household| household.door.is_none()).count();
    let known = if places.households.is_empty() {
        view! { <Empty icon=ui::HOME title=t::no_ledger(lang)><p>{t::no_ledger_more(lang)}</p></Empty> }
            .markup()
    } else {
        let rows = places.buildings_in_order().into_iter().map(|building| {
            let compound =
                places.compounds.get(&building.compound).map_or("", |c| c.name.as_str()).to_owned();
            let doors: Vec<&Door> = places.doors_of(building.id);
            let homes = doors.iter().flat_map(|door| places.behind(door.id));
            let (households, people) =
                homes.fold((0usize, 0usize), |(h, p), one| (h + 1, p + usize::from(one.people)));
            view! {
                <tr>
                    <th scope="row">{compound} " " {facts::building(lang, &building.label.0)}</th>
                    <td class="n">{doors.len()}</td><td class="n">{households}</td><td class="n">{people}</td>
                </tr>
            }
        });
        let doorless = (doorless > 0).then(|| view! { <p>{t::doorless(lang, doorless)}</p> });
        view! {
            <section class="card">
                {counts(&[
                    (places.compounds.len(), t::compounds_word(lang)), (places.buildings.len(), t::buildings_word(lang)),
                    (places.households.len(), t::households_word(lang)), (people, t::people_word(lang)), (over_60, t::over_60_word(lang)),
                ])}
                {doorless}
                <details>
                    <summary class="btn bare">{t::by_building(lang)}</summary>
                    <div class="table" tabindex="0"><table>
                        <thead><tr>
                            <th scope="col">{t::building_word(lang)}</th><th scope="col" class="n">{t::doors_word(lang)}</th>
                            <th scope="col" class="n">{t::households_word(lang)}</th><th scope="col" class="n">{t::people_word(lang)}</th>
                        </tr></thead>
                        <tbody>{rows.collect_view()}</tbody>
                    </table></div>
                </details>
            </section>
        }
        .markup()
    };
    let title = if places.households.is_empty() { t::import_ledger(lang) } else { t::import_again(lang) };
    let undo = can_undo.then(|| {
        view! { <ButtonLink href="/desk/ledger/undo" icon=ui::UNDO>{t::undo_import(lang)}</ButtonLink> }
    });
    view! {
        {did(lang, done)}
        {known}
        <section class="card">
            <h2>{title}</h2>
            <form method="post" action="/desk/ledger" enctype="multipart/form-data">
                {file_input(lang, error)}
                <Field lang name="compound" label=t::compound_label(lang) hint=t::compound_hint(lang) optional=true max_length=40
                    value=compound.to_owned()/>
                <p class="small quiet">{t::ledger_columns(lang)}</p>
                <Act><Submit weight=Weight::Main icon=ui::UPLOAD>{t::look_at_file(lang)}</Submit></Act>
            </form>
            <p class="small quiet">{t::care_promise(lang)}</p>
        </section>
        <div class="tools">{undo}</div>
    }
}

/// What taking the last import back would do.
pub fn undo(
    community: &Community,
    when: &When,
    households: (usize, usize),
    doors: &[Door],
) -> impl IntoView + use<> {
    let lang = when.lang;
    let (now, before) = households;
    let named = doors.iter().map(|door| {
        view! { <li><a href=format!("/desk/door/{}", door.id)>{door_words(community, lang, door)}</a></li> }
    });
    let busy = if doors.is_empty() {
        view! { <Note icon=ui::CHECK><p>{t::undo_free(lang)}</p></Note> }.markup()
    } else {
        let words = t::undo_busy(lang, doors.len());
        view! {
            <section class="card">
                <Note tone=Tone::Warn><p>{words}</p></Note>
                <ul class="names">{named.collect_view()}</ul>
            </section>
        }
        .markup()
    };
    view! {
        <p>{t::undo_explained(lang, now, before)}</p>
        {busy}
        <form method="post" action="/desk/ledger/undo">
            <Act><Submit weight=Weight::Danger icon=ui::UNDO>{t::undo_import(lang)}</Submit></Act>
        </form>
        <div class="tools"><ButtonLink href="/desk/ledger" weight=Weight::Bare>{common::cancel(lang)}</ButtonLink></div>
    }
}
