//! What a phone's program is written with, so that it stays small: see `ARCHITECTURE.md`, "What phones download".

use proc_macro::TokenStream;

mod component;
mod json;
mod text;
mod view;

/// Reads and writes a type as JSON exactly as `serde`'s attributes on it say, with a part of the code that `serde`'s
/// own derives become: one walk over a tree of values instead of a visitor for each type.
///
/// Understood: `rename`, `rename_all`, `default`, `flatten`, `skip_serializing_if`, `transparent`, and
/// `try_from`/`into` together. Enums are tagged from outside. Anything else does not compile.
#[proc_macro_derive(Json, attributes(serde))]
pub fn json(input: TokenStream) -> TokenStream {
    let input = syn::parse_macro_input!(input as syn::DeriveInput);
    json::derive(&input).unwrap_or_else(syn::Error::into_compile_error).into()
}

/// A Leptos `view!` as text: the same source gives the same HTML, but becomes a row of `push_str` instead of a tree of
/// nested types. For phones, which draw their pages as text; the server compiles the same source with Leptos.
///
/// Understood: elements, attributes, `inner_html`, text, blocks, components with children. Nothing that listens.
#[proc_macro]
pub fn view(input: TokenStream) -> TokenStream {
    view::expand(input.into()).into()
}

/// Words with values in them, as `format!` has them, but a row of `push_str` (`domain::text`): nothing is aligned or
/// padded.
#[proc_macro]
pub fn text(input: TokenStream) -> TokenStream {
    text::expand(input.into()).unwrap_or_else(syn::Error::into_compile_error).into()
}

/// A Leptos `#[component]` for [`view!`]: a function, and a structure of the same name for what it is given.
///
/// Understood: `#[prop(into)]`, `#[prop(optional)]`, both together, and `children: Children`.
#[proc_macro_attribute]
pub fn component(_: TokenStream, input: TokenStream) -> TokenStream {
    let input = syn::parse_macro_input!(input as syn::ItemFn);
    component::expand(&input).unwrap_or_else(syn::Error::into_compile_error).into()
}
