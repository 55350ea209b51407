//! Round sheets: what a steward carries when phones or network fail. One sheet for each building and those who look
//! after the same of its doors, in the order of the stairs. Health data is not in what this reads.

use domain::community::Community;
use domain::fact::Stamped;
use domain::household::Household;
use domain::job::JobKind;
use domain::menu::Line;
use domain::round::{Job, JobState, Stop, stops};
use domain::window::Window;
use domain::{BuildingId, DoorId, Fen, HouseholdId, Lang, Millis, PersonId};
use leptos::prelude::*;
use std::collections::BTreeMap;

use super::{building_words, on_paper};
use crate::components::markup::{IntoMarkup, Markup};
use crate::locales::format::money;
use crate::locales::print as t;
use crate::locales::when::When;
use crate::views::words;

/// Which of a run's rounds.
#[derive(Debug, Clone, Copy, Default)]
pub struct Part {
    /// One building.
    pub building: Option<BuildingId>,
    /// One person's doors.
    pub person: Option<PersonId>,
    /// From the ground floor up instead of from the top down, as on the phone.
    pub up: bool,
}

/// One sheet: a building's stops that the same people look after.
#[derive(Debug, Clone)]
pub struct Round {
    /// The building.
    pub building: BuildingId,
    /// Who looks after them.
    pub people: Vec<PersonId>,
    /// In the order of the stairs.
    pub stops: Vec<Stop>,
}

/// Folds a run's facts into its rounds, in the order of the buildings.
#[must_use]
pub fn rounds(community: &Community, facts: &[Stamped], part: Part, now: Millis) -> Vec<Round> {
    let places = &community.places;
    let mut folded = stops(facts, |household| places.door_of(household));
    let mut rounds = Vec::new();
    for building in places.buildings_in_order() {
        if part.building.is_some_and(|asked| asked != building.id) {
            continue;
        }
        // Each group of people once, in the order their first door comes up the stairs.
        let mut groups: Vec<Round> = Vec::new();
        for door in places.doors_of(building.id) {
            let Some(stop) = folded.remove(&door.id).filter(|stop| !stop.jobs.is_empty()) else { continue };
            let people = in_charge(community, door.id, now);
            if part.person.is_some_and(|asked| !people.contains(&asked)) {
                continue;
            }
            match groups.iter_mut().find(|group| group.people == people) {
                Some(group) => group.stops.push(stop),
                None => groups.push(Round { building: building.id, people, stops: vec![stop] }),
            }
        }
        rounds.extend(groups);
    }
    if !part.up {
        for round in &mut rounds {
            // Stairs one after the other; in each the lift goes up first.
            round.stops.sort_by_key(|stop| {
                let spot = places.doors.get(&stop.door).map(|door| &door.spot);
                spot.map(|spot| (spot.unit, std::cmp::Reverse(spot.floor), spot.clone()))
            });
        }
    }
    rounds
}

/// Who looks after a door now.
fn in_charge(community: &Community, door: DoorId, now: Millis) -> Vec<PersonId> {
    let Some(at) = community.places.at(door) else { return Vec::new() };
    let looks_after = |person: &&domain::community::Person| {
        !person.left
            && person
                .assignments
                .iter()
                .any(|a| a.holds(now) && a.area.covers(at.compound, at.building, at.spot))
    };
    community.people.values().filter(looks_after).map(|person| person.id).collect()
}

/// The sheets; `collect` is what each household has to pay when it is brought.
#[must_use]
pub fn sheets(
    community: &Community,
    when: &When,
    window: &Window,
    rounds: &[Round],
    collect: &BTreeMap<HouseholdId, Fen>,
) -> Vec<Markup> {
    rounds.iter().map(|round| sheet(community, when, window, round, collect)).collect()
}

fn sheet(
    community: &Community,
    when: &When,
    window: &Window,
    round: &Round,
    collect: &BTreeMap<HouseholdId, Fen>,
) -> Markup {
    let lang = when.lang;
    let building = building_words(community, lang, round.building);
    let names: Vec<&str> = round
        .people
        .iter()
        .filter_map(|id| community.people.get(id))
        .map(|person| person.name.as_str())
        .collect();
    let separator = if lang == Lang::Zh { "、" } else { ", " };
    let people = if names.is_empty() {
        t::nobody_in_charge(lang).to_owned()
    } else {
        t::in_charge(lang, &names.join(separator))
    };
    let boxes: u32 = round.stops.iter().map(Stop::boxes).sum();
    let counts = t::round_counts(lang, u32::try_from(round.stops.len()).unwrap_or(u32::MAX), boxes);
    let date = on_paper(when).span(window.delivery_from, window.delivery_to);
    let here = round.stops.iter().map(|stop| owed(stop, collect).0).sum::<i64>();
    let money_here =
        (here > 0).then(|| view! { " · " <b>{t::to_collect(lang, &money(lang, Fen(here)))}</b> });
    let mut unit = None;
    let mut rows: Vec<Markup> = Vec::new();
    for stop in &round.stops {
        let Some(door) = community.places.doors.get(&stop.door) else { continue };
        if unit.replace(door.spot.unit) != Some(door.spot.unit) {
            let words = t::unit_row(lang, door.spot.unit);
            rows.push(view! { <tr class="stairs"><th colspan="9">{words}</th></tr> }.markup());
        }
        rows.push(row(community, when, stop, owed(stop, collect)));
    }
    view! {
        <section class="sheet long">
            <header class="sheet-head">
                <div>
                    <h2 class="title">{t::round_title(lang, &building)}</h2>
                    <p>{date.clone()} " · " {counts} " · " {people} {money_here}</p>
                </div>
                <p>
                    {t::taken_out(lang)} " " <span class="blank short"></span> " "
                    {t::brought_back(lang)} " " <span class="blank short"></span>
                </p>
            </header>
            <table class="round">
                <thead>
                    // Repeated on every page, so that a loose page still says where it belongs.
                    <tr class="running"><th colspan="9">{building} " · " {date}</th></tr>
                    <tr>
                        <th class="at">{t::door(lang)}</th>
                        <th class="gets">{t::gets(lang)}</th>
                        <th>{t::notes(lang)}</th>
                        <th class="tick-cell">{t::tick_handed(lang)}</th>
                        <th class="tick-cell">{t::tick_left(lang)}</th>
                        <th class="tick-cell">{t::tick_neighbour(lang)}</th>
                        <th class="tick-cell">{t::tick_nobody(lang)}</th>
                        <th class="tick-cell">{t::tick_other(lang)}</th>
                        <th class="when">{t::time_and_why(lang)}</th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
            <p class="sheet-foot">{t::round_foot(lang)} " " <b>{community.settings.hotline.clone()}</b></p>
        </section>
    }
    .markup()
}

