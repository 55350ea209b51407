//! What is to be done at a door, run by run, for the desk: each job with what became of it, marks to look at, a job
//! more, a mark keyed in from paper.

use domain::fact::Stamped;
use domain::form::{Fields, field};
use domain::job::{JobKind, JobRef};
use domain::look::{ToLook, to_look_at};
use domain::mark_form::{DOOR, JOB, MENUS, NOTE, OUTCOME, OUTCOMES, job_name};
use domain::places::Door;
use domain::round::{Job, JobMark, JobState, Stop, stops};
use domain::window::Window;
use domain::wire::Flag;
use domain::{Lang, community::Community};
use leptos::prelude::*;

use crate::components::action::{ButtonLink, Submit, Weight};
use crate::components::choice::{Choice, Pick, Tiles};
use crate::components::field::{Field, FieldKind, Select};
use crate::components::glyph::State;
use crate::components::icon::ui;
use crate::components::markup::{IntoMarkup, Markup};
use crate::components::message::{Note, Tone};
use crate::locales::when::When;
use crate::locales::{at_door as t, desk, field as round};
use crate::views::home::hidden;
use crate::views::scene::FactIds;
use crate::views::stop::{contents, outcome_words};
use crate::views::words;

/// What the form before did at the door.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Done {
    /// A day's errands were planned.
    Planned,
    /// A job was added.
    Added,
    /// A job was dropped.
    Dropped,
    /// A mark was keyed in.
    Keyed,
    /// A flagged mark was confirmed.
    Confirmed,
    /// A flagged mark was turned down.
    TurnedDown,
}

impl Done {
    const ALL: [Self; 6] =
        [Self::Planned, Self::Added, Self::Dropped, Self::Keyed, Self::Confirmed, Self::TurnedDown];

    fn word(self) -> &'static str {
        match self {
            Self::Planned => "planned",
            Self::Added => "added",
            Self::Dropped => "dropped",
            Self::Keyed => "keyed",
            Self::Confirmed => "confirmed",
            Self::TurnedDown => "turned-down",
        }
    }

    /// Reads the word in the address.
    #[must_use]
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.word() == word)
    }

    /// It, in words.
    #[must_use]
    pub fn words(self, lang: Lang) -> &'static str {
        match self {
            Self::Planned => t::planned(lang),
            Self::Added => t::added(lang),
            Self::Dropped => t::dropped(lang),
            Self::Keyed => t::keyed(lang),
            Self::Confirmed => t::confirmed(lang),
            Self::TurnedDown => t::turned_down(lang),
        }
    }

    /// Where a form at a door leads.
    #[must_use]
    pub fn next(self, door: &Door) -> String {
        format!("/desk/door/{}?done={}", door.id, self.word())
    }
}

/// A run with what happened at this door.
pub type InRun = (Window, Vec<Stamped>);

/// A door as its forms name it.
#[derive(Clone, Copy)]
pub struct At<'a> {
    /// The community.
    pub community: &'a Community,
    /// For saying times.
    pub when: &'a When,
    /// The door.
    pub door: &'a Door,
    /// A form that came back with a fault, as it was filled in.
    pub typed: Option<&'a Fields>,
}

/// A card for each run; and the way to plan one where there is none for errands.
pub fn runs(at: At<'_>, runs: &[InRun], ids: FactIds<'_>) -> Vec<Markup> {
    let (lang, now) = (at.when.lang, at.when.now);
    let errands = runs.iter().any(|(window, _)| !window.takes_orders() && now < window.delivery_to);
    let plan = (!errands).then(|| {
        let href = format!("/desk/errands?door={}", at.door.id);
        view! { <div class="tools at-door"><ButtonLink href=href icon=ui::PLUS>{t::plan_errands(lang)}</ButtonLink></div> }.markup()
    });
    runs.iter().map(|(window, facts)| run(at, window, facts, ids)).chain(plan).collect()
}

fn run(at: At<'_>, window: &Window, facts: &[Stamped], ids: FactIds<'_>) -> Markup {
    let At { community, when, door, .. } = at;
    let lang = when.lang;
    let span = when.span(window.delivery_from, window.delivery_to);
    let title = if window.takes_orders() { t::on_round(lang, &span) } else { t::errands_on(lang, &span) };
    let stop = stops(facts, |household| community.places.door_of(household)).remove(&door.id);
    let looks = to_look_at(facts).into_iter().filter(|one| one.mark.door == door.id);
    let looks: Vec<Markup> = looks.map(|one| look(at, &one, stop.as_ref(), ids)).collect();
    let jobs: Vec<Markup> =
        stop.iter().flat_map(|stop| &stop.jobs).map(|one| job(at, window, one, ids)).collect();
    let nothing = jobs.is_empty().then(|| view! { <p class="quiet">{t::nothing_here(lang)}</p> });
    let mark = stop.as_ref().filter(|stop| !stop.jobs.is_empty()).map(|stop| key_in(at, window, stop, ids));
    view! {
        <section class="card">
            <h2>{title}</h2>
            {looks}
            {nothing}
            <div class="rows">{jobs}</div>
            <div class="tools">{add(at, window, ids)} {mark}</div>
        </section>
    }
    .markup()
}

fn job_title(at: At<'_>, job: &Job) -> String {
    let lang = at.when.lang;
    let holder = job.household.and_then(|id| at.community.places.households.get(&id));
    let holder = holder.map(|household| household.holder.clone()).filter(|holder| !holder.is_empty());
    let parts = [Some(words::job(lang, job.kind).to_owned()), holder];
    parts.into_iter().flatten().collect::<Vec<_>>().join(" · ")
}

