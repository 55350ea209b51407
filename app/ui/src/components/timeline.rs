//! What happened, in plain words, oldest first.

use crate::prelude::*;

use super::glyph::Glyph;

/// One thing that happened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Moment {
    /// Its shape.
    pub glyph: Glyph,
    /// What happened, in the reader's words.
    pub what: String,
    /// When, as a person says it.
    pub when: String,
    /// The exact time (ISO 8601) behind the words.
    pub exact: Option<String>,
    /// Who, why, "marked without signal, sent 14:32".
    pub detail: Option<String>,
}

/// Moments on a rail.
#[component]
pub fn Timeline(
    /// Oldest first.
    moments: Vec<Moment>,
) -> impl IntoView {
    let moments = moments
        .into_iter()
        .map(|moment| {
            view! {
                <li>
                    {moment.glyph.view()}
                    <div>
                        <b>{moment.what}</b>
                        " "
                        <time class="quiet" datetime=moment.exact>{moment.when}</time>
                        {moment.detail.map(|detail| view! { <p>{detail}</p> })}
                    </div>
                </li>
            }
        })
        .collect_view();
    view! { <ol class="story">{moments}</ol> }
}
