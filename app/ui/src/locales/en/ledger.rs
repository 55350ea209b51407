//! English: what an import says of a file, its rows and its columns.

words! {
    file_empty = "There is nothing in this file. Choose another one.";
    file_old_excel = "This is an old Excel file (.xls). Open it in Excel or WPS, choose Save as, then .xlsx, and send that.";
    file_macros = "This workbook has macros (.xlsm). Save it as .xlsx without macros and send that.";
    file_binary_workbook = "This is a binary workbook (.xlsb). Save it as .xlsx and send that.";
    file_open_document = "This is an OpenDocument file (.ods). Save it as .xlsx or .csv and send that.";
    file_numbers = "This is an Apple Numbers file. Export it as .xlsx or .csv and send that.";
    file_password = "This file opens with a password only. Remove the password, save it and send it again.";
    file_pdf = "This is a PDF. Send the spreadsheet it was made from (.xlsx or .csv).";
    file_picture = "This is a picture. Send the spreadsheet itself (.xlsx or .csv).";
    file_text_document = "This is a text document. Copy the table into a spreadsheet, save it as .xlsx and send that.";
    file_archive = "This is a packed file. Unpack it and send the spreadsheet inside (.xlsx or .csv).";
    file_web_page = "This is a web page, even if its name ends in .xls. Open it in Excel or WPS, save it as .xlsx and send that.";
    file_not_a_sheet = "This is not a spreadsheet. Send an .xlsx or .csv file.";
    file_unknown_encoding = "The characters of this text file can't be read without loss. Open it in Excel or WPS, save it as .xlsx and send that.";
    file_damaged = "This workbook is damaged. Open it in Excel or WPS, save it as a new .xlsx and send that.";

    sheet_empty = "There is nothing in this sheet.";
    no_header = "No row with column names was found. One row needs names such as compound, building, unit, room, people.";
    no_building_column = "There is no column for the building. Add one and name it \"building\".";
    which_compound = "The file does not say which compound it is for. Enter the compound and try again.";
    one_row_per_person = "This list has one row for each person. Send a list with one row for each household.";
    no_menu_header = "No set menus were found. One row needs the column names code, price and item.";

    compound_missing = "The compound is missing.";
    building_missing = "The building is missing.";
    room_missing = "The room is missing.";
    people_missing = "The number of people is missing.";
    nobody_lives_there = "Nobody lives there: 0 people.";

    repeated_header = "Column names once more";
    totals_line = "A line of totals";
    phone_lost_digits = "The spreadsheet cut off digits of the telephone number. It was left out.";
    phone_not_understood = "The telephone number could not be read. It was left out.";
    diet_not_understood = "A diet is longer than 20 characters. The diets of this row were left out.";
    note_mentions_health = "The remark speaks of health. Volunteers don't see it until you decide.";
    over_60_taken_as_one = "\"Yes\" for people over 60 was counted as one person.";

    column_compound = "compound";
    column_building = "building";
    column_unit = "unit";
    column_floor = "floor";
    column_room = "room";
    column_address = "address";
    column_holder = "name";
    column_phone = "telephone";
    column_people = "people";
    column_over_60 = "over 60";
    column_language = "language";
    column_care = "care remarks";
    column_note = "remarks";
    column_door = "door";

    menu_code = "code";
    menu_kind = "kind";
    menu_name_zh = "Chinese name";
    menu_name_en = "English name";
    menu_price = "price";
    menu_choose = "how many to choose";
    menu_limit = "limit per household";
    menu_stock = "stock";
    menu_diet = "diet";
    menu_item_zh = "item";
    menu_item_en = "English name of the item";
    menu_quantity = "quantity";
    menu_unit = "unit of measure";
}

pub(crate) fn file_too_large(megabytes: u32) -> String {
    format!("The file is larger than {megabytes} MB. Remove pictures and old sheets, or send it in parts.")
}

pub(crate) fn file_unpacks_too_large(megabytes: u32) -> String {
    format!(
        "Unpacked, this file is larger than {megabytes} MB. Copy the table into a new workbook and send that."
    )
}

pub(crate) fn file_too_many_rows(most: u32) -> String {
    format!("The file has more than {most} rows. Send it in parts.")
}

