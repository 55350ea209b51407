//! Goes through the rows of a ledger, a few at a time so that progress can be shown, and builds the preview.

use std::collections::HashMap;

use super::columns::{self, Column, Columns};
use super::fold::{fold, fold_name, key, tidy};
use super::people::{Phone, is_none_word, is_yes, mentions_health, read_language, read_over_60, read_people, read_phone};
use super::pieces::{Marker, pieces};
use super::place::{DoorKey, LedgerPlace, PlaceCells, compound_key, read_place};
use super::preview::{
    At, CareRemark, Duplicate, LedgerBuilding, LedgerCompound, LedgerHousehold, LedgerPhone, Preview, Private, Rejected,
    SheetSeen, SkipReason, Skipped, Warned, WithheldNote,
};
use super::reject::{LedgerError, RejectReason, Warning};
use super::room::{Prefix, prefix_of};
use super::Sheet;

/// What the desk says beside the file.
#[derive(Debug, Clone, Default)]
pub struct Options {
    /// The compound of rows that name none.
    pub compound: Option<String>,
}

/// How far an import has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Progress {
    /// Rows done.
    pub done: u32,
    /// Rows in all.
    pub of: u32,
}

/// How one sheet is to be read.
struct Plan {
    sheet: usize,
    columns: Columns,
    next: usize,
    end: usize,
    prefix: Prefix,
    /// The building that the sheet's name says, where no column does.
    building: String,
    /// The cells above, for columns whose blanks mean "as above".
    carried: Vec<(usize, String)>,
}

/// An import on its way from rows to a preview.
pub struct Import<'a> {
    sheets: &'a [Sheet],
    compound: String,
    plans: Vec<Plan>,
    at_plan: usize,
    progress: Progress,
    preview: Preview,
    names: HashMap<String, String>,
    doors: HashMap<DoorKey, Vec<u32>>,
}

/// Reads all rows at once.
///
/// # Errors
/// If no sheet of the file is a ledger.
pub fn preview(sheets: &[Sheet], options: &Options) -> Result<Preview, LedgerError> {
    let mut import = Import::start(sheets, options)?;
    import.step(u32::MAX);
    Ok(import.finish())
}

impl<'a> Import<'a> {
    /// Finds the columns of every sheet.
    ///
    /// # Errors
    /// If no sheet of the file is a ledger: the reason of the sheet that comes nearest.
    pub fn start(sheets: &'a [Sheet], options: &Options) -> Result<Self, LedgerError> {
        let compound = fold_name(options.compound.as_deref().unwrap_or_default());
        let (mut plans, mut seen) = (Vec::new(), Vec::new());
        for (sheet, source) in sheets.iter().enumerate() {
            let plan = Plan::of(sheet, source, !compound.is_empty());
            seen.push(SheetSeen {
                name: source.name.clone(),
                header_row: plan.as_ref().ok().map(Plan::header_row),
                columns: plan.as_ref().map(|plan| plan.columns.found()).unwrap_or_default(),
                ignored: plan.as_ref().map(|plan| plan.columns.ignored()).unwrap_or_default(),
                filled_down: plan.as_ref().map(Plan::filled_down).unwrap_or_default(),
                not_read: plan.as_ref().err().cloned(),
            });
            plans.extend(plan);
        }
        if plans.is_empty() {
            // The sheet that got furthest says best what is missing.
            let errors = seen.into_iter().filter_map(|sheet| sheet.not_read);
            return Err(errors.max_by_key(how_near).unwrap_or(LedgerError::Empty));
        }
        let of = plans.iter().map(|plan| plan.end - plan.next).sum::<usize>();
        let progress = Progress { done: 0, of: u32::try_from(of).unwrap_or(u32::MAX) };
        let preview = Preview { sheets: seen, rows_read: progress.of, ..Preview::default() };
        Ok(Self { sheets, compound, plans, at_plan: 0, progress, preview, names: HashMap::new(), doors: HashMap::new() })
    }

    /// Reads up to `rows` more rows.
    pub fn step(&mut self, rows: u32) -> Progress {
        for _ in 0..rows {
            let Some(plan) = self.plans.get_mut(self.at_plan) else { break };
            if plan.next >= plan.end {
                self.at_plan += 1;
                continue;
            }
            let place = plan.next;
            plan.next += 1;
            self.progress.done += 1;
            self.row(place);
        }
        self.progress
    }

    /// The preview. Rows not read yet are read now.
    #[must_use]
    pub fn finish(mut self) -> Preview {
        while self.at_plan < self.plans.len() {
            self.step(u32::MAX);
        }
        let mut preview = self.preview;
        preview.people = preview.households.iter().map(|household| u32::from(household.people)).sum();
        preview.over_60 = preview.households.iter().map(|household| u32::from(household.over_60)).sum();
        preview.compounds = compounds(&preview.households);
        preview
    }

