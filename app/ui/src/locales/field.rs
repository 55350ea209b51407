//! Texts of the steward's and volunteer's pages: rounds, stops, scanning, the outbox. How to add one: see the module above.

use super::texts;

texts! { field {
    // The round.
    round_title;
    round_at(when: &str);
    done_of(done: u32, total: u32);
    no_round;
    no_round_more;
    nothing_to_deliver;
    scan_a_door;
    only_to_do;
    all_stops;
    from_top;
    from_bottom;
    unit(unit: u8);
    all_done_here;

    // The load check.
    load_title;
    still_ordering(at: &str);
    load_missing(boxes: u32);
    load_to_take(boxes: u32);
    load_in_hand(left: u32);
    load_even;
    load_over(boxes: u32);
    load_taken;
    load_adds;
    load_returned;
    load_taken_so_far(taken: u32, delivered: u32, returned: u32);
    load_save;
    load_sure;
    load_needs_number;
    load_more_than_due(boxes: u16, due: u32);
    load_more_than_in_hand(boxes: u16, hand: u32);

    // The stop.
    stop_title;
    people(count: u16);
    speaks(language: &str);
    they_are_away;
    picks_hint;
    hand_over;
    mark_done;
    something_else;
    note_for_outcome;
    note_for_outcome_hint;
    which_boxes;
    whole_box;
    other_needs_words;
    short_needs_what;
    untold;
    unsent_need;
    other_door;
    each_on_its_own;
    save_each;
    partly;
    they_need_something;
    order_for_them;
    need_what;
    need_words;
    need_urgent;
    need_save;
    need_saved;
    called;
    marked_by(who: &str, when: &str);
    waiting_here;
    next_stop(door: &str);
    scan_next;
    scan_this_door;
    back_to_round;
    undone;
    mark_differently;
    two_marks;
    household_says(what: &str);
    to_collect(amount: &str);
    mark_paid;
    nothing_here;
    nothing_here_more;
    by_neighbour;
    by_short;
    by_other;

    // Scanning.
    scan_title;
    scan_lead;
    camera_off;
    camera_denied;
    camera_none;
    camera_busy;
    camera_lost;
    camera_again;
    torch;
    type_code;
    type_code_hint;
    open_door;
    wrong_door(scanned: &str, expected: &str);
    wrong_door_other(expected: &str);
    wrong_door_whose(door: &str, name: &str);
    way_left(doors: u32);
    way_right(doors: u32);
    way_up(floors: u32);
    way_down(floors: u32);
    way_unit(unit: u8, floor: &str);
    way_building(building: &str);
    open_scanned(door: &str);
    not_on_round;
    not_a_card;
    other_site;
    other_page;
    damaged_card;
    code_length(expected: u32, found: u32);
    code_wrong;
    code_character;

    // The outbox.
    outbox_title;
    outbox_empty;
    outbox_empty_more;
    outbox_waiting(count: u32);
    outbox_lead;
    outbox_refused;
    outbox_other_content;
    outbox_other_content_more;
    outbox_sent;
    send_now;
    signed_out;
    sign_in_again;
    somebody_else(who: &str);
    not_saved;
    fact_mark(door: &str, what: &str);
    fact_undo(door: &str);
    fact_load(taken: u16, returned: u16);
    fact_need(door: &str, what: &str);
    fact_paid(door: &str);
    fact_order(door: &str);
    fact_other;

    // Handing the rest of a round to another phone.
    hand_over_title;
    hand_over_lead;
    hand_over_left(doors: u32, boxes: u32);
    hand_over_show;
    hand_over_part;
    hand_over_picture;
    hand_over_before;
    hand_over_after;
    hand_over_nothing;
    hand_over_needs_script;
    handed_to(who: &str);
    handed_to_at(from: &str, to: &str, when: &str);
    handed_open;
    handed_open_at(when: &str);
    took_from(from: &str, when: &str);
    take_part(read: u32, all: u32);
    take_lead(from: &str, place: &str, doors: u32, boxes: u32);
    take_over;
    take_damaged;
    fact_hand_over;
    fact_took_over;

    // A newer version.
    new_version;
    new_version_more;
    reload_now;
} }
