//! The ledger in the table: each import is a new version in chunks, shown by one pointer that is
//! flipped under a condition. What a row of a spreadsheet means is decided in `domain::ledger`.

mod rows;

use crate::catalog::{Catalog, Moved};
use crate::client::Store;
use crate::error::StoreError;
use crate::expression::Condition;
use crate::item::Item;
use crate::keys::{self, Kept};
use crate::query::Query;
use crate::table::Table;
use crate::table_ops::Consistency;
use crate::transact::Write;
use domain::community::Places;
use domain::household::{Diets, Household};
use domain::places::{Building, Compound, Door, Spot};
use domain::{BuildingId, CommunityId, DoorId, HouseholdId};
use serde::{Deserialize, Serialize};

/// How many versions are kept, the present one included.
const KEPT_VERSIONS: usize = 3;
/// Bytes of text in one chunk: half of what an item may be.
const CHUNK_BYTES: usize = 200 * 1024;
/// Attribute of a chunk's text. Text, not a map: the table never looks inside.
const ROWS: &str = "rows";
/// The attribute of a chunk that was written before there were rows.
const JSON: &str = "json";

/// Which version shows, and which were before it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct Pointer {
    version: u32,
    /// Versions an undo can go back to, newest last.
    #[serde(default)]
    earlier: Vec<u32>,
}

/// Some of a version, or all of it.
#[derive(Debug, Clone, PartialEq, Eq, Default, Deserialize)]
#[serde(default)]
struct Chunk {
    compounds: Vec<Compound>,
    buildings: Vec<Building>,
    doors: Vec<Door>,
    households: Vec<Household>,
    moved_doors: Vec<(DoorId, Vec<(BuildingId, Spot)>)>,
    moved_homes: Vec<(HouseholdId, Vec<Option<DoorId>>)>,
}

impl Chunk {
    /// Adds what an item holds, in either of its shapes.
    fn take(&mut self, item: &Item) -> Result<(), StoreError> {
        if let Some(text) = item.text(ROWS) {
            return rows::read(text, self).map_err(|error| corrupt(Box::new(error)));
        }
        let text = item.text(JSON).ok_or_else(|| corrupt("a chunk without a text".into()))?;
        let mut more: Self = serde_json::from_str(text).map_err(|error| corrupt(Box::new(error)))?;
        self.compounds.append(&mut more.compounds);
        self.buildings.append(&mut more.buildings);
        self.doors.append(&mut more.doors);
        self.households.append(&mut more.households);
        self.moved_doors.append(&mut more.moved_doors);
        self.moved_homes.append(&mut more.moved_homes);
        Ok(())
    }

    fn parts(self) -> (Places, Moved) {
        // Collected at once: a map is built from what is in order for a fraction of so many insertions.
        let places = Places {
            compounds: self.compounds.into_iter().map(|compound| (compound.id, compound)).collect(),
            buildings: self.buildings.into_iter().map(|building| (building.id, building)).collect(),
            doors: self.doors.into_iter().map(|door| (door.id, door)).collect(),
            households: self.households.into_iter().map(|household| (household.id, household)).collect(),
        };
        (places, Moved { doors: self.moved_doors, homes: self.moved_homes })
    }
}

impl Store {
    /// Replaces the ledger by `places`, whole, when it still is the one in `catalog`. Nobody sees
    /// half of it: everything is written beside the present version, then the pointer flips.
    /// Returns the new version.
    ///
    /// # Errors
    /// [`StoreError::TransactionRefused`] when the ledger changed meanwhile: show the preview again.
    pub async fn import_ledger(&self, catalog: &Catalog, places: &Places) -> Result<u32, StoreError> {
        let pointer = self.pointer(catalog.id()).await?;
        let mut earlier = pointer.as_ref().map_or_else(Vec::new, |pointer| pointer.earlier.clone());
        earlier.extend(pointer.as_ref().map(|pointer| pointer.version));
        self.flip(catalog, pointer.as_ref(), places, earlier).await
    }

