//! Finds the row with the column names, under title rows, in Chinese or English, and says what each column holds.

use serde::{Deserialize, Serialize};

use super::column_names::{CONTAINED, recognise};
use super::fold::{fold, key};

/// What a column of the ledger holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Column {
    /// Compound (小区).
    Compound,
    /// Building (楼栋).
    Building,
    /// Unit (单元).
    Unit,
    /// Floor (楼层).
    Floor,
    /// Room (房号).
    Room,
    /// Building, unit and room in one cell (地址).
    Address,
    /// Head of household (户主).
    Holder,
    /// Telephone number.
    Phone,
    /// Number of people.
    People,
    /// How many of them are over 60.
    OverSixty,
    /// Language.
    Language,
    /// What the household does not eat (饮食): boxes that do not keep it warn.
    Diet,
    /// Care remarks (特殊情况): health and need of help. Never for volunteers.
    Care,
    /// Remarks for the door (备注).
    Note,
}

/// The columns of a sheet.
#[derive(Debug, Clone, Default)]
pub(super) struct Columns {
    /// What each known column holds, by its place. Care and notes may have several columns, the others one.
    known: Vec<(Column, usize)>,
    /// The header cells, folded.
    names: Vec<String>,
    /// How many rows the header takes: two where a heading spans columns with names below it.
    pub(super) rows: usize,
}

impl Columns {
    /// The place of the only column that holds `column`.
    pub(super) fn place(&self, column: Column) -> Option<usize> {
        self.known.iter().find(|(known, _)| *known == column).map(|(_, place)| *place)
    }

    /// All places that hold `column`.
    pub(super) fn places(&self, column: Column) -> impl Iterator<Item = usize> {
        self.known.iter().filter(move |(known, _)| *known == column).map(|(_, place)| *place)
    }

    /// The name of the column at `place`.
    pub(super) fn name(&self, place: usize) -> &str {
        self.names.get(place).map_or("", String::as_str)
    }

    /// The columns that hold something known.
    pub(super) fn found(&self) -> Vec<Column> {
        let mut found: Vec<Column> = self.known.iter().map(|(column, _)| *column).collect();
        found.sort_unstable();
        found.dedup();
        found
    }

    /// The names of the columns that are not read.
    pub(super) fn ignored(&self) -> Vec<String> {
        let known = |place: &usize| self.known.iter().any(|(_, at)| at == place);
        (0..self.names.len())
            .filter(|place| !known(place) && !self.names[*place].is_empty())
            .map(|place| self.names[place].clone())
            .collect()
    }

    /// Whether a row says the column names once more, as printed ledgers do on each page.
    pub(super) fn repeats(&self, cells: &[String]) -> bool {
        let mut same = 0;
        for (place, cell) in cells.iter().enumerate() {
            let cell = fold(cell);
            if cell.is_empty() {
                continue;
            }
            if cell != self.name(place) {
                return false;
            }
            same += 1;
        }
        same >= 2
    }

    fn names_a_door(&self) -> bool {
        let found = self.found();
        (found.contains(&Column::Room) || found.contains(&Column::Address)) && found.len() >= 2
    }

    /// The relation to the head of household: a sheet with one row a person.
    pub(super) fn is_by_person(&self) -> bool {
        self.names.iter().any(|name| {
            let name = key(name);
            name.contains("与户主关系")
                || name.contains("与户主的关系")
                || name.contains("relationto")
                || name.contains("relationshipto")
        })
    }
}

/// How far down the column names are looked for.
const DEEPEST_HEADER: usize = 30;

/// The row of column names and what the columns hold. `Err` carries what the best row named.
pub(super) fn find(rows: &[Vec<String>]) -> Result<(usize, Columns), Vec<Column>> {
    let mut best: Option<(u32, usize, Columns)> = None;
    let mut nearest = Vec::new();
    for (place, cells) in rows.iter().enumerate().take(DEEPEST_HEADER) {
        let (score, mut columns) = read_header(cells, rows.get(place + 1));
        if !columns.names_a_door() {
            // In English a "unit" is often the flat itself.
            promote_unit(&mut columns);
        }
        if !columns.names_a_door() {
            if columns.known.len() > nearest.len() {
                nearest = columns.found();
            }
            continue;
        }
        if best.as_ref().is_none_or(|(highest, ..)| score > *highest) {
            best = Some((score, place, columns));
        }
    }
    best.map(|(_, place, columns)| (place, columns)).ok_or(nearest)
}

