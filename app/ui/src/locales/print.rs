//! Texts on paper: letters, door cards, the booklet, round sheets, labels. How to add one: see the module above.

use super::texts;

texts! { print {
} }
