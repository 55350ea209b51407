//! Texts of the resident's pages: home, order, need, household. How to add one: see the module above.

use super::texts;

texts! { resident {
    // Home.
    delivery(span: &str);
    visit(span: &str);
    order_until(at: &str, left: &str);
    opens_at(at: &str);
    no_window;
    no_window_more;
    order_food;
    change_order;
    your_order(basket: &str);
    i_need_something;
    my_household;
    nothing_open;
    open_needs(count: u32);
    notices;
    new_count(count: u32);
    this_phone;
    no_notices;
    no_notices_more;
    seen_it;

    // Order.
    order_title;
    for_delivery(span: &str);
    each_household(limit: u16);
    left_boxes(left: u32);
    sold_out;
    choose_items(choose: u8);
    of_chosen(choose: u8);
    too_many(more: &str);
    not_diet(diets: &str);
    if_missing;
    review;
    review_basket(boxes: u32, total: &str);
    nothing_to_order;
    nothing_to_order_more;
    already_ordered(basket: &str);

    // Review.
    review_title;
    total;
    payment;
    when_missing;
    delivery_time;
    place_order;
    change_it;
    confirm_change(before: &str, after: &str);
    go_back;
    cancel_order;
    restore_order;
    nothing_changed;
    order_cancelled;
    scan_to_pay;

    // My household.
    deliveries;
    done_ordering;
    ordered;
    ordered_again;
    changed;
    cancelled;
    refused;
    undone;
    keyed_later(clock: &str);
    we_are_away;
    away_now;
    we_are_back;
    is_this_right;
    do_they_say_wrong;
    they_are_away;
    they_are_back;
    undo_delivery(who: &str);
    step_sorted;
    waiting_to_send;
    order_waiting;
    no_orders;
    no_orders_more;
    needs_title;
    no_needs;
    no_needs_more;
    answer(text: &str);
    is_solved;
    failed_next;
    planned;
    take_need_back;
    not_solved;
    what_is_missing;

    // A need.
    need_title;
    what_about;
    say_it;
    say_it_hint;
    urgent;
    send_need;
    need_failed_text;
    too_long;
    choose_category;
    life_first(number: &str);
} }
