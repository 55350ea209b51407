//! Texts of the page where a round's paper sheet is keyed in. How to add one: see the module above.

use super::texts;

texts! { paper {
    title;
    lead;
    key_in_sheet;
    key_in_what;
    day;
    time;
    words;
    nothing_ticked;
    neighbour;
    save;
    saved(lines: u32);
    some_not(lines: u32);
    choose;
    to_key_in(lines: u32);
    none;
    bad_time;
    in_future;
    no_words;
    words_not_kept;
    too_long;
    not_ours;
    bad_boxes;
    nobody_and;
    busy;
    outcome_at(room: &str);
    time_at(room: &str);
    words_at(room: &str);
} }
