//! What a ledger file would do, before anything is written; and how far it is once it is confirmed.

use std::collections::BTreeMap;

use domain::HouseholdId;
use domain::Lang;
use domain::community::Community;
use domain::household::Diets;
use domain::ledger::{Changed, Field, LedgerDiff, LedgerHousehold, Preview};
use leptos::prelude::*;

use super::ledger::counts;
use super::office::labelled;
use super::today::door_words;
use crate::components::action::{Act, ButtonLink, Submit, Weight};
use crate::components::field::Field as Input;
use crate::components::icon::ui;
use crate::components::markup::{IntoMarkup, Markup};
use crate::components::message::{Note, Tone};
use crate::components::progress::Progress;
use crate::locales::office as t;
use crate::locales::{common, facts};
use crate::views::home::hidden;
use crate::views::{ledger_words as say, words};

/// Rows shown of a list; the count says how many there are.
const MOST: usize = 200;

/// What the page of a file looks at.
pub struct Shown<'a> {
    /// The reader's language.
    pub lang: Lang,
    /// The community.
    pub community: &'a Community,
    /// The version of the ledger it was compared with.
    pub version: u32,
    /// What names the file.
    pub id: &'a str,
    /// The compound that was typed for a file without one.
    pub compound: &'a str,
    /// What the file says.
    pub preview: &'a Preview,
    /// What it changes.
    pub diff: &'a LedgerDiff,
    /// The ledger was changed since the desk looked at this page.
    pub changed_meanwhile: bool,
}

/// The preview.
pub fn preview(shown: &Shown<'_>) -> impl IntoView + use<> {
    let Shown { lang, preview, diff, id, .. } = shown;
    let lang = *lang;
    let meanwhile = shown
        .changed_meanwhile
        .then(|| view! { <Note tone=Tone::Warn live=true><p>{t::preview_again(lang)}</p></Note> });
    let same = diff.added.is_empty() && diff.changed.is_empty() && diff.not_in_file.is_empty();
    let fields = hidden(&[("version", shown.version.to_string()), ("compound", shown.compound.to_owned())]);
    let act = if preview.households.is_empty() {
        view! { <Note tone=Tone::Warn><p>{t::no_household_to_take(lang)}</p></Note> }.markup()
    } else if same {
        view! { <Note icon=ui::CHECK><p>{t::nothing_new(lang)}</p></Note> }.markup()
    } else {
        let words = t::take_ledger(lang, diff.added.len(), diff.changed.len());
        view! { <Act><Submit weight=Weight::Main icon=ui::CHECK>{words}</Submit></Act> }.markup()
    };
    view! {
        {meanwhile}
        <Note><p>{t::nothing_written(lang)}</p></Note>
        <section class="card">
            <h2>{t::in_the_file(lang)}</h2>
            {counts(&[
                (preview.compounds.len(), t::compounds_word(lang)), (preview.buildings(), t::buildings_word(lang)),
                (preview.households.len(), t::households_word(lang)), (preview.people as usize, t::people_word(lang)),
                (preview.over_60 as usize, t::over_60_word(lang)), (preview.care.len(), t::care_word(lang)),
            ])}
            <p class="small quiet">{t::care_promise(lang)}</p>
            {buildings(shown)}
            {sheets(shown)}
        </section>
        {rejected(shown)}
        {noticed(shown)}
        <form method="post" action=format!("/desk/ledger/import/{id}")>
            {fields}
            {changes(shown)}
            {gone(shown)}
            {act}
        </form>
        <div class="tools"><ButtonLink href="/desk/ledger" weight=Weight::Bare>{common::cancel(lang)}</ButtonLink></div>
    }
}

fn buildings(shown: &Shown<'_>) -> Markup {
    let lang = shown.lang;
    let compounds = shown.preview.compounds.iter().map(|compound| {
        let buildings = compound.buildings.iter().map(|building| {
            // A building with one household in it is often a typing error.
            let odd = (building.households <= 1).then(|| ui::WARNING.view());
            let words = facts::building(lang, &building.label.0);
            view! { <span class="tag" class:warn=building.households <= 1>{odd} {words} " · " {t::households_of(lang, building.households)}</span> }
        });
        view! { <p><b>{compound.name.clone()}</b> " " {buildings.collect_view()}</p> }
    });
    compounds.collect_view().markup()
}

/// What was made of the sheets: which columns were read, which were not.
fn sheets(shown: &Shown<'_>) -> Markup {
    let lang = shown.lang;
    let comma = if lang == Lang::Zh { "、" } else { ", " };
    let lines = shown.preview.sheets.iter().map(|sheet| {
        let read: Vec<&str> = sheet.columns.iter().map(|column| say::column(lang, *column)).collect();
        let not_read = sheet.not_read.as_ref().map(|error| view! { <p>{say::ledger(lang, error)}</p> });
        let ignored = (!sheet.ignored.is_empty()).then(
            || view! { <p class="quiet">{t::columns_ignored(lang)} " " {sheet.ignored.join(comma)}</p> },
        );
        let read =
            (!read.is_empty()).then(|| view! { <p>{t::columns_read(lang)} " " {read.join(comma)}</p> });
        view! { <div><b>{sheet.name.clone()}</b> {not_read} {read} {ignored}</div> }
    });
    let lines = lines.collect_view();
    view! { <details><summary class="btn bare">{t::how_it_was_read(lang)}</summary>{lines}</details> }
        .markup()
}

