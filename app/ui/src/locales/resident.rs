//! Texts of the resident's pages: home, order, need, household, enrolment. How to add one: see the module above.

use super::texts;

texts! { resident {
} }
