//! Figures for `cargo xtask bench`. Ids, units and limits are decided in `xtask/src/bench/bars.rs`.

use std::io::Write;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, PoisonError};

/// Notes a figure, if somebody collects them; `control` is what the naive way costs, measured in the same run.
pub(crate) fn record(id: &str, value: f64, control: Option<f64>, note: &str) {
    let Ok(path) = std::env::var("BENCH_OUT") else { return };
    let line = serde_json::json!({ "id": id, "value": value, "control": control, "note": note });
    let mut file =
        std::fs::OpenOptions::new().create(true).append(true).open(path).expect("BENCH_OUT names a file");
    // One write, so that lines of tests that run side by side don't mix.
    file.write_all(format!("{line}\n").as_bytes()).expect("figures can be written");
}

/// What a promise is held against: how many cases there were, and which broke it. Counted to the end, not stopped at
/// the first, so that the figure is what was found and not that a line of the test was reached.
#[derive(Debug, Default)]
pub(crate) struct Findings {
    cases: AtomicU64,
    broken: Mutex<Vec<String>>,
}

impl Findings {
    /// One more case, whatever it shows.
    pub(crate) fn case(&self) {
        self.cases.fetch_add(1, Ordering::Relaxed);
    }

    /// Something that must hold; `say` tells what does not.
    pub(crate) fn holds(&self, holds: bool, say: impl FnOnce() -> String) {
        if !holds {
            self.broken(say());
        }
    }

    /// Something that broke.
    pub(crate) fn broken(&self, what: String) {
        self.broken.lock().unwrap_or_else(PoisonError::into_inner).push(what);
    }

    /// How many cases there were.
    pub(crate) fn cases(&self) -> u64 {
        self.cases.load(Ordering::Relaxed)
    }

    /// How many broke the promise.
    pub(crate) fn count(&self) -> usize {
        self.broken.lock().unwrap_or_else(PoisonError::into_inner).len()
    }

    /// Writes the figure, and only then asks that nothing broke.
    pub(crate) fn conclude(&self, id: &str, control: Option<usize>, note: &str) {
        record(id, number(self.count()), control.map(number), note);
        let broken = self.broken.lock().unwrap_or_else(PoisonError::into_inner);
        assert!(
            broken.is_empty(),
            "{id}: {} in {} cases:\n{}",
            broken.len(),
            self.cases(),
            broken[..broken.len().min(20)].join("\n")
        );
    }
}

/// A count as a figure.
#[allow(clippy::cast_precision_loss)]
pub(crate) fn number(count: usize) -> f64 {
    count as f64
}
