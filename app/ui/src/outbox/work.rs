//! What the phone does by itself: reads its storage, follows the feed, learns the time, saves facts.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use domain::fact::{Body, FACT_VERSION, Fact, Sequence};
use domain::feed::{Feed, Me};
use domain::json;
use domain::outbox::{Clock, Kept, cannot_wait, pending, without_old_rounds};
use domain::{FactId, Lang, Millis};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::spawn_local;

use super::rows::{NewRow, Row, Session, signature};
use super::{Known, Link, NotSaved, change, edge, sending, with};
use crate::views::scene::Scene;

thread_local! {
    static LANG: Cell<Lang> = const { Cell::new(Lang::Zh) };
    static CLOCK: Cell<Clock> = const { Cell::new(Clock { offset: 0, contact: None }) };
    static ETAG: RefCell<Option<String>> = const { RefCell::new(None) };
    static SESSION: RefCell<Option<Session>> = const { RefCell::new(None) };
    static FETCHING: Cell<bool> = const { Cell::new(false) };
    /// Somebody asked for the feed since the last look at it began.
    static ASKED: Cell<bool> = const { Cell::new(false) };
}

const AUDIENCE: &str = if cfg!(feature = "field") {
    "field"
} else if cfg!(feature = "resident") {
    "resident"
} else {
    "desk"
};

/// Reads what is stored here, sends what waits, asks for news, and goes on doing so.
pub(super) fn begin(lang: Lang) {
    LANG.set(lang);
    let callback = Closure::<dyn Fn(String)>::new(|why: String| wake(&why));
    edge::watch(callback.as_ref());
    callback.forget();
    spawn_local(async {
        reload().await;
        sending::send();
        // The answer to what waits brings the feed with it.
        if with(Known::waiting) == 0 {
            refresh().await;
        }
    });
}

/// Something happened outside: signal, the page came to the front, another tab saved.
pub(super) fn wake(why: &str) {
    match why {
        "offline" => set_link(Link::Offline),
        // By another tab, or sent by the service worker: then the feed tells more than storage.
        "saved" => spawn_local(async {
            reload_rows().await;
            // Whoever sent may have begun before the last of it was saved, and held the lock meanwhile.
            if with(Known::waiting) > 0 {
                sending::send();
            }
            refresh().await;
        }),
        "feed" => spawn_local(reload()),
        _ => {
            if why == "tick" {
                // Something that cannot wait gets louder with time, while the server answers this and not that.
                change(|known| {
                    if let Some(scene) = &mut known.scene {
                        scene.now = now();
                    }
                    known.waiting() > 0
                });
            } else {
                sending::hope();
            }
            sending::send();
            spawn_local(refresh());
        }
    }
}

/// The device's own clock.
pub(crate) fn device() -> Millis {
    Millis(edge::device_now() as i64)
}

pub(super) fn now() -> Millis {
    CLOCK.get().now(device())
}

/// Measures the clock by an exchange that began at `sent` and ends now.
pub(super) async fn learn_clock(sent: Millis, server: Millis) {
    let Some(clock) = Clock::measured(sent, device(), server) else { return };
    CLOCK.set(clock);
    let _ = edge::keep_clock(&json::text(&clock)).await;
}

/// A name for a fact made now.
#[must_use]
pub fn new_id() -> FactId {
    let mut random = [0; 10];
    random.copy_from_slice(&edge::dice());
    FactId::new(device().0, random)
}

