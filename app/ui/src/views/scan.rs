//! Scanning: the camera's place, the code typed instead, and what a scanned or typed code leads to.

use crate::prelude::*;
use domain::door_code::CodeError;
use domain::door_code::{DoorUrl, NotADoor, ShortCode};
use domain::fact::DoorCheck;
use domain::form::Fields;
use domain::handover::rest::Rest;
use domain::text::Text;
use domain::way::{Way, way};
use domain::{DoorId, Lang, RunId};

use crate::components::markup::{IntoMarkup, Markup};

use super::handover;
use super::home::hidden;
use super::round::{FOR, runs, stop_href};
use super::scene::{FactIds, Scene};
use super::stop::{At, stop};
use crate::components::action::{Act, ButtonLink, Submit, Weight};
use crate::components::field::{Field, FieldKind};
use crate::components::icon::ui;
use crate::components::message::{Note, Tone};
use crate::locales::facts;
use crate::locales::field as t;

/// The field of the typed code.
pub const CODE: &str = "code";

/// What somebody held before the camera or typed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Seen {
    /// A door of this phone's rounds.
    Door(DoorId, DoorCheck),
    /// A genuine card of another door. Nothing more is said about it.
    Elsewhere,
    /// No card of ours.
    NotACard(NotADoor),
    /// A mistyped code.
    Mistyped(CodeError),
    /// Some of the codes of somebody's rest of a round: how many, of how many.
    Partly(usize, usize),
    /// All of them.
    Rest(Box<Rest>),
    /// Codes of a hand-over that make no sense, or of a round that is over.
    NoRest,
}

impl Seen {
    /// What a scanned text is.
    #[must_use]
    pub fn scanned(scene: &Scene, text: &str) -> Self {
        match DoorUrl::parse(text, &scene.community().settings.hosts) {
            Ok(token) => match scene.feed.door_of_card(&token) {
                Some(door) => Self::Door(door, DoorCheck::Scanned),
                None => Self::Elsewhere,
            },
            Err(fault) => Self::NotACard(fault),
        }
    }

    /// What a typed code is.
    #[must_use]
    pub fn typed(scene: &Scene, text: &str) -> Self {
        match ShortCode::parse(text) {
            Ok(code) => match scene.feed.door_of_short_code(&code) {
                Some(door) => Self::Door(door, DoorCheck::Typed),
                None => Self::Elsewhere,
            },
            Err(fault) => Self::Mistyped(fault),
        }
    }
}

/// The scanner's page. `expected` is the stop that somebody came from; `typed` (a code, or a mark at the stop) comes
/// back after a mistake; `upwards` is how the round is walked.
pub fn scan(
    scene: &Scene,
    seen: Option<&Seen>,
    expected: Option<DoorId>,
    typed: &Fields,
    upwards: bool,
    ids: FactIds<'_>,
) -> Markup {
    let lang = scene.lang;
    let number = |door: DoorId| {
        scene.community().places.doors.get(&door).map_or_else(String::new, |door| door.spot.room.0.clone())
    };
    let fault = match seen {
        Some(Seen::Mistyped(fault)) => Some(mistyped(lang, fault)),
        _ => None,
    };
    match seen {
        Some(Seen::Door(door, check)) if expected.is_none_or(|expected| expected == *door) => {
            opened(scene, *door, *check, typed, upwards, ids)
        }
        Some(Seen::Door(door, _)) => {
            let room = expected.map(number).unwrap_or_default();
            let words = t::open_scanned(lang, &number(*door));
            let instead = run_of(scene, *door).map(|run| stop_href(run, *door));
            let instead = instead.map(|href| view! { <ButtonLink href>{words}</ButtonLink> });
            let wrong = t::wrong_door(lang, &number(*door), &room);
            let places = &scene.community().places;
            let way = expected.and_then(|to| way(places, *door, to)).map(|way| in_words(lang, &way));
            let whose: Vec<&str> = places.behind(*door).map(|household| household.holder.as_str()).collect();
            let whose = whose.into_iter().find(|name| !name.is_empty());
            let whose = whose.map(|name| t::wrong_door_whose(lang, &number(*door), name));
            view! {
                <Note tone=Tone::Warn live=true>
                    <p>{wrong} " " <b>{way}</b></p>
                    {whose.map(|whose| view! { <p>{whose}</p> })}
                </Note>
                {instead}
                {typing(lang, typed, expected, fault)}
            }
            .markup()
        }
        Some(Seen::Elsewhere) => {
            let words = match expected {
                Some(expected) => t::wrong_door_other(lang, &number(expected)),
                None => t::not_on_round(lang).to_owned(),
            };
            view! { <Note tone=Tone::Warn live=true>{words}</Note> {typing(lang, typed, expected, fault)} }
                .markup()
        }
        Some(Seen::NotACard(fault_of_card)) => {
            let words = no_card(lang, fault_of_card);
            view! { <Note tone=Tone::Warn live=true>{words}</Note> {typing(lang, typed, expected, fault)} }
                .markup()
        }
        Some(Seen::Partly(read, count)) => handover::partly(lang, *read, *count),
        Some(Seen::Rest(rest)) => handover::offered(lang, rest, ids),
        Some(Seen::NoRest) => {
            let words = t::take_damaged(lang);
            view! { <Note tone=Tone::Warn live=true>{words}</Note> {typing(lang, typed, expected, fault)} }
                .markup()
        }
        Some(Seen::Mistyped(_)) | None => typing(lang, typed, expected, fault).markup(),
    }
}

