//! Why a file could not be read as a spreadsheet. The reading is the edge's work (`web`); the reasons stand here so
//! that `ui` has a text for each of them, which says what to do.

use serde::{Deserialize, Serialize};

/// Why a file could not be read as a spreadsheet.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize, thiserror::Error)]
#[serde(rename_all = "snake_case")]
pub enum SheetError {
    /// Nothing in it.
    #[error("the file is empty")]
    Empty,
    /// More bytes than may be sent; carries the limit in megabytes.
    #[error("the file is larger than {0} MB")]
    TooLarge(u32),
    /// Unpacked it is more than any ledger: damaged, or made to do harm. Carries the limit in megabytes.
    #[error("the file unpacks to more than {0} MB")]
    UnpacksTooLarge(u32),
    /// More rows than are read; carries the limit.
    #[error("more than {0} rows")]
    TooManyRows(u32),
    /// More columns than are read; carries the limit.
    #[error("more than {0} columns")]
    TooManyColumns(u32),
    /// More sheets than are read; carries the limit.
    #[error("more than {0} sheets")]
    TooManySheets(u32),
    /// A cell holds more characters than any remark.
    #[error("the cell in row {row}, column {column} holds more than {limit} characters")]
    CellTooLong {
        /// Its row, from 1.
        row: u32,
        /// Its column, from 1.
        column: u32,
        /// The limit.
        limit: u32,
    },
    /// A quotation mark opens a cell of a text file and nothing closes it: the rows after it would be lost.
    #[error("the quotation mark opened in row {row} is not closed")]
    QuoteNotClosed {
        /// The row it opens in, from 1.
        row: u32,
    },
    /// Excel 97 to 2003 (`.xls`).
    #[error("an old Excel file")]
    OldExcel,
    /// A workbook with macros (`.xlsm`).
    #[error("a workbook with macros")]
    MacroFile,
    /// A binary workbook (`.xlsb`).
    #[error("a binary workbook")]
    BinaryWorkbook,
    /// OpenDocument (`.ods`).
    #[error("an OpenDocument file")]
    OpenDocument,
    /// Apple Numbers.
    #[error("an Apple Numbers file")]
    AppleNumbers,
    /// Opens with a password only.
    #[error("protected by a password")]
    PasswordProtected,
    /// A PDF.
    #[error("a PDF")]
    Pdf,
    /// A picture of a ledger is no ledger.
    #[error("a picture")]
    Picture,
    /// A text document (Word, RTF).
    #[error("a text document")]
    TextDocument,
    /// An archive that holds files.
    #[error("an archive")]
    Archive,
    /// A web page or XML, as some systems export under the name `.xls`.
    #[error("a web page")]
    WebPage,
    /// Something else.
    #[error("not a spreadsheet")]
    NotASheet,
    /// Text in no encoding that is read (UTF-8, UTF-16, GBK).
    #[error("text in an unknown encoding")]
    UnknownEncoding,
    /// It begins like a workbook and cannot be read to its end.
    #[error("the file is damaged")]
    Damaged,
}