    /// Goes back to the ledger before the last change, when it still is the one in `catalog`.
    /// Returns the new version, or `None` when there is nothing to go back to. Facts stay where
    /// they are and are found; [`Store::doors_with_facts`] names doors that would hang in the air.
    ///
    /// # Errors
    /// [`StoreError::TransactionRefused`] when the ledger changed meanwhile.
    pub async fn undo_ledger(&self, catalog: &Catalog) -> Result<Option<u32>, StoreError> {
        let Some(pointer) = self.pointer(catalog.id()).await? else { return Ok(None) };
        let mut earlier = pointer.earlier.clone();
        let Some(before) = earlier.pop() else { return Ok(None) };
        let (places, _) = self.read_version(catalog.id(), before).await?;
        // The old state as a new version, not the old pointer: what moved since has to be remembered.
        self.flip(catalog, Some(&pointer), &places, earlier).await.map(Some)
    }

    /// What the ledger held before the last change: what an undo would bring back.
    ///
    /// # Errors
    /// Any transport error of [`StoreError`].
    pub async fn previous_ledger(&self, c: &CommunityId) -> Result<Option<Places>, StoreError> {
        let Some(before) = self.pointer(c).await?.and_then(|pointer| pointer.earlier.last().copied()) else {
            return Ok(None);
        };
        self.read_version(c, before).await.map(|(places, _)| Some(places))
    }

    pub(crate) async fn read_ledger(
        &self,
        c: &CommunityId,
        version: u32,
    ) -> Result<(Places, Moved), StoreError> {
        self.read_version(c, version).await
    }

    async fn pointer(&self, c: &CommunityId) -> Result<Option<Pointer>, StoreError> {
        let item = self.get(Table::Main, &Kept::Ledger.key(c), Consistency::Strong).await?;
        item.map(Item::into_body).transpose()
    }

    async fn flip(
        &self,
        catalog: &Catalog,
        pointer: Option<&Pointer>,
        places: &Places,
        mut earlier: Vec<u32>,
    ) -> Result<u32, StoreError> {
        let c = catalog.id();
        let version = self.free_version(c, pointer.map_or(0, |pointer| pointer.version)).await?;
        let moved = catalog.moved.after(&catalog.community.places, places);
        let chunks = chunks(places, &moved).into_iter().enumerate();
        let items = chunks
            .map(|(place, rows)| Item::new(&keys::ledger_chunk(c, version, place)).with_text(ROWS, rows));
        self.batch_put(Table::Main, items).await?;
        earlier.drain(..earlier.len().saturating_sub(KEPT_VERSIONS - 1));
        let mut gone: Vec<u32> = pointer.map_or_else(Vec::new, |pointer| {
            pointer.earlier.iter().copied().chain([pointer.version]).collect()
        });
        gone.retain(|old| !earlier.contains(old));
        let condition = match catalog.ledger {
            0 => Condition::Absent,
            known => Condition::NumberIs("version", i64::from(known)),
        };
        let item = Item::new(&Kept::Ledger.key(c)).with_body(&Pointer { version, earlier })?;
        match self.keep(c, vec![Write::Put(Table::Main, item, condition)]).await {
            Ok(()) => {}
            Err(refused @ StoreError::TransactionRefused { .. }) => {
                self.forget_version(c, version).await?;
                return Err(refused);
            }
            Err(error) => return Err(error),
        }
        for old in gone {
            self.forget_version(c, old).await?;
        }
        Ok(version)
    }

    /// A version number without chunks.
    async fn free_version(&self, c: &CommunityId, shown: u32) -> Result<u32, StoreError> {
        let mut version = shown + 1;
        loop {
            let claim = Item::new(&keys::ledger_chunk(c, version, 0));
            match self.put(Table::Main, claim, Condition::Absent).await {
                Ok(()) => return Ok(version),
                Err(StoreError::Conflict { .. }) => version += 1,
                Err(error) => return Err(error),
            }
        }
    }

    async fn read_version(&self, c: &CommunityId, version: u32) -> Result<(Places, Moved), StoreError> {
        let items = self.query(Table::Main, Query::partition(keys::ledger(c, version)).strong()).await?;
        if items.is_empty() {
            return Err(corrupt(format!("version {version} has no chunks").into()));
        }
        let mut whole = Chunk::default();
        items.iter().try_for_each(|item| whole.take(item))?;
        Ok(whole.parts())
    }

    async fn forget_version(&self, c: &CommunityId, version: u32) -> Result<(), StoreError> {
        let query = Query::partition(keys::ledger(c, version)).only(&["pk", "sk"]);
        for item in self.query(Table::Main, query).await? {
            self.delete(Table::Main, &item.key()?, Condition::Always).await?;
        }
        Ok(())
    }
}

