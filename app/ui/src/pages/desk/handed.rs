//! Who walks what somebody else was assigned: rounds that went from phone to phone, without the desk.

use domain::PersonId;
use domain::actor::Role;
use domain::community::Community;
use domain::handover::Passed;
use leptos::prelude::*;

use super::office::area;
use crate::components::icon::ui;
use crate::components::markup::{IntoMarkup, Markup};
use crate::locales::office as t;
use crate::locales::when::When;
use crate::views::words;

/// The list; nothing where nothing was handed over.
pub fn handed(community: &Community, when: &When, passed: &[Passed]) -> Markup {
    if passed.is_empty() {
        return ().markup();
    }
    let lang = when.lang;
    let name = |id: PersonId| match community.people.get(&id) {
        Some(person) => person.name.clone(),
        None => words::role(lang, Role::Volunteer).to_owned(),
    };
    let rows = passed.iter().map(|one| {
        let places: Vec<String> = one.areas.iter().map(|one| area(lang, &community.places, one)).collect();
        let names: Vec<String> = one.takers.iter().rev().map(|id| name(*id)).collect();
        let holder = match &names[..] {
            [] => t::handed_nobody(lang, &name(one.from)),
            names => t::handed_line(lang, &name(one.from), &names.join(", ")),
        };
        let unheard = (!one.heard).then(|| t::handed_unheard(lang));
        let detail: Vec<String> =
            [when.at(one.at.at)].into_iter().chain(unheard.map(str::to_owned)).collect();
        view! {
            <div class="row">
                {ui::ROUND.view()}
                <span class="grow"><b>{places.join(" · ")}</b> " " {holder} <small class="quiet">{detail.join(" · ")}</small></span>
            </div>
        }
    });
    view! {
        <section class="card" id="handed">
            <h2>{t::handed_title(lang)}</h2>
            <div class="rows">{rows.collect_view()}</div>
        </section>
    }
    .markup()
}
