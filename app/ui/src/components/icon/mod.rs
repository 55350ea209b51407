//! Drawings: small line icons on a 24 grid, in the ink of their surroundings. Made here, no foreign set.
//!
//! Each drawing is a constant of its own, so that a phone downloads only those that its pages name.

pub mod door;
pub mod food;
pub mod need;
pub mod ui;

use crate::prelude::*;

/// One line drawing; show it with [`Icon::view`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Icon(pub(crate) &'static str);

impl Icon {
    /// The drawing beside words that say the same, so it is silent for a screen reader.
    #[must_use]
    pub fn view(self) -> impl IntoView {
        view! { <svg class="icon" viewBox="0 0 24 24" aria-hidden="true" inner_html=self.0></svg> }
    }

    /// The drawing at the far end of a button or row (a chevron, usually).
    #[must_use]
    pub fn at_end(self) -> impl IntoView {
        view! { <svg class="icon end" viewBox="0 0 24 24" aria-hidden="true" inner_html=self.0></svg> }
    }

    /// The drawing as the only content of something; `name` is what a screen reader says.
    #[must_use]
    pub fn named(self, name: String) -> impl IntoView {
        view! { <svg class="icon" viewBox="0 0 24 24" role="img" aria-label=name inner_html=self.0></svg> }
    }
}
