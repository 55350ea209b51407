//! How one sheet is to be read: where its columns are, what blank cells and prefixes mean in it, and each of its rows.

use super::Sheet;
use super::columns::{self, Column, Columns};
use super::diet::read_diets;
use super::fold::{fold, fold_name, key, tidy};
use super::people::{
    Phone, is_none_word, is_yes, mentions_health, read_language, read_over_60, read_people, read_phone,
};
use super::pieces::{Marker, pieces};
use super::place::{LedgerPlace, PlaceCells, read_place};
use super::preview::{At, LedgerHousehold, SkipReason};
use super::reject::{LedgerError, RejectReason, Warning};
use super::room::{Prefix, prefix_of};
use crate::household::Diets;

/// How one sheet is to be read.
pub(super) struct Plan {
    pub(super) sheet: usize,
    pub(super) columns: Columns,
    pub(super) next: usize,
    pub(super) end: usize,
    prefix: Prefix,
    /// The building that the sheet's name says, where no column does.
    building: String,
    /// The cells above, for columns whose blanks mean "as above".
    carried: Vec<(usize, String)>,
}

/// A row that was understood.
pub(super) struct Read {
    pub(super) household: LedgerHousehold,
    pub(super) phone: Option<Phone>,
    pub(super) care: String,
    pub(super) withheld: String,
    pub(super) warnings: Vec<Warning>,
}

impl Plan {
    pub(super) fn of(sheet: usize, source: &Sheet, has_compound: bool) -> Result<Self, LedgerError> {
        let end = source.rows.iter().rposition(|cells| !is_blank(cells)).ok_or(LedgerError::Empty)? + 1;
        let (header, columns) = columns::find(&source.rows).map_err(LedgerError::NoHeader)?;
        if columns.is_by_person() {
            return Err(LedgerError::OneRowPerPerson);
        }
        let has_address = columns.place(Column::Address).is_some();
        let building = building_of_name(&source.name);
        if columns.place(Column::Building).is_none() && !has_address && building.is_empty() {
            return Err(LedgerError::NoBuildingColumn);
        }
        if columns.place(Column::Compound).is_none() && !has_address && !has_compound {
            return Err(LedgerError::WhichCompound);
        }
        let next = header + columns.rows;
        let mut plan = Self {
            sheet,
            columns,
            next,
            end: end.max(next),
            prefix: Prefix::default(),
            building,
            carried: Vec::new(),
        };
        plan.carried = plan.columns_that_mean_as_above(&source.rows[plan.next.min(end)..end]);
        plan.prefix = plan.find_prefix(&source.rows[plan.next.min(end)..end]);
        Ok(plan)
    }

    pub(super) fn header_row(&self) -> u32 {
        row_number(self.next - self.columns.rows)
    }

    pub(super) fn filled_down(&self) -> Vec<Column> {
        let is_carried = |column: &Column| {
            self.columns.place(*column).is_some_and(|at| self.carried.iter().any(|(place, _)| *place == at))
        };
        [Column::Compound, Column::Building, Column::Unit].into_iter().filter(is_carried).collect()
    }

    /// A text file made of a sheet with merged cells names a building once and leaves the cells below blank. A ledger
    /// with a forgotten building looks different: elsewhere it repeats the building row by row.
    fn columns_that_mean_as_above(&self, rows: &[Vec<String>]) -> Vec<(usize, String)> {
        let mut carried: Vec<(usize, String)> = Vec::new();
        for column in [Column::Compound, Column::Building, Column::Unit] {
            let Some(place) = self.columns.place(column) else { continue };
            let (mut above, mut blanks, mut named, mut repeats) = (String::new(), 0, 0, false);
            for cells in rows.iter().filter(|cells| !is_blank(cells)) {
                let cell = text(cells, place);
                if cell.is_empty() {
                    blanks += 1;
                    // A blank in the first row has nothing above it.
                    repeats |= above.is_empty();
                    continue;
                }
                let new_group = carried.iter().any(|(outer, _)| !text(cells, *outer).is_empty());
                repeats |= cell == above && !new_group;
                named += 1;
                above = cell;
            }
            if blanks >= 2 && blanks >= named && !repeats {
                carried.push((place, String::new()));
            }
        }
        carried
    }

    fn find_prefix(&self, rows: &[Vec<String>]) -> Prefix {
        let Some(room) = self.columns.place(Column::Room) else { return Prefix::default() };
        let unit = self.columns.place(Column::Unit);
        let without_unit = rows.iter().filter(|cells| unit.is_none_or(|unit| text(cells, unit).is_empty()));
        let rooms: Vec<String> = without_unit.map(|cells| text(cells, room)).collect();
        prefix_of(rooms.iter().map(String::as_str))
    }

    pub(super) fn skips(&self, cells: &[String]) -> Option<SkipReason> {
        if self.columns.repeats(cells) {
            return Some(SkipReason::RepeatedHeader);
        }
        let first = cells.iter().map(|cell| key(cell)).find(|cell| !cell.is_empty())?;
        let is_total = TOTALS.split(' ').any(|word| first.trim_end_matches([':', '：']) == word);
        let no_room = self.columns.place(Column::Room).is_none_or(|room| text(cells, room).is_empty());
        (is_total && no_room).then_some(SkipReason::TotalsLine)
    }

