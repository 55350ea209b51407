//! Texts that several audiences read: the frame of a page, states, what went wrong with the network.
//! How to add one: see the module above.

use super::texts;

texts! { common {
    // The frame.
    app_name;
    app_description;
    skip_to_content;
    menu;
    back;
    call;
    call_community;
    call_emergency;
    large_text;
    usual_text;
    new_version;
    use_it_now;
    later;

    // Buttons that mean the same everywhere.
    save;
    cancel;
    undo;
    close;
    next;
    done;
    edit;
    remove;
    add;
    search;
    print;
    try_again;
    show_more;
    optional;

    // Quantities and progress.
    quantity_of(what: &str);
    one_less(what: &str);
    one_more(what: &str);
    of_total(done: u32, total: u32);
    chosen_of(chosen: u32, choose: u32);
    loading;

    // Something needs attention.
    check_fields(count: u32);
    no_signal;
    saved_on_this_phone;
    saved_here_waiting(count: u32);
    all_sent;
    as_of(time: &str);
    not_sent;
    not_sent_call;
    call_now;
    still_trying;
} }
