//! English: Texts of the steward's and volunteer's pages: rounds, stops, scanning, the outbox.

use domain::text::text;

words! {
    round_title = "My round";
    no_round = "No round for you right now";
    no_round_more = "The doors you bring to appear here half a day before the delivery, when there is signal. Nothing assigned to you yet? Ask the desk.";
    nothing_to_deliver = "Nothing to bring to your doors in this round.";
    scan_a_door = "Scan a door";
    only_to_do = "Only what is left";
    all_stops = "All doors";
    from_top = "Top floor first";
    from_bottom = "Ground floor first";
    all_done_here = "All done here. Thank you.";

    load_title = "Load at the gate";
    load_even = "The load adds up.";
    load_taken = "Boxes taken";
    load_adds = "Only what is new: numbers are added up. Typed too many? Put the rest under “Brought back”.";
    load_returned = "Boxes brought back";
    load_save = "Save the load";
    load_sure = "It is right: save";
    load_needs_number = "Please fill in how many were taken or brought back, in digits.";

    stop_title = "Stop";
    they_are_away = "They say: not home today";
    picks_hint = "chosen";
    hand_over = "Handed over";
    mark_done = "Done";
    something_else = "Not handed over, or only partly";
    note_for_outcome = "A word about it";
    note_for_outcome_hint = "Which neighbour, what is missing, what happened";
    which_boxes = "What was short or damaged?";
    whole_box = "The whole box";
    other_needs_words = "Please say in a few words what happened.";
    short_needs_what = "Please tick below what is missing or damaged, or write it here in a few words.";
    untold = "What you ticked or wrote is only kept with “given to a neighbour”, “short or damaged” or “something else”. Press one of these, or clear it first.";
    unsent_need = "The need you wrote is not saved yet. Save it first, or clear it; then mark the stop.";
    other_door = "Another door came into the picture; nothing was marked. Look at the number, then press.";
    each_on_its_own = "Each job on its own";
    save_each = "Save each as chosen";
    partly = "Partly done";
    they_need_something = "They need something";
    order_for_them = "Order for them (needs signal)";
    need_what = "What is it about?";
    need_words = "In their words";
    need_urgent = "It cannot wait";
    need_save = "Report it for them";
    called = "I have called, go on";
    need_saved = "Saved on this phone. The desk gets it as soon as there is signal. If it is urgent, call now.";
    waiting_here = "saved on this phone, not sent yet";
    scan_next = "Scan the next door";
    back_to_round = "Back to the round";
    undone = "Taken back. The stop is open again.";
    mark_differently = "Mark it differently";
    two_marks = "Two people marked this differently. Both marks are kept; the desk sees them.";
    mark_paid = "Mark as paid";
    nothing_here = "Nothing to do at this door.";
    nothing_here_more = "If they need something, you can report it here.";
    by_neighbour = "Given to a neighbour";
    by_short = "Short or damaged";
    by_other = "Something else";

    scan_title = "Scan a door";
    scan_this_door = "Scan the card to be sure";
    scan_lead = "Hold the camera to the card on the door.";
    camera_off = "No camera right now. Type the code under the picture on the card.";
    camera_denied = "The browser was not allowed to use the camera. Allow it in the browser's site settings and try again, or type the card's code below.";
    camera_none = "This phone or this browser has no camera for pages. Type the card's code below. If you opened this inside a chat app, use the phone's own browser.";
    camera_busy = "Another app is using the camera. Close it and try again, or type the card's code below.";
    camera_lost = "The camera stopped. Try again, or type the card's code below.";
    camera_again = "Try again";
    torch = "Light";
    type_code = "Code on the card";
    type_code_hint = "8 letters and digits, beside the picture";
    open_door = "Open this door";
    not_on_round = "This door is not on your round. Please check building and unit.";
    not_a_card = "That is not a door card. The card hangs on the door, with its number and a code of 8 signs.";
    other_site = "That code belongs to something else and was not opened.";
    other_page = "That is one of our letters, not a door card.";
    damaged_card = "The card can't be read any more. Type its code, and tell the desk to print a new one.";
    code_wrong = "One character is wrong. Please compare with the card.";
    code_character = "Only letters and digits, please, as on the card.";

    outbox_title = "Saved on this phone";
    outbox_empty = "Nothing waits here";
    outbox_empty_more = "Everything you sent has reached the community desk.";
    outbox_lead = "It goes out by itself when there is signal. You can close this page, and the phone.";
    outbox_refused = "Not accepted";
    outbox_other_content = "Kept aside";
    outbox_other_content_more = "The server already holds something else under this name. Please show this to the desk.";
    outbox_sent = "Received";
    send_now = "Try to send now";
    signed_out = "You are signed out. What you saved is safe and will still be sent.";
    sign_in_again = "Sign in again";
    not_saved = "This could not be saved. Please try again, or write it down.";
    fact_other = "Something you did";

    hand_over_title = "Hand the rest to somebody";
    hand_over_show = "Hand over, show the picture";
    hand_over_lead = "The other phone opens \"Scan a door\" and looks at the pictures here; neither needs signal. What you marked stays yours. Stay until everything is read. To have it back, let them hand it back the same way.";
    hand_over_part = "Picture # of #";
    hand_over_picture = "Picture for the other phone to scan";
    hand_over_before = "Back";
    hand_over_after = "Next";
    hand_over_nothing = "Nothing is left in this building";
    hand_over_needs_script = "This phone cannot draw the picture. Please ask the desk to assign the round to somebody else.";
    handed_open = "handed over";
    take_over = "Take it over";
    take_damaged = "The picture is not complete, or this round is over. Please have it shown once more.";
    fact_hand_over = "The rest handed to somebody";
    fact_took_over = "A round taken over";

    new_version = "There is a newer version.";
    new_version_more = "Nothing you saved is touched. Take it when you have a moment.";
    reload_now = "Take it now";
}

