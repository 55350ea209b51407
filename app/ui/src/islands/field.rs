//! The pages of stewards and volunteers on the phone: the server's page until this phone knows as much, then drawn
//! from its own storage by the same views. Forms are saved here and sent by the outbox; if nothing can be saved the
//! browser submits them as if there were no script.

use domain::DoorId;
use domain::fact::DoorCheck;
use domain::form::{Fields, bodies};
use domain::{Lang, Millis, RunId};
use leptos::prelude::*;
use leptos::task::spawn_local;
use serde::{Deserialize, Serialize};

use super::listen;
use super::{give_way, sticky};
use crate::components::markup::{IntoMarkup, Markup};
use crate::components::message::{Note, OutboxStrip, Tone};
use crate::locales::{common, field as t};
use crate::outbox::{self, Link, Phone};
use crate::views::outbox::Around;
use crate::views::round::Walk;
use crate::views::scan::{self, Seen};
use crate::views::scene::Scene;
use crate::views::stop::At;
use crate::views::{self, home};

mod page;

/// Which page of the round. What it is about stands in the page's address, so that one shell serves every stop.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum FieldPage {
    /// The doors to walk to.
    Rounds,
    /// One stop.
    Stop,
    /// The scanner.
    Scan,
    /// What this phone still holds.
    Outbox,
}

/// What somebody just did on the page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
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

/// A field page. `as_of` is the time of the server's page inside; `None` in a shell.
#[island]
pub fn Field(
    /// The reader's language.
    lang: Lang,
    /// Which page.
    page: FieldPage,
    /// When the server rendered it.
    as_of: Option<Millis>,
    /// Where the camera's decoder lies, for browsers without one of their own.
    decoder: String,
    /// The server's page, or a skeleton.
    children: Children,
) -> impl IntoView {
    let phone = outbox::phone(None, as_of.unwrap_or_default(), lang);
    let seen = RwSignal::new(None::<Seen>);
    let told = RwSignal::new(None::<Told>);
    let busy = RwSignal::new(false);
    let served = NodeRef::<leptos::html::Div>::new();
    let live = sticky(move || {
        phone.scene.with(|scene| {
            scene.as_ref().is_some_and(|scene| as_of.is_none_or(|as_of| scene.feed.as_of >= as_of))
        }) || (as_of.is_none() && phone.read.get())
            || told.get().is_some()
            || seen.with(Option::is_some)
    });
    let camera = RwSignal::new(true);
    if page == FieldPage::Scan {
        // After hydration: the scanner fills an element that the server rendered.
        Effect::new(move |_| {
            let found = move |text: String| {
                let what =
                    phone.scene.with_untracked(|scene| scene.as_ref().map(|s| Seen::scanned(s, &text)));
                if what.is_some() {
                    told.set(None);
                    seen.set(what);
                }
            };
            page::listen_for_scans(found, move |_| camera.set(false));
        });
    }
    let eye = (page == FieldPage::Scan).then(|| {
        view! {
            <div id="scanner" class="scanner" data-decoder=decoder data-torch=t::torch(lang)></div>
            <p class="small quiet">{move || if camera.get() { t::scan_lead(lang) } else { t::camera_off(lang) }}</p>
        }
    });
    listen::on("submit", move |event| submitted(&event, phone, seen, (told, busy)));
    listen::on("click", move |event| {
        if page == FieldPage::Outbox && page::pressed(&event, "send") {
            phone.send_now();
        }
    });
    give_way(served, live);
    view! {
        <div class="live">
            <div class="served" inner_html=move || above(phone, page)></div>
            {eye}
            <div class="served" inner_html=move || told.get().map(|told| tell(lang, told)).unwrap_or_default()></div>
            <div class="served" node_ref=served>{children()}</div>
            <div class="served" inner_html=move || if live.get() { drawn(phone, page, seen) } else { String::new() }></div>
        </div>
    }
}

