//! `view!`: HTML as a row of `push_str`, with what is known when compiling joined into as few pieces as possible.

use proc_macro2::{Ident, Span, TokenStream};
use quote::{ToTokens, quote};
use rstml::node::{KeyedAttribute, Node, NodeAttribute, NodeBlock, NodeElement, NodeName};

/// Elements without content and end tag.
const VOID: [&str; 13] =
    ["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"];

pub(crate) fn expand(input: TokenStream) -> TokenStream {
    let nodes: Vec<Node> = match rstml::parse2(input) {
        Ok(nodes) => nodes,
        Err(error) => return error.to_compile_error(),
    };
    let mut html = Html::new();
    html.nodes(&nodes);
    html.flush();
    let (out, code) = (&html.out, &html.code);
    quote! {{
        let mut #out = ::std::string::String::new();
        #code
        crate::text::Markup::of(#out)
    }}
}

struct Html {
    out: Ident,
    /// Text not written yet.
    text: String,
    code: TokenStream,
}

impl Html {
    fn new() -> Self {
        Self { out: Ident::new("out", Span::mixed_site()), text: String::new(), code: TokenStream::new() }
    }

    fn flush(&mut self) {
        if !self.text.is_empty() {
            let (out, text) = (&self.out, std::mem::take(&mut self.text));
            self.code.extend(quote! { #out.push_str(#text); });
        }
    }

    fn push(&mut self, code: TokenStream) {
        self.flush();
        self.code.extend(code);
    }

    fn nodes(&mut self, nodes: &[Node]) {
        for node in nodes {
            self.node(node);
        }
    }

    fn node(&mut self, node: &Node) {
        match node {
            Node::Fragment(fragment) => self.nodes(&fragment.children),
            Node::Element(element) if is_component(element.name()) => {
                let component = component(element);
                let out = &self.out;
                self.push(quote! { crate::text::IntoView::put(#component, &mut #out); });
            }
            Node::Element(element) => self.element(element),
            Node::Block(block) => {
                let value = block_of(block);
                let out = &self.out;
                self.push(quote! { crate::text::IntoView::put(#value, &mut #out); });
            }
            Node::Text(text) => escape(&text.value_string(), &mut self.text),
            Node::RawText(text) => escape(&text.to_string_best(), &mut self.text),
            Node::Comment(_) | Node::Doctype(_) | Node::Custom(_) => {}
        }
    }

    fn element(&mut self, element: &NodeElement<rstml::Infallible>) {
        let name = element.name().to_string();
        self.text.push('<');
        self.text.push_str(&name);
        let mut inner = None;
        for attribute in element.attributes() {
            let NodeAttribute::Attribute(attribute) = attribute else {
                self.push(quote! { compile_error!("attributes by name only"); });
                continue;
            };
            if attribute.key.to_string() == "inner_html" {
                inner = attribute.value();
            } else {
                self.attribute(attribute);
            }
        }
        self.text.push('>');
        if VOID.contains(&name.as_str()) {
            return;
        }
        if let Some(inner) = inner {
            let out = &self.out;
            self.push(quote! { crate::text::put_raw(#inner, &mut #out); });
        }
        self.nodes(element.children());
        self.text.push_str("</");
        self.text.push_str(&name);
        self.text.push('>');
    }

    fn attribute(&mut self, attribute: &KeyedAttribute) {
        let key = attribute.key.to_string();
        let key = key.trim_start_matches("r#");
        if key.contains(':') {
            return self.push(quote! { compile_error!("no directives in text"); });
        }
        self.text.push(' ');
        match (attribute.value_literal_string(), attribute.value()) {
            (Some(value), _) if !matches!(value.as_str(), "true" | "false") => {
                self.text.push_str(key);
                self.text.push_str("=\"");
                escape(&value, &mut self.text);
                self.text.push('"');
            }
            (_, Some(value)) => {
                // The space before a name is written together with it, or not at all.
                self.text.pop();
                let (out, key) = (&self.out, format!(" {key}"));
                let value = value.to_token_stream();
                self.push(quote! { crate::text::Attribute::put(#value, #key, &mut #out); });
            }
            (_, None) => self.text.push_str(key),
        }
    }
}

fn is_component(name: &NodeName) -> bool {
    let NodeName::Path(path) = name else { return false };
    let last = path.path.segments.last();
    last.is_some_and(|last| last.ident.to_string().starts_with(|first: char| first.is_ascii_uppercase()))
}

/// `Name(Name { given: ..., ..Name::NONE })`.
fn component(element: &NodeElement<rstml::Infallible>) -> TokenStream {
    let name = element.name().to_token_stream();
    let mut given = TokenStream::new();
    for attribute in element.attributes() {
        let NodeAttribute::Attribute(attribute) = attribute else {
            return quote! { compile_error!("attributes by name only") };
        };
        let key = attribute.key.to_token_stream();
        let value = attribute.value().map_or_else(|| key.clone(), ToTokens::to_token_stream);
        given.extend(quote! { #key: #name::#key(#value), });
    }
    if !element.children().is_empty() {
        let mut html = Html::new();
        html.nodes(element.children());
        html.flush();
        let (out, code) = (&html.out, &html.code);
        given.extend(quote! {
            children: ::core::option::Option::Some({
                let mut #out = ::std::string::String::new();
                #code
                crate::text::Markup::of(#out)
            }),
        });
    }
    quote! { #name(#[allow(clippy::needless_update)] #name { #given ..#name::NONE }) }
}

fn block_of(block: &NodeBlock) -> TokenStream {
    match block {
        NodeBlock::ValidBlock(block) if block.stmts.len() == 1 => {
            let only = &block.stmts[0];
            quote! { #only }
        }
        NodeBlock::ValidBlock(block) => block.to_token_stream(),
        NodeBlock::Invalid(invalid) => invalid.to_token_stream(),
    }
}

fn escape(text: &str, out: &mut String) {
    for character in text.chars() {
        match character {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            other => out.push(other),
        }
    }
}
