//! Changes of the main table, as far as `tally` minds them: read from a stream's new image, or handed over
//! after the commit on one machine. Anything else in the table is nobody's news.

use crate::client::Store;
use crate::error::StoreError;
use crate::item::{Item, Key};
use crate::keys::{self, KeptKind, Partition};
use domain::community::Notice;
use domain::fact::Stamped;
use domain::need::Need;
use domain::{BuildingId, CommunityId, HouseholdId, RunId};
use std::sync::{Mutex, PoisonError};
use tokio::sync::mpsc;

use crate::news::News;

/// Something that happened.
#[derive(Debug, Clone, PartialEq)]
pub enum Change {
    /// A fact in a run: where it stands, which is not always where its door is now.
    Fact {
        /// The community.
        c: CommunityId,
        /// The run.
        run: RunId,
        /// The building it stands in; `None` for households without a door.
        building: Option<BuildingId>,
        /// The fact.
        stamped: Box<Stamped>,
    },
    /// A fact about a need.
    NeedFact {
        /// The community.
        c: CommunityId,
        /// Whose need.
        household: HouseholdId,
        /// The fact.
        stamped: Box<Stamped>,
    },
    /// A need's head was written.
    Need {
        /// The community.
        c: CommunityId,
        /// The head: the fold, its words cut short.
        need: Box<Need>,
    },
    /// News.
    News {
        /// The community.
        c: CommunityId,
        /// What.
        news: News,
    },
    /// A notice was written or changed.
    Notice {
        /// The community.
        c: CommunityId,
        /// The notice.
        notice: Box<Notice>,
    },
    /// The ledger was replaced: doors may be elsewhere.
    Ledger(CommunityId),
}

impl Change {
    /// What the new image of an item tells; `None` for what `tally` does not mind.
    ///
    /// # Errors
    /// [`StoreError::Corrupt`] for an item that should tell something and cannot be read.
    pub fn read(item: Item) -> Result<Option<Self>, StoreError> {
        let key = item.key()?;
        let sk = key.sk();
        Ok(match keys::parse_partition(key.pk()) {
            // A table of before has its versions among the facts of a run.
            Partition::Run(c, run, building) if sk != keys::VERSION => {
                Some(Self::Fact { c, run, building, stamped: Box::new(item.into_body()?) })
            }
            Partition::Household(c, household) => match keys::parse_need(sk) {
                Some((_, true)) => Some(Self::Need { c, need: Box::new(item.into_body()?) }),
                Some((_, false)) => {
                    Some(Self::NeedFact { c, household, stamped: Box::new(item.into_body()?) })
                }
                None => None,
            },
            Partition::Community(c) => match keys::kept_kind(sk) {
                KeptKind::Notice => Some(Self::Notice { c, notice: Box::new(item.into_body()?) }),
                KeptKind::Ledger => Some(Self::Ledger(c)),
                _ => None,
            },
            Partition::News(c) => Some(Self::News { c, news: item.into_body()? }),
            Partition::Run(..) | Partition::Other => None,
        })
    }

    /// The community it happened in.
    #[must_use]
    pub fn community(&self) -> &CommunityId {
        match self {
            Self::Fact { c, .. }
            | Self::NeedFact { c, .. }
            | Self::Need { c, .. }
            | Self::News { c, .. }
            | Self::Notice { c, .. }
            | Self::Ledger(c) => c,
        }
    }
}

/// Changes of one machine's table that wait to be tallied. What does not fit is found again by the time
/// up to which everything is tallied.
const WAITING: usize = 20_000;

/// Where changes go after their commit; nobody listens before [`Store::feed`].
#[derive(Debug, Default)]
pub(crate) struct Feeding {
    listener: Mutex<Option<mpsc::Sender<Item>>>,
}

impl Feeding {
    fn committed(&self, item: impl FnOnce() -> Item) {
        let mut listener = self.listener.lock().unwrap_or_else(PoisonError::into_inner);
        let Some(sender) = listener.as_ref() else { return };
        // A table that is filled faster than it is tallied ends the feed; whoever listens begins anew.
        if sender.try_send(item()).is_err() {
            *listener = None;
        }
    }
}

impl Store {
    /// The changes of this process's own table from now on, in the order of their commits. Ends when too
    /// many wait: read what was missed from the table and ask again. On other backends it ends at once,
    /// since there the table has a stream.
    #[must_use]
    pub fn feed(&self) -> mpsc::Receiver<Item> {
        let (sender, receiver) = mpsc::channel(WAITING);
        if self.owns_its_table() {
            let mut listener = self.feeding().listener.lock().unwrap_or_else(PoisonError::into_inner);
            *listener = Some(sender);
        }
        receiver
    }

    /// After a write of the main table on one machine. One that failed and may have happened all the
    /// same is told too: `tally` looks at what stands in the table.
    pub(crate) fn committed(&self, written: &Result<(), StoreError>, item: impl FnOnce() -> Item) {
        let happened = written.as_ref().map_or_else(StoreError::outcome_unknown, |()| true);
        if happened && self.owns_its_table() {
            self.feeding().committed(item);
        }
    }
}

/// The new image of a stream's record, in DynamoDB's own JSON.
///
/// # Errors
/// [`StoreError::Corrupt`] when it is none.
pub fn item_of_image(image: serde_json::Value) -> Result<Item, StoreError> {
    let image: serde_dynamo::Item = serde_json::from_value(image).map_err(|error| StoreError::Corrupt {
        wanted: "a stream record's image",
        source: Box::new(error),
    })?;
    Ok(Item::from_table(image.into()))
}

/// The key of a stream's record, in DynamoDB's own JSON; empty where it cannot be read.
#[must_use]
pub fn key_of_record(keys: &serde_json::Value) -> Key {
    let part = |name: &str| keys.get(name).and_then(|part| part.get("S")).and_then(serde_json::Value::as_str);
    let text = |name| part(name).unwrap_or_default().to_owned();
    Key::from_parts(text(crate::item::PK), text(crate::item::SK))
}

/// An item as a stream's record shows it: the other way round, for whoever plays a stream.
///
/// # Errors
/// [`StoreError::Corrupt`] never in practice.
pub fn image_of_item(item: Item) -> Result<serde_json::Value, StoreError> {
    let image: serde_dynamo::Item = item.into_attributes()?.into();
    serde_json::to_value(image)
        .map_err(|error| StoreError::Corrupt { wanted: "an item as JSON", source: Box::new(error) })
}
