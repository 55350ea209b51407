//! States as shapes: open ring, half, full, crossed, and the four household states of the seeds' map.
//! A shape never stands alone: its word is beside it or is its name.

use crate::prelude::*;
use domain::text::text;

/// Where something stands, from nothing to done.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Glyph {
    /// Nothing to do: a dot.
    None,
    /// Asked for, ordered, reported: an open ring.
    Open,
    /// Under way: packed, on the way, taken on.
    Half,
    /// Done: delivered, answered, closed.
    Full,
    /// Did not work.
    Crossed,
    /// Two say different things.
    Disputed,
    /// Late, or cannot wait.
    Late,
    /// Red on the seeds' map: confirmed.
    Confirmed,
    /// Pink: in central quarantine.
    Central,
    /// Brown: isolating at home.
    Isolating,
    /// Green: cannot walk.
    CannotWalk,
}

impl Glyph {
    /// Every state of a job, in the order of a legend.
    pub const STATES: [Self; 7] =
        [Self::None, Self::Open, Self::Half, Self::Full, Self::Crossed, Self::Disputed, Self::Late];
    /// Every state of a household, in the seeds' order.
    pub const HOUSEHOLD: [Self; 4] = [Self::Confirmed, Self::Central, Self::Isolating, Self::CannotWalk];

    /// One word for style sheets: the class of whatever shows this state.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::Open => "open",
            Self::Half => "half",
            Self::Full => "full",
            Self::Crossed => "crossed",
            Self::Disputed => "disputed",
            Self::Late => "late",
            Self::Confirmed => "confirmed",
            Self::Central => "central",
            Self::Isolating => "isolating",
            Self::CannotWalk => "cannot-walk",
        }
    }

    fn class(self) -> String {
        text!("glyph {}", self.name())
    }

    fn drawing(self) -> &'static str {
        match self {
            Self::None => r#"<circle class="f" cx="12" cy="12" r="1.5"/>"#,
            Self::Open => r#"<circle cx="12" cy="12" r="8.5"/>"#,
            Self::Half => {
                r#"<circle cx="12" cy="12" r="8.5"/><path class="f" d="M12 3.5a8.5 8.5 0 0 0 0 17z"/>"#
            }
            Self::Full => {
                r#"<circle class="f" cx="12" cy="12" r="8.5"/><path class="n" d="M8 12.3l2.8 2.8L16 9.3"/>"#
            }
            Self::Crossed => {
                r#"<circle cx="12" cy="12" r="8.5"/><path d="M8.7 8.700l6.6 6.600M15.3 8.700l-6.6 6.6"/>"#
            }
            Self::Disputed => r#"<path d="M12 3l9 9-9 9-9-9zM8.5 10.500h7M8.5 13.700h7"/>"#,
            Self::Late => {
                r#"<path class="f" d="M12 3.500L2.8 20h18.400z"/><path class="n" d="M12 10v4.300M12 17.200v.1"/>"#
            }
            Self::Confirmed => r#"<path class="f" d="M4 4h16v16H4z"/><path class="n" d="M12 8v8M8 12h8"/>"#,
            Self::Central => {
                r#"<path d="M3 19V6M3 15.500h18V19M21 15.500V13a3 3 0 0 0-3-3H9.500v5.500M6.2 10.500v.1"/>"#
            }
            Self::Isolating => {
                r#"<path class="f" d="M3 11.500L12 4l9 7.500M5.5 10v10h13V10"/><path class="n" d="M12 13v3.5"/>"#
            }
            Self::CannotWalk => {
                r#"<circle class="f" cx="10" cy="3.7" r="1.3"/><path d="M10 8v6.300h5.700l2.6 5.200h2M10 10.700h4.600M13.7 17.800A5 5 0 1 1 7.3 11.5"/>"#
            }
        }
    }

    /// The shape beside its word.
    #[must_use]
    pub fn view(self) -> impl IntoView {
        view! { <svg class=self.class() viewBox="0 0 24 24" aria-hidden="true" inner_html=self.drawing()></svg> }
    }

    /// The shape alone; `name` is what a screen reader says.
    #[must_use]
    pub fn named(self, name: String) -> impl IntoView {
        view! {
            <svg class=self.class() viewBox="0 0 24 24" role="img" aria-label=name inner_html=self.drawing()></svg>
        }
    }
}

/// A shape with its word.
#[component]
pub fn State(
    /// The shape.
    glyph: Glyph,
    /// The word.
    #[prop(into)]
    word: String,
) -> impl IntoView {
    view! { <span class="state">{glyph.view()} {word}</span> }
}