    fn row(&mut self, place: usize) {
        let plan = &mut self.plans[self.at_plan];
        let cells = &self.sheets[plan.sheet].rows[place];
        let at = At { sheet: u16::try_from(plan.sheet).unwrap_or(u16::MAX), row: row_number(place) };
        if is_blank(cells) {
            self.preview.blank_rows += 1;
            return;
        }
        if let Some(why) = plan.skips(cells) {
            self.preview.skipped.push(Skipped { at, why });
            return;
        }
        plan.carry(cells);
        let mut place = match plan.place(cells, &self.compound) {
            Ok(place) => place,
            Err(why) => {
                self.preview.rejected.push(Rejected { at, why, place: None });
                return;
            }
        };
        let name = self.names.entry(compound_key(&place.compound)).or_insert_with(|| place.compound.clone());
        place.compound.clone_from(name);
        match plan.household(at, place.clone(), cells) {
            Ok(row) => self.take(row),
            Err(why) => self.preview.rejected.push(Rejected { at, why, place: Some(place) }),
        }
    }

    fn take(&mut self, row: Read) {
        let preview = &mut self.preview;
        let at_door = self.doors.entry(row.household.place.key()).or_default();
        let same = at_door.iter().copied().find(|known| is_same_household(preview, *known, &row));
        if let Some(known) = same {
            let first = &preview.households[known as usize];
            let alike = LedgerHousehold { at: row.household.at, ..first.clone() } == row.household
                && preview.phone(known) == row.phone.as_ref()
                && preview.care_of(known).unwrap_or_default() == row.care;
            preview.duplicates.push(Duplicate { at: row.household.at, same_as: first.at, differs: !alike });
            return;
        }
        let household = u32::try_from(preview.households.len()).unwrap_or(u32::MAX);
        at_door.push(household);
        preview.warnings.extend(row.warnings.iter().map(|what| Warned { at: row.household.at, what: *what }));
        if let Some(phone) = row.phone {
            preview.phones.push(LedgerPhone { household, phone });
        }
        if !row.care.is_empty() {
            preview.care.push(CareRemark { household, text: Private(row.care) });
        }
        if !row.withheld.is_empty() {
            preview.withheld.push(WithheldNote { household, text: Private(row.withheld) });
        }
        preview.households.push(row.household);
    }
}

/// A row that was understood.
struct Read {
    household: LedgerHousehold,
    phone: Option<Phone>,
    care: String,
    withheld: String,
    warnings: Vec<Warning>,
}

/// Same door is given. Same holder is the same household; without a name the phone tells, then everything together.
fn is_same_household(preview: &Preview, known: u32, row: &Read) -> bool {
    let (first, next) = (&preview.households[known as usize], &row.household);
    if !first.holder.is_empty() && !next.holder.is_empty() {
        return key(&first.holder) == key(&next.holder);
    }
    match (preview.phone(known), &row.phone) {
        (Some(first), Some(next)) => first.same_as(next),
        (None, None) => {
            first.holder == next.holder
                && (first.people, first.over_60, &first.note) == (next.people, next.over_60, &next.note)
                && preview.care_of(known).unwrap_or_default() == row.care
        }
        _ => false,
    }
}

impl Plan {
    fn of(sheet: usize, source: &Sheet, has_compound: bool) -> Result<Self, LedgerError> {
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
        let mut plan = Self { sheet, columns, next, end: end.max(next), prefix: Prefix::default(), building, carried: Vec::new() };
        plan.carried = plan.columns_that_mean_as_above(&source.rows[plan.next.min(end)..end]);
        plan.prefix = plan.find_prefix(&source.rows[plan.next.min(end)..end]);
        Ok(plan)
    }

    fn header_row(&self) -> u32 {
        row_number(self.next - self.columns.rows)
    }

