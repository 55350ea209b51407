//! "I need something": what it is about, in words, and whether it cannot wait.

use crate::prelude::*;
use domain::form::{Fields, FormFault, field};
use domain::need::{Category, Channel};
use domain::text::Text;
use domain::wire::MAX_TEXT;
use domain::{HouseholdId, Lang};

use crate::components::markup::{IntoMarkup, Markup};

use super::home::hidden;
use super::scene::Scene;
use super::words;
use crate::components::action::{Act, Submit, Weight};
use crate::components::choice::{Check, Choice, Pick, Tiles};
use crate::components::field::{Field, FieldKind};
use crate::components::icon::ui;
use crate::components::message::Note;
use crate::locales::resident as t;

/// Where whoever has sent a need sees it.
pub const SENT: &str = "/household#needs";

/// The part of the form that says how the need reached us, where it is the household's own phone.
pub fn by_own_phone() -> Markup {
    hidden(&[(field::CHANNEL, name_of(&Channel::App))]).markup()
}

/// The form. `channel` is its part that says how the need reached us; `typed` is what was filled in before an error; it always comes back.
pub fn need(
    scene: &Scene,
    household: HouseholdId,
    channel: Markup,
    typed: &Fields,
    fault: Option<&FormFault>,
    fact: String,
    next: &str,
) -> impl IntoView + use<> {
    let lang = scene.lang;
    let emergency = scene.community().settings.emergency.clone();
    let fields = hidden(&[
        (field::ACT, "need".to_owned()),
        (field::FACT, fact),
        (field::HOUSEHOLD, household.text()),
        (field::NEXT, next.to_owned()),
    ]);
    let choices = Category::ALL
        .iter()
        .map(|category| {
            let (words, icon) = words::category(lang, *category);
            Choice::new(name_of(category), words).drawn(icon)
        })
        .collect();
    let chosen = typed.get(field::CATEGORY).map(str::to_owned).into_iter().collect();
    let no_category = (fault == Some(&FormFault::Field(field::CATEGORY)))
        .then(|| view! { <p class="error">{ui::WARNING.view()} {t::choose_category(lang)}</p> });
    let typed_text = typed.get(field::TEXT).unwrap_or_default().to_owned();
    let urgent = typed.get(field::URGENT).is_some();
    view! {
        <form method="post" action="/act" class="need">
            {fields}
            {channel}
            <Note icon=ui::AMBULANCE>{t::life_first(lang, &emergency)}</Note>
            <Tiles name=field::CATEGORY legend=t::what_about(lang) pick=Pick::One choices=choices values=chosen/>
            {no_category}
            {words_field(lang, typed_text, fault)}
            <Act>
                <Check name=field::URGENT words=t::urgent(lang) on=urgent/>
                <Submit weight=Weight::Main>{t::send_need(lang)}</Submit>
            </Act>
        </form>
    }
}

fn words_field(lang: Lang, typed: String, fault: Option<&FormFault>) -> impl IntoView + use<> {
    let most = u32::try_from(MAX_TEXT * 2).unwrap_or(u32::MAX);
    let error = match fault {
        Some(FormFault::Field(name)) if *name == field::TEXT => Some(t::need_failed_text(lang)),
        Some(FormFault::TooLong) => Some(t::too_long(lang)),
        _ => None,
    };
    let (label, hint) = (t::say_it(lang), t::say_it_hint(lang));
    match error {
        Some(error) => view! {
            <Field lang name=field::TEXT label kind=FieldKind::Words value=typed hint error max_length=most/>
        }
        .markup(),
        None => view! { <Field lang name=field::TEXT label kind=FieldKind::Words value=typed hint max_length=most/> }.markup(),
    }
}

/// The name of a choice from a closed list as forms and stored facts write it.
pub(crate) fn name_of<T: domain::json::Json>(choice: &T) -> String {
    domain::json::word(choice)
}
