//! The needs list: urgent first, then oldest; read, take on, answer, sort, close. Unread urgent ones ring.

use domain::actor::Signed;
use domain::community::Community;
use domain::form::{Fields, field};
use domain::need::{Category, Channel, Need, NeedState};
use domain::{HouseholdId, Lang, Millis};
use leptos::prelude::*;
use std::collections::BTreeMap;

use super::office::labelled;
use crate::components::markup::{IntoMarkup, Markup};

use crate::components::action::{Submit, Weight};
use crate::components::choice::Check;
use crate::components::field::{Field, FieldKind, Select};
use crate::components::glyph::State;
use crate::components::icon::ui;
use crate::components::layout::tel;
use crate::components::message::{Empty, Note, Tone};
use crate::locales::desk as t;
use crate::locales::facts;
use crate::locales::format::span;
use crate::locales::when::When;
use crate::views::home::hidden;
use crate::views::scene::FactIds;
use crate::views::words;

/// The field that says which revision of a need its form was drawn from.
pub const SEEN: &str = "seen";

/// What the page shows.
pub struct Shown<'a> {
    /// The community.
    pub community: &'a Community,
    /// For saying times.
    pub when: When,
    /// The needs.
    pub needs: &'a [Need],
    /// These are the closed ones.
    pub closed: bool,
    /// Telephone numbers of the households whose needs cannot wait.
    pub numbers: BTreeMap<HouseholdId, Vec<String>>,
    /// A form about the first of the needs that came back, since a colleague was quicker.
    pub again: Option<Fields>,
}

/// The list; or the one need in which a colleague was quicker.
pub fn needs(shown: &Shown<'_>, ids: FactIds<'_>) -> impl IntoView + use<> {
    let (lang, needs, closed) = (shown.when.lang, shown.needs, shown.closed);
    if let (Some(again), Some(need)) = (&shown.again, needs.first()) {
        // Not one of the parts that are drawn anew by themselves: what was typed stays.
        let handler = need.handler.map(|by| person(shown.community, lang, by)).unwrap_or_default();
        let quicker = match need.answer {
            Some(_) => t::answered_meanwhile(lang, &handler),
            None => t::taken_meanwhile(lang, &handler),
        };
        let card = card(shown, need, Some(again), ids);
        return view! {
            <Note tone=Tone::Warn live=true><p>{quicker}</p></Note>
            <div class="rows">{card}</div>
            <div class="tools"><a class="btn" href="/desk/needs">{t::show_open(lang)}</a></div>
        }
        .markup();
    }
    let rings = needs.iter().any(Need::rings);
    let cards: Vec<Markup> = needs.iter().map(|need| card(shown, need, None, ids).markup()).collect();
    let none = cards.is_empty().then(|| {
        view! { <Empty icon=ui::SPEAK title=t::needs_none(lang)><p>{t::needs_none_more(lang)}</p></Empty> }
    });
    let (other, words) = if closed {
        ("/desk/needs", t::show_open(lang))
    } else {
        ("/desk/needs?closed=1", t::show_closed(lang))
    };
    view! {
        <div class="tools">
            <a class="btn" href=other>{words}</a>
        </div>
        <div data-fresh="needs" data-rings=rings.then_some("yes")>
            {none}
            <div class="rows">{cards}</div>
        </div>
    }
    .markup()
}

/// Somebody by name: at the desk it has to be told apart who of the desk it was.
fn person(community: &Community, lang: Lang, by: Signed) -> String {
    match by {
        Signed::Person(id, _) => community.people.get(&id).map(|person| person.name.clone()),
        Signed::Household(_) | Signed::Clock => None,
    }
    .unwrap_or_else(|| words::who(lang, community, by, None))
}

