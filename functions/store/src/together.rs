//! Reading the shelves of a batch together: neighbouring doors of a stair are one Query, not one each.

use crate::catalog::{Catalog, Shelf, Slot};
use crate::client::Store;
use crate::facts::{AT_ONCE, OnShelf};
use crate::item::Item;
use crate::keys;
use crate::query::Query;
use crate::table::Table;
use domain::places::Spot;
use domain::{BuildingId, RunId};
use futures_util::stream::{self, StreamExt};
use std::collections::BTreeMap;

/// A Query of one door costs a whole unit, which holds the facts of some four doors: so many doors that nobody asked
/// for may lie between those that were.
const DOORS_A_UNIT: usize = 4;

/// Doors of one stair, in its order.
struct Stair<'a> {
    partition: String,
    doors: Vec<(&'a Spot, &'a Shelf, String)>,
}

impl Stair<'_> {
    fn query(&self) -> Query {
        let prefix =
            |door: Option<&(&Spot, &Shelf, String)>| door.map(|(.., p)| p.clone()).unwrap_or_default();
        let (first, last) = (prefix(self.doors.first()), prefix(self.doors.last()));
        Query::partition(self.partition.clone()).between(first, keys::until(&last)).strong()
    }
}

impl Store {
    /// What stands on these shelves, as far as reading several together is cheaper than each alone. What is not in
    /// the answer is read by whoever needs it.
    pub(crate) async fn read_together<'a>(
        &self,
        catalog: &Catalog,
        shelves: impl Iterator<Item = &'a Shelf>,
    ) -> BTreeMap<Shelf, OnShelf> {
        let stairs = stairs(catalog, shelves);
        let queries: Vec<Query> = stairs.iter().map(Stair::query).collect();
        let answers: Vec<_> = stream::iter(queries.into_iter().map(|query| self.query(Table::Main, query)))
            .buffered(AT_ONCE)
            .collect()
            .await;
        let mut read = BTreeMap::new();
        for (stair, answer) in stairs.iter().zip(answers) {
            // What could not be read together is asked for again, door by door, and answered there.
            if let Ok(items) = answer {
                read.extend(sorted_out(stair, items));
            }
        }
        read
    }
}

fn sorted_out(stair: &Stair<'_>, items: Vec<Item>) -> Vec<(Shelf, OnShelf)> {
    let mut found: Vec<OnShelf> = stair.doors.iter().map(|_| OnShelf::default()).collect();
    for item in items {
        let Ok(key) = item.key() else { continue };
        // The last door that begins at or before this key, if the key is one of its own.
        let after = stair.doors.partition_point(|(.., prefix)| prefix.as_str() <= key.sk());
        let Some(place) = after.checked_sub(1) else { continue };
        if key.sk().starts_with(&stair.doors[place].2) && found[place].take(item).is_err() {
            return Vec::new();
        }
    }
    stair.doors.iter().zip(found).map(|((_, shelf, _), on_shelf)| ((*shelf).clone(), on_shelf)).collect()
}

/// The stairs on which at least two doors are asked for and few others lie between. Doors whose facts stand in
/// several places are left out.
fn stairs<'a>(catalog: &Catalog, shelves: impl Iterator<Item = &'a Shelf>) -> Vec<Stair<'a>> {
    let mut grouped: BTreeMap<(RunId, BuildingId, u8), Stair<'a>> = BTreeMap::new();
    for shelf in shelves {
        let Shelf::Run { run, slots } = shelf else { continue };
        let [slot @ Slot::Door { building, spot, .. }] = &slots[..] else { continue };
        let stair = grouped
            .entry((*run, *building, spot.unit))
            .or_insert_with(|| Stair { partition: slot.pk(catalog.id(), *run), doors: Vec::new() });
        stair.doors.push((spot, shelf, slot.prefix()));
    }
    let worth_it = |(building, unit): (BuildingId, u8), stair: &mut Stair<'_>| {
        stair.doors.sort_by(|(.., one), (.., other)| one.cmp(other));
        let (Some((first, ..)), Some((last, ..))) = (stair.doors.first(), stair.doors.last()) else {
            return false;
        };
        let doors = catalog.community.places.doors.values();
        let between = doors.filter(|door| {
            door.building == building && door.spot.unit == unit && (*first..=*last).contains(&&door.spot)
        });
        stair.doors.len() > 1 && between.count() <= DOORS_A_UNIT * stair.doors.len()
    };
    grouped
        .into_iter()
        .filter_map(|((_, building, unit), mut stair)| {
            worth_it((building, unit), &mut stair).then_some(stair)
        })
        .collect()
}
