//! What Terraform lets a function do to the tables, read from `permissions.tf`: the emulator of the functions holds them
//! to it.

use std::collections::{BTreeMap, BTreeSet};

use hcl::expr::{Expression, ObjectKey};
use hcl::structure::Body;

use super::walk::{self, blocks, said, shown};
use super::{configuration, text_of};

/// What a right is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum On {
    /// The main table.
    Main,
    /// Its index.
    Index,
    /// The sessions table.
    Sessions,
}

/// The actions of a function, by what they are allowed on.
pub(crate) fn table_rights(function: &str) -> BTreeMap<On, BTreeSet<String>> {
    let configuration = configuration();
    let statements = local(&configuration, "statements");
    let Expression::Object(functions) = statements else { panic!("local.statements is an object") };
    let own = functions.iter().find(|(key, _)| key.to_string() == function).map(|(_, value)| value);
    let mut rights: BTreeMap<On, BTreeSet<String>> = BTreeMap::new();
    walk::expression(own.expect("statements of the function"), &mut |part| {
        let Expression::Object(statement) = part else { return };
        let field = |name: &str| {
            statement
                .iter()
                .find(|(key, _): &(&ObjectKey, _)| key.to_string() == name)
                .map(|(_, value)| value)
        };
        let (Some(action), Some(resource)) = (field("Action"), field("Resource")) else { return };
        for on in resources(&shown(resource)) {
            rights.entry(on).or_default().extend(texts(&configuration, action));
        }
    });
    rights
}

fn resources(text: &str) -> Vec<On> {
    match text {
        "aws_dynamodb_table.main.arn" => vec![On::Main],
        "local.main_and_index" => vec![On::Main, On::Index],
        "aws_dynamodb_table.sessions.arn" => vec![On::Sessions],
        _ => vec![],
    }
}

/// Every text in an expression, through locals, without the service's name.
fn texts(configuration: &Body, root: &Expression) -> Vec<String> {
    let mut found = Vec::new();
    walk::expression(root, &mut |part| match part {
        Expression::String(text) => found.push(text.trim_start_matches("dynamodb:").to_owned()),
        Expression::Traversal(_) => {
            if let Some(name) = shown(part).strip_prefix("local.") {
                found.extend(texts(configuration, local(configuration, name)));
            }
        }
        _ => {}
    });
    found
}

fn local<'a>(configuration: &'a Body, name: &str) -> &'a Expression {
    let found = blocks(configuration, "locals").find_map(|block| said(&block.body, name));
    found.unwrap_or_else(|| panic!("local.{name}"))
}

#[test]
fn rights_are_read_through_locals_and_the_readme_says_the_same() {
    let clock = table_rights("clock");
    let steps = ["GetItem", "Query", "PutItem", "UpdateItem", "DeleteItem"].map(str::to_owned);
    assert_eq!(clock, BTreeMap::from([(On::Main, BTreeSet::from(steps.clone()))]));
    assert_eq!(table_rights("tally"), clock);
    let web = table_rights("web");
    assert!(web[&On::Sessions].contains("BatchWriteItem") && web[&On::Index].contains("Query"), "{web:?}");
    let readme = text_of("functions/README.md");
    for function in ["clock", "tally"] {
        let line = readme.lines().find(|line| line.starts_with(&format!("| `{function}` | main |")));
        let line = line.unwrap_or_else(|| panic!("{function} is not in functions/README.md"));
        assert!(steps.iter().all(|step| line.contains(&format!("`{step}`"))), "{line}");
    }
}
