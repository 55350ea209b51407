//! What Terraform puts into a function's environment is what the functions' documents say they read.

use std::collections::BTreeSet;

use hcl::expr::Expression;

use super::walk::{self, blocks};
use super::{configuration, text_of};

/// Words of a text that are names of our variables.
fn names(text: &str) -> BTreeSet<String> {
    text.split(|letter: char| !(letter.is_ascii_uppercase() || letter == '_'))
        .filter(|word| word.starts_with("LM_"))
        .map(str::to_owned)
        .collect()
}

/// The variables Terraform gives to any function.
fn given() -> BTreeSet<String> {
    let configuration = configuration();
    let mut found = BTreeSet::new();
    for block in blocks(&configuration, "locals") {
        for attribute in block.body.attributes().filter(|one| one.key().ends_with("_environment")) {
            walk::expression(attribute.expr(), &mut |part| {
                if let Expression::Object(object) = part {
                    found.extend(object.keys().map(ToString::to_string).filter(|key| key.starts_with("LM_")));
                }
            });
        }
    }
    found
}

/// Not read by the program: it changes when a secret does, and that alone makes Lambda start fresh copies.
const FOR_LAMBDA: &str = "LM_SECRETS_VERSION";

#[test]
fn every_variable_terraform_gives_is_documented_and_the_other_way_round() {
    let documents = names(&(text_of("functions/README.md") + &text_of("functions/web/README.md")));
    let given: BTreeSet<String> = given().into_iter().filter(|name| name != FOR_LAMBDA).collect();
    let plain = |name: &String| name.strip_suffix("_PARAMETER").unwrap_or(name).to_owned();
    let given_plain: BTreeSet<String> = given.iter().map(plain).collect();
    let unknown: Vec<_> = given_plain.difference(&documents).collect();
    assert!(unknown.is_empty(), "no function reads {unknown:?}");
    assert!(given.len() > 6, "the control: {given:?}");
}

/// Secrets reach a function as the name of a parameter, never as a value that whoever may look at the function reads.
#[test]
fn no_secret_stands_in_an_environment() {
    for name in given() {
        let secret = ["KEY", "SECRETS"].iter().any(|word| name.contains(word));
        let told = name.ends_with("_PARAMETER") || name == FOR_LAMBDA || name == "LM_ORIGIN_SECRETS";
        assert!(!secret || told, "{name}");
    }
    // The one that may stand by itself only ever says that there is none.
    let functions = text_of("infra/functions.tf");
    for line in functions.lines().filter(|line| line.contains("LM_ORIGIN_SECRETS ")) {
        assert!(line.contains("LM_ORIGIN_SECRETS = \"off\""), "{line}");
    }
}
