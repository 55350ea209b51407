//! Care remarks of one household, for the desk: nothing shows before a reason is given, every look is on record for
//! everybody at the desk to see, and the household's own yes or no stands beside it.

use domain::actor::Signed;
use domain::care::{CarePurpose, Consent};
use domain::community::Community;
use domain::{HouseholdId, Lang, Millis};
use leptos::prelude::*;

use crate::components::action::{ButtonLink, Submit, Weight};
use crate::components::choice::{Choice, Pick, Tiles};
use crate::components::icon::ui;
use crate::components::markup::{IntoMarkup, Markup};
use crate::components::message::{Note, Tone};
use crate::locales::when::When;
use crate::locales::{care as t, common};
use crate::views::home::hidden;
use crate::views::words;

/// A remark and where it came from.
pub struct Remark {
    /// The flag it is kept under.
    pub flag: String,
    /// In the words of whoever wrote it.
    pub text: String,
}

/// A look into the remarks.
pub struct Look {
    /// When.
    pub at: Millis,
    /// Who.
    pub by: Signed,
    /// For what, as the log keeps it.
    pub purpose: String,
}

/// What the page shows.
pub struct Shown<'a> {
    /// The community.
    pub community: &'a Community,
    /// For saying times.
    pub when: When,
    /// Whose remarks.
    pub household: HouseholdId,
    /// The remarks, once somebody gave a reason, with the reason.
    pub read: Option<(CarePurpose, Vec<Remark>)>,
    /// The form came back without a reason.
    pub no_reason: bool,
    /// What the household said, when, and who wrote it down.
    pub consent: Option<(Consent, Millis, Signed)>,
    /// Earlier looks, the newest first.
    pub looks: Vec<Look>,
}

/// The page.
pub fn care(shown: &Shown<'_>) -> impl IntoView + use<> {
    let lang = shown.when.lang;
    let path = format!("/desk/care/{}", shown.household);
    let door = shown.community.places.door_of(shown.household);
    let back = door.map_or_else(|| "/desk".to_owned(), |door| format!("/desk/door/{door}"));
    let top = match &shown.read {
        Some((why, remarks)) => remarks_card(lang, *why, remarks),
        None => reason_form(lang, &path, shown.no_reason),
    };
    view! {
        <Note icon=ui::KEY><p>{t::promise(lang)}</p></Note>
        {top}
        {consent_card(shown, &path)}
        {looks_card(shown)}
        <div class="tools"><ButtonLink href=back icon=ui::CHEVRON_LEFT>{common::back(lang)}</ButtonLink></div>
    }
}

/// A purpose in words.
#[must_use]
pub fn purpose_words(lang: Lang, purpose: CarePurpose) -> &'static str {
    match purpose {
        CarePurpose::Need => t::for_need(lang),
        CarePurpose::Medicine => t::for_medicine(lang),
        CarePurpose::Hospital => t::for_hospital(lang),
        CarePurpose::Call => t::for_call(lang),
        CarePurpose::Review => t::for_review(lang),
    }
}

fn reason_form(lang: Lang, path: &str, no_reason: bool) -> Markup {
    let choices =
        CarePurpose::ALL.map(|purpose| Choice::new(purpose.word(), purpose_words(lang, purpose))).into();
    let wrong = no_reason
        .then(|| view! { <p class="error" role="alert">{ui::WARNING.view()} {t::why_missing(lang)}</p> });
    view! {
        <section class="card">
            <form method="post" action=path.to_owned()>
                <Tiles name="why" legend=t::why(lang) pick=Pick::One choices=choices/>
                {wrong}
                <p class="small quiet">{t::why_hint(lang)}</p>
                <Submit weight=Weight::Main>{t::look(lang)}</Submit>
            </form>
        </section>
    }
    .markup()
}

