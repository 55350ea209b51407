//! What the desk keeps of a community, item by item: settings, people, menus, windows, notices. The
//! ledger is in `ledger.rs`. Every write moves the community's version, so that caches notice.

use crate::catalog::{Catalog, Moved};
use crate::client::Store;
use crate::due::window_tasks;
use crate::error::StoreError;
use crate::expression::{Condition, Update};
use crate::item::Item;
use crate::keys::{self, Kept, KeptKind};
use crate::query::Query;
use crate::stock::Counter;
use crate::table::Table;
use crate::table_ops::Consistency;
use crate::transact::Write;
use domain::community::{Community, Notice, Person, Places, Settings};
use domain::menu::Menu;
use domain::tally::NeedsTally;
use domain::window::Window;
use domain::{CommunityId, NoticeId, PersonId, RunId};
use std::collections::BTreeMap;
use std::sync::Arc;

/// Attribute of the community's version.
const COUNT: &str = "n";
/// Attribute of how often a window was saved.
const REVISION: &str = "rev";
/// Attribute of a menu version that a published window offers.
const FROZEN: &str = "frozen";

/// What gets a number of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Numbered {
    Person,
    Run,
    Notice,
}

impl Store {
    /// Makes a community.
    ///
    /// # Errors
    /// [`StoreError::TransactionRefused`] when it exists.
    pub async fn create_community(&self, settings: &Settings) -> Result<(), StoreError> {
        let item = Item::new(&Kept::Settings.key(&settings.id)).with_body(settings)?;
        self.keep(&settings.id, vec![Write::Put(Table::Main, item, Condition::Absent)]).await
    }

    /// A community, whole, as of now. `None` when there is no such community.
    ///
    /// Costs what it weighs (13 read units for 857 households): keep it and ask
    /// [`Store::catalog_version`] whether it is still the newest.
    ///
    /// # Errors
    /// Any transport error of [`StoreError`]; [`StoreError::Corrupt`] when the settings or the ledger
    /// cannot be read. Any other item that cannot be read is left out and logged.
    pub async fn catalog(&self, c: &CommunityId) -> Result<Option<Catalog>, StoreError> {
        match self.read_catalog(c).await {
            // The version it read was replaced and cleared away in the same moment.
            Err(StoreError::Corrupt { .. }) => self.read_catalog(c).await,
            read => read,
        }
    }

    async fn read_catalog(&self, c: &CommunityId) -> Result<Option<Catalog>, StoreError> {
        let items = self.query(Table::Main, Query::partition(keys::community(c)).strong()).await?;
        let mut parts = Parts::default();
        for item in items {
            parts.take(item)?;
        }
        let Some(settings) = parts.settings else { return Ok(None) };
        let (places, moved) = match parts.ledger {
            Some(ledger) => self.read_ledger(c, ledger).await?,
            None => (Places::default(), Moved::default()),
        };
        let community = Community {
            settings,
            places,
            people: parts.people,
            menus: parts.menus,
            windows: parts.windows,
            notices: parts.notices,
        };
        Ok(Some(Catalog {
            community: Arc::new(community),
            version: parts.version,
            open_needs: Arc::new(parts.open_needs),
            ledger: parts.ledger.unwrap_or(0),
            window_revisions: parts.window_revisions,
            moved: Arc::new(moved),
        }))
    }

    /// The version of a community: 0.5 read units. 0 when there is no such community.
    ///
    /// # Errors
    /// Any transport error of [`StoreError`].
    pub async fn catalog_version(&self, c: &CommunityId) -> Result<i64, StoreError> {
        let item = self.get(Table::Main, &Kept::Version.key(c), Consistency::Eventual).await?;
        Ok(item.and_then(|item| item.number(COUNT)).unwrap_or(0))
    }

