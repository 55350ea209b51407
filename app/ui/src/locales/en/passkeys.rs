//! English: texts about passkeys.

words! {
    title = "Passkeys";
    lead = "With a passkey you sign in again by your phone's own lock, a finger, a face or a PIN. No invitation, no password.";
    none_yet = "No passkey yet";
    none_yet_more = "Without one you need a new invitation from the desk when you are signed out.";
    some_device = "A device";
    never_used = "not used yet";
    remove = "Take away";
    remove_hint = "Once it is taken away nobody signs in with it. Phones that are signed in stay so until the desk ends them.";
    add = "Add a passkey";
    add_how = "Do this on a device that is yours alone.";
    add_button = "Add a passkey on this device";
    add_none = "This browser makes no passkeys. Open this page in Chrome, Edge, Safari or Firefox of the last two years, with JavaScript on; until then an invitation from the desk lets you in.";
    enter = "Desk, stewards, suppliers: with a passkey";
    enter_button = "Sign in with a passkey";
    enter_none = "This browser has no passkeys. Open the invitation that the community sent you, or ask the desk for a new one.";
    no_address = "Passkeys work only under a name with https. This address has none: ask whoever runs the server, and use an invitation until then.";
    cancelled = "Nothing was done: it was cancelled, or there is no passkey for this place on this device. Try again, or open an invitation from the desk.";
    there = "This device has a passkey for you already.";
    refused = "This passkey is not taken here. Perhaps it was taken away: ask the desk for a new invitation.";
    late = "The page lay open too long, and was loaded anew. Press the button again.";
    failed = "That did not work: no connection, or the server is busy. Try again in a moment.";
    desk_hint = "A lost device: take its passkey away, and revoke its phone below.";
    link = "Passkeys";
    this_device = "This phone: text size, passkeys, signing out";
}

pub(crate) fn made(when: &str) -> String {
    format!("made {when}")
}

pub(crate) fn last_used(when: &str) -> String {
    format!("last used {when}")
}
