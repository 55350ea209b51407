//! What the desk sets once: names, numbers, minutes, former hosts.

use domain::Lang;
use domain::form::Fields;
use domain::office::Faults;
use leptos::prelude::*;

use super::office::{Did, did, to_check, typed, was, wrong};
use crate::components::action::{Act, Submit, Weight};
use crate::components::field::{Field, FieldKind};
use crate::locales::common;
use crate::locales::office as t;

/// The form. `host` is the host that phones know now.
pub fn settings(
    lang: Lang,
    host: &str,
    form: &Fields,
    faults: &Faults,
    done: Option<Did>,
) -> impl IntoView + use<> {
    let field = |name: &'static str,
                 label: &'static str,
                 hint: Option<&'static str>,
                 kind: FieldKind,
                 optional: bool| {
        let (value, error) = (typed(form, name), wrong(lang, faults, name));
        match hint {
            Some(hint) => view! { <Field lang name=name label=label hint=hint kind=kind optional=optional value=value error=error/> }.into_any(),
            None => view! { <Field lang name=name label=label kind=kind optional=optional value=value error=error/> }.into_any(),
        }
    };
    view! {
        {did(lang, done)}
        {to_check(lang, faults)}
        <form method="post" action="/desk/settings" class="office">
            {was(form)}
            <section class="card">
                <h2>{t::community_title(lang)}</h2>
                <div class="quick">
                    {field("name_zh", t::name_zh(lang), None, FieldKind::Text, false)}
                    {field("name_en", t::name_en(lang), None, FieldKind::Text, true)}
                </div>
            </section>
            <section class="card">
                <h2>{t::numbers_title(lang)}</h2>
                <div class="quick">
                    {field("hotline", t::hotline_label(lang), Some(t::hotline_hint(lang)), FieldKind::Tel, false)}
                    {field("emergency", t::emergency_label(lang), Some(t::emergency_hint(lang)), FieldKind::Tel, false)}
                    {field("unread_minutes", t::unread_label(lang), Some(t::unread_hint(lang)), FieldKind::Number, false)}
                    {field("quiet", t::quiet_label(lang), Some(t::quiet_hint(lang)), FieldKind::Text, true)}
                </div>
            </section>
            <section class="card">
                <h2>{t::hosts_title(lang)}</h2>
                <p>{t::host_now(lang)} " " <b>{host.to_owned()}</b></p>
                {field("hosts", t::hosts_label(lang), Some(t::hosts_hint(lang)), FieldKind::Words, true)}
            </section>
            <Act><Submit weight=Weight::Main>{common::save(lang)}</Submit></Act>
        </form>
    }
}
