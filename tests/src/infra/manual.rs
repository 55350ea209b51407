//! The operator's guide against what Terraform makes: every alarm has its row there and every row an alarm, every name of
//! a variable or an output in it exists, and none is left out.

use std::collections::BTreeSet;

use hcl::expr::Expression;
use hcl::structure::Body;

use super::walk::{blocks, resources, said, shown};
use super::{configuration, parsed, text_of};

/// The row of the budget, which is no alarm of CloudWatch.
const BUDGET: &str = "budget";
/// Names in the guide that look like a variable's and are a value, a part of a table, a word of Terraform's backend.
const OTHERS: [&str; 4] = ["http_api", "load_balancer", "point_in_time_recovery", "use_lockfile"];

fn names(configuration: &Body, sort: &str) -> BTreeSet<String> {
    blocks(configuration, sort).map(|block| block.labels[0].as_str().to_owned()).collect()
}

/// Every alarm's name after the installation's, and what it says.
fn alarms(configuration: &Body) -> Vec<(String, String)> {
    let listed = blocks(configuration, "locals").find_map(|block| said(&block.body, "alarms"));
    let Some(Expression::Object(listed)) = listed else { panic!("local.alarms is an object") };
    let mut alarms: Vec<_> = listed.iter().map(|(name, alarm)| (name.to_string(), shown(alarm))).collect();
    for (_, block) in resources(configuration, "aws_cloudwatch_metric_alarm") {
        let text = |argument| said(&block.body, argument).map(shown).expect("a name and a description");
        let name = text("alarm_name").trim_matches('"').replace("${var.name}-", "");
        // The one that is made of the list above.
        if !name.contains("each.key") {
            alarms.push((name, text("alarm_description")));
        }
    }
    alarms
}

/// The first cells of the table below a heading.
fn rows(guide: &str, heading: &str) -> BTreeSet<String> {
    let (_, below) = guide.split_once(heading).unwrap_or_else(|| panic!("{heading} is gone"));
    let table = below.lines().skip_while(|line| !line.starts_with("| ---")).skip(1);
    let cells = table.map_while(|line| line.strip_prefix("| ")?.split(" |").next());
    cells.map(|cell| cell.trim_matches('`').to_owned()).collect()
}

/// Names that the guide gives as code: `a_b`, `a_b.c`, `a_b = 1`, and lines of `terraform.tfvars`.
fn code(guide: &str) -> BTreeSet<String> {
    let is_file = |span: &&str| span.contains(".tf");
    let spans = guide.split('`').skip(1).step_by(2).filter(|span| span.contains('\n') || !is_file(span));
    let set = guide.lines().filter(|line| line.starts_with("   ") && line.contains(" = "));
    let first = |text: &str| -> String {
        let text = text.trim_start_matches([' ', '#']);
        text.chars().take_while(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || *c == '_').collect()
    };
    spans.chain(set).map(first).filter(|name| !name.is_empty()).collect()
}

/// What follows `terraform output`.
fn asked_for(guide: &str) -> BTreeSet<String> {
    let after = guide.split("terraform output ").skip(1);
    let word = |text: &str| {
        let mut words = text.split([' ', ')', '`', '"', '\n']).filter(|word| !word.starts_with('-'));
        words.next().unwrap_or_default().to_owned()
    };
    after.map(word).collect()
}

/// What the guide and the configuration do not say alike.
fn differences(configuration: &Body, guide: &str) -> Vec<String> {
    let mut found = Vec::new();
    let alarms = alarms(configuration);
    let rows = rows(guide, "## What each alarm asks for");
    for (name, says) in &alarms {
        if !says.contains(" Do: ") {
            found.push(format!("alarm {name} does not say what to do"));
        }
        if !rows.contains(name) {
            found.push(format!("alarm {name} has no row"));
        }
    }
    let there: BTreeSet<&str> = alarms.iter().map(|(name, _)| name.as_str()).chain([BUDGET]).collect();
    found
        .extend(rows.iter().filter(|row| !there.contains(row.as_str())).map(|row| format!("no alarm {row}")));

    let (variables, outputs) = (names(configuration, "variable"), names(configuration, "output"));
    let (named, asked) = (code(guide), asked_for(guide));
    found.extend(asked.difference(&outputs).map(|name| format!("no output {name}")));
    found.extend(outputs.difference(&asked).map(|name| format!("output {name} is not told of")));
    found.extend(variables.difference(&named).map(|name| format!("variable {name} is not told of")));
    let unknown = named.iter().filter(|name| name.contains('_') && !OTHERS.contains(&name.as_str()));
    let unknown = unknown.filter(|name| !variables.contains(*name) && !outputs.contains(*name));
    found.extend(unknown.filter(|name| !is_resource(name)).map(|name| format!("no variable {name}")));
    found
}

/// A resource's address in a command.
fn is_resource(name: &str) -> bool {
    name.starts_with("aws_")
}

#[test]
fn the_guide_names_what_is_there_and_leaves_nothing_out() {
    assert_eq!(differences(&configuration(), &text_of("infra/README.md")), Vec::<String>::new());
}

#[test]
fn what_the_guide_invents_or_forgets_is_seen() {
    let made = parsed(
        "locals {\n  alarms = { web-errors = { says = \"x. Do: y\" }, late = { says = \"?\" } }\n}\n\
         resource \"aws_cloudwatch_metric_alarm\" \"silent\" {\n  alarm_name = \"${var.name}-silent\"\n  \
         alarm_description = \"x. Do: y\"\n}\nvariable \"log_days\" {}\noutput \"queues\" {}\n",
    );
    let guide = "Set `log_level = 1` and `terraform output dashboard`.\n\n## What each alarm asks for\n\n\
                 | alarm | means |\n| --- | --- |\n| `web-errors` | x |\n| `gone` | y |\n| budget | z |\n\nEnd.";
    let expected = [
        "alarm late does not say what to do",
        "alarm late has no row",
        "alarm silent has no row",
        "no alarm gone",
        "no output dashboard",
        "output queues is not told of",
        "variable log_days is not told of",
        "no variable log_level",
    ];
    assert_eq!(differences(&made, guide), expected);
}
