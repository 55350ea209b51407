//! From what an import finds to the desk's words: one `match` for each closed list of `domain::ledger`.

use domain::Lang;
use domain::ledger::menu_sheet::{MAX_ITEMS, MenuColumn, MenuReject};
use domain::ledger::{
    At, Column, Duplicate, Field, LedgerError, Preview, RejectReason, SheetError, SkipReason, Warning,
};

use crate::locales::ledger as t;

/// Why a file could not be read, and what to do.
#[must_use]
pub fn file(lang: Lang, error: &SheetError) -> String {
    match *error {
        SheetError::Empty => t::file_empty(lang).into(),
        SheetError::TooLarge(megabytes) => t::file_too_large(lang, megabytes),
        SheetError::UnpacksTooLarge(megabytes) => t::file_unpacks_too_large(lang, megabytes),
        SheetError::TooManyRows(most) => t::file_too_many_rows(lang, most),
        SheetError::TooManyColumns(most) => t::file_too_many_columns(lang, most),
        SheetError::TooManySheets(most) => t::file_too_many_sheets(lang, most),
        SheetError::CellTooLong { row, column, limit } => t::file_cell_too_long(lang, row, column, limit),
        SheetError::QuoteNotClosed { row } => t::file_quote_not_closed(lang, row),
        SheetError::OldExcel => t::file_old_excel(lang).into(),
        SheetError::MacroFile => t::file_macros(lang).into(),
        SheetError::BinaryWorkbook => t::file_binary_workbook(lang).into(),
        SheetError::OpenDocument => t::file_open_document(lang).into(),
        SheetError::AppleNumbers => t::file_numbers(lang).into(),
        SheetError::PasswordProtected => t::file_password(lang).into(),
        SheetError::Pdf => t::file_pdf(lang).into(),
        SheetError::Picture => t::file_picture(lang).into(),
        SheetError::TextDocument => t::file_text_document(lang).into(),
        SheetError::Archive => t::file_archive(lang).into(),
        SheetError::WebPage => t::file_web_page(lang).into(),
        SheetError::NotASheet => t::file_not_a_sheet(lang).into(),
        SheetError::UnknownEncoding => t::file_unknown_encoding(lang).into(),
        SheetError::Damaged => t::file_damaged(lang).into(),
    }
}

/// Why a file, or a sheet of it, was not read as a ledger.
#[must_use]
pub fn ledger(lang: Lang, error: &LedgerError) -> String {
    match error {
        LedgerError::Empty => t::sheet_empty(lang).into(),
        LedgerError::NoHeader(found) if found.is_empty() => t::no_header(lang).into(),
        LedgerError::NoHeader(found) => {
            let names: Vec<&str> = found.iter().map(|found| column(lang, *found)).collect();
            let comma = if lang == Lang::Zh { "、" } else { ", " };
            t::no_header_but(lang, &names.join(comma))
        }
        LedgerError::NoBuildingColumn => t::no_building_column(lang).into(),
        LedgerError::WhichCompound => t::which_compound(lang).into(),
        LedgerError::OneRowPerPerson => t::one_row_per_person(lang).into(),
    }
}

/// Where in the file; the sheet is named only where there are several.
#[must_use]
pub fn place(lang: Lang, preview: &Preview, at: At) -> String {
    match preview.sheets.get(usize::from(at.sheet)) {
        Some(sheet) if preview.sheets.len() > 1 => t::in_row_of_sheet(lang, &sheet.name, at.row),
        _ => t::in_row(lang, at.row),
    }
}

/// Why a row was not taken.
#[must_use]
pub fn rejected(lang: Lang, why: &RejectReason) -> String {
    match why {
        RejectReason::CompoundMissing => t::compound_missing(lang).into(),
        RejectReason::BuildingMissing => t::building_missing(lang).into(),
        RejectReason::BuildingNotUnderstood(cell) => t::building_not_understood(lang, cell),
        RejectReason::UnitNotUnderstood(cell) => t::unit_not_understood(lang, cell),
        RejectReason::FloorNotUnderstood(cell) => t::floor_not_understood(lang, cell),
        RejectReason::RoomMissing => t::room_missing(lang).into(),
        RejectReason::RoomNotUnderstood(cell) => t::room_not_understood(lang, cell),
        RejectReason::AddressNotUnderstood(cell) => t::address_not_understood(lang, cell),
        RejectReason::PlacesDisagree(cell) => t::places_disagree(lang, cell),
        RejectReason::TurnedIntoADate(cell) => t::turned_into_a_date(lang, cell),
        RejectReason::PeopleMissing => t::people_missing(lang).into(),
        RejectReason::PeopleNotANumber(cell) => t::people_not_a_number(lang, cell),
        RejectReason::PeopleNegative(cell) => t::people_negative(lang, cell),
        RejectReason::NobodyLivesThere => t::nobody_lives_there(lang).into(),
        RejectReason::TooManyPeople(cell) => t::too_many_people(lang, cell),
        RejectReason::OverSixtyNotANumber(cell) => t::over_60_not_a_number(lang, cell),
        RejectReason::OverSixtyNegative(cell) => t::over_60_negative(lang, cell),
        RejectReason::MoreOverSixtyThanPeople { over_60, people } => t::more_over_60(lang, *over_60, *people),
    }
}

