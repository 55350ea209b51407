//! Texts of the community desk's daily pages: today, board, needs, a household. How to add one: see the module above.

use super::texts;

texts! { desk {
    // Between the pages.
    today;
    board;
    needs;
    rounds;
    windows;
    menus;
    people;
    ledger;
    notices;
    pick_list;
    prints;
    settings;
    this_device;
    sign_out;

    // Today.
    window_open(until: &str);
    window_grace(until: &str);
    window_closing;
    window_sealed;
    window_announced(at: &str);
    window_draft;
    ordered_of(ordered: u32, households: u32);
    boxes_total(boxes: u32, total: &str);
    no_windows;
    no_windows_more;
    open_window;
    urgent_count(count: u32);
    unread_facts(count: u32);
    closed_facts(count: u32);
    open_count(count: u32);
    unreached_doors;
    doors_of_nobody;
    look_doors;
    failed_doors;
    disputed_doors;
    conflict_doors;
    everyone_reached;
    delivered_of(delivered: u32, total: u32);
    seal_now;
    see_board;
    see_pick_list;
    unread_facts_more;
    closed_facts_more;
    print_all;
    about_household;
    telephones_hint;
    without_door;
    note_at_door_hint;
    find_household;
    find_hint;
    form_code_wrong(code: &str);
    first_steps;
    step_number;
    step_number_more;
    step_ledger;
    step_ledger_more;
    step_menus;
    step_menus_more;
    step_people;
    step_people_more;
    step_window;
    step_window_more;
    step_print;
    step_print_more;

    // Board.
    board_of(run: &str);
    legend;
    cell_nothing;
    cell_ordered;
    cell_delivered;
    cell_failed;
    cell_disputed;
    cell_conflict;
    look;
    open_need;
    urgent_need;
    building_counts(delivered: u32, due: u32);
    board_empty;
    board_empty_more;
    fresh_at(time: &str);

    // Needs.
    needs_none;
    needs_none_more;
    unread;
    unread_since(minutes: u32);
    escalated_to(name: &str);
    nobody_on_duty;
    mark_read;
    take_on;
    handled_by(name: &str);
    taken_meanwhile(name: &str);
    answered_meanwhile(name: &str);
    late_order_for(delivery: &str);
    late_order_warning;
    closed_order_note;
    order_kept;
    answer_label;
    send_answer;
    close_need;
    sort_label;
    save_sorting;
    reported_by(who: &str, channel: &str);
    channel_app;
    channel_door;
    channel_call;
    channel_paper;
    channel_chat;
    waits_for(span: &str);
    show_closed;
    show_open;
    sound_on;
    sound_off;
    rings;

    // A door and its households.
    people_count(people: u32, over_60: u32);
    no_household;
    order_for;
    need_for;
    channel_label;
    phones_count(count: u32);
    new_letter;
    new_card;
    mark_paid;
    mark_unpaid;
    mark_refund;
    note_at_door;
    found_none(query: &str);
    add_job;
    job_kind;
    job_text;
    which_run;
    key_in_mark;
    when_happened;
    outcome_label;
} }
