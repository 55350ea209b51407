//! Counters of boxes that may run out. They are for the screen and for the order's own transaction;
//! sealing a window never reads them. An order takes from one counter, or from several where one is
//! too low; a cancellation gives back.

use crate::catalog::{Catalog, shards_for};
use crate::client::Store;
use crate::error::StoreError;
use crate::expression::{Condition, Update};
use crate::item::Item;
use crate::keys;
use crate::query::Query;
use crate::table::Table;
use crate::table_ops::Consistency;
use crate::transact::Write;
use domain::order::StockMove;
use domain::{CommunityId, HouseholdId, MenuCode, RunId};
use futures_util::future::try_join_all;
use std::collections::BTreeMap;

/// Attribute of what is left.
const LEFT: &str = "left";

/// Whose boxes: a menu in a run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Counter {
    /// The run.
    pub run: RunId,
    /// The menu.
    pub menu: MenuCode,
    /// The version the window offers: its cap decides over how many counters the boxes are spread.
    pub version: u16,
}

impl Store {
    /// Gives a menu its counters where it has none. [`Store::save_window`] does this by itself.
    ///
    /// # Errors
    /// Any transport error of [`StoreError`].
    pub async fn open_stock(
        &self,
        catalog: &Catalog,
        counter: &Counter,
        boxes: u32,
    ) -> Result<(), StoreError> {
        let shards = catalog.shards(&counter.menu, counter.version).max(shards_for(0));
        for shard in 0..shards {
            let share = share(boxes, shards, shard);
            let item = Item::new(&keys::stock(catalog.id(), counter.run, &counter.menu, shard))
                .with_number(LEFT, i64::from(share));
            match self.put(Table::Main, item, Condition::Absent).await {
                Ok(()) | Err(StoreError::Conflict { .. }) => {}
                Err(error) => return Err(error),
            }
        }
        Ok(())
    }

    /// Adds boxes to a menu of a run while it is being ordered. Counts once even when the answer is lost.
    ///
    /// # Errors
    /// [`StoreError::TransactionRefused`] when the menu has no counters in this run.
    pub async fn top_up(&self, catalog: &Catalog, counter: &Counter, boxes: u32) -> Result<(), StoreError> {
        let shards = catalog.shards(&counter.menu, counter.version);
        let parts = (0..shards).map(|shard| (shard, share(boxes, shards, shard)));
        let writes = parts.filter(|(_, share)| *share > 0).map(|(shard, share)| {
            let key = keys::stock(catalog.id(), counter.run, &counter.menu, shard);
            Write::Update(Table::Main, give(key, share))
        });
        self.transact(writes.collect()).await
    }

    /// What is left of each menu with a counter, for the screen: 0.5 read units a shard, and one shard for every
    /// thousand boxes of the largest menu.
    ///
    /// # Errors
    /// Any transport error of [`StoreError`].
    pub async fn stock_left(
        &self,
        catalog: &Catalog,
        run: RunId,
    ) -> Result<BTreeMap<MenuCode, u32>, StoreError> {
        let left = self.shards_left(catalog, run, Consistency::Eventual).await?;
        Ok(left.into_iter().map(|(menu, shards)| (menu, shards.into_values().sum())).collect())
    }

    async fn shards_left(
        &self,
        catalog: &Catalog,
        run: RunId,
        consistency: Consistency,
    ) -> Result<BTreeMap<MenuCode, BTreeMap<u8, u32>>, StoreError> {
        let shards = (0..catalog.stock_shards(run)).map(|shard| {
            let query = Query::partition(keys::stock_shard(catalog.id(), run, shard)).prefix(keys::STOCK);
            let query = if consistency == Consistency::Strong { query.strong() } else { query };
            self.query(Table::Main, query)
        });
        let mut left: BTreeMap<MenuCode, BTreeMap<u8, u32>> = BTreeMap::new();
        for item in try_join_all(shards).await?.into_iter().flatten() {
            if let Some((menu, shard)) = keys::parse_stock(item.key()?.sk()) {
                let boxes = item.number(LEFT).and_then(|left| u32::try_from(left).ok()).unwrap_or(0);
                left.entry(menu).or_default().insert(shard, boxes);
            }
        }
        Ok(left)
    }

    /// The counter updates of an order when nothing is known of the counters: each menu from the
    /// household's own counter.
    pub(crate) fn usual_moves(
        catalog: &Catalog,
        run: RunId,
        household: HouseholdId,
        moves: &[StockMove],
    ) -> Vec<Planned> {
        let plan = |one: &StockMove| {
            let shards = u32::from(catalog.shards(&one.menu, one.version).max(1));
            // Few counters, so the remainder fits.
            let shard = u8::try_from(household.0 % shards).unwrap_or(0);
            Planned::new(catalog.id(), run, one, shard, one.delta)
        };
        moves.iter().filter(|one| one.delta != 0).map(plan).collect()
    }

    /// The same after a counter was too low: looks at all of them and takes from several.
    /// `Err` names the menu of which not enough is left, and how many are.
    pub(crate) async fn spread_moves(
        &self,
        catalog: &Catalog,
        run: RunId,
        moves: &[StockMove],
    ) -> Result<Result<Vec<Planned>, (MenuCode, u32)>, StoreError> {
        let c = catalog.id();
        let left = self.shards_left(catalog, run, Consistency::Strong).await?;
        let none = BTreeMap::new();
        let mut planned = Vec::new();
        for one in moves {
            let shards = left.get(&one.menu).unwrap_or(&none);
            let Ok(mut wanted) = u32::try_from(one.delta) else {
                // What comes back goes to the lowest counter; without any there is nothing to count.
                if let Some((shard, _)) = shards.iter().min_by_key(|(_, left)| **left) {
                    planned.push(Planned::new(c, run, one, *shard, one.delta));
                }
                continue;
            };
            let all: u32 = shards.values().sum();
            if all < wanted {
                return Ok(Err((one.menu.clone(), all)));
            }
            let mut fullest: Vec<(&u8, &u32)> = shards.iter().collect();
            fullest.sort_by_key(|(shard, left)| (std::cmp::Reverse(**left), **shard));
            for (shard, left) in fullest {
                let part = wanted.min(*left);
                if part > 0 {
                    planned.push(Planned::new(c, run, one, *shard, i32::try_from(part).unwrap_or(i32::MAX)));
                    wanted -= part;
                }
            }
        }
        Ok(Ok(planned))
    }
}

/// One counter's part of an order.
#[derive(Debug, Clone)]
pub(crate) struct Planned {
    pub(crate) update: Update,
}

impl Planned {
    fn new(c: &CommunityId, run: RunId, one: &StockMove, shard: u8, delta: i32) -> Self {
        let key = keys::stock(c, run, &one.menu, shard);
        let boxes = delta.unsigned_abs();
        let update = if delta > 0 { Update::take(key, LEFT, boxes) } else { give(key, boxes) };
        Self { update }
    }
}

fn give(key: crate::item::Key, boxes: u32) -> Update {
    Update::of(key).add(LEFT, i64::from(boxes)).only_if(Condition::Has(LEFT))
}

/// The part of `boxes` that one of `shards` counters gets.
fn share(boxes: u32, shards: u8, shard: u8) -> u32 {
    let shards = u32::from(shards.max(1));
    boxes / shards + u32::from(u32::from(shard) < boxes % shards)
}
