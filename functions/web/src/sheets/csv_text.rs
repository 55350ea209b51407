//! Text with separators to rows. Written here and not taken from the `csv` crate, because that drops blank lines: the
//! row numbers told to the desk must be those its spreadsheet shows.

use domain::ledger::SheetError;

use super::grid::{Grid, small, too_long};
use super::{MAX_CELL, MAX_COLUMNS};

/// More separators than this in a row is no table, even if nothing stands between them.
const MAX_SEPARATORS: usize = 1_000;

/// The rows of a text, whichever separator it uses: comma, semicolon, tab or bar.
pub(super) fn rows(text: &str) -> Result<Vec<Vec<String>>, SheetError> {
    let (separator, text) = separator_of(text);
    let mut reader =
        Reader { separator, grid: Grid::default(), row: 0, column: 0, cell: String::new(), length: 0 };
    reader.read(text)?;
    Ok(reader.grid.take())
}

struct Reader {
    separator: char,
    grid: Grid,
    row: usize,
    column: usize,
    cell: String,
    /// Characters in `cell`.
    length: usize,
}

impl Reader {
    fn read(&mut self, text: &str) -> Result<(), SheetError> {
        let mut chars = text.chars().peekable();
        let mut opened_in = None;
        while let Some(c) = chars.next() {
            match c {
                '"' if opened_in.is_some() => {
                    if chars.next_if_eq(&'"').is_some() {
                        self.push('"')?;
                    } else {
                        opened_in = None;
                    }
                }
                '"' if self.cell.is_empty() => opened_in = Some(self.row),
                _ if opened_in.is_some() => self.push(c)?,
                '\r' | '\n' => {
                    if c == '\r' {
                        chars.next_if_eq(&'\n');
                    }
                    self.end_cell()?;
                    self.grid.reach(self.row)?;
                    self.row += 1;
                    self.column = 0;
                }
                _ if c == self.separator => {
                    self.end_cell()?;
                    self.column += 1;
                    if self.column > MAX_SEPARATORS {
                        return Err(SheetError::TooManyColumns(small(MAX_COLUMNS)));
                    }
                }
                _ => self.push(c)?,
            }
        }
        match opened_in {
            Some(row) => Err(SheetError::QuoteNotClosed { row: small(row + 1) }),
            None => self.end_cell(),
        }
    }

    fn push(&mut self, c: char) -> Result<(), SheetError> {
        self.cell.push(c);
        self.length += 1;
        if self.length > MAX_CELL { Err(too_long(self.row, self.column)) } else { Ok(()) }
    }

    fn end_cell(&mut self) -> Result<(), SheetError> {
        self.grid.put(self.row, self.column, &self.cell)?;
        self.cell.clear();
        self.length = 0;
        Ok(())
    }
}

/// The separator and the text to read. Excel's own first line `sep=;` says it and is no row.
fn separator_of(text: &str) -> (char, &str) {
    let first = text.lines().next().unwrap_or_default();
    let said = first.trim_matches('"').trim();
    if let Some(separator) =
        said.get(..4).filter(|word| word.eq_ignore_ascii_case("sep=")).and_then(|_| said[4..].chars().next())
    {
        return (
            separator,
            text[first.len()..].trim_start_matches('\r').strip_prefix('\n').unwrap_or_default(),
        );
    }
    // The separator stands in the most rows; a comma may stand in some remarks.
    let counts = SEPARATORS.map(|separator| (count(text, separator), separator));
    let best = counts.into_iter().rev().max_by_key(|(count, _)| *count);
    (best.map_or(',', |(_, separator)| separator), text)
}

const SEPARATORS: [char; 4] = [',', ';', '\t', '|'];

/// In how many of the first fifty rows a separator stands outside quotes, and how often. A quoted cell may go over
/// several lines, and a quote opens only where a cell begins: `5"` is an inch.
fn count(text: &str, separator: char) -> (u32, u32) {
    let (mut rows, mut total) = (0_u32, 0_u32);
    let (mut row, mut here, mut quoted, mut before) = (0, 0, false, '\n');
    for c in text.chars() {
        match c {
            '"' if quoted => quoted = false,
            '"' if before == '\n' || before == '"' || SEPARATORS.contains(&before) => quoted = true,
            '\n' if !quoted => {
                rows += u32::from(here > 0);
                (row, here) = (row + 1, 0);
                if row == 50 {
                    break;
                }
            }
            _ if !quoted && c == separator => {
                here += 1;
                total += 1;
            }
            _ => {}
        }
        before = c;
    }
    (rows + u32::from(here > 0), total)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Vec<Vec<String>> {
        rows(text).expect("a table")
    }

    #[test]
    fn blank_lines_keep_their_numbers_and_quotes_keep_what_is_inside() {
        let rows = read("a,b\r\n\r\n\"1,\"\"x\"\"\n2\", y \n");
        assert_eq!(rows, [vec!["a".to_owned(), "b".into()], vec![], vec!["1,\"x\"\n2".into(), " y ".into()]]);
    }

    #[test]
    fn every_usual_separator_is_seen() {
        for separator in [',', ';', '\t', '|'] {
            let text = "小区,楼栋,房号\n甲苑,1,101\n\"有;分,号|和\t制\",2,102"
                .replace(
                    "小区,楼栋,房号\n甲苑,1,101",
                    &format!("小区{separator}楼栋{separator}房号\n甲苑{separator}1{separator}101"),
                )
                .replace("\",2,102", &format!("\"{separator}2{separator}102"));
            assert_eq!(read(&text)[2][1..], ["2".to_owned(), "102".into()], "{separator:?}");
        }
        assert_eq!(read("sep=;\na,b;c\n")[0], ["a,b", "c"]);
        assert_eq!(read("a,b\n\"\n;\",\";\"\n")[1], ["\n;", ";"], "a quoted cell goes over lines");
    }

    #[test]
    fn what_would_lose_rows_or_memory_is_refused() {
        assert_eq!(rows("a,b\n1,\"2\n3,4\n"), Err(SheetError::QuoteNotClosed { row: 2 }));
        assert_eq!(rows(&"x,".repeat(10_000)), Err(SheetError::TooManyColumns(200)));
        assert_eq!(rows(&",".repeat(10_000)), Err(SheetError::TooManyColumns(200)));
        assert_eq!(rows(&"\n".repeat(20_001)), Err(SheetError::TooManyRows(20_000)));
        assert_eq!(
            rows(&format!("a\n{}", "x".repeat(2_001))),
            Err(SheetError::CellTooLong { row: 2, column: 1, limit: 2_000 })
        );
    }
}
