//! The menu booklet (套餐订购单) for those without a phone: one form a household, ticked with a pen, carried back by
//! the steward and keyed in by the desk. Seed 000: printed booklets with 自选 and 多选, ordered by those who can't
//! shop online.

use domain::community::Community;
use domain::draft::offered;
use domain::form_code::FormCode;
use domain::household::Household;
use domain::menu::{Menu, MenuKind, Substitution};
use domain::window::Window;
use domain::{BuildingId, Lang};
use leptos::prelude::*;

use super::{Place, building_words, on_paper, other};
use crate::components::icon::food::Food;
use crate::components::markup::{IntoMarkup, Markup};
use crate::locales::format::money;
use crate::locales::print as t;
use crate::locales::when::When;
use crate::views::words;

/// The most boxes a form has places to tick for.
const MOST: u16 = 4;

/// For whom the forms are.
#[derive(Debug, Clone)]
pub enum Forms {
    /// One empty form, to be copied.
    Empty,
    /// The households of a building, with their doors.
    Of(BuildingId, Vec<Household>),
}

/// The sheets, and how many forms there are.
#[must_use]
pub fn booklet(community: &Community, when: &When, window: &Window, forms: &Forms) -> Vec<Markup> {
    match forms {
        Forms::Empty => vec![form(community, when, window, None)],
        Forms::Of(_, households) => {
            households.iter().map(|household| form(community, when, window, Some(household))).collect()
        }
    }
}

/// Which building, how many forms, and the other choice.
#[must_use]
pub fn lead(community: &Community, lang: Lang, forms: &Forms) -> Option<Markup> {
    let Forms::Of(building, households) = forms else { return None };
    let place = building_words(community, lang, *building);
    let count = u32::try_from(households.len()).unwrap_or(u32::MAX);
    let words = if count == 0 {
        t::everyone_has_phone(lang).to_owned()
    } else {
        t::booklet_for_building(lang, count)
    };
    Some(view! { <p class="no-print paper-tools"><b>{place}</b> " " {words}</p> }.markup())
}

fn form(community: &Community, when: &When, window: &Window, household: Option<&Household>) -> Markup {
    let lang = household.map_or(when.lang, |household| household.lang);
    let second = other(lang);
    let own = on_paper(&When { lang, ..*when });
    let dishes = offered(community, window).map(|menu| dish(lang, menu)).collect::<Vec<_>>();
    let choices = [Substitution::Ask, Substitution::Yes, Substitution::No].map(|choice| {
        let second = words::substitution(second, choice);
        view! { <span><span class="box"></span>{words::substitution(lang, choice)} " " <small>{second}</small></span> }
    });
    let two = |text: fn(Lang) -> &'static str| format!("{} {}", text(lang), text(second));
    let delivered = t::booklet_delivered(lang, &own.span(window.delivery_from, window.delivery_to));
    let back = t::booklet_return(lang, &own.at(window.closes));
    let code = household.map(|household| {
        let code = FormCode { household: household.id, run: window.run }.to_string();
        view! { <p class="form-code"><small>{t::form_code(lang)}</small> <b class="short-code">{code}</b></p> }
    });
    view! {
        <section class="sheet order-form" lang=lang.tag()>
            <header class="sheet-head">
                <div>
                    <h1>{t::booklet_title(lang)} " " <small lang=second.tag()>{t::booklet_title(second)}</small></h1>
                    <p>{delivered} " · " {words::payment(lang, &window.payment)}</p>
                </div>
                {code}
                <p class="return"><b>{back}</b> <br/> {t::booklet_or_call(lang)} " " <b>{community.settings.hotline.clone()}</b></p>
            </header>
            {whose(community, lang, household)}
            <div class="booklet">{dishes}</div>
            <p class="fill-in"><b>{two(t::if_missing)}</b> {choices.into_iter().collect_view()}</p>
            <div class="needs">
                <p><b>{two(t::other_needs)}</b> <br/> <small>{two(t::other_needs_how)}</small></p>
                <p class="line"></p>
                <p class="line"></p>
            </div>
            <footer class="sheet-foot">
                <span>{t::urgent_call(lang)} ": " <b>{community.settings.emergency.clone()}</b> " / " <b>{community.settings.hotline.clone()}</b></span>
                <span>{two(t::signature)} <span class="blank"></span></span>
            </footer>
        </section>
    }
    .markup()
}

/// The household's door, or blanks to write it.
fn whose(community: &Community, lang: Lang, household: Option<&Household>) -> Markup {
    let Some(household) = household else {
        let second = other(lang);
        let fields = [t::field_building, t::field_door, t::field_name].map(|name| {
            view! { <span>{name(lang)} " " <small>{name(second)}</small> " " <span class="blank"></span></span> }
        });
        return view! { <p class="fill-in">{fields.into_iter().collect_view()}</p> }.markup();
    };
    let door = household.door.and_then(|door| community.places.doors.get(&door));
    let place = door.map(|door| Place::of(community, door));
    let plate = place.as_ref().map(|place| view! { <span class="plate">{place.room.clone()}</span> });
    let stairs = place.as_ref().map(|place| format!("{} {}", place.compound, place.stairs(lang)));
    view! {
        <p class="fill-in">
            {plate}
            <b>{stairs}</b>
            <span>{household.holder.clone()}</span>
        </p>
    }
    .markup()
}

fn dish(lang: Lang, menu: &Menu) -> Markup {
    let second = other(lang);
    let name = menu.name.in_lang(lang).to_owned();
    let translated = Some(menu.name.in_lang(second).to_owned()).filter(|text| *text != name);
    let class = match menu.kind {
        MenuKind::Set => "dish",
        MenuKind::Pick(_) => "dish pick",
    };
    let most = menu.limit.unwrap_or(2).min(MOST);
    let boxes = (1..=most)
        .map(|count| view! { <span><span class="box"></span>{t::boxes_count(lang, count)}</span> })
        .collect_view();
    let separator = if lang == Lang::Zh { "、" } else { ", " };
    let contents = match menu.kind {
        MenuKind::Set => {
            let items: Vec<String> = menu.items.iter().map(|item| words::item(lang, item)).collect();
            view! { <p class="small">{items.join(separator)}</p> }.markup()
        }
        MenuKind::Pick(_) => {
            let items = menu.items.iter().map(|item| {
                view! { <span><span class="box"></span>{words::item(lang, item)}</span> }
            });
            view! { <div class="items">{items.collect_view()}</div> }.markup()
        }
    };
    let choose = match menu.kind {
        MenuKind::Set => None,
        MenuKind::Pick(choose) => {
            Some(t::tick_items(lang, choose, u32::try_from(menu.items.len()).unwrap_or(u32::MAX)))
        }
    };
    let diets: Vec<String> = menu.diets.iter().map(|tag| words::diet(lang, tag)).collect();
    let diets =
        (!diets.is_empty()).then(|| view! { <small>{t::keeps(lang, &diets.join(separator))}</small> });
    view! {
        <section class=class>
            {Food::for_menu(&menu.name.zh).view()}
            <div>
                <h2>{format!("{} {name}", menu.code)} " " {translated.map(|text| view! { <small lang=second.tag()>{text}</small> })}</h2>
                <span class="price">{money(lang, menu.price)}</span> " "
                {choose.map(|words| view! { <b>{words}</b> })} " " {diets}
            </div>
            {contents}
            <footer>{boxes}</footer>
        </section>
    }
    .markup()
}
