//! Who helps and where: by role, and the doors that nobody covers. A person's own page is `person`.

use domain::Lang;
use domain::actor::Role;
use domain::community::{Community, Person};
use domain::form::Fields;
use domain::handover::Passed;
use domain::office::{Faults, Uncovered};
use leptos::prelude::*;

use super::handed::handed;
use super::office::{Did, area, did, labelled, to_check, typed, wrong, wrong_choice};
use super::today::door_words;
use crate::components::action::{Act, RowLink, Submit, Weight};
use crate::components::field::{Field, Select};
use crate::components::icon::ui;
use crate::components::markup::{IntoMarkup, Markup};
use crate::components::message::{Empty, Note, Tone};
use crate::locales::facts;
use crate::locales::office as t;
use crate::locales::when::When;
use crate::views::words;

/// Roles that are invited, with their word in forms, in the order of the list.
const ROLES: [(Role, &str); 4] = [
    (Role::Steward, "steward"),
    (Role::Volunteer, "volunteer"),
    (Role::Desk, "desk"),
    (Role::Supplier, "supplier"),
];

/// The list.
pub fn list(
    community: &Community,
    when: &When,
    (gaps, passed): (&[Uncovered], &[Passed]),
    done: Option<Did>,
    form: &Fields,
    faults: &Faults,
) -> impl IntoView + use<> {
    let lang = when.lang;
    let groups: Vec<Markup> =
        ROLES.into_iter().filter_map(|(role, _)| group(community, when, role)).collect();
    let none = groups.is_empty().then(|| {
        view! { <Empty icon=ui::PEOPLE title=t::no_people(lang)><p>{t::no_people_more(lang)}</p></Empty> }
    });
    let roles = ROLES.map(|(role, word)| (word.to_owned(), words::role(lang, role).to_owned())).into();
    let left: Vec<&Person> = community.people.values().filter(|person| person.left).collect();
    let left = (!left.is_empty()).then(|| {
        let rows = left.iter().map(|person| row(community, when, person)).collect_view();
        view! { <details><summary class="btn bare">{labelled(lang, t::people_left(lang), left.len())}</summary><div class="rows">{rows}</div></details> }
    });
    view! {
        {did(lang, done)}
        {gaps_line(community, lang, gaps)}
        {none}
        {handed(community, when, passed)}
        {groups}
        <section class="card" id="new">
            <h2>{t::invite_somebody(lang)}</h2>
            {to_check(lang, faults)}
            <form method="post" action="/desk/people">
                <div class="quick">
                    <Field lang name="name" label=t::name_label(lang) max_length=40 value=typed(form, "name") error=wrong(lang, faults, "name")/>
                    <div>
                        <Select name="role" label=t::role_label(lang) options=roles value=typed(form, "role")/>
                        {wrong_choice(lang, faults, "role")}
                    </div>
                </div>
                <Act><Submit weight=Weight::Main icon=ui::PLUS>{t::add_person(lang)}</Submit></Act>
            </form>
        </section>
        {uncovered(community, lang, gaps)}
        {left}
    }
}

/// Above the people: whether every door has somebody; which ones have not stands below.
fn gaps_line(community: &Community, lang: Lang, gaps: &[Uncovered]) -> Markup {
    if community.places.households.is_empty() {
        return ().markup();
    }
    if gaps.is_empty() {
        return view! { <Note icon=ui::CHECK><p>{t::all_covered(lang)}</p></Note> }.markup();
    }
    let doors: usize = gaps.iter().map(|gap| gap.doors.len()).sum();
    view! { <Note tone=Tone::Warn><p><a href="#gaps">{t::uncovered(lang, doors)}</a></p></Note> }.markup()
}

fn group(community: &Community, when: &When, role: Role) -> Option<Markup> {
    let mut people: Vec<&Person> =
        community.people.values().filter(|person| person.role == role && !person.left).collect();
    if people.is_empty() {
        return None;
    }
    people.sort_by_key(|person| (person.duty == 0, person.duty, person.id));
    let rows = people.iter().map(|person| row(community, when, person)).collect_view();
    let name = words::role(when.lang, role);
    Some(view! { <section><h2>{name} " " <small class="quiet">{people.len()}</small></h2><div class="rows">{rows}</div></section> }.markup())
}

fn row(community: &Community, when: &When, person: &Person) -> impl IntoView + use<> {
    let lang = when.lang;
    let areas: Vec<String> = person
        .assignments
        .iter()
        .filter(|assignment| assignment.holds(when.now))
        .map(|assignment| area(lang, &community.places, &assignment.area))
        .collect();
    let works_at_doors = matches!(person.role, Role::Steward | Role::Volunteer);
    let mut detail = if areas.is_empty() && works_at_doors && !person.left {
        t::not_assigned(lang).to_owned()
    } else {
        areas.join(" · ")
    };
    if person.duty > 0 {
        let duty = t::duty_place(lang, person.duty);
        detail = if detail.is_empty() { duty } else { format!("{duty} · {detail}") };
    }
    view! { <RowLink href=format!("/desk/people/{}", person.id) icon=ui::PERSON title=person.name.clone() detail=detail/> }
}

/// Doors that nobody covers, by building and unit; their numbers unfold.
fn uncovered(community: &Community, lang: Lang, gaps: &[Uncovered]) -> Markup {
    if gaps.is_empty() {
        return ().markup();
    }
    let doors: usize = gaps.iter().map(|gap| gap.doors.len()).sum();
    let units = gaps.iter().map(|gap| {
        let building = community.places.buildings.get(&gap.building);
        let label = building.map_or("", |building| building.label.0.as_str());
        let compound = building.and_then(|building| community.places.compounds.get(&building.compound));
        let compound = compound.map_or("", |compound| compound.name.as_str());
        let unit = format!("{compound} {}", facts::building_unit(lang, label, gap.unit));
        let links = gap.doors.iter().filter_map(|id| community.places.doors.get(id)).map(|door| {
            view! { <li><a href=format!("/desk/door/{}", door.id) aria-label=door_words(community, lang, door)>{door.spot.room.0.clone()}</a></li> }
        });
        let count = if gap.whole { t::all_doors(lang, gap.doors.len()) } else { t::some_doors(lang, gap.doors.len()) };
        view! { <details class="gap"><summary>{unit} " " <b>{count}</b></summary><ul class="names">{links.collect_view()}</ul></details> }
    });
    view! {
        <section class="card" id="gaps">
            <h2>{ui::WARNING.view()} " " {t::uncovered(lang, doors)}</h2>
            <p>{t::uncovered_more(lang)}</p>
            <div class="gaps">{units.collect_view()}</div>
        </section>
    }
    .markup()
}
