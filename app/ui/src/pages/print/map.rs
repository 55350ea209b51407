//! The gate's map (楼栋图, seed 000 drew it by hand): each building as it stands, floor by floor and unit by unit, with
//! the number of boxes that go to each door tonight and who looks after which stair. It hangs where everybody passes:
//! no name of a household, nothing about health, and not what is in the boxes, since a low-sugar box tells as much.
//! For the same reason only boxes and parcels count: a medicine or a sample at a door is nobody's business.

use std::collections::BTreeMap;

use domain::actor::Role;
use domain::community::{Community, Person};
use domain::fact::Stamped;
use domain::job::JobKind;
use domain::places::{Area, Building, Door};
use domain::round::{JobState, Stop, stops};
use domain::window::Window;
use domain::{BuildingId, DoorId, Lang, Millis};
use leptos::prelude::*;

use super::{building_words, on_paper};
use crate::components::elevation::roof;
use crate::components::icon::ui;
use crate::components::markup::{IntoMarkup, Markup};
use crate::locales::when::When;
use crate::locales::{office, print as t};

/// What goes to one door.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Due {
    /// Boxes and parcels.
    pub pieces: u32,
    /// They are there already.
    pub done: bool,
}

/// What goes where, from the facts of one run.
#[must_use]
pub fn due(community: &Community, facts: &[Stamped]) -> BTreeMap<DoorId, Due> {
    let stops = stops(facts, |household| community.places.door_of(household));
    stops.into_iter().map(|(door, stop)| (door, at(&stop))).filter(|(_, due)| due.pieces > 0).collect()
}

fn at(stop: &Stop) -> Due {
    let shown = || stop.jobs.iter().filter(|job| matches!(job.kind, JobKind::DeliverOrder | JobKind::Parcel));
    Due {
        pieces: shown().map(|job| job.boxes().max(1)).sum(),
        done: shown().all(|job| job.state() == JobState::Done),
    }
}

/// The sheets: one for each building that the window delivers to.
#[must_use]
pub fn sheets(
    community: &Community,
    when: &When,
    window: &Window,
    due: &BTreeMap<DoorId, Due>,
    building: Option<BuildingId>,
) -> Vec<Markup> {
    let asked =
        |one: &&Building| building.map_or(window.compounds.contains(&one.compound), |id| id == one.id);
    let buildings = community.places.buildings_in_order();
    buildings.into_iter().filter(asked).map(|one| sheet(community, when, window, one, due)).collect()
}

fn sheet(
    community: &Community,
    when: &When,
    window: &Window,
    building: &Building,
    due: &BTreeMap<DoorId, Due>,
) -> Markup {
    let lang = when.lang;
    let doors = community.places.doors_of(building.id);
    let elevation = domain::elevation::elevation(&doors);
    let height = elevation.floors.len();
    let here = || doors.iter().filter_map(|door| due.get(&door.id));
    let (served, pieces) = (here().count(), here().map(|due| due.pieces).sum::<u32>());
    let cell = |door: Option<&Door>| match door {
        Some(door) => flat(door, due.get(&door.id)),
        None => view! { <span class="flat gap"></span> }.markup(),
    };
    let storeys = elevation
        .floors
        .into_iter()
        .map(|floor| {
            let cells = floor.units.into_iter().map(|doors| {
                let flats = doors.into_iter().map(cell).collect_view();
                view! { <td><div>{flats}</div></td> }
            });
            view! { <tr><th scope="row">{floor.number}</th>{cells.collect_view()}</tr> }
        })
        .collect_view();
    let stairs = elevation
        .units
        .iter()
        .map(|unit| {
            let names = stewards(community, lang, building, *unit, when.now);
            let names = if names.is_empty() { t::nobody_in_charge(lang).to_owned() } else { names };
            view! { <td><b>{office::unit(lang, *unit)}</b> <span>{names}</span></td> }
        })
        .collect_view();
    let date = on_paper(when).span(window.delivery_from, window.delivery_to);
    let class = if height > 14 { "map tower" } else { "map" };
    let served = u32::try_from(served).unwrap_or(u32::MAX);
    view! {
        <section class="sheet gate-map">
            <header class="sheet-head">
                <div>
                    <h1>{building_words(community, lang, building.id)}</h1>
                    <p>{t::delivered(lang, &date)}</p>
                </div>
                <p class="total">{t::run_line(lang, served, pieces)}</p>
            </header>
            <div class="block">
                {roof(height)}
                <table class=class>
                    <tbody>{storeys}</tbody>
                    <tfoot><tr><td class="corner"></td>{stairs}</tr></tfoot>
                </table>
            </div>
            <p class="sheet-foot">
                <span class="flat due"><b>"101"</b> <i>"×2"</i></span> {t::map_due(lang)} " "
                <span class="flat done"><b>"101"</b> <i>{ui::CHECK.view()}</i></span> {t::map_done(lang)} " "
                <span class="flat"><b>"101"</b></span> {t::map_nothing(lang)}
                <br/> {t::map_foot(lang, &when.clock(when.now))} " " <b>{community.settings.hotline.clone()}</b>
            </p>
        </section>
    }
    .markup()
}

fn flat(door: &Door, due: Option<&Due>) -> Markup {
    let room = door.spot.room.0.clone();
    match due {
        None => view! { <span class="flat"><b>{room}</b></span> }.markup(),
        Some(due) if due.done => {
            view! { <span class="flat done"><b>{room}</b> <i>{ui::CHECK.view()}</i></span> }.markup()
        }
        Some(due) => view! { <span class="flat due"><b>{room}</b> <i>"×" {due.pieces}</i></span> }.markup(),
    }
}

/// Who looks after a stair now, each with their floors where it is not the whole of it.
fn stewards(community: &Community, lang: Lang, building: &Building, unit: u8, now: Millis) -> String {
    let on_duty = |person: &&Person| !person.left && matches!(person.role, Role::Steward | Role::Volunteer);
    let mut names = Vec::new();
    for person in community.people.values().filter(on_duty) {
        for assignment in person.assignments.iter().filter(|one| one.holds(now)) {
            let name = match assignment.area {
                Area::Floors(id, of, from, to) if id == building.id && of == unit => {
                    format!("{} {}", person.name, office::floors(lang, from, to))
                }
                Area::Unit(id, of) if id == building.id && of == unit => person.name.clone(),
                Area::Unit(..) | Area::Floors(..) => continue,
                area if area.touches(building.compound, building.id) => person.name.clone(),
                _ => continue,
            };
            if !names.contains(&name) {
                names.push(name);
            }
        }
    }
    names.join(if lang == Lang::Zh { "、" } else { ", " })
}
