//! A checked workbook to rows. Cells are streamed, because a workbook of two cells in far corners would make any dense
//! table of it fill the memory.

use std::collections::HashMap;
use std::io::Cursor;
use std::panic::{AssertUnwindSafe, catch_unwind};

use calamine::{
    DataRef, ExcelDateTime, Reader as _, SheetType, SheetVisible, Xlsx, XlsxError, XlsxFormulaMetadata,
};
use domain::ledger::{Sheet, SheetError};

use super::MAX_SHEETS;
use super::grid::{Grid, small};

type Workbook<'a> = Xlsx<Cursor<&'a [u8]>>;

/// The most cells that merged regions are filled down into.
const MAX_FILLED: usize = 200_000;

/// Reads the visible sheets of a workbook.
pub(super) fn read(bytes: &[u8]) -> Result<Vec<Sheet>, SheetError> {
    // The last resort: arithmetic inside the parser can overflow on a forged cell name. Nothing outlives the closure.
    catch_unwind(AssertUnwindSafe(|| read_workbook(bytes))).unwrap_or(Err(SheetError::Damaged))
}

fn read_workbook(bytes: &[u8]) -> Result<Vec<Sheet>, SheetError> {
    let mut workbook: Workbook<'_> = Xlsx::new(Cursor::new(bytes)).map_err(|error| damaged(&error))?;
    let visible = |sheet: &&calamine::Sheet| {
        sheet.visible == SheetVisible::Visible && sheet.typ == SheetType::WorkSheet
    };
    let names: Vec<String> =
        workbook.sheets_metadata().iter().filter(visible).map(|sheet| sheet.name.clone()).collect();
    if names.len() > MAX_SHEETS {
        return Err(SheetError::TooManySheets(small(MAX_SHEETS)));
    }
    let mut grid = Grid::default();
    let mut sheets = Vec::new();
    for name in names {
        read_cells(&mut workbook, &name, &mut grid)?;
        fill_merged(&mut workbook, &name, &mut grid)?;
        sheets.push(Sheet { rows: grid.take(), name });
    }
    if sheets.iter().all(|sheet| sheet.rows.is_empty()) {
        return Err(SheetError::Empty);
    }
    Ok(sheets)
}

fn read_cells(workbook: &mut Workbook<'_>, name: &str, grid: &mut Grid) -> Result<(), SheetError> {
    let mut cells = match workbook.worksheet_cells_reader(name) {
        Ok(cells) => cells,
        // A sheet without a cell may end before its data begins.
        Err(XlsxError::XmlEof("worksheet") | XlsxError::NotAWorksheet(_)) => return Ok(()),
        Err(error) => return Err(damaged(&error)),
    };
    // A formula that several cells share is written at the first of them; the parser's own expansion would trust
    // a forged index with an allocation.
    let mut shared: HashMap<usize, String> = HashMap::new();
    while let Some(cell) = cells.next_cell_with_formula_metadata().map_err(|error| damaged(&error))? {
        let formula = match cell.formula {
            Some(XlsxFormulaMetadata::Normal { formula }) => Some(formula),
            Some(XlsxFormulaMetadata::Shared { shared_index, formula, .. }) => {
                shared.insert(shared_index, formula.clone());
                Some(formula)
            }
            Some(XlsxFormulaMetadata::SharedDerived { shared_index }) => shared.get(&shared_index).cloned(),
            _ => None,
        };
        let text = formula
            .filter(|formula| !formula.is_empty())
            .map_or_else(|| text_of(cell.value), |formula| format!("={formula}"));
        let (row, column) = cell.pos;
        grid.put(row as usize, column as usize, &text)?;
    }
    Ok(())
}

/// A building's name merged over its rows stands in the first of them only: it is meant for all. A heading merged
/// over columns is meant once.
fn fill_merged(workbook: &mut Workbook<'_>, name: &str, grid: &mut Grid) -> Result<(), SheetError> {
    let mut filled = 0;
    for region in workbook.merge_cells_by_sheet_name(name).map_err(|error| damaged(&error))? {
        let (first, column) = (region.start.0 as usize, region.start.1 as usize);
        let last = (region.end.0 as usize).min(grid.height().saturating_sub(1));
        if last <= first || grid.get(first, column).is_empty() {
            continue;
        }
        let text = grid.get(first, column).to_owned();
        for row in first + 1..=last {
            filled += 1;
            if filled > MAX_FILLED {
                return Err(SheetError::Damaged);
            }
            if grid.get(row, column).is_empty() {
                grid.put(row, column, &text)?;
            }
        }
    }
    Ok(())
}

fn text_of(value: DataRef<'_>) -> String {
    match value {
        DataRef::Empty => String::new(),
        DataRef::String(text) | DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => text,
        DataRef::SharedString(text) => text.to_owned(),
        DataRef::Int(number) => number.to_string(),
        DataRef::Float(number) => text_of_number(number),
        DataRef::Bool(yes) => if yes { "TRUE" } else { "FALSE" }.to_owned(),
        DataRef::DateTime(time) => text_of_time(time),
        DataRef::Error(error) => error.to_string(),
    }
}

/// A number as the spreadsheet shows it: fifteen digits, so that 30.099999999999998 is the 30.1 that was typed.
fn text_of_number(number: f64) -> String {
    let shown = format!("{number:.14e}").parse::<f64>().unwrap_or(number);
    if shown == 0.0 { "0".to_owned() } else { shown.to_string() }
}

fn text_of_time(time: ExcelDateTime) -> String {
    let (year, month, day, hour, minute, second, _) = time.to_ymd_hms_milli();
    if time.is_duration() || (0.0..1.0).contains(&time.as_f64()) {
        return format!("{hour:02}:{minute:02}:{second:02}");
    }
    let date = format!("{year:04}-{month:02}-{day:02}");
    if (hour, minute, second) == (0, 0, 0) {
        date
    } else {
        format!("{date} {hour:02}:{minute:02}:{second:02}")
    }
}

fn damaged(error: &XlsxError) -> SheetError {
    match error {
        XlsxError::Password => SheetError::PasswordProtected,
        _ => SheetError::Damaged,
    }
}