    /// The version of a community, and whose needs are open: what stands beside each other is one Query, which costs
    /// what [`Store::catalog_version`] costs up to some 380 needs.
    ///
    /// # Errors
    /// Any transport error of [`StoreError`].
    pub async fn catalog_news(&self, c: &CommunityId) -> Result<(i64, NeedsTally), StoreError> {
        let (first, last) = (Kept::Version.key(c), keys::needs_board(c));
        let query = Query::partition(keys::community(c)).between(first.sk(), last.sk());
        let mut parts = Parts::default();
        for item in self.query(Table::Main, query).await? {
            parts.take(item)?;
        }
        Ok((parts.version, parts.open_needs))
    }

    /// A community without what a cache needs; see [`Store::catalog`].
    ///
    /// # Errors
    /// As [`Store::catalog`].
    pub async fn community(&self, c: &CommunityId) -> Result<Option<Arc<Community>>, StoreError> {
        Ok(self.catalog(c).await?.map(|catalog| catalog.community))
    }

    /// Saves the settings. The last writer wins.
    ///
    /// # Errors
    /// [`StoreError::TransactionRefused`] when there is no such community.
    pub async fn save_settings(&self, settings: &Settings) -> Result<(), StoreError> {
        let item = Item::new(&Kept::Settings.key(&settings.id)).with_body(settings)?;
        self.keep(&settings.id, vec![Write::Put(Table::Main, item, Condition::Present)]).await
    }

    /// Saves a person, new or known. The last writer wins.
    ///
    /// # Errors
    /// Any transport error of [`StoreError`].
    pub async fn save_person(&self, c: &CommunityId, person: &Person) -> Result<(), StoreError> {
        let item = Item::new(&Kept::Person(person.id).key(c)).with_body(person)?;
        self.keep(c, vec![Write::Put(Table::Main, item, Condition::Always)]).await
    }

    /// Saves a notice, new or known. The last writer wins.
    ///
    /// # Errors
    /// Any transport error of [`StoreError`].
    pub async fn save_notice(&self, c: &CommunityId, notice: &Notice) -> Result<(), StoreError> {
        let item = Item::new(&Kept::Notice(notice.id).key(c)).with_body(notice)?;
        self.keep(c, vec![Write::Put(Table::Main, item, Condition::Always)]).await
    }

    /// Saves one version of a menu. Possible until a published window offers it; after that a change
    /// is the next version.
    ///
    /// # Errors
    /// [`StoreError::TransactionRefused`] when this version is frozen.
    pub async fn save_menu(&self, c: &CommunityId, menu: &Menu) -> Result<(), StoreError> {
        let item = Item::new(&Kept::Menu(menu.code.clone(), menu.version).key(c)).with_body(menu)?;
        self.keep(c, vec![Write::Put(Table::Main, item, Condition::Lacks(FROZEN))]).await
    }

    /// Saves a window, new or as changed from the one in `catalog`. A published window freezes the
    /// menus it offers and gets a counter for each of them that has a stock cap, where it has none yet.
    ///
    /// # Errors
    /// [`StoreError::TransactionRefused`] when somebody saved this window meanwhile, or when a menu
    /// it offers does not exist.
    pub async fn save_window(&self, catalog: &Catalog, window: &Window) -> Result<(), StoreError> {
        let c = catalog.id();
        let known = catalog.window_revisions.get(&window.run).copied();
        let condition = known.map_or(Condition::Absent, |revision| Condition::NumberIs(REVISION, revision));
        let item = Item::new(&Kept::Window(window.run).key(c))
            .with_body(window)?
            .with_number(REVISION, known.unwrap_or(0) + 1);
        let mut writes = vec![Write::Put(Table::Main, item, condition)];
        if window.published && window.sealed.is_none() {
            // In the same transaction: a window that is saved is also closed and sealed by `clock`.
            writes.extend(window_tasks(c, window, self.due_cursor().await?)?);
        }
        if window.published {
            // First the counters: a window that is open without them would say "sold out".
            for (code, version) in &window.menus {
                let capped = catalog.community.menu(code, *version).and_then(|menu| menu.stock);
                if let Some(boxes) = capped {
                    let counter = Counter { run: window.run, menu: code.clone(), version: *version };
                    self.open_stock(catalog, &counter, boxes).await?;
                }
                let key = Kept::Menu(code.clone(), *version).key(c);
                let freeze = Update::of(key).set_number(FROZEN, 1).only_if(Condition::Present);
                writes.push(Write::Update(Table::Main, freeze));
            }
        }
        self.keep(c, writes).await
    }

