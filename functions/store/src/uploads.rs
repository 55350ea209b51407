//! Files the desk has shown and not yet confirmed: kept for an hour, sealed, in the table of sessions, so that they
//! work the same on one machine and in functions without a disk, reach no stream and no export, and only the session
//! that uploaded one can read it. What a file means is decided in `domain::ledger`.

use crate::client::Store;
use crate::error::StoreError;
use crate::expression::Condition;
use crate::item::Item;
use crate::keys;
use crate::query::Query;
use crate::secret::SessionToken;
use crate::table::Table;
use crate::vault::Vault;
use domain::Millis;

/// How long an upload waits for its confirmation.
pub const UPLOAD_MINUTES: i64 = 60;
/// Characters of text in one item: at four bytes each, with the envelope, still well below what an item holds.
const CHUNK_CHARS: usize = 80 * 1024;
/// Attribute of when it ends; the table's own deletion may come days later.
const EXPIRES: &str = "expires";

impl Store {
    /// Keeps a text for this session. `id` names it; it is drawn at random by the caller.
    ///
    /// # Errors
    /// Any transport error of [`StoreError`].
    pub async fn keep_upload(
        &self,
        vault: &Vault,
        session: &SessionToken,
        id: &str,
        text: &str,
        now: Millis,
    ) -> Result<(), StoreError> {
        let expires = now + UPLOAD_MINUTES * Millis::MINUTE;
        let chars: Vec<char> = text.chars().collect();
        for (place, chunk) in chars.chunks(CHUNK_CHARS).enumerate() {
            let key = keys::upload_chunk(&session.hash(), id, place);
            let item = Item::new(&key).with_number(EXPIRES, expires.0).expires_at(expires.0 / 1_000);
            let chunk: String = chunk.iter().collect();
            self.put(Table::Sessions, vault.seal(item, &chunk)?, Condition::Always).await?;
        }
        Ok(())
    }

    /// What this session keeps under `id`. `None` when it is unknown, another session's, or its hour is over.
    ///
    /// # Errors
    /// Any transport error of [`StoreError`].
    pub async fn upload(
        &self,
        vault: &Vault,
        session: &SessionToken,
        id: &str,
        now: Millis,
    ) -> Result<Option<String>, StoreError> {
        let query = Query::partition(keys::upload(&session.hash(), id)).strong();
        let items = self.query(Table::Sessions, query).await?;
        let over = |item: &Item| item.number(EXPIRES).is_none_or(|expires| expires <= now.0);
        if items.is_empty() || items.iter().any(over) {
            return Ok(None);
        }
        items.iter().map(|item| vault.open::<String>(item)).collect::<Result<String, _>>().map(Some)
    }

    /// Forgets it: it was confirmed or given up.
    ///
    /// # Errors
    /// Any transport error of [`StoreError`].
    pub async fn forget_upload(&self, session: &SessionToken, id: &str) -> Result<(), StoreError> {
        let query = Query::partition(keys::upload(&session.hash(), id)).only(&["pk", "sk"]);
        for item in self.query(Table::Sessions, query).await? {
            self.delete(Table::Sessions, &item.key()?, Condition::Always).await?;
        }
        Ok(())
    }
}
