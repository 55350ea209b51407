//! English: the community desk's daily pages, such as today, board, needs, a household.

words! {
    today = "Today";
    board = "Board";
    needs = "Needs";
    rounds = "Rounds";
    windows = "Ordering windows";
    menus = "Set menus";
    people = "People";
    ledger = "Household ledger";
    notices = "Notices";
    pick_list = "Pick list";
    prints = "Prints";
    settings = "Settings";
    this_device = "This device";
    sign_out = "Sign out";

    window_closing = "Waiting to be sealed";
    window_sealed = "Sealed";
    window_draft = "Draft, residents don't see it yet";
    no_windows = "No ordering window yet";
    no_windows_more = "Import the set menus, then open a window, and residents can order.";
    open_window = "Open an ordering window";
    unreached_doors = "Doors not reached yet";
    doors_of_nobody = "Doors to reach that nobody is responsible for";
    look_doors = "Doors with a mark to check";
    failed_doors = "Doors tried in vain";
    disputed_doors = "Doors where the household disagrees";
    conflict_doors = "Doors that two people marked differently";
    everyone_reached = "Every door has been reached";
    seal_now = "Seal now";
    see_board = "See the board";
    see_pick_list = "See the pick list";
    unread_facts_more = "The app on these phones is newer than this server. What they sent is kept as it is and is read by itself after the server's update. If it may be urgent, call them.";
    closed_facts_more = "Somebody signed out without signal, and what was not sent was sealed on the phone. It does not open here: care.key may have been replaced, or they signed out too long ago. Once the old care.key is back it opens by itself, for 90 days. Where it may be urgent, call.";
    print_all = "In case everything fails: print tonight's lists";
    about_household = "Household details";
    telephones_hint = "Several with commas between them";
    without_door = "Without a door";
    note_at_door_hint = "What a steward should know before knocking; nothing about health";
    find_household = "Find a household";
    find_hint = "Door, name, telephone, or the code of a paper order; such as 3-2-1101";
    first_steps = "Six steps to begin";
    step_number = "Give the 24 h telephone number";
    step_number_more = "Every page shows this number; it can be called without signal, too.";
    step_ledger = "Import the household ledger";
    step_ledger_more = "Upload the community's list; look at it first, then confirm.";
    step_menus = "Import the set menus";
    step_menus_more = "What residents can order, and what it costs.";
    step_people = "Invite the stewards";
    step_people_more = "Who looks after which building. This may also wait.";
    step_window = "Open an ordering window";
    step_window_more = "Until when to order, and when it is delivered.";
    step_print = "Print letters and door cards";
    step_print_more = "By the letter a household signs in and orders; stewards scan the card.";

    legend = "Legend";
    cell_nothing = "No order";
    cell_ordered = "To bring";
    cell_delivered = "Delivered";
    cell_failed = "Not delivered";
    cell_disputed = "Disputed";
    cell_conflict = "Two people differ";
    look = "Needs a look";
    open_need = "Open need";
    urgent_need = "Urgent need";
    board_empty = "No buildings yet";
    board_empty_more = "Import the ledger, and every building and door is drawn here.";

    needs_none = "No open needs";
    needs_none_more = "What residents report shows here, urgent ones first.";
    unread = "Unread";
    nobody_on_duty = "Nobody else is on duty. Please act now.";
    mark_read = "I have read it";
    take_on = "I take it on";
    answer_label = "Answer the household";
    send_answer = "Send the answer";
    close_need = "Close";
    sort_label = "Triage";
    save_sorting = "Save";
    channel_app = "phone";
    channel_door = "at the door";
    channel_call = "call";
    channel_paper = "paper";
    channel_chat = "chat group";
    show_closed = "Show closed ones";
    show_open = "Show open ones";
    sound_on = "Turn the sound on";
    sound_off = "The browser gives no sound until you touch the page.";
    rings = "An urgent need is unread";

    no_household = "Nobody is registered behind this door";
    order_for = "Order for them";
    late_order_warning = "Orders for this delivery are closed and its pick list is final. This order stands on the list as a change after closing: please call the supplier as well.";
    closed_order_note = "Households can no longer order for this delivery. You still can, until its pick list is final.";
    order_kept = "The order is saved. It stands below.";
    need_for = "Report a need for them";
    channel_label = "How it reached us";
    new_letter = "New enrolment letter";
    new_card = "New door card";
    mark_paid = "Mark as paid";
    mark_unpaid = "Mark as not paid";
    mark_refund = "Mark refund due";
    note_at_door = "Note at the door";
    add_job = "Add a job";
    job_kind = "What to do";
    job_text = "What exactly";
    which_run = "On which delivery";
    key_in_mark = "Key in a mark from paper";
    when_happened = "When it happened";
    outcome_label = "How it went";
}

