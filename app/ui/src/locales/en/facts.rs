//! English: the names of jobs, outcomes, needs, payments, flags and refusals.

use domain::text::text;

words! {
    job_deliver_order = "Deliver the order";
    job_parcel = "Bring a parcel up";
    job_errand = "Errand";
    job_medicine = "Bring medicine";
    job_letter = "Bring a letter";
    job_rubbish = "Take rubbish down";
    job_knock = "Knock and ask";
    job_sample = "Take a sample";
    job_notice = "Bring a notice";
    job_other = "Something else";

    handed_over = "Handed over";
    done_job = "Done";
    left_at_door = "Left at the door";
    nobody_home = "Nobody home";
    no_access = "No way in";
    refused_at_door = "They don't want it";
    wrong_address = "Wrong address";

    job_open = "To do";
    job_done = "Delivered";
    job_failed = "Not delivered";
    job_conflict = "Two different marks";
    job_disputed = "Household disagrees";

    medical = "Doctor";
    medicine = "Medicine";
    food = "Food";
    repair = "Repair";
    health_code = "Health code";
    traffic = "Travel";
    policy = "Rules";
    education = "School";
    counselling = "Someone to talk to";
    suggestion = "Suggestion";
    complaint = "Complaint";
    praise = "Thanks";

    need_reported = "Received";
    need_read = "Read";
    need_taken = "Being handled";
    need_answered = "Answered";
    need_closed = "Closed";
    need_reopened = "Not solved yet";
    need_sorted = "Sorted";
    urgent_word = "Urgent";
    told_at_door = "Told at the door";
    told_by_call = "Told by telephone";
    told_on_paper = "Told on paper";
    told_in_chat = "Told in a chat group";

    paid = "Paid";
    unpaid = "Not paid";
    refund_due = "Refund due";
    pay_nothing = "Free";
    pay_elsewhere = "Please pay first with the code";
    pay_on_delivery = "Pay on delivery";

    substitute_yes = "Something alike is fine";
    substitute_no = "Leave it out";
    substitute_ask = "Ask me first";

    says_wrong = "Something is wrong";
    says_never_arrived = "It never arrived";
    says_not_done = "It was not done";

    flag_no_longer_assigned = "No longer assigned here at that time";
    flag_clock_wrong = "The phone's clock was wrong; this is the time of receipt";
    flag_run_over = "The round was over already";
    flag_unknown_job = "This door had no such job";
    flag_after_seal = "Changed by the desk after closing";
    flag_late_dispute = "More than 24 hours after delivery";
    flag_unconfirmed = "From a phone reported lost, to be confirmed";
    flag_hand_over_unheard = "On a round taken over from somebody whose phone was not heard of yet";

    refuse_not_allowed = "This is not yours to do. Please call the community desk.";
    refuse_no_such_run = "This delivery is not for your compound, or was called off.";
    refuse_not_open_yet = "Ordering has not opened yet. Please come back later.";
    refuse_closed = "Ordering is closed: nothing was changed. If you need it, call the community desk.";
    refuse_changed_meanwhile = "Another phone of your household just changed the order. Look at it, then decide.";
    refuse_unknown = "That household or job can't be found. Refresh and try again.";
    refuse_malformed = "That was empty or too long. Change it and send it again.";
    refuse_unknown_version = "This app is newer than the server, which cannot read this yet. It is kept and read later. If it is urgent, please call.";
    refuse_already_closed = "That is done already.";
    refuse_no_boxes = "Please choose at least one box.";

    your_household = "your household";
    household_itself = "the household";
    steward = "Steward";
    volunteer = "Volunteer";
    desk = "Community desk";
    supplier = "Supplier";
    resident = "Resident";
    the_program = "The system";

    diet_halal = "halal";
    diet_vegetarian = "vegetarian";
    diet_low_sugar = "low sugar";
}

pub(crate) fn given_to_neighbour(who: &str) -> String {
    if who.is_empty() { "Given to a neighbour".to_owned() } else { text!("Given to a neighbour ({who})") }
}

pub(crate) fn short_or_damaged(what: &str) -> String {
    if what.is_empty() { "Short or damaged".to_owned() } else { text!("Short or damaged: {what}") }
}

pub(crate) fn not_done_because(why: &str) -> String {
    text!("Not done: {why}")
}

pub(crate) fn sent_later(clock: &str) -> String {
    text!("marked without signal, sent {clock}")
}

pub(crate) fn refuse_not_offered(menu: &str) -> String {
    text!("{menu} is not offered this time. Please choose again.")
}

pub(crate) fn refuse_menu_changed(menu: &str) -> String {
    text!("{menu} has just changed in content or price. Look at it, then order.")
}

pub(crate) fn refuse_over_limit(menu: &str, limit: u16) -> String {
    text!("{menu}: at most {limit} for each household.")
}

pub(crate) fn refuse_wrong_picks(menu: &str, choose: u8) -> String {
    text!("{menu}: please choose {choose} items.")
}

pub(crate) fn refuse_sold_out(menu: &str) -> String {
    text!("{menu} is sold out. Please choose another box.")
}

pub(crate) fn refuse_only_left(menu: &str, left: u32) -> String {
    text!("{menu}: only {left} left. Please take fewer.")
}

pub(crate) fn amount(quantity: &str, unit: domain::Unit) -> String {
    let name = unit.names().0;
    let word_unit = name.len() > 2;
    match (word_unit, quantity) {
        (false, _) => text!("{quantity} {name}"),
        (true, "1") => text!("1 {name}"),
        (true, _) if name == "box" => text!("{quantity} boxes"),
        (true, _) => text!("{quantity} {name}s"),
    }
}

pub(crate) fn building(label: &str) -> String {
    text!("Building {label}")
}

pub(crate) fn building_unit(label: &str, unit: u8) -> String {
    text!("Building {label}, unit {unit}")
}

pub(crate) fn floor(floor: i8) -> String {
    if floor < 0 { text!("Basement {}", -i16::from(floor)) } else { text!("Floor {floor}") }
}
