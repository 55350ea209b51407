//! The tables as Terraform makes them are the tables as `functions/store` makes them.

use hcl::structure::Block;
use store::{Definition, Table, TableNames};

use super::walk::{self, blocks, is_true, resources, said};
use super::{configuration, parsed, text_of};

fn text(block: &Block, argument: &str) -> Option<String> {
    said(&block.body, argument).and_then(walk::text).map(str::to_owned)
}

fn inner<'a>(block: &'a Block, name: &'a str) -> Option<&'a Block> {
    blocks(&block.body, name).next()
}

/// What Terraform says of a table, in the shape of the code's own definition.
#[derive(Debug, PartialEq, Eq)]
struct Said {
    partition_key: String,
    sort_key: String,
    ttl: String,
    index: Option<(String, String, String)>,
    stream: bool,
}

fn in_terraform(block: &Block) -> Option<Said> {
    let index = match inner(block, "global_secondary_index") {
        Some(index) => {
            assert_eq!(text(index, "projection_type").as_deref(), Some("ALL"));
            Some((text(index, "name")?, text(index, "hash_key")?, text(index, "range_key")?))
        }
        None => None,
    };
    let streams = said(&block.body, "stream_enabled").is_some_and(is_true);
    if streams {
        assert_eq!(text(block, "stream_view_type").as_deref(), Some("NEW_IMAGE"));
    }
    let ttl = inner(block, "ttl")?;
    assert!(said(&ttl.body, "enabled").is_some_and(is_true));
    let said = Said {
        partition_key: text(block, "hash_key")?,
        sort_key: text(block, "range_key")?,
        ttl: text(ttl, "attribute_name")?,
        index,
        stream: streams,
    };
    // DynamoDB wants every key declared, and nothing else; all of ours are strings.
    let mut keys = vec![said.partition_key.clone(), said.sort_key.clone()];
    keys.extend(said.index.iter().flat_map(|(_, partition, sort)| [partition.clone(), sort.clone()]));
    let mut declared: Vec<String> =
        blocks(&block.body, "attribute").map(|one| text(one, "name").expect("a name")).collect();
    assert!(blocks(&block.body, "attribute").all(|one| text(one, "type").as_deref() == Some("S")));
    keys.sort();
    declared.sort();
    assert_eq!(declared, keys);
    Some(said)
}

fn in_code(definition: Definition) -> Said {
    let text = str::to_owned;
    Said {
        partition_key: text(definition.partition_key),
        sort_key: text(definition.sort_key),
        ttl: text(definition.ttl),
        index: definition.index.map(|(name, partition, sort)| (text(name), text(partition), text(sort))),
        stream: definition.stream,
    }
}

fn table(name: &str, text: &hcl::Body) -> Option<Said> {
    let (_, block) = resources(text, "aws_dynamodb_table").find(|(own, _)| *own == name)?;
    in_terraform(block)
}

#[test]
fn terraform_makes_the_tables_that_the_code_expects() {
    let configuration = configuration();
    assert_eq!(resources(&configuration, "aws_dynamodb_table").count(), Table::ALL.len());
    for (kind, name) in [(Table::Main, "main"), (Table::Sessions, "sessions")] {
        assert_eq!(table(name, &configuration), Some(in_code(kind.definition())), "{name}");
    }
}

#[test]
fn another_key_or_index_in_terraform_is_seen() {
    let real = text_of("infra/tables.tf");
    for (from, to) in [
        ("\"sk\"", "\"sort\""),
        ("\"gpk\"", "\"partition\""),
        ("\"ttl\"", "\"expires\""),
        ("\"desk\"", "\"open\""),
    ] {
        let other = table("main", &parsed(&real.replace(from, to)));
        assert_ne!(other, Some(in_code(Table::Main.definition())), "{from}");
    }
}

/// Without an own name the tables are called as on one machine, so that an export and the documents agree.
#[test]
fn the_default_names_are_those_of_the_code() {
    let configuration = configuration();
    let name =
        blocks(&configuration, "variable").find(|one| one.labels[0].as_str() == "name").expect("var.name");
    let main = text(name, "default").expect("a default");
    assert_eq!(TableNames { sessions: format!("{main}-sessions"), main }, TableNames::default());
}
