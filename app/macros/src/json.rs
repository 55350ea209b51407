//! The derive of `domain::json::Json`, from `serde`'s own understanding of its attributes.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};
use serde_derive_internals::ast::{Container, Data, Field, Style, Variant};
use serde_derive_internals::attr::{Default, TagType};
use serde_derive_internals::{Ctxt, Derive};
use syn::{DeriveInput, Error, Result};

pub(crate) fn derive(input: &DeriveInput) -> Result<TokenStream> {
    let context = Ctxt::new();
    let container = Container::from_ast(&context, input, Derive::Deserialize, &format_ident!("__private"));
    context.check()?;
    let container = container.ok_or_else(|| Error::new_spanned(input, "this shape has no JSON"))?;
    let name = &input.ident;
    let (read, write, entries) = bodies(&container)?;
    let entries = entries.map(|entries| {
        quote! {
            fn entries(&self, out: &mut ::std::string::String) { #entries }
        }
    });
    Ok(quote! {
        #[automatically_derived]
        impl ::domain::json::Json for #name {
            fn read(node: &::domain::json::Node<'_>) -> ::core::option::Option<Self> { #read }
            fn write(&self, out: &mut ::std::string::String) { #write }
            #entries
        }
    })
}

type Bodies = (TokenStream, TokenStream, Option<TokenStream>);

fn bodies(container: &Container<'_>) -> Result<Bodies> {
    let attributes = &container.attrs;
    if let (Some(from), Some(into)) = (attributes.type_try_from(), attributes.type_into()) {
        let read = quote! {
            <#from as ::domain::json::Json>::read(node).and_then(|value| Self::try_from(value).ok())
        };
        let write = quote! {
            ::domain::json::Json::write(&<#into>::from(::core::clone::Clone::clone(self)), out)
        };
        return Ok((read, write, None));
    }
    match &container.data {
        Data::Struct(Style::Newtype, _) => Ok((
            quote! { ::domain::json::Json::read(node).map(Self) },
            quote! { ::domain::json::Json::write(&self.0, out) },
            None,
        )),
        Data::Struct(Style::Struct, fields) => {
            let read = read_fields(fields, &quote! { Self }, &quote! { node })?;
            let entries = write_fields(fields, |field| quote! { &self.#field });
            Ok((read, quote! { ::domain::json::write_map(self, out) }, Some(entries)))
        }
        Data::Enum(variants) if matches!(attributes.tag(), TagType::External) => choice(variants),
        _ => Err(Error::new_spanned(container.original, "this shape has no JSON yet")),
    }
}

/// `Some(Type { field: ..., })`.
fn read_fields(fields: &[Field<'_>], of: &TokenStream, node: &TokenStream) -> Result<TokenStream> {
    let fields = fields.iter().map(|field| {
        let member = &field.member;
        let key = key_of(field);
        let value = match field.attrs.default() {
            _ if field.attrs.flatten() => quote! { ::domain::json::Json::read(#node)? },
            Default::None => quote! { ::domain::json::Json::read(#node.get(#key))? },
            Default::Default => quote! { ::domain::json::or_default(#node.get(#key))? },
            Default::Path(_) => return Err(Error::new_spanned(field.original, "a default of its own")),
        };
        Ok(quote! { #member: #value, })
    });
    let fields = fields.collect::<Result<TokenStream>>()?;
    Ok(quote! { ::core::option::Option::Some(#of { #fields }) })
}

fn write_fields(fields: &[Field<'_>], value: impl Fn(&syn::Member) -> TokenStream) -> TokenStream {
    let entries = fields.iter().map(|field| {
        let value = value(&field.member);
        if field.attrs.flatten() {
            return quote! { ::domain::json::Json::entries(#value, out); };
        }
        let key = key_of(field);
        let entry = quote! { ::domain::json::write_entry(#key, #value, out); };
        match field.attrs.skip_serializing_if() {
            Some(skip) => quote! { if !#skip(#value) { #entry } },
            None => entry,
        }
    });
    entries.collect()
}

fn key_of(field: &Field<'_>) -> String {
    field.attrs.name().deserialize_name().value.clone()
}

fn choice(variants: &[Variant<'_>]) -> Result<Bodies> {
    let mut names = Vec::new();
    let (mut reads, mut writes) = (TokenStream::new(), TokenStream::new());
    for (place, variant) in variants.iter().enumerate() {
        let ident = &variant.ident;
        let tag = variant.attrs.name().deserialize_name().value.clone();
        let (read, write) = match variant.style {
            Style::Unit => (
                quote! { content.missing().then_some(Self::#ident) },
                quote! { Self::#ident => ::domain::json::write_word(#tag, out), },
            ),
            Style::Newtype => (
                quote! { ::domain::json::Json::read(content).map(Self::#ident) },
                quote! { Self::#ident(value) => ::domain::json::write_tagged(#tag, value, out), },
            ),
            Style::Tuple => {
                let values: Vec<_> =
                    (0..variant.fields.len()).map(|place| format_ident!("v{place}")).collect();
                let count = values.len();
                let reads = (0..count).map(|place| quote! { ::domain::json::Json::read(&items[#place])? });
                (
                    quote! {{
                        let items = content.items(#count)?;
                        ::core::option::Option::Some(Self::#ident(#(#reads),*))
                    }},
                    quote! {
                        Self::#ident(#(#values),*) => {
                            ::domain::json::open(#tag, '[', out);
                            #(::domain::json::write_item(#values, out);)*
                            ::domain::json::close(']', out);
                            out.push('}');
                        }
                    },
                )
            }
            Style::Struct => {
                let read = read_fields(&variant.fields, &quote! { Self::#ident }, &quote! { content })?;
                let fields: Vec<_> = variant.fields.iter().map(|field| &field.member).collect();
                let entries = write_fields(&variant.fields, |field| quote! { #field });
                (
                    read,
                    quote! {
                        Self::#ident { #(#fields),* } => {
                            ::domain::json::open(#tag, '{', out);
                            #entries
                            ::domain::json::close('}', out);
                            out.push('}');
                        }
                    },
                )
            }
        };
        names.push(tag);
        reads.extend(quote! { #place => #read, });
        writes.extend(write);
    }
    let read = quote! {
        let (place, content) = node.choice(&[#(#names),*])?;
        match place {
            #reads
            _ => ::core::option::Option::None,
        }
    };
    Ok((read, quote! { match self { #writes } }, None))
}
