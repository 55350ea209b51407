//! English: texts that several audiences read, such as the frame of a page, buttons, states, the network.

use domain::text::text;

words! {
    app_name = "Last Metre";
    app_description = "Food, medicine and help, to each door.";
    skip_to_content = "Skip to content";
    menu = "Menu";
    back = "Back";
    call = "Call";
    call_community = "Community, 24 hours";
    call_emergency = "Ambulance";
    call_now = "Call now";
    large_text = "Large text";
    usual_text = "Usual text";
    new_version = "A new version is ready. What is saved on this phone stays.";
    use_it_now = "Use it now";
    later = "Later";
    save = "Save";
    cancel = "Cancel";
    undo = "Undo";
    close = "Close";
    next = "Next";
    done = "Done";
    edit = "Change";
    remove = "Remove";
    add = "Add";
    search = "Find";
    print = "Print";
    try_again = "Try again";
    show_more = "Show more";
    optional = "optional";
    loading = "Opening";
    no_signal = "No signal right now. Carry on: nothing gets lost.";
    saved_on_this_phone = "Saved on this phone. It will be sent when there is signal.";
    all_sent = "Everything is sent";
    not_sent = "NOT SENT";
    not_sent_call = "The community desk does not have this yet. Please call now.";
    still_trying = "This phone keeps trying. The page goes away once the desk has it.";
}

pub(crate) fn quantity_of(what: &str) -> String {
    text!("How many: {what}")
}

pub(crate) fn one_less(what: &str) -> String {
    text!("One less: {what}")
}

pub(crate) fn one_more(what: &str) -> String {
    text!("One more: {what}")
}

pub(crate) fn of_total(done: u32, total: u32) -> String {
    text!("{done} of {total}")
}

pub(crate) fn chosen_of(chosen: u32, choose: u32) -> String {
    text!("{chosen} of {choose} chosen")
}

pub(crate) fn check_fields(count: u32) -> String {
    if count == 1 {
        "One answer needs a change, marked below. What you typed is still here.".to_owned()
    } else {
        text!("{count} answers need a change, marked below. What you typed is still here.")
    }
}

pub(crate) fn saved_here_waiting(count: u32) -> String {
    text!("saved here: {count} waiting")
}

pub(crate) fn as_of(time: &str) -> String {
    text!("as of {time}")
}
