//! The forms at a door: a job more, and a mark keyed in from paper.

use domain::form::{Fields, field};
use domain::job::JobKind;
use domain::mark_form::{DOOR, JOB, NOTE, OUTCOME, OUTCOMES, job_name, short_of};
use domain::round::{Job, Stop};
use domain::window::Window;
use leptos::prelude::*;

use super::{At, Done, job_title};
use crate::components::action::Submit;
use crate::components::choice::{Choice, Pick, Tiles};
use crate::components::field::{Field, FieldKind, Select};
use crate::components::icon::ui;
use crate::components::markup::{IntoMarkup, Markup};
use crate::components::message::{Note, Tone};
use crate::locales::{at_door as t, common, desk, field as round};
use crate::views::home::hidden;
use crate::views::scene::FactIds;
use crate::views::stop::{contents, outcome_words, words_wanted};
use crate::views::words;

/// Another job at this door, on this run.
pub(super) fn add(at: At<'_>, window: &Window, ids: FactIds<'_>) -> Markup {
    let lang = at.when.lang;
    let kinds = JobKind::ALL.iter().filter(|kind| **kind != JobKind::DeliverOrder);
    let kinds = kinds.map(|kind| (domain::json::word(kind), words::job(lang, *kind).to_owned())).collect();
    let run = window.run.to_string();
    let whom = whom(at, &run);
    let fields = hidden(&[
        (field::ACT, "add_job".to_owned()),
        (field::FACT, ids()),
        (field::RUN, run.clone()),
        (field::DOOR, at.door.id.to_string()),
        (field::NEXT, Done::Added.next(at.door)),
    ]);
    view! {
        <details>
            <summary class="btn">{ui::PLUS.view()} {desk::add_job(lang)}</summary>
            <form method="post" action="/act" class="quick">
                {fields}
                {whom}
                <Select name=field::SAYS form=run.clone() label=desk::job_kind(lang) options=kinds/>
                <Field lang name=field::TEXT form=run label=desk::job_text(lang) optional=true max_length=250/>
                <Submit>{desk::add_job(lang)}</Submit>
            </form>
        </details>
    }
    .markup()
}

/// For whom a job is: the household behind the door, or which of them. What is brought is nobody else's business.
fn whom(at: At<'_>, run: &str) -> Markup {
    let lang = at.when.lang;
    match &at.community.places.behind(at.door.id).collect::<Vec<_>>()[..] {
        [] => ().markup(),
        [only] => hidden(&[(field::HOUSEHOLD, only.id.to_string())]).markup(),
        several => {
            let named = several.iter().map(|one| (one.id.to_string(), one.holder.clone()));
            let options = named.chain([(String::new(), t::for_the_door(lang).to_owned())]).collect();
            view! { <Select name=field::HOUSEHOLD form=run.to_owned() label=t::for_whom(lang) options=options/> }.markup()
        }
    }
}

/// A mark from paper: for which jobs, how it turned out, and when.
pub(super) fn key_in(at: At<'_>, window: &Window, stop: &Stop, ids: FactIds<'_>) -> Markup {
    let (lang, when) = (at.when.lang, at.when);
    let run = window.run.to_string();
    let typed = at.typed.filter(|typed| typed.get(field::RUN) == Some(run.as_str()));
    let was = |name: &str| typed.and_then(|typed| typed.get(name)).unwrap_or_default().to_owned();
    let fault = typed.map(|_| view! { <Note tone=Tone::Danger><p>{t::key_in_wrong(lang)}</p></Note> });
    let fields = hidden(&[
        (field::ACT, "paper_mark".to_owned()),
        (field::FACT, ids()),
        (field::RUN, run.clone()),
        (DOOR, at.door.id.to_string()),
        (field::NEXT, Done::Keyed.next(at.door)),
    ]);
    let jobs = match &stop.jobs[..] {
        [only] => hidden(&[(JOB, job_name(only.id))]).markup(),
        several => {
            let choices =
                several.iter().map(|job| Choice::new(job_name(job.id), job_title(at, job))).collect();
            view! { <Tiles name=JOB legend=t::which_jobs(lang) pick=Pick::Several choices=choices/> }.markup()
        }
    };
    let carries = stop.jobs.iter().any(|job| job.kind.carries());
    let outcomes = OUTCOMES.map(|name| (name.to_owned(), outcome_words(lang, name, carries).0.to_owned()));
    let none = Fields::default();
    let all: Vec<&Job> = stop.jobs.iter().collect();
    let short = contents(lang, at.community, &all, typed.unwrap_or(&none));
    let wanted = words_wanted(lang, typed.unwrap_or(&none), !short.is_empty());
    let short = (!short.is_empty()).then(|| {
        let ticked = |job: &&Job| typed.is_some_and(|typed| typed.get(&short_of(job.id)).is_some());
        let open = !wanted.is_empty() || all.iter().any(ticked);
        view! { <details open=open><summary>{round::which_boxes(lang)}</summary>{short}</details> }
    });
    let time = if typed.is_some() { was(field::AT) } else { when.exact(when.now) };
    view! {
        <details open=typed.is_some()>
            <summary class="btn">{desk::key_in_mark(lang)}</summary>
            <form method="post" action="/act" class="quick">
                {fault}
                {fields}
                {jobs}
                <Select name=OUTCOME form=run.clone() label=desk::outcome_label(lang) options=outcomes.into() value=was(OUTCOME)/>
                {short}
                <Field lang name=NOTE form=run.clone() label=round::note_for_outcome(lang) hint=round::note_for_outcome_hint(lang)
                    error=wanted.to_owned() optional=true max_length=250 value=was(NOTE)/>
                <Field lang name=field::AT form=run label=desk::when_happened(lang) kind=FieldKind::Moment value=time/>
                <Submit>{common::save(lang)}</Submit>
            </form>
        </details>
    }
    .markup()
}
