//! Texts of the steward's and volunteer's pages: rounds, stops, scanning, the outbox. How to add one: see the module above.

use super::texts;

texts! { field {
} }
