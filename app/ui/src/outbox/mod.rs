//! The outbox: what a person did is on disk before the page says so, and goes out when there is signal.
//!
//! A page calls [`start`] once and is called back when something changed; it reads what the phone knows by [`with`].
//! A form that acts goes through [`take_form`] and [`save_named`]: after `Ok` the facts are committed with strict
//! durability ("saved on this phone"); after [`NotSaved`] the server has to have the form.
//!
//! `scene.pending` holds what the feed does not tell yet, judged by the phone's own `admit`; `kept` every fact on this
//! phone with its state (also of other persons); `link` whether the server answers. Sending, repeating, the feed and
//! the clock need nothing from a page.
//!
//! Deliberately absent: decisions (`domain::outbox`), texts, views. `edge.js` holds what the browser
//! offers: a hundred lines that cost no wasm, where bindings to IndexedDB would.

use std::cell::{Cell, RefCell};

use domain::Lang;
use domain::form::Fields;
use domain::outbox::Kept;

use crate::views::scene::Scene;

mod edge;
#[cfg(feature = "field")]
mod rests;
mod rows;
mod sending;
mod work;

#[cfg(feature = "field")]
pub use rests::take_rest;
#[cfg(feature = "field")]
pub(crate) use work::device;
#[cfg(feature = "field")]
pub use work::new_ticket;
pub use work::{new_id, save_named};

/// Whether the server answers this phone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Link {
    /// Not tried yet.
    #[default]
    Unknown,
    /// It answered last time.
    Online,
    /// It did not.
    Offline,
    /// It does not know this phone (any more). What is saved here is still sent; new rounds need signing in again.
    SignedOut,
}

/// What the phone knows.
pub struct Known {
    /// What views look at; `None` until storage is read, and when there is nothing in it.
    pub scene: Option<Scene>,
    /// Every fact on this phone.
    pub kept: Vec<Kept>,
    /// Whether the server answers.
    pub link: Link,
    /// The rests of rounds that were handed to this phone.
    #[cfg(feature = "field")]
    pub rests: Vec<domain::handover::rest::Rest>,
    /// The last attempt to send did not work, whether or not the server answers other questions.
    pub stuck: bool,
    /// Storage has been read: what is not in `scene` now is not there.
    pub read: bool,
}

impl Known {
    /// How many facts wait.
    #[must_use]
    pub fn waiting(&self) -> u32 {
        u32::try_from(self.kept.iter().filter(|kept| kept.waiting()).count()).unwrap_or(u32::MAX)
    }

    /// Whether the server did not accept one of them lately.
    #[must_use]
    pub fn refused_lately(&self) -> bool {
        let now = self.scene.as_ref().map(|scene| scene.now);
        now.is_some_and(|now| self.kept.iter().any(|kept| kept.refused_lately(now)))
    }
}

/// Nothing was saved: storage is full or closed to us, or nobody is signed in here.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NotSaved;

thread_local! {
    static KNOWN: RefCell<Known> =
        const { RefCell::new(Known {
            scene: None,
            kept: Vec::new(),
            link: Link::Unknown,
            #[cfg(feature = "field")]
            rests: Vec::new(),
            stuck: false,
            read: false,
        }) };
    static CHANGED: Cell<fn()> = const { Cell::new(|| {}) };
}

/// Begins the phone's own work; `changed` is called whenever there may be something else to show.
pub fn start(lang: Lang, changed: fn()) {
    CHANGED.set(changed);
    work::begin(lang);
}

/// Looks at what the phone knows.
pub fn with<R>(look: impl FnOnce(&Known) -> R) -> R {
    KNOWN.with_borrow(look)
}

/// Changes what the phone knows; `how` says whether that shows.
fn change(how: impl FnOnce(&mut Known) -> bool) {
    if KNOWN.with_borrow_mut(how) {
        CHANGED.get()();
    }
}

/// Tries to send now, because somebody asked for it.
pub fn send_now() {
    work::wake("online");
}

/// Takes a form's fields, the pressed button's too, instead of letting the browser submit it.
#[must_use]
pub fn take_form(event: &wasm_bindgen::JsValue) -> Fields {
    domain::json::read(&edge::take_form(event)).map(Fields).unwrap_or_default()
}
