//! Texts of a door's page at the desk: its jobs, marks to look at, marks keyed in. How to add one: see the module above.

use super::texts;

texts! { at_door {
    on_round(when: &str);
    errands_on(when: &str);
    nobody_here;
    assign_somebody;
    plan_errands;
    for_whom;
    for_the_door;
    nothing_here;
    two_differ;
    drop_job;

    // Marks with a flag.
    look_title;
    does_not_count;
    counts_meanwhile;
    it_is_so;
    not_so;

    // Keying in a mark.
    which_jobs;
    key_in_wrong;

    // What the form before did.
    added;
    planned;
    dropped;
    keyed;
    confirmed;
    turned_down;
} }