    /// A number for a new person. Numbers may be skipped, never given twice.
    ///
    /// # Errors
    /// Any transport error of [`StoreError`].
    pub async fn new_person_id(&self, c: &CommunityId) -> Result<PersonId, StoreError> {
        self.next_number(c, Numbered::Person).await.map(PersonId)
    }

    /// A number for a new run.
    ///
    /// # Errors
    /// Any transport error of [`StoreError`].
    pub async fn new_run_id(&self, c: &CommunityId) -> Result<RunId, StoreError> {
        self.next_number(c, Numbered::Run).await.map(RunId)
    }

    /// A number for a new notice.
    ///
    /// # Errors
    /// Any transport error of [`StoreError`].
    pub async fn new_notice_id(&self, c: &CommunityId) -> Result<NoticeId, StoreError> {
        self.next_number(c, Numbered::Notice).await.map(NoticeId)
    }

    async fn next_number(&self, c: &CommunityId, what: Numbered) -> Result<u32, StoreError> {
        let what = match what {
            Numbered::Person => "person",
            Numbered::Run => "run",
            Numbered::Notice => "notice",
        };
        // Counted twice after a lost answer at worst: a number is skipped.
        let update = Update::of(Kept::Next(what).key(c)).add(COUNT, 1);
        let number = self.update(Table::Main, update).await?.number(COUNT).unwrap_or(0);
        u32::try_from(number)
            .map_err(|error| StoreError::Corrupt { wanted: "a number of its own", source: Box::new(error) })
    }

    /// Writes what the desk keeps, and moves the community's version in the same transaction.
    pub(crate) async fn keep(&self, c: &CommunityId, mut writes: Vec<Write>) -> Result<(), StoreError> {
        writes.push(Write::Update(Table::Main, Update::of(Kept::Version.key(c)).add(COUNT, 1)));
        self.transact(writes).await
    }
}

#[derive(Default)]
struct Parts {
    settings: Option<Settings>,
    people: BTreeMap<PersonId, Person>,
    menus: Vec<Menu>,
    windows: BTreeMap<RunId, Window>,
    window_revisions: BTreeMap<RunId, i64>,
    notices: BTreeMap<NoticeId, Notice>,
    ledger: Option<u32>,
    version: i64,
    open_needs: NeedsTally,
}

impl Parts {
    /// One item. A bad person, menu or window must not close the whole desk, so it is left out.
    fn take(&mut self, item: Item) -> Result<(), StoreError> {
        let key = item.key()?;
        let kind = keys::kept_kind(key.sk());
        let taken = match kind {
            KeptKind::Settings => {
                self.settings = Some(item.into_body()?);
                Ok(())
            }
            KeptKind::Ledger => {
                self.ledger = Some(crate::ledger::pointed_at(&item)?);
                Ok(())
            }
            KeptKind::Person => item.into_body::<Person>().map(|p| drop(self.people.insert(p.id, p))),
            KeptKind::Menu => item.into_body::<Menu>().map(|menu| self.menus.push(menu)),
            KeptKind::Notice => item.into_body::<Notice>().map(|n| drop(self.notices.insert(n.id, n))),
            KeptKind::Window => {
                let revision = item.number(REVISION).unwrap_or(0);
                item.into_body::<Window>().map(|window| {
                    self.window_revisions.insert(window.run, revision);
                    self.windows.insert(window.run, window);
                })
            }
            KeptKind::Version => {
                self.version = item.number(COUNT).unwrap_or(0);
                Ok(())
            }
            KeptKind::NeedsBoard => {
                self.open_needs = crate::tallies::open_needs_in(&item);
                Ok(())
            }
            KeptKind::Other => Ok(()),
        };
        if let Err(error) = taken {
            tracing::error!(pk = key.pk(), sk = key.sk(), %error, "left out an item of the community");
        }
        Ok(())
    }
}
