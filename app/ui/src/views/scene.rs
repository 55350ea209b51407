//! What every view is given: the feed, what this phone still holds, the present, the reader's language.

use domain::community::Community;
use domain::fact::Stamped;
use domain::feed::Feed;
use domain::need::Need;
use domain::order::Order;
use domain::round::{Stop, stops};
use domain::window::Window;
use domain::{FactId, HouseholdId, Lang, Millis, RunId};

use crate::locales::when::When;

/// A maker of ids for the facts that a page's forms will make. On the server they are put into the page, so that a
/// double submit is one fact; on the phone the outbox makes its own and these stay empty.
pub type FactIds<'a> = &'a mut dyn FnMut() -> String;

/// What a view looks at. Made by the server from the table, by an island from the phone's own storage.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Scene {
    /// What the server gave.
    pub feed: Feed,
    /// What this phone holds and the feed does not tell yet, stamped by the server or by the phone's own `admit`.
    pub pending: Vec<Stamped>,
    /// Which of it the server does not have yet.
    pub unsent: Vec<FactId>,
    /// The present, on the server's clock.
    pub now: Millis,
    /// The reader's language.
    pub lang: Lang,
}

impl Scene {
    /// The page as the server knows it.
    #[must_use]
    pub fn new(feed: Feed, now: Millis, lang: Lang) -> Self {
        Self { feed, pending: Vec::new(), unsent: Vec::new(), now, lang }
    }

    /// For saying times.
    #[must_use]
    pub fn when(&self) -> When {
        When { lang: self.lang, now: self.now, utc_offset: self.community().settings.utc_offset }
    }

    /// The part of the community that this reader may see.
    #[must_use]
    pub fn community(&self) -> &Community {
        &self.feed.community
    }

    /// Stored facts and waiting ones, as one.
    #[must_use]
    pub fn facts(&self) -> Vec<&Stamped> {
        self.feed.facts.iter().chain(&self.pending).collect()
    }

    /// The facts of one run.
    #[must_use]
    pub fn facts_of(&self, run: RunId) -> Vec<&Stamped> {
        self.facts().into_iter().filter(|stamped| stamped.fact.body.run() == Some(run)).collect()
    }

    /// The household's windows, the next delivery first.
    #[must_use]
    pub fn windows(&self) -> Vec<&Window> {
        let mut windows: Vec<_> = self.community().windows.values().collect();
        domain::small::sort_by_key(&mut windows, |window| (window.delivery_from, window.run));
        windows
    }

    /// The stop at a household's door in a run, if something is or was to be done there.
    #[must_use]
    pub fn stop_of(&self, household: HouseholdId, run: RunId) -> Option<Stop> {
        let places = &self.community().places;
        stops(self.facts_of(run), |whose| places.door_of(whose)).remove(&places.door_of(household)?)
    }

    /// What a household ordered in a run.
    #[must_use]
    pub fn order(&self, household: HouseholdId, run: RunId) -> Option<Order> {
        domain::order::order_of(household, self.facts_of(run))
    }

    /// The household's needs, newest first.
    #[must_use]
    pub fn needs(&self) -> Vec<Need> {
        domain::need::needs(self.facts())
    }

    /// Whether a fact still waits on this phone.
    #[must_use]
    pub fn waits(&self, fact: FactId) -> bool {
        self.unsent.contains(&fact)
    }
}
