//! What every handler shares: table, catalogue of communities, sessions seen lately, site, configuration, clock.

use std::sync::{Arc, OnceLock};

use domain::Millis;
use domain::community::Community;
use store::{Store, Vault};

use crate::assets::Site;
use crate::clock::Clock;
use crate::communities::Communities;
use crate::config::Config;
use crate::crowd::Crowd;
use crate::errors::Problem;
use crate::push::Push;
use crate::recent::Recent;
use crate::session::Sessions;
use crate::stock::Stock;

/// What every handler shares. Cheap to clone.
#[derive(Debug, Clone)]
pub struct AppState {
    inner: Arc<Inner>,
}

#[derive(Debug)]
struct Inner {
    store: Store,
    vault: Vault,
    communities: Communities,
    sessions: Sessions,
    stock: Stock,
    recent: Recent,
    site: Site,
    config: Config,
    clock: Clock,
    push: OnceLock<Push>,
    crowd: Crowd,
}

impl AppState {
    /// A server over a table.
    #[must_use]
    pub fn new(store: Store, vault: Vault, site: Site, config: Config, clock: Clock) -> Self {
        let inner = Inner {
            communities: Communities::new(store.clone(), config.public_url.host().to_owned()),
            sessions: Sessions::default(),
            stock: Stock::default(),
            recent: Recent::default(),
            store,
            vault,
            site,
            config,
            clock,
            push: OnceLock::new(),
            crowd: Crowd::default(),
        };
        Self { inner: Arc::new(inner) }
    }

    /// The table.
    #[must_use]
    pub fn store(&self) -> &Store {
        &self.inner.store
    }

    /// The key to telephone numbers and care remarks: only for handlers that name the right to them.
    #[must_use]
    pub fn vault(&self) -> &Vault {
        &self.inner.vault
    }

    /// Communities as last read.
    #[must_use]
    pub fn communities(&self) -> &Communities {
        &self.inner.communities
    }

    /// Sessions as last read.
    #[must_use]
    pub fn sessions(&self) -> &Sessions {
        &self.inner.sessions
    }

    /// Counters as last read, for screens.
    #[must_use]
    pub fn stock(&self) -> &Stock {
        &self.inner.stock
    }

    /// Facts of households as last read.
    #[must_use]
    pub fn recent(&self) -> &Recent {
        &self.inner.recent
    }

    /// What phones download besides pages.
    #[must_use]
    pub fn site(&self) -> &Site {
        &self.inner.site
    }

    /// What whoever started the server decided.
    #[must_use]
    pub fn config(&self) -> &Config {
        &self.inner.config
    }

    /// Lets phones ask to be rung; what was said first counts.
    pub fn ring_with(&self, push: Push) {
        drop(self.inner.push.set(push));
    }

    /// How phones are rung; `None` where they are not.
    #[must_use]
    pub fn push(&self) -> Option<&Push> {
        self.inner.push.get()
    }

    /// Room for those who are being answered.
    pub(crate) fn crowd(&self) -> &Crowd {
        &self.inner.crowd
    }

    /// The clock, which tests can move.
    #[must_use]
    pub fn clock(&self) -> &Clock {
        &self.inner.clock
    }

    /// The server's time.
    #[must_use]
    pub fn now(&self) -> Millis {
        self.inner.clock.now()
    }

    /// The community that strangers are welcomed to.
    ///
    /// # Errors
    /// The table's, and [`Problem`] if nobody has set the community up.
    pub async fn community(&self) -> Result<Arc<Community>, Problem> {
        let catalog = self.communities().get(&self.config().community, self.now()).await?;
        Ok(catalog.community.clone())
    }
}
