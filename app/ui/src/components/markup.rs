//! Views turned into finished HTML where they are made. A page on the phone is drawn as text and put into the page
//! at once; erased this way, a view needs a tenth of the code that a view tree which can be rebuilt in place needs
//! (measured: see `ARCHITECTURE.md`, "What phones download").

use leptos::prelude::*;

/// Finished HTML. As a view it is put where it stands, as it is.
pub type Markup = leptos::tachys::html::InertElement;

/// Turns a view into finished HTML.
pub trait IntoMarkup {
    /// The HTML of the view, as a view.
    fn markup(self) -> Markup;

    /// The HTML of the view, as text.
    fn html(self) -> String;
}

impl<V: IntoView> IntoMarkup for V {
    fn markup(self) -> Markup {
        Markup::new(self.html())
    }

    fn html(self) -> String {
        self.into_view().to_html()
    }
}
