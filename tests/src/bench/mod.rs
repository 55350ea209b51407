//! What the bars on cost and scale are measured by: the real router over the real table, with the demo community.
//! Counters gate and are counted in every run; what is timed runs only in a release build that asks for it, by
//! `cargo xtask bench` (variable `BENCH_SCALE`), and is reported.

mod cost;
mod load;
mod machine;
mod scale;
mod town;

/// Whether this run is asked to load the machine, and is built for it.
fn is_asked() -> bool {
    let asked = std::env::var_os("BENCH_SCALE").is_some();
    assert!(!asked || !cfg!(debug_assertions), "BENCH_SCALE measures release builds only");
    asked
}
