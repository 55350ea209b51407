//! What lives in a page of the round: the server's page until this phone knows as much, then drawn from its own
//! storage by the same views. Forms are saved here and sent by the outbox; if nothing can be saved the browser submits
//! them as if there were no script.

use std::cell::RefCell;

use domain::fact::{Body, DoorCheck};
use domain::feed::Me;
use domain::form::{Fields, FormFault, field, on_round};
use domain::handover::parts::{Collected, Heard, texts};
use domain::handover::written::Giver;
use domain::handover::{HandOver, TookOver};
use domain::mark_form::{BUILDING, MENUS, NOTE, RETURNED, SURE, TAKEN, UNTOLD};
use domain::{BuildingId, Lang, Millis, RunId, json};
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::spawn_local;

use super::{FieldPage, stop_in};
use crate::components::markup::{IntoMarkup, Markup};
use crate::components::message::{Note, OutboxStrip, Tone};
use crate::islands::edge;
use crate::locales::{common, field as t};
use crate::outbox::{self, Known, Link};
use crate::prelude::*;
use crate::views::outbox::Around;
use crate::views::round::Walk;
use crate::views::scan::{self, Seen};
use crate::views::scene::Scene;
use crate::views::stop::At;
use crate::views::{self, home};

/// Nobody reads a new door's number and presses within so many milliseconds: that touch was meant for the door before.
const TOO_SOON: i64 = 900;

/// What somebody just did on the page.
#[derive(Clone, Copy)]
enum Told {
    /// Saved with strict durability.
    Saved,
    /// A mark was taken back.
    Undone,
    /// A need was saved.
    Need,
    /// What was written about a need is not saved yet: nothing was marked.
    Unsent,
    /// Another door's card came into the picture: nothing was marked.
    OtherDoor,
    /// Not saved, and not sent.
    NotSaved,
}

struct Live {
    lang: Lang,
    page: FieldPage,
    as_of: Option<Millis>,
    told: Option<Told>,
    seen: Option<Seen>,
    /// What was filled in last and lacked something: a mark without words, a load without a number, a wrong code.
    typed: Fields,
    /// When another card took the place of a door that was not marked: a finger may still be on its way there.
    swapped: Option<Millis>,
    /// The codes of somebody's rest of a round that were read so far.
    collected: Collected,
    /// The codes of one's own rest are shown.
    shown: bool,
    /// Something is being saved.
    busy: bool,
    /// The phone draws; the server's page does not come back.
    draws: bool,
}

thread_local! {
    static LIVE: RefCell<Live> = const { RefCell::new(Live {
        lang: Lang::Zh,
        page: FieldPage::Rounds,
        as_of: None,
        told: None,
        seen: None,
        typed: Fields(Vec::new()),
        swapped: None,
        collected: Collected::new(),
        shown: false,
        busy: false,
        draws: false,
    }) };
}

/// Begins; gives what is to be called when the phone knows more.
pub(in crate::islands) fn begin(lang: Lang, page: FieldPage, as_of: Option<Millis>) -> fn() {
    LIVE.with_borrow_mut(|live| (live.lang, live.page, live.as_of) = (lang, page, as_of));
    edge::listen("submit", |event| submitted(&event));
    match page {
        FieldPage::Outbox => edge::listen("click", |event| {
            if edge::pressed(&event, "send") {
                outbox::send_now();
            }
        }),
        FieldPage::Scan => edge::scan(|text| {
            let heard = LIVE.with_borrow_mut(|live| live.collected.hear(&text));
            let seen = outbox::with(|known| known.scene.as_ref().map(|scene| seen(scene, heard, &text)));
            // What somebody fills in at one door is not for the next one.
            if seen.is_some() && !edge::unfolded() {
                change(|live| {
                    let marked = matches!(live.told, Some(Told::Saved));
                    let door = |seen: &Option<Seen>| match seen {
                        Some(Seen::Door(door, _)) => Some(*door),
                        _ => None,
                    };
                    let other = door(&live.seen).is_some_and(|shown| door(&seen) != Some(shown));
                    live.swapped = (other && !marked).then(outbox::device);
                    (live.seen, live.typed, live.told) = (seen, Fields::default(), None);
                });
            }
        }),
        FieldPage::Rounds | FieldPage::Stop | FieldPage::HandOver => {}
    }
    || show(|_| {}, false)
}

/// What a scanned text is: a door's card, or a part of somebody's rest of a round.
fn seen(scene: &Scene, heard: Heard, text: &str) -> Seen {
    match heard {
        Heard::NotOurs => Seen::scanned(scene, text),
        Heard::Partly(read, count) => Seen::Partly(read, count),
        Heard::Whole(rest) if rest.walkable(scene.now) => Seen::Rest(rest),
        Heard::Whole(_) | Heard::Damaged => Seen::NoRest,
    }
}

