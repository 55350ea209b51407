//! Saying how a stop turned out: one big button while something is left, everything else behind a fold.

use crate::prelude::*;
use domain::community::Community;
use domain::fact::DoorCheck;
use domain::form::{Fields, FormFault, field};
use domain::job::BoxItem;
use domain::mark_form::{
    CHECK, DOOR, EACH, JOB, MENUS, NOTE, OUTCOME, OUTCOMES, UNTOLD, WITH_WORDS, job_name, mark, outcome_of,
    short_of,
};
use domain::places::Door;
use domain::round::{Job, JobState, Stop};
use domain::text::{Text, text};
use domain::wire::MAX_TEXT;
use domain::{DoorId, Lang};

use super::super::home::hidden;
use super::super::round::{next_after, scan_href, stop_href};
use super::super::scene::{FactIds, Scene};
use super::super::words;
use super::{At, back};
use crate::components::action::{Act, ButtonLink, Submit, Weight};
use crate::components::choice::{Choice, Pick, Tiles};
use crate::components::field::{Field, Select};
use crate::components::icon::{Icon, door, ui};
use crate::components::markup::{IntoMarkup, Markup};
use crate::locales::facts;
use crate::locales::field as t;

/// The buttons: one big one while something is left, and the rest behind a fold.
pub(super) fn marking(
    scene: &Scene,
    at: At,
    stop: &Stop,
    typed: &Fields,
    ids: FactIds<'_>,
) -> Option<Markup> {
    let lang = scene.lang;
    if stop.jobs.is_empty() {
        return Some(view! { {back(lang)} }.markup());
    }
    let me = scene.feed.me.actor().signed();
    let left: Vec<&Job> = stop
        .jobs
        .iter()
        .filter(|job| job.state() != JobState::Done && !job.marks.iter().any(|mark| mark.by == me))
        .collect();
    let again = left.is_empty();
    let asked: Vec<&Job> = if again { stop.jobs.iter().collect() } else { left };
    let check = match at.check {
        DoorCheck::Scanned => "scanned",
        DoorCheck::Typed => "typed",
        DoorCheck::Listed | DoorCheck::Paper => "listed",
    };
    let mut fields = vec![
        (field::ACT, "mark".to_owned()),
        (field::FACT, ids()),
        (field::RUN, at.run.text()),
        (DOOR, at.door.text()),
        (CHECK, check.to_owned()),
        (field::NEXT, stop_href(at.run, at.door)),
    ];
    fields.extend(asked.iter().map(|job| (JOB, job_name(job.id))));
    let carries = asked.iter().any(|job| job.kind.carries());
    let done = if carries { t::hand_over(lang) } else { t::mark_done(lang) };
    let next = next_after(scene, at).map(|door| {
        let words = t::next_stop(lang, &room_in_unit(scene, at.door, door));
        view! { <ButtonLink href=stop_href(at.run, door.id)>{words}</ButtonLink> }
    });
    let act = if again {
        view! {
            <Act>
                {next}
                <ButtonLink href="/scan" weight=Weight::Main icon=ui::SCAN>{t::scan_next(lang)}</ButtonLink>
            </Act>
        }
        .markup()
    } else {
        // Whoever came from the list can make sure that it is the right door.
        let sure = (at.check == DoorCheck::Listed).then(|| {
            let href = scan_href(at.door);
            view! { <ButtonLink href icon=ui::SCAN>{t::scan_this_door(lang)}</ButtonLink> }
        });
        view! {
            <Act>
                {sure}
                <Submit weight=Weight::Main icon=door::HANDED name=OUTCOME value="done">{done}</Submit>
            </Act>
        }
        .markup()
    };
    let fold = if again { t::mark_differently(lang) } else { t::something_else(lang) };
    Some(
        view! {
            <form method="post" action="/act" class="mark">
                {hidden(&fields)}
                <details open=typed.get(OUTCOME).is_some()>
                    <summary class="row"><span class="grow">{fold}</span> {ui::CHEVRON_DOWN.view()}</summary>
                    {outcomes(scene, &asked, carries, typed)}
                </details>
                {act}
            </form>
        }
        .markup(),
    )
}

/// The words and drawings of the outcomes, in the order of [`OUTCOMES`].
pub(crate) fn outcome_words(lang: Lang, name: &str, carries: bool) -> (&'static str, Icon) {
    match name {
        "done" if carries => (t::hand_over(lang), door::HANDED),
        "done" => (t::mark_done(lang), ui::CHECK),
        "left" => (facts::left_at_door(lang), door::LEFT_AT_DOOR),
        "neighbour" => (t::by_neighbour(lang), door::NEIGHBOUR),
        "nobody" => (facts::nobody_home(lang), door::NOBODY_HOME),
        "no_access" => (facts::no_access(lang), door::NO_ACCESS),
        "refused" => (facts::refused_at_door(lang), door::REFUSED),
        "wrong_address" => (facts::wrong_address(lang), door::WRONG_ADDRESS),
        "short" => (t::by_short(lang), door::DAMAGED),
        _ => (t::by_other(lang), door::OTHER),
    }
}

