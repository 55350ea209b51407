//! Facts that this program cannot read, because a newer one made them: kept byte for byte under their
//! author until a program comes that reads them. Nothing a person did is thrown away.

use crate::client::Store;
use crate::error::StoreError;
use crate::expression::Condition;
use crate::item::Item;
use crate::keys;
use crate::query::Query;
use crate::table::Table;
use domain::actor::Signed;
use domain::{CommunityId, FactId, Millis};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// The largest fact that is kept unread, in bytes: four times what a fact of ours takes.
pub const UNREAD_BYTES: usize = 4 * 1024;
/// How many one author may leave waiting, so that nobody fills the table with what nobody can read.
pub const UNREAD_OF_ONE: usize = 500;

/// Attribute of the bytes.
const RAW: &str = "raw";

/// A fact that waits to be read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Unread {
    /// Its name.
    pub fact: FactId,
    /// Who handed it in.
    pub by: Signed,
    /// It came from a phone that was reported lost.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub unconfirmed: bool,
    /// The server's time when it came.
    #[serde(rename = "at")]
    pub received: Millis,
    /// As it came.
    #[serde(skip)]
    pub raw: Vec<u8>,
}

/// What became of one that was to be kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kept {
    /// It is there, now or from before.
    There,
    /// Something else of this name is there.
    OtherContent,
    /// Its author has [`UNREAD_OF_ONE`] waiting: later, when those were read.
    Full,
    /// It is larger than [`UNREAD_BYTES`], as no phone makes one.
    TooLarge,
}

impl Store {
    /// Keeps facts of one author that this program cannot read; the answers are in their order.
    ///
    /// # Errors
    /// Any transport error of [`StoreError`]; all of them may then be handed in again.
    pub async fn keep_unread(&self, c: &CommunityId, facts: &[Unread]) -> Result<Vec<Kept>, StoreError> {
        let Some(by) = facts.first().map(|first| first.by) else { return Ok(Vec::new()) };
        let of_author = Query::partition(keys::unread(c)).prefix(keys::unread_prefix(by)).strong();
        let waiting = self.query(Table::Main, of_author.limit(UNREAD_OF_ONE)).await?;
        let waiting: Vec<Unread> = waiting.into_iter().map(read).collect::<Result<_, _>>()?;
        let mut waiting: BTreeMap<FactId, Vec<u8>> =
            waiting.into_iter().map(|unread| (unread.fact, unread.raw)).collect();
        let mut kept = Vec::with_capacity(facts.len());
        for unread in facts {
            let word = match waiting.get(&unread.fact) {
                Some(raw) if *raw == unread.raw => Kept::There,
                Some(_) => Kept::OtherContent,
                None if unread.raw.len() > UNREAD_BYTES => Kept::TooLarge,
                None if waiting.len() >= UNREAD_OF_ONE => Kept::Full,
                None => {
                    // Two requests of one phone may bring the same one at once: the second write changes nothing.
                    let item = Item::new(&keys::unread_fact(c, by, unread.fact)).with_body(unread)?;
                    match self
                        .put(Table::Main, item.with_bytes(RAW, unread.raw.clone()), Condition::Absent)
                        .await
                    {
                        Ok(()) | Err(StoreError::Conflict { .. }) => {}
                        Err(error) => return Err(error),
                    }
                    waiting.insert(unread.fact, unread.raw.clone());
                    Kept::There
                }
            };
            kept.push(word);
        }
        Ok(kept)
    }

    /// Everything that waits to be read in a community.
    ///
    /// # Errors
    /// Any transport error of [`StoreError`].
    pub async fn unread(&self, c: &CommunityId) -> Result<Vec<Unread>, StoreError> {
        let items = self.query(Table::Main, Query::partition(keys::unread(c))).await?;
        items.into_iter().map(read).collect()
    }

    /// Drops one that was read and has its place now.
    ///
    /// # Errors
    /// Any transport error of [`StoreError`].
    pub async fn forget_unread(&self, c: &CommunityId, by: Signed, fact: FactId) -> Result<(), StoreError> {
        self.delete(Table::Main, &keys::unread_fact(c, by, fact), Condition::Always).await
    }
}

fn read(item: Item) -> Result<Unread, StoreError> {
    let raw = item.bytes(RAW).unwrap_or_default().to_vec();
    Ok(Unread { raw, ..item.into_body()? })
}
