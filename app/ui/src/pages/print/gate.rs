//! The gate sheet: how many boxes each building takes, who took them and when, how many came back. It hangs where
//! everybody passes, so it names no household.

use domain::community::Community;
use domain::menu::MenuKind;
use domain::picklist::{Pick, PickList};
use domain::window::Window;
use domain::{BuildingId, MenuCode};
use leptos::prelude::*;

use super::{building_words, on_paper};
use crate::components::markup::{IntoMarkup, Markup};
use crate::locales::print as t;
use crate::locales::when::When;

/// The sheet.
#[must_use]
pub fn gate(community: &Community, when: &When, window: &Window, list: &PickList) -> Markup {
    let lang = when.lang;
    let menus: Vec<&MenuCode> = window.menus.iter().map(|(code, _)| code).collect();
    let heads = menus
        .iter()
        .map(|code| {
            let menu = community.newest_menu(code);
            let name = menu.map(|menu| menu.name.in_lang(lang).to_owned());
            let star = menu.is_some_and(|menu| matches!(menu.kind, MenuKind::Pick(_))).then_some(" *");
            view! { <th class="n">{code.to_string()} {star} <br/> <small>{name}</small></th> }
        })
        .collect_view();
    let buildings: Vec<BuildingId> = community
        .places
        .buildings_in_order()
        .into_iter()
        .map(|building| building.id)
        .filter(|id| list.by_building.contains_key(id))
        .collect();
    let cells = |pick: &Pick| {
        let boxes = menus.iter().map(|code| boxes_of(pick, code)).map(|boxes| {
            view! { <td class="n">{(boxes > 0).then_some(boxes)}</td> }
        });
        view! { {boxes.collect_view()} <td class="n"><b>{pick.all_boxes()}</b></td> }
    };
    let rows = buildings
        .iter()
        .filter_map(|id| Some((id, list.by_building.get(id)?)))
        .map(|(id, pick)| {
            let name = building_words(community, lang, *id);
            view! { <tr class="tall"><th>{name}</th> {cells(pick)} <td></td><td></td><td></td></tr> }
        })
        .collect_view();
    let date = on_paper(when).span(window.delivery_from, window.delivery_to);
    view! {
        <section class="sheet wide long">
            <header class="sheet-head">
                <div><h2 class="title">{t::gate_title(lang)}</h2><p>{date}</p></div>
                <p class="small">{t::gate_lead(lang)}</p>
            </header>
            <table>
                <thead>
                    <tr>
                        <th>{t::gate_building(lang)}</th> {heads} <th class="n">{t::gate_sum(lang)}</th>
                        <th class="sign">{t::gate_taken_by(lang)}</th>
                        <th>{t::gate_time(lang)}</th>
                        <th>{t::brought_back(lang)}</th>
                    </tr>
                </thead>
                <tbody>
                    {rows}
                    <tr><th>{t::gate_sum(lang)}</th> {cells(&list.all)} <td></td><td></td><td></td></tr>
                </tbody>
            </table>
        </section>
    }
    .markup()
}

/// Boxes of a menu, whatever its version.
#[must_use]
pub fn boxes_of(pick: &Pick, menu: &MenuCode) -> u32 {
    pick.boxes.iter().filter(|((code, _), _)| code == menu).map(|(_, boxes)| *boxes).sum()
}
