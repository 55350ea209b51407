//! Choosing: a tick, a few segments side by side, some tiles out of many.

use crate::prelude::*;

use super::icon::{Icon, ui};

/// One choice among several.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Choice {
    /// What the form sends.
    pub value: String,
    /// The words.
    pub words: String,
    /// More about it, smaller.
    pub detail: Option<String>,
    /// A drawing beside the words.
    pub icon: Option<Icon>,
}

impl Choice {
    /// A choice in words alone.
    #[must_use]
    pub fn new(value: impl Into<String>, words: impl Into<String>) -> Self {
        Self { value: value.into(), words: words.into(), detail: None, icon: None }
    }

    /// With a drawing.
    #[must_use]
    pub fn drawn(self, icon: Icon) -> Self {
        Self { icon: Some(icon), ..self }
    }

    /// With more about it.
    #[must_use]
    pub fn about(self, detail: impl Into<String>) -> Self {
        Self { detail: Some(detail.into()), ..self }
    }
}

/// Yes or no, with its words beside it; the whole line is the target.
#[component]
pub fn Check(
    /// The field's name.
    #[prop(into)]
    name: String,
    /// What a tick says.
    #[prop(into)]
    words: String,
    /// Ticked now.
    #[prop(optional)]
    on: bool,
) -> impl IntoView {
    view! {
        <label class="check">
            <input type="checkbox" name=name value="yes" checked=on/>
            <span>{words}</span>
        </label>
    }
}

/// Two to four choices side by side, one of them chosen.
#[component]
pub fn Segments(
    /// The field's name.
    #[prop(into)]
    name: String,
    /// What is asked.
    #[prop(into)]
    legend: String,
    /// The choices.
    choices: Vec<Choice>,
    /// The value chosen now.
    #[prop(optional, into)]
    value: String,
) -> impl IntoView {
    let segments = choices
        .into_iter()
        .map(move |choice| {
            let on = choice.value == value;
            view! {
                <label>
                    <input type="radio" name=name.clone() value=choice.value checked=on/>
                    <span>{choice.words}</span>
                </label>
            }
        })
        .collect_view();
    view! {
        <fieldset>
            <legend>{legend}</legend>
            <div class="seg">{segments}</div>
        </fieldset>
    }
}

/// Tiles to choose from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Pick {
    /// Exactly one.
    One,
    /// Several; the number is counted live below the tiles, without script.
    Several,
}

/// Tiles with words and perhaps a drawing: a need's category, or the items of a pick-your-own basket.
#[component]
pub fn Tiles(
    /// The field's name.
    #[prop(into)]
    name: String,
    /// What is asked.
    #[prop(into)]
    legend: String,
    /// One or several.
    pick: Pick,
    /// The tiles.
    choices: Vec<Choice>,
    /// The values chosen now.
    #[prop(optional)]
    values: Vec<String>,
    /// What follows the live count, such as "of 5 chosen" (only for several).
    #[prop(optional, into)]
    counted: Option<String>,
    /// How many there may be; `public/typed.js` says `too_many` where more are chosen.
    #[prop(optional)]
    most: u8,
    /// The words for it, with `#` for how many too many.
    #[prop(optional, into)]
    too_many: Option<String>,
) -> impl IntoView {
    let kind = match pick {
        Pick::One => "radio",
        Pick::Several => "checkbox",
    };
    let tiles = choices
        .into_iter()
        .map(move |choice| {
            let on = values.contains(&choice.value);
            view! {
                <label class="tile">
                    <input type=kind name=name.clone() value=choice.value checked=on/>
                    <span class="face"></span>
                    {choice.icon.map(Icon::view)}
                    <span>{choice.words} {choice.detail.map(|detail| view! { <small>{detail}</small> })}</span>
                    <span class="tick">{ui::CHECK.view()}</span>
                </label>
            }
        })
        .collect_view();
    view! {
        <fieldset>
            <legend>{legend}</legend>
            <div class="tiles">
                {tiles} {counted.map(|counted| view! {
                    <p class="chosen" role="status" data-most=most data-over=too_many>" " {counted}</p>
                })}
            </div>
        </fieldset>
    }
}
