//! Who helps and where: by role, the doors that nobody covers, a person with assignments and phones.

use domain::Lang;
use domain::actor::{Assignment, Role};
use domain::community::{Community, Person};
use domain::form::Fields;
use domain::handover::Passed;
use domain::office::{Faults, Uncovered, person_fields};
use leptos::prelude::*;

use super::handed::handed;
use super::invites::{InviteShown, still_good};
use super::office::{Did, area, area_inputs, did, to_check, typed, wrong, wrong_choice};
use super::today::door_words;
use crate::components::action::{Act, RowLink, Submit, Weight};
use crate::components::field::{Field, FieldKind, Select};
use crate::components::icon::ui;
use crate::components::markup::{IntoMarkup, Markup};
use crate::components::message::{Empty, Note, Tone};
use crate::locales::common;
use crate::locales::facts;
use crate::locales::office as t;
use crate::locales::when::When;
use crate::views::home::hidden;
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
        view! { <details><summary class="btn bare">{t::people_left(lang)} ": " {left.len()}</summary><div class="rows">{rows}</div></details> }
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

/// One phone that is signed in.
#[derive(Debug, Clone)]
pub struct PhoneShown {
    /// What names it in the form.
    pub handle: String,
    /// What it calls itself.
    pub device: String,
    /// Since when.
    pub since: domain::Millis,
}

/// A person's page.
pub struct Shown<'a> {
    /// The community.
    pub community: &'a Community,
    /// For saying times.
    pub when: When,
    /// Who.
    pub person: &'a Person,
    /// Their phones.
    pub phones: Vec<PhoneShown>,
    /// Their invites that are still good.
    pub invites: Vec<InviteShown>,
    /// What was just done.
    pub did: Option<Did>,
    /// What was typed into a form that came back.
    pub form: Fields,
    /// What is wrong with it.
    pub faults: Faults,
}

/// The page of a person.
pub fn person(shown: &Shown<'_>) -> impl IntoView + use<> {
    let Shown { when, person, faults, .. } = shown;
    let lang = when.lang;
    let path = format!("/desk/people/{}", person.id);
    let invite = (!person.left).then(|| {
        let weight = if shown.phones.is_empty() { Weight::Main } else { Weight::Plain };
        let words = if shown.phones.is_empty() { t::make_invite(lang) } else { t::make_invite_again(lang) };
        view! {
            <section class="card">
                <h2>{t::invite_title(lang)}</h2>
                <p>{t::invite_explained(lang)}</p>
                <form method="post" action=format!("{path}/invite")><Submit weight=weight icon=ui::KEY>{words}</Submit></form>
                {still_good(&shown.when, &shown.invites, &path)}
            </section>
        }
    });
    let works_at_doors = matches!(person.role, Role::Steward | Role::Volunteer);
    let assignments = (works_at_doors && !person.left).then(|| assignments(shown, &path));
    let own = person_fields(person);
    let form = if shown.form.get("name").is_some() { &shown.form } else { &own };
    let duty = matches!(person.role, Role::Steward | Role::Desk).then(|| {
        view! {
            <Field lang name="duty" label=t::duty_label(lang) hint=t::duty_hint(lang) kind=FieldKind::Number optional=true
                value=typed(form, "duty") error=wrong(lang, faults, "duty")/>
        }
    });
    let (gone, word, weight) = if person.left {
        ("back", t::come_back(lang), Weight::Main)
    } else {
        ("leave", t::leave(lang), Weight::Danger)
    };
    view! {
        {did(lang, shown.did)}
        {to_check(lang, faults)}
        <p class="quiet">{words::role(lang, person.role)}</p>
        {invite}
        {assignments}
        <section class="card">
            <h2>{t::about_person(lang)}</h2>
            <form method="post" action=path.clone() class="tools">
                <Field lang name="name" label=t::name_label(lang) max_length=40 value=typed(form, "name") error=wrong(lang, faults, "name")/>
                {duty}
                <Submit>{common::save(lang)}</Submit>
            </form>
        </section>
        {phones(shown, &path)}
        <div class="tools">
            <form method="post" action=format!("{path}/{gone}")><Submit weight=weight>{word}</Submit></form>
            <p class="small quiet">{t::leave_hint(lang)}</p>
        </div>
    }
}

