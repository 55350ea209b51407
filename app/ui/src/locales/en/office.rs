//! English: the desk's own records: ledger, menus, people, notices, settings.

words! {
    did_import = "The ledger is imported. You can take it back if something is wrong.";
    did_undo = "Taken back. If that was a mistake, undo once more and it returns.";
    did_nothing_to_undo = "There is nothing to take back.";
    did_upload_gone = "That file has been dealt with, or waited for more than an hour. Upload it again if you need it.";
    did_meanwhile = "Somebody else changed this a moment ago, so nothing was saved. Look at it as it is now, then try again.";
    did_menus_imported = "The menus are in. You can choose them when you open an ordering window.";
    did_menu_saved = "The menu is saved.";
    did_menu_versioned = "Saved as the next version. Windows that are open keep the old one, so no order changes.";
    did_draft = "The draft is saved. Residents can't see it yet.";
    did_publish = "Published. Residents can see it now.";
    did_withdraw = "It is a draft again; residents no longer see it.";
    did_extend = "The closing time is changed.";
    did_close = "Ordering is closed. If that was a mistake, open it again below.";
    did_seal = "The orders are fixed and the pick list is final.";
    did_not_yet = "Orders can't be fixed yet: late arrivals are still being taken.";
    did_save_errands = "Saved. Jobs can now be added on the pages of the doors.";
    did_top_up = "The boxes are added.";
    did_add_person = "Added. Next: show the invite. For a steward or volunteer, also say which doors they look after.";
    did_save_person = "Saved.";
    did_assign = "Assigned.";
    did_end_assignment = "That assignment has ended; the record stays.";
    did_leave = "Marked as gone, and signed out everywhere. “Back again” undoes it.";
    did_last_desk = "This is the last person of the desk. Invite another one first.";
    did_come_back = "Welcome back. Assign doors again.";
    did_uninvite = "The invite is taken back: nobody comes in by it any more.";
    did_unkey = "The passkey is taken away: nobody signs in with it any more.";
    did_revoke = "That phone is signed out. What it still sends comes to the desk as unconfirmed.";
    did_notice = "The notice is published.";
    did_end_notice = "The notice is no longer shown.";
    did_notice_again = "The notice is shown again.";
    did_save_household = "The household is saved.";
    did_settings = "The settings are saved.";

    fault_missing = "Please fill this in.";
    fault_not_a_time = "Please choose a date and a time.";
    fault_not_money = "Please give an amount, such as 30 or 30.50.";
    fault_not_after = "This has to be later than the time before it.";
    fault_past = "That time has passed. Please choose a later one.";
    fault_choose_one = "Please choose at least one.";
    fault_no_such_place = "That building has no such unit or floor.";
    fault_not_a_code = "Letters, digits and dashes only, at most 12, such as A1.";
    fault_code_taken = "Another menu has this code, please choose another.";
    fault_fewer_items = "There are fewer items than a household is to pick.";
    fault_not_an_amount = "Please give an amount, such as 1.5.";
    fault_not_a_telephone = "Please give a telephone number, such as 0371-6555 1234.";
    fault_not_a_host = "Please give only the host, such as food.example.org.";
    fault_speaks_of_health = "This speaks of health, and volunteers would read it: write it under “Care remarks”";
    fault_not_hours = "Write hours such as 22:00-07:00";
    fault_which_unit = "Floors need their unit: say which one.";
    fault_which_building = "Choose the building first, or leave this empty: nothing was saved.";

    place_gone = "a place no longer in the ledger";
    area_all = "the whole community";
    where_label = "Where";
    choose_place = "Please choose";
    unit_label = "Unit";
    unit_hint = "Empty: the whole building";
    floor_from_label = "From floor";
    floor_to_label = "To floor";
    without_door = "without a door";

    file_label = "Spreadsheet file";
    file_hint = "Excel (.xlsx) or CSV, up to 10 MB.";
    look_at_file = "Look at the file first";
    nothing_written = "Have a look first. Nothing is written until you confirm.";
    rejected_rows = "Rows that were not taken";
    row_word = "Row";
    reason_word = "Reason";

    no_ledger = "No ledger yet";
    no_ledger_more = "Upload the community's household list, and every building and door appears.";
    import_ledger = "Import the ledger";
    import_again = "Import a corrected ledger";
    compound_label = "Name of the compound";
    compound_hint = "Only if the file does not name it";
    compounds_known = "In the ledger so far:";
    ledger_columns = "Needed: compound, building, unit, room, people. Also read: floor, holder, phone, over 60, language, care remarks, notes. A title above the column names is fine.";
    care_promise = "Care remarks are kept apart and encrypted; volunteers and stewards never see them.";
    compounds_word = "compounds";
    buildings_word = "buildings";
    households_word = "households";
    people_word = "people";
    over_60_word = "over 60";
    care_word = "care remarks";
    doors_word = "doors";
    building_word = "Building";
    by_building = "By building";
    undo_import = "Undo the last change of the ledger";
    undo_free = "None of the doors that would go has an order or a mark. It is safe to take back.";
    in_the_file = "In the file";
    how_it_was_read = "How the file was read";
    columns_read = "Columns read:";
    columns_ignored = "Columns left out:";
    no_rejected = "Every row was understood.";
    rejected_more = "All other rows are taken. Download these, correct them, and import them on their own.";
    download_rejected = "Download these rows (CSV)";
    worth_a_look = "Worth a look";
    against_ledger = "Compared with the ledger";
    new_word = "new";
    changed_word = "changed";
    unchanged_word = "as before";
    gone_word = "not in the file";
    what_changes = "What changes";
    who_is_new = "Who is new";
    nothing_said = "nothing";
    some_moved_out = "Somebody has moved out";
    gone_more = "Without a tick they stay. Ticked ones leave their door; their orders, needs and history are kept.";
    nothing_new = "The same as the ledger. There is nothing to import.";
    no_household_to_take = "No household could be read. See why below, correct the file and upload it again.";
    preview_again = "The ledger changed while you were looking. Below it is compared once more; please look again.";
    import_runs = "Importing. Please keep this page open";
    import_broke = "It was not finished. Import the same file once more: it continues and doubles nothing.";
    to_the_ledger = "To the ledger";

    no_menus = "No menus yet";
    no_menus_more = "Upload a list of menus, or make one here.";
    import_menus = "Import from a file";
    menu_columns = "One row an item: menu code, kind, name, price, item, quantity, unit; also limit, stock, diet.";
    new_menu = "New menu";
    save_menu = "Save the menu";
    kind_set = "Fixed box";
    kind_pick = "Pick your own";
    price_yuan = "Price of a box (yuan)";
    code_hint = "Printed in the booklet, such as A1";
    limit_hint = "Empty: no limit";
    stock_hint = "Empty: never runs out";
    choose_hint = "Only for pick your own";
    own_diets = "Other diet tags";
    own_diets_hint = "With spaces between them";
    items_label = "What is in it";
    items_hint = "Empty a row to take the item out.";
    more_rows = "More rows";
    menu_is_new = "new";
    menu_is_same = "as before";
    menu_is_changed = "changed";
    menu_incomplete = "A row of this menu was not understood, so something is missing";
    no_menu_to_take = "No menu could be read. See why above.";

    errands_no_orders = "Errands, no orders";

    no_people = "Nobody yet";
    no_people_more = "Invite a steward first.";
    invite_somebody = "Invite somebody";
    add_person = "Add and invite";
    name_label = "Name";
    role_label = "Role";
    people_left = "No longer with us";
    not_assigned = "no doors assigned yet";
    not_assigned_more = "No doors yet. A round shows on their phone once you assign some.";
    all_covered = "Every household has somebody who looks after it.";
    uncovered_more = "Open a line for the door numbers. Assign them on a steward's or volunteer's page.";
    invite_title = "Invite";
    invite_explained = "The QR code and the typed code are shown once and can be printed. Whoever holds them can sign in, so hand them over in person.";
    make_invite = "Show the invite";
    make_invite_again = "Make another invite";
    assignments_title = "Looks after";
    assign = "Assign";
    assign_again = "Assign again";
    end_assignment = "End";
    past_assignments = "Earlier";
    handed_title = "Rounds handed on";
    handed_unheard = "the giver's phone was not heard of yet, please check";
    about_person = "About";
    duty_label = "Order of duty";
    duty_hint = "1 comes first; empty: not on duty";
    phones_title = "Phones signed in";
    no_phone_yet = "No phone is signed in yet.";
    some_phone = "A phone";
    take_invite_back = "Take back";
    revoke = "Sign this phone out";
    revoke_hint = "For a lost phone: sign it out, then make another invite.";
    leave = "No longer with us…";
    leave_hint = "They are signed out everywhere at once and can no longer sign in; what they did stays on record. It can be undone by anybody at the desk.";
    leave_now = "Sign them out everywhere";
    come_back = "Back again";
    invite_once = "This page is shown only once. Scan, send or print it now.";
    invite_scan = "Scan with the phone's camera:";
    invite_link = "Or open the link:";

    no_notices = "No notices yet";
    no_notices_more = "Write one below; residents’ first page says at once that there is a new one.";
    write_notice = "Write a notice";
    in_chinese = "In Chinese";
    in_english = "In English";
    one_language_hint = "One language is enough; then everybody sees that one";
    everybody = "Everybody";
    from_label = "Shown from";
    from_hint = "Empty: now";
    until_label = "Shown until";
    until_hint = "Empty: until you end it";
    publish_notice = "Publish the notice";
    shown_now = "shown now";
    shown_no_more = "ended";
    show_again = "Show again";
    end_notice = "End it now";
    seen_title = "Households that have seen it";
    seen_hint = "Counted once the household has pressed the button below the notice.";
    all_seen = "Every household has seen it.";
    print_knock_list = "Print the knock list";

    community_title = "Community";
    name_zh = "Name in Chinese";
    name_en = "Name in English";
    numbers_title = "Telephone numbers";
    hotline_label = "24 h number of the community";
    hotline_hint = "At the foot of every page, also without signal";
    emergency_label = "Emergency number";
    emergency_hint = "Usually 120";
    unread_label = "Minutes until an unread urgent need goes to the next on duty";
    unread_hint = "10 is a good start";
    quiet_label = "Quiet hours";
    quiet_hint = "Such as 22:00-07:00: phones do not ring then, but once in the morning. An urgent need that nobody reads still rings. Leave empty for none";
    hosts_title = "Address on the door cards";
    host_now = "The address now:";
    hosts_label = "Earlier addresses";
    hosts_hint = "One a line. Cards printed for them keep working.";
}

