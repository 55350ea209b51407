//! Figures for `cargo xtask bench`. Ids, units and limits are decided in `xtask/src/bench/bars.rs`.

use std::io::Write;

/// Notes a figure, if somebody collects them; `control` is what the naive way costs, measured in the same run.
pub(crate) fn record(id: &str, value: f64, control: Option<f64>, note: &str) {
    let Ok(path) = std::env::var("BENCH_OUT") else { return };
    let line = serde_json::json!({ "id": id, "value": value, "control": control, "note": note });
    let mut file =
        std::fs::OpenOptions::new().create(true).append(true).open(path).expect("BENCH_OUT names a file");
    // One write, so that lines of tests that run side by side don't mix.
    file.write_all(format!("{line}\n").as_bytes()).expect("figures can be written");
}
