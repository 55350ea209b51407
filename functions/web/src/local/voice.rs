//! The program's own words to whoever started it, on the terminal. The log is not here, nor anything about anybody.

use std::io::Write;

/// To the standard output. A closed terminal is no reason to stop serving.
pub fn say(words: &str) {
    let mut out = std::io::stdout().lock();
    let _ = writeln!(out, "{words}").and_then(|()| out.flush());
}

/// To the error output.
pub fn complain(words: &str) {
    let mut out = std::io::stderr().lock();
    let _ = writeln!(out, "{words}").and_then(|()| out.flush());
}

/// An error with everything that led to it, on one line.
#[must_use]
pub fn with_causes(error: &dyn std::error::Error) -> String {
    let mut words = error.to_string();
    let mut cause = error.source();
    while let Some(deeper) = cause {
        words.push_str(": ");
        words.push_str(&deeper.to_string());
        cause = deeper.source();
    }
    words
}