fn assignments(shown: &Shown<'_>, path: &str) -> Markup {
    let Shown { community, when, person, form, faults, .. } = shown;
    let lang = when.lang;
    let line = |assignment: &Assignment| area(lang, &community.places, &assignment.area);
    let now: Vec<(usize, &Assignment)> = person
        .assignments
        .iter()
        .enumerate()
        .filter(|(_, one)| one.to.is_none_or(|to| to > when.now))
        .collect();
    let current = now.iter().map(|(place, assignment)| {
        let end = hidden(&[("place_in_list", place.to_string())]);
        view! {
            <div class="row">
                {ui::BUILDING.view()}
                <span class="grow"><b>{line(assignment)}</b><small class="quiet">{t::since(lang, &when.at(assignment.from))}</small></span>
                <form method="post" action=format!("{path}/end")>{end}<Submit>{t::end_assignment(lang)}</Submit></form>
            </div>
        }
    });
    let none =
        now.is_empty().then(|| view! { <Note tone=Tone::Warn><p>{t::not_assigned_more(lang)}</p></Note> });
    let past: Vec<Markup> = person
        .assignments
        .iter()
        .filter(|one| one.to.is_some_and(|to| to <= when.now))
        .rev()
        .map(|one| {
            let again = domain::office::area_fields(&one.area);
            let fields = again.0.into_iter().map(|(name, value)| view! { <input type="hidden" name=name value=value/> }).collect_view();
            let span = when.span(one.from, one.to.unwrap_or(when.now));
            view! {
                <div class="row">
                    <span class="grow">{line(one)} <small class="quiet">{span}</small></span>
                    <form method="post" action=format!("{path}/assign")>{fields}<Submit weight=Weight::Bare>{t::assign_again(lang)}</Submit></form>
                </div>
            }
            .markup()
        })
        .collect();
    let past = (!past.is_empty()).then(|| {
        view! { <details><summary class="btn bare">{t::past_assignments(lang)} ": " {past.len()}</summary><div class="rows">{past}</div></details> }
    });
    view! {
        <section class="card">
            <h2>{t::assignments_title(lang)}</h2>
            {none}
            <div class="rows">{current.collect_view()}</div>
            <form method="post" action=format!("{path}/assign")>
                {area_inputs(lang, community, form, faults, t::area_all(lang))}
                <Submit icon=ui::PLUS>{t::assign(lang)}</Submit>
            </form>
            {past}
        </section>
    }
    .markup()
}

fn phones(shown: &Shown<'_>, path: &str) -> Markup {
    let lang = shown.when.lang;
    if shown.phones.is_empty() {
        return view! { <p class="quiet">{t::no_phone_yet(lang)}</p> }.markup();
    }
    let rows = shown.phones.iter().map(|phone| {
        let fields = hidden(&[("handle", phone.handle.clone())]);
        let name = if phone.device.is_empty() { t::some_phone(lang).to_owned() } else { phone.device.clone() };
        view! {
            <div class="row">
                {ui::ON_PHONE.view()}
                <span class="grow">{name} <small class="quiet">{t::since(lang, &shown.when.at(phone.since))}</small></span>
                <form method="post" action=format!("{path}/revoke")>{fields}<Submit weight=Weight::Danger>{t::revoke(lang)}</Submit></form>
            </div>
        }
    });
    view! {
        <section class="card">
            <h2>{t::phones_title(lang)}</h2>
            <div class="rows">{rows.collect_view()}</div>
            <p class="small quiet">{t::revoke_hint(lang)}</p>
        </section>
    }
    .markup()
}
