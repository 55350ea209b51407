//! What matters now: the windows with their counts, needs that wait, doors that nobody has reached.

use domain::actor::Role;
use domain::community::Community;
use domain::need::Need;
use domain::places::Door;
use domain::tally::Totals;
use domain::window::{Phase, Window};
use domain::{DoorId, Lang};
use leptos::prelude::*;

use crate::components::markup::{IntoMarkup, Markup};

use super::office::labelled;
use super::place::find;
use crate::components::action::{Act, ButtonLink, Submit, Weight};
use crate::components::glyph::{Glyph, State};
use crate::components::icon::ui;
use crate::components::message::Empty;
use crate::components::progress::Progress;
use crate::locales::desk as t;
use crate::locales::format::money;
use crate::locales::when::When;
use crate::locales::{common, facts, office};
use crate::views::home::hidden;
use crate::views::words;

/// A window with what the desk wants to know of it.
pub struct WindowToday {
    /// The window.
    pub window: Window,
    /// What was ordered so far.
    pub totals: Totals,
    /// Doors served, and doors to be served.
    pub served: (u32, u32),
    /// Doors still to be reached.
    pub unreached: Vec<DoorId>,
    /// Doors that somebody at the desk should look at.
    pub trouble: Trouble,
}

/// Doors of a run with something that is not as it should be, kind by kind.
#[derive(Debug, Clone, Default)]
pub struct Trouble {
    /// Nobody is responsible for it.
    pub nobody: Vec<DoorId>,
    /// A mark came with a flag.
    pub look: Vec<DoorId>,
    /// Two people marked it differently.
    pub conflict: Vec<DoorId>,
    /// The household disagrees.
    pub disputed: Vec<DoorId>,
    /// Somebody was there in vain.
    pub failed: Vec<DoorId>,
}

/// Something a phone handed in that this program cannot read: from whom, and since when, in words.
pub struct Unread {
    /// From whom.
    pub from: String,
    /// Since when.
    pub since: String,
}

fn unread(lang: Lang, waiting: Vec<Unread>) -> Option<impl IntoView + use<>> {
    let count = u32::try_from(waiting.len()).unwrap_or(u32::MAX);
    (count > 0).then(|| {
        let lines =
            waiting.into_iter().map(|one| view! { <li>{one.from} " " <small>{one.since}</small></li> });
        view! {
            <details class="card">
                <summary class="btn bare">{ui::WARNING.view()} {t::unread_facts(lang, count)}</summary>
                <p>{t::unread_facts_more(lang)}</p>
                <ul>{lines.collect_view()}</ul>
            </details>
        }
    })
}

/// Facts that phones sealed at sign-out and that nobody can open: since when each waits, in words.
fn closed(lang: Lang, since: Vec<String>) -> Option<impl IntoView + use<>> {
    let count = u32::try_from(since.len()).unwrap_or(u32::MAX);
    (count > 0).then(|| {
        let lines = since.into_iter().map(|since| view! { <li>{since}</li> });
        view! {
            <details class="card">
                <summary class="btn bare">{ui::WARNING.view()} {t::closed_facts(lang, count)}</summary>
                <p>{t::closed_facts_more(lang)}</p>
                <ul>{lines.collect_view()}</ul>
            </details>
        }
    })
}