fn card(shown: &Shown<'_>, need: &Need, again: Option<&Fields>, ids: FactIds<'_>) -> impl IntoView + use<> {
    let (community, when) = (shown.community, &shown.when);
    let lang = when.lang;
    let (name, icon) = words::category(lang, need.category);
    let (state, glyph) = words::need_state(lang, need.state, need.read.is_some());
    let place = words::home(lang, community, need.household);
    let (room, building) = place.unwrap_or_default();
    let door = community.places.door_of(need.household).map(|door| format!("/desk/door/{door}"));
    let who = words::who(lang, community, need.by, None);
    let reported = t::reported_by(lang, &who, channel(lang, need.channel));
    let minutes = u32::try_from((when.now - need.waits_since()).max(0) / Millis::MINUTE).unwrap_or(u32::MAX);
    let waits = need.open().then(|| t::waits_for(lang, &span(lang, minutes)));
    let unread = need.rings().then(|| {
        let late = minutes >= u32::from(community.settings.unread_minutes);
        let words = if late { t::unread_since(lang, minutes) } else { t::unread(lang).to_owned() };
        let next = late.then(|| match community.on_duty(turn(community, minutes)) {
            Some(person) => t::escalated_to(lang, &person.name),
            None => t::nobody_on_duty(lang).to_owned(),
        });
        view! {
            <span class="tag danger">{ui::WARNING.view()} {words}</span>
            {next.map(|next| view! { <p class="small"><b>{next}</b></p> })}
        }
    });
    let mut form = |act: &str| {
        hidden(&[
            (field::ACT, act.to_owned()),
            (field::FACT, ids()),
            (field::HOUSEHOLD, need.household.to_string()),
            (field::ABOUT, need.id.to_string()),
            (field::NEXT, "/desk/needs".to_owned()),
            (SEEN, need.revision.to_string()),
        ])
    };
    let read = need.rings().then(|| {
        view! { <form method="post" action="/desk/needs">{form("read")}<Submit weight=Weight::Main>{t::mark_read(lang)}</Submit></form> }
    });
    let take = (need.state == NeedState::Reported).then(|| {
        view! { <form method="post" action="/desk/needs">{form("take")}<Submit>{t::take_on(lang)}</Submit></form> }
    });
    let close = (need.state == NeedState::Answered).then(|| {
        view! { <form method="post" action="/desk/needs">{form("close")}<Submit>{t::close_need(lang)}</Submit></form> }
    });
    let words_typed = again.and_then(|form| form.get(field::TEXT)).unwrap_or_default().to_owned();
    let answer = need.open().then(|| {
        let open = !words_typed.is_empty();
        view! {
            <details open=open>
                <summary class="btn">{t::answer_label(lang)}</summary>
                <form method="post" action="/desk/needs">
                    {form("answer")}
                    <Field lang name=field::TEXT form=need.id.to_string() label=t::answer_label(lang) kind=FieldKind::Words max_length=250
                        value=words_typed/>
                    <Submit weight=Weight::Main>{t::send_answer(lang)}</Submit>
                </form>
            </details>
        }
    });
    let sort = need.open().then(|| {
        let options = Category::ALL.iter().map(|c| (value(c), words::category(lang, *c).0.to_owned())).collect();
        view! {
            <details>
                <summary class="btn bare">{t::sort_label(lang)}</summary>
                <form method="post" action="/desk/needs" class="tools">
                    {form("sort")}
                    <Select name=field::CATEGORY form=need.id.to_string() label=t::sort_label(lang) options=options value=value(&need.category)/>
                    <Check name=field::URGENT words=facts::urgent_word(lang) on=need.urgent/>
                    <Submit>{t::save_sorting(lang)}</Submit>
                </form>
            </details>
        }
    });
    let handled = need.handler.filter(|_| need.open()).map(|by| {
        view! { <small class="quiet"><b>{t::handled_by(lang, &person(community, lang, by))}</b></small> }
    });
    let reopened = need.reopened.as_ref().map(|(at, why)| {
        view! { <p class="words"><b>{facts::need_reopened(lang)} " · " {when.at(*at)}</b> " " {why.clone()}</p> }
    });
    let holder = community.places.households.get(&need.household).map(|household| household.holder.clone());
    let call = shown.numbers.get(&need.household).into_iter().flatten().map(|number| {
        view! { <a class="btn" href=tel(number)>{ui::PHONE.view()} {number.clone()}</a> }
    });
    let call = call.collect_view();
    let urgent = need.urgent.then(|| view! { <span class="tag danger">{facts::urgent_word(lang)}</span> });
    view! {
        <article class:unread=need.rings()>
            <div class="row">
                {icon.view()}
                <span class="grow">
                    <b>{name}</b>
                    " "
                    <a href=door>{building} " " {room}</a> " " {holder}
                    <small class="quiet">{reported} " · " {when.at(need.reported.at)} " · " {waits}</small>
                    {handled}
                </span>
                {urgent}
                <State glyph=glyph word=state/>
            </div>
            {unread}
            <p class="words">{need.text.clone()}</p>
            {reopened}
            {need.answer.clone().map(|answer| view! { <p class="quiet">{labelled(lang, facts::need_answered(lang), answer)}</p> })}
            <div class="tools">{call} {read} {take} {answer} {close} {sort}</div>
        </article>
    }
}

/// How often an unread urgent need went to somebody else by now.
fn turn(community: &Community, minutes: u32) -> usize {
    let span = u32::from(community.settings.unread_minutes).max(1);
    usize::try_from(minutes / span).unwrap_or(usize::MAX)
}

/// How a need reached us, in words.
#[must_use]
pub fn channel(lang: Lang, channel: Channel) -> &'static str {
    match channel {
        Channel::App => t::channel_app(lang),
        Channel::Door => t::channel_door(lang),
        Channel::Call => t::channel_call(lang),
        Channel::Paper => t::channel_paper(lang),
        Channel::Chat => t::channel_chat(lang),
    }
}

fn value(category: &Category) -> String {
    domain::json::word(category)
}
