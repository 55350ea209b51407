//! One stop (一户): who lives there, what they get, and the one button that says it is done. Everything that rarely
//! happens is one tap further.

use crate::prelude::*;
use domain::actor::Role;
use domain::fact::{DoorCheck, PaidState};
use domain::feed::Me;
use domain::form::field;
use domain::household::Household;
use domain::mark_form::{CHECK, DOOR, EACH, JOB, MENUS, NOTE, OUTCOME, OUTCOMES, job_name, outcome_of};
use domain::order::order_of;
use domain::places::Door;
use domain::round::{Job, JobMark, JobState, Stop};
use domain::window::Payment;
use domain::wire::MAX_TEXT;
use domain::{DoorId, Lang, RunId};

use crate::components::markup::{IntoMarkup, Markup};

use super::home::hidden;
use super::round::{next_after, stop_href, stops_of};
use super::scene::{FactIds, Scene};
use super::words;
use crate::components::action::{Act, ButtonLink, Submit, Weight};
use crate::components::choice::{Choice, Pick, Tiles};
use crate::components::field::{Field, Select};
use crate::components::glyph::State;
use crate::components::icon::{Icon, door, ui};
use crate::components::layout::Plate;
use crate::components::message::{Empty, Note, Tone};
use crate::locales::field as t;
use crate::locales::{common, facts, format};

mod asked;

use asked::need;

/// What a stop's page was opened for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct At {
    /// In which run.
    pub run: RunId,
    /// Which door.
    pub door: DoorId,
    /// How it was made sure of.
    pub check: DoorCheck,
}

/// The stop at a door.
pub fn stop(scene: &Scene, at: At, ids: FactIds<'_>) -> Markup {
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
    view! {
        {place(scene, door)}
        {who}
        {empty}
        {jobs}
        {marking(scene, at, &stop, ids)}
        {need}
    }
    .markup()
}

fn place(scene: &Scene, door: &Door) -> impl IntoView + use<> {
    let lang = scene.lang;
    let building = scene.community().places.buildings.get(&door.building);
    let label = building.map_or("", |building| building.label.0.as_str());
    let place = facts::building_unit(lang, label, door.spot.unit);
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
    view! { <p>{line.join(" · ")} " " {diets}</p> {note} }.markup()
}

fn job_card(scene: &Scene, at: At, job: &Job, ids: FactIds<'_>) -> Markup {
    let lang = scene.lang;
    let community = scene.community();
    let several = community.places.behind(at.door).count() > 1;
    let whose = job.household.filter(|_| several).and_then(|id| community.places.households.get(&id));
    let title = match whose {
        Some(household) => format!("{} ({})", words::job(lang, job.kind), household.holder),
        None => words::job(lang, job.kind).to_owned(),
    };
    let boxes: Vec<Markup> = job
        .lines
        .iter()
        .map(|line| {
            let menu = community.menu(&line.menu, line.version);
            let picks: Vec<String> = menu
                .filter(|_| !line.picks.is_empty())
                .map(|menu| menu.packed(line).map(|item| words::item(lang, item)).collect())
                .unwrap_or_default();
            let picks =
                (!picks.is_empty()).then(|| view! { <small class="quiet">{picks.join(", ")}</small> });
            let name = words::menu_name(lang, community, &line.menu);
            view! { <li class="row"><b>{line.boxes} " × "</b> <span class="grow">{name} {picks}</span></li> }
                .markup()
        })
        .collect();
    let boxes = (!boxes.is_empty()).then(|| view! { <ul class="rows">{boxes}</ul> });
    let text = (!job.text.is_empty()).then(|| view! { <p>{job.text.clone()}</p> });
    let away = job.away.then(|| view! { <Note tone=Tone::Warn>{t::they_are_away(lang)}</Note> });
    let marks: Vec<Markup> = job.marks.iter().map(|mark| mark_line(scene, at, job, mark, ids)).collect();
    let two = (job.state() == JobState::Conflict)
        .then(|| view! { <Note tone=Tone::Warn>{t::two_marks(lang)}</Note> });
    view! {
        <section class="card">
            <h2 class="state">{drawing(job).view()} {title}</h2>
            {text}
            {boxes}
            {away}
            {collect(scene, at.run, job, ids)}
            {marks}
            {two}
        </section>
    }
    .markup()
}

