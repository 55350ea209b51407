//! One household as the desk keeps it: what a caller tells between two ledgers.

use domain::HouseholdId;
use domain::Lang;
use domain::form::Fields;
use domain::office::Faults;
use leptos::prelude::*;

use super::office::{Did, did, diet_inputs, head, to_check, typed, was, wrong, wrong_choice};
use crate::components::action::{Act, Submit, Weight};
use crate::components::choice::{Choice, Segments};
use crate::components::field::{Field, FieldKind};
use crate::locales::desk as t;
use crate::locales::{common, ledger};

/// The form. `door` is where it lives, in words.
pub fn edit(
    lang: Lang,
    id: HouseholdId,
    door: &str,
    form: &Fields,
    faults: &Faults,
    done: Option<Did>,
) -> impl IntoView + use<> {
    let languages = Lang::ALL.map(|one| Choice::new(one.code(), crate::locales::own_name(one))).into();
    let speaks = form.get("lang").unwrap_or_default().to_owned();
    let number = |name: &'static str, label: &'static str| {
        let label = head(label);
        let (value, error) = (typed(form, name), wrong(lang, faults, name));
        view! { <Field lang name=name label=label kind=FieldKind::Number value=value error=error/> }
    };
    view! {
        {did(lang, done)}
        {to_check(lang, faults)}
        <form method="post" action=format!("/desk/household/{id}") class="office">
            {was(form)}
            <section class="card">
                <h2>{door.to_owned()}</h2>
                <div class="quick">
                    <Field lang name="holder" label=head(ledger::column_holder(lang)) max_length=60 optional=true
                        value=typed(form, "holder") error=wrong(lang, faults, "holder")/>
                    <Field lang name="telephones" label=head(ledger::column_phone(lang)) hint=t::telephones_hint(lang) optional=true
                        value=typed(form, "telephones") error=wrong(lang, faults, "telephones")/>
                    {number("people", ledger::column_people(lang))}
                    {number("over_60", ledger::column_over_60(lang))}
                </div>
                <Segments name="lang" legend=head(ledger::column_language(lang)) choices=languages value=speaks/>
                {wrong_choice(lang, faults, "lang")}
                {diet_inputs(lang, &head(ledger::menu_diet(lang)), form, faults)}
                <Field lang name="note" label=t::note_at_door(lang) hint=t::note_at_door_hint(lang) max_length=100 optional=true
                    value=typed(form, "note") error=wrong(lang, faults, "note")/>
            </section>
            <Act><Submit weight=Weight::Main>{common::save(lang)}</Submit></Act>
        </form>
    }
}