/// Changes what lives here because of what somebody did, and draws.
fn change(how: impl FnOnce(&mut Live)) {
    show(how, true);
}

/// News of themselves (`own` is false) do not close what somebody has unfolded to fill in.
fn show(how: impl FnOnce(&mut Live), own: bool) {
    let (above, told, drawn) = LIVE.with_borrow_mut(|live| {
        how(live);
        outbox::with(|known| draw(live, known))
    });
    edge::put("above", &above);
    edge::put("told", &told);
    edge::put_drawn(drawn.filter(|_| own || !edge::unfolded()));
}

fn draw(live: &mut Live, known: &Known) -> (String, String, Option<String>) {
    let scene = known.scene.as_ref();
    if let (None, FieldPage::Rounds, Some(scene)) = (live.as_of, live.page, scene)
        && let Me::Person { name, .. } = &scene.feed.me
    {
        edge::door("", name);
    }
    live.draws |= scene.is_some_and(|scene| live.as_of.is_none_or(|as_of| scene.feed.as_of >= as_of))
        // What this phone holds is nothing that the server could know.
        || ((live.as_of.is_none() || live.page == FieldPage::Outbox) && known.read)
        || live.told.is_some()
        || !live.typed.0.is_empty()
        || live.seen.is_some()
        // The server knows no more than the address.
        || (matches!(live.page, FieldPage::Rounds | FieldPage::Stop) && scene.is_some() && walk() != Walk::default());
    let told = live.told.map(|told| tell(live.lang, told)).unwrap_or_default();
    (above(live, known), told, live.draws.then(|| drawn(live, known)))
}

/// What stands above every page: the alarm while something urgent is unsent, and what this phone still holds.
fn above(live: &Live, known: &Known) -> String {
    let alarm = home::alarm(known.scene.as_ref(), &known.kept, live.lang, true);
    let (lang, waiting) = (live.lang, known.waiting());
    let refused = known.refused_lately();
    let strip = (live.page != FieldPage::Outbox)
        .then(|| view! { <OutboxStrip lang waiting refused href="/outbox"/> });
    view! { {alarm} {strip} }.html()
}

/// The page drawn from what the phone knows, by the views the server draws with.
fn drawn(live: &Live, known: &Known) -> String {
    let lang = live.lang;
    let signed_out = known.link == Link::SignedOut;
    // The outbox names the facts when they are made.
    let ids = &mut String::new;
    if live.page == FieldPage::Outbox {
        let around = Around { home: "/round", signed_out };
        return views::outbox::outbox(known.scene.as_ref(), &known.kept, lang, around).html();
    }
    let out = signed_out.then(|| views::outbox::signed_out(lang));
    let page = match &known.scene {
        None => nothing_stored(lang),
        Some(scene) => match live.page {
            FieldPage::Rounds => views::round::round(scene, walk(), &live.typed, ids).markup(),
            FieldPage::Stop => match stop_in(&edge::path()) {
                Some((run, door)) => {
                    let at = At { run, door, check: DoorCheck::Listed, upwards: walk().upwards };
                    views::stop::stop(scene, at, &live.typed, ids)
                }
                None => nothing_stored(lang),
            },
            FieldPage::HandOver => match (edge::asked("run"), edge::asked("b")) {
                (Some(run), Some(building)) => views::handover::give(scene, run, building, live.shown, ids),
                _ => nothing_stored(lang),
            },
            FieldPage::Scan | FieldPage::Outbox => {
                let expected = edge::asked("for");
                scan::scan(scene, live.seen.as_ref(), expected, &live.typed, walk().upwards, ids)
            }
        },
    };
    view! { {out} {page} }.html()
}

/// How this phone walks its rounds, as somebody chose it last.
fn walk() -> Walk {
    Walk::of_query(&edge::walk())
}

fn nothing_stored(lang: Lang) -> Markup {
    view! { <Note>{t::no_round(lang)} " " {t::no_round_more(lang)}</Note> }.markup()
}

fn tell(lang: Lang, told: Told) -> String {
    let (tone, words) = match told {
        Told::Saved => (Tone::Quiet, common::saved_on_this_phone(lang)),
        Told::Undone => (Tone::Quiet, t::undone(lang)),
        Told::Need => (Tone::Warn, t::need_saved(lang)),
        Told::Unsent => (Tone::Warn, t::unsent_need(lang)),
        Told::OtherDoor => (Tone::Warn, t::other_door(lang)),
        Told::NotSaved => (Tone::Danger, t::not_saved(lang)),
    };
    view! { <Note tone live=true>{words}</Note> }.html()
}

