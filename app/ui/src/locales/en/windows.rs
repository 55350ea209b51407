//! English: ordering windows and errands, as the desk makes them.

words! {
    menus_first = "Make menus first";
    ordering = "Ordering";
    delivery = "Delivery";
    local_time = "Local time";
    opens_label = "Orders from";
    closes_label = "Orders until";
    closes_hint = "No new orders after this";
    grace_label = "Late arrivals (minutes)";
    grace_hint = "Orders made in time may arrive so much later";
    delivery_from_label = "Delivery from";
    delivery_to_label = "Delivery until";
    for_compounds = "For which compounds";
    with_menus = "Which menus";
    payment_label = "How it is paid";
    pay_free = "Free";
    pay_on_delivery = "On delivery";
    pay_prepaid = "Paid elsewhere before";
    payment_text_label = "Text of the payment code";
    payment_text_hint = "Only if paid before; shown as a QR code";
    note_label = "A word to residents";
    note_hint = "Shown above the menus";
    note_en_label = "The same in English";
    publish = "Publish to residents";
    save_draft = "Save as a draft";
    price_label = "Price";
    left_label = "Left";
    copy_window = "Use again for a new window";
    all_windows = "All windows";
    errands = "Errands, without orders";
    errands_more = "Parcels, medicine, letters, knocks at the door: no ordering window is needed. Say when, then add the jobs on the pages of the doors; whoever is responsible sees them on the phone.";
    errands_change = "Change the time";
    errands_next = "Find the door to go to, and add the job on its page.";
    withdraw = "Back to a draft";
    withdraw_hint = "Nobody can order yet; as a draft you can change it.";
    change_closing = "Change the closing time";
    reopen = "Open for orders again";
    close_now = "Close now";
    sealed_explained = "The orders are fixed. Whatever the desk changes now appears on the pick list as a dated difference.";
    top_up_label = "Add boxes of";
    boxes_label = "How many";
    top_up = "Add boxes";
}

pub(crate) fn orders_from_to(from: &str, to: &str) -> String {
    format!("orders from {from} to {to}")
}

pub(crate) fn grace_of(minutes: u16) -> String {
    format!("{minutes} min for late arrivals")
}

pub(crate) fn ordered_so_far(households: u32, boxes: u32) -> String {
    format!("Ordered so far: households {households}, boxes {boxes}")
}

pub(crate) fn close_hint(minutes: u16) -> String {
    format!("Orders made without signal are still taken for {minutes} minutes; then the orders are fixed.")
}

pub(crate) fn grace_explained(until: &str) -> String {
    format!("Orders made without signal are still coming in. At {until} the orders are fixed.")
}

pub(crate) fn left_of(left: u32, cap: u32) -> String {
    format!("{left} ({cap} at first)")
}
