//! The ledger (台账): rows of cells, as a spreadsheet holds them, to an import preview and to a diff against what the
//! desk keeps. Reading files is the edge's work (`web`), writing is the store's; here nothing is written.
//!
//! A desk's ledger is typed by many hands. What is read, is read the same however it is spelled; what cannot be read
//! is named with its row and changes nothing. Nothing is guessed where a guess could put a household behind the wrong
//! door, and remarks on health are kept apart from the first moment, so that no volunteer's screen can hold them.

mod column_names;
mod columns;
mod diet;
mod diff;
pub(crate) mod fold;
mod labels;
mod measure;
mod menu_row;
mod merge;
pub(crate) mod people;
mod pieces;
mod place;
mod plan;
mod preview;
mod reject;
mod room;
mod rows;
mod sheet_error;

pub mod menu_sheet;

#[cfg(test)]
mod diff_tests;
#[cfg(test)]
mod menu_tests;
#[cfg(test)]
mod place_tests;
#[cfg(test)]
mod tests;

pub use columns::Column;
pub use diff::{Changed, Field, Kept, LedgerDiff, diff};
pub use merge::{FreshIds, Merged, PrivateUpdate, kept, ledger_place, merge};
pub use people::{MAX_PEOPLE, Phone, language_names};
pub use place::{DoorKey, LedgerPlace};
pub use preview::{
    At, CareRemark, Duplicate, LedgerBuilding, LedgerCompound, LedgerHousehold, LedgerPhone, Preview,
    Private, Rejected, SheetSeen, SkipReason, Skipped, Warned, WithheldNote,
};
pub use reject::{LedgerError, RejectReason, Warning};
pub use rows::{Import, Options, Progress, preview};
pub use sheet_error::SheetError;

use serde::{Deserialize, Serialize};

/// A sheet of a workbook, or a whole text file. `rows[0]` is row 1 of the source; blank rows are there, as empty rows.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Sheet {
    /// The sheet's name; empty for a text file.
    pub name: String,
    /// Its rows of cells, from the first row of the source.
    pub rows: Vec<Vec<String>>,
}