/// The page. `phones` is what phones handed in that nobody can read, and what nobody can open.
pub fn today(
    community: &Community,
    when: &When,
    windows: &[WindowToday],
    needs: &[Need],
    phones: (Vec<Unread>, Vec<String>),
) -> impl IntoView + use<> {
    let lang = when.lang;
    let urgent = needs.iter().filter(|need| need.urgent).count();
    let rings = needs.iter().any(Need::rings);
    // Until the first window closes: what it needs from the desk does not end with publishing it.
    let begun = community.windows.values().any(|window| window.phase(when.now) > Phase::Open);
    let steps = (community.windows.len() < 2 && !begun).then(|| first_steps(community, lang));
    let finds = (!community.places.households.is_empty()).then(|| find(lang, ""));
    let none = (windows.is_empty() && steps.is_none()).then(|| {
        view! {
            <Empty icon=ui::CALENDAR title=t::no_windows(lang)>
                <p>{t::no_windows_more(lang)}</p>
            </Empty>
            <Act><ButtonLink href="/desk/windows/edit" weight=Weight::Main>{t::open_window(lang)}</ButtonLink></Act>
        }
    });
    let printable = (!windows.is_empty())
        .then(|| view! { <p><a class="btn" href="/desk/print/fallback">{t::print_all(lang)}</a></p> });
    let cards = windows.iter().map(|one| window(community, when, one).markup()).collect::<Vec<_>>();
    let count = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
    let urgent_tag = (urgent > 0)
        .then(|| view! { <span class="tag danger">{t::urgent_count(lang, count(urgent))}</span> });
    view! {
        {steps}
        {finds}
        <div data-fresh="today" data-rings=rings.then_some("yes")>
            <a class="row" href="/desk/needs">
                {ui::SPEAK.view()}
                <span class="grow"><b>{t::needs(lang)}</b> <small>{t::open_count(lang, count(needs.len()))}</small></span>
                {urgent_tag}
                {ui::CHEVRON_RIGHT.view()}
            </a>
            {unread(lang, phones.0)}
            {closed(lang, phones.1)}
            {none}
            {cards}
        </div>
        {printable}
    }
}

/// The way to the first order, for a community that has just begun: what is done, and the next thing large.
fn first_steps(community: &Community, lang: Lang) -> impl IntoView + use<> {
    let places = &community.places;
    let helps = |role: Role| community.people.values().any(|person| person.role == role && !person.left);
    let number = !community.settings.hotline.is_empty();
    let published = community.windows.values().any(|window| window.published);
    let steps = [
        (number, "/desk/settings", t::step_number(lang), t::step_number_more(lang)),
        (!places.households.is_empty(), "/desk/ledger", t::step_ledger(lang), t::step_ledger_more(lang)),
        (!community.menus.is_empty(), "/desk/menus", t::step_menus(lang), t::step_menus_more(lang)),
        (helps(Role::Steward), "/desk/people", t::step_people(lang), t::step_people_more(lang)),
        (published, "/desk/windows/edit", t::step_window(lang), t::step_window_more(lang)),
        (false, "/desk/print", t::step_print(lang), t::step_print_more(lang)),
    ];
    let next = steps.iter().position(|(done, ..)| !done).unwrap_or(steps.len());
    let place_of = |place: usize| view! { <b class="step-number">{place + 1}</b> };
    let rows = steps.into_iter().enumerate().map(|(place, (done, href, title, more))| {
        let state = done.then(|| view! { <State glyph=Glyph::Full word=common::done(lang)/> });
        let act = (place == next).then(|| {
            view! { <ButtonLink href=href weight=Weight::Main onwards=true>{title}</ButtonLink> }
        });
        let name = if place == next {
            view! { <span class="grow">{more}</span> }.markup()
        } else {
            view! { <a class="grow" href=href><b>{title}</b> <small class="quiet">{more}</small></a> }
                .markup()
        };
        view! { <li><div class="row">{place_of(place)} {name} {state}</div> {act}</li> }
    });
    view! {
        <section class="card first-steps">
            <h2>{t::first_steps(lang)}</h2>
            <ol>{rows.collect_view()}</ol>
        </section>
    }
}

/// Where a window stands, in words and as a shape.
#[must_use]
pub fn phase(when: &When, window: &Window) -> (String, Glyph) {
    let lang = when.lang;
    if !window.takes_orders() {
        let over = window.delivery_to <= when.now;
        return (office::errands_no_orders(lang).to_owned(), if over { Glyph::Full } else { Glyph::Open });
    }
    match window.phase(when.now) {
        Phase::Draft => (t::window_draft(lang).to_owned(), Glyph::None),
        Phase::Announced => (t::window_announced(lang, &when.at(window.opens)), Glyph::None),
        Phase::Open => (t::window_open(lang, &when.at(window.closes)), Glyph::Open),
        Phase::Grace => (t::window_grace(lang, &when.clock(window.grace_ends())), Glyph::Half),
        Phase::Closing => (t::window_closing(lang).to_owned(), Glyph::Half),
        Phase::Sealed => (t::window_sealed(lang).to_owned(), Glyph::Full),
    }
}

