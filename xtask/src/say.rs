//! The voice of `xtask`: the only place of this crate that prints.
#![expect(clippy::print_stdout, reason = "a command line tool speaks through standard output")]

use std::io::{IsTerminal, Write};
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

/// Whether progress goes to standard error, because a program reads standard output.
static ASIDE: AtomicBool = AtomicBool::new(false);

/// From now on only [`result`] writes to standard output.
pub(crate) fn to_standard_error(aside: bool) {
    ASIDE.store(aside, Ordering::Relaxed);
}

/// What was asked for, always on standard output.
pub(crate) fn result(text: &str) {
    println!("{text}");
}

/// One line (or a prepared block) for the person at the terminal.
pub(crate) fn line(text: &str) {
    part(&format!("{text}\n"));
}

/// The heading of a part of the work.
pub(crate) fn heading(text: &str) {
    line(&format!("\n==> {text}"));
}

/// What went wrong, on standard error so that it survives a redirected output.
pub(crate) fn failure(text: &str) {
    eprintln!("\nxtask: {text}");
}

/// A step with a name; it says how long it took when it ends.
pub(crate) struct Step {
    name: String,
    started: Instant,
    last_beat: Instant,
    live: bool,
}

impl Step {
    /// Announces the step.
    pub(crate) fn begin(name: &str) -> Self {
        line(&format!("  - {name} ..."));
        let now = Instant::now();
        Self { name: name.to_owned(), started: now, last_beat: now, live: std::io::stdout().is_terminal() }
    }

    /// Shows that work goes on: on a terminal in place, elsewhere a line every 20 seconds.
    pub(crate) fn beat(&mut self, detail: &str) {
        let elapsed = self.started.elapsed().as_secs();
        if self.live {
            let detail: String = detail.chars().take(70).collect();
            part(&format!("\r\x1b[K    {elapsed} s  {detail}"));
        } else if self.last_beat.elapsed() > Duration::from_secs(20) {
            line(&format!("    {elapsed} s  {detail}"));
            self.last_beat = Instant::now();
        }
    }

    /// Says that the step is done, with what came of it (may be empty) and the time taken.
    pub(crate) fn done(self, outcome: &str) {
        self.end("done", outcome);
    }

    /// Says that the step failed; the caller returns the reason.
    pub(crate) fn failed(self) {
        self.end("FAILED", "");
    }

    fn end(self, word: &str, outcome: &str) {
        if self.live {
            part("\r\x1b[K");
        }
        let comma = if outcome.is_empty() { "" } else { ", " };
        line(&format!("    {}: {word}{comma}{outcome} ({})", self.name, duration(self.started.elapsed())));
    }
}

/// A duration as a person reads it: `850 ms`, `12.3 s`, `4 min 05 s`.
pub(crate) fn duration(time: Duration) -> String {
    let seconds = time.as_secs();
    match seconds {
        0 => format!("{} ms", time.as_millis()),
        1..=99 => format!("{:.1} s", time.as_secs_f64()),
        _ => format!("{} min {:02} s", seconds / 60, seconds % 60),
    }
}

/// A size as a person reads it, in KB of 1,000 bytes as `goals.md` counts.
pub(crate) fn size(bytes: u64) -> String {
    match bytes {
        0..1_000 => format!("{bytes} bytes"),
        1_000..1_000_000 => format!("{}.{} KB", bytes / 1_000, bytes % 1_000 / 100),
        _ => format!("{}.{} MB", bytes / 1_000_000, bytes % 1_000_000 / 100_000),
    }
}

fn part(text: &str) {
    // A closed pipe must not turn progress into a failure.
    let _ = if ASIDE.load(Ordering::Relaxed) {
        std::io::stderr().write_all(text.as_bytes())
    } else {
        std::io::stdout().write_all(text.as_bytes()).and_then(|()| std::io::stdout().flush())
    };
}