pub(crate) fn round_at(when: &str) -> String {
    text!("Delivery {when}")
}

pub(crate) fn done_of(done: u32, total: u32) -> String {
    text!("{done} of {total} doors done")
}

pub(crate) fn unit(unit: u8) -> String {
    text!("Unit {unit}")
}

pub(crate) fn still_ordering(at: &str) -> String {
    text!("Orders are taken until {at}: the numbers may still change.")
}

pub(crate) fn load_missing(boxes: u32) -> String {
    text!("{boxes} not taken yet")
}

pub(crate) fn load_to_take(boxes: u32) -> String {
    if boxes == 1 { "1 box to take".to_owned() } else { text!("{boxes} boxes to take") }
}

pub(crate) fn load_in_hand(left: u32) -> String {
    if left == 1 { "1 box left in hand".to_owned() } else { text!("{left} boxes left in hand") }
}

pub(crate) fn load_more_than_due(boxes: u16, due: u32) -> String {
    text!("{boxes} taken? Only {due} are to be taken here. Please check the number.")
}

pub(crate) fn load_more_than_in_hand(boxes: u16, hand: u32) -> String {
    text!("{boxes} brought back? Only {hand} are in hand. Please check the number.")
}

pub(crate) fn load_over(boxes: u32) -> String {
    text!("{boxes} more delivered than taken: please enter what you took")
}

pub(crate) fn load_taken_so_far(taken: u32, delivered: u32, returned: u32) -> String {
    text!("taken {taken}, delivered {delivered}, brought back {returned}")
}

pub(crate) fn people(count: u16) -> String {
    if count == 1 { "1 person".to_owned() } else { text!("{count} people") }
}

pub(crate) fn speaks(language: &str) -> String {
    text!("speaks {language}")
}

pub(crate) fn marked_by(who: &str, when: &str) -> String {
    text!("{who}, {when}")
}

pub(crate) fn next_stop(door: &str) -> String {
    text!("Next: {door}")
}