/// Saves what happened, as facts of the person whose page this is, under names made beforehand with [`new_id`], in one
/// strict transaction.
///
/// # Errors
/// [`NotSaved`], and then nothing of it is on the phone.
pub async fn save_named(facts: Vec<(FactId, Body)>) -> Result<(), NotSaved> {
    // Whose page this is, not who is signed in by now: if those differ, nothing is saved under a wrong name.
    let by = with(|known| known.scene.as_ref().map(|scene| scene.feed.me.actor().signed()));
    let by = signature(by.ok_or(NotSaved)?);
    let made = CLOCK.get().stamp(device());
    let facts = Rc::new(facts);
    let make = {
        let facts = Rc::clone(&facts);
        Closure::once_into_js(move |epoch: u32, next: u32| -> String {
            let rows = facts.iter().zip(next..).map(|((id, body), number)| {
                let seq = Sequence { epoch, number };
                let fact = Fact {
                    v: FACT_VERSION,
                    id: *id,
                    made,
                    seq,
                    body: body.clone(),
                    #[cfg(feature = "field")]
                    via: super::rests::via(body),
                };
                NewRow { id: *id, alarm: cannot_wait(&fact), body: json::text(&fact) }
            });
            json::text(&rows.collect::<Vec<_>>())
        })
    };
    if edge::save(&by, &make).await.is_err() {
        // Right after signing in the hand-in token may not be here yet: it comes with the feed.
        refresh().await;
        edge::save(&by, &make).await.map_err(|_| NotSaved)?;
    }
    reload_rows().await;
    sending::send();
    Ok(())
}

/// A ticket for what is handed over now.
#[cfg(feature = "field")]
#[must_use]
pub fn new_ticket() -> domain::handover::Ticket {
    let mut random = [0; 16];
    random[..10].copy_from_slice(&edge::dice());
    random[10..].copy_from_slice(&edge::dice()[..6]);
    domain::handover::Ticket::new(random)
}

pub(super) async fn read_rows() -> Vec<Row> {
    let Ok(rows) = edge::rows().await else { return Vec::new() };
    parse_rows(rows.as_string())
}

fn parse_rows(text: Option<String>) -> Vec<Row> {
    text.and_then(|text| json::read(&text)).unwrap_or_default()
}

/// Reads the facts again and folds.
pub(super) async fn reload_rows() {
    let rows = read_rows().await;
    show(&rows, None);
}

/// Reads everything again and folds.
async fn reload() {
    let Ok(stored) = edge::load().await else {
        set_read();
        return;
    };
    let rows = parse_rows(edge::text(&stored, 0));
    if let Some(clock) = edge::text(&stored, 4).and_then(|text| json::read(&text)) {
        CLOCK.set(clock);
    }
    #[cfg(feature = "field")]
    super::rests::read(now()).await;
    SESSION.set(edge::text(&stored, 3).and_then(|text| json::read(&text)));
    let feed: Option<Feed> = edge::text(&stored, 1).and_then(|text| json::read(&text));
    // A page that the server has just rendered knows more than storage, and may be another person's.
    let shown =
        with(|known| known.scene.as_ref().map(|scene| (scene.feed.as_of, scene.feed.me.actor().signed())));
    let newer = feed
        .filter(|feed| shown.is_none_or(|(as_of, by)| feed.as_of > as_of && feed.me.actor().signed() == by));
    if shown.is_none() || newer.is_some() {
        ETAG.set(edge::text(&stored, 2));
    }
    let mut newer = newer;
    if let Some(feed) = newer.take() {
        let had_rounds = !feed.community.windows.is_empty();
        let feed = without_old_rounds(feed, now());
        if had_rounds && feed.community.windows.is_empty() {
            let _ = edge::drop_feed().await;
        }
        newer = Some(feed);
    }
    show(&rows, newer);
    set_read();
}

/// Puts feed and facts before the page; nothing is drawn again where nothing changed.
fn show(rows: &[Row], feed: Option<Feed>) {
    let kept: Vec<Kept> = rows.iter().filter_map(Row::kept).collect();
    let now = now();
    change(|known| {
        let mut changed = feed.is_some();
        // In place and by name: a feed is large, and comparing or copying it whole costs time and code.
        if let Some(feed) = feed {
            #[cfg(feature = "field")]
            let feed = {
                let mut feed = feed;
                super::rests::add_to(&mut feed, &known.rests);
                feed
            };
            known.scene = Some(Scene::new(feed, now, LANG.get()));
        }
        if let Some(scene) = &mut known.scene {
            let told = pending(&scene.feed, &kept, now);
            let same = told.len() == scene.pending.len()
                && told.iter().zip(&scene.pending).all(|(new, old)| {
                    new.fact.id == old.fact.id && new.verdict == old.verdict && new.received == old.received
                });
            changed |= !same || (now - scene.now).abs() >= Millis::MINUTE;
            if changed {
                let unsent = kept.iter().filter(|kept| kept.waiting()).map(|kept| kept.fact.id).collect();
                (scene.pending, scene.unsent, scene.now) = (told, unsent, now);
            }
        }
        let same = known.kept.len() == kept.len()
            && known
                .kept
                .iter()
                .zip(&kept)
                .all(|(old, new)| old.fact.id == new.fact.id && old.state == new.state);
        known.kept = kept;
        changed || !same
    });
}