pub(crate) fn window_open(until: &str) -> String {
    format!("Open until {until}")
}

pub(crate) fn window_grace(until: &str) -> String {
    format!("Closed; late orders may arrive until {until}")
}

pub(crate) fn window_announced(at: &str) -> String {
    format!("Opens {at}")
}

pub(crate) fn ordered_of(ordered: u32, households: u32) -> String {
    format!("{ordered} of {households} households ordered")
}

pub(crate) fn boxes_total(boxes: u32, total: &str) -> String {
    format!("{boxes} {}, {total}", if boxes == 1 { "box" } else { "boxes" })
}

pub(crate) fn urgent_count(count: u32) -> String {
    format!("urgent {count}")
}

pub(crate) fn closed_facts(count: u32) -> String {
    if count == 1 {
        "1 sealed record from a phone does not open".into()
    } else {
        format!("{count} sealed records from phones do not open")
    }
}

pub(crate) fn unread_facts(count: u32) -> String {
    if count == 1 {
        "1 record from a phone cannot be read yet".into()
    } else {
        format!("{count} records from phones cannot be read yet")
    }
}

pub(crate) fn open_count(count: u32) -> String {
    format!("open {count}")
}

pub(crate) fn delivered_of(delivered: u32, total: u32) -> String {
    format!("{delivered} of {total} doors delivered")
}

pub(crate) fn board_of(run: &str) -> String {
    format!("Board: {run}")
}

pub(crate) fn building_counts(delivered: u32, due: u32) -> String {
    format!("{delivered} of {due} delivered")
}

pub(crate) fn fresh_at(time: &str) -> String {
    format!("as of {time}")
}

pub(crate) fn handled_by(name: &str) -> String {
    format!("{name} is on it")
}

pub(crate) fn taken_meanwhile(name: &str) -> String {
    format!(
        "{name} has just taken this on. Nothing was sent. Whoever answers it after all sends it once more."
    )
}

pub(crate) fn answered_meanwhile(name: &str) -> String {
    format!(
        "{name} has just answered this, see below. Yours was not sent; the household would read both. Send it once more if it should."
    )
}

pub(crate) fn late_order_for(delivery: &str) -> String {
    format!("Late order for {delivery}")
}

pub(crate) fn unread_since(minutes: u32) -> String {
    format!("unread for {minutes} min")
}

pub(crate) fn escalated_to(name: &str) -> String {
    format!("Passed to the next on duty: {name}")
}

pub(crate) fn reported_by(who: &str, channel: &str) -> String {
    format!("Reported by {who} ({channel})")
}

pub(crate) fn waits_for(span: &str) -> String {
    format!("waiting {span}")
}

pub(crate) fn people_count(people: u32, over_60: u32) -> String {
    let noun = if people == 1 { "person" } else { "people" };
    if over_60 == 0 { format!("{people} {noun}") } else { format!("{people} {noun}, {over_60} over 60") }
}

pub(crate) fn phones_count(count: u32) -> String {
    if count == 1 { "1 phone signed in".into() } else { format!("{count} phones signed in") }
}

pub(crate) fn found_none(query: &str) -> String {
    format!("Nothing found for “{query}”. Try a door number, such as 1101.")
}

pub(crate) fn form_code_wrong(code: &str) -> String {
    format!(
        "No paper order has the code {code}. Compare it with the top right of the sheet: three numbers with points between."
    )
}