fn read_header(cells: &[String], below: Option<&Vec<String>>) -> (u32, Columns) {
    let mut names: Vec<String> = cells.iter().map(|cell| fold(cell)).collect();
    let (mut score, mut known) = assign(&names);
    let mut rows = 1;
    if let Some(below) = below.filter(|below| is_second_header_row(below, &known)) {
        names.resize(names.len().max(below.len()), String::new());
        for (place, cell) in below.iter().enumerate().map(|(place, cell)| (place, fold(cell))) {
            if !cell.is_empty() {
                names[place] = cell;
            }
        }
        (score, known) = assign(&names);
        rows = 2;
    }
    (score, Columns { known, names, rows })
}

/// Names below a heading that spans them: every cell is a name, and one of them says something new.
fn is_second_header_row(below: &[String], known: &[(Column, usize)]) -> bool {
    let mut says_more = false;
    for (place, cell) in below.iter().enumerate() {
        if key(cell).is_empty() {
            continue;
        }
        let Some((column, _)) = recognise(cell) else { return false };
        says_more |= !known.contains(&(column, place));
    }
    says_more && known.len() >= 2
}

/// Gives each column to the cell that names it best; the higher the score, the more a row looks like a header.
fn assign(names: &[String]) -> (u32, Vec<(Column, usize)>) {
    let mut found: Vec<(Column, u8, usize)> = names
        .iter()
        .enumerate()
        .filter_map(|(place, name)| recognise(name).map(|(column, rank)| (column, rank, place)))
        .collect();
    found.sort_by_key(|(column, rank, place)| (*column, *rank, *place));
    let several = |column| matches!(column, Column::Care | Column::Note);
    found.dedup_by(|next, first| next.0 == first.0 && !several(first.0));
    let score = found.iter().map(|(_, rank, _)| if *rank < CONTAINED { 3 } else { 1 }).sum();
    (score, found.into_iter().map(|(column, _, place)| (column, place)).collect())
}

fn promote_unit(columns: &mut Columns) {
    if let Some(place) = columns.place(Column::Unit)
        && columns.name(place).is_ascii()
        && columns.place(Column::Building).is_some()
    {
        columns.known.retain(|(column, _)| *column != Column::Unit);
        columns.known.push((Column::Room, place));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(text: &str) -> Vec<Vec<String>> {
        text.lines().map(|line| line.split('|').map(str::to_owned).collect()).collect()
    }

    fn found(text: &str) -> (usize, Vec<Column>) {
        let (place, columns) = find(&rows(text)).expect("a header");
        (place, columns.found())
    }

    #[test]
    fn the_header_is_found_under_titles_in_any_order_and_language() {
        use Column::{Building, Compound, Holder, Note, OverSixty, People, Phone, Room, Unit};
        assert_eq!(found("北林街道封控小区住户台账||\n\u{FEFF}小 区|楼栋|单元|房号\n北林新苑|1|1|101").0, 1);
        assert_eq!(found("台账\n填表日期：2022年5月1日\n房号|楼栋|小区\n101|1|北林新苑").0, 2);
        assert_eq!(
            found("Room No.|Bldg|Unit|Compound|Head of household|Tel.|Number of people|Aged 60+|Remarks"),
            (0, vec![Compound, Building, Unit, Room, Holder, Phone, People, OverSixty, Note])
        );
        assert_eq!(
            found("*小区（必填）|楼栋号|房间号码|户主姓名|联系电话(手机)|家庭人数（人）|≥60周岁人数"),
            (0, vec![Compound, Building, Room, Holder, Phone, People, OverSixty])
        );
    }

    #[test]
    fn a_heading_over_two_columns_does_not_hide_them() {
        let (place, columns) =
            find(&rows("小区|楼栋|房号|人口情况|\n|||人数|60岁以上\n北林新苑|1|101|2|1")).expect("a header");
        assert_eq!((place, columns.rows), (0, 2));
        assert_eq!(columns.place(Column::People), Some(3));
        assert_eq!(columns.place(Column::OverSixty), Some(4));
    }

    #[test]
    fn another_age_is_not_over_sixty_and_an_id_number_is_not_read() {
        let (_, columns) = find(&rows("楼栋|房号|65岁以上|14岁以下|户主身份证号|序号")).expect("a header");
        assert_eq!(columns.found(), [Column::Building, Column::Room]);
        assert_eq!(columns.ignored(), ["65岁以上", "14岁以下", "户主身份证号", "序号"]);
    }

    #[test]
    fn data_is_not_taken_for_a_header() {
        let nearest = find(&rows("北林新苑|3号楼|1单元|101室|住户|1")).expect_err("no header");
        assert!(nearest.len() < 2, "{nearest:?}");
    }

    #[test]
    fn an_english_unit_without_rooms_is_the_flat() {
        let (_, columns) = find(&rows("Building|Unit|Resident|People\nA|1101|Ann|2")).expect("a header");
        assert_eq!(columns.place(Column::Room), Some(1));
    }
}
