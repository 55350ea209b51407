//! Tables to files that open safely: XLSX for the supplier's pick list, CSV for whatever reads nothing else.
//!
//! A cell that begins like a formula is text in both: in XLSX by its type, in CSV by an apostrophe before it, since a
//! CSV has no types and a spreadsheet would run it.

use domain::ledger::SheetError;
use rust_xlsxwriter::{Color, Format, FormatBorder, Workbook, Worksheet, XlsxError};

/// A cell to write. Numbers are whole or have thousandths: no floats are computed with, one is made for the file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Cell {
    /// Text, whatever it begins with.
    Text(String),
    /// A whole number.
    Number(i64),
    /// A number in thousandths, such as a weight: `1_500` is 1.5.
    Thousandths(i64),
}

/// One sheet of a file.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct SheetOut {
    /// The sheet's name; its title if it is empty.
    pub name: String,
    /// The title above the table.
    pub title: String,
    /// The column names.
    pub header: Vec<String>,
    /// The rows.
    pub rows: Vec<Vec<Cell>>,
}

impl From<&str> for Cell {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<String> for Cell {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

/// Writes a workbook with one worksheet for each sheet: title, frozen header, columns as wide as their text, ready to
/// print on A4.
///
/// # Errors
/// [`SheetError::TooManyRows`] or another limit of the format, if the tables do not fit.
pub fn xlsx(sheets: &[SheetOut]) -> Result<Vec<u8>, SheetError> {
    let mut workbook = Workbook::new();
    let mut names: Vec<String> = Vec::new();
    for sheet in sheets {
        let name = if sheet.name.is_empty() { &sheet.title } else { &sheet.name };
        let name = name_of(name, &names);
        let worksheet = workbook.add_worksheet();
        write(worksheet, sheet, &name).map_err(|error| refused(&error))?;
        names.push(name);
    }
    workbook.save_to_buffer().map_err(|error| refused(&error))
}

/// Writes a CSV with a mark for UTF-8, without which Excel reads Chinese as GBK, and with CRLF line ends.
#[must_use]
pub fn csv(sheet: &SheetOut) -> Vec<u8> {
    let mut text = String::from("\u{FEFF}");
    let header = sheet.header.iter().map(|name| quoted(&harmless(name)));
    push_line(&mut text, header);
    for row in &sheet.rows {
        push_line(
            &mut text,
            row.iter().map(|cell| match cell {
                Cell::Text(cell) => quoted(&harmless(cell)),
                Cell::Number(number) => number.to_string(),
                Cell::Thousandths(number) => thousandths(*number),
            }),
        );
    }
    text.into_bytes()
}

fn write(worksheet: &mut Worksheet, sheet: &SheetOut, name: &str) -> Result<(), XlsxError> {
    let title = Format::new().set_bold().set_font_size(14);
    let header = Format::new()
        .set_bold()
        .set_background_color(Color::RGB(0xEE_EA_E2))
        .set_border_bottom(FormatBorder::Thin);
    let weight = Format::new().set_num_format("0.###");
    worksheet.set_name(name)?;
    worksheet.set_paper_size(9).set_print_fit_to_pages(1, 0).set_repeat_rows(1, 1)?;
    worksheet.write_string_with_format(0, 0, shortened(&sheet.title), &title)?;
    for (column, name) in (0u16..).zip(&sheet.header) {
        worksheet.write_string_with_format(1, column, shortened(name), &header)?;
    }
    worksheet.set_freeze_panes(2, 0)?;
    for (row, cells) in (2u32..).zip(&sheet.rows) {
        for (column, cell) in (0u16..).zip(cells) {
            // write_string, never write: the latter would make a formula of "=1+1" and a link of "http:...".
            match cell {
                Cell::Text(text) => worksheet.write_string(row, column, shortened(text))?,
                Cell::Number(number) => worksheet.write_number(row, column, *number as f64)?,
                Cell::Thousandths(number) => {
                    worksheet.write_number_with_format(row, column, *number as f64 / 1_000.0, &weight)?
                }
            };
        }
    }
    let columns = sheet.rows.iter().map(Vec::len).chain([sheet.header.len()]).max().unwrap_or(0);
    for (column, place) in (0u16..).zip(0..columns) {
        worksheet.set_column_width(column, width_of(sheet, place))?;
    }
    Ok(())
}

/// A sheet's name has at most 31 characters, none of `[]:*?/\`, no apostrophe at its ends, and is the only such one.
fn name_of(title: &str, taken: &[String]) -> String {
    let clean: String =
        title.chars().map(|c| if "[]:*?/\\'".contains(c) || c.is_control() { ' ' } else { c }).collect();
    // Excel counts in UTF-16 and keeps "History" for itself.
    let clean = clean.trim();
    let base = if clean.is_empty() || clean.eq_ignore_ascii_case("history") { "1" } else { clean };
    let short = |most: usize| {
        let mut units = 0;
        base.chars()
            .take_while(|c| {
                units += c.len_utf16();
                units <= most
            })
            .collect::<String>()
            .trim_end()
            .to_owned()
    };
    let same = |name: &str| taken.iter().any(|known| known.to_lowercase() == name.to_lowercase());
    let first = short(31);
    let numbered = (2..).map(|number| format!("{} {number}", short(26)));
    std::iter::once(first).chain(numbered).find(|name| !same(name)).unwrap_or_default()
}

/// A cell holds 32,767 characters at most; what is longer is cut rather than refused, with a sign that it is.
fn shortened(text: &str) -> String {
    let mut units = 0;
    match text.char_indices().find(|(_, c)| {
        units += c.len_utf16();
        units > 32_000
    }) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}

/// As wide as the longest text, a Chinese character counting twice, within what fits a page.
fn width_of(sheet: &SheetOut, column: usize) -> f64 {
    let width = |text: &str| text.chars().map(|c| if c.is_ascii() { 1u32 } else { 2 }).sum::<u32>();
    let cells = sheet.rows.iter().take(1_000).filter_map(|row| row.get(column)).map(|cell| match cell {
        Cell::Text(text) => width(text),
        Cell::Number(number) => width(&number.to_string()),
        Cell::Thousandths(number) => width(&thousandths(*number)),
    });
    let longest = cells.chain(sheet.header.get(column).map(|name| width(name))).max().unwrap_or(0);
    f64::from(longest.clamp(6, 48) + 2)
}

fn thousandths(number: i64) -> String {
    let sign = if number < 0 { "-" } else { "" };
    let (whole, part) = (number.unsigned_abs() / 1_000, number.unsigned_abs() % 1_000);
    let text = format!("{sign}{whole}.{part:03}");
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

/// A text that no spreadsheet runs: what begins with = + - @, tab or return, in either width, gets an apostrophe.
fn harmless(text: &str) -> String {
    let begins = text
        .trim_start_matches(' ')
        .starts_with(['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠']);
    if begins && !text.trim().is_empty() { format!("'{text}") } else { text.to_owned() }
}

fn quoted(text: &str) -> String {
    if text.contains([',', '"', '\n', '\r', ';', '\t']) || text.starts_with(' ') || text.ends_with(' ') {
        format!("\"{}\"", text.replace('"', "\"\""))
    } else {
        text.to_owned()
    }
}

fn push_line(text: &mut String, cells: impl Iterator<Item = String>) {
    text.push_str(&cells.collect::<Vec<_>>().join(","));
    text.push_str("\r\n");
}

fn refused(error: &XlsxError) -> SheetError {
    match error {
        XlsxError::RowColumnLimitError => SheetError::TooManyRows(1_048_576),
        _ => SheetError::Damaged,
    }
}
