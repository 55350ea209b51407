//! Rules about the text of files. The words they look for are put together here from parts, so
//! that this file keeps the rules too.

use std::process::Stdio;

use anyhow::{Context, Result, ensure};

use super::Source;
use crate::shell;

/// Modules longer than this are named in the report; a reader should find their way.
const LONG: usize = 250;

/// Every text file that git knows or would take.
pub(crate) fn read() -> Result<Vec<Source>> {
    let output = shell::command("git")
        .args(["ls-files", "-z", "--cached", "--others", "--exclude-standard"])
        .stderr(Stdio::inherit())
        .output()
        .context("git could not be started")?;
    ensure!(output.status.success(), "git ls-files failed: the house rules need a git checkout");
    let names = String::from_utf8(output.stdout)?;
    let read = |path: &str| {
        let text = String::from_utf8(std::fs::read(shell::root().join(path)).ok()?).ok()?;
        Some(Source { path: path.to_owned(), text })
    };
    Ok(names.split('\0').filter_map(read).collect())
}

pub(crate) fn without_head(sources: &[Source]) -> Vec<String> {
    rust(sources).filter(|source| !source.text.starts_with("//!")).map(|source| source.path.clone()).collect()
}

pub(crate) fn unfinished(sources: &[Source]) -> Vec<String> {
    let in_rust = [concat!("to", "do!("), concat!("unimple", "mented!("), concat!("#[", "ignore")];
    let in_scripts = [".skip(", ".only(", ".fixme(", ".to", "skip: true", "only: true", "waitForTimeout("];
    let in_scripts: Vec<String> = in_scripts
        .iter()
        .map(|word| if *word == ".to" { concat!(".to", "do(").to_owned() } else { (*word).to_owned() })
        .collect();
    let scripts =
        sources.iter().filter(|source| source.path.starts_with("tests/e2e/") && source.path.ends_with(".js"));
    let mut places: Vec<String> = rust(sources).flat_map(|source| lines_with(source, &in_rust)).collect();
    places.extend(scripts.flat_map(|source| lines_with(source, &in_scripts)));
    places
}

/// The prefixes of the table's keys, as string literals, outside the file that owns them.
pub(crate) fn key_strings(sources: &[Source]) -> Vec<String> {
    let prefixes = [
        "R", "H", "C", "N", "P", "D", "L", "S", "X", "T", "W", "I", "M", "Q", "U", "Y", "CARE", "READ",
        "DESK", "DUE", "STOCK", "TOTAL", "BOARD", "PERSON", "MENU", "WINDOW", "NOTICE", "NEXT", "!LOAD",
    ];
    let words: Vec<String> =
        prefixes.iter().map(|prefix| format!("\"{prefix}#")).chain(["#B#".to_owned()]).collect();
    rust(sources)
        .filter(|source| source.path.starts_with("functions/") || source.path.starts_with("app/"))
        .filter(|source| !owns_keys(&source.path))
        .flat_map(|source| lines_with(&without_tests(source), &words))
        .collect()
}

/// `keys.rs` and the parts of it.
fn owns_keys(path: &str) -> bool {
    path.strip_prefix("functions/store/src/keys").is_some_and(|rest| rest == ".rs" || rest.starts_with('/'))
}

/// Paths and registry hosts that exist on one machine only.
pub(crate) fn machine_paths(sources: &[Source]) -> Vec<String> {
    let paths = [concat!("/wo", "rk/"), concat!("/ro", "ot/"), concat!("/ho", "me/")];
    let hosts =
        [concat!("arti", "factory"), concat!("index.cra", "tes.io"), concat!("registry.npm", "js.org")];
    let mut places = Vec::new();
    for source in sources {
        for (number, line) in source.text.lines().enumerate() {
            let has_path = paths.iter().any(|path| {
                line.match_indices(path).any(|(at, _)| {
                    let before = line[..at].chars().next_back();
                    before.is_none_or(|c| !c.is_alphanumeric() && !"_-.$}*~:/".contains(c))
                })
            });
            if has_path || hosts.iter().any(|host| line.contains(host)) {
                places.push(format!("{}:{}", source.path, number + 1));
            }
        }
    }
    places
}

/// A line or two about how long the modules are.
pub(crate) fn lengths(sources: &[Source]) -> String {
    let mut modules: Vec<(usize, &str)> =
        rust(sources).map(|source| (source.text.lines().count(), source.path.as_str())).collect();
    modules.sort_unstable();
    let median = modules.get(modules.len() / 2).map_or(0, |(lines, _)| *lines);
    let long: Vec<String> = modules
        .iter()
        .rev()
        .take_while(|(lines, _)| *lines > LONG)
        .map(|(lines, path)| format!("          {lines:>4} {path}"))
        .collect();
    let heading = format!(
        "  {} Rust files, median {median} lines, {} longer than {LONG}{}",
        modules.len(),
        long.len(),
        if long.is_empty() { "" } else { ":\n" }
    );
    heading + &long.join("\n")
}

fn rust(sources: &[Source]) -> impl Iterator<Item = &Source> {
    sources.iter().filter(|source| source.path.ends_with(".rs"))
}

fn lines_with<Word: AsRef<str>>(source: &Source, words: &[Word]) -> Vec<String> {
    let is_hit = |line: &str| words.iter().any(|word| line.contains(word.as_ref()));
    let lines = source.text.lines().enumerate().filter(|(_, line)| is_hit(line));
    lines.map(|(number, line)| format!("{}:{}: {}", source.path, number + 1, line.trim())).collect()
}

/// The file up to its unit tests, which may spell out what is stored.
fn without_tests(source: &Source) -> Source {
    let text = source.text.split("#[cfg(test)]").next().unwrap_or_default().to_owned();
    Source { path: source.path.clone(), text }
}

#[cfg(test)]
mod tests {
    use super::{Source, key_strings, machine_paths, unfinished, without_head};

    fn source(path: &str, text: &str) -> Vec<Source> {
        vec![Source { path: path.to_owned(), text: text.to_owned() }]
    }

    #[test]
    fn a_file_without_a_head_is_named() {
        assert_eq!(without_head(&source("app/x.rs", "use std;\n")), ["app/x.rs"]);
        assert!(without_head(&source("app/x.rs", "//! Says what lives here.\n")).is_empty());
    }

    #[test]
    fn a_stub_and_a_skipped_test_are_named() {
        assert_eq!(unfinished(&source("app/x.rs", concat!("fn f() { to", "do!() }"))).len(), 1);
        assert_eq!(unfinished(&source("tests/e2e/x.test.js", "test.skip('later')")).len(), 1);
    }

    #[test]
    fn a_key_string_belongs_in_keys_rs_and_may_stand_in_its_tests() {
        let code = "fn k() -> String { format!(\"R#{run}\") }";
        assert_eq!(key_strings(&source("functions/web/src/x.rs", code)).len(), 1);
        assert!(key_strings(&source("functions/store/src/keys.rs", code)).is_empty());
        assert!(key_strings(&source("functions/store/src/keys/run.rs", code)).is_empty());
        assert!(
            key_strings(&source("functions/store/src/x.rs", &format!("//!\n#[cfg(test)]\n{code}")))
                .is_empty()
        );
    }

    #[test]
    fn a_path_of_one_machine_is_named_and_a_folder_of_ours_is_not() {
        assert_eq!(machine_paths(&source("README.md", concat!("see /wo", "rk/main"))), ["README.md:1"]);
        assert!(machine_paths(&source("README.md", concat!("see target/site-wo", "rk/dev"))).is_empty());
    }
}
