//! English: a door's page at the desk.

words! {
    nobody_here = "Nobody is responsible for this door: what is to be done here is on nobody's phone.";
    assign_somebody = "Assign somebody";
    plan_errands = "Something to do today, without orders";
    for_whom = "For whom";
    for_the_door = "The door as such";
    nothing_here = "Nothing to do here on this round.";
    two_differ = "Two people marked it differently. Both marks stay; please ask, then key in how it was.";
    drop_job = "Drop this job";

    look_title = "Please check this mark";
    does_not_count = "Until the desk confirms it, it does not count, and the household does not see it.";
    counts_meanwhile = "It counts meanwhile; please check that it is so.";
    it_is_so = "It is so, confirm";
    not_so = "It is not so, discard";

    which_jobs = "Which jobs";
    key_in_wrong = "Not saved. Choose the jobs; give the whole time, and none that is still to come; “something else” needs a word.";

    planned = "The time is set. Now add the job.";
    added = "Added: it is on the round of whoever goes there.";
    dropped = "The job is dropped.";
    keyed = "Keyed in.";
    confirmed = "Confirmed.";
    turned_down = "Discarded. The record itself is kept.";
}

pub(crate) fn on_round(when: &str) -> String {
    format!("Round of {when}")
}

pub(crate) fn errands_on(when: &str) -> String {
    format!("Errands {when}")
}
