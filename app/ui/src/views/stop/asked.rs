//! "They need something": a need reported at the door.

use crate::prelude::*;
use domain::HouseholdId;
use domain::form::field;
use domain::household::Household;
use domain::need::Category;
use domain::text::Text;
use domain::wire::MAX_TEXT;

use super::super::home::hidden;
use super::super::round::stop_href;
use super::super::scene::{FactIds, Scene};
use super::super::words;
use super::At;
use crate::components::action::{Submit, Weight};
use crate::components::choice::Check;
use crate::components::field::{Field, FieldKind, Select};
use crate::components::icon::ui;
use crate::components::markup::{IntoMarkup, Markup};
use crate::locales::field as t;

/// "They need something": a need on behalf, saved without signal like everything else.
pub(super) fn need(
    scene: &Scene,
    at: At,
    first: HouseholdId,
    households: &[&Household],
    ids: FactIds<'_>,
) -> Markup {
    let lang = scene.lang;
    let fields = hidden(&[
        (field::ACT, "need".to_owned()),
        (field::FACT, ids()),
        (field::CHANNEL, "door".to_owned()),
        (field::NEXT, stop_href(at.run, at.door)),
    ]);
    let options = |household: &&Household| (household.id.text(), household.holder.clone());
    let whom = if households.len() > 1 {
        let options = households.iter().map(options).collect();
        view! { <Select name=field::HOUSEHOLD label=t::they_need_something(lang) options/> }.markup()
    } else {
        hidden(&[(field::HOUSEHOLD, first.text())]).markup()
    };
    let categories = Category::ALL
        .iter()
        .map(|category| {
            (super::super::need::name_of(category), words::category(lang, *category).0.to_owned())
        })
        .collect();
    let most = u32::try_from(MAX_TEXT * 2).unwrap_or(u32::MAX);
    view! {
        <details>
            <summary class="row">
                {ui::SPEAK.view()} <span class="grow">{t::they_need_something(lang)}</span> {ui::CHEVRON_DOWN.view()}
            </summary>
            <form method="post" action="/act" class="fill">
                {fields}
                {whom}
                <Select name=field::CATEGORY label=t::need_what(lang) options=categories/>
                <Field lang name=field::TEXT label=t::need_words(lang) kind=FieldKind::Words max_length=most/>
                <Check name=field::URGENT words=t::need_urgent(lang)/>
                <Submit weight=Weight::Wide>{t::need_save(lang)}</Submit>
            </form>
        </details>
    }
    .markup()
}
