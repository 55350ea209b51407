//! A door's page for the desk and for whoever orders on behalf: who lives there, what happened, what can be done.

use domain::community::Community;
use domain::fact::{PaidState, Stamped};
use domain::feed::{Feed, Me};
use domain::form::{Fields, field};
use domain::ledger::language_names;
use domain::need::Channel;
use domain::order::Order;
use domain::places::Door;
use domain::window::{Payment, Phase, Window};
use domain::{HouseholdId, Lang};
use leptos::prelude::*;

use crate::components::markup::{IntoMarkup, Markup};

use super::at_door::{self, At, Done, InRun};
use super::needs::channel;
use super::office::{head, labelled};
use super::today::door_words;
use crate::components::action::{ButtonLink, RowLink, Submit, Weight};
use crate::components::choice::{Choice, Segments};
use crate::components::field::{Field, FieldKind};
use crate::components::icon::ui;
use crate::components::layout::tel;
use crate::components::message::{Empty, Note, Tone};
use crate::locales::format::money;
use crate::locales::when::When;
use crate::locales::{care, common, desk as t, resident};
use crate::views::home::hidden;
use crate::views::household::{Reader, story};
use crate::views::scene::{FactIds, Scene};
use crate::views::words;

/// A household behind a door, with its facts.
pub struct Behind {
    /// Which.
    pub household: HouseholdId,
    /// Its facts in the present runs, and its needs.
    pub facts: Vec<Stamped>,
    /// Phones that are signed in.
    pub phones: u32,
    /// Telephone numbers, to call back.
    pub telephones: Vec<String>,
}

/// The door's page. `done` is what the form before did, `typed` a form that came back with a fault.
pub fn door(
    community: &Community,
    when: &When,
    door: &Door,
    behind: Vec<Behind>,
    runs: &[InRun],
    (done, typed): (Option<Done>, Option<&Fields>),
    ids: FactIds<'_>,
) -> impl IntoView + use<> {
    let lang = when.lang;
    let done = done.map(|done| view! { <Note icon=ui::CHECK live=true><p>{done.words(lang)}</p></Note> });
    let at = At { community, when, door, typed };
    let runs = at_door::runs(at, runs, ids);
    let here = format!("/desk/door/{}", door.id);
    let name = door_words(community, lang, door);
    let nobody = behind
        .is_empty()
        .then(|| view! { <Empty icon=ui::HOME title=t::no_household(lang)><p>{name}</p></Empty> });
    let households: Vec<Markup> =
        behind.into_iter().map(|one| lives_here(community, when, one, &here, ids).markup()).collect();
    view! {
        {done}
        {nobody}
        {households}
        {runs}
        <div class="tools at-door">
            <ButtonLink href=format!("/desk/print/cards?door={}", door.id)>{t::new_card(lang)}</ButtonLink>
        </div>
    }
}

fn lives_here(
    community: &Community,
    when: &When,
    behind: Behind,
    here: &str,
    ids: FactIds<'_>,
) -> impl IntoView + use<> {
    let lang = when.lang;
    let Behind { household: id, facts, phones, telephones } = behind;
    let Some(known) = community.places.households.get(&id) else { return ().markup() };
    let feed = Feed {
        as_of: when.now,
        me: Me::Household(id),
        community: community.clone(),
        facts,
        cards: Vec::new(),
        left: Vec::new(),
        codes: Vec::new(),
    };
    let scene = Scene::new(feed, when.now, lang);
    let (order, late) = orders_to_place(&scene, id);
    let note = (!known.note.is_empty()).then(|| known.note.clone());
    let note = note.map(|note| view! { <Note>{labelled(lang, t::note_at_door(lang), note)}</Note> });
    let mut about = vec![t::people_count(lang, u32::from(known.people), u32::from(known.over_60))];
    about.extend(Some(language_names(&known.speaks)).filter(|speaks| !speaks.is_empty()));
    about.extend(known.diets.iter().map(|tag| words::diet(lang, tag)));
    about.push(t::phones_count(lang, phones));
    let paid: Vec<Markup> = scene
        .windows()
        .into_iter()
        .filter_map(|window| {
            scene.order(id, window.run).map(|order| payment(&scene, id, window, &order, here, ids))
        })
        .flatten()
        .collect();
    view! {
        <section class="card">
            <h2>{known.holder.clone()}</h2>
            <p class="quiet">{about.join(" · ")}</p>
            {call(telephones)}
            {note}
            <div class="tools" data-first>
                {order}
                <ButtonLink href=format!("/behalf/{id}/need") icon=ui::SPEAK>{t::need_for(lang)}</ButtonLink>
                <ButtonLink href=format!("/desk/print/letters?h={id}")>{t::new_letter(lang)}</ButtonLink>
                <ButtonLink href=format!("/desk/household/{id}") icon=ui::EDIT>{t::about_household(lang)}</ButtonLink>
                <ButtonLink href=format!("/desk/care/{id}") icon=ui::KEY>{care::title(lang)}</ButtonLink>
                {late}
            </div>
            {story(&scene, id, Reader::Desk, here, ids)}
            {paid}
        </section>
    }
    .markup()
}

