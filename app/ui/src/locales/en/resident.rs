//! English: the resident's pages, such as home, order, need, household.

use domain::text::text;

words! {
    no_window = "No ordering open right now";
    no_window_more = "It shows here as soon as it opens. If food is urgent, tap “I need something”.";
    order_food = "Order food";
    change_order = "Change the order";
    i_need_something = "I need something";
    my_household = "My household";
    nothing_open = "Nothing open";
    notices = "Notices";
    this_phone = "This phone";
    no_notices = "No notices right now";
    no_notices_more = "What the community says shows here.";
    seen_it = "Seen";

    order_title = "Order food";
    sold_out = "Sold out";
    if_missing = "If something is missing";
    review = "Review";
    nothing_to_order = "Nothing to order right now";
    nothing_to_order_more = "Ordering has not opened yet, or is over.";

    review_title = "Review your order";
    total = "Total";
    payment = "Payment";
    when_missing = "If missing";
    delivery_time = "Delivery";
    place_order = "Place the order";
    change_it = "Change it";
    go_back = "Back to the boxes";
    cancel_order = "Cancel the order";
    restore_order = "Restore the order";
    nothing_changed = "Nothing changed: your order stays as it is.";
    order_cancelled = "The order is cancelled";
    scan_to_pay = "Scan this with your payment app";

    deliveries = "Deliveries";
    done_ordering = "Done: back to home";
    ordered = "Ordered";
    ordered_again = "Ordered again";
    changed = "Changed";
    cancelled = "Cancelled";
    refused = "Not taken";
    undone = "The entry before was taken back";
    we_are_away = "We are away";
    away_now = "Whoever delivers sees that nobody is home.";
    we_are_back = "We are home again";
    is_this_right = "Something wrong with it?";
    they_are_away = "Note that they are away";
    they_are_back = "Note that they are back";
    do_they_say_wrong = "Does the household say that something is wrong?";
    waiting_to_send = "saved here, waiting for signal";
    order_waiting = "Not ordered yet: saved on this phone, sent when there is signal";
    no_orders = "No orders yet";
    no_orders_more = "Each step of an order shows here.";
    step_sorted = "The desk passed it to the right people";
    needs_title = "What we need";
    no_needs = "Nothing reported";
    no_needs_more = "Medicine, food, a repair: tell the community with the button below.";
    is_solved = "It is solved";
    failed_next = "It was not delivered. Call the community to agree on another time.";
    planned = "planned";
    take_need_back = "No longer needed: take it back";
    not_solved = "Not solved yet";
    what_is_missing = "What is still missing?";

    need_title = "I need something";
    what_about = "What is it about?";
    say_it = "Say what is needed";
    say_it_hint = "What, and by when. Name and door are known already.";
    urgent = "It cannot wait until tomorrow";
    send_need = "Send to the community";
    need_failed_text = "Please say in a few words what is needed.";
    too_long = "That is too long. Please send it in two parts.";
    choose_category = "Please choose one first.";
}

pub(crate) fn delivery(span: &str) -> String {
    text!("Delivery {span}")
}

pub(crate) fn visit(span: &str) -> String {
    text!("Visit {span}")
}

pub(crate) fn order_until(at: &str, left: &str) -> String {
    text!("Order until {at} ({left} left)")
}

pub(crate) fn opens_at(at: &str) -> String {
    text!("Ordering opens {at}")
}

pub(crate) fn your_order(basket: &str) -> String {
    text!("Ordered: {basket}")
}

pub(crate) fn open_needs(count: u32) -> String {
    if count == 1 { "1 open need".to_owned() } else { text!("{count} open needs") }
}

pub(crate) fn new_count(count: u32) -> String {
    text!("{count} new")
}

pub(crate) fn for_delivery(span: &str) -> String {
    text!("To your door {span}")
}

pub(crate) fn each_household(limit: u16) -> String {
    text!("at most {limit} a household")
}

pub(crate) fn left_boxes(left: u32) -> String {
    text!("{left} left")
}

pub(crate) fn choose_items(choose: u8) -> String {
    text!("Choose {choose}")
}

pub(crate) fn of_chosen(choose: u8) -> String {
    text!("of {choose} chosen")
}

pub(crate) fn undo_delivery(who: &str) -> String {
    text!("{who} took the mark before back")
}

pub(crate) fn not_diet(diets: &str) -> String {
    text!("Careful: not marked {diets}")
}

pub(crate) fn review_basket(boxes: u32, total: &str) -> String {
    let noun = if boxes == 1 { "box" } else { "boxes" };
    text!("Review: {boxes} {noun}, {total}")
}

pub(crate) fn already_ordered(basket: &str) -> String {
    text!("Your household ordered {basket}. You can change it here.")
}

pub(crate) fn confirm_change(before: &str, after: &str) -> String {
    text!("You already ordered {before}. Change to {after}?")
}

pub(crate) fn answer(text: &str) -> String {
    text!("The desk says: {text}")
}

pub(crate) fn life_first(number: &str) -> String {
    text!("If a life is in danger, call {number} now")
}

pub(crate) fn keyed_later(clock: &str) -> String {
    text!("keyed in later by the desk, at {clock}")
}

pub(crate) fn too_many(more: &str) -> String {
    text!("{more} too many: take off as many")
}
