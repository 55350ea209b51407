//! Door cards: which card is at which door. A card grants nothing, so its token stands in the main
//! table in the clear and moves with an export: printed cards stay good. Reissuing one kills the old.

use crate::client::Store;
use crate::error::StoreError;
use crate::expression::Condition;
use crate::item::{Item, Key};
use crate::keys;
use crate::query::Query;
use crate::table::Table;
use crate::table_ops::Consistency;
use crate::transact::Write;
use domain::door_code::{DoorToken, ShortCode};
use domain::{BuildingId, CommunityId, DoorId};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Where a card leads.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CardAt {
    /// The community.
    pub community: CommunityId,
    /// The door.
    pub door: DoorId,
}

/// The card of a door.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct CardOf {
    door: DoorId,
    token: DoorToken,
}

impl Store {
    /// Gives a door its card; an earlier one leads nowhere from now on.
    ///
    /// # Errors
    /// [`StoreError::TransactionRefused`] when the short code is taken in this community (draw again)
    /// or somebody reissued the same card meanwhile.
    pub async fn issue_card(
        &self,
        c: &CommunityId,
        building: BuildingId,
        door: DoorId,
        token: &DoorToken,
    ) -> Result<(), StoreError> {
        let of = keys::door_card(c, building, door);
        let before = self.get(Table::Main, &of, Consistency::Strong).await?;
        let condition = match &before {
            None => Condition::Absent,
            Some(item) => Condition::TextIs("token", item.text("token").unwrap_or_default().to_owned()),
        };
        let at = CardAt { community: c.clone(), door };
        let [by_token, by_short] = lookups(c, token);
        let put = |key: &Key| -> Result<Write, StoreError> {
            Ok(Write::Put(Table::Main, Item::new(key).with_body(&at)?, Condition::Absent))
        };
        let card = Item::new(&of).with_body(&CardOf { door, token: *token })?;
        let mut writes = vec![Write::Put(Table::Main, card, condition), put(&by_token)?, put(&by_short)?];
        if let Some(before) = before {
            let before: CardOf = before.into_body()?;
            writes.extend(
                lookups(c, &before.token).map(|key| Write::Delete(Table::Main, key, Condition::Always)),
            );
        }
        self.transact(writes).await
    }

    /// The door a card hangs at; `None` for a card that is unknown or was replaced.
    ///
    /// # Errors
    /// Any transport error of [`StoreError`].
    pub async fn door_of_card(&self, token: &DoorToken) -> Result<Option<CardAt>, StoreError> {
        let item = self.get(Table::Main, &keys::card(&token.text()), Consistency::Eventual).await?;
        item.map(Item::into_body).transpose()
    }

    /// The door whose card has this short code.
    ///
    /// # Errors
    /// Any transport error of [`StoreError`].
    pub async fn door_of_short_code(
        &self,
        c: &CommunityId,
        short: &ShortCode,
    ) -> Result<Option<DoorId>, StoreError> {
        let item = self.get(Table::Main, &keys::short_card(c, &short.text()), Consistency::Eventual).await?;
        Ok(item.map(Item::into_body::<CardAt>).transpose()?.map(|at| at.door))
    }

    /// The cards of a building's doors: what is printed, and what a round takes along to know a door
    /// without signal.
    ///
    /// # Errors
    /// Any transport error of [`StoreError`].
    pub async fn cards(
        &self,
        c: &CommunityId,
        building: BuildingId,
    ) -> Result<BTreeMap<DoorId, DoorToken>, StoreError> {
        let items = self.query(Table::Main, Query::partition(keys::cards(c, building))).await?;
        items.into_iter().map(|item| item.into_body::<CardOf>().map(|card| (card.door, card.token))).collect()
    }
}

fn lookups(c: &CommunityId, token: &DoorToken) -> [Key; 2] {
    [keys::card(&token.text()), keys::short_card(c, &token.short_code().text())]
}