/// The deliveries that the desk can order for, as buttons: what households can order themselves first, and what is
/// closed but not brought yet as what it is, an order that comes late.
fn orders_to_place(scene: &Scene, household: HouseholdId) -> (Vec<Markup>, Vec<Markup>) {
    let (lang, now) = (scene.lang, scene.now);
    let home = scene.community().places.home(household);
    let mut windows: Vec<(bool, &Window)> = scene
        .windows()
        .into_iter()
        .filter(|window| {
            window.takes_orders() && home.is_some_and(|at| window.compounds.contains(&at.compound))
        })
        .filter_map(|window| match window.phase(now) {
            Phase::Open => Some((false, window)),
            Phase::Grace | Phase::Closing | Phase::Sealed if now < window.delivery_to => Some((true, window)),
            _ => None,
        })
        .collect();
    windows.sort_by_key(|(late, window)| (*late, window.delivery_from, window.run));
    let open = windows.iter().filter(|(late, _)| !late).count();
    let button = |(place, (late, window)): (usize, &(bool, &Window))| {
        let href = format!("/behalf/{household}/order?run={}", window.run);
        let delivery = scene.when().span(window.delivery_from, window.delivery_to);
        let words = match late {
            true => t::late_order_for(lang, &delivery),
            false if open > 1 => format!("{} · {delivery}", t::order_for(lang)),
            false => t::order_for(lang).to_owned(),
        };
        let weight = if place == 0 && !late { Weight::Main } else { Weight::Plain };
        view! { <ButtonLink href=href weight=weight icon=ui::BASKET>{words}</ButtonLink> }.markup()
    };
    // What is done every day comes first under the Tab key, what is late last.
    let mut buttons: Vec<Markup> = windows.iter().enumerate().map(button).collect();
    let late = buttons.split_off(open);
    (buttons, late)
}

/// What the desk can say about the money for one delivery; nothing where none is owed.
fn payment(
    scene: &Scene,
    household: HouseholdId,
    window: &Window,
    order: &Order,
    here: &str,
    ids: FactIds<'_>,
) -> Option<Markup> {
    let owed = !order.cancelled() && window.payment != Payment::Free;
    if !owed && order.paid.is_none() {
        return None;
    }
    let lang = scene.lang;
    let states = [
        (PaidState::Paid, "paid", t::mark_paid(lang)),
        (PaidState::Unpaid, "unpaid", t::mark_unpaid(lang)),
        (PaidState::RefundDue, "refund_due", t::mark_refund(lang)),
    ];
    // What is said already needs no saying.
    let forms = states
        .into_iter()
        .filter(|(state, ..)| order.paid.unwrap_or(PaidState::Unpaid) != *state)
        .map(|(_, says, words)| {
            let fields = hidden(&[
                (field::ACT, "paid".to_owned()),
                (field::FACT, ids()),
                (field::HOUSEHOLD, household.to_string()),
                (field::RUN, window.run.to_string()),
                (field::SAYS, says.to_owned()),
                (field::NEXT, here.to_owned()),
            ]);
            view! { <form method="post" action="/act">{fields}<Submit>{words}</Submit></form> }
        });
    let forms = forms.collect_view();
    let delivery = scene.when().span(window.delivery_from, window.delivery_to);
    let what = format!("{} · {delivery} · {}", resident::payment(lang), money(lang, order.total()));
    Some(view! { <h3>{what}</h3> <div class="tools">{forms}</div> }.markup())
}

/// Over an order for a delivery that households can no longer order.
#[must_use]
pub fn late_order(lang: Lang, phase: Phase) -> Markup {
    let words = if phase == Phase::Sealed { t::late_order_warning(lang) } else { t::closed_order_note(lang) };
    view! { <Note tone=Tone::Warn><p>{words}</p></Note> }.markup()
}

/// The numbers of a household, to be dialled by a touch.
fn call(numbers: Vec<String>) -> impl IntoView {
    let link = |number: String| {
        let href = tel(&number);
        view! { <a class="btn" href=href>{ui::PHONE.view()} {number}</a> }
    };
    let numbers: Vec<_> = numbers.into_iter().map(link).collect();
    (!numbers.is_empty()).then(|| view! { <p class="tools">{numbers}</p> })
}

/// How a need that is keyed in reached us: what is likeliest is chosen already.
pub fn channels(lang: Lang, chosen: &str) -> Markup {
    let choices = [Channel::Call, Channel::Paper, Channel::Door, Channel::Chat];
    let choices = choices.map(|one| Choice::new(domain::json::word(&one), head(channel(lang, one)))).into();
    view! {
        <div data-first>
            <Segments name=field::CHANNEL legend=t::channel_label(lang) choices=choices value=chosen/>
        </div>
    }
    .markup()
}

/// What a search found.
pub fn found(
    community: &Community,
    lang: Lang,
    query: &str,
    doors: &[&Door],
    mistyped: bool,
) -> impl IntoView + use<> {
    let again = find(lang, query);
    if query.trim().is_empty() {
        return again;
    }
    if doors.is_empty() {
        let none = if mistyped { t::form_code_wrong(lang, query) } else { t::found_none(lang, query) };
        return view! { {again} <Note tone=Tone::Warn><p>{none}</p></Note> }.markup();
    }
    let rows = doors.iter().map(|door| {
        let holders: Vec<String> = community.places.behind(door.id).map(|h| h.holder.clone()).collect();
        let detail = holders.join("、");
        view! { <RowLink href=format!("/desk/door/{}", door.id) title=door_words(community, lang, door) detail=detail/> }
    });
    view! { {again} <div class="rows">{rows.collect_view()}</div> }.markup()
}

/// Where the desk types a door, a name, or the number on a paper order form.
pub(super) fn find(lang: Lang, query: &str) -> Markup {
    let query = query.to_owned();
    view! {
        <form action="/desk/find" role="search" data-search>
            <div class="tools">
                <Field lang name="q" label=t::find_household(lang) hint=t::find_hint(lang) kind=FieldKind::Search value=query/>
                <Submit>{common::search(lang)}</Submit>
            </div>
        </form>
    }
    .markup()
}
