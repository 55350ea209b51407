//! Every argument and block of every resource, against what the providers' published schemas know
//! (`tests/fixtures/terraform-schema.json`; `cargo xtask infra-schema` renews it).

use std::collections::BTreeMap;

use hcl::structure::Body;
use serde::Deserialize;

use super::walk::blocks;
use super::{configuration, parsed, text_of};

/// What a provider knows of one kind of resource, or of a block inside.
#[derive(Debug, Deserialize)]
pub(super) struct Known {
    /// Type, then `!` required, `?` optional, `=` only read.
    pub(super) attributes: BTreeMap<String, String>,
    #[serde(default)]
    pub(super) blocks: BTreeMap<String, KnownBlock>,
}

/// A block, and how often it may and must stand.
#[derive(Debug, Deserialize)]
pub(super) struct KnownBlock {
    required: bool,
    many: bool,
    #[serde(flatten)]
    inside: Known,
}

#[derive(Debug, Deserialize)]
struct Fixture {
    schema: BTreeMap<String, Known>,
}

/// By `resource aws_sqs_queue`, `data ...`, `ephemeral ...`.
pub(super) fn known() -> BTreeMap<String, Known> {
    let fixture: Fixture =
        serde_json::from_str(&text_of("tests/fixtures/terraform-schema.json")).expect("the fixture");
    fixture.schema
}

/// Terraform's own, allowed in every resource.
const META_ARGUMENTS: [&str; 4] = ["count", "for_each", "provider", "depends_on"];
const META_BLOCKS: [&str; 4] = ["lifecycle", "provisioner", "connection", "dynamic"];

/// What is wrong with the arguments of a configuration.
fn wrong(configuration: &Body) -> Vec<String> {
    let known = known();
    let mut wrong = Vec::new();
    for sort in ["resource", "data", "ephemeral"] {
        for block in blocks(configuration, sort) {
            let place = format!("{sort} {}.{}", block.labels[0].as_str(), block.labels[1].as_str());
            match known.get(&format!("{sort} {}", block.labels[0].as_str())) {
                Some(kind) => {
                    check(&place, &block.body, kind, true, &mut wrong);
                }
                None => {
                    wrong
                        .push(format!("{place}: the fixture knows no such kind; `cargo xtask infra-schema`"));
                }
            }
        }
    }
    wrong
}

fn check(place: &str, body: &Body, kind: &Known, top: bool, wrong: &mut Vec<String>) {
    let given: Vec<&str> = body.attributes().map(hcl::Attribute::key).collect();
    for name in &given {
        match kind.attributes.get(*name) {
            _ if top && META_ARGUMENTS.contains(name) => {}
            Some(kind) if kind.ends_with('=') => wrong.push(format!("{place}: `{name}` can only be read")),
            Some(_) => {}
            None => wrong.push(format!("{place}: no argument `{name}`")),
        }
    }
    for (name, _) in kind.attributes.iter().filter(|(_, kind)| kind.ends_with('!')) {
        let as_block = blocks(body, name).next().is_some();
        if !given.contains(&name.as_str()) && !as_block {
            wrong.push(format!("{place}: `{name}` is missing"));
        }
    }

    let mut seen: BTreeMap<&str, usize> = BTreeMap::new();
    for block in body.blocks() {
        let (name, inside) = match block.identifier() {
            "dynamic" => {
                let content = blocks(&block.body, "content").next().expect("`dynamic` has a `content`");
                (block.labels[0].as_str(), &content.body)
            }
            name if top && META_BLOCKS.contains(&name) => continue,
            name => (name, &block.body),
        };
        *seen.entry(name).or_default() += 1;
        match kind.blocks.get(name) {
            Some(block) => check(&format!("{place}.{name}"), inside, &block.inside, false, wrong),
            // What may hold itself without end (WAF's statements) the fixture only names.
            None if kind.attributes.get(name).is_some_and(|kind| kind.starts_with("any")) => {}
            None => wrong.push(format!("{place}: no block `{name}`")),
        }
    }
    for (name, block) in &kind.blocks {
        match seen.get(name.as_str()) {
            None if block.required => wrong.push(format!("{place}: block `{name}` is missing")),
            Some(2..) if !block.many => wrong.push(format!("{place}: more than one block `{name}`")),
            _ => {}
        }
    }
}

#[test]
fn every_argument_is_one_the_provider_knows_and_none_is_missing() {
    assert_eq!(wrong(&configuration()), Vec::<String>::new());
}

/// Controls: without them nobody would know whether the check above can fail.
#[test]
fn a_wrong_or_missing_argument_is_seen() {
    let cases = [
        ("retention_days = 30\n name = \"x\"", "no argument `retention_days`"),
        ("arn = \"x\"", "`arn` can only be read"),
        ("retention {}", "no block `retention`"),
    ];
    for (inside, complaint) in cases {
        let found =
            wrong(&parsed(&format!("resource \"aws_cloudwatch_log_group\" \"x\" {{\n{inside}\n}}\n")));
        assert!(found.iter().any(|line| line.contains(complaint)), "{inside}: {found:?}");
    }
    let found = wrong(&parsed("resource \"aws_sns_topic_policy\" \"x\" {\n  arn = \"x\"\n}\n"));
    assert_eq!(found, ["resource aws_sns_topic_policy.x: `policy` is missing"]);
    let found =
        wrong(&parsed("resource \"aws_s3_bucket_ownership_controls\" \"x\" {\n  bucket = \"x\"\n}\n"));
    assert_eq!(found, ["resource aws_s3_bucket_ownership_controls.x: block `rule` is missing"]);
    let found = wrong(&parsed("resource \"aws_made_up\" \"x\" {}\n"));
    assert!(found[0].contains("knows no such kind"), "{found:?}");
}

#[test]
fn a_wrong_argument_deep_inside_a_real_file_is_seen() {
    let broken = text_of("infra/tables.tf").replacen("recovery_period_in_days", "recovery_days", 1);
    let found = wrong(&parsed(&broken));
    assert_eq!(
        found,
        ["resource aws_dynamodb_table.main.point_in_time_recovery: no argument `recovery_days`"]
    );
}
