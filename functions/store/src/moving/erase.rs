//! The end of an emergency: health data leaves the table. What a fact may keep is decided in `domain::erasure`; here is
//! where such things stand, and that what goes is on record, by the hash of its key, before it goes.

use super::MovingError;
use super::import::patiently;
use crate::client::Store;
use crate::error::StoreError;
use crate::expression::Condition;
use crate::item::{Item, Key};
use crate::keys;
use crate::secret::hex;
use crate::table::Table;
use domain::erasure::{Left, without_health};
use domain::fact::Stamped;
use futures_util::stream::{self, StreamExt, TryStreamExt};
use sha2::{Digest, Sha256};

/// Items that are on their way at once.
const AT_ONCE: usize = 32;
/// How often both tables are walked until a walk finds nothing: the last one is the proof.
const WALKS: u32 = 5;

/// What stood where something was erased.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Stood {
    /// A care remark.
    Care,
    /// What a household said to its remarks being kept.
    Consent,
    /// That somebody read remarks, and what for.
    CareRead,
    /// A need, or a step of one.
    Need,
    /// The board of open needs.
    NeedsBoard,
    /// A fact at a door: a medicine round, or the words of another.
    Fact,
    /// Notes of the ledger.
    Ledger,
    /// A refused fact that stands at no door.
    Refused,
    /// A fact that nobody could read.
    Unread,
    /// A fact that a phone sealed when its owner signed out.
    Parcel,
    /// A dead letter.
    DeadLetter,
    /// A part of an uploaded file.
    Upload,
}

impl Stood {
    /// Its name in a certificate.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Care => "care",
            Self::Consent => "consent",
            Self::CareRead => "care_read",
            Self::Need => "need",
            Self::NeedsBoard => "needs_board",
            Self::Fact => "fact",
            Self::Ledger => "ledger",
            Self::Refused => "refused",
            Self::Unread => "unread",
            Self::Parcel => "parcel",
            Self::DeadLetter => "dead_letter",
            Self::Upload => "upload",
        }
    }
}

/// Something that goes, or goes in part.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Gone {
    /// What it was.
    pub stood: Stood,
    /// SHA-256 of its key, in hexadecimal: keys name households and care flags, so they are on no record.
    pub key: String,
}

enum Change {
    Delete(Key),
    Put(Item),
}

impl Store {
    /// What may tell of somebody's health, without erasing it.
    ///
    /// # Errors
    /// [`MovingError::Table`].
    pub async fn health_data(&self) -> Result<Vec<Gone>, MovingError> {
        let mut all = Vec::new();
        self.walk(async |found| {
            all.extend(found.into_iter().map(|(gone, _)| gone));
            Ok(())
        })
        .await?;
        Ok(all)
    }

    /// Erases everything that may tell of somebody's health from both tables, and walks them again until there is
    /// nothing left. `before` is told what goes before it goes, so that a record of it is complete whenever this is
    /// stopped; the same call then goes on. On one machine the table's file is written anew.
    ///
    /// # Errors
    /// [`MovingError::File`] from `before`, [`MovingError::StillWritten`], [`MovingError::Table`].
    pub async fn erase_health(
        &self,
        mut before: impl FnMut(&[Gone]) -> std::io::Result<()>,
    ) -> Result<(), MovingError> {
        for _ in 0..WALKS {
            let mut erased = false;
            self.walk(async |found| {
                let names: Vec<Gone> = found.iter().map(|(gone, _)| gone.clone()).collect();
                before(&names).map_err(MovingError::File)?;
                erased = true;
                stream::iter(found)
                    .map(|(_, (table, change))| self.change(table, change))
                    .buffer_unordered(AT_ONCE)
                    .try_collect::<()>()
                    .await
            })
            .await?;
            if !erased {
                self.rewrite_file().await?;
                return Ok(());
            }
        }
        Err(MovingError::StillWritten)
    }

    /// Walks both tables and hands over what has to change, page by page; pages without any are passed over.
    async fn walk(
        &self,
        mut hear: impl AsyncFnMut(Vec<(Gone, (Table, Change))>) -> Result<(), MovingError>,
    ) -> Result<(), MovingError> {
        for table in [Table::Main, Table::Sessions] {
            let mut after = None;
            loop {
                let page = patiently(|| self.export_page(table, after.clone())).await?;
                let mut found = Vec::new();
                for item in page.items {
                    found.extend(to_change(table, item)?.map(|(gone, change)| (gone, (table, change))));
                }
                if !found.is_empty() {
                    hear(found).await?;
                }
                after = page.next;
                if after.is_none() {
                    break;
                }
            }
        }
        Ok(())
    }

    async fn change(&self, table: Table, change: Change) -> Result<(), MovingError> {
        match change {
            Change::Delete(key) => patiently(|| self.delete(table, &key, Condition::Always)).await,
            Change::Put(item) => patiently(|| self.put(table, item.clone(), Condition::Always)).await,
        }
    }
}

/// What has to become of an item, if anything.
fn to_change(table: Table, item: Item) -> Result<Option<(Gone, Change)>, StoreError> {
    let key = item.key()?;
    let Some(stood) = keys::health_at(table, &key) else { return Ok(None) };
    let change = match stood {
        Stood::Fact => rest_of(&key, item)?,
        Stood::Ledger => crate::ledger::without_notes(&item)?.map(Change::Put),
        _ => Some(Change::Delete(key.clone())),
    };
    Ok(change.map(|change| (Gone { stood, key: name_of(&key) }, change)))
}

/// A fact without what tells of health. One that this program cannot read may tell anything.
fn rest_of(key: &Key, item: Item) -> Result<Option<Change>, StoreError> {
    let Ok(mut stamped) = item.clone().into_body::<Stamped>() else {
        return Ok(Some(Change::Delete(key.clone())));
    };
    match without_health(&stamped.fact.body) {
        Left::All => Ok(None),
        Left::Nothing => Ok(Some(Change::Delete(key.clone()))),
        Left::Less(body) => {
            stamped.fact.body = *body;
            // What the table itself looks at stays.
            Ok(Some(Change::Put(item.with_body(&stamped)?)))
        }
    }
}

fn name_of(key: &Key) -> String {
    hex(&Sha256::digest(format!("{} {}", key.pk(), key.sk())))
}
