//! Texts on paper: letters, door cards, the booklet, round sheets, labels; and the supplier's pick list. How to add
//! one: see the module above.

use super::texts;

texts! { print {
    // The overview, and what every print page has.
    print_now;
    print_hint;
    open;
    open_what(what: &str);
    which_building;
    every_building;
    which_run;
    no_run;
    no_run_more;
    nothing_to_print;
    for_doors;
    for_deliveries;
    page_of(title: &str, what: &str);

    letters;
    letters_what;
    cards;
    cards_what;
    booklet;
    booklet_what;
    rounds;
    rounds_what;
    labels;
    labels_what;
    gate;
    gate_what;
    map;
    map_what;
    fallback;
    fallback_what;

    // Refused: nobody could open what is printed.
    not_printable;
    not_printable_why(address: &str);
    not_printable_do;
    see_cards_anyway;

    // Enrolment letters: the question before.
    letters_lead(households: u32, where_: &str);
    letter_lead(where_: &str);
    letters_kill;
    letters_without_phone;
    letters_all;
    letter_make;
    letters_once;
    letters_nobody;
    letters_newer(count: u32);

    // Enrolment letters: on paper.
    letter_title;
    letter_scan;
    letter_press;
    letter_type(host: &str);
    letter_valid;
    letter_keep;
    letter_from(community: &str);
    day_and_night;

    // Door cards.
    cards_missing(missing: u32, doors: u32);
    cards_make(missing: u32);
    card_kill;
    card_again;
    card_line;
    card_none;

    // The booklet.
    booklet_title;
    booklet_delivered(span: &str);
    booklet_return(at: &str);
    booklet_or_call;
    field_building;
    field_door;
    field_name;
    boxes_count(count: u16);
    tick_items(choose: u8, of: u32);
    keeps(diets: &str);
    if_missing;
    other_needs;
    other_needs_how;
    urgent_call;
    signature;
    form_code;
    booklet_for_building(forms: u32);
    only_without_phone;
    for_everyone;
    everyone_has_phone;

    // Round sheets.
    round_title(building: &str);
    round_counts(stops: u32, boxes: u32);
    in_charge(names: &str);
    nobody_in_charge;
    taken_out;
    brought_back;
    floor;
    door;
    gets;
    notes;
    tick_handed;
    tick_left;
    tick_neighbour;
    tick_nobody;
    tick_other;
    time_and_why;
    away;
    round_foot;
    from_the_top;
    from_the_ground;
    unit_row(unit: u8);

    // Labels and the gate.
    basket_of(number: u32, of: u32);
    gate_title;
    gate_lead;
    gate_taken_by;
    gate_time;
    gate_building;
    gate_sum;
    map_due;
    map_done;
    map_nothing;
    map_foot(at: &str);

    // The worst case.
    fallback_title(span: &str);
    fallback_steps;
    fallback_one;
    fallback_two;
    fallback_three;
    fallback_keep;
    list_title(building: &str);
    list_counts(households: u32, people: u32);
    people;
    over_60;
    speaks;
    phone;
    no_door;

    // The pick list.
    pick_list;
    pick_lists_lead;
    provisional(version: u32, at: &str);
    sealed_at(at: &str);
    changed_since(changes: u32);
    collect(amount: &str);
    to_collect(amount: &str);
    provisional_more(at: &str);
    draft_list;
    totals;
    by_menu;
    by_item;
    by_building;
    menu;
    item;
    amount;
    boxes;
    households;
    sum;
    price;
    substitutions;
    substitutions_lead;
    baskets;
    basket;
    may_swap;
    picked;
    differences;
    differences_lead;
    differences_none;
    short;
    short_lead;
    short_what;
    short_unnamed;
    changed_at;
    is_now;
    cancelled;
    as_xlsx;
    no_orders;
    no_lists;
    no_lists_more;
    delivered(span: &str);
    run_line(households: u32, boxes: u32);
} }