fn remarks_card(lang: Lang, why: CarePurpose, remarks: &[Remark]) -> Markup {
    let list = remarks.iter().map(|remark| {
        let from = match remark.flag.as_str() {
            "ledger" => t::from_ledger(lang),
            "door-note" => t::from_note(lang),
            _ => t::from_other(lang),
        };
        view! { <div class="row"><span class="grow"><b>{remark.text.clone()}</b> <small class="quiet">{from}</small></span></div> }
    });
    let none = remarks.is_empty().then(|| view! { <p>{t::none(lang)}</p> });
    view! {
        <section class="card" id="remarks">
            <h2>{t::remarks(lang)}</h2>
            {none}
            <div class="rows">{list.collect_view()}</div>
            <p class="small quiet">{t::remarks_now(lang, purpose_words(lang, why))}</p>
        </section>
    }
    .markup()
}

fn consent_card(shown: &Shown<'_>, path: &str) -> Markup {
    let lang = shown.when.lang;
    let said = shown.consent.map(|(is, at, by)| {
        let (at, who) = (shown.when.at(at), name(shown.community, lang, by));
        match is {
            Consent::Agreed => t::agreed(lang, &at, &who),
            Consent::Refused => t::refused(lang, &at, &who),
        }
    });
    let state = match said {
        Some(words) => view! { <p>{words}</p> }.markup(),
        None => view! { <Note tone=Tone::Warn><p>{t::not_asked(lang)}</p></Note> }.markup(),
    };
    let is = shown.consent.map(|(is, ..)| is);
    let button = |consent: Consent, says: &'static str, words: &'static str, weight: Weight| {
        (is != Some(consent)).then(|| {
            let fields = hidden(&[("says", says.to_owned())]);
            let to = format!("{path}/consent");
            view! { <form method="post" action=to>{fields}<Submit weight=weight>{words}</Submit></form> }
                .markup()
        })
    };
    // What is deleted cannot be brought back by a hand that slipped: it takes a second step, at another place.
    let refuse = button(Consent::Refused, "refused", t::delete_it(lang), Weight::Danger).map(|button| {
        view! {
            <details id="refuse">
                <summary class="btn">{t::they_refuse(lang)}</summary>
                <p>{t::refuse_hint(lang)}</p>
                {button}
            </details>
        }
    });
    let mistaken = (is == Some(Consent::Refused))
        .then(|| view! { <p class="small quiet">{t::refused_by_mistake(lang)}</p> });
    view! {
        <section class="card">
            <h2>{t::consent(lang)}</h2>
            {state}
            <p class="quiet">{t::ask(lang)}</p>
            <div class="tools">
                {button(Consent::Agreed, "agreed", t::they_agree(lang), Weight::Plain)}
            </div>
            {mistaken}
            {refuse}
        </section>
    }
    .markup()
}

fn looks_card(shown: &Shown<'_>) -> Markup {
    let lang = shown.when.lang;
    if shown.looks.is_empty() {
        return view! { <section class="card"><h2>{t::readers(lang)}</h2><p>{t::nobody_yet(lang)}</p></section> }
            .markup();
    }
    let rows = shown.looks.iter().map(|look| {
        let why = CarePurpose::parse(&look.purpose)
            .map_or_else(|| look.purpose.clone(), |purpose| purpose_words(lang, purpose).to_owned());
        let (at, who) = (shown.when.at(look.at), name(shown.community, lang, look.by));
        view! { <tr><td>{at}</td><td>{who}</td><td>{why}</td></tr> }
    });
    view! {
        <section class="card" id="readers">
            <h2>{t::readers(lang)} " " <small class="quiet">{t::readers_hint(lang)}</small></h2>
            <div class="table" tabindex="0">
                <table>
                    <thead><tr><th>{t::when(lang)}</th><th>{t::who(lang)}</th><th>{t::why(lang)}</th></tr></thead>
                    <tbody>{rows.collect_view()}</tbody>
                </table>
            </div>
        </section>
    }
    .markup()
}

/// A person by name: here it has to be told apart who of the desk it was.
fn name(community: &Community, lang: Lang, by: Signed) -> String {
    match by {
        Signed::Person(id, _) => community.people.get(&id).map(|person| person.name.clone()),
        Signed::Household(_) | Signed::Clock => None,
    }
    .unwrap_or_else(|| words::who(lang, community, by, None))
}
