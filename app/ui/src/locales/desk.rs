//! Texts of the community desk's and supplier's pages. How to add one: see the module above.

use super::texts;

texts! { desk {
} }
