//! What is to be done at a door, run by run, for the desk: each job with what became of it, marks to look at, a job
//! more, a mark keyed in from paper.

mod flagged;
mod forms;

use domain::fact::Stamped;
use domain::form::{Fields, field};
use domain::job::JobRef;
use domain::look::to_look_at;
use domain::office::without_anybody;
use domain::places::Door;
use domain::round::{Job, JobMark, JobState, stops};
use domain::window::Window;
use domain::{Lang, community::Community};
use leptos::prelude::*;

use self::flagged::look;
use self::forms::{add, key_in};
use crate::components::action::{ButtonLink, Submit};
use crate::components::glyph::State;
use crate::components::icon::ui;
use crate::components::markup::{IntoMarkup, Markup};
use crate::components::message::{Note, Tone};
use crate::locales::at_door as t;
use crate::locales::when::When;
use crate::views::home::hidden;
use crate::views::scene::FactIds;
use crate::views::words;

/// What the form before did at the door.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Done {
    /// An order was placed or changed.
    Ordered,
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
    const ALL: [Self; 7] = [
        Self::Ordered,
        Self::Planned,
        Self::Added,
        Self::Dropped,
        Self::Keyed,
        Self::Confirmed,
        Self::TurnedDown,
    ];

    fn word(self) -> &'static str {
        match self {
            Self::Ordered => "ordered",
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
            Self::Ordered => crate::locales::desk::order_kept(lang),
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
    // Said where a job is added: that it will be carried would not be true.
    let nobody = (!without_anybody(at.community, &[at.door.id], now).is_empty()).then(|| {
        view! {
            <Note tone=Tone::Warn>
                <p>{t::nobody_here(lang)} " " <a href="/desk/people">{t::assign_somebody(lang)}</a></p>
            </Note>
        }
        .markup()
    });
    let runs = runs.iter().map(|(window, facts)| run(at, window, facts, ids));
    nobody.into_iter().chain(runs).chain(plan).collect()
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