fn window(community: &Community, when: &When, today: &WindowToday) -> impl IntoView + use<> {
    let lang = when.lang;
    let run = today.window.run;
    let (words, glyph) = phase(when, &today.window);
    let households = community
        .places
        .households
        .keys()
        .filter(|h| {
            community.places.home(**h).is_some_and(|at| today.window.compounds.contains(&at.compound))
        })
        .count();
    let households = u32::try_from(households).unwrap_or(u32::MAX);
    let (delivered, due) = today.served;
    let Trouble { nobody, look, conflict, disputed, failed } = &today.trouble;
    let trouble = [
        (t::doors_of_nobody(lang), nobody),
        (t::look_doors(lang), look),
        (t::conflict_doors(lang), conflict),
        (t::disputed_doors(lang), disputed),
        (t::failed_doors(lang), failed),
    ];
    let trouble = trouble.map(|(what, doors)| named(community, lang, what, doors));
    // Where nothing is to be brought, no door waits and none was reached.
    let delivering = today.window.delivering(when.now) && due > 0;
    let unreached = delivering.then(|| unreached(community, lang, &today.unreached));
    let progress = (due > 0).then(|| {
        view! { <Progress lang done=delivered total=due what=t::delivered_of(lang, delivered, due)/> }
    });
    let orders = today.window.takes_orders();
    let figures = orders.then(|| {
        view! {
            <p class="figures">
                <span>{t::ordered_of(lang, today.totals.orders, households)}</span>
                <span>{t::boxes_total(lang, today.totals.boxes, &money(lang, today.totals.cost))}</span>
            </p>
        }
    });
    let pick_list = orders.then(|| {
        view! { <a class="btn" href=format!("/desk/picklist/{run}")>{t::see_pick_list(lang)}</a> }
    });
    let seal = (today.window.phase(when.now) == Phase::Closing).then(|| {
        let fields = hidden(&[("run", run.to_string())]);
        view! { <form method="post" action="/desk/windows/seal">{fields}<Submit weight=Weight::Main>{t::seal_now(lang)}</Submit></form> }
    });
    view! {
        <section class="card">
            <div class="row">
                <h2 class="grow">{when.span(today.window.delivery_from, today.window.delivery_to)}</h2>
                <State glyph=glyph word=words/>
            </div>
            {figures}
            {progress}
            {trouble.into_iter().collect_view()}
            {unreached}
            <div class="tools">
                {seal}
                <a class="btn" href=format!("/desk/board?run={run}")>{t::see_board(lang)}</a>
                {pick_list}
            </div>
        </section>
    }
}

fn unreached(community: &Community, lang: Lang, doors: &[DoorId]) -> Markup {
    named(community, lang, t::unreached_doors(lang), doors).unwrap_or_else(|| {
        view! { <p><State glyph=Glyph::Full word=t::everyone_reached(lang)/></p> }.markup()
    })
}

/// How many doors, and on a touch which ones; nothing where there is none.
fn named(community: &Community, lang: Lang, what: &'static str, doors: &[DoorId]) -> Option<Markup> {
    if doors.is_empty() {
        return None;
    }
    let links = doors.iter().filter_map(|id| community.places.doors.get(id)).map(|door| {
        view! { <li><a href=format!("/desk/door/{}", door.id)>{door_words(community, lang, door)}</a></li> }
    });
    Some(
        view! {
            <details>
                <summary class="btn bare">{labelled(lang, what, doors.len())}</summary>
                <ul class="names">{links.collect_view()}</ul>
            </details>
        }
        .markup(),
    )
}

/// A door in words: the compound where there are several, building, unit, room.
#[must_use]
pub fn door_words(community: &Community, lang: Lang, door: &Door) -> String {
    let building = community.places.buildings.get(&door.building);
    let stairs = building.map(|building| {
        let stairs = facts::building_unit(lang, &building.label.0, door.spot.unit);
        words::in_compound(community, building, stairs)
    });
    format!("{} {}", stairs.unwrap_or_default(), door.spot.room)
}