pub(crate) fn household_says(what: &str) -> String {
    text!("The household says: {what}")
}

pub(crate) fn to_collect(amount: &str) -> String {
    text!("To collect: {amount}")
}

pub(crate) fn wrong_door(scanned: &str, expected: &str) -> String {
    text!("You scanned {scanned}. Your stop is {expected}.")
}

pub(crate) fn wrong_door_other(expected: &str) -> String {
    text!("That is another door, not on your round. Your stop is {expected}.")
}

pub(crate) fn wrong_door_whose(door: &str, name: &str) -> String {
    text!("{door} is {name}'s, on your round too.")
}

pub(crate) fn way_left(doors: u32) -> String {
    text!("It is {} to the left.", plural(doors, "door", "doors"))
}

pub(crate) fn way_right(doors: u32) -> String {
    text!("It is {} to the right.", plural(doors, "door", "doors"))
}

pub(crate) fn way_up(floors: u32) -> String {
    text!("It is {} up.", plural(floors, "floor", "floors"))
}

pub(crate) fn way_down(floors: u32) -> String {
    text!("It is {} down.", plural(floors, "floor", "floors"))
}

pub(crate) fn way_unit(unit: u8, floor: &str) -> String {
    text!("It is in unit {unit} of this building. {floor}.")
}

pub(crate) fn way_building(building: &str) -> String {
    text!("It is not in this building but in {building}.")
}

pub(crate) fn open_scanned(door: &str) -> String {
    text!("Open {door} instead")
}

pub(crate) fn code_length(expected: u32, found: u32) -> String {
    text!("The code has {expected} characters; you typed {found}.")
}

pub(crate) fn outbox_waiting(count: u32) -> String {
    if count == 1 { "1 waits for signal".to_owned() } else { text!("{count} wait for signal") }
}

pub(crate) fn somebody_else(who: &str) -> String {
    text!("made by {who}")
}

pub(crate) fn fact_mark(door: &str, what: &str) -> String {
    text!("{door}: {what}")
}

pub(crate) fn fact_undo(door: &str) -> String {
    text!("{door}: mark taken back")
}

pub(crate) fn fact_load(taken: u16, returned: u16) -> String {
    match (taken, returned) {
        (taken, 0) => text!("Load: {taken} taken"),
        (0, returned) => text!("Load: {returned} brought back"),
        (taken, returned) => text!("Load: {taken} taken, {returned} brought back"),
    }
}

pub(crate) fn fact_need(door: &str, what: &str) -> String {
    text!("{door}: needs something ({what})")
}

pub(crate) fn fact_paid(door: &str) -> String {
    text!("{door}: payment")
}

pub(crate) fn fact_order(door: &str) -> String {
    text!("{door}: order")
}

pub(crate) fn hand_over_left(doors: u32, boxes: u32) -> String {
    text!("{}, {} left.", plural(doors, "door", "doors"), plural(boxes, "box", "boxes"))
}

pub(crate) fn handed_to(who: &str) -> String {
    text!("with {who}")
}

pub(crate) fn handed_to_at(from: &str, to: &str, when: &str) -> String {
    text!("{from} handed the rest to {to} ({when}).")
}

pub(crate) fn handed_open_at(when: &str) -> String {
    text!("You handed the rest over ({when}). The other phone was not heard of yet.")
}

pub(crate) fn took_from(from: &str, when: &str) -> String {
    text!("Taken over from {from} ({when}).")
}

pub(crate) fn take_part(read: u32, all: u32) -> String {
    text!("{read} of {all} pictures read, keep looking")
}

pub(crate) fn take_lead(from: &str, place: &str, doors: u32, boxes: u32) -> String {
    let (doors, boxes) = (plural(doors, "door", "doors"), plural(boxes, "box", "boxes"));
    text!("{from} hands you the rest of {place}: {doors}, {boxes}.")
}

fn plural(count: u32, one: &str, many: &str) -> String {
    text!("{count} {}", if count == 1 { one } else { many })
}