pub(crate) fn fault_meanwhile(theirs: &str) -> String {
    if theirs.is_empty() {
        return "Somebody else has changed this since you opened the page. Save again to keep yours."
            .to_owned();
    }
    format!("Somebody else has written here since you opened the page: {theirs}. Save again to keep yours.")
}

pub(crate) fn fault_too_long(most: u16) -> String {
    format!("At most {most} characters, please shorten it.")
}

pub(crate) fn fault_not_a_number(least: u32, most: u32) -> String {
    format!("Please give a whole number from {least} to {most}.")
}

pub(crate) fn unit(unit: u8) -> String {
    format!("unit {unit}")
}

pub(crate) fn floors(from: i8, to: i8) -> String {
    format!("floors {from}–{to}")
}

pub(crate) fn doorless(count: usize) -> String {
    format!("Without a door at present: {count}")
}

pub(crate) fn undo_explained(now: usize, before: usize) -> String {
    format!(
        "There are {now} households now; afterwards there are {before}, as before. Phone numbers and care remarks keep their newest state."
    )
}

pub(crate) fn undo_busy(doors: usize) -> String {
    format!(
        "Doors that would leave the ledger although something has happened there since: {doors}. Nothing is lost, but they no longer show on the board:"
    )
}

pub(crate) fn households_of(count: u32) -> String {
    format!("{count}")
}

