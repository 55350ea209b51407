//! A day's errands: jobs at doors on a day, or at an hour, for which nothing is ordered.

use domain::Lang;
use domain::community::Community;
use domain::form::Fields;
use domain::office::Faults;
use leptos::prelude::*;

use super::office::{to_check, typed, wrong};
use super::windows::compound_ticks;
use crate::components::action::{Act, Submit, Weight};
use crate::components::field::{Field, FieldKind};
use crate::locales::common;
use crate::locales::windows as w;
use crate::views::home::hidden;

/// The form.
pub fn edit(community: &Community, lang: Lang, form: &Fields, faults: &Faults) -> impl IntoView + use<> {
    let moment = |name: &'static str, label: &'static str| {
        let (value, error) = (typed(form, name), wrong(lang, faults, name));
        view! { <Field lang name=name label=label hint=w::local_time(lang) kind=FieldKind::Moment value=value error=error/> }
    };
    view! {
        {to_check(lang, faults)}
        <form method="post" action="/desk/errands" class="office">
            {hidden(&[("run", typed(form, "run")), ("door", typed(form, "door"))])}
            <section class="card">
                <p class="quiet">{w::errands_more(lang)}</p>
                <div class="quick">
                    {moment("delivery_from", w::delivery_from_label(lang))}
                    {moment("delivery_to", w::delivery_to_label(lang))}
                </div>
                {compound_ticks(community, lang, form, faults)}
            </section>
            <Act><Submit weight=Weight::Main>{common::save(lang)}</Submit></Act>
        </form>
    }
}
