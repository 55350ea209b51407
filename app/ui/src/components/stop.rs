//! The doors of a round, floor by floor, as the steward walks past them.

use crate::prelude::*;

use super::glyph::Glyph;

/// A door on a round.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Door {
    /// Its page.
    pub href: String,
    /// The number on it.
    pub number: String,
    /// What it gets, short: "A x 2, C", or a dash.
    pub gets: String,
    /// Where it stands.
    pub glyph: Glyph,
    /// The state's word, for a screen reader.
    pub word: String,
    /// The one to go to next.
    pub next: bool,
}

/// A floor with its doors, in walking order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Floor {
    /// "18F", "18 层".
    pub name: String,
    /// The doors.
    pub doors: Vec<Door>,
}

/// Floors in walking order. The list looks like the house it stands for.
#[component]
pub fn Floors(
    /// In walking order.
    floors: Vec<Floor>,
) -> impl IntoView {
    let floors = floors
        .into_iter()
        .map(|floor| {
            view! {
                <li class="floor">
                    <b>{floor.name}</b>
                    <ul>{floor.doors.into_iter().map(door).collect_view()}</ul>
                </li>
            }
        })
        .collect_view();
    view! { <ol class="floors">{floors}</ol> }
}

fn door(door: Door) -> impl IntoView {
    let class = match (door.next, door.glyph) {
        (true, _) => "stop next",
        (false, Glyph::Full) => "stop done",
        (false, _) => "stop",
    };
    view! {
        <li>
            <a class=class href=door.href aria-current=door.next.then_some("step")>
                <span>
                    <b>{door.number}</b>
                    <small>{door.gets}</small>
                </span>
                {door.glyph.named(door.word)}
            </a>
        </li>
    }
}