    fn filled_down(&self) -> Vec<Column> {
        let is_carried = |column: &Column| self.columns.place(*column).is_some_and(|at| self.carried.iter().any(|(place, _)| *place == at));
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

    fn skips(&self, cells: &[String]) -> Option<SkipReason> {
        if self.columns.repeats(cells) {
            return Some(SkipReason::RepeatedHeader);
        }
        let first = cells.iter().map(|cell| key(cell)).find(|cell| !cell.is_empty())?;
        let is_total = TOTALS.split(' ').any(|word| first.trim_end_matches([':', '：']) == word);
        let no_room = self.columns.place(Column::Room).is_none_or(|room| text(cells, room).is_empty());
        (is_total && no_room).then_some(SkipReason::TotalsLine)
    }

    /// Keeps what the row names, for blank cells below it; a new building begins without a unit.
    fn carry(&mut self, cells: &[String]) {
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

    fn place(&self, cells: &[String], compound: &str) -> Result<LedgerPlace, RejectReason> {
        let cell = |column| {
            let Some(place) = self.columns.place(column) else { return String::new() };
            let here = text(cells, place);
            let above = || self.carried.iter().find(|(carried, _)| *carried == place).map(|(_, above)| above.clone());
            if here.is_empty() { above().unwrap_or_default() } else { here }
        };
        let (named, address, mut building) = (cell(Column::Compound), cell(Column::Address), cell(Column::Building));
        if self.columns.place(Column::Building).is_none() && address.is_empty() {
            building.clone_from(&self.building);
        }
        let (unit, floor, room) = (cell(Column::Unit), cell(Column::Floor), cell(Column::Room));
        let cells = PlaceCells { compound: &named, building: &building, unit: &unit, floor: &floor, room: &room, address: &address };
        read_place(cells, compound, self.prefix)
    }

    fn household(&self, at: At, place: LedgerPlace, cells: &[String]) -> Result<Read, RejectReason> {
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
        if mentions_health(&note) {
            withheld = std::mem::take(&mut note);
            warnings.push(Warning::NoteMentionsHealth);
        }
        let holder = self.columns.place(Column::Holder).map(|place| fold_name(raw(cells, place)));
        let holder = holder.filter(|holder| !is_none_word(holder)).unwrap_or_default();
        let household = LedgerHousehold { at, place, holder, people, over_60, lang, speaks, note };
        Ok(Read { household, phone, care: self.remarks(Column::Care, cells), withheld, warnings })
    }

    /// All remarks of a kind; a tick says what the column is called.
    fn remarks(&self, column: Column, cells: &[String]) -> String {
        let said = self.columns.places(column).filter_map(|place| {
            let remark = tidy(raw(cells, place));
            match remark.as_str() {
                "" => None,
                _ if is_none_word(&remark) || matches!(key(&remark).as_str(), "0" | "正常" | "健康" | "良好" | "normal" | "healthy") => None,
                "1" => Some(self.columns.name(place).to_owned()),
                _ if is_yes(&remark) => Some(self.columns.name(place).to_owned()),
                _ => Some(remark),
            }
        });
        said.collect::<Vec<_>>().join("；")
    }
}

const TOTALS: &str = "合计 总计 小计 共计 总共 汇总 合计数 total totals subtotal grandtotal sum";

fn how_near(error: &LedgerError) -> usize {
    match error {
        LedgerError::Empty => 0,
        LedgerError::NoHeader(found) => 1 + found.len(),
        LedgerError::OneRowPerPerson => 100,
        LedgerError::NoBuildingColumn => 101,
        LedgerError::WhichCompound => 102,
    }
}

/// The building that a sheet's name says, such as 3号楼; empty where it says none. "Sheet1" is none.
fn building_of_name(name: &str) -> String {
    let name = fold(name);
    let says_building = |marker| matches!(marker, Marker::Building | Marker::Storey);
    match pieces(&name).as_deref() {
        Some([only]) if says_building(only.marker) => name,
        _ => String::new(),
    }
}

fn compounds(households: &[LedgerHousehold]) -> Vec<LedgerCompound> {
    let mut compounds: Vec<LedgerCompound> = Vec::new();
    let mut places: HashMap<&str, usize> = HashMap::new();
    for household in households {
        let place = *places.entry(&household.place.compound).or_insert_with(|| {
            compounds.push(LedgerCompound { name: household.place.compound.clone(), buildings: Vec::new() });
            compounds.len() - 1
        });
        let buildings = &mut compounds[place].buildings;
        let at = buildings.binary_search_by(|building| building.label.cmp(&household.place.building)).unwrap_or_else(|at| {
            buildings.insert(at, LedgerBuilding { label: household.place.building.clone(), households: 0, people: 0 });
            at
        });
        buildings[at].households += 1;
        buildings[at].people += u32::from(household.people);
    }
    compounds
}

fn raw(cells: &[String], place: usize) -> &str {
    cells.get(place).map_or("", String::as_str)
}

fn text(cells: &[String], place: usize) -> String {
    fold(raw(cells, place))
}

fn is_blank(cells: &[String]) -> bool {
    cells.iter().all(|cell| fold(cell).is_empty())
}

fn row_number(place: usize) -> u32 {
    u32::try_from(place + 1).unwrap_or(u32::MAX)
}
