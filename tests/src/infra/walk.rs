//! Going through expressions, whatever they stand in: templates, functions, loops.

use hcl::expr::{Expression, ForExpr, Operation, TemplateExpr, Traversal};
use hcl::structure::{Block, Body, Structure};
use hcl::template::{Directive, Element, Template};

/// Shows every expression of a body to `see`, outermost first.
pub(super) fn expressions<'a>(body: &'a Body, see: &mut dyn FnMut(&Expression)) {
    for structure in body {
        match structure {
            Structure::Attribute(attribute) => expression(attribute.expr(), see),
            Structure::Block(block) => expressions(&block.body, see),
        }
    }
}

/// Shows an expression and everything in it to `see`.
pub(super) fn expression(root: &Expression, see: &mut dyn FnMut(&Expression)) {
    see(root);
    match root {
        Expression::Array(items) => items.iter().for_each(|item| expression(item, see)),
        Expression::Object(fields) => {
            for (key, value) in fields {
                if let hcl::expr::ObjectKey::Expression(key) = key {
                    // `{ web = ... }` is a name, not a reference.
                    if !matches!(key, Expression::Variable(_)) {
                        expression(key, see);
                    }
                }
                expression(value, see);
            }
        }
        Expression::TemplateExpr(text) => template(text, see),
        Expression::FuncCall(call) => call.args.iter().for_each(|argument| expression(argument, see)),
        Expression::Parenthesis(inner) => expression(inner, see),
        Expression::Conditional(either) => {
            for part in [&either.cond_expr, &either.true_expr, &either.false_expr] {
                expression(part, see);
            }
        }
        Expression::Operation(operation) => match &**operation {
            Operation::Unary(unary) => expression(&unary.expr, see),
            Operation::Binary(binary) => {
                expression(&binary.lhs_expr, see);
                expression(&binary.rhs_expr, see);
            }
        },
        Expression::ForExpr(each) => for_each(each, see),
        Expression::Traversal(traversal) => through(traversal, see),
        _ => {}
    }
}

fn for_each(each: &ForExpr, see: &mut dyn FnMut(&Expression)) {
    expression(&each.collection_expr, see);
    expression(&each.value_expr, see);
    for part in [&each.key_expr, &each.cond_expr].into_iter().flatten() {
        expression(part, see);
    }
}

fn through(traversal: &Traversal, see: &mut dyn FnMut(&Expression)) {
    // A bare name at its root was seen with the whole.
    if !matches!(traversal.expr, Expression::Variable(_)) {
        expression(&traversal.expr, see);
    }
    for operator in &traversal.operators {
        if let hcl::expr::TraversalOperator::Index(index) = operator {
            expression(index, see);
        }
    }
}

fn template(text: &TemplateExpr, see: &mut dyn FnMut(&Expression)) {
    let parsed = Template::from_expr(text).unwrap_or_else(|error| panic!("{error}: {text}"));
    elements(&parsed, see);
}

fn elements(template: &Template, see: &mut dyn FnMut(&Expression)) {
    for element in template.elements() {
        match element {
            Element::Interpolation(part) => expression(&part.expr, see),
            Element::Directive(directive) => match &**directive {
                Directive::If(branch) => {
                    expression(&branch.cond_expr, see);
                    elements(&branch.true_template, see);
                    branch.false_template.iter().for_each(|other| elements(other, see));
                }
                Directive::For(each) => {
                    expression(&each.collection_expr, see);
                    elements(&each.template, see);
                }
            },
            Element::Literal(_) => {}
        }
    }
}

/// The resources of one kind, with their names.
pub(super) fn resources<'a>(body: &'a Body, kind: &'a str) -> impl Iterator<Item = (&'a str, &'a Block)> {
    blocks(body, "resource")
        .filter(move |block| block.labels[0].as_str() == kind)
        .map(|block| (block.labels[1].as_str(), block))
}

/// The blocks of one sort, directly in a body.
pub(super) fn blocks<'a>(body: &'a Body, sort: &'a str) -> impl Iterator<Item = &'a Block> {
    body.blocks().filter(move |block| block.identifier() == sort)
}

/// What a body says for an argument.
pub(super) fn said<'a>(body: &'a Body, argument: &str) -> Option<&'a Expression> {
    body.attributes().find(|attribute| attribute.key() == argument).map(hcl::Attribute::expr)
}

/// The text of an expression, on one line.
pub(super) fn shown(expression: &Expression) -> String {
    let text = hcl::format::to_string(expression).expect("an expression can be written");
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A plain text.
pub(super) fn text(expression: &Expression) -> Option<&str> {
    match expression {
        Expression::String(text) => Some(text),
        _ => None,
    }
}

/// Whether it is the word `true`.
pub(super) fn is_true(expression: &Expression) -> bool {
    matches!(expression, Expression::Bool(true))
}

/// A template as it is written, without its quotes.
pub(super) fn template_text(template: &TemplateExpr) -> &str {
    match template {
        TemplateExpr::QuotedString(text) => text,
        TemplateExpr::Heredoc(heredoc) => &heredoc.template,
    }
}
