//! Spreadsheets at the edge: a file's bytes to rows of cells, and rows to a file. What rows mean is decided in
//! `domain::ledger`.
//!
//! A file comes from anywhere, so each limit is checked before the work it limits: size before reading, declared and
//! actual unpacked size before parsing, rows, columns, text while parsing. Nothing here panics on any bytes.

mod csv_text;
mod encoding;
mod grid;
mod kind;
mod package;
mod xlsx;

pub mod out;

#[cfg(test)]
mod bad_input_tests;
#[cfg(test)]
mod tests;

use domain::ledger::{Sheet, SheetError};

use self::kind::Kind;

/// The most bytes of a file. The route that takes one allows as many and little more.
pub const MAX_BYTES: usize = 10 * MEGABYTE;
/// The most bytes a workbook may unpack to: three times an ordinary ledger of [`MAX_ROWS`].
pub const MAX_UNPACKED: u64 = 32 * MEGABYTE as u64;
/// The most rows of all sheets together: the ledger of a town.
pub const MAX_ROWS: usize = 20_000;
/// The most columns.
pub const MAX_COLUMNS: usize = 200;
/// The most sheets.
pub const MAX_SHEETS: usize = 50;
/// The most characters of a cell.
pub const MAX_CELL: usize = 2_000;

const MEGABYTE: usize = 1024 * 1024;

/// Reads a file: its visible sheets, or the one table of a text file. Blank rows stay, so that the place of a row is
/// its number in the spreadsheet less one. Formulas come as their text (`=1+1`), not as their result.
///
/// # Errors
/// [`SheetError`], which says what the file is instead or which limit it passes.
pub fn read(bytes: &[u8]) -> Result<Vec<Sheet>, SheetError> {
    if bytes.len() > MAX_BYTES {
        return Err(SheetError::TooLarge(megabytes(MAX_BYTES)));
    }
    match kind::of(bytes)? {
        Kind::Package => {
            package::check(bytes)?;
            xlsx::read(bytes)
        }
        Kind::Text => {
            let rows = csv_text::rows(&encoding::decode(bytes)?)?;
            // Words, one below the other: what is missing is not the name of a column.
            if rows.iter().all(|row| row.len() < 2) {
                return Err(SheetError::TextDocument);
            }
            Ok(vec![Sheet { name: String::new(), rows }])
        }
    }
}

fn megabytes(bytes: usize) -> u32 {
    u32::try_from(bytes / MEGABYTE).unwrap_or(u32::MAX)
}
