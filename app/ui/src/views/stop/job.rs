//! One job at a stop: what is to be done, what is to be collected, and what was said about it so far.

use crate::prelude::*;
use domain::RunId;
use domain::actor::Role;
use domain::fact::PaidState;
use domain::feed::Me;
use domain::form::field;
use domain::mark_form::DOOR;
use domain::order::order_of;
use domain::round::{Job, JobMark, JobState};
use domain::text::{Text, joined, text};
use domain::window::Payment;

use super::super::home::hidden;
use super::super::round::stop_href;
use super::super::scene::{FactIds, Scene};
use super::super::words;
use super::At;
use crate::components::action::{Submit, Weight};
use crate::components::glyph::State;
use crate::components::icon::{Icon, door, ui};
use crate::components::markup::{IntoMarkup, Markup};
use crate::components::message::{Note, Tone};
use crate::locales::field as t;
use crate::locales::{common, facts, format};

pub(super) fn job_card(scene: &Scene, at: At, job: &Job, ids: FactIds<'_>) -> Markup {
    let lang = scene.lang;
    let community = scene.community();
    let several = community.places.behind(at.door).count() > 1;
    let whose = job.household.filter(|_| several).and_then(|id| community.places.households.get(&id));
    let title = match whose {
        Some(household) => text!("{} ({})", words::job(lang, job.kind), household.holder),
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
                (!picks.is_empty()).then(|| view! { <small class="quiet">{joined(&picks, ", ")}</small> });
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
        let says = words::complaint(lang, says, job.kind);
        view! { <Note tone=Tone::Warn>{t::household_says(lang, says)}</Note> }
    });
    let undo = (mark.by == scene.feed.me.actor().signed()).then(|| {
        let fields = hidden(&[
            (field::ACT, "undo".to_owned()),
            (field::FACT, ids()),
            (field::RUN, at.run.text()),
            (DOOR, at.door.text()),
            (field::ABOUT, mark.fact.text()),
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
                <State glyph word=words::outcome(lang, Some(scene.community()), &mark.outcome, job.kind.carries())/>
                <p>{t::marked_by(lang, &who, &when)} {detail.map(|detail| text!(" · {detail}"))}</p>
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
    // Nobody pays for what was not brought.
    if job.state() == JobState::Failed {
        return None;
    }
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
            (field::RUN, run.text()),
            (field::HOUSEHOLD, household.text()),
            (field::SAYS, "paid".to_owned()),
            (field::NEXT, "/round".to_owned()),
        ]);
        view! { <form method="post" action="/act">{fields}<Submit>{t::mark_paid(lang)}</Submit></form> }
    });
    Some(view! { <div class="row"><b class="grow">{amount}</b> {paid}</div> }.markup())
}
