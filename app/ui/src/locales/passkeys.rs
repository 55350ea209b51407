//! Texts about passkeys, by which staff sign in again. How to add one: see the module above.

use super::texts;

texts! { passkeys {
    title;
    lead;
    none_yet;
    none_yet_more;
    some_device;
    made(when: &str);
    last_used(when: &str);
    never_used;
    remove;
    remove_hint;
    add;
    add_how;
    add_button;
    add_none;
    enter;
    enter_button;
    enter_none;
    no_address;
    cancelled;
    there;
    refused;
    late;
    failed;
    desk_hint;
    link;
    this_device;
}}
