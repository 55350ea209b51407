//! What follows from what happened: the lines that boards are drawn from, the versions that tell a phone whether there
//! is news, and the ring that tells a person. Records of the table's stream come in; they may come twice, late, in any
//! order and to two of us at once, and the result is the same, since everything is folded from what stands in the table
//! now. On one machine the same code is fed by the table itself (`local`).

mod boards;
mod catalogs;
pub mod local;
pub mod push;
mod records;
mod tell;

use std::collections::{BTreeMap, BTreeSet};

use domain::{CommunityId, Millis};
use store::{Change, Key, Store, StoreError, Watch};

use catalogs::Catalogs;
use push::Ringer;
pub use records::{Read, Record, stream_records};

/// Tallies. Cheap to share.
#[derive(Debug)]
pub struct Tally {
    store: Store,
    catalogs: Catalogs,
    /// `None`: nobody is rung.
    ringer: Option<Ringer>,
}

/// What became of a batch.
#[derive(Debug, Default)]
pub struct Tallied {
    /// Records that could not be tallied yet: to be sent again. All of a group that failed, so that their order stays.
    pub again: Vec<String>,
    /// Records that can never be read, with the reason: put aside as dead letters, and done with.
    pub dead: Vec<DeadLetter>,
    /// Board lines that changed.
    pub lines: u32,
    /// Phones that were rung.
    pub rung: u32,
}

/// A record that cannot be read. Its key and the reason, never what it holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DeadLetter {
    /// The record's own name in its stream.
    pub record: String,
    /// Partition and sort key of the item.
    pub place: String,
    /// Why it cannot be read.
    pub reason: String,
}

/// What belongs together: what fails in one group fails in no other.
#[derive(Default)]
struct Group {
    records: Vec<(String, Key)>,
    changes: Vec<Change>,
}

impl Tally {
    /// Over a table; `ringer` rings phones.
    #[must_use]
    pub fn new(store: Store, ringer: Option<Ringer>) -> Self {
        Self { catalogs: Catalogs::default(), store, ringer }
    }

    /// Tallies a batch. Whatever fails is named in [`Tallied::again`]; nothing that fails stops anything else.
    pub async fn tally(&self, records: Vec<Record>, now: Millis) -> Tallied {
        let mut tallied = Tallied::default();
        let mut groups: BTreeMap<CommunityId, Group> = BTreeMap::new();
        for record in records {
            match record.read {
                Read::Nothing => {}
                Read::Change(change) => {
                    let group = groups.entry(change.community().clone()).or_default();
                    group.records.push((record.id, record.place));
                    group.changes.push(*change);
                }
                Read::Unreadable(reason) => {
                    self.bury(record.id, &record.place, reason, now, &mut tallied).await;
                }
            }
        }
        for (c, group) in groups {
            match self.community(&c, &group.changes, now, &mut tallied).await {
                Ok(()) => {}
                Err(error) if hopeless(&error) => self.one_by_one(&c, group, now, &mut tallied).await,
                Err(error) => {
                    failed("a batch is not tallied yet", &error);
                    tallied.again.extend(group.records.into_iter().map(|(record, _)| record));
                }
            }
        }
        tallied
    }

    /// One of a group can never be tallied: find it, so that the others are.
    async fn one_by_one(&self, c: &CommunityId, group: Group, now: Millis, tallied: &mut Tallied) {
        for ((record, place), change) in group.records.into_iter().zip(group.changes) {
            match self.community(c, std::slice::from_ref(&change), now, tallied).await {
                Ok(()) => {}
                Err(error) if hopeless(&error) => {
                    self.bury(record, &place, error.to_string(), now, tallied).await;
                }
                Err(error) => {
                    failed("a record is not tallied yet", &error);
                    tallied.again.push(record);
                }
            }
        }
    }

    async fn bury(&self, record: String, place: &Key, reason: String, now: Millis, tallied: &mut Tallied) {
        match self.store.bury("tally", place, &reason, now).await {
            Ok(()) => {
                let place = format!("{} {}", place.pk(), place.sk());
                tallied.dead.push(DeadLetter { record, place, reason });
            }
            Err(error) => {
                failed("a dead letter is not written yet", &error);
                tallied.again.push(record);
            }
        }
    }

    async fn community(
        &self,
        c: &CommunityId,
        changes: &[Change],
        now: Millis,
        tallied: &mut Tallied,
    ) -> Result<(), StoreError> {
        // A community that is not there (any more) has no board and nobody to ring.
        let Some(catalog) = self.catalogs.newest(&self.store, c).await? else { return Ok(()) };
        tallied.lines += boards::update(&self.store, &catalog, changes, now).await?;
        self.versions(c, changes).await?;
        boards::escalations(&self.store, &catalog, changes).await?;
        if let Some(ringer) = &self.ringer {
            let news = tell::news(&self.store, &catalog, changes, now).await?;
            tallied.rung += ringer.ring_all(&self.store, &catalog, news, now).await?;
        }
        Ok(())
    }

    /// Tells pages that there is news. On one machine this happens with the write itself.
    async fn versions(&self, c: &CommunityId, changes: &[Change]) -> Result<(), StoreError> {
        let mut watches = BTreeSet::new();
        for change in changes {
            match change {
                Change::Fact { run, building: Some(building), .. } => {
                    watches.insert(Watch::Building(*run, *building));
                }
                Change::Fact { run, building: None, .. } => {
                    watches.insert(Watch::Doorless(*run));
                }
                Change::NeedFact { household, .. } => {
                    watches.insert(Watch::Needs(*household));
                }
                Change::Need { need, .. } => {
                    watches.extend([Watch::Needs(need.household), Watch::Desk]);
                }
                Change::News { .. } | Change::Notice { .. } | Change::Ledger(_) => {}
            }
        }
        for watch in watches {
            self.store.bump_version(c, watch).await?;
        }
        Ok(())
    }

    /// Folds every board of the runs that may still move, from the facts: after a restart, and when doors moved.
    ///
    /// # Errors
    /// The table's.
    pub async fn anew(&self, c: &CommunityId, now: Millis) -> Result<(), StoreError> {
        let Some(catalog) = self.catalogs.newest(&self.store, c).await? else { return Ok(()) };
        boards::anew(&self.store, &catalog, now).await.map(drop)
    }
}

/// Whether the same record will fail in the same way however often it comes. Missing rights are not of this kind: they
/// are given one day, and nothing may be put aside for them.
fn hopeless(error: &StoreError) -> bool {
    matches!(error, StoreError::Corrupt { .. } | StoreError::Invalid { .. } | StoreError::TooLarge { .. })
}

fn failed(what: &str, error: &StoreError) {
    tracing::error!(error = error as &dyn std::error::Error, "{what}");
}
