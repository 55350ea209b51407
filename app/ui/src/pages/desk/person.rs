//! Somebody who helps, as the desk sees them: invites, areas, phones, and the end of it.

use domain::actor::{Assignment, Role};
use domain::community::{Community, Person};
use domain::form::Fields;
use domain::office::{Faults, opened, person_fields};
use leptos::prelude::*;

use super::invites::{InviteShown, still_good};
use super::office::{Did, area, area_inputs, did, labelled, to_check, typed, was, wrong};
use crate::components::action::{Submit, Weight};
use crate::components::field::{Field, FieldKind};
use crate::components::icon::ui;
use crate::components::markup::{IntoMarkup, Markup};
use crate::components::message::{Note, Tone};
use crate::locales::common;
use crate::locales::office as t;
use crate::locales::passkeys as p;
use crate::locales::when::When;
use crate::pages::passkeys::{PasskeyShown, rows};
use crate::views::home::hidden;
use crate::views::words;

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
    /// Their passkeys.
    pub passkeys: Vec<PasskeyShown>,
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
    let own = opened(person_fields(person));
    let form = if shown.form.get("name").is_some() { &shown.form } else { &own };
    let duty = matches!(person.role, Role::Steward | Role::Desk).then(|| {
        view! {
            <Field lang name="duty" label=t::duty_label(lang) hint=t::duty_hint(lang) kind=FieldKind::Number optional=true
                value=typed(form, "duty") error=wrong(lang, faults, "duty")/>
        }
    });
    let (back, leave) = (format!("{path}/back"), format!("{path}/leave"));
    // Signed out everywhere at once, perhaps oneself: one slip of a finger is not enough.
    let gone = if person.left {
        view! { <form method="post" action=back><Submit weight=Weight::Main>{t::come_back(lang)}</Submit></form> }.markup()
    } else {
        view! {
            <details>
                <summary class="btn">{t::leave(lang)}</summary>
                <p>{t::leave_hint(lang)}</p>
                <form method="post" action=leave><Submit weight=Weight::Danger>{t::leave_now(lang)}</Submit></form>
            </details>
        }
        .markup()
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
                {was(form)}
                <Field lang name="name" label=t::name_label(lang) max_length=40 value=typed(form, "name") error=wrong(lang, faults, "name")/>
                {duty}
                <Submit>{common::save(lang)}</Submit>
            </form>
        </section>
        {passkeys(shown, &path)}
        {phones(shown, &path)}
        <div class="tools">
            {gone}
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
        view! { <details><summary class="btn bare">{labelled(lang, t::past_assignments(lang), past.len())}</summary><div class="rows">{past}</div></details> }
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

fn passkeys(shown: &Shown<'_>, path: &str) -> Markup {
    let lang = shown.when.lang;
    if shown.passkeys.is_empty() {
        return ().markup();
    }
    let rows = rows(&shown.when, &shown.passkeys, &format!("{path}/unkey"));
    view! {
        <section class="card">
            <h2>{p::title(lang)}</h2>
            <div class="rows">{rows}</div>
            <p class="small quiet">{p::desk_hint(lang)}</p>
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
