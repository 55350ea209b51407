//! Rows being filled, with every limit checked at each cell.

use domain::ledger::SheetError;

use super::{MAX_CELL, MAX_COLUMNS, MAX_ROWS, MEGABYTE, megabytes};

/// The most bytes of text in all cells: a workbook names a long text once and may use it in every cell.
const MAX_TEXT: usize = 32 * MEGABYTE;

/// The cells of one sheet, and what the sheets before it have used of the limits.
#[derive(Debug, Default)]
pub(super) struct Grid {
    rows: Vec<Vec<String>>,
    rows_before: usize,
    text: usize,
}

impl Grid {
    /// Puts a text into a cell, both counted from 0. A blank text takes no room: formatted empty cells reach far.
    pub(super) fn put(&mut self, row: usize, column: usize, text: &str) -> Result<(), SheetError> {
        if text.trim().is_empty() {
            return Ok(());
        }
        self.reach(row)?;
        if column >= MAX_COLUMNS {
            return Err(SheetError::TooManyColumns(small(MAX_COLUMNS)));
        }
        if text.chars().nth(MAX_CELL).is_some() {
            return Err(too_long(row, column));
        }
        self.text += text.len();
        if self.text > MAX_TEXT {
            return Err(SheetError::UnpacksTooLarge(megabytes(MAX_TEXT)));
        }
        let cells = &mut self.rows[row];
        if cells.len() <= column {
            cells.resize(column + 1, String::new());
        }
        text.clone_into(&mut cells[column]);
        Ok(())
    }

    /// Makes sure that a row is there, blank or not.
    pub(super) fn reach(&mut self, row: usize) -> Result<(), SheetError> {
        if self.rows_before + row >= MAX_ROWS {
            return Err(SheetError::TooManyRows(small(MAX_ROWS)));
        }
        if self.rows.len() <= row {
            self.rows.resize(row + 1, Vec::new());
        }
        Ok(())
    }

    /// The text of a cell; empty where there is none.
    pub(super) fn get(&self, row: usize, column: usize) -> &str {
        self.rows.get(row).and_then(|cells| cells.get(column)).map_or("", String::as_str)
    }

    /// How many rows there are.
    pub(super) fn height(&self) -> usize {
        self.rows.len()
    }

    /// The rows; what they used of the limits stays used.
    pub(super) fn take(&mut self) -> Vec<Vec<String>> {
        self.rows_before += self.rows.len();
        std::mem::take(&mut self.rows)
    }
}

/// The error of a cell that holds too much, both counted from 0.
pub(super) fn too_long(row: usize, column: usize) -> SheetError {
    SheetError::CellTooLong { row: small(row + 1), column: small(column + 1), limit: small(MAX_CELL) }
}

/// A limit as the error carries it.
pub(super) fn small(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}
