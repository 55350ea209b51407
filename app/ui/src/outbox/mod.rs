//! The outbox: what a person did is on disk before the page says so, and goes out when there is signal.
//!
//! **For an island:**
//! ```text
//! let phone = outbox::phone(initial, now, lang);      // once per island; all islands of a page share one
//! view! { {move || phone.scene.with(|scene| match scene {
//!     Some(scene) => round_view(scene).into_any(),    // the same view function as the server's page
//!     None => skeleton(lang).into_any(),              // a shell, until storage is read
//! })} }
//! // In an event handler:
//! let form = outbox::take_form(&event);               // prevents the browser's own submit
//! spawn_local(async move {
//!     match phone.save(bodies).await {
//!         Ok(ids) => ...,                              // committed with strict durability: say "saved on this phone"
//!         Err(NotSaved) => outbox::submit(form_element) // let the server have it, or show that it is not saved
//!     }
//! });
//! ```
//! `scene.pending` holds what the feed does not tell yet, judged by the phone's own `admit`; `phone.kept` every fact
//! on this phone with its state (also of other persons); `phone.link` whether the server answers. Sending, repeating,
//! the feed and the clock need nothing from an island. [`Kept::alarms`] tells what must fill the screen until it is
//! received.
//!
//! Deliberately absent: decisions (`domain::outbox`), texts, views. `edge.js` holds what the browser
//! offers: a hundred lines that cost no wasm, where bindings to IndexedDB would.

use domain::fact::Body;
use domain::feed::Feed;
use domain::form::Fields;
use domain::outbox::Kept;
use domain::{FactId, Lang, Millis};
use leptos::prelude::*;

use crate::views::scene::Scene;

#[cfg(feature = "hydrate")]
mod edge;
#[cfg(feature = "hydrate")]
mod rows;
#[cfg(feature = "hydrate")]
mod sending;
#[cfg(feature = "hydrate")]
mod work;

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

/// The phone as islands see it: signals that follow its storage.
#[derive(Debug, Clone, Copy)]
pub struct Phone {
    /// What views look at; `None` in a shell until storage is read, and when there is nothing in it.
    pub scene: RwSignal<Option<Scene>>,
    /// Every fact on this phone.
    pub kept: RwSignal<Vec<Kept>>,
    /// Whether the server answers.
    pub link: RwSignal<Link>,
    /// Storage has been read: what is not in `scene` now is not there.
    pub read: RwSignal<bool>,
    /// The reader's language.
    pub lang: Lang,
}

/// Nothing was saved: storage is full or closed to us, or nobody is signed in here.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NotSaved;

/// The phone of this page. `initial`, `now` and `lang` are what the server rendered with, so that hydration matches.
#[must_use]
pub fn phone(initial: Option<Feed>, now: Millis, lang: Lang) -> Phone {
    let new = || Phone {
        scene: RwSignal::new(initial.map(|feed| Scene::new(feed, now, lang))),
        kept: RwSignal::new(Vec::new()),
        link: RwSignal::new(Link::Unknown),
        read: RwSignal::new(false),
        lang,
    };
    #[cfg(feature = "hydrate")]
    return work::shared(new);
    #[cfg(not(feature = "hydrate"))]
    new()
}

impl Phone {
    /// Saves what happened, as facts of the person whose page this is, in one strict transaction.
    ///
    /// # Errors
    /// [`NotSaved`], and then nothing of it is on the phone.
    pub async fn save(self, bodies: Vec<Body>) -> Result<Vec<FactId>, NotSaved> {
        #[cfg(feature = "hydrate")]
        return work::save(self, bodies).await;
        #[cfg(not(feature = "hydrate"))]
        {
            let _ = bodies;
            Err(NotSaved)
        }
    }

    /// Tries to send now, because somebody asked for it.
    pub fn send_now(self) {
        #[cfg(feature = "hydrate")]
        work::wake(self, "online");
    }

    /// How many facts wait.
    #[must_use]
    pub fn waiting(self) -> u32 {
        self.kept
            .with(|kept| u32::try_from(kept.iter().filter(|kept| kept.waiting()).count()).unwrap_or(u32::MAX))
    }

    /// A new name for a fact, where several facts made together must name one another.
    #[must_use]
    pub fn new_id(self) -> FactId {
        #[cfg(feature = "hydrate")]
        return work::new_id();
        #[cfg(not(feature = "hydrate"))]
        FactId::new(0, [0; 10])
    }

    /// Saves facts under names that were made beforehand with [`Phone::new_id`].
    ///
    /// # Errors
    /// [`NotSaved`], and then nothing of it is on the phone.
    pub async fn save_named(self, facts: Vec<(FactId, Body)>) -> Result<(), NotSaved> {
        #[cfg(feature = "hydrate")]
        return work::save_named(self, facts).await;
        #[cfg(not(feature = "hydrate"))]
        {
            let _ = facts;
            Err(NotSaved)
        }
    }
}

/// Takes a form's fields, the pressed button's too, instead of letting the browser submit it.
#[must_use]
pub fn take_form(event: &leptos::ev::Event) -> Fields {
    #[cfg(feature = "hydrate")]
    return domain::json::read(&edge::take_form(event)).map(Fields).unwrap_or_default();
    #[cfg(not(feature = "hydrate"))]
    {
        let _ = event;
        Fields::default()
    }
}