/// What stands above every page: the alarm while something urgent is unsent, and what this phone still holds.
fn above(phone: Phone, page: FieldPage) -> String {
    let alarm = phone.scene.with(|scene| scene.as_ref().and_then(home::alarm).map(IntoMarkup::html));
    let strip = (page != FieldPage::Outbox)
        .then(|| view! { <OutboxStrip lang=phone.lang waiting=phone.waiting() href="/outbox"/> }.html());
    alarm.into_iter().chain(strip).collect()
}

/// The page drawn from what the phone knows, by the views the server draws with.
fn drawn(phone: Phone, page: FieldPage, seen: RwSignal<Option<Seen>>) -> String {
    let lang = phone.lang;
    let signed_out = phone.link.get() == Link::SignedOut;
    // The outbox names the facts when they are made.
    let ids = &mut String::new;
    if page == FieldPage::Outbox {
        let around = Around { home: "/round", signed_out };
        return phone.kept.with(|kept| {
            phone.scene.with(|scene| views::outbox::outbox(scene.as_ref(), kept, lang, around).html())
        });
    }
    let out = signed_out.then(|| views::round::signed_out(lang));
    let page = phone.scene.with(|scene| match scene {
        None => nothing_stored(lang),
        Some(scene) => match page {
            FieldPage::Rounds => views::round::round(scene, Walk::of_query(&page::query()), ids).markup(),
            FieldPage::Stop => match page::stop_of_path() {
                Some((run, door)) => {
                    views::stop::stop(scene, At { run, door, check: DoorCheck::Listed }, ids)
                }
                None => nothing_stored(lang),
            },
            FieldPage::Scan | FieldPage::Outbox => {
                seen.with(|seen| scan::scan(scene, seen.as_ref(), page::expected(), "", ids))
            }
        },
    });
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
fn submitted(
    event: &leptos::ev::Event,
    phone: Phone,
    seen: RwSignal<Option<Seen>>,
    (told, busy): (RwSignal<Option<Told>>, RwSignal<bool>),
) {
    let known = phone.scene.with_untracked(Option::is_some);
    if !known {
        // Nothing is known here yet; the server can take it.
        return;
    }
    let form = outbox::take_form(event);
    if let Some(code) = form.get(scan::CODE) {
        phone.scene.with_untracked(|scene| seen.set(scene.as_ref().map(|scene| Seen::typed(scene, code))));
        return;
    }
    let sent = page::SentForm::of(event);
    let id = phone.new_id();
    let made = phone
        .scene
        .with_untracked(|scene| scene.as_ref().and_then(|scene| bodies(&form, id, scene.community()).ok()));
    let Some(made) = made else { return told.set(Some(Told::NotSaved)) };
    let what = told_of(&form);
    if busy.get_untracked() {
        // The second tap of a double tap: the first one is being saved.
        return;
    }
    busy.set(true);
    spawn_local(async move {
        let facts =
            made.into_iter().zip(0u8..).map(|(body, n)| (if n == 0 { id } else { id.continued(n) }, body));
        let saved = phone.save_named(facts.collect()).await;
        busy.set(false);
        match saved {
            Ok(()) => {
                told.set(Some(what));
                page::to_top();
            }
            // The browser's own way, if the server can be reached; it says itself when it can't.
            Err(_) if phone.link.get_untracked() != Link::Offline => sent.submit(),
            Err(_) => told.set(Some(Told::NotSaved)),
        }
    });
}

fn told_of(form: &Fields) -> Told {
    match form.get(domain::form::field::ACT) {
        Some("undo") => Told::Undone,
        Some("need") => Told::Need,
        _ => Told::Saved,
    }
}

/// A run and a door, as a stop's address names them.
#[must_use]
pub fn stop_in(path: &str) -> Option<(RunId, DoorId)> {
    let (run, door) = path.strip_prefix("/round/")?.trim_end_matches('/').split_once('/')?;
    Some((run.parse().ok()?, door.parse().ok()?))
}

/// A page of the scanner as the server shows it: the code can be typed.
pub fn scan_without_script(scene: &Scene, typed: Option<&str>, ids: views::scene::FactIds<'_>) -> Markup {
    let seen = typed.map(|typed| Seen::typed(scene, typed));
    scan::scan(scene, seen.as_ref(), None, typed.unwrap_or_default(), ids)
}
