//! Texts of the way in and out: welcome, letters, invites, adding a phone, and the error page. How to add one: see the
//! module above.

use super::texts;

texts! { enter {
    door_card;
    welcome_lead;
    have_letter;
    have_letter_how;
    code_label;
    code_hint;
    sign_in;
    sign_in_title;
    no_letter;
    no_letter_how;
    staff_how;
    letter_title;
    letter_lead;
    letter_button;
    letter_not_mine;
    invite_lead;
    invite_button;
    in_app_browser;
    add_phone_title;
    add_phone_lead;
    add_phone_installed;
    add_phone_button;
    add_phone_again;
    sign_out;
    sign_out_title;
    sign_out_lead;
    sign_out_staff;
    sign_out_sealed;
    sign_out_stuck;
    sealed_here;
    sealed_urgent;
    signed_out;
    code_empty;
    code_length(found: usize);
    code_character(what: char);
    code_slip;
    code_unknown;
    code_spent;
    code_throttled;
    invite_spent;
    error_title;
    not_found_title;
    not_found;
    not_allowed_title;
    not_allowed;
    sign_in_first;
    foreign_form;
    too_large;
    not_understood;
    busy_title;
    busy;
    broken;
    home;
    plain_http;
    push_title;
    push_lead;
    push_on;
    push_is_on;
    push_off;
    push_blocked;
    push_failed;
    push_text;
} }
