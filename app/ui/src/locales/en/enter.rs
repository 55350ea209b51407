//! English: signing in, adding a phone, signing out, and what to do when something fails.

words! {
    door_card = "This is a door card, for the people who deliver. To order or to say what you need, sign in with your letter.";
    welcome_lead = "When you cannot leave home: order food, say what you need, and see where it stands.";
    have_letter = "Did a letter come through your door?";
    have_letter_how = "Scan the code on it with your phone's camera, or type its 10 characters here.";
    code_label = "Code from the letter";
    code_hint = "10 letters and digits, capitals or not.";
    sign_in = "Sign in";
    sign_in_title = "Sign in";
    no_letter = "No letter?";
    no_letter_how = "Call the community and you get another. If a phone of your household is already signed in, it can show you a code that works for ten minutes.";
    staff_how = "Stewards, volunteers and desk: open the invitation link the community sent you.";
    letter_title = "Is this your home?";
    letter_lead = "One tap signs this phone in for this home. It stays signed in.";
    letter_button = "Yes, sign this phone in";
    letter_not_mine = "Not your home? Please give the letter back to the community and do not sign in.";
    invite_lead = "One tap signs this device in for this work.";
    invite_button = "Sign in here";
    in_app_browser = "You opened this inside a chat app. Choose \"open in browser\" from its menu, or you won't find it again.";
    add_phone_title = "Add another phone";
    add_phone_lead = "Open this site on the other phone and type the code, or scan the square. It works once, for ten minutes.";
    add_phone_installed = "On an iPhone the app on the home screen needs a code once, too.";
    add_phone_offline = "No signal: a code can be made once there is some. Everything else works.";
    held_news = "Your sign-in has ended. What you filled in is still on this page and not lost: sign in, then send it once more.";
    held_elsewhere = "Signed in on this phone another way?";
    held_title = "Signed in";
    held_signed_in = "You are signed in. What you filled in was not sent yet.";
    held_send = "Send it now";
    add_phone_button = "Show a code";
    add_phone_again = "Show another code";
    sign_out = "Sign out";
    sign_out_title = "Sign out?";
    sign_out_lead = "What this phone holds is wiped. To sign in again you need the letter, or a code from another phone.";
    sign_out_staff = "What this phone holds is wiped. To sign in again you need a new invitation.";
    sign_out_sealed = "What is not sent yet goes first. Without signal it is sealed, so that nobody can read it, and goes out by itself later, still in your name.";
    sign_out_stuck = "Something is not sent yet, and this phone cannot seal it. So that nothing is lost you are still signed in: try again where there is signal.";
    sealed_here = "not sent yet, sealed so that nobody can read it. It goes out by itself when there is signal.";
    sealed_urgent = "Something urgent in it has not reached the desk. Please call one of the numbers below now.";
    signed_out = "You are signed out.";
    code_empty = "Please type the code.";
    code_slip = "One character is not right. Please compare with the letter.";
    code_unknown = "We don't know this code: it was used, is too old, or was replaced. One from another phone works once, for 10 minutes. Call the community.";
    other_signed_in = "Somebody else is signed in on this phone. If you go on, it will show only the home above.";
    code_spent = "This letter was replaced by a newer one, is too old, or has signed in six phones. Add a phone from one that is signed in, or call the community for a new letter.";
    code_throttled = "Too many tries. Please wait an hour, or call the community.";
    invite_spent = "This invitation was used or is too old. Please ask the desk for another.";
    error_title = "That did not work";
    not_found_title = "No such page";
    not_found = "The address may be mistyped, or the page has moved.";
    not_allowed_title = "Not yours to open";
    not_allowed = "The way you are signed in does not open this page. If it should, please call the community.";
    sign_in_first = "Please sign in first.";
    foreign_form = "This did not come from a page of this site, so nothing was done. Open the home page and try again.";
    too_large = "That is too much at once, and nothing was taken. Send it in parts.";
    not_understood = "We could not read what was sent, so nothing was done. Go back and fill it in again.";
    busy_title = "Too busy right now";
    busy = "The system is busy. Nothing was lost; please wait a moment and try again.";
    broken = "Something broke on our side, and it has been noted. Please try again; if it is urgent, call.";
    no_answer_title = "No answer came";
    no_answer = "The system did not answer just now. What this phone says it has saved is not lost and is sent again by itself. A form you filled in is still on the page before: go back and send it once more.";
    no_answer_call = "If it is urgent, call the community's 24-hour number on your letter; if a life is in danger, call 120.";
    no_answer_again = "Try again";
    home = "Go to the home page";
    plain_http = "This address is not encrypted: offline use, the camera and installing won't work here. Use the https address.";
    look_title = "Text and colours";
    text_size = "Text size";
    colours = "Colours";
    theme_device = "As the phone";
    theme_light = "Light";
    theme_dark = "Dark";
    push_title = "Ring me when there is news";
    push_lead = "This phone rings when ordering opens, when boxes are on the way or at your door, and when a need is answered. The screen says only that there is news, never what. Many phones cannot receive it, so please look here as usual.";
    push_on = "Ring this phone";
    push_is_on = "This phone is rung.";
    push_off = "Stop ringing";
    push_blocked = "The browser does not allow notifications. Allow them for this site in its settings, then try again.";
    push_failed = "This phone cannot be rung now; its push service may be out of reach. Everything else works: please look here yourself.";
    push_text = "There is news. Open the app.";
}

pub(crate) fn code_length(found: usize) -> String {
    format!("The code has 10 characters; you typed {found}.")
}

pub(crate) fn code_character(what: char) -> String {
    format!("No code contains “{what}”. Please compare with the letter.")
}
