//! What the pages of the desk's own records share: what was just done, what is wrong with a field, choosing an area.

use domain::Lang;
use domain::community::{Community, Places};
use domain::form::Fields;
use domain::household::DietTag;
use domain::office::{Fault, Faults, filled_with};
use domain::places::Area;
use leptos::prelude::*;

use crate::components::field::{Field, FieldKind, Select};
use crate::components::icon::ui;
use crate::components::markup::{IntoMarkup, Markup};
use crate::components::message::{Note, Tone};
use crate::locales::common;
use crate::locales::facts;
use crate::locales::office as t;
use crate::views::words;

macro_rules! did {
    ($($(#[$doc:meta])* $name:ident $word:literal $text:ident;)*) => {
        /// What was just done, or could not be: the page after a form says it.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub enum Did {
            $($(#[$doc])* $name,)*
        }

        impl Did {
            /// The word in the address.
            #[must_use]
            pub fn word(self) -> &'static str {
                match self { $(Self::$name => $word,)* }
            }

            /// Reads the word.
            #[must_use]
            pub fn parse(word: &str) -> Option<Self> {
                match word { $($word => Some(Self::$name),)* _ => None }
            }

            fn words(self, lang: Lang) -> &'static str {
                match self { $(Self::$name => t::$text(lang),)* }
            }
        }
    };
}

did! {
    /// The ledger was imported.
    Imported "imported" did_import;
    /// The import was taken back.
    Undone "undone" did_undo;
    /// Nothing to take back.
    NothingToUndo "nothing-to-undo" did_nothing_to_undo;
    /// The uploaded file no longer waits.
    UploadGone "upload-gone" did_upload_gone;
    /// Somebody else changed it meanwhile.
    Meanwhile "meanwhile" did_meanwhile;
    /// Menus were imported.
    MenusImported "menus-imported" did_menus_imported;
    /// A menu was saved.
    MenuSaved "menu-saved" did_menu_saved;
    /// A menu that was offered already got its next version.
    MenuVersioned "menu-versioned" did_menu_versioned;
    /// A draft was saved.
    DraftSaved "draft-saved" did_draft;
    /// A window was published.
    Published "published" did_publish;
    /// A window that was not open yet is a draft again.
    Withdrawn "withdrawn" did_withdraw;
    /// A window got a new closing time.
    Extended "extended" did_extend;
    /// A window was closed by hand.
    Closed "closed" did_close;
    /// A window's orders are fixed.
    Sealed "sealed" did_seal;
    /// It is too early to fix a window's orders.
    NotYet "not-yet" did_not_yet;
    /// A day's errands were planned or changed.
    ErrandsSaved "errands-saved" did_save_errands;
    /// Boxes were added.
    ToppedUp "topped-up" did_top_up;
    /// A person was added.
    Added "added" did_add_person;
    /// A person was saved.
    PersonSaved "person-saved" did_save_person;
    /// A person was assigned.
    Assigned "assigned" did_assign;
    /// An assignment ended.
    AssignmentEnded "assignment-ended" did_end_assignment;
    /// A person left.
    Left "left" did_leave;
    /// The last of the desk cannot leave.
    LastDesk "last-desk" did_last_desk;
    /// A person came back.
    Back "back" did_come_back;
    /// A phone was signed out.
    PhoneRevoked "phone-revoked" did_revoke;
    /// A passkey was taken away.
    PasskeyRemoved "passkey-removed" did_unkey;
    /// An invite was taken back.
    InviteRevoked "invite-revoked" did_uninvite;
    /// A notice was published.
    Noticed "noticed" did_notice;
    /// A notice ended.
    NoticeEnded "notice-ended" did_end_notice;
    /// A notice is shown again.
    NoticeAgain "notice-again" did_notice_again;
    /// A household was saved.
    HouseholdSaved "household-saved" did_save_household;
    /// The settings were saved.
    SettingsSaved "settings-saved" did_settings;
}

impl Did {
    fn tone(self) -> Tone {
        match self {
            Self::UploadGone | Self::Meanwhile | Self::NotYet | Self::LastDesk | Self::NothingToUndo => {
                Tone::Warn
            }
            _ => Tone::Quiet,
        }
    }
}

/// The note about what was just done.
#[must_use]
pub fn did(lang: Lang, did: Option<Did>) -> Option<Markup> {
    did.map(|did| {
        let icon = if did.tone() == Tone::Quiet { ui::CHECK } else { ui::WARNING };
        view! { <Note tone=did.tone() live=true icon=icon><p>{did.words(lang)}</p></Note> }.markup()
    })
}

/// The note above a form that came back.
#[must_use]
pub fn to_check(lang: Lang, faults: &Faults) -> Option<Markup> {
    (faults.count() > 0).then(|| {
        let words = common::check_fields(lang, faults.count());
        view! { <Note tone=Tone::Danger live=true><p>{words}</p></Note> }.markup()
    })
}

/// What is wrong with a field, and what to do; empty if nothing is.
#[must_use]
pub fn wrong(lang: Lang, faults: &Faults, field: &str) -> String {
    faults.at(field).map(|fault| words(lang, fault)).unwrap_or_default()
}

/// What is wrong, below a group of choices.
#[must_use]
pub fn wrong_choice(lang: Lang, faults: &Faults, field: &str) -> Option<Markup> {
    let words = faults.at(field).map(|fault| words(lang, fault))?;
    Some(view! { <p class="error">{ui::WARNING.view()} {words}</p> }.markup())
}

fn words(lang: Lang, fault: Fault) -> String {
    match fault {
        Fault::Missing => t::fault_missing(lang).into(),
        Fault::TooLong(most) => t::fault_too_long(lang, most),
        Fault::NotANumber(least, most) => t::fault_not_a_number(lang, least, most),
        Fault::NotATime => t::fault_not_a_time(lang).into(),
        Fault::NotMoney => t::fault_not_money(lang).into(),
        Fault::NotAfter => t::fault_not_after(lang).into(),
        Fault::Past => t::fault_past(lang).into(),
        Fault::ChooseOne => t::fault_choose_one(lang).into(),
        Fault::NoSuchPlace => t::fault_no_such_place(lang).into(),
        Fault::NotACode => t::fault_not_a_code(lang).into(),
        Fault::CodeTaken => t::fault_code_taken(lang).into(),
        Fault::FewerItemsThanPicks => t::fault_fewer_items(lang).into(),
        Fault::NotAnAmount => t::fault_not_an_amount(lang).into(),
        Fault::NotATelephone => t::fault_not_a_telephone(lang).into(),
        Fault::NotAHost => t::fault_not_a_host(lang).into(),
        Fault::SpeaksOfHealth => t::fault_speaks_of_health(lang).into(),
        Fault::NotHours => t::fault_not_hours(lang).into(),
        Fault::WhichUnit => t::fault_which_unit(lang).into(),
        Fault::WhichBuilding => t::fault_which_building(lang).into(),
        Fault::Meanwhile(theirs) => t::fault_meanwhile(lang, &theirs),
    }
}

/// What a form held when it came back, or what it starts with.
#[must_use]
pub fn typed(form: &Fields, field: &str) -> String {
    form.get(field).unwrap_or_default().to_owned()
}

/// What a form was filled with, so that the server sees what was changed in it.
#[must_use]
pub fn was(form: &Fields) -> Markup {
    let fields = filled_with(form).cloned();
    let fields = fields.map(|(name, value)| view! { <input type="hidden" name=name value=value/> });
    fields.collect_view().markup()
}

/// A word that stands in the middle of sentences elsewhere, at the head of a field.
#[must_use]
pub fn head(name: &str) -> String {
    let mut letters = name.chars();
    letters.next().into_iter().flat_map(char::to_uppercase).chain(letters).collect()
}

/// What something is called and what it is, with the colon of the language.
#[must_use]
pub fn labelled(lang: Lang, name: &str, value: impl std::fmt::Display) -> String {
    let colon = if lang == Lang::Zh { "：" } else { ": " };
    format!("{name}{colon}{value}")
}

/// The end of a sentence that another follows.
#[must_use]
pub fn full_stop(lang: Lang) -> &'static str {
    if lang == Lang::Zh { "。" } else { ". " }
}

