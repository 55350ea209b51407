//! Notices: writing one, the list, and who has not seen it, as a list to knock by.

use domain::Lang;
use domain::community::{Community, Notice};
use domain::form::Fields;
use domain::office::Faults;
use domain::{BuildingId, HouseholdId};
use leptos::prelude::*;
use std::collections::BTreeMap;

use super::office::{Did, area, area_inputs, did, to_check, typed, wrong};
use crate::components::action::{Act, ButtonLink, PrintButton, Submit, Weight};
use crate::components::field::{Field, FieldKind};
use crate::components::icon::ui;
use crate::components::markup::{IntoMarkup, Markup};
use crate::components::message::Empty;
use crate::components::progress::Progress;
use crate::locales::office as t;
use crate::locales::when::When;
use crate::locales::{common, facts};
use crate::pages::print::on_paper;

/// The list, and the form for a new one.
pub fn list(
    community: &Community,
    when: &When,
    done: Option<Did>,
    form: &Fields,
    faults: &Faults,
) -> impl IntoView + use<> {
    let lang = when.lang;
    let mut form = form.clone();
    if form.get("place").is_none() {
        form.0.push(("place".to_owned(), "all".to_owned()));
    }
    let form = &form;
    let mut notices: Vec<&Notice> = community.notices.values().collect();
    notices.sort_by_key(|notice| (!notice.current(when.now) && notice.from <= when.now, -notice.from.0));
    let none = notices.is_empty().then(|| {
        view! { <Empty icon=ui::BELL title=t::no_notices(lang)><p>{t::no_notices_more(lang)}</p></Empty> }
    });
    let rows = notices.into_iter().map(|notice| {
        let (state, _) = state(when, notice);
        let detail = format!("{} · {}", area(lang, &community.places, &notice.area), when.at(notice.from));
        view! {
            <a class="row" href=format!("/desk/notices/{}", notice.id)>
                {ui::BELL.view()}
                <span class="grow">
                    <b class="line">{notice.text.in_lang(lang).to_owned()}</b>
                    <small><b>{state}</b> " · " {detail}</small>
                </span>
                {ui::CHEVRON_RIGHT.view()}
            </a>
        }
    });
    view! {
        {did(lang, done)}
        {none}
        <div class="rows">{rows.collect_view()}</div>
        <section class="card" id="new">
            <h2>{t::write_notice(lang)}</h2>
            {to_check(lang, faults)}
            <form method="post" action="/desk/notices">
                <div class="pair-of-texts">
                    <Field lang name="zh" label=t::in_chinese(lang) kind=FieldKind::Words optional=true max_length=600
                        value=typed(form, "zh") error=wrong(lang, faults, "zh")/>
                    <Field lang name="en" label=t::in_english(lang) hint=t::one_language_hint(lang) kind=FieldKind::Words optional=true max_length=600
                        value=typed(form, "en") error=wrong(lang, faults, "en")/>
                </div>
                {area_inputs(lang, community, form, faults, t::everybody(lang))}
                <div class="quick">
                    <Field lang name="from" label=t::from_label(lang) hint=t::from_hint(lang) kind=FieldKind::Moment optional=true
                        value=typed(form, "from") error=wrong(lang, faults, "from")/>
                    <Field lang name="until" label=t::until_label(lang) hint=t::until_hint(lang) kind=FieldKind::Moment optional=true
                        value=typed(form, "until") error=wrong(lang, faults, "until")/>
                </div>
                <Act><Submit weight=Weight::Main icon=ui::SEND>{t::publish_notice(lang)}</Submit></Act>
            </form>
        </section>
    }
}

fn state(when: &When, notice: &Notice) -> (String, &'static str) {
    let lang = when.lang;
    if notice.current(when.now) {
        let until = notice.until.map(|until| t::shown_until(lang, &when.at(until)));
        (until.unwrap_or_else(|| t::shown_now(lang).to_owned()), "tag new")
    } else if when.now < notice.from {
        (t::shown_from(lang, &when.at(notice.from)), "tag")
    } else {
        (t::shown_no_more(lang).to_owned(), "tag")
    }
}

