//! Texts of ordering windows and errands, as the desk makes them. How to add one: see the module above.

use super::texts;

texts! { windows {
    menus_first;
    ordering;
    delivery;
    local_time;
    opens_label;
    closes_label;
    closes_hint;
    grace_label;
    grace_hint;
    delivery_from_label;
    delivery_to_label;
    for_compounds;
    with_menus;
    payment_label;
    pay_free;
    pay_on_delivery;
    pay_prepaid;
    payment_text_label;
    payment_text_hint;
    note_label;
    note_hint;
    note_en_label;
    publish;
    save_draft;
    orders_from_to(from: &str, to: &str);
    grace_of(minutes: u16);
    ordered_so_far(households: u32, boxes: u32);
    price_label;
    left_label;
    left_of(left: u32, cap: u32);
    copy_window;
    all_windows;
    errands;
    errands_more;
    errands_change;
    errands_next;
    withdraw;
    withdraw_hint;
    change_closing;
    reopen;
    close_now;
    close_hint(minutes: u16);
    grace_explained(until: &str);
    sealed_explained;
    top_up_label;
    boxes_label;
    top_up;
} }
