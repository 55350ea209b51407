//! Handing the rest of a round to another phone, without signal: the giver's page, what the receiver sees once the
//! codes are read, and what both rounds say of it afterwards.

use crate::prelude::*;
use domain::actor::{At, Role};
use domain::feed::Me;
use domain::form::field;
use domain::handover::rest::Rest;
use domain::handover::{Passed, covers, held, last_at, passed};
use domain::mark_form::BUILDING;
use domain::places::Area;
use domain::text::{Text, text};
use domain::{BuildingId, Lang, PersonId, RunId};

use crate::components::action::{Act, ButtonLink, Submit, Weight};
use crate::components::icon::ui;
use crate::components::markup::{IntoMarkup, Markup};
use crate::components::message::{Empty, Note, Tone};
use crate::components::progress::Progress;
use crate::locales::field as t;
use crate::locales::{common, facts};

use super::home::hidden;
use super::round::stops_of;
use super::scene::{FactIds, Scene};
use super::words;

/// The act of the giver's form.
pub const GIVE: &str = "hand_over";
/// The act of the receiver's form.
pub const TAKE: &str = "take_over";

/// The page where a building's rest is handed over.
#[must_use]
pub fn href(run: RunId, building: BuildingId) -> String {
    text!("/handover?run={run}&b={building}")
}

/// Who looks at the page; `None` for a household.
#[must_use]
pub fn me(scene: &Scene) -> Option<PersonId> {
    match scene.feed.me {
        Me::Person { id, .. } => Some(id),
        Me::Household(_) => None,
    }
}

/// The parts of a building that the reader walks: assigned, or taken over.
#[must_use]
pub fn areas_of(scene: &Scene, run: RunId, building: BuildingId) -> Vec<Area> {
    let Some(known) = scene.community().places.buildings.get(&building) else { return Vec::new() };
    held(&scene.feed.me, &passed(scene.facts_of(run)), known.compound, building, scene.now)
}

/// The giver's page; what to do stands above it, written by the server. `shown`: the hand-over is saved, and its codes
/// stand above, too.
pub fn give(scene: &Scene, run: RunId, building: BuildingId, shown: bool, ids: FactIds<'_>) -> Markup {
    let lang = scene.lang;
    let places = &scene.community().places;
    let areas = areas_of(scene, run, building);
    let here = |at: At<'_>| covers(&areas, at);
    let stops = stops_of(scene, run);
    let (mut doors, mut boxes) = (0, 0);
    for stop in stops.values() {
        if stop.to_do() && places.at(stop.door).is_some_and(here) {
            doors += 1;
            boxes += stop.boxes();
        }
    }
    if doors == 0 {
        return view! {
            <Empty icon=ui::CHECK title=t::hand_over_nothing(lang)>
                <ButtonLink href="/round">{t::back_to_round(lang)}</ButtonLink>
            </Empty>
        }
        .markup();
    }
    let label = places.buildings.get(&building).map_or("", |building| building.label.0.as_str());
    let place = facts::building(lang, label);
    let lead = t::hand_over_left(lang, doors, boxes);
    if shown {
        return view! {
            <h2>{place}</h2>
            <Act><ButtonLink href="/round" weight=Weight::Wide>{t::back_to_round(lang)}</ButtonLink></Act>
        }
        .markup();
    }
    let fields = hidden(&[
        (field::ACT, GIVE.to_owned()),
        (field::FACT, ids()),
        (field::RUN, run.text()),
        (BUILDING, building.text()),
        (field::NEXT, "/round".to_owned()),
    ]);
    view! {
        <h2>{place}</h2>
        <p>{lead}</p>
        <form method="post" action="/act">
            {fields}
            <Act><Submit weight=Weight::Main icon=ui::SCAN>{t::hand_over_show(lang)}</Submit></Act>
        </form>
    }
    .markup()
}

/// The receiver has read some of the codes.
pub fn partly(lang: Lang, read: usize, count: usize) -> Markup {
    let number = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
    let (done, total) = (number(read), number(count));
    let what = t::take_part(lang, done, total);
    view! { <div role="status"><Progress lang done total what/></div> }.markup()
}

/// The receiver has read all of them.
pub fn offered(lang: Lang, rest: &Rest, ids: FactIds<'_>) -> Markup {
    let doors = u32::try_from(rest.stops.len()).unwrap_or(u32::MAX);
    let mut boxes = 0;
    for job in rest.stops.iter().flat_map(|stop| &stop.jobs) {
        boxes += job.boxes();
    }
    let place = facts::building(lang, &rest.building.label.0);
    let lead = t::take_lead(lang, &called(lang, rest), &place, doors, boxes);
    let fields =
        hidden(&[(field::ACT, TAKE.to_owned()), (field::FACT, ids()), (field::NEXT, "/round".to_owned())]);
    view! {
        <section class="card" role="status">
            <h2>{place}</h2>
            <p>{lead}</p>
            <form method="post" action="/act">
                {fields}
                <Act><Submit weight=Weight::Main icon=ui::ROUND>{t::take_over(lang)}</Submit></Act>
            </form>
        </section>
    }
    .markup()
}

fn called(lang: Lang, rest: &Rest) -> String {
    let name = &rest.from.name;
    if name.is_empty() { words::role(lang, rest.from.role).to_owned() } else { name.clone() }
}

fn name(scene: &Scene, id: PersonId) -> String {
    let known = scene.community().people.get(&id);
    known.map_or_else(|| words::role(scene.lang, Role::Volunteer).to_owned(), |person| person.name.clone())
}

/// Who walks a door instead of the reader, in words; `None` where it is theirs.
#[must_use]
pub fn elsewhere(scene: &Scene, passed: &[Passed], at: At<'_>) -> Option<String> {
    let me = me(scene)?;
    let last = last_at(passed, at)?;
    match last.holder() {
        Some(holder) if holder == me => None,
        Some(holder) => Some(t::handed_to(scene.lang, &name(scene, holder))),
        // Somebody else's that nobody took yet is still theirs.
        None => (last.from == me).then(|| t::handed_open(scene.lang).to_owned()),
    }
}

/// What a building's card says of what was handed over there, and the way to do it.
pub fn in_building(
    scene: &Scene,
    passed: &[Passed],
    run: RunId,
    building: BuildingId,
    left: usize,
) -> Markup {
    let lang = scene.lang;
    let me = me(scene);
    let lines: Vec<Markup> = passed
        .iter()
        .filter(|one| one.building == building)
        .filter_map(|one| {
            let when = scene.when().at(one.at.at);
            let words = match one.holder() {
                Some(holder) if Some(holder) == me => t::took_from(lang, &name(scene, one.from), &when),
                Some(holder) => t::handed_to_at(lang, &name(scene, one.from), &name(scene, holder), &when),
                None if Some(one.from) == me => t::handed_open_at(lang, &when),
                None => return None,
            };
            Some(view! { <Note icon=ui::ROUND>{words}</Note> }.markup())
        })
        .collect();
    let link = (left > 0 && me.is_some()).then(|| {
        view! { <a class="tool" href=href(run, building)>{ui::SCAN.view()} {t::hand_over_title(lang)}</a> }
    });
    view! { {lines} {link} }.markup()
}

/// Without script nothing can be drawn: the desk can assign the round to somebody else.
pub fn needs_script(lang: Lang) -> Markup {
    view! { <Note tone=Tone::Warn>{t::hand_over_needs_script(lang)} " " <a href="/round">{common::back(lang)}</a></Note> }
        .markup()
}
