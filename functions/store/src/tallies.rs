//! What `tally` keeps for screens. Each item is replaced whole under the version it was read at: whoever
//! writes has read the facts after that version, so no older look at the facts ever covers a newer one.

use crate::client::Store;
use crate::error::StoreError;
use crate::expression::Condition;
use crate::item::{Item, Key};
use crate::keys;
use crate::query::Query;
use crate::table::Table;
use crate::table_ops::Consistency;
use domain::tally::{BuildingTally, NeedsTally, RunTally};
use domain::{BuildingId, CommunityId, Millis, RunId};

/// Attribute of how often an item was written.
const COUNT: &str = "n";
/// Attribute of what is kept.
const LINES: &str = "lines";
/// Attribute of a time.
const AT: &str = "at";

/// A kept value with the version it was read at.
#[derive(Debug, Clone)]
pub struct Held<T> {
    /// The value.
    pub value: T,
    version: i64,
}

impl Store {
    /// A building's lines in a run (`None`: households without a door), to be changed.
    ///
    /// # Errors
    /// Any transport error of [`StoreError`].
    pub async fn building_tally(
        &self,
        c: &CommunityId,
        run: RunId,
        building: Option<BuildingId>,
    ) -> Result<Held<BuildingTally>, StoreError> {
        self.kept(&keys::board(c, run, building), BuildingTally::from_bytes).await
    }

    /// Replaces it. `false` when somebody else wrote since it was read: read facts and lines again.
    ///
    /// # Errors
    /// Any transport error of [`StoreError`].
    pub async fn save_building_tally(
        &self,
        c: &CommunityId,
        (run, building): (RunId, Option<BuildingId>),
        tally: &Held<BuildingTally>,
    ) -> Result<bool, StoreError> {
        self.keep_lines(&keys::board(c, run, building), tally.version, tally.value.to_bytes()).await
    }

    /// A run as it is kept: 0.5 read units for 4 KB, some 750 doors with something to do.
    ///
    /// # Errors
    /// Any transport error of [`StoreError`].
    pub async fn run_tally(&self, c: &CommunityId, run: RunId) -> Result<RunTally, StoreError> {
        let query = Query::partition(keys::run(c, run)).prefix(keys::BOARDS);
        let mut found = RunTally::default();
        for item in self.query(Table::Main, query).await? {
            let Some(tally) = item.bytes(LINES).and_then(BuildingTally::from_bytes) else { continue };
            if item.key()?.sk().strip_prefix(keys::BOARDS) == Some(keys::DOORLESS) {
                found.doorless = tally;
            } else {
                found.buildings.push(tally);
            }
        }
        Ok(found)
    }

    /// A community's open needs as they are kept, to be changed.
    ///
    /// # Errors
    /// Any transport error of [`StoreError`].
    pub async fn needs_tally(&self, c: &CommunityId) -> Result<Held<NeedsTally>, StoreError> {
        self.kept(&keys::needs_board(c), NeedsTally::from_bytes).await
    }

    /// Replaces them. `false` when somebody else wrote since they were read.
    ///
    /// # Errors
    /// Any transport error of [`StoreError`].
    pub async fn save_needs_tally(
        &self,
        c: &CommunityId,
        tally: &Held<NeedsTally>,
    ) -> Result<bool, StoreError> {
        self.keep_lines(&keys::needs_board(c), tally.version, tally.value.to_bytes()).await
    }

    /// A community's open needs for a screen: 0.5 read units for some 380 needs.
    ///
    /// # Errors
    /// Any transport error of [`StoreError`].
    pub async fn open_needs(&self, c: &CommunityId) -> Result<NeedsTally, StoreError> {
        let item = self.get(Table::Main, &keys::needs_board(c), Consistency::Eventual).await?;
        Ok(item.map(|item| open_needs_in(&item)).unwrap_or_default())
    }

    /// Until when everything that happened on this machine is tallied; `None` before the first time.
    ///
    /// # Errors
    /// Any transport error of [`StoreError`].
    pub async fn tallied_until(&self) -> Result<Option<Millis>, StoreError> {
        let item = self.get(Table::Main, &keys::tally_mark(), Consistency::Strong).await?;
        Ok(item.and_then(|item| item.number(AT)).map(Millis))
    }

    /// Notes it.
    ///
    /// # Errors
    /// Any transport error of [`StoreError`].
    pub async fn note_tallied(&self, until: Millis) -> Result<(), StoreError> {
        let item = Item::new(&keys::tally_mark()).with_number(AT, until.0);
        self.put(Table::Main, item, Condition::Always).await
    }

    async fn kept<T: Default>(
        &self,
        key: &Key,
        read: impl Fn(&[u8]) -> Option<T>,
    ) -> Result<Held<T>, StoreError> {
        let Some(item) = self.get(Table::Main, key, Consistency::Strong).await? else {
            return Ok(Held { value: T::default(), version: 0 });
        };
        // What cannot be read is made anew: it is only a fold.
        let value = item.bytes(LINES).and_then(read).unwrap_or_default();
        Ok(Held { value, version: item.number(COUNT).unwrap_or(0) })
    }

    async fn keep_lines(&self, key: &Key, version: i64, lines: Vec<u8>) -> Result<bool, StoreError> {
        let condition = match version {
            0 => Condition::Absent,
            read => Condition::NumberIs(COUNT, read),
        };
        let item = Item::new(key).with_number(COUNT, version + 1).with_bytes(LINES, lines);
        match self.put(Table::Main, item, condition).await {
            Ok(()) => Ok(true),
            Err(StoreError::Conflict { .. }) => Ok(false),
            Err(error) => Err(error),
        }
    }
}

/// The open needs that an item keeps.
pub(crate) fn open_needs_in(item: &Item) -> NeedsTally {
    item.bytes(LINES).and_then(NeedsTally::from_bytes).unwrap_or_default()
}
