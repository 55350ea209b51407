//! `text!`: words with values in them as a row of `push_str`, with the words and names of `format!`.

use proc_macro2::{Ident, Span, TokenStream};
use quote::quote;
use syn::parse::{ParseStream, Parser};
use syn::{Error, Expr, LitStr, Result, Token};

pub(crate) fn expand(input: TokenStream) -> Result<TokenStream> {
    let (words, values) = parts.parse2(input)?;
    let out = Ident::new("out", Span::mixed_site());
    let (mut code, mut piece) = (TokenStream::new(), String::new());
    let mut values = values.into_iter();
    let text = words.value();
    let mut characters = text.chars();
    while let Some(character) = characters.next() {
        match character {
            '{' => {
                let name: String = characters.by_ref().take_while(|c| *c != '}').collect();
                if !piece.is_empty() {
                    code.extend(quote! { #out.push_str(#piece); });
                    piece.clear();
                }
                let value = if name.is_empty() {
                    let value = values.next();
                    value.ok_or_else(|| Error::new(words.span(), "a value is missing for `{}`"))?
                } else {
                    let name = syn::parse_str::<Ident>(&name)
                        .map_err(|_| Error::new(words.span(), "names only: nothing is aligned or padded"))?;
                    let name = Ident::new(&name.to_string(), words.span());
                    syn::parse_quote!(#name)
                };
                code.extend(quote! { (#value).say(&mut #out); });
            }
            '}' => return Err(Error::new(words.span(), "a `}` without its `{`")),
            other => piece.push(other),
        }
    }
    if !piece.is_empty() {
        code.extend(quote! { #out.push_str(#piece); });
    }
    if let Some(more) = values.next() {
        return Err(Error::new_spanned(more, "a value that no `{}` stands for"));
    }
    Ok(quote! {{
        use ::domain::text::Text as _;
        let mut #out = ::std::string::String::new();
        #code
        #out
    }})
}

fn parts(input: ParseStream<'_>) -> Result<(LitStr, Vec<Expr>)> {
    let words = input.parse()?;
    let mut values = Vec::new();
    while input.parse::<Option<Token![,]>>()?.is_some() && !input.is_empty() {
        values.push(input.parse()?);
    }
    Ok((words, values))
}