pub(crate) fn duplicates_of(count: usize) -> String {
    format!("Rows that repeat another: {count}")
}

pub(crate) fn kept_by_rejected(count: usize) -> String {
    format!("In rows that were not understood, left as they are: {count}")
}

pub(crate) fn kept_elsewhere(count: usize) -> String {
    format!("In buildings the file does not speak of, left as they are: {count}")
}

pub(crate) fn lives_there(holders: &str) -> String {
    format!("Lives there already, and stays: {holders}")
}

pub(crate) fn doors_shared(count: usize) -> String {
    match count {
        1 => "1 new household comes to a door where somebody else lives. Is it the same household under another name? Then correct the file.".to_owned(),
        _ => format!("{count} new households come to doors where somebody else lives. Are they the same households under other names? Then correct the file."),
    }
}

pub(crate) fn changes_to(name: &str, to: &str) -> String {
    format!("{name}: now {to}")
}

pub(crate) fn changes_from_to(name: &str, from: &str, to: &str) -> String {
    format!("{name}: {from} → {to}")
}

pub(crate) fn file_is_part(count: usize) -> String {
    format!(
        "The file is a part of the ledger: {count} other households of its buildings are not in it. They stay as they are."
    )
}

pub(crate) fn gone_title(count: usize) -> String {
    format!("Not in the file: {count}. Have they moved out?")
}

