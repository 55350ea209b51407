//! What an import would do, before anything is written: the households, and every row that is not one.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::columns::Column;
use super::people::Phone;
use super::place::LedgerPlace;
use super::reject::{LedgerError, RejectReason, Warning};
use crate::household::Diets;
use crate::lang::Lang;
use crate::places::Label;

/// Where in the file something stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct At {
    /// The sheet's place in the workbook, from 0.
    pub sheet: u16,
    /// The row as the spreadsheet numbers it, from 1.
    pub row: u32,
}

/// A household of the ledger, without what is private: telephone numbers and care remarks stand in lists of their own.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LedgerHousehold {
    /// Its row.
    pub at: At,
    /// Its door.
    pub place: LedgerPlace,
    /// Who to ask for; may be empty.
    pub holder: String,
    /// How many people; 1 where the ledger has no such column.
    pub people: u16,
    /// How many of them are over 60.
    pub over_60: u16,
    /// The language the screens start in.
    pub lang: Lang,
    /// The BCP 47 tag of the language spoken where the screens do not have it, or the ledger's words for it.
    pub speaks: String,
    /// What to know at the door.
    pub note: String,
    /// What its boxes have to keep.
    #[serde(default)]
    pub diets: Diets,
}

/// A text that no log may hold: its debug output is hidden.
#[derive(Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Private(pub String);

impl fmt::Debug for Private {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Private(hidden)")
    }
}

/// A telephone number, with the household it belongs to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LedgerPhone {
    /// Place of the household in [`Preview::households`].
    pub household: u32,
    /// The number.
    pub phone: Phone,
}

/// A care remark (特殊情况), with the household it belongs to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CareRemark {
    /// Place of the household in [`Preview::households`].
    pub household: u32,
    /// The remark.
    pub text: Private,
}

/// A door note that speaks of health. It is not in [`LedgerHousehold::note`]: the desk decides where it belongs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct WithheldNote {
    /// Place of the household in [`Preview::households`].
    pub household: u32,
    /// The note.
    pub text: Private,
}

/// A row that says again what an earlier row said: same door, same holder. It changes nothing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Duplicate {
    /// The later row.
    pub at: At,
    /// The earlier row, which counts.
    pub same_as: At,
    /// Whether it says something else about the household than the earlier row: worth a look.
    pub differs: bool,
}

/// A row that was not taken. It changes nothing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rejected {
    /// The row.
    pub at: At,
    /// Why.
    pub why: RejectReason,
    /// The door, where that much was understood: its household is not called gone because of this row.
    pub place: Option<LedgerPlace>,
}

/// A row that is no household and was not meant to be one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Skipped {
    /// The row.
    pub at: At,
    /// Why.
    pub why: SkipReason,
}

/// Why a row is no household.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SkipReason {
    /// The column names once more, as on each printed page.
    RepeatedHeader,
    /// A line of totals (合计).
    TotalsLine,
}

/// Something to look at in a row that was taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Warned {
    /// The row.
    pub at: At,
    /// What.
    pub what: Warning,
}

/// What was found of a compound.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LedgerCompound {
    /// Its name, as first written.
    pub name: String,
    /// Its buildings, in natural order.
    pub buildings: Vec<LedgerBuilding>,
}

/// What was found of a building. A building with one household in it is often a typing error.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LedgerBuilding {
    /// Its number or letter.
    pub label: Label,
    /// How many households.
    pub households: u32,
    /// How many people.
    pub people: u32,
}

/// What was made of a sheet.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SheetSeen {
    /// Its name; empty for a text file.
    pub name: String,
    /// Why it was not read; `None` if it was.
    pub not_read: Option<LedgerError>,
    /// The row with the column names.
    pub header_row: Option<u32>,
    /// The columns that were read. A change is only ever seen in these.
    pub columns: Vec<Column>,
    /// Names of the columns that were not read.
    pub ignored: Vec<String>,
    /// Columns whose blank cells mean "as above", as a text file made of merged cells has them.
    pub filled_down: Vec<Column>,
}

/// What an import would do.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Preview {
    /// The sheets of the file.
    pub sheets: Vec<SheetSeen>,
    /// Rows below the column names, to the last one that holds something. Each is a household, a duplicate, rejected,
    /// skipped or blank.
    pub rows_read: u32,
    /// Compounds and buildings, in the order of the file and in natural order.
    pub compounds: Vec<LedgerCompound>,
    /// The households, in the order of the file.
    pub households: Vec<LedgerHousehold>,
    /// Telephone numbers.
    pub phones: Vec<LedgerPhone>,
    /// People in all households.
    pub people: u32,
    /// How many of them are over 60.
    pub over_60: u32,
    /// Care remarks.
    pub care: Vec<CareRemark>,
    /// Door notes that speak of health.
    pub withheld: Vec<WithheldNote>,
    /// Rows that repeat an earlier one.
    pub duplicates: Vec<Duplicate>,
    /// Rows that were not taken.
    pub rejected: Vec<Rejected>,
    /// Rows that were not meant to be households.
    pub skipped: Vec<Skipped>,
    /// What to look at in rows that were taken.
    pub warnings: Vec<Warned>,
    /// Rows between others that hold nothing.
    pub blank_rows: u32,
}

impl Preview {
    /// How many buildings there are.
    #[must_use]
    pub fn buildings(&self) -> usize {
        self.compounds.iter().map(|compound| compound.buildings.len()).sum()
    }

    /// The telephone number of a household, by its place in the list.
    #[must_use]
    pub fn phone(&self, household: u32) -> Option<&Phone> {
        let at = self.phones.binary_search_by_key(&household, |phone| phone.household).ok()?;
        Some(&self.phones[at].phone)
    }

    /// The care remark of a household, by its place in the list.
    #[must_use]
    pub fn care_of(&self, household: u32) -> Option<&str> {
        let at = self.care.binary_search_by_key(&household, |care| care.household).ok()?;
        Some(&self.care[at].text.0)
    }

    /// Whether a sheet says anything about `column`.
    #[must_use]
    pub fn has(&self, sheet: u16, column: Column) -> bool {
        self.sheets.get(usize::from(sheet)).is_some_and(|seen| seen.columns.contains(&column))
    }
}
