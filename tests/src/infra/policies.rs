//! No right is wider than its use: every statement that allows something names its actions and resources.

use std::collections::BTreeSet;

use hcl::expr::{Expression, Object, ObjectKey};
use hcl::structure::{Body, Structure};

use super::walk::{self, blocks, expressions, shown};
use super::{configuration, parsed};

/// Resources that end with a star because AWS knows no narrower form, or what they name is not known beforehand; each
/// has its reason beside it in the file.
const NARROW_STARS: [&str; 4] = [
    // Streams of one log group: one for each copy of a function.
    "${group.arn}:*",
    // Files are named by their hash.
    "${each.value.arn}/*",
    "${aws_s3_bucket.assets[0].arn}/pkg/*",
    "${aws_s3_bucket.earlier[0].arn}/pkg/*",
];

fn field<'a>(object: &'a Object<ObjectKey, Expression>, name: &str) -> Option<&'a Expression> {
    object.iter().find(|(key, _)| key.to_string() == name).map(|(_, value)| value)
}

/// Every text in an expression, templates as they are written.
fn texts(expression: &Expression) -> Vec<String> {
    let mut texts = Vec::new();
    walk::expression(expression, &mut |part| match part {
        Expression::String(text) => texts.push(text.clone()),
        Expression::TemplateExpr(text) => texts.push(walk::template_text(text).to_owned()),
        _ => {}
    });
    texts
}

/// What is too wide in the statements of a body.
fn too_wide(configuration: &Body) -> Vec<String> {
    let mut found = Vec::new();
    for structure in configuration {
        let (place, in_key) = match structure {
            Structure::Block(block) => {
                let labels: Vec<&str> = block.labels.iter().map(hcl::BlockLabel::as_str).collect();
                // The policy of a key speaks of this key as `*`, and of nothing else. Its owner's statement is a local.
                (labels.join("."), labels.first() == Some(&"aws_kms_key"))
            }
            Structure::Attribute(_) => continue,
        };
        let body: Body = std::iter::once(structure.clone()).collect();
        expressions(&body, &mut |expression| {
            let Expression::Object(statement) = expression else { return };
            if field(statement, "Effect").map(shown).as_deref() != Some("\"Allow\"") {
                return;
            }
            let owner = field(statement, "Sid").map(shown).as_deref() == Some("\"OwnedByTheAccount\"");
            for (name, texts) in ["Action", "Resource", "Principal"]
                .map(|name| (name, field(statement, name).map(texts).unwrap_or_default()))
            {
                for text in texts {
                    let known = match name {
                        "Resource" => {
                            NARROW_STARS.contains(&text.as_str()) || (text == "*" && (in_key || owner))
                        }
                        "Action" => owner && text == "kms:*",
                        _ => false,
                    };
                    if text.contains('*') && !known {
                        found.push(format!("{place}: {name} {text}"));
                    }
                }
            }
            for name in ["NotAction", "NotResource", "NotPrincipal"] {
                if field(statement, name).is_some() {
                    found.push(format!("{place}: {name} allows what nobody thought of"));
                }
            }
        });
    }
    found
}

/// Names of resources in the statements of one function.
fn named_by(function: &str) -> String {
    let configuration = configuration();
    let statements = blocks(&configuration, "locals")
        .find_map(|block| walk::said(&block.body, "statements"))
        .expect("local.statements");
    let Expression::Object(functions) = statements else { panic!("local.statements is an object") };
    shown(field(functions, function).unwrap_or_else(|| panic!("no statements of {function}")))
}

#[test]
fn no_statement_allows_more_than_it_names() {
    assert_eq!(too_wide(&configuration()), Vec::<String>::new());
}

#[test]
fn a_star_is_seen_wherever_it_stands() {
    let cases = [
        (r#"Action = "s3:*", Resource = "arn""#, "Action s3:*"),
        (r#"Action = ["s3:GetObject", "dynamodb:Get*"], Resource = "arn""#, "Action dynamodb:Get*"),
        (r#"Action = "s3:GetObject", Resource = ["*"]"#, "Resource *"),
        (r#"Action = "s3:GetObject", Resource = "${a.arn}/*""#, "Resource ${a.arn}/*"),
        (r#"Action = "s3:GetObject", Resource = "arn", Principal = { AWS = "*" }"#, "Principal *"),
        (r#"NotAction = "s3:GetObject", Resource = "arn""#, "NotAction"),
    ];
    for (inside, complaint) in cases {
        let text = format!("locals {{\n  x = [{{ Effect = \"Allow\", {inside} }}]\n}}\n");
        let found = too_wide(&parsed(&text));
        assert!(found.iter().any(|line| line.contains(complaint)), "{inside}: {found:?}");
    }
}

/// `tally` reads what happens and sends push messages: sessions and care remarks are nothing to it, nor to `clock`.
#[test]
fn only_web_reaches_sessions_and_the_care_key() {
    for secret in ["aws_dynamodb_table.sessions", "aws_kms_key.care", "aws_ssm_parameter.care", "origin"] {
        assert!(named_by("web").contains(secret), "the control: web needs {secret}");
        for function in ["tally", "clock"] {
            assert!(!named_by(function).contains(secret), "{function} has a right to {secret}");
        }
    }
    assert!(!named_by("clock").contains("push"));
}

/// Rights hang on roles by one resource, so that the statements above are all there are.
#[test]
fn no_right_is_given_anywhere_else() {
    let configuration = configuration();
    let kinds: BTreeSet<&str> = blocks(&configuration, "resource")
        .map(|block| block.labels[0].as_str())
        .filter(|kind| kind.starts_with("aws_iam"))
        .collect();
    assert_eq!(
        kinds,
        BTreeSet::from(["aws_iam_role", "aws_iam_role_policy", "aws_iam_role_policy_attachment"])
    );
    let attached: Vec<_> =
        walk::resources(&configuration, "aws_iam_role_policy_attachment").map(|(name, _)| name).collect();
    assert_eq!(attached, ["tracing"]);
}
