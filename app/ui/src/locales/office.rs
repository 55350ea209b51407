//! Texts of the desk's own records: ledger, menus, people, notices, settings. How to add one: see the
//! module above.

use super::texts;

texts! { office {
    // What was just done.
    did_import;
    did_undo;
    did_nothing_to_undo;
    did_upload_gone;
    did_meanwhile;
    did_menus_imported;
    did_menu_saved;
    did_menu_versioned;
    did_draft;
    did_publish;
    did_withdraw;
    did_extend;
    did_close;
    did_seal;
    did_not_yet;
    did_save_errands;
    did_top_up;
    did_add_person;
    did_save_person;
    did_assign;
    did_end_assignment;
    did_leave;
    did_last_desk;
    did_come_back;
    did_revoke;
    did_unkey;
    did_uninvite;
    did_notice;
    did_end_notice;
    did_notice_again;
    did_save_household;
    did_settings;

    // What is wrong with a field.
    fault_missing;
    fault_too_long(most: u16);
    fault_not_a_number(least: u32, most: u32);
    fault_not_a_time;
    fault_not_money;
    fault_not_after;
    fault_past;
    fault_choose_one;
    fault_no_such_place;
    fault_not_a_code;
    fault_code_taken;
    fault_fewer_items;
    fault_not_an_amount;
    fault_not_a_telephone;
    fault_not_a_host;
    fault_speaks_of_health;
    fault_not_hours;
    fault_which_building;
    fault_meanwhile(theirs: &str);

    // Where.
    place_gone;
    area_all;
    unit(unit: u8);
    floors(from: i8, to: i8);
    where_label;
    choose_place;
    unit_label;
    unit_hint;
    floor_from_label;
    floor_to_label;
    without_door;

    // Files.
    file_label;
    file_hint;
    look_at_file;
    nothing_written;
    rejected_rows;
    row_word;
    reason_word;

    // Ledger.
    no_ledger;
    no_ledger_more;
    import_ledger;
    import_again;
    compound_label;
    compound_hint;
    compounds_known;
    ledger_columns;
    care_promise;
    doorless(count: usize);
    compounds_word;
    buildings_word;
    households_word;
    people_word;
    over_60_word;
    care_word;
    doors_word;
    building_word;
    by_building;
    undo_import;
    undo_explained(now: usize, before: usize);
    undo_free;
    undo_busy(doors: usize);
    in_the_file;
    households_of(count: u32);
    how_it_was_read;
    columns_read;
    columns_ignored;
    no_rejected;
    rejected_more;
    download_rejected;
    worth_a_look;
    duplicates_of(count: usize);
    against_ledger;
    new_word;
    changed_word;
    unchanged_word;
    gone_word;
    what_changes;
    kept_by_rejected(count: usize);
    kept_elsewhere(count: usize);
    gone_title(count: usize);
    gone_more;
    take_ledger(new: usize, changed: usize);
    nothing_new;
    no_household_to_take;
    preview_again;
    import_runs;
    import_broke;
    to_the_ledger;

    // Menus.
    no_menus;
    no_menus_more;
    import_menus;
    menu_columns;
    new_menu;
    save_menu;
    kind_set;
    kind_pick;
    pick_of(choose: u8, items: usize);
    limit_of(limit: u16);
    stock_of(stock: u32);
    price_yuan;
    code_hint;
    limit_hint;
    stock_hint;
    choose_hint;
    own_diets;
    own_diets_hint;
    items_label;
    items_hint;
    more_rows;
    menu_is_new;
    menu_is_same;
    menu_is_changed;
    menu_incomplete;
    no_menu_to_take;
    take_menus(count: usize);

    // Windows.
    errands_no_orders;

    // People.
    no_people;
    no_people_more;
    invite_somebody;
    add_person;
    name_label;
    role_label;
    people_left;
    not_assigned;
    not_assigned_more;
    duty_place(place: u8);
    all_covered;
    uncovered(doors: usize);
    uncovered_more;
    all_doors(doors: usize);
    some_doors(doors: usize);
    invite_title;
    invite_explained;
    make_invite;
    make_invite_again;
    assignments_title;
    assign;
    assign_again;
    end_assignment;
    since(time: &str);
    past_assignments;
    handed_title;
    handed_line(from: &str, to: &str);
    handed_nobody(from: &str);
    handed_unheard;
    about_person;
    duty_label;
    duty_hint;
    phones_title;
    no_phone_yet;
    some_phone;
    revoke;
    revoke_hint;
    leave;
    leave_hint;
    come_back;
    invite_for(name: &str, role: &str);
    invite_once;
    invite_scan;
    invite_link;
    invite_type(minutes: i64);
    invite_good(until: &str, phones: u32);
    invite_still_good(until: &str, phones: u32);
    take_invite_back;

    // Notices.
    no_notices;
    no_notices_more;
    write_notice;
    in_chinese;
    in_english;
    one_language_hint;
    everybody;
    from_label;
    from_hint;
    until_label;
    until_hint;
    publish_notice;
    shown_now;
    shown_until(time: &str);
    shown_from(time: &str);
    shown_no_more;
    show_again;
    end_notice;
    seen_title;
    not_seen(count: usize);
    all_seen;
    print_knock_list;

    // Settings.
    community_title;
    name_zh;
    name_en;
    numbers_title;
    hotline_label;
    hotline_hint;
    emergency_label;
    emergency_hint;
    unread_label;
    unread_hint;
    quiet_label;
    quiet_hint;
    hosts_title;
    host_now;
    hosts_label;
    hosts_hint;
} }
