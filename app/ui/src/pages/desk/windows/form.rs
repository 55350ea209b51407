//! The form of an ordering window, new or still a draft.

use domain::community::Community;
use domain::form::Fields;
use domain::menu::Menu;
use domain::office::Faults;
use domain::{Lang, RunId};
use leptos::prelude::*;

use super::super::office::{full_stop, ticks, to_check, typed, was, wrong, wrong_choice};
use crate::components::action::{Act, Submit, Weight};
use crate::components::choice::{Choice, Segments};
use crate::components::field::{Field, FieldKind};
use crate::components::markup::{IntoMarkup, Markup};
use crate::components::message::Note;
use crate::locales::format::money;
use crate::locales::office as t;
use crate::locales::windows as w;
use crate::views::home::hidden;

/// The form of a window that nobody has seen yet.
pub fn edit(
    community: &Community,
    lang: Lang,
    run: RunId,
    form: &Fields,
    faults: &Faults,
) -> impl IntoView + use<> {
    let moment = |name: &'static str, label: &'static str, hint: &'static str| {
        let (value, error) = (typed(form, name), wrong(lang, faults, name));
        view! { <Field lang name=name label=label hint=hint kind=FieldKind::Moment value=value error=error/> }
    };
    let menus = newest(community).into_iter().map(|menu| {
        let code = menu.code.to_string();
        let on = form.all("menu").any(|chosen| chosen == code);
        let words = format!("{} {} · {}", menu.code, menu.name.in_lang(lang), money(lang, menu.price));
        (code, words, on)
    });
    let no_menus = community.menus.is_empty().then(|| {
        view! {
            <Note>{t::no_menus(lang)} {full_stop(lang)} <a href="/desk/menus">{w::menus_first(lang)}</a></Note>
        }
    });
    let payments = vec![
        Choice::new("free", w::pay_free(lang)),
        Choice::new("on_delivery", w::pay_on_delivery(lang)),
        Choice::new("prepaid", w::pay_prepaid(lang)),
    ];
    view! {
        {to_check(lang, faults)}
        <form method="post" action="/desk/windows/edit" class="office">
            {hidden(&[("run", run.to_string())])}
            {was(form)}
            <section class="card">
                <h2>{w::ordering(lang)}</h2>
                <div class="quick">
                    {moment("opens", w::opens_label(lang), w::local_time(lang))}
                    {moment("closes", w::closes_label(lang), w::closes_hint(lang))}
                    <Field lang name="grace" label=w::grace_label(lang) hint=w::grace_hint(lang) kind=FieldKind::Number
                        optional=true value=typed(form, "grace") error=wrong(lang, faults, "grace")/>
                </div>
            </section>
            <section class="card">
                <h2>{w::delivery(lang)}</h2>
                <div class="quick">
                    {moment("delivery_from", w::delivery_from_label(lang), w::local_time(lang))}
                    {moment("delivery_to", w::delivery_to_label(lang), w::local_time(lang))}
                </div>
            </section>
            <section class="card">
                {compound_ticks(community, lang, form, faults)}
                {ticks("menu", w::with_menus(lang), menus.collect())}
                {no_menus}
                {wrong_choice(lang, faults, "menu")}
            </section>
            <section class="card">
                <Segments name="payment" legend=w::payment_label(lang) choices=payments value=typed(form, "payment")/>
                {wrong_choice(lang, faults, "payment")}
                <Field lang name="payment_text" label=w::payment_text_label(lang) hint=w::payment_text_hint(lang) optional=true
                    max_length=300 value=typed(form, "payment_text") error=wrong(lang, faults, "payment_text")/>
                <Field lang name="note" label=w::note_label(lang) hint=w::note_hint(lang) kind=FieldKind::Words optional=true
                    max_length=300 value=typed(form, "note") error=wrong(lang, faults, "note")/>
                <Field lang name="note_en" label=w::note_en_label(lang) kind=FieldKind::Words
                    optional=true max_length=300 value=typed(form, "note_en") error=wrong(lang, faults, "note_en")/>
            </section>
            <div class="tools"><Submit name="then" value="draft">{w::save_draft(lang)}</Submit></div>
            <Act><Submit weight=Weight::Main name="then" value="publish">{w::publish(lang)}</Submit></Act>
        </form>
    }
}

/// The compounds that a run is for, to be ticked.
pub(in crate::pages::desk) fn compound_ticks(
    community: &Community,
    lang: Lang,
    form: &Fields,
    faults: &Faults,
) -> Markup {
    let compounds = community.places.compounds.values().map(|compound| {
        let id = compound.id.to_string();
        let on = form.all("compound").any(|chosen| chosen == id);
        (id, compound.name.clone(), on)
    });
    let ticks = ticks("compound", w::for_compounds(lang), compounds.collect());
    view! { {ticks} {wrong_choice(lang, faults, "compound")} }.markup()
}

/// The newest version of every menu, by code.
fn newest(community: &Community) -> Vec<&Menu> {
    let mut codes: Vec<_> = community.menus.iter().map(|menu| &menu.code).collect();
    codes.sort();
    codes.dedup();
    codes.into_iter().filter_map(|code| community.newest_menu(code)).collect()
}
