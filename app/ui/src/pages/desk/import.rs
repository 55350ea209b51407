//! What a ledger file would do, before anything is written; and how far it is once it is confirmed.

use domain::Lang;
use domain::community::Community;
use domain::ledger::{LedgerDiff, Preview};
use leptos::prelude::*;

use super::ledger::counts;
use super::office::labelled;
use crate::components::action::{Act, ButtonLink, Submit, Weight};
use crate::components::field::Field as Input;
use crate::components::icon::ui;
use crate::components::markup::{IntoMarkup, Markup};
use crate::components::message::{Note, Tone};
use crate::locales::office as t;
use crate::locales::{common, facts};
use crate::views::home::hidden;
use crate::views::ledger_words as say;

mod changes;
mod steps;

pub use steps::{STEPS, finished, running, step};

use changes::{changes, gone};

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