pub(crate) fn file_too_many_columns(most: u32) -> String {
    format!("The file has more than {most} columns. Remove those that are not needed.")
}

pub(crate) fn file_too_many_sheets(most: u32) -> String {
    format!("The file has more than {most} sheets. Send it in parts.")
}

pub(crate) fn file_cell_too_long(row: u32, column: u32, most: u32) -> String {
    format!(
        "Row {row}, column {column} holds more than {most} characters. Shorten it and send the file again."
    )
}

pub(crate) fn file_quote_not_closed(row: u32) -> String {
    format!(
        "In row {row} a quotation mark opens and is not closed. Close or remove it, or save the file as .xlsx."
    )
}

pub(crate) fn no_header_but(found: &str) -> String {
    format!(
        "No row with all the column names was found, only: {found}. A room and a building are needed too."
    )
}

pub(crate) fn in_row(row: u32) -> String {
    format!("Row {row}")
}

pub(crate) fn in_row_of_sheet(sheet: &str, row: u32) -> String {
    format!("{sheet}, row {row}")
}

pub(crate) fn rows_done(done: u32, of: u32) -> String {
    format!("{done} of {of} rows")
}

pub(crate) fn building_not_understood(cell: &str) -> String {
    format!("The building \"{cell}\" could not be read. Write it like 3, 3号楼 or A.")
}

pub(crate) fn unit_not_understood(cell: &str) -> String {
    format!("The unit \"{cell}\" could not be read. Write it like 2.")
}

pub(crate) fn floor_not_understood(cell: &str) -> String {
    format!("The floor \"{cell}\" could not be read. Write it like 11.")
}

pub(crate) fn room_not_understood(cell: &str) -> String {
    format!("The room \"{cell}\" could not be read. Write it like 1101.")
}

pub(crate) fn address_not_understood(cell: &str) -> String {
    format!("The address \"{cell}\" could not be read. Write building, unit and room, like 3-2-1101.")
}

pub(crate) fn places_disagree(cell: &str) -> String {
    format!("\"{cell}\" names another place than the cells beside it.")
}

pub(crate) fn turned_into_a_date(cell: &str) -> String {
    format!("The spreadsheet turned this cell into the date {cell}. Format it as text and type it again.")
}

pub(crate) fn people_not_a_number(cell: &str) -> String {
    format!("The number of people \"{cell}\" is not a number. Write it in digits.")
}

pub(crate) fn people_negative(cell: &str) -> String {
    format!("The number of people is below zero: {cell}.")
}

pub(crate) fn too_many_people(cell: &str) -> String {
    format!("{cell} people are too many for one household.")
}

pub(crate) fn over_60_not_a_number(cell: &str) -> String {
    format!("The number of people over 60, \"{cell}\", is not a number. Write it in digits.")
}

pub(crate) fn over_60_negative(cell: &str) -> String {
    format!("The number of people over 60 is below zero: {cell}.")
}

pub(crate) fn more_over_60(over_60: u16, people: u16) -> String {
    format!("{over_60} over 60, but only {people} in the household.")
}

pub(crate) fn duplicate_of(row: &str) -> String {
    format!("Same household as: {row}")
}

pub(crate) fn duplicate_but_different(row: &str) -> String {
    format!("Same household as: {row}. They differ; the earlier one counts.")
}

pub(crate) fn menu_cell_missing(column: &str) -> String {
    format!("Missing: {column}.")
}

pub(crate) fn menu_cell_not_understood(column: &str, cell: &str) -> String {
    format!("Could not be read: {column} \"{cell}\".")
}

pub(crate) fn menu_cell_disagrees(column: &str, cell: &str) -> String {
    format!("This row says \"{cell}\" ({column}), the menu's first row says something else.")
}

pub(crate) fn menu_same_item_twice(item: &str) -> String {
    format!("{item} is in this menu already.")
}

pub(crate) fn menu_too_many_items(most: usize) -> String {
    format!("A menu can have {most} items at most.")
}

pub(crate) fn menu_choose_more_than_items(choose: u8, items: u8) -> String {
    format!("{choose} are to be chosen, but the menu has only {items}.")
}
