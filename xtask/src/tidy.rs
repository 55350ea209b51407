//! House rules that no compiler checks, over every file that is or would be committed.
//! A rule says what it wants and names each place that breaks it.

mod crates;
mod files;

use anyhow::Result;

use crate::say;
use crate::test::Count;

/// One file: its path from the top of the project and its text (binary files are left out).
pub(crate) struct Source {
    pub(crate) path: String,
    pub(crate) text: String,
}

/// A rule: what it wants, and the places that break it.
struct Rule {
    wants: &'static str,
    breaks: fn(&[Source]) -> Vec<String>,
}

const RULES: [Rule; 6] = [
    Rule { wants: "every Rust file opens with a `//!` line", breaks: files::without_head },
    Rule { wants: "no stub, no ignored or skipped test, no fixed wait", breaks: files::unfinished },
    Rule { wants: "key strings only in functions/store/src/keys.rs and keys/", breaks: files::key_strings },
    Rule { wants: "no path or address of somebody's machine", breaks: files::machine_paths },
    Rule { wants: "crates depend one way", breaks: crates::wrong_way },
    Rule { wants: "only `store` names the AWS SDK", breaks: crates::sdk_elsewhere },
];

/// Runs every rule; each is one check.
pub(crate) fn check() -> Result<Count> {
    let sources = files::read()?;
    let mut count = Count::default();
    for rule in &RULES {
        let broken = (rule.breaks)(&sources);
        say::line(&format!("  {}  {}", if broken.is_empty() { "ok    " } else { "BROKEN" }, rule.wants));
        for place in &broken {
            say::line(&format!("          {place}"));
        }
        count += Count::one(broken.is_empty());
    }
    say::line(&files::lengths(&sources));
    Ok(count)
}