pub(crate) fn take_ledger(new: usize, changed: usize) -> String {
    format!("Import: {new} new, {changed} changed")
}

pub(crate) fn pick_of(choose: u8, items: usize) -> String {
    format!("pick {choose} of {items}")
}

pub(crate) fn limit_of(limit: u16) -> String {
    format!("at most {limit} a household")
}

pub(crate) fn stock_of(stock: u32) -> String {
    format!("{stock} boxes in all")
}

pub(crate) fn take_menus(count: usize) -> String {
    format!("Import {count} menus")
}

pub(crate) fn duty_place(place: u8) -> String {
    format!("duty {place}")
}

pub(crate) fn uncovered(doors: usize) -> String {
    format!("Doors that nobody looks after: {doors}")
}

pub(crate) fn all_doors(doors: usize) -> String {
    format!("whole unit, {doors}")
}

pub(crate) fn some_doors(doors: usize) -> String {
    format!("{doors}")
}

pub(crate) fn since(time: &str) -> String {
    format!("since {time}")
}

pub(crate) fn invite_for(name: &str, role: &str) -> String {
    format!("Invite for {name}, {role}")
}

pub(crate) fn invite_type(minutes: i64) -> String {
    format!("Or type on the first page (good for {minutes} minutes, once):")
}

pub(crate) fn invite_still_good(until: &str, phones: u32) -> String {
    format!("An invite is good until {until}, for {phones} more")
}

pub(crate) fn invite_good(until: &str, phones: u32) -> String {
    format!("QR code and link are good until {until}, for up to {phones} phones.")
}

pub(crate) fn shown_until(time: &str) -> String {
    format!("until {time}")
}

pub(crate) fn shown_from(time: &str) -> String {
    format!("from {time}")
}

pub(crate) fn not_seen(count: usize) -> String {
    format!("Not seen yet: {count}")
}

pub(crate) fn handed_line(from: &str, to: &str) -> String {
    format!("{to}, from {from}")
}

pub(crate) fn handed_nobody(from: &str) -> String {
    format!("handed over by {from}, taken by nobody yet")
}
