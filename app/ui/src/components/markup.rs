//! Views turned into finished HTML where they are made. A page on the phone is drawn as text and put into the page
//! at once; on the server, too, finished HTML keeps the types of views short.

#[cfg(not(feature = "ssr"))]
pub use crate::text::{IntoMarkup, Markup};
#[cfg(feature = "ssr")]
pub use finished::{IntoMarkup, Markup};

#[cfg(feature = "ssr")]
mod finished {
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
}
