//! What stewards found short or damaged at the doors, for whoever packed it: which boxes and items, never their words.

use domain::Lang;
use domain::community::Community;
use domain::picklist::PickList;
use leptos::prelude::*;

use super::door_words;
use crate::components::markup::{IntoMarkup, Markup};
use crate::locales::print as t;
use crate::views::words;

/// Door by door: where, and what.
#[must_use]
pub fn rows(community: &Community, lang: Lang, list: &PickList) -> Vec<(String, String)> {
    let what = |menus: &[_], items: &[_]| match words::short(lang, Some(community), menus, items) {
        named if named.is_empty() => t::short_unnamed(lang).to_owned(),
        named => named.join(if lang == Lang::Zh { "、" } else { ", " }),
    };
    let doors = list.short.iter().map(|short| door_words(community, lang, short.household));
    doors.zip(list.short.iter().map(|short| what(&short.menus, &short.items))).collect()
}

/// The table; nothing where nothing was short.
pub(super) fn table(community: &Community, lang: Lang, list: &PickList) -> Option<Markup> {
    let rows = rows(community, lang, list);
    if rows.is_empty() {
        return None;
    }
    let rows =
        rows.into_iter().map(|(door, what)| view! { <tr><td>{door}</td><td>{what}</td></tr> }).collect_view();
    Some(
        view! {
            <h2>{t::short(lang)}</h2>
            <p>{t::short_lead(lang)}</p>
            <div class="table" tabindex="0" role="region" aria-label=t::short(lang)>
                <table>
                    <thead><tr><th>{t::door(lang)}</th><th>{t::short_what(lang)}</th></tr></thead>
                    <tbody>{rows}</tbody>
                </table>
            </div>
        }
        .markup(),
    )
}
