//! A mark with a flag, which the desk confirms or turns down.

use domain::form::field;
use domain::job::JobRef;
use domain::look::ToLook;
use domain::mark_form::DOOR;
use domain::round::Stop;
use domain::wire::Flag;
use leptos::prelude::*;

use super::{At, Done, job_title};
use crate::components::action::{Submit, Weight};
use crate::components::markup::{IntoMarkup, Markup};
use crate::components::message::{Note, Tone};
use crate::locales::at_door as t;
use crate::views::home::hidden;
use crate::views::scene::FactIds;
use crate::views::words;

/// A mark with a flag: what it says, why it should be looked at, and the desk's word on it.
pub(super) fn look(at: At<'_>, one: &ToLook<'_>, stop: Option<&Stop>, ids: FactIds<'_>) -> Markup {
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
    let turn_down = hidden(&[
        (field::ACT, "undo".to_owned()),
        (field::FACT, ids()),
        (field::RUN, run),
        (DOOR, at.door.id.to_string()),
        (field::ABOUT, one.stamped.fact.id.to_string()),
        (field::NEXT, Done::TurnedDown.next(at.door)),
    ])
    .markup();
    let (why, clock) = (words::flag(lang, one.flag), when.at(shown.at));
    view! {
        <Note tone=Tone::Warn>
            <p><b>{t::look_title(lang)}</b> " " {why}</p>
            <ul>{lines}</ul>
            <p class="small">{who} " · " {clock}</p>
            <p>{means}</p>
            <div class="tools">
                <form method="post" action="/act">{confirm}<Submit weight=Weight::Main>{t::it_is_so(lang)}</Submit></form>
                <form method="post" action="/act">{turn_down}<Submit>{t::not_so(lang)}</Submit></form>
            </div>
        </Note>
    }
    .markup()
}