/// Which row a duplicate repeats.
#[must_use]
pub fn duplicate(lang: Lang, preview: &Preview, duplicate: &Duplicate) -> String {
    let row = place(lang, preview, duplicate.same_as);
    if duplicate.differs { t::duplicate_but_different(lang, &row) } else { t::duplicate_of(lang, &row) }
}

/// Why a row is no household.
#[must_use]
pub fn skipped(lang: Lang, why: SkipReason) -> &'static str {
    match why {
        SkipReason::RepeatedHeader => t::repeated_header(lang),
        SkipReason::TotalsLine => t::totals_line(lang),
    }
}

/// What to look at in a row that was taken.
#[must_use]
pub fn warning(lang: Lang, warning: Warning) -> &'static str {
    match warning {
        Warning::PhoneLostDigits => t::phone_lost_digits(lang),
        Warning::DietNotUnderstood => t::diet_not_understood(lang),
        Warning::PhoneNotUnderstood => t::phone_not_understood(lang),
        Warning::NoteMentionsHealth => t::note_mentions_health(lang),
        Warning::OverSixtyTakenAsOne => t::over_60_taken_as_one(lang),
    }
}

/// The name of a column.
#[must_use]
pub fn column(lang: Lang, column: Column) -> &'static str {
    match column {
        Column::Compound => t::column_compound(lang),
        Column::Building => t::column_building(lang),
        Column::Unit => t::column_unit(lang),
        Column::Floor => t::column_floor(lang),
        Column::Room => t::column_room(lang),
        Column::Address => t::column_address(lang),
        Column::Holder => t::column_holder(lang),
        Column::Phone => t::column_phone(lang),
        Column::People => t::column_people(lang),
        Column::OverSixty => t::column_over_60(lang),
        Column::Language => t::column_language(lang),
        Column::Diet => t::menu_diet(lang),
        Column::Care => t::column_care(lang),
        Column::Note => t::column_note(lang),
    }
}

/// The name of what an import changes about a household.
#[must_use]
pub fn field(lang: Lang, field: Field) -> &'static str {
    match field {
        Field::Place => t::column_door(lang),
        Field::Holder => t::column_holder(lang),
        Field::Phone => t::column_phone(lang),
        Field::People => t::column_people(lang),
        Field::OverSixty => t::column_over_60(lang),
        Field::Language => t::column_language(lang),
        Field::Diet => t::menu_diet(lang),
        Field::Note => t::column_note(lang),
        Field::Care => t::column_care(lang),
    }
}

/// Why a row of a menu sheet was not taken.
#[must_use]
pub fn menu_rejected(lang: Lang, why: &MenuReject) -> String {
    match why {
        MenuReject::Missing(column) => t::menu_cell_missing(lang, menu_column(lang, *column)),
        MenuReject::NotUnderstood(column, cell) => {
            t::menu_cell_not_understood(lang, menu_column(lang, *column), cell)
        }
        MenuReject::Disagrees(column, cell) => t::menu_cell_disagrees(lang, menu_column(lang, *column), cell),
        MenuReject::SameItemTwice(item) => t::menu_same_item_twice(lang, item),
        MenuReject::TooManyItems => t::menu_too_many_items(lang, MAX_ITEMS),
        MenuReject::ChooseMoreThanItems { choose, items } => {
            t::menu_choose_more_than_items(lang, *choose, *items)
        }
    }
}

fn menu_column(lang: Lang, column: MenuColumn) -> &'static str {
    match column {
        MenuColumn::Code => t::menu_code(lang),
        MenuColumn::Kind => t::menu_kind(lang),
        MenuColumn::NameZh => t::menu_name_zh(lang),
        MenuColumn::NameEn => t::menu_name_en(lang),
        MenuColumn::Price => t::menu_price(lang),
        MenuColumn::Choose => t::menu_choose(lang),
        MenuColumn::Limit => t::menu_limit(lang),
        MenuColumn::Stock => t::menu_stock(lang),
        MenuColumn::Diet => t::menu_diet(lang),
        MenuColumn::ItemZh => t::menu_item_zh(lang),
        MenuColumn::ItemEn => t::menu_item_en(lang),
        MenuColumn::Quantity => t::menu_quantity(lang),
        MenuColumn::Unit => t::menu_unit(lang),
    }
}