fn said(at: At<'_>, mark: &JobMark, carries: bool) -> String {
    let (lang, when) = (at.when.lang, at.when);
    let (clock, late) = words::shown(when, &mark.at);
    let who = words::who(lang, at.community, mark.by, None);
    let parts = [
        Some(words::outcome(lang, Some(at.community), &mark.outcome, carries)),
        Some(who),
        Some(clock),
        late,
    ];
    parts.into_iter().flatten().collect::<Vec<_>>().join(" · ")
}

fn job(at: At<'_>, window: &Window, job: &Job, ids: FactIds<'_>) -> Markup {
    let lang = at.when.lang;
    let (word, glyph) = words::job_state(lang, job.state());
    let basket = (!job.lines.is_empty()).then(|| words::basket(lang, at.community, &job.lines));
    let what = basket.or_else(|| (!job.text.is_empty()).then(|| job.text.clone()));
    let marks = job.marks.iter().map(|mark| view! { <li>{said(at, mark, job.kind.carries())}</li> });
    let marks = marks.collect_view();
    let differ = (job.state() == JobState::Conflict)
        .then(|| view! { <Note tone=Tone::Warn><p>{t::two_differ(lang)}</p></Note> });
    let drop = match job.id {
        JobRef::Added(fact) if job.marks.is_empty() => {
            let fields = hidden(&[
                (field::ACT, "drop_job".to_owned()),
                (field::FACT, ids()),
                (field::RUN, window.run.to_string()),
                (field::DOOR, at.door.id.to_string()),
                (field::ABOUT, fact.to_string()),
                (field::NEXT, Done::Dropped.next(at.door)),
            ]);
            Some(
                view! { <form method="post" action="/act">{fields}<Submit>{t::drop_job(lang)}</Submit></form> },
            )
        }
        _ => None,
    };
    view! {
        <article>
            <div class="row">
                <span class="grow"><b>{job_title(at, job)}</b> " " <small>{what}</small></span>
                <State glyph=glyph word=word/>
            </div>
            <ul class="small">{marks}</ul>
            {differ}
            {drop}
        </article>
    }
    .markup()
}

/// A mark with a flag: what it says, why it should be looked at, and the desk's word on it.
fn look(at: At<'_>, one: &ToLook<'_>, stop: Option<&Stop>, ids: FactIds<'_>) -> Markup {
    let (lang, when) = (at.when.lang, at.when);
    let who = words::who(lang, at.community, one.stamped.by, None);
    let shown = one.stamped.shown();
    let lines = one.mark.jobs.iter().map(|(id, outcome)| {
        let job = stop.and_then(|stop| stop.jobs.iter().find(|job| job.id == *id));
        let carries = job.map_or(matches!(id, JobRef::Order(_)), |job| job.kind.carries());
        let title = job.map(|job| job_title(at, job)).unwrap_or_default();
        view! { <li>{title} " " <b>{words::outcome(lang, Some(at.community), outcome, carries)}</b></li> }
            .markup()
    });
    let lines: Vec<Markup> = lines.collect();
    let waits = one.flag == Flag::Unconfirmed;
    let means = if waits { t::does_not_count(lang) } else { t::counts_meanwhile(lang) };
    let run = one.mark.run.to_string();
    let confirm = hidden(&[
        (field::ACT, "confirm".to_owned()),
        (field::FACT, ids()),
        (field::RUN, run.clone()),
        (DOOR, at.door.id.to_string()),
        (field::JOBS, domain::json::text(&one.mark.jobs)),
        (field::AT, shown.at.0.to_string()),
        (field::NEXT, Done::Confirmed.next(at.door)),
    ])
    .markup();
    let turn_down = waits.then(|| {
        let fields = hidden(&[
            (field::ACT, "undo".to_owned()),
            (field::FACT, ids()),
            (field::RUN, run),
            (DOOR, at.door.id.to_string()),
            (field::ABOUT, one.stamped.fact.id.to_string()),
            (field::NEXT, Done::TurnedDown.next(at.door)),
        ]);
        view! { <form method="post" action="/act">{fields}<Submit>{t::not_so(lang)}</Submit></form> }.markup()
    });
    let (why, clock) = (words::flag(lang, one.flag), when.at(shown.at));
    view! {
        <Note tone=Tone::Warn>
            <p><b>{t::look_title(lang)}</b> " " {why}</p>
            <ul>{lines}</ul>
            <p class="small">{who} " · " {clock}</p>
            <p>{means}</p>
            <div class="tools">
                <form method="post" action="/act">{confirm}<Submit weight=Weight::Main>{t::it_is_so(lang)}</Submit></form>
                {turn_down}
            </div>
        </Note>
    }
    .markup()
}

/// Another job at this door, on this run.
fn add(at: At<'_>, window: &Window, ids: FactIds<'_>) -> Markup {
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
fn key_in(at: At<'_>, window: &Window, stop: &Stop, ids: FactIds<'_>) -> Markup {
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
    let short = (!short.is_empty()).then(|| {
        let open = typed.is_some_and(|typed| typed.get(MENUS).is_some());
        view! { <details open=open><summary>{round::which_boxes(lang)}</summary>{short}</details> }
    });
    let wordless = typed.filter(|typed| typed.get(OUTCOME) == Some("other") && typed.get(NOTE).is_none());
    let wordless = wordless.map(|_| round::other_needs_words(lang).to_owned()).unwrap_or_default();
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
                    error=wordless optional=true max_length=250 value=was(NOTE)/>
                <Field lang name=field::AT form=run label=desk::when_happened(lang) kind=FieldKind::Moment value=time/>
                <Submit>{desk::keyed_by(lang)}</Submit>
            </form>
        </details>
    }
    .markup()
}
