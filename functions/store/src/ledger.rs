//! The ledger in the table: each import is a new version in chunks, shown by one pointer that is
//! flipped under a condition. What a row of a spreadsheet means is decided in `domain::ledger`.

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
/// Bytes of JSON in one chunk: half of what an item may be.
const CHUNK_BYTES: usize = 200 * 1024;
/// Attribute of a chunk's text. Text, not a map: the table never looks inside, and it is half the size.
const JSON: &str = "json";

/// Which version shows, and which were before it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct Pointer {
    version: u32,
    /// Versions an undo can go back to, newest last.
    #[serde(default)]
    earlier: Vec<u32>,
}

/// Some of a version. A list that is empty is left out.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
struct Chunk {
    #[serde(skip_serializing_if = "Vec::is_empty")]
    compounds: Vec<Compound>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    buildings: Vec<Building>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    doors: Vec<Door>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    households: Vec<Household>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    moved_doors: Vec<(DoorId, Vec<(BuildingId, Spot)>)>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    moved_homes: Vec<(HouseholdId, Vec<Option<DoorId>>)>,
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
        let chunks = chunks(places, &moved)?.into_iter().enumerate();
        let items = chunks
            .map(|(place, json)| Item::new(&keys::ledger_chunk(c, version, place)).with_text(JSON, json));
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
        let (mut places, mut moved) = (Places::default(), Moved::default());
        for item in &items {
            let chunk: Chunk = serde_json::from_str(item.text(JSON).unwrap_or_default())
                .map_err(|error| corrupt(Box::new(error)))?;
            places.compounds.extend(chunk.compounds.into_iter().map(|compound| (compound.id, compound)));
            places.buildings.extend(chunk.buildings.into_iter().map(|building| (building.id, building)));
            places.doors.extend(chunk.doors.into_iter().map(|door| (door.id, door)));
            places.households.extend(chunk.households.into_iter().map(|household| (household.id, household)));
            moved.doors.extend(chunk.moved_doors);
            moved.homes.extend(chunk.moved_homes);
        }
        if items.is_empty() {
            return Err(corrupt(format!("version {version} has no chunks").into()));
        }
        Ok((places, moved))
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
    let Some(text) = item.text(JSON) else { return Ok(None) };
    let mut chunk: Chunk = serde_json::from_str(text).map_err(|error| corrupt(Box::new(error)))?;
    let mut told = false;
    for household in &mut chunk.households {
        told |= !std::mem::take(&mut household.note).is_empty();
        told |= std::mem::take(&mut household.diets) != Diets::default();
    }
    if !told {
        return Ok(None);
    }
    Ok(Some(item.clone().with_text(JSON, json(&chunk)?)))
}

/// The version a pointer item shows.
pub(crate) fn pointed_at(item: &Item) -> Result<u32, StoreError> {
    item.clone().into_body::<Pointer>().map(|pointer| pointer.version)
}

fn corrupt(source: crate::error::Source) -> StoreError {
    StoreError::Corrupt { wanted: "a version of the ledger", source }
}

/// Cuts a ledger into texts of at most [`CHUNK_BYTES`] each, whatever its mixture; at least one.
fn chunks(places: &Places, moved: &Moved) -> Result<Vec<String>, StoreError> {
    let mut parts: Vec<Chunk> = vec![Chunk::default()];
    let mut bytes = 0;
    let mut add = |size: usize, put: &dyn Fn(&mut Chunk)| {
        if bytes + size > CHUNK_BYTES {
            parts.push(Chunk::default());
            bytes = 0;
        }
        bytes += size;
        if let Some(last) = parts.last_mut() {
            put(last);
        }
    };
    for one in places.compounds.values() {
        add(json_size(one)?, &|chunk| chunk.compounds.push(one.clone()));
    }
    for one in places.buildings.values() {
        add(json_size(one)?, &|chunk| chunk.buildings.push(one.clone()));
    }
    for one in places.doors.values() {
        add(json_size(one)?, &|chunk| chunk.doors.push(one.clone()));
    }
    for one in places.households.values() {
        add(json_size(one)?, &|chunk| chunk.households.push(one.clone()));
    }
    for one in &moved.doors {
        add(json_size(one)?, &|chunk| chunk.moved_doors.push(one.clone()));
    }
    for one in &moved.homes {
        add(json_size(one)?, &|chunk| chunk.moved_homes.push(one.clone()));
    }
    parts.iter().map(json).collect()
}

fn json(value: &impl Serialize) -> Result<String, StoreError> {
    serde_json::to_string(value)
        .map_err(|error| StoreError::Invalid { operation: "ledger", code: error.to_string() })
}

fn json_size(value: &impl Serialize) -> Result<usize, StoreError> {
    Ok(json(value)?.len() + 1)
}

#[cfg(test)]
mod tests {
    use super::{Chunk, JSON, json, without_notes};
    use crate::item::{Item, Key};

    #[test]
    fn a_chunk_loses_what_may_tell_of_health_and_nothing_else() {
        let told =
            r#"{"households":[{"id":7,"people":2,"holder":"李","note":"胰岛素","diets":["low-sugar"]}]}"#;
        let item = Item::new(&Key::from_parts("C#c#L#1", "1")).with_text(JSON, told);
        let less = without_notes(&item).expect("read").expect("it told something");
        let chunk: Chunk = serde_json::from_str(less.text(JSON).expect("text")).expect("a chunk");
        let household = &chunk.households[0];
        assert!(household.note.is_empty() && household.diets.is_empty() && household.holder == "李");
        assert_eq!(without_notes(&less).expect("read"), None, "once is enough");
        assert_eq!(less.text(JSON), json(&chunk).ok().as_deref());
    }
}
