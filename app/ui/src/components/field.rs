//! Form fields: the label above, the hint below it, the error at the field. What was typed always comes back.

use crate::prelude::*;
use domain::Lang;
use domain::text::{joined, text};

use crate::components::markup::IntoMarkup;

use super::icon::ui;
use crate::locales::common;
use crate::text::escaped;

/// What a field takes, which decides the phone's keyboard.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum FieldKind {
    /// Words on one line.
    #[default]
    Text,
    /// Several lines.
    Words,
    /// A whole number.
    Number,
    /// A phone number.
    Tel,
    /// A code from paper: capitals, no correction, wide.
    Code,
    /// A moment, local time.
    Moment,
    /// Something to look for.
    Search,
}

/// The id that a label points to: a page with two of them would lead every label to the first.
fn id_of(name: &str, form: Option<String>) -> String {
    form.map_or_else(|| text!("f-{name}"), |form| text!("f-{name}-{form}"))
}

/// A labelled field with hint and error.
#[component]
pub fn Field(
    /// The reader's language.
    lang: Lang,
    /// The field's name; unique on the page.
    #[prop(into)]
    name: String,
    /// What is asked.
    #[prop(into)]
    label: String,
    /// Which keyboard.
    #[prop(optional)]
    kind: FieldKind,
    /// What was typed before.
    #[prop(optional, into)]
    value: String,
    /// How to answer.
    #[prop(optional, into)]
    hint: Option<String>,
    /// What is wrong with the answer, and what to do.
    #[prop(optional, into)]
    error: Option<String>,
    /// May stay empty, and says so.
    #[prop(optional)]
    optional: bool,
    /// Characters at most.
    #[prop(optional)]
    max_length: Option<u32>,
    /// What tells it apart where several forms of a page have a field of this name.
    #[prop(optional, into)]
    form: Option<String>,
) -> impl IntoView {
    let error = error.filter(|error| !error.is_empty());
    let id = id_of(&name, form);
    let (hint_id, error_id) = (text!("{id}-h"), text!("{id}-e"));
    // Owned, since phones hold the code that joins owned texts and have no room for another.
    let described = [hint.as_ref().map(|_| hint_id.clone()), error.as_ref().map(|_| error_id.clone())];
    let described: Vec<String> = described.into_iter().flatten().collect();
    let described = (!described.is_empty()).then(|| joined(&described, " "));
    let invalid = error.is_some().then_some("true");
    // A household's phone draws no other kind, and has no room for them.
    let lines = kind == FieldKind::Words || cfg!(not(any(feature = "ssr", feature = "field")));
    let control = if lines {
        view! {
            <textarea id=id.clone() name=name required=!optional maxlength=max_length rows="3"
                aria-describedby=described aria-invalid=invalid inner_html=escaped(&value)></textarea>
        }
        .markup()
    } else {
        let (kind_of_input, keyboard) = match kind {
            FieldKind::Number => ("text", Some("numeric")),
            FieldKind::Tel if cfg!(feature = "ssr") => ("tel", None),
            FieldKind::Moment if cfg!(feature = "ssr") => ("datetime-local", None),
            FieldKind::Search if cfg!(feature = "ssr") => ("search", None),
            _ => ("text", None),
        };
        let code = kind == FieldKind::Code;
        view! {
            <input id=id.clone() type=kind_of_input inputmode=keyboard name=name value=value
                required=!optional maxlength=max_length autocomplete=code.then_some("off")
                autocapitalize=code.then_some("characters") spellcheck=code.then_some("false")
                aria-describedby=described aria-invalid=invalid/>
        }
        .markup()
    };
    view! {
        <div class="field">
            <label for=id>
                {label}
                {optional.then(|| view! { <small class="quiet">" (" {common::optional(lang)} ")"</small> })}
            </label>
            {hint.map(|hint| view! { <p class="small quiet" id=hint_id>{hint}</p> })}
            {control}
            {error.map(|error| view! { <p class="error" id=error_id>{ui::WARNING.view()} {error}</p> })}
        </div>
    }
}

/// A choice from a list.
#[component]
pub fn Select(
    /// The field's name; unique on the page.
    #[prop(into)]
    name: String,
    /// What is asked.
    #[prop(into)]
    label: String,
    /// Value and words of each choice.
    options: Vec<(String, String)>,
    /// The value chosen now.
    #[prop(optional, into)]
    value: String,
    /// What tells it apart where several forms of a page have a field of this name.
    #[prop(optional, into)]
    form: Option<String>,
) -> impl IntoView {
    let id = id_of(&name, form);
    let options = options
        .into_iter()
        .map(move |(option, words)| {
            let selected = option == value;
            view! { <option value=option selected=selected>{words}</option> }
        })
        .collect_view();
    view! {
        <div class="field">
            <label for=id.clone()>{label}</label>
            <select id=id name=name>{options}</select>
        </div>
    }
}