/// An area in words.
#[must_use]
pub fn area(lang: Lang, places: &Places, area: &Area) -> String {
    let building = |id| {
        places.buildings.get(&id).map_or_else(
            || t::place_gone(lang).to_owned(),
            |building| {
                let compound = places.compounds.get(&building.compound).map_or("", |c| c.name.as_str());
                format!("{compound} {}", facts::building(lang, &building.label.0))
            },
        )
    };
    match *area {
        Area::Community => t::area_all(lang).to_owned(),
        Area::Compound(id) => {
            places.compounds.get(&id).map_or_else(|| t::place_gone(lang).to_owned(), |c| c.name.clone())
        }
        Area::Building(id) => building(id),
        Area::Unit(id, unit) => format!("{} {}", building(id), t::unit(lang, unit)),
        Area::Floors(id, unit, from, to) => {
            format!("{} {} {}", building(id), t::unit(lang, unit), t::floors(lang, from, to))
        }
    }
}

/// The fields of an area.
#[must_use]
pub fn area_inputs(
    lang: Lang,
    community: &Community,
    form: &Fields,
    faults: &Faults,
    all_words: &str,
) -> Markup {
    let places = &community.places;
    // Without a choice nobody is made responsible for everything by a slip of the finger.
    let mut options =
        vec![(String::new(), t::choose_place(lang).to_owned()), ("all".to_owned(), all_words.to_owned())];
    for compound in places.compounds.values() {
        options.push((format!("c{}", compound.id), compound.name.clone()));
        let buildings = places.buildings_in_order().into_iter().filter(|b| b.compound == compound.id);
        options.extend(buildings.map(|building| {
            let words = format!("{} {}", compound.name, facts::building(lang, &building.label.0));
            (format!("b{}", building.id), words)
        }));
    }
    view! {
        <div class="quick">
            <div>
                <Select name="place" label=t::where_label(lang) options=options value=typed(form, "place")/>
                {wrong_choice(lang, faults, "place")}
            </div>
            <Field lang name="unit" label=t::unit_label(lang) hint=t::unit_hint(lang) kind=FieldKind::Number optional=true
                value=typed(form, "unit") error=wrong(lang, faults, "unit")/>
            <Field lang name="floor_from" label=t::floor_from_label(lang) kind=FieldKind::Text optional=true
                value=typed(form, "floor_from") error=wrong(lang, faults, "floor_from")/>
            <Field lang name="floor_to" label=t::floor_to_label(lang) kind=FieldKind::Text optional=true
                value=typed(form, "floor_to") error=wrong(lang, faults, "floor_to")/>
        </div>
    }
    .markup()
}

