//! Dead letters: what a function could not read, and why. They stand in a partition of their own for a
//! month, so that one bad item blocks nobody and is not forgotten. Keys only, never contents.

use crate::client::Store;
use crate::error::StoreError;
use crate::expression::Condition;
use crate::item::{Item, Key};
use crate::keys;
use crate::query::Query;
use crate::table::Table;
use domain::Millis;
use serde::{Deserialize, Serialize};

/// How long a dead letter is kept.
const DAYS: i64 = 30;
/// The most that a list shows.
const LISTED: usize = 200;

/// Something that could not be read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Buried {
    /// Which program gave up: `due` or `tally`.
    pub by: String,
    /// Where the item stood.
    pub place: String,
    /// Why.
    pub reason: String,
    /// When.
    pub at: Millis,
}

impl Store {
    /// Takes note that an item cannot be read. The item stays where it is, unless it is a due one, which
    /// would hold up the clock's cursor: that is taken away.
    ///
    /// # Errors
    /// Any transport error of [`StoreError`].
    pub async fn bury(&self, by: &str, place: &Key, reason: &str, now: Millis) -> Result<(), StoreError> {
        tracing::error!(by, pk = place.pk(), sk = place.sk(), reason, "a dead letter");
        let place_text = format!("{} {}", place.pk(), place.sk());
        let letter = Buried { by: by.to_owned(), place: place_text, reason: reason.to_owned(), at: now };
        let seconds = (now + DAYS * Millis::DAY).0.div_euclid(1_000);
        let item = Item::new(&keys::buried(by, place)).with_body(&letter)?.expires_at(seconds);
        self.put(Table::Main, item, Condition::Always).await?;
        if by == keys::DUE { self.delete(Table::Main, place, Condition::Always).await } else { Ok(()) }
    }

    /// The dead letters of the last month, newest last.
    ///
    /// # Errors
    /// Any transport error of [`StoreError`].
    pub async fn buried(&self) -> Result<Vec<Buried>, StoreError> {
        let query = Query::partition(keys::graveyard()).limit(LISTED);
        let mut found: Vec<Buried> = self
            .query(Table::Main, query)
            .await?
            .into_iter()
            .filter_map(|item| item.into_body().ok())
            .collect();
        found.sort_by_key(|letter| letter.at);
        Ok(found)
    }
}