/// One notice: its words, who has seen it, and who has not.
pub fn one(
    community: &Community,
    when: &When,
    notice: &Notice,
    reached: u32,
    unseen: &[HouseholdId],
    done: Option<Did>,
) -> impl IntoView + use<> {
    let lang = when.lang;
    let (words, class) = state(when, notice);
    let total = reached + u32::try_from(unseen.len()).unwrap_or(u32::MAX);
    let en = (!notice.text.en.is_empty() && notice.text.en != notice.text.zh).then(|| notice.text.en.clone());
    let path = format!("/desk/notices/{}", notice.id);
    let act = if notice.until.is_some_and(|until| until <= when.now) {
        view! { <form method="post" action=format!("{path}/again")><Submit>{t::show_again(lang)}</Submit></form> }.markup()
    } else {
        view! { <form method="post" action=format!("{path}/end")><Submit weight=Weight::Danger>{t::end_notice(lang)}</Submit></form> }.markup()
    };
    view! {
        {did(lang, done)}
        <section class="card">
            <div class="row"><h2 class="grow">{area(lang, &community.places, &notice.area)}</h2><span class=format!("{class} no-print")>{words}</span></div>
            <p class="words" lang="zh-CN">{notice.text.zh.clone()}</p>
            {en.map(|en| view! { <p class="words" lang="en">{en}</p> })}
            <p class="small quiet"><span class="no-print">{when.at(notice.from)}</span> <span class="only-print">{on_paper(when).at(notice.from)}</span></p>
            <h3>{t::seen_title(lang)}</h3>
            <p class="small quiet no-print">{t::seen_hint(lang)}</p>
            <Progress lang done=reached total=total what=t::seen_title(lang)/>
        </section>
        <div class="tools no-print">
            {act}
            <PrintButton>{t::print_knock_list(lang)}</PrintButton>
            <ButtonLink href="/desk/notices" weight=Weight::Bare>{common::back(lang)}</ButtonLink>
        </div>
        {knock_list(community, lang, unseen)}
    }
}

/// Unit, floor, room and holder of a household to knock at, in the order of the stairs.
type Knock = (u8, i8, String, String);

/// The households that have not seen it, by building in the order of the stairs, each with a box to tick by pen.
fn knock_list(community: &Community, lang: Lang, unseen: &[HouseholdId]) -> Markup {
    if unseen.is_empty() {
        return view! { <p>{ui::CHECK.view()} {t::all_seen(lang)}</p> }.markup();
    }
    let places = &community.places;
    let mut by_building: BTreeMap<Option<BuildingId>, Vec<Knock>> = BTreeMap::new();
    for household in unseen.iter().filter_map(|id| places.households.get(id)) {
        let door = household.door.and_then(|door| places.doors.get(&door));
        let (unit, floor, room) = door.map_or((0, 0, String::new()), |door| {
            (door.spot.unit, door.spot.floor, door.spot.room.0.clone())
        });
        let line = (unit, floor, room, household.holder.clone());
        by_building.entry(door.map(|door| door.building)).or_default().push(line);
    }
    let sections = by_building.into_iter().map(|(building, mut lines)| {
        lines.sort();
        let known = building.and_then(|id| places.buildings.get(&id));
        let name = known.map_or_else(
            || t::without_door(lang).to_owned(),
            |building| {
                let compound = places.compounds.get(&building.compound).map_or("", |c| c.name.as_str());
                format!("{compound} {}", facts::building(lang, &building.label.0))
            },
        );
        let items = lines.iter().map(|(unit, _, room, holder)| {
            let unit = (*unit > 0).then(|| format!("{unit}-"));
            view! { <li><span class="pen-box" aria-hidden="true"></span> <b>{unit} {room.clone()}</b> " " {holder.clone()}</li> }
        });
        view! { <section><h3>{name} " " <small class="quiet">{lines.len()}</small></h3><ul class="knocks">{items.collect_view()}</ul></section> }
    });
    let name = community.settings.name.in_lang(lang).to_owned();
    view! { <section class="card"><p class="only-print">{name}</p><h2>{t::not_seen(lang, unseen.len())}</h2>{sections.collect_view()}</section> }.markup()
}