/// Asks for the feed, if the server has news. Called while it asks already, it asks once more afterwards: the answer
/// under way may be older than what it was called for.
pub(super) async fn refresh() {
    ASKED.set(true);
    if !edge::online() || FETCHING.replace(true) {
        return;
    }
    while ASKED.replace(false) {
        ask_for_feed().await;
    }
    FETCHING.set(false);
}

async fn ask_for_feed() {
    let etag = ETAG.with_borrow(Clone::clone);
    let sent = device();
    let Ok(reply) = edge::feed(etag.as_deref()).await else { return };
    match edge::number(&reply, 0) {
        Some(304) => set_link(Link::Online),
        Some(401 | 403) => set_link(Link::SignedOut),
        // Reported lost: whoever holds it now reads nothing on it any more. What waits may still be handed in.
        Some(410) => {
            let _ = edge::drop_all().await;
            change(|known| known.scene.take().is_some());
            set_link(Link::SignedOut);
        }
        Some(200) => {
            let Some(text) = edge::text(&reply, 3) else { return };
            // A captive portal's page is no feed.
            let Some(feed) = json::read::<Feed>(&text) else { return set_link(Link::Offline) };
            set_link(Link::Online);
            learn_clock(sent, feed.as_of).await;
            let etag = edge::text(&reply, 2);
            keep(&feed, &text, etag.as_deref(), edge::text(&reply, 1)).await;
            ETAG.set(etag);
            let rows = read_rows().await;
            let old = outlived(&rows, &feed);
            show(&rows, Some(feed));
            forget(old).await;
        }
        _ => set_link(Link::Offline),
    }
}

async fn keep(feed: &Feed, text: &str, etag: Option<&str>, token: Option<String>) {
    let by = signature(feed.me.actor().signed());
    // Without a new token the one of the same person stays; another person's would sign with a wrong name.
    let known = SESSION.with_borrow(|session| {
        session.as_ref().filter(|session| session.by == by).map(|session| session.token.clone())
    });
    let Some(token) = token.or(known) else { return };
    let session = Session { by, token, audience: AUDIENCE.to_owned() };
    let _ = edge::keep_feed(text, etag, &json::text(&session), until(feed)).await;
    SESSION.set(Some(session));
}

/// When a feed has to leave this phone; far away for a household's own.
fn until(feed: &Feed) -> f64 {
    let last = feed.community.windows.values().map(|window| window.delivery_to + 12 * Millis::HOUR).max();
    match (&feed.me, last) {
        (Me::Person { .. }, Some(last)) => last.0 as f64,
        _ => f64::MAX,
    }
}

fn outlived(rows: &[Row], feed: &Feed) -> Vec<FactId> {
    let now = now();
    let kept = rows.iter().filter_map(Row::kept);
    kept.filter(|kept| kept.outlived(feed, now)).map(|kept| kept.fact.id).collect()
}

async fn forget(old: Vec<FactId>) {
    if old.is_empty() {
        return;
    }
    let _ = edge::forget(&json::text(&old)).await;
    reload_rows().await;
}

/// Notes whether the server answers.
pub(super) fn set_link(link: Link) {
    change(|known| std::mem::replace(&mut known.link, link) != link);
}

/// Notes whether sending works.
pub(super) fn set_stuck(stuck: bool) {
    change(|known| std::mem::replace(&mut known.stuck, stuck) != stuck);
}

fn set_read() {
    change(|known| !std::mem::replace(&mut known.read, true));
}