/// The way to the right door, as one would call it through the stairwell.
fn in_words(lang: Lang, way: &Way) -> String {
    match way {
        Way::Left(doors) => t::way_left(lang, *doors),
        Way::Right(doors) => t::way_right(lang, *doors),
        Way::Up(floors) => t::way_up(lang, *floors),
        Way::Down(floors) => t::way_down(lang, *floors),
        Way::Unit(unit, floor) => t::way_unit(lang, *unit, &facts::floor(lang, *floor)),
        Way::Building(label) => t::way_building(lang, &facts::building(lang, &label.0)),
    }
}

/// What the page says when there is no picture, for each of the scanner's words for it (`public/scanner.js`). Written by
/// the server: a phone's program need not carry what its page can.
#[cfg(feature = "ssr")]
pub fn no_picture(lang: Lang) -> Markup {
    let kinds = [
        ("denied", t::camera_denied(lang)),
        ("none", t::camera_none(lang)),
        ("busy", t::camera_busy(lang)),
        ("lost", t::camera_lost(lang)),
        ("insecure", t::camera_off(lang)),
        ("broken", t::camera_off(lang)),
    ];
    let notes: Vec<Markup> = kinds
        .into_iter()
        .map(|(kind, words)| {
            // Loading the page anew asks the browser again; nothing is lost by it.
            let again = (!matches!(kind, "none" | "insecure")).then(|| {
                view! { <ButtonLink href="/scan" icon=ui::SCAN>{t::camera_again(lang)}</ButtonLink> }
            });
            view! {
                <template data-trouble=kind>
                    <Note tone=Tone::Warn live=true icon=ui::KEYBOARD><p>{words}</p> {again}</Note>
                </template>
            }
            .markup()
        })
        .collect();
    notes.markup()
}

/// The run in which something is left to do at a door, or else the first one.
fn run_of(scene: &Scene, door: DoorId) -> Option<RunId> {
    let runs = runs(scene);
    let left = runs.iter().find(|(_, stops)| stops.get(&door).is_some_and(domain::round::Stop::to_do));
    let some = left.or_else(|| runs.iter().find(|(_, stops)| stops.contains_key(&door)));
    some.or(runs.first()).map(|(window, _)| window.run)
}

fn opened(
    scene: &Scene,
    door: DoorId,
    check: DoorCheck,
    typed: &Fields,
    upwards: bool,
    ids: FactIds<'_>,
) -> Markup {
    match run_of(scene, door) {
        Some(run) => stop(scene, At { run, door, check, upwards }, typed, ids),
        None => {
            let lang = scene.lang;
            view! { <Note>{t::no_round(lang)}</Note> }.markup()
        }
    }
}

fn typing(
    lang: Lang,
    typed: &Fields,
    expected: Option<DoorId>,
    fault: Option<String>,
) -> impl IntoView + use<> {
    let expected = expected.map(|door| hidden(&[(FOR, door.text())]));
    let (label, hint) = (t::type_code(lang), t::type_code_hint(lang));
    let typed = typed.get(CODE).unwrap_or_default().to_owned();
    let code = match fault {
        Some(error) => {
            view! { <Field lang name=CODE label kind=FieldKind::Code hint value=typed error/> }.markup()
        }
        None => view! { <Field lang name=CODE label kind=FieldKind::Code hint value=typed/> }.markup(),
    };
    view! {
        <form method="get" action="/scan" class="typing">
            {expected}
            {code}
            <Act><Submit weight=Weight::Main icon=ui::KEYBOARD>{t::open_door(lang)}</Submit></Act>
        </form>
    }
}

fn no_card(lang: Lang, fault: &NotADoor) -> &'static str {
    match fault {
        NotADoor::NotAUrl => t::not_a_card(lang),
        NotADoor::OtherHost => t::other_site(lang),
        NotADoor::NotADoorPath => t::other_page(lang),
        NotADoor::BadToken(_) => t::damaged_card(lang),
    }
}

fn mistyped(lang: Lang, fault: &CodeError) -> String {
    match fault {
        CodeError::Empty => t::type_code_hint(lang).to_owned(),
        CodeError::Character(_) => t::code_character(lang).to_owned(),
        CodeError::Length { expected, found } => {
            let number = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
            t::code_length(lang, number(*expected), number(*found))
        }
        CodeError::Check => t::code_wrong(lang).to_owned(),
    }
}