/// What can be short or damaged: each box of each order that is to be there, and what is in it.
pub(crate) fn contents(lang: Lang, community: &Community, asked: &[&Job], typed: &Fields) -> Vec<Markup> {
    let several = asked.iter().filter(|job| !job.lines.is_empty()).count() > 1;
    let tiles =
        asked.iter().flat_map(|job| job.lines.iter().map(move |line| (*job, line))).map(|(job, line)| {
            let (menu, version) = (&line.menu, line.version);
            let mut choices = vec![Choice::new(menu.as_str(), t::whole_box(lang))];
            for (item, known) in (0..).zip(community.menu(menu, version).iter().flat_map(|menu| &menu.items))
            {
                if line.picks.is_empty() || line.picks.contains(&item) {
                    let short = BoxItem { menu: menu.clone(), version, item };
                    choices.push(Choice::new(domain::json::text(&short), known.name.in_lang(lang)));
                }
            }
            let name = short_of(job.id);
            let values = typed.all(&name).map(str::to_owned).collect();
            let legend = words::menu_name(lang, community, menu);
            let legend = if several { of_household(community, job, &legend) } else { legend };
            view! { <Tiles name legend pick=Pick::Several choices values/> }.markup()
        });
    tiles.collect()
}

/// A door's number, with the unit where that is another stairwell than the door `from`.
fn room_in_unit(scene: &Scene, from: DoorId, door: &Door) -> String {
    let here = scene.community().places.doors.get(&from).map(|here| here.spot.unit);
    let room = &door.spot.room.0;
    if here == Some(door.spot.unit) {
        room.clone()
    } else {
        text!("{} {room}", t::unit(scene.lang, door.spot.unit))
    }
}

/// Something with whose it is, where that is known.
fn of_household(community: &Community, job: &Job, what: &str) -> String {
    let holder = job.household.and_then(|id| community.places.households.get(&id));
    match holder.filter(|holder| !holder.holder.is_empty()) {
        Some(holder) => text!("{what} ({})", holder.holder),
        None => what.to_owned(),
    }
}

/// What a mark lacks that came back, in words; nothing for one that lacks none.
pub(crate) fn words_wanted(lang: Lang, typed: &Fields, boxes: bool) -> &'static str {
    match mark(typed) {
        Err(FormFault::Field(MENUS)) if boxes => t::short_needs_what(lang),
        Err(FormFault::Field(MENUS | NOTE)) => t::other_needs_words(lang),
        Err(FormFault::Field(UNTOLD)) => t::untold(lang),
        _ => "",
    }
}

fn outcomes(scene: &Scene, asked: &[&Job], carries: bool, typed: &Fields) -> impl IntoView + use<> {
    let lang = scene.lang;
    let community = scene.community();
    let boxes = contents(lang, community, asked, typed);
    let boxes = (!boxes.is_empty()).then(|| view! { <h3>{t::which_boxes(lang)}</h3> {boxes} });
    // What tells words has its button below their field.
    let buttons = |with_words: bool| -> Vec<Markup> {
        let those = OUTCOMES[1..].iter().filter(|name| with_words == WITH_WORDS.contains(name));
        those
            .map(|name| {
                let (words, icon) = outcome_words(lang, name, carries);
                view! { <Submit weight=Weight::Plain icon=icon name=OUTCOME value=*name>{words}</Submit> }
                    .markup()
            })
            .collect()
    };
    let each = (asked.len() > 1).then(|| {
        let selects: Vec<Markup> = asked
            .iter()
            .map(|job| {
                let options = OUTCOMES.iter().map(|name| {
                    ((*name).to_owned(), outcome_words(lang, name, job.kind.carries()).0.to_owned())
                });
                let label = of_household(community, job, words::job(lang, job.kind));
                let name = outcome_of(job.id);
                let value = typed.get(&name).unwrap_or_default().to_owned();
                view! { <Select name label options=options.collect() value/> }.markup()
            })
            .collect();
        view! {
            <h3>{t::each_on_its_own(lang)}</h3>
            {selects}
            <Submit name=OUTCOME value=EACH>{t::save_each(lang)}</Submit>
        }
    });
    let most = u32::try_from(MAX_TEXT).unwrap_or(u32::MAX);
    let error = words_wanted(lang, typed, boxes.is_some());
    view! {
        <div class="fill">
            <div class="pair">{buttons(false)}</div>
            <Field lang name=NOTE label=t::note_for_outcome(lang) hint=t::note_for_outcome_hint(lang)
                error=error.to_owned() optional=true max_length=most/>
            {boxes}
            <div class="pair">{buttons(true)}</div>
            {each}
        </div>
    }
}
