//! What can go wrong in the table, as a closed list the callers can match on.
//! No SDK type leaves this crate: the mapping from the SDK's errors is here and nowhere else.

use crate::item::Item;
use std::path::PathBuf;
use std::time::Duration;

/// The source of an error, kept for the log and never printed by `Display`.
pub type Source = Box<dyn std::error::Error + Send + Sync + 'static>;

/// One write of a transaction whose condition did not hold.
#[derive(Debug, Clone, PartialEq)]
pub struct RefusedWrite {
    /// Position in the list that was given to the transaction.
    pub index: usize,
    /// What the table holds at that key, so that the caller need not read again.
    pub current: Option<Item>,
}

/// Why the table did not do what was asked.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum StoreError {
    /// Too many requests wait for the embedded table: answer 503 with `Retry-After`.
    #[error("the table is busy")]
    Busy {
        /// When it is worth asking again.
        retry_after: Duration,
    },
    /// The condition of a single write did not hold. Nothing was written.
    #[error("the condition of the write did not hold")]
    Conflict {
        /// What the table holds at that key.
        current: Option<Box<Item>>,
    },
    /// Conditions inside a transaction did not hold. Nothing was written.
    #[error("{} condition(s) of the transaction did not hold", refused.len())]
    TransactionRefused {
        /// The writes whose condition failed, in the order they were given.
        refused: Vec<RefusedWrite>,
    },
    /// Another transaction held one of the items each time. Nothing was written.
    #[error("another transaction was in the way")]
    TransactionConflict,
    /// The table or the account is over its rate. Nothing was written.
    #[error("the table refuses more requests for now")]
    Throttled,
    /// The disk of the embedded table is full. The write may still show up after a restart: the
    /// disk can refuse padding after the last byte that mattered.
    #[error("the disk that holds the table is full")]
    Full,
    /// The file of the embedded table cannot be written. Nothing was written.
    #[error("the file of the table is read-only")]
    ReadOnly,
    /// The disk of the embedded table answers with an error. As with [`StoreError::Full`], the write
    /// may show up after a restart.
    #[error("the disk that holds the table does not work")]
    Disk {
        /// What the disk said.
        source: Source,
    },
    /// An item, or a transaction, is larger than the table takes.
    #[error("{what} is too large: {size}, at most {limit}")]
    TooLarge {
        /// Which thing: "item" in bytes, "transaction" in writes.
        what: &'static str,
        /// Its size.
        size: usize,
        /// The most that is allowed.
        limit: usize,
    },
    /// A stored item cannot be read as what it should be.
    #[error("a stored item cannot be read as {wanted}")]
    Corrupt {
        /// The type it should have been.
        wanted: &'static str,
        /// What did not fit.
        source: Source,
    },
    /// A value cannot be stored: a mistake in this program.
    #[error("the table refused {operation} as invalid ({code})")]
    Invalid {
        /// The call.
        operation: &'static str,
        /// The table's own name for the reason.
        code: String,
    },
    /// The table does not exist or has another shape.
    #[error("the table {table} is missing or has another shape: {why}")]
    NotSetUp {
        /// Its name.
        table: String,
        /// What is wrong with it.
        why: String,
    },
    /// Another process has the data folder open.
    #[error("{} is in use by another process{}", dir.display(), by(*process))]
    InUse {
        /// The data folder.
        dir: PathBuf,
        /// That process, when it left its number.
        process: Option<u32>,
    },
    /// The data folder or file cannot be opened.
    #[error("{} cannot be opened", path.display())]
    CannotOpen {
        /// Which one.
        path: PathBuf,
        /// Why.
        source: Source,
    },
    /// No credentials, or they do not allow this.
    #[error("the table denies access ({code})")]
    Denied {
        /// The table's own name for the reason.
        code: String,
    },
    /// No answer. **The write may have happened**: read before concluding anything.
    #[error("the table did not answer")]
    Unreachable {
        /// What the transport said.
        source: Source,
    },
    /// The embedded table broke; the process answers and then exits, a restart loses nothing.
    #[error("the embedded table broke and needs a restart")]
    Poisoned,
}

fn by(process: Option<u32>) -> String {
    process.map_or_else(String::new, |id| format!(" ({id})"))
}

impl StoreError {
    /// True when the same call will be answered the same way however often it is repeated.
    #[must_use]
    pub fn is_permanent(&self) -> bool {
        match self {
            Self::Busy { .. }
            | Self::TransactionConflict
            | Self::Throttled
            | Self::Full
            | Self::ReadOnly
            | Self::Disk { .. }
            | Self::Unreachable { .. }
            | Self::Poisoned => false,
            Self::Conflict { .. }
            | Self::TransactionRefused { .. }
            | Self::TooLarge { .. }
            | Self::Corrupt { .. }
            | Self::Invalid { .. }
            | Self::NotSetUp { .. }
            | Self::InUse { .. }
            | Self::CannotOpen { .. }
            | Self::Denied { .. } => true,
        }
    }

    /// True when the write may have happened although no answer says so.
    #[must_use]
    pub fn outcome_unknown(&self) -> bool {
        matches!(self, Self::Unreachable { .. } | Self::Poisoned | Self::Full | Self::Disk { .. })
    }

    /// After what time the web edge may invite the phone to try again (`Retry-After`); `None` when
    /// trying again does not help.
    #[must_use]
    pub fn retry_after(&self) -> Option<Duration> {
        match self {
            Self::Busy { retry_after } => Some(*retry_after),
            Self::TransactionConflict | Self::Throttled | Self::Unreachable { .. } => {
                Some(Duration::from_secs(2))
            }
            Self::Full | Self::ReadOnly | Self::Disk { .. } => Some(Duration::from_secs(60)),
            Self::Poisoned => Some(Duration::from_secs(5)),
            _ => None,
        }
    }
}
