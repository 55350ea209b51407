//! R10: what the program says to each requirement of OWASP ASVS 5.0.0, levels 1 and 2 (`fixtures/asvs-5.0.json`). Every
//! row has one answer: tests that would fail, a reason with the file that is it, that it does not apply, or that it is
//! not met yet. The standard's own words are not here: it lies at <https://github.com/OWASP/ASVS>.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use serde::Deserialize;

use crate::figures::{number, record};

/// How many requirements the standard's list has at each level (`5.0/docs_en`, `...5.0.0_en.flat.json`).
const AT_LEVEL: [(u8, usize); 2] = [(1, 70), (2, 183)];
/// How many are not met. Whoever mends one lowers it; whoever finds one more says so here and in the row.
const GAPS: usize = 29;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct List {
    #[serde(rename = "standard")]
    _standard: String,
    rows: Vec<Row>,
}

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Row {
    id: String,
    level: u8,
    asks: String,
    test: Option<Vec<String>>,
    reason: Option<String>,
    file: Option<String>,
    not_applicable: Option<String>,
    gap: Option<String>,
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

/// The text of every file below a folder whose name ends so.
fn texts(folder: &Path, ending: &str, out: &mut Vec<String>) {
    for entry in std::fs::read_dir(folder).expect("a folder of the sources") {
        let path = entry.expect("an entry").path();
        let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
        if path.is_dir() && !["node_modules", "target"].contains(&name) {
            texts(&path, ending, out);
        } else if name.ends_with(ending) {
            out.push(std::fs::read_to_string(&path).expect("a text"));
        }
    }
}

fn texts_of(folder: &str, ending: &str) -> Vec<String> {
    let mut out = Vec::new();
    texts(&root().join(folder), ending, &mut out);
    out
}

/// The names of all tests: functions, what people do in a browser, runs of Terraform.
fn names_of_tests() -> BTreeSet<String> {
    let mut names = BTreeSet::new();
    for text in ["app", "functions", "tests/src"].iter().flat_map(|folder| texts_of(folder, ".rs")) {
        for attribute in ["#[test]", "#[tokio::test"] {
            let after =
                text.split(attribute).skip(1).filter_map(|rest| rest.split_once("fn ")?.1.split('(').next());
            names.extend(after.map(str::to_owned));
        }
    }
    for (folder, ending, start) in [
        ("tests/e2e", ".test.js", "test(\""),
        ("tests/e2e", ".test.js", "story(\""),
        ("infra/tests", ".tftest.hcl", "run \""),
    ] {
        for text in texts_of(folder, ending) {
            let titles =
                text.split(start).skip(1).filter_map(|rest| Some(rest.split_once('"')?.0.to_owned()));
            names.extend(titles);
        }
    }
    names
}

/// What is wrong with an answer.
fn wrong(row: &Row, tests: &BTreeSet<String>) -> Option<String> {
    let said = [&row.reason, &row.not_applicable, &row.gap];
    let answers = said.iter().filter(|answer| answer.is_some()).count() + usize::from(row.test.is_some());
    if answers != 1 {
        return Some(format!("{answers} answers, not one"));
    }
    if row.asks.is_empty() || said.iter().any(|answer| answer.as_ref().is_some_and(String::is_empty)) {
        return Some("no words".to_owned());
    }
    if let Some(named) = &row.test {
        let unknown = named.iter().find(|name| !tests.contains(*name));
        return if named.is_empty() {
            Some("no test".to_owned())
        } else {
            unknown.map(|name| format!("no test {name:?}"))
        };
    }
    match (&row.reason, &row.file) {
        (Some(_), Some(file)) if root().join(file).is_file() => None,
        (Some(_), file) => Some(format!("no file {file:?}")),
        (None, Some(_)) => Some("a file without a reason".to_owned()),
        (None, None) => None,
    }
}

#[test]
fn every_requirement_of_the_standard_has_an_answer() {
    let text = std::fs::read_to_string(root().join("tests/fixtures/asvs-5.0.json")).expect("the list");
    let rows = serde_json::from_str::<List>(&text).expect("a list of rows").rows;
    let tests = names_of_tests();
    let broken = rows.iter().filter_map(|row| Some(format!("{}: {}", row.id, wrong(row, &tests)?)));
    let broken: Vec<String> = broken.collect();
    let ids: BTreeSet<&str> = rows.iter().map(|row| row.id.as_str()).collect();
    assert_eq!(ids.len(), rows.len(), "a row stands twice");
    for (level, wanted) in AT_LEVEL {
        assert_eq!(rows.iter().filter(|row| row.level == level).count(), wanted, "level {level}");
    }
    assert_eq!(rows.len(), AT_LEVEL.iter().map(|(_, count)| count).sum::<usize>(), "rows of another level");
    let gaps: Vec<&str> = rows.iter().filter(|row| row.gap.is_some()).map(|row| row.id.as_str()).collect();
    let unanswered = broken.len() + gaps.len();
    record("R10", number(unanswered), None, &format!("of {} rows; not met: {}", rows.len(), gaps.join(", ")));
    assert_eq!(broken, Vec::<String>::new());
    assert_eq!(gaps.len(), GAPS, "{gaps:?}");
}

#[test]
fn an_answer_that_is_none_is_seen() {
    let tests = BTreeSet::from(["it_is_so".to_owned()]);
    let row = |change: fn(&mut Row)| {
        let mut row = Row { asks: "something".to_owned(), ..Row::default() };
        change(&mut row);
        wrong(&row, &tests)
    };
    assert_eq!(row(|row| row.test = Some(vec!["it_is_so".to_owned()])), None);
    assert_eq!(row(|row| (row.reason, row.file) = (Some("so".into()), Some("Cargo.toml".into()))), None);
    assert!(row(|_| ()).is_some(), "no answer");
    assert!(row(|row| (row.gap, row.not_applicable) = (Some("x".into()), Some("y".into()))).is_some(), "two");
    assert!(row(|row| row.test = Some(vec!["it_was_so".to_owned()])).is_some(), "a test that is gone");
    assert!(row(|row| row.test = Some(Vec::new())).is_some(), "no test at all");
    assert!(row(|row| row.reason = Some("so".into())).is_some(), "a reason without its file");
    assert!(
        row(|row| (row.reason, row.file) = (Some("so".into()), Some("gone.rs".into()))).is_some(),
        "gone"
    );
}