/// A chunk without what is to be known at the doors and what people do not eat, both of which may tell of somebody's
/// health; `None` where it tells nothing.
pub(crate) fn without_notes(item: &Item) -> Result<Option<Item>, StoreError> {
    if item.text(ROWS).or(item.text(JSON)).is_none() {
        return Ok(None);
    }
    let mut chunk = Chunk::default();
    chunk.take(item)?;
    let mut told = false;
    for household in &mut chunk.households {
        told |= !std::mem::take(&mut household.note).is_empty();
        told |= std::mem::take(&mut household.diets) != Diets::default();
    }
    if !told {
        return Ok(None);
    }
    let (places, moved) = chunk.parts();
    let rows: String = rows::written(&places, &moved).collect();
    Ok(Some(Item::new(&item.key()?).with_text(ROWS, rows)))
}

/// The version a pointer item shows.
pub(crate) fn pointed_at(item: &Item) -> Result<u32, StoreError> {
    item.clone().into_body::<Pointer>().map(|pointer| pointer.version)
}

fn corrupt(source: crate::error::Source) -> StoreError {
    StoreError::Corrupt { wanted: "a version of the ledger", source }
}

/// Cuts a ledger into texts of at most [`CHUNK_BYTES`] each, whatever its mixture; at least one.
fn chunks(places: &Places, moved: &Moved) -> Vec<String> {
    let mut chunks = Vec::new();
    let mut last = String::new();
    for row in rows::written(places, moved) {
        if last.len() + row.len() > CHUNK_BYTES && !last.is_empty() {
            chunks.push(std::mem::take(&mut last));
        }
        last += &row;
    }
    chunks.push(last);
    chunks
}

#[cfg(test)]
mod tests {
    use super::{Chunk, JSON, ROWS, without_notes};
    use crate::item::{Item, Key};

    fn item(attribute: &str, text: &str) -> Item {
        Item::new(&Key::from_parts("C#c#L#1", "1")).with_text(attribute, text)
    }

    fn read(item: &Item) -> Chunk {
        let mut chunk = Chunk::default();
        chunk.take(item).expect("a chunk");
        chunk
    }

    const WITH_NAMES: &str = r#"{"compounds":[{"id":1,"name":"五号院"}],"buildings":[{"id":2,"compound":1,"label":"12"}],
        "doors":[{"id":7,"b":2,"u":1,"f":-1,"r":"B101"}],"households":[{"id":7,"door":7,"people":3,"over_60":1,
        "lang":"en","holder":"李","note":"胰岛素","diets":["low-sugar"]},{"id":8,"people":2}],
        "moved_doors":[[7,[[1,{"u":3,"f":3,"r":"301"}]]]],"moved_homes":[[8,[7,null]]]}"#;
    const IN_ROWS: &str = "c1,9:五号院b2,1,2:12d7,2,1,-1,4:B101h7,7,3,1,2:en3:李:9:胰岛素1,9:low-sugarh8,,2,0,::::0,\
                           D7,1,1,3,3,3:301H8,2,7,,";

    #[test]
    fn a_chunk_of_before_there_were_rows_reads_the_same() {
        assert_eq!(read(&item(JSON, WITH_NAMES)), read(&item(ROWS, IN_ROWS)));
        assert!(
            Chunk::default().take(&Item::new(&Key::from_parts("C#c#L#1", "1"))).is_err(),
            "a claim is no chunk"
        );
    }

    #[test]
    fn a_chunk_loses_what_may_tell_of_health_and_nothing_else() {
        for told in [item(JSON, WITH_NAMES), item(ROWS, IN_ROWS)] {
            let less = without_notes(&told).expect("read").expect("it told something");
            let mut expected = read(&told);
            expected.households[0].note.clear();
            expected.households[0].diets.clear();
            assert_eq!(read(&less), expected);
            assert!(!format!("{less:?}").contains("胰岛素"), "nowhere in it");
            assert_eq!(without_notes(&less).expect("read"), None, "once is enough");
        }
        assert_eq!(without_notes(&Item::new(&Key::from_parts("C#c#L#1", "1"))).expect("read"), None);
    }
}
