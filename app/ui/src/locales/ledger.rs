//! What an import says of a file, its rows and its columns: households and set menus. The desk reads it.
//! How to add one: see the module above.

use super::texts;

texts! { ledger {
    // Why a file could not be read, and what to do.
    file_empty;
    file_too_large(megabytes: u32);
    file_unpacks_too_large(megabytes: u32);
    file_too_many_rows(most: u32);
    file_too_many_columns(most: u32);
    file_too_many_sheets(most: u32);
    file_cell_too_long(row: u32, column: u32, most: u32);
    file_quote_not_closed(row: u32);
    file_old_excel;
    file_macros;
    file_binary_workbook;
    file_open_document;
    file_numbers;
    file_password;
    file_pdf;
    file_picture;
    file_text_document;
    file_archive;
    file_web_page;
    file_not_a_sheet;
    file_unknown_encoding;
    file_damaged;

    // Why no sheet of a file was read as a ledger, and what to do.
    sheet_empty;
    no_header;
    no_header_but(found: &str);
    no_building_column;
    which_compound;
    one_row_per_person;
    no_menu_header;

    // Where.
    in_row(row: u32);
    in_row_of_sheet(sheet: &str, row: u32);
    rows_done(done: u32, of: u32);

    // Why a row was not taken.
    compound_missing;
    building_missing;
    building_not_understood(cell: &str);
    unit_not_understood(cell: &str);
    floor_not_understood(cell: &str);
    room_missing;
    room_not_understood(cell: &str);
    address_not_understood(cell: &str);
    places_disagree(cell: &str);
    turned_into_a_date(cell: &str);
    people_missing;
    people_not_a_number(cell: &str);
    people_negative(cell: &str);
    nobody_lives_there;
    too_many_people(cell: &str);
    over_60_not_a_number(cell: &str);
    over_60_negative(cell: &str);
    more_over_60(over_60: u16, people: u16);

    // Rows that are no households, repeat others, or deserve a look.
    repeated_header;
    totals_line;
    duplicate_of(row: &str);
    duplicate_but_different(row: &str);
    phone_lost_digits;
    phone_not_understood;
    diet_not_understood;
    note_mentions_health;
    over_60_taken_as_one;

    // Columns.
    column_compound;
    column_building;
    column_unit;
    column_floor;
    column_room;
    column_address;
    column_holder;
    column_phone;
    column_people;
    column_over_60;
    column_language;
    column_care;
    column_note;
    column_door;

    // Set menus.
    menu_code;
    menu_kind;
    menu_name_zh;
    menu_name_en;
    menu_price;
    menu_choose;
    menu_limit;
    menu_stock;
    menu_diet;
    menu_item_zh;
    menu_item_en;
    menu_quantity;
    menu_unit;
    menu_cell_missing(column: &str);
    menu_cell_not_understood(column: &str, cell: &str);
    menu_cell_disagrees(column: &str, cell: &str);
    menu_same_item_twice(item: &str);
    menu_too_many_items(most: usize);
    menu_choose_more_than_items(choose: u8, items: u8);
} }
