//! How many: minus, number, plus. Counts without script.

use crate::prelude::*;
use domain::Lang;
use domain::text::text;

use crate::components::markup::IntoMarkup;

use super::icon::ui;
use crate::locales::common;

/// Above this a stepper becomes a number field: nobody taps plus ten times.
const FACES: u16 = 9;

/// Minus, number, plus, for a field of the form around it.
///
/// It is a group of radio buttons, one for each number; each has a face whose minus and plus are the labels of its
/// neighbours, and only the chosen one's face shows. So it works by touch, by arrow keys, with a screen reader and
/// without script, and a `change` event bubbles to whoever counts.
#[component]
pub fn Stepper(
    /// The reader's language.
    lang: Lang,
    /// The field's name; unique on the page.
    #[prop(into)]
    name: String,
    /// Of what, in words.
    #[prop(into)]
    what: String,
    /// The number now.
    value: u16,
    /// The highest number allowed.
    max: u16,
) -> impl IntoView {
    if max > FACES {
        return view! {
            <input
                class="number"
                type="number"
                inputmode="numeric"
                min="0"
                max=max
                name=name
                value=value
                aria-label=common::quantity_of(lang, &what)
            />
        }
        .markup();
    }
    let value = value.min(max);
    let group = common::quantity_of(lang, &what);
    let faces = (0..=max).map(move |number| face(lang, &name, &what, number, value, max)).collect_view();
    view! {
        <div class="step" role="radiogroup" aria-label=group>
            {faces}
        </div>
    }
    .markup()
}

fn face(lang: Lang, name: &str, what: &str, number: u16, value: u16, max: u16) -> impl IntoView + use<> {
    let id = |number: u16| text!("{name}-{number}");
    let less = match number.checked_sub(1) {
        Some(less) => {
            view! { <label for=id(less) title=common::one_less(lang, what)>{ui::MINUS.view()}</label> }
                .markup()
        }
        None => view! { <i>{ui::MINUS.view()}</i> }.markup(),
    };
    let more = if number < max {
        view! { <label for=id(number + 1) title=common::one_more(lang, what)>{ui::PLUS.view()}</label> }
            .markup()
    } else {
        view! { <i>{ui::PLUS.view()}</i> }.markup()
    };
    view! {
        <input
            type="radio"
            name=name.to_owned()
            id=id(number)
            value=number
            aria-label=number
            checked=number == value
        />
        <span>{less} <b aria-hidden="true">{number}</b> {more}</span>
    }
}
