//! One stop (一户): who lives there, what they get, and the one button that says it is done. Everything that rarely
//! happens is one tap further.

use crate::prelude::*;
use domain::actor::Role;
use domain::fact::DoorCheck;
use domain::feed::Me;
use domain::form::Fields;
use domain::household::Household;
use domain::places::Door;
use domain::round::Stop;
use domain::text::{joined, text};
use domain::{DoorId, Lang, RunId};

use super::round::stops_of;
use super::scene::{FactIds, Scene};
use super::words;
use crate::components::action::{Act, ButtonLink, Weight};
use crate::components::icon::{door, ui};
use crate::components::layout::Plate;
use crate::components::markup::{IntoMarkup, Markup};
use crate::components::message::{Empty, Note, Tone};
use crate::locales::facts;
use crate::locales::field as t;

mod asked;
mod job;
mod marking;

use asked::need;
use job::job_card;
use marking::marking;
#[cfg(feature = "ssr")]
pub(crate) use marking::{contents, outcome_words, words_wanted};

/// What a stop's page was opened for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct At {
    /// In which run.
    pub run: RunId,
    /// Which door.
    pub door: DoorId,
    /// How it was made sure of.
    pub check: DoorCheck,
    /// Whether the round is walked from the ground floor upwards.
    pub upwards: bool,
}

/// The stop at a door. `typed` is a mark that lacked words: it comes back as it was filled in.
pub fn stop(scene: &Scene, at: At, typed: &Fields, ids: FactIds<'_>) -> Markup {
    let lang = scene.lang;
    let places = &scene.community().places;
    let Some(door) = places.doors.get(&at.door) else {
        return view! {
            <Empty icon=door::DOOR title=t::nothing_here(lang)><p>{t::not_on_round(lang)}</p></Empty>
            {back(lang)}
        }
        .markup();
    };
    let stop = stops_of(scene, at.run).remove(&at.door).unwrap_or(Stop { door: at.door, jobs: Vec::new() });
    let households: Vec<&Household> = places.behind(at.door).collect();
    let who: Vec<Markup> = households.iter().map(|household| household_card(scene, household)).collect();
    let jobs: Vec<Markup> = stop.jobs.iter().map(|job| job_card(scene, at, job, ids)).collect();
    let empty = stop.jobs.is_empty().then(|| {
        view! { <Note>{t::nothing_here(lang)} " " {t::nothing_here_more(lang)}</Note> }
    });
    let need = households.first().map(|first| need(scene, at, first.id, &households, ids));
    let steward = matches!(scene.feed.me, Me::Person { role: Role::Steward, .. });
    let order: Vec<Markup> = households
        .iter()
        .filter(|_| steward)
        .map(|household| {
            let whose = if households.len() > 1 { household.holder.clone() } else { String::new() };
            let href = text!("/behalf/{}/order", household.id);
            view! { <ButtonLink href weight=Weight::Bare>{t::order_for_them(lang)} " " {whose}</ButtonLink> }
                .markup()
        })
        .collect();
    view! {
        {place(scene, door)}
        {who}
        {empty}
        {jobs}
        {marking(scene, at, &stop, typed, ids)}
        {need}
        {order}
    }
    .markup()
}

fn place(scene: &Scene, door: &Door) -> impl IntoView + use<> {
    let lang = scene.lang;
    let place = scene.community().places.buildings.get(&door.building).map(|building| {
        let stairs = facts::building_unit(lang, &building.label.0, door.spot.unit);
        words::in_compound(scene.community(), building, stairs)
    });
    let floor = facts::floor(lang, door.spot.floor);
    view! { <p class="state"><Plate number=door.spot.room.0.clone() giant=true/> <span>{place} " · " {floor}</span></p> }
}

fn household_card(scene: &Scene, household: &Household) -> Markup {
    let lang = scene.lang;
    let speaks = (!household.speaks.is_empty()).then(|| t::speaks(lang, &household.speaks));
    let parts = [household.holder.clone(), t::people(lang, household.people)];
    let line: Vec<String> = parts.into_iter().chain(speaks).filter(|part| !part.is_empty()).collect();
    let note = Some(household.note.clone()).filter(|note| !note.is_empty());
    let note = note.map(|note| view! { <Note tone=Tone::Warn icon=ui::BELL_OFF><b>{note}</b></Note> });
    let diets: Vec<_> = household
        .diets
        .iter()
        .map(|diet| view! { <span class="tag">{words::diet(lang, diet)}</span> })
        .collect();
    view! { <p>{joined(&line, " · ")} " " {diets}</p> {note} }.markup()
}

fn back(lang: Lang) -> impl IntoView {
    view! { <Act><ButtonLink href="/round" weight=Weight::Wide>{t::back_to_round(lang)}</ButtonLink></Act> }
}
