//! Everything a configuration refers to is there: variables, locals, resources, and of those only what they have.

use std::collections::BTreeSet;

use hcl::expr::{Expression, TraversalOperator};
use hcl::structure::Body;

use super::schema::known;
use super::walk::{blocks, expressions};
use super::{configuration, parsed};

/// What leads nowhere.
fn dangling(configuration: &Body) -> BTreeSet<String> {
    let known = known();
    let named = |sort: &str| -> BTreeSet<String> {
        blocks(configuration, sort)
            .map(|block| block.labels.iter().map(hcl::BlockLabel::as_str).collect::<Vec<_>>().join("."))
            .collect()
    };
    let locals: BTreeSet<String> = blocks(configuration, "locals")
        .flat_map(|block| block.body.attributes().map(|one| one.key().to_owned()))
        .collect();
    let (variables, resources) = (named("variable"), named("resource"));
    let (data, ephemeral) = (named("data"), named("ephemeral"));

    let mut dangling = BTreeSet::new();
    expressions(configuration, &mut |expression| {
        let Expression::Traversal(traversal) = expression else { return };
        let Expression::Variable(root) = &traversal.expr else { return };
        let steps: Vec<&str> = traversal
            .operators
            .iter()
            .filter_map(|operator| match operator {
                TraversalOperator::GetAttr(name) => Some(name.as_str()),
                _ => None,
            })
            .collect();
        let thing = |sort: &str, there: &BTreeSet<String>, steps: &[&str]| {
            let [kind, name, rest @ ..] = steps else { return None };
            if !there.contains(&format!("{kind}.{name}")) {
                return Some(format!("no {sort} {kind}.{name}"));
            }
            let attribute = rest.first()?;
            let kind = known.get(&format!("{sort} {kind}"))?;
            let has = kind.attributes.contains_key(*attribute) || kind.blocks.contains_key(*attribute);
            (!has).then(|| format!("{}.{name} has no `{attribute}`", steps[0]))
        };
        let whole = || [&[root.as_str()], steps.as_slice()].concat();
        let problem = match root.as_str() {
            "var" => {
                steps.first().filter(|name| !variables.contains(**name)).map(|name| format!("no var.{name}"))
            }
            "local" => {
                steps.first().filter(|name| !locals.contains(**name)).map(|name| format!("no local.{name}"))
            }
            "data" => thing("data", &data, &steps),
            "ephemeral" => thing("ephemeral", &ephemeral, &steps),
            name if name.starts_with("aws_") || name.starts_with("random_") => {
                thing("resource", &resources, &whole())
            }
            _ => None,
        };
        dangling.extend(problem);
    });
    dangling
}

#[test]
fn everything_referred_to_is_there() {
    assert_eq!(dangling(&configuration()), BTreeSet::new());
}

#[test]
fn a_reference_that_leads_nowhere_is_seen() {
    let cases = [
        ("var.nobody", "no var.nobody"),
        ("\"a-${local.nothing}\"", "no local.nothing"),
        ("aws_sqs_queue.other.arn", "no resource aws_sqs_queue.other"),
        ("[for queue in [1] : aws_sqs_queue.one[0].address]", "aws_sqs_queue.one has no `address`"),
        ("data.aws_partition.this.name", "no data aws_partition.this"),
    ];
    for (expression, complaint) in cases {
        let text = format!("resource \"aws_sqs_queue\" \"one\" {{}}\nlocals {{\n  x = {expression}\n}}\n");
        assert!(dangling(&parsed(&text)).contains(complaint), "{expression}: {:?}", dangling(&parsed(&text)));
    }
}

/// A variable that nothing reads is a promise to the operator that nobody keeps.
#[test]
fn every_variable_is_read() {
    let configuration = configuration();
    let mut read = BTreeSet::new();
    let body: Body = configuration
        .iter()
        .filter(|structure| structure.as_block().is_none_or(|block| block.identifier() != "variable"))
        .cloned()
        .collect();
    expressions(&body, &mut |expression| {
        if let Expression::Traversal(traversal) = expression
            && matches!(&traversal.expr, Expression::Variable(root) if root.as_str() == "var")
            && let Some(TraversalOperator::GetAttr(name)) = traversal.operators.first()
        {
            read.insert(name.as_str().to_owned());
        }
    });
    let unread: Vec<_> = blocks(&configuration, "variable")
        .map(|block| block.labels[0].as_str())
        .filter(|name| !read.contains(*name))
        .collect();
    assert_eq!(unread, Vec::<&str>::new());
}
