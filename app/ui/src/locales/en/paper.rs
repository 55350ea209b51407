//! English: the page where a round's paper sheet is keyed in.

words! {
    title = "Key in a round sheet";
    lead = "In the order of the paper. A line without a time has the time of the line above. By keyboard: Tab to the next field, arrows for the outcome, Enter saves.";
    key_in_sheet = "Key in a round sheet";
    key_in_what = "marks made on paper while phones or network failed, a whole sheet with its true times";
    day = "Day of the round";
    time = "Time";
    words = "Words";
    nothing_ticked = "No tick";
    neighbour = "With a neighbour";
    save = "Save this sheet";
    choose = "Which building's sheet?";
    none = "Nothing to deliver here.";
    bad_time = "This is no time. Write it like 9:12 or 0912.";
    in_future = "This is still to come. Check the day and the time.";
    no_words = "“Other” needs a word on why.";
    words_not_kept = "Words go with “With a neighbour”, “Nobody” or “Other” only.";
    too_long = "Too many words. Please shorten them.";
    bad_boxes = "Boxes are a whole number.";
    nobody_and = "Nobody home: ";
    not_ours = "This line has lost its number. Please open the page again.";
    busy = "This line is not saved yet. Please save once more.";
}

pub(crate) fn saved(lines: u32) -> String {
    if lines == 1 { "1 door saved.".to_owned() } else { format!("{lines} doors saved.") }
}

pub(crate) fn some_not(lines: u32) -> String {
    let doors = if lines == 1 { "1 door is".to_owned() } else { format!("{lines} doors are") };
    format!("{doors} not saved yet; the reason stands at the line. The others are saved.")
}

pub(crate) fn to_key_in(lines: u32) -> String {
    if lines == 1 { "1 door".to_owned() } else { format!("{lines} doors") }
}

pub(crate) fn outcome_at(room: &str) -> String {
    format!("{room}, outcome")
}

pub(crate) fn time_at(room: &str) -> String {
    format!("{room}, time")
}

pub(crate) fn words_at(room: &str) -> String {
    format!("{room}, words")
}