/// The drawing of a kind of job.
fn drawing(job: &Job) -> Icon {
    use domain::job::JobKind;
    match job.kind {
        JobKind::DeliverOrder => door::BOX,
        JobKind::Parcel => door::PARCEL,
        JobKind::Errand => door::ERRAND,
        JobKind::Medicine => crate::components::icon::need::MEDICINE,
        JobKind::Letter | JobKind::Notice => door::LETTER,
        JobKind::Rubbish => door::RUBBISH,
        JobKind::Knock => door::KNOCK,
        JobKind::Sample => door::SAMPLE,
        JobKind::Other => door::OTHER,
    }
}

fn mark_line(scene: &Scene, at: At, job: &Job, mark: &JobMark, ids: FactIds<'_>) -> Markup {
    let lang = scene.lang;
    let (when, late) = words::shown(&scene.when(), &mark.at);
    let who = words::who(lang, scene.community(), mark.by, None);
    let (_, glyph) =
        words::job_state(lang, if mark.outcome.succeeded() { JobState::Done } else { JobState::Failed });
    let waits = scene.waits(mark.fact);
    let detail = if waits { Some(t::waiting_here(lang).to_owned()) } else { late };
    let disputed = mark.disputed.map(|says| {
        let says = match says {
            domain::fact::Complaint::Wrong => facts::says_wrong(lang),
            domain::fact::Complaint::NeverArrived => facts::says_never_arrived(lang),
        };
        view! { <Note tone=Tone::Warn>{t::household_says(lang, says)}</Note> }
    });
    let undo = (mark.by == scene.feed.me.actor().signed()).then(|| {
        let fields = hidden(&[
            (field::ACT, "undo".to_owned()),
            (field::FACT, ids()),
            (field::RUN, at.run.to_string()),
            (DOOR, at.door.to_string()),
            (field::ABOUT, mark.fact.to_string()),
            (field::NEXT, stop_href(at.run, at.door)),
        ]);
        view! {
            <form method="post" action="/act">
                {fields}
                <Submit weight=Weight::Bare icon=ui::UNDO>{common::undo(lang)}</Submit>
            </form>
        }
    });
    view! {
        <div class="row">
            <div class="grow">
                <State glyph word=words::outcome(lang, &mark.outcome, job.kind.carries())/>
                <p>{t::marked_by(lang, &who, &when)} {detail.map(|detail| format!(" · {detail}"))}</p>
            </div>
            {undo}
        </div>
        {disputed}
    }
    .markup()
}

/// What is to be collected at the door, and the stewards' word that it was.
fn collect(scene: &Scene, run: RunId, job: &Job, ids: FactIds<'_>) -> Option<Markup> {
    let lang = scene.lang;
    let window = scene.community().windows.get(&run)?;
    let household =
        job.household.filter(|_| window.payment == Payment::OnDelivery && !job.lines.is_empty())?;
    let order = order_of(household, scene.facts_of(run))?;
    if order.paid == Some(PaidState::Paid) {
        return Some(view! { <p>{facts::paid(lang)}</p> }.markup());
    }
    let amount = t::to_collect(lang, &format::money(lang, order.total()));
    let steward = matches!(scene.feed.me, Me::Person { role: Role::Steward, .. });
    let paid = steward.then(|| {
        let fields = hidden(&[
            (field::ACT, "paid".to_owned()),
            (field::FACT, ids()),
            (field::RUN, run.to_string()),
            (field::HOUSEHOLD, household.to_string()),
            (field::SAYS, "paid".to_owned()),
            (field::NEXT, "/round".to_owned()),
        ]);
        view! { <form method="post" action="/act">{fields}<Submit>{t::mark_paid(lang)}</Submit></form> }
    });
    Some(view! { <div class="row"><b class="grow">{amount}</b> {paid}</div> }.markup())
}

