//! Rules about which crate may know which: `domain <- store <- clock, tally <- web`, `domain <- ui <- web`.

use super::Source;

/// Each crate of the product with the workspace crates it may depend on.
const MAY_KNOW: [(&str, &[&str]); 10] = [
    ("app/macros", &[]),
    ("app/domain", &["macros"]),
    ("app/decoder", &[]),
    // The decoder in tests only: what the pages draw must be readable.
    ("app/ui", &["domain", "macros", "decoder"]),
    ("functions/store", &["domain"]),
    ("functions/web", &["domain", "store", "clock", "tally", "ui"]),
    ("functions/tally", &["domain", "store"]),
    ("functions/clock", &["domain", "store"]),
    ("tests", &["domain", "store", "ui", "web", "tally", "clock", "decoder", "clips"]),
    ("tests/clips", &["decoder"]),
];

const OURS: [&str; 11] =
    ["domain", "macros", "decoder", "ui", "store", "web", "tally", "clock", "clips", "tests", "xtask"];

pub(crate) fn wrong_way(sources: &[Source]) -> Vec<String> {
    let mut places = Vec::new();
    for (folder, known) in MAY_KNOW {
        for dependency in dependencies(sources, folder) {
            if OURS.contains(&dependency.as_str()) && !known.contains(&dependency.as_str()) {
                places.push(format!("{folder} depends on {dependency}"));
            }
        }
    }
    places
}

pub(crate) fn sdk_elsewhere(sources: &[Source]) -> Vec<String> {
    let manifests = MAY_KNOW.iter().map(|(folder, _)| *folder).filter(|folder| *folder != "functions/store");
    manifests
        .filter(|folder| dependencies(sources, folder).iter().any(|name| name.starts_with("aws-sdk-")))
        .map(|folder| format!("{folder}/Cargo.toml"))
        .collect()
}

/// The names in all dependency tables of a manifest. Ours are written one a line, so no TOML
/// parser is needed.
fn dependencies(sources: &[Source], folder: &str) -> Vec<String> {
    let path = format!("{folder}/Cargo.toml");
    let Some(manifest) = sources.iter().find(|source| source.path == path) else { return Vec::new() };
    let mut names = Vec::new();
    let mut is_table = false;
    for line in manifest.text.lines().map(str::trim) {
        if line.starts_with('[') {
            is_table = line.trim_end_matches(']').ends_with("dependencies");
        } else if is_table && !line.starts_with('#') {
            names.extend(
                line.split(['=', '.', ' ']).next().filter(|name| !name.is_empty()).map(str::to_owned),
            );
        }
    }
    names
}

#[cfg(test)]
mod tests {
    use super::{sdk_elsewhere, wrong_way};
    use crate::tidy::Source;

    fn manifest(folder: &str, dependencies: &str) -> Vec<Source> {
        let text = format!("[package]\nname = \"x\"\n\n[dependencies]\n{dependencies}\n");
        vec![Source { path: format!("{folder}/Cargo.toml"), text }]
    }

    #[test]
    fn the_rules_may_not_know_the_table() {
        assert_eq!(
            wrong_way(&manifest("app/domain", "store.workspace = true")),
            ["app/domain depends on store"]
        );
        assert!(wrong_way(&manifest("functions/store", "domain.workspace = true")).is_empty());
    }

    #[test]
    fn only_the_store_names_the_sdk() {
        let sdk = "aws-sdk-dynamodb = { workspace = true }";
        assert_eq!(sdk_elsewhere(&manifest("functions/web", sdk)), ["functions/web/Cargo.toml"]);
        assert!(sdk_elsewhere(&manifest("functions/store", sdk)).is_empty());
    }
}