/// Takes a form: a typed code opens its door, everything that acts becomes facts.
fn submitted(event: &JsValue) {
    if outbox::with(|known| known.scene.is_none()) {
        // Nothing is known here yet; the server can take it.
        return;
    }
    let held = edge::Held::of(event);
    let unsent = edge::unsent(event);
    let form = outbox::take_form(event);
    if unsent && form.get(field::ACT) == Some("mark") {
        return show(|live| live.told = Some(Told::Unsent), false);
    }
    let swapped = LIVE.with_borrow(|live| live.swapped);
    if swapped.is_some_and(|at| (outbox::device() - at).abs() < TOO_SOON) {
        return change(|live| live.told = Some(Told::OtherDoor));
    }
    if let Some(code) = form.get(scan::CODE) {
        let seen = outbox::with(|known| known.scene.as_ref().map(|scene| Seen::typed(scene, code)));
        return change(|live| (live.seen, live.typed) = (seen, form));
    }
    match form.get(field::ACT) {
        Some(views::handover::GIVE) => return give(&form),
        Some(views::handover::TAKE) => return take(),
        _ => {}
    }
    let id = outbox::new_id();
    let made = match on_round(&form, id) {
        Ok(made) => made,
        Err(FormFault::Field(NOTE | MENUS | UNTOLD | TAKEN | RETURNED | SURE)) => {
            change(|live| (live.typed, live.told) = (form, None));
            return edge::to_fault_or_top();
        }
        Err(_) => return change(|live| live.told = Some(Told::NotSaved)),
    };
    let what = told_of(&form);
    if LIVE.with_borrow_mut(|live| std::mem::replace(&mut live.busy, true)) {
        // The second tap of a double tap: the first one is being saved.
        return;
    }
    spawn_local(async move {
        let facts =
            made.into_iter().zip(0u8..).map(|(body, n)| (if n == 0 { id } else { id.continued(n) }, body));
        let saved = outbox::save_named(facts.collect()).await.is_ok();
        LIVE.with_borrow_mut(|live| live.busy = false);
        if saved {
            edge::saved();
            change(|live| (live.typed, live.told) = (Fields::default(), Some(what)));
            edge::to_fault_or_top();
        } else if outbox::with(|known| known.link != Link::Offline) {
            // The browser's own way, if the server can be reached; it says itself when it can't.
            held.submit();
        } else {
            change(|live| live.told = Some(Told::NotSaved));
        }
    });
}

fn told_of(form: &Fields) -> Told {
    match form.get(field::ACT) {
        Some("undo") => Told::Undone,
        Some("need") => Told::Need,
        _ => Told::Saved,
    }
}

/// The second tap of a double tap: the first one is being saved.
fn busy() -> bool {
    LIVE.with_borrow_mut(|live| std::mem::replace(&mut live.busy, true))
}

/// Saves that the rest of a building is handed over, and shows it as codes.
fn give(form: &Fields) {
    let (run, building) = (form.read::<RunId>(field::RUN), form.read::<BuildingId>(BUILDING));
    let (Ok(run), Ok(building)) = (run, building) else { return };
    let (id, ticket) = (outbox::new_id(), outbox::new_ticket());
    let rest = outbox::with(|known| {
        let scene = known.scene.as_ref()?;
        let areas = views::handover::areas_of(scene, run, building);
        let stops = &views::round::stops_of(scene, run);
        let (feed, hand) = (&scene.feed, id);
        let bytes = Giver { feed, stops, run, building, areas: &areas, hand, ticket }.bytes()?;
        Some((bytes, areas))
    });
    let Some((bytes, areas)) = rest else { return };
    // More codes than a tower has doors for.
    let Some(texts) = texts(bytes) else { return change(|live| live.told = Some(Told::NotSaved)) };
    if busy() {
        return;
    }
    spawn_local(async move {
        let body = Body::HandOver(HandOver { run, building, areas, seal: ticket.seal() });
        let saved = outbox::save_named(vec![(id, body)]).await.is_ok();
        change(|live| {
            (live.busy, live.shown) = (false, saved);
            live.told = Some(if saved { Told::Saved } else { Told::NotSaved });
        });
        if saved {
            edge::show_codes(&json::text(&texts));
        }
    });
}

/// Keeps the rest that was read, saves that it was taken over, and leads on to the round.
fn take() {
    let seen = LIVE.with_borrow_mut(|live| live.seen.take());
    // Nothing to take while it is being saved: that is the second tap of a double tap.
    let Some(Seen::Rest(rest)) = seen else { return };
    spawn_local(async move {
        let (run, building, areas) = (rest.window.run, rest.building.id, rest.areas.clone());
        let took = TookOver { run, building, areas, hand: rest.hand, from: rest.from.id };
        // First what the marks will need; the fact that it was taken only tells others.
        let saved = outbox::take_rest(*rest).await.is_ok()
            && outbox::save_named(vec![(outbox::new_id(), Body::TookOver(took))]).await.is_ok();
        if saved {
            edge::go("/round");
        } else {
            change(|live| live.told = Some(Told::NotSaved));
        }
    });
}
