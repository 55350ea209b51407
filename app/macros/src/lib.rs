//! What a phone's program is written with, so that it stays small: see `ARCHITECTURE.md`, "Decisions, with reasons".

use proc_macro::TokenStream;

mod json;

/// Reads and writes a type as JSON exactly as `serde`'s attributes on it say, with a tenth of the code that `serde`'s
/// own derives become: one walk over a tree of values instead of a visitor for each type.
///
/// Understood: `rename`, `rename_all`, `default`, `flatten`, `skip_serializing_if`, `transparent`, and
/// `try_from`/`into` together. Enums are tagged from outside. Anything else does not compile.
#[proc_macro_derive(Json, attributes(serde))]
pub fn json(input: TokenStream) -> TokenStream {
    let input = syn::parse_macro_input!(input as syn::DeriveInput);
    json::derive(&input).unwrap_or_else(syn::Error::into_compile_error).into()
}
