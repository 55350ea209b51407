//! `#[component]`: the function as it stands, and what it is given as a structure of the same name. Whether everything
//! that is needed was given, Leptos checks when the server is compiled from the same source.

use proc_macro2::TokenStream;
use quote::quote;
use syn::{Error, FnArg, GenericArgument, ItemFn, Pat, PathArguments, Result, Type};

pub(crate) fn expand(function: &ItemFn) -> Result<TokenStream> {
    let (name, visibility, body) = (&function.sig.ident, &function.vis, &function.block);
    let output = &function.sig.output;
    let mut fields = TokenStream::new();
    let mut none = TokenStream::new();
    let mut takers = TokenStream::new();
    let mut given = TokenStream::new();
    for argument in &function.sig.inputs {
        let FnArg::Typed(argument) = argument else {
            return Err(Error::new_spanned(argument, "a component has no self"));
        };
        let Pat::Ident(pattern) = argument.pat.as_ref() else {
            return Err(Error::new_spanned(&argument.pat, "a name is needed here"));
        };
        let (ident, kind) = (&pattern.ident, argument.ty.as_ref());
        let optional = argument.attrs.iter().any(|attribute| {
            attribute.path().is_ident("prop") && quote!(#attribute).to_string().contains("optional")
        });
        let into = argument.attrs.iter().any(|attribute| {
            attribute.path().is_ident("prop") && quote!(#attribute).to_string().contains("into")
        });
        none.extend(quote! { #ident: ::core::option::Option::None, });
        if ident == "children" {
            fields.extend(quote! { pub children: ::core::option::Option<crate::text::Markup>, });
            given.extend(quote! {
                let children = given.children.unwrap_or_default();
                let children = move || children;
            });
            continue;
        }
        let kind = match inside_option(kind).filter(|_| optional) {
            Some(inside) => {
                given.extend(quote! { let #ident = given.#ident; });
                inside
            }
            None if optional => {
                given.extend(quote! { let #ident = given.#ident.unwrap_or_default(); });
                kind
            }
            None => {
                given.extend(quote! {
                    let ::core::option::Option::Some(#ident) = given.#ident else {
                        return crate::text::Markup::default();
                    };
                });
                kind
            }
        };
        fields.extend(quote! { pub #ident: ::core::option::Option<#kind>, });
        let (takes, taken) = if into {
            (quote! { impl crate::text::Give<#kind> }, quote! { crate::text::Give::give(value) })
        } else {
            (quote! { #kind }, quote! { value })
        };
        takers.extend(quote! {
            #[doc(hidden)]
            #[allow(missing_docs, dead_code)]
            #[inline]
            #visibility fn #ident(value: #takes) -> ::core::option::Option<#kind> {
                ::core::option::Option::Some(#taken)
            }
        });
    }
    let attributes = function.attrs.iter().filter(|attribute| !attribute.path().is_ident("component"));
    let attributes = quote! { #(#attributes)* };
    Ok(quote! {
        #[doc(hidden)]
        #[allow(missing_docs)]
        #visibility struct #name { #fields }

        impl #name {
            #[doc(hidden)]
            #[allow(missing_docs, dead_code)]
            #visibility const NONE: Self = Self { #none };
            #takers
        }

        #attributes
        #[allow(non_snake_case, clippy::needless_pass_by_value)]
        #visibility fn #name(given: #name) #output {
            #given
            let drawn = #body;
            crate::text::IntoMarkup::markup(drawn)
        }
    })
}

/// `X` of `Option<X>`.
fn inside_option(kind: &Type) -> Option<&Type> {
    let Type::Path(path) = kind else { return None };
    let last = path.path.segments.last().filter(|last| last.ident == "Option")?;
    let PathArguments::AngleBracketed(arguments) = &last.arguments else { return None };
    match arguments.args.first()? {
        GenericArgument::Type(inside) => Some(inside),
        _ => None,
    }
}