/// What is to be collected at a stop.
fn owed(stop: &Stop, collect: &BTreeMap<HouseholdId, Fen>) -> Fen {
    let brought = stop.jobs.iter().filter(|job| job.kind == JobKind::DeliverOrder);
    let owed = brought.filter_map(|job| collect.get(&job.household?));
    Fen(owed.map(|fen| fen.0).sum())
}

fn row(community: &Community, when: &When, stop: &Stop, owed: Fen) -> Markup {
    let lang = when.lang;
    let room = community.places.doors.get(&stop.door).map(|door| door.spot.room.0.clone());
    let gets = stop
        .jobs
        .iter()
        .flat_map(|job| job_words(community, lang, job))
        .map(|words| view! { <div>{words}</div> })
        .collect_view();
    let behind: Vec<&Household> = community.places.behind(stop.door).collect();
    let mut notes: Vec<String> = Vec::new();
    for household in behind {
        let diets: Vec<String> = household.diets.iter().map(|tag| words::diet(lang, tag)).collect();
        notes.extend((!diets.is_empty()).then(|| diets.join(" ")));
        notes.extend((!household.note.is_empty()).then(|| household.note.clone()));
    }
    notes.extend(stop.jobs.iter().any(|job| job.away).then(|| t::away(lang).to_owned()));
    // Beside the boxes, where it costs no line of its own.
    let due = (owed.0 > 0).then(|| view! { <div><b>{t::collect(lang, &money(lang, owed))}</b></div> });
    let tick = || view! { <td class="tick-cell"><span class="box"></span></td> };
    let known = match stop.state() {
        JobState::Open => None,
        state => {
            let last = stop.jobs.iter().flat_map(|job| &job.marks).map(|mark| mark.at.at).max();
            let at = last.map(|at| when.clock(at)).unwrap_or_default();
            Some(format!("{} {at}", words::job_state(lang, state).0))
        }
    };
    view! {
        <tr>
            <td class="room">{room}</td>
            <td>{gets}</td>
            <td class="small">{due} {notes.join(" · ")}</td>
            {tick()} {tick()} {tick()} {tick()} {tick()}
            <td class="small">{known}</td>
        </tr>
    }
    .markup()
}

/// What one job brings, a line for each menu: `A 蔬菜套餐 ×1`, or the job's name with its text.
pub(crate) fn job_words(community: &Community, lang: Lang, job: &Job) -> Vec<String> {
    if job.kind == JobKind::DeliverOrder && !job.lines.is_empty() {
        return job.lines.iter().map(|line| line_words(community, lang, line)).collect();
    }
    let name = words::job(lang, job.kind);
    vec![if job.text.is_empty() { name.to_owned() } else { format!("{name}: {}", job.text) }]
}

/// One line of a basket with its menu's code and name, and what was picked.
#[must_use]
pub fn line_words(community: &Community, lang: Lang, line: &Line) -> String {
    let name = words::menu_name(lang, community, &line.menu);
    let picked = picked(community, lang, line);
    let picked = match (picked.is_empty(), lang) {
        (true, _) => String::new(),
        (false, Lang::Zh) => format!("（{picked}）"),
        (false, Lang::En) => format!(" ({picked})"),
    };
    format!("{} {name} ×{}{picked}", line.menu, line.boxes)
}

/// What was picked into a pick-your-own box, empty for a set.
#[must_use]
pub fn picked(community: &Community, lang: Lang, line: &Line) -> String {
    if line.picks.is_empty() {
        return String::new();
    }
    let Some(menu) = community.menu(&line.menu, line.version) else { return String::new() };
    let names: Vec<&str> = menu.packed(line).map(|item| item.name.in_lang(lang)).collect();
    names.join(if lang == Lang::Zh { "、" } else { ", " })
}
