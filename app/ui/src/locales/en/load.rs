//! English: the load check as the desk sees it.

words! {
    title = "Load check at the gate";
    building = "Building";
    due = "Due";
    taken = "Taken";
    delivered = "Delivered";
    returned = "Returned";
    left = "Difference";
    not_as_ordered = "Not as many taken as were ordered: ask who took them.";
    too_many = "More delivered and returned than taken: check both numbers.";
    missing = "Every door was visited, and boxes are unaccounted for: ask who carried them.";
}
