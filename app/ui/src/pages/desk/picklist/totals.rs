//! What is to be packed in all: by menu, by item, by building, and what may be swapped.

use domain::Lang;
use domain::community::Community;
use domain::menu::{MenuKind, Substitution};
use domain::picklist::{Pick, PickList};
use domain::window::Window;
use leptos::prelude::*;

use super::menus;
use crate::components::markup::{IntoMarkup, Markup};
use crate::locales::format::money;
use crate::locales::{facts, print as t};
use crate::pages::print::building_words;
use crate::pages::print::gate::boxes_of;
use crate::views::words;

pub(super) fn by_menu(community: &Community, lang: Lang, window: &Window, all: &Pick) -> Markup {
    let rows = menus(community, lang, window)
        .into_iter()
        .map(|(code, name)| {
            let pick = community.newest_menu(code).is_some_and(|menu| matches!(menu.kind, MenuKind::Pick(_)));
            let pick = pick.then(|| format!(" ({})", t::picked(lang)));
            view! { <tr><td>{code.to_string()}</td><td>{name} {pick}</td><td class="n">{boxes_of(all, code)}</td></tr> }
        })
        .collect_view();
    view! {
        <h2>{t::by_menu(lang)}</h2>
        <div class="table" tabindex="0" role="region" aria-label=t::by_menu(lang)>
            <table>
                <thead><tr><td></td><th>{t::menu(lang)}</th><th class="n">{t::boxes(lang)}</th></tr></thead>
                <tbody>{rows}</tbody>
                <tfoot>
                    <tr><td></td><th>{t::sum(lang)} " · " {t::households(lang)} " " {all.households} " · " {money(lang, all.total)}</th><td class="n">{all.all_boxes()}</td></tr>
                </tfoot>
            </table>
        </div>
    }
    .markup()
}

pub(super) fn by_item(lang: Lang, all: &Pick) -> Markup {
    let rows = all
        .items
        .iter()
        .map(|((name, unit), quantity)| {
            let amount = facts::amount(lang, &quantity.to_string(), *unit);
            view! { <tr><td>{name.in_lang(lang).to_owned()}</td><td class="n">{amount}</td></tr> }
        })
        .collect_view();
    view! {
        <h2>{t::by_item(lang)}</h2>
        <div class="table" tabindex="0" role="region" aria-label=t::by_item(lang)>
            <table>
                <thead><tr><th>{t::item(lang)}</th><th class="n">{t::amount(lang)}</th></tr></thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
    }
    .markup()
}

pub(super) fn by_building(community: &Community, lang: Lang, window: &Window, list: &PickList) -> Markup {
    let menus = menus(community, lang, window);
    let heads = menus
        .iter()
        .map(|(code, name)| view! { <th class="n">{code.to_string()} <br/> <small>{name.clone()}</small></th> })
        .collect_view();
    let cells = |pick: &Pick| {
        let boxes = menus.iter().map(|(code, _)| {
            let boxes = boxes_of(pick, code);
            view! { <td class="n">{(boxes > 0).then_some(boxes)}</td> }
        });
        view! { <td class="n">{pick.households}</td> {boxes.collect_view()} <td class="n">{pick.all_boxes()}</td> }
    };
    let rows = community
        .places
        .buildings_in_order()
        .into_iter()
        .filter_map(|building| Some((building.id, list.by_building.get(&building.id)?)))
        .map(|(id, pick)| view! { <tr><th>{building_words(community, lang, id)}</th> {cells(pick)}</tr> })
        .collect_view();
    view! {
        <h2>{t::by_building(lang)}</h2>
        <div class="table" tabindex="0" role="region" aria-label=t::by_building(lang)>
            <table>
                <thead>
                    <tr>
                        <th>{t::gate_building(lang)}</th><th class="n">{t::households(lang)}</th> {heads}
                        <th class="n">{t::sum(lang)}</th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
                <tfoot><tr><th>{t::sum(lang)}</th> {cells(&list.all)}</tr></tfoot>
            </table>
        </div>
    }
    .markup()
}

/// How many baskets say what about substitution.
#[must_use]
pub fn swap_counts(list: &PickList) -> [(Substitution, usize); 3] {
    let count = |asked| list.baskets.iter().filter(|(_, _, said)| *said == asked).count();
    [Substitution::Yes, Substitution::No, Substitution::Ask].map(|asked| (asked, count(asked)))
}

pub(super) fn swaps(lang: Lang, list: &PickList) -> Markup {
    let figures = swap_counts(list).map(|(said, count)| {
        view! { <span><b>{count}</b> " " {words::substitution(lang, said)}</span> }
    });
    view! {
        <h2>{t::substitutions(lang)}</h2>
        <p>{t::substitutions_lead(lang)}</p>
        <p class="figures">{figures.into_iter().collect_view()}</p>
    }
    .markup()
}