/// Ticks of which any number may be chosen.
#[must_use]
pub fn ticks(name: &'static str, legend: &str, choices: Vec<(String, String, bool)>) -> Markup {
    let ticks = choices.into_iter().map(|(value, words, on)| {
        view! {
            <label class="check">
                <input type="checkbox" name=name value=value checked=on/>
                <span>{words}</span>
            </label>
        }
    });
    view! {
        <fieldset>
            <legend>{legend.to_owned()}</legend>
            <div class="ticks">{ticks.collect_view()}</div>
        </fieldset>
    }
    .markup()
}

/// The usual diets.
const DIETS: [&str; 3] = ["halal", "vegetarian", "low-sugar"];

/// The diets of a menu or a household: the usual ones to tick, others to type.
#[must_use]
pub fn diet_inputs(lang: Lang, legend: &str, form: &Fields, faults: &Faults) -> Markup {
    let (usual, own): (Vec<&str>, Vec<&str>) = form
        .all("diet")
        .flat_map(|typed| typed.split([',', '，', '、', ';', ' ']))
        .filter(|tag| !tag.is_empty())
        .partition(|tag| DIETS.contains(tag));
    let choices = DIETS
        .into_iter()
        .filter_map(|tag| tag.parse::<DietTag>().ok())
        .map(|tag| (tag.to_string(), words::diet(lang, &tag), usual.contains(&tag.as_str())))
        .collect();
    view! {
        {ticks("diet", legend, choices)}
        <Field lang name="diet" label=t::own_diets(lang) hint=t::own_diets_hint(lang) optional=true value=own.join(" ")
            error=wrong(lang, faults, "diet")/>
    }
    .markup()
}

/// A field for a file, with what was wrong with the last one.
#[must_use]
pub fn file_input(lang: Lang, error: Option<String>) -> Markup {
    let invalid = error.is_some().then_some("true");
    view! {
        <div class="field">
            <label for="f-file">{t::file_label(lang)}</label>
            <p class="small quiet" id="f-file-h">{t::file_hint(lang)}</p>
            <input id="f-file" type="file" name="file" required=true aria-describedby="f-file-h f-file-e" aria-invalid=invalid
                accept=".xlsx,.csv,.txt,text/csv,text/plain,application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"/>
            {error.map(|error| view! { <p class="error" id="f-file-e" role="alert">{ui::WARNING.view()} {error}</p> })}
        </div>
    }
    .markup()
}
