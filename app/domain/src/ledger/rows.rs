//! Goes through the rows of a ledger, a few at a time so that progress can be shown, and builds the preview.

use std::collections::HashMap;

use super::Sheet;
use super::fold::{fold_name, key};
use super::place::{DoorKey, compound_key};
use super::plan::{Plan, Read, is_blank, row_number};
use super::preview::{
    At, CareRemark, Duplicate, LedgerBuilding, LedgerCompound, LedgerHousehold, LedgerPhone, Preview,
    Private, Rejected, SheetSeen, Skipped, Warned, WithheldNote,
};
use super::reject::LedgerError;

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
        Ok(Self {
            sheets,
            compound,
            plans,
            at_plan: 0,
            progress,
            preview,
            names: HashMap::new(),
            doors: HashMap::new(),
        })
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
                self.preview.rejected.push(Rejected { at, why: why.shortened(), place: None });
                return;
            }
        };
        let name = self.names.entry(compound_key(&place.compound)).or_insert_with(|| place.compound.clone());
        place.compound.clone_from(name);
        match plan.household(at, place.clone(), cells) {
            Ok(row) => self.take(row),
            Err(why) => self.preview.rejected.push(Rejected { at, why: why.shortened(), place: Some(place) }),
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

fn how_near(error: &LedgerError) -> usize {
    match error {
        LedgerError::Empty => 0,
        LedgerError::NoHeader(found) => 1 + found.len(),
        LedgerError::OneRowPerPerson => 100,
        LedgerError::NoBuildingColumn => 101,
        LedgerError::WhichCompound => 102,
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
        let at = buildings
            .binary_search_by(|building| building.label.cmp(&household.place.building))
            .unwrap_or_else(|at| {
                buildings.insert(
                    at,
                    LedgerBuilding { label: household.place.building.clone(), households: 0, people: 0 },
                );
                at
            });
        buildings[at].households += 1;
        buildings[at].people += u32::from(household.people);
    }
    compounds
}