    /// Keeps what the row names, for blank cells below it; a new building begins without a unit.
    pub(super) fn carry(&mut self, cells: &[String]) {
        let mut new_group = false;
        for (place, above) in &mut self.carried {
            let cell = text(cells, *place);
            if !cell.is_empty() {
                *above = cell;
                new_group = true;
            } else if new_group {
                above.clear();
            }
        }
    }

    pub(super) fn place(&self, cells: &[String], compound: &str) -> Result<LedgerPlace, RejectReason> {
        let cell = |column| {
            let Some(place) = self.columns.place(column) else { return String::new() };
            let here = text(cells, place);
            let above =
                || self.carried.iter().find(|(carried, _)| *carried == place).map(|(_, above)| above.clone());
            if here.is_empty() { above().unwrap_or_default() } else { here }
        };
        let (named, address, mut building) =
            (cell(Column::Compound), cell(Column::Address), cell(Column::Building));
        if self.columns.place(Column::Building).is_none() && address.is_empty() {
            building.clone_from(&self.building);
        }
        let (unit, floor, room) = (cell(Column::Unit), cell(Column::Floor), cell(Column::Room));
        let cells = PlaceCells {
            compound: &named,
            building: &building,
            unit: &unit,
            floor: &floor,
            room: &room,
            address: &address,
        };
        read_place(cells, compound, self.prefix)
    }

    pub(super) fn household(
        &self,
        at: At,
        place: LedgerPlace,
        cells: &[String],
    ) -> Result<Read, RejectReason> {
        let cell = |column| self.columns.place(column).map(|place| text(cells, place));
        let mut warnings = Vec::new();
        let people = cell(Column::People).map_or(Ok(1), |cell| read_people(&cell))?;
        let (over_60, warning) = read_over_60(&cell(Column::OverSixty).unwrap_or_default(), people)?;
        warnings.extend(warning);
        let (phone, warning) = read_phone(&cell(Column::Phone).unwrap_or_default());
        warnings.extend(warning);
        let (lang, speaks) = read_language(&cell(Column::Language).unwrap_or_default());
        let mut note = self.remarks(Column::Note, cells);
        let mut withheld = String::new();
        let mut diets = cell(Column::Diet).unwrap_or_default();
        if mentions_health(&note) || mentions_health(&diets) {
            let both = [std::mem::take(&mut note), std::mem::take(&mut diets)];
            withheld = both.into_iter().filter(|remark| !remark.is_empty()).collect::<Vec<_>>().join("；");
            warnings.push(Warning::NoteMentionsHealth);
        }
        let diets = read_diets(&diets).unwrap_or_else(|_| {
            warnings.push(Warning::DietNotUnderstood);
            Diets::new()
        });
        let holder = self.columns.place(Column::Holder).map(|place| fold_name(raw(cells, place)));
        let holder = holder.filter(|holder| !is_none_word(holder)).unwrap_or_default();
        let household = LedgerHousehold { at, place, holder, people, over_60, lang, speaks, note, diets };
        Ok(Read { household, phone, care: self.remarks(Column::Care, cells), withheld, warnings })
    }

    /// All remarks of a kind; a tick says what the column is called.
    fn remarks(&self, column: Column, cells: &[String]) -> String {
        let said = self.columns.places(column).filter_map(|place| {
            let remark = tidy(raw(cells, place));
            match remark.as_str() {
                "" => None,
                _ if is_none_word(&remark)
                    || matches!(
                        key(&remark).as_str(),
                        "0" | "正常" | "健康" | "良好" | "normal" | "healthy"
                    ) =>
                {
                    None
                }
                "1" => Some(self.columns.name(place).to_owned()),
                _ if is_yes(&remark) => Some(self.columns.name(place).to_owned()),
                _ => Some(remark),
            }
        });
        said.collect::<Vec<_>>().join("；")
    }
}

const TOTALS: &str = "合计 总计 小计 共计 总共 汇总 合计数 total totals subtotal grandtotal sum";

/// The building that a sheet's name says, such as 3号楼; empty where it says none. "Sheet1" is none.
fn building_of_name(name: &str) -> String {
    let name = fold(name);
    let says_building = |marker| matches!(marker, Marker::Building | Marker::Storey);
    match pieces(&name).as_deref() {
        Some([only]) if says_building(only.marker) => name,
        _ => String::new(),
    }
}

fn raw(cells: &[String], place: usize) -> &str {
    cells.get(place).map_or("", String::as_str)
}

fn text(cells: &[String], place: usize) -> String {
    fold(raw(cells, place))
}

pub(super) fn is_blank(cells: &[String]) -> bool {
    cells.iter().all(|cell| fold(cell).is_empty())
}

pub(super) fn row_number(place: usize) -> u32 {
    u32::try_from(place + 1).unwrap_or(u32::MAX)
}