/// The buttons: one big one while something is left, and the rest behind a fold.
fn marking(scene: &Scene, at: At, stop: &Stop, ids: FactIds<'_>) -> Option<Markup> {
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
        (field::RUN, at.run.to_string()),
        (DOOR, at.door.to_string()),
        (CHECK, check.to_owned()),
        (field::NEXT, stop_href(at.run, at.door)),
    ];
    fields.extend(asked.iter().map(|job| (JOB, job_name(job.id))));
    let carries = asked.iter().any(|job| job.kind.carries());
    let done = if carries { t::hand_over(lang) } else { t::mark_done(lang) };
    let next = next_after(scene, at.run, at.door).map(|door| {
        let words = t::next_stop(lang, &door.spot.room.0);
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
        view! {
            <Act>
                <Submit weight=Weight::Main icon=door::HANDED name=OUTCOME value="done">{done}</Submit>
            </Act>
        }
        .markup()
    };
    let fold = if again { t::mark_differently(lang) } else { t::something_else(lang) };
    Some(
        view! {
            <form method="post" action="/act" class="fill">
                {hidden(&fields)}
                <details>
                    <summary class="row"><span class="grow">{fold}</span> {ui::CHEVRON_DOWN.view()}</summary>
                    {outcomes(scene, &asked, carries)}
                </details>
                {act}
            </form>
        }
        .markup(),
    )
}

/// The words and drawings of the outcomes, in the order of [`OUTCOMES`].
fn outcome_words(lang: Lang, name: &str, carries: bool) -> (&'static str, Icon) {
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

fn outcomes(scene: &Scene, asked: &[&Job], carries: bool) -> impl IntoView + use<> {
    let lang = scene.lang;
    let community = scene.community();
    let mut menus: Vec<Choice> = Vec::new();
    for line in asked.iter().flat_map(|job| &job.lines) {
        if menus.iter().all(|choice| choice.value != line.menu.as_str()) {
            menus.push(Choice::new(line.menu.as_str(), words::menu_name(lang, community, &line.menu)));
        }
    }
    let menus = (!menus.is_empty())
        .then(|| view! { <Tiles name=MENUS legend=t::which_boxes(lang) pick=Pick::Several choices=menus/> });
    let buttons: Vec<Markup> = OUTCOMES[1..]
        .iter()
        .map(|name| {
            let (words, icon) = outcome_words(lang, name, carries);
            view! { <Submit weight=Weight::Plain icon=icon name=OUTCOME value=*name>{words}</Submit> }
                .markup()
        })
        .collect();
    let each = (asked.len() > 1).then(|| {
        let selects: Vec<Markup> = asked
            .iter()
            .map(|job| {
                let options = OUTCOMES.iter().map(|name| {
                    ((*name).to_owned(), outcome_words(lang, name, job.kind.carries()).0.to_owned())
                });
                let holder = job.household.and_then(|id| community.places.households.get(&id));
                let label = match holder.filter(|holder| !holder.holder.is_empty()) {
                    Some(holder) => format!("{} ({})", words::job(lang, job.kind), holder.holder),
                    None => words::job(lang, job.kind).to_owned(),
                };
                view! { <Select name=outcome_of(job.id) label options=options.collect()/> }.markup()
            })
            .collect();
        view! {
            <h3>{t::each_on_its_own(lang)}</h3>
            {selects}
            <Submit name=OUTCOME value=EACH>{t::save_each(lang)}</Submit>
        }
    });
    let most = u32::try_from(MAX_TEXT).unwrap_or(u32::MAX);
    view! {
        <div class="fill">
            <Field lang name=NOTE label=t::note_for_outcome(lang) hint=t::note_for_outcome_hint(lang)
                optional=true max_length=most/>
            {menus}
            <div class="pair">{buttons}</div>
            {each}
        </div>
    }
}

fn back(lang: Lang) -> impl IntoView {
    view! { <Act><ButtonLink href="/round" weight=Weight::Wide>{t::back_to_round(lang)}</ButtonLink></Act> }
}
