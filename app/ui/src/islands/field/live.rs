//! What lives in a page of the round: the server's page until this phone knows as much, then drawn from its own
//! storage by the same views. Forms are saved here and sent by the outbox; if nothing can be saved the browser submits
//! them as if there were no script.

use std::cell::RefCell;

use domain::fact::DoorCheck;
use domain::form::{Fields, field, on_round};
use domain::{Lang, Millis};
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
use crate::views::stop::At;
use crate::views::{self, home};

/// What somebody just did on the page.
#[derive(Clone, Copy)]
enum Told {
    /// Saved with strict durability.
    Saved,
    /// A mark was taken back.
    Undone,
    /// A need was saved.
    Need,
    /// Not saved, and not sent.
    NotSaved,
}

struct Live {
    lang: Lang,
    page: FieldPage,
    as_of: Option<Millis>,
    told: Option<Told>,
    seen: Option<Seen>,
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
        FieldPage::Scan => edge::scan(
            |text| {
                let seen =
                    outbox::with(|known| known.scene.as_ref().map(|scene| Seen::scanned(scene, &text)));
                if seen.is_some() {
                    change(|live| (live.seen, live.told) = (seen, None));
                }
            },
            |_| {
                let words = LIVE.with_borrow(|live| t::camera_off(live.lang));
                edge::put("eye", &words.html());
            },
        ),
        FieldPage::Rounds | FieldPage::Stop => {}
    }
    || change(|_| {})
}

/// Changes what lives here, and draws.
fn change(how: impl FnOnce(&mut Live)) {
    let (above, told, drawn) = LIVE.with_borrow_mut(|live| {
        how(live);
        outbox::with(|known| draw(live, known))
    });
    edge::put("above", &above);
    edge::put("told", &told);
    edge::put_drawn(drawn);
}

fn draw(live: &mut Live, known: &Known) -> (String, String, Option<String>) {
    let scene = known.scene.as_ref();
    live.draws |= scene.is_some_and(|scene| live.as_of.is_none_or(|as_of| scene.feed.as_of >= as_of))
        || (live.as_of.is_none() && known.read)
        || live.told.is_some()
        || live.seen.is_some();
    let told = live.told.map(|told| tell(live.lang, told)).unwrap_or_default();
    (above(live, known), told, live.draws.then(|| drawn(live, known)))
}

/// What stands above every page: the alarm while something urgent is unsent, and what this phone still holds.
fn above(live: &Live, known: &Known) -> String {
    let alarm = home::alarm(known.scene.as_ref(), &known.kept, live.lang, true);
    let (lang, waiting) = (live.lang, known.waiting());
    let strip =
        (live.page != FieldPage::Outbox).then(|| view! { <OutboxStrip lang waiting href="/outbox"/> });
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
    let out = signed_out.then(|| views::round::signed_out(lang));
    let page = match &known.scene {
        None => nothing_stored(lang),
        Some(scene) => match live.page {
            FieldPage::Rounds => views::round::round(scene, Walk::of_query(&edge::query()), ids).markup(),
            FieldPage::Stop => match stop_in(&edge::path()) {
                Some((run, door)) => {
                    views::stop::stop(scene, At { run, door, check: DoorCheck::Listed }, ids)
                }
                None => nothing_stored(lang),
            },
            FieldPage::Scan | FieldPage::Outbox => {
                scan::scan(scene, live.seen.as_ref(), edge::asked("for"), "", ids)
            }
        },
    };
    view! { {out} {page} }.html()
}

fn nothing_stored(lang: Lang) -> Markup {
    view! { <Note>{t::no_round(lang)} " " {t::no_round_more(lang)}</Note> }.markup()
}

fn tell(lang: Lang, told: Told) -> String {
    let (tone, words) = match told {
        Told::Saved => (Tone::Quiet, common::saved_on_this_phone(lang)),
        Told::Undone => (Tone::Quiet, t::undone(lang)),
        Told::Need => (Tone::Warn, t::need_saved(lang)),
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
    let form = outbox::take_form(event);
    if let Some(code) = form.get(scan::CODE) {
        let seen = outbox::with(|known| known.scene.as_ref().map(|scene| Seen::typed(scene, code)));
        return change(|live| live.seen = seen);
    }
    let id = outbox::new_id();
    let made = outbox::with(|known| {
        known.scene.as_ref().and_then(|scene| on_round(&form, id, scene.community()).ok())
    });
    let Some(made) = made else { return change(|live| live.told = Some(Told::NotSaved)) };
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
            change(|live| live.told = Some(what));
            edge::to_top();
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