fn rejected(shown: &Shown<'_>) -> Markup {
    let Shown { lang, preview, id, compound, .. } = shown;
    let lang = *lang;
    if preview.rejected.is_empty() {
        return view! { <p>{ui::CHECK.view()} " " {t::no_rejected(lang)}</p> }.markup();
    }
    let rows = preview.rejected.iter().take(MOST).map(|rejected| {
        view! {
            <tr>
                <th scope="row">{say::place(lang, preview, rejected.at)}</th>
                <td>{say::rejected(lang, &rejected.why)}</td>
            </tr>
        }
    });
    let query =
        if compound.is_empty() { String::new() } else { format!("?compound={}", urlencode(compound)) };
    view! {
        <section class="card">
            <h2>{ui::WARNING.view()} " " {labelled(lang, t::rejected_rows(lang), preview.rejected.len())}</h2>
            <p>{t::rejected_more(lang)}</p>
            <div class="table" tabindex="0"><table>
                <thead><tr><th scope="col">{t::row_word(lang)}</th><th scope="col">{t::reason_word(lang)}</th></tr></thead>
                <tbody>{rows.collect_view()}</tbody>
            </table></div>
            <div class="tools">
                <ButtonLink href=format!("/desk/ledger/import/{id}/rejected.csv{query}") icon=ui::DOWNLOAD>{t::download_rejected(lang)}</ButtonLink>
            </div>
        </section>
    }
    .markup()
}

/// A query value with everything but letters and digits escaped.
fn urlencode(text: &str) -> String {
    use std::fmt::Write as _;
    text.bytes().fold(String::new(), |mut out, byte| {
        if byte.is_ascii_alphanumeric() {
            out.push(char::from(byte));
        } else {
            // Writing to a String cannot fail.
            let _ = write!(out, "%{byte:02X}");
        }
        out
    })
}

/// Rows that repeat others, and what deserves a look in rows that were taken.
fn noticed(shown: &Shown<'_>) -> Markup {
    let Shown { lang, preview, .. } = shown;
    let lang = *lang;
    let duplicates = preview.duplicates.iter().map(|one| (one.at, say::duplicate(lang, preview, one)));
    let skipped = preview.skipped.iter().map(|one| (one.at, say::skipped(lang, one.why).to_owned()));
    let warnings = preview.warnings.iter().map(|one| (one.at, say::warning(lang, one.what).to_owned()));
    let mut lines: Vec<_> = duplicates.chain(skipped).chain(warnings).collect();
    lines.sort_by_key(|(at, _)| *at);
    if lines.is_empty() {
        return ().markup();
    }
    let rows = lines.iter().take(MOST).map(|(at, words)| {
        view! { <tr><th scope="row">{say::place(lang, preview, *at)}</th><td>{words.clone()}</td></tr> }
    });
    view! {
        <section class="card">
            <h2>{labelled(lang, t::worth_a_look(lang), lines.len())}</h2>
            <p>{t::duplicates_of(lang, preview.duplicates.len())}</p>
            <div class="table" tabindex="0"><table><tbody>{rows.collect_view()}</tbody></table></div>
        </section>
    }
    .markup()
}

fn changes(shown: &Shown<'_>) -> Markup {
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
fn gone(shown: &Shown<'_>) -> Markup {
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

/// A file that names no compound: for which one is it?
pub fn which_compound(community: &Community, lang: Lang, id: &str, words: String) -> impl IntoView + use<> {
    let names: Vec<String> =
        community.places.compounds.values().map(|compound| compound.name.clone()).collect();
    let known =
        (!names.is_empty()).then(|| view! { <p>{t::compounds_known(lang)} " " {names.join(" · ")}</p> });
    view! {
        <Note tone=Tone::Warn><p>{words}</p></Note>
        {known}
        <form action=format!("/desk/ledger/import/{id}")>
            <Input lang name="compound" label=t::compound_label(lang) max_length=40/>
            <Act><Submit weight=Weight::Main>{t::look_at_file(lang)}</Submit></Act>
        </form>
        <div class="tools"><ButtonLink href="/desk/ledger" weight=Weight::Bare>{common::cancel(lang)}</ButtonLink></div>
    }
}

/// Stands in the page of a running import where the steps go.
pub const STEPS: &str = "<!--steps-->";

/// The frame of a running import. Each [`step`] hides the one before it, without script.
pub fn running() -> impl IntoView + use<> {
    view! { <div class="steps" role="status" inner_html=STEPS></div> }
}

/// One step: so many households done.
#[must_use]
pub fn step(lang: Lang, done: u32, total: u32) -> String {
    view! {
        <div>
            <p>{t::import_runs(lang)}</p>
            <Progress lang done=done total=total what=t::import_runs(lang)/>
        </div>
    }
    .html()
}

/// The last step: what became of it, and the way on.
#[must_use]
pub fn finished(lang: Lang, worked: bool) -> String {
    let (tone, icon, words) = if worked {
        (Tone::Quiet, ui::CHECK, t::did_import(lang))
    } else {
        (Tone::Danger, ui::WARNING, t::import_broke(lang))
    };
    view! {
        <div>
            <Note tone=tone icon=icon><p>{words}</p></Note>
            <Act><ButtonLink href="/desk/ledger" weight=Weight::Main>{t::to_the_ledger(lang)}</ButtonLink></Act>
        </div>
    }
    .html()
}
