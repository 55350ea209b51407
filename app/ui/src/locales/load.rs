//! Texts of the load check as the desk sees it. How to add one: see the module above.

use super::texts;

texts! { load {
    title;
    building;
    due;
    taken;
    delivered;
    returned;
    left;
    not_as_ordered;
    too_many;
    missing;
} }
