//! One bar with what was measured for it.

use anyhow::{Context, Result, bail};
use serde_json::{Value, json};

use super::bars::{Bar, Direction};

/// A bar and its figure, if there is one yet.
pub(crate) struct Row {
    pub(crate) bar: &'static Bar,
    figure: Option<Figure>,
}

#[derive(Clone)]
struct Figure {
    value: f64,
    control: Option<f64>,
    note: String,
}

impl Row {
    /// A bar that nothing has measured in this run.
    pub(crate) fn not_yet(bar: &'static Bar) -> Self {
        Self { bar, figure: None }
    }

    /// Takes a figure; of several the worst stays.
    pub(crate) fn take(&mut self, line: &Value) -> Result<()> {
        let value = line["value"].as_f64().with_context(|| format!("no number in {line}"))?;
        if !value.is_finite() {
            bail!("{line} is no figure");
        }
        let new = Figure {
            value,
            control: line["control"].as_f64(),
            note: line["note"].as_str().unwrap_or_default().to_owned(),
        };
        let is_worse = self.figure.as_ref().is_none_or(|kept| match self.bar.direction {
            Direction::Max => new.value > kept.value,
            Direction::Min => new.value < kept.value,
        });
        if is_worse {
            self.figure = Some(new);
        }
        Ok(())
    }

    /// Whether a figure is there.
    pub(crate) fn is_measured(&self) -> bool {
        self.figure.is_some()
    }

    /// Whether this row must turn the run red: measured, gating, and missed (or its control holds too).
    pub(crate) fn misses_a_gate(&self) -> bool {
        self.bar.gates && self.figure.is_some() && !self.holds()
    }

    /// Whether the figure keeps the bar and the control, where there is one, does not.
    fn holds(&self) -> bool {
        self.figure.as_ref().is_some_and(|figure| {
            self.bar.keeps(figure.value) && figure.control.is_none_or(|control| !self.bar.keeps(control))
        })
    }

    /// The row for a person.
    pub(crate) fn shown(&self) -> String {
        let Bar { id, what, unit, limit, direction, .. } = self.bar;
        let sign = if *direction == Direction::Max { "<=" } else { ">=" };
        let Some(figure) = &self.figure else {
            return format!("  not yet  {id:<18} {what}: {}", self.bar.not_yet);
        };
        let word = match (self.holds(), self.bar.gates) {
            (true, _) => "ok     ",
            (false, true) => "MISSED ",
            (false, false) => "above  ",
        };
        let mut text = format!("  {word}  {id:<18} {what}: {} (bar {sign} {limit}) {unit}", figure.value);
        if let Some(control) = figure.control {
            let proof = if self.bar.keeps(control) { ", WHICH SHOULD MISS THE BAR" } else { "" };
            text.push_str(&format!("; naive way {control}{proof}"));
        }
        if !figure.note.is_empty() {
            text.push_str(&format!("; {}", figure.note));
        }
        text
    }

    /// The row for a program.
    pub(crate) fn json(&self) -> Value {
        let Bar { id, what, unit, limit, direction, .. } = self.bar;
        match &self.figure {
            None => json!({ "id": id, "not_yet": self.bar.not_yet }),
            Some(figure) => json!({
                "id": id, "what": what, "value": figure.value, "unit": unit, "limit": limit,
                "direction": direction.name(), "control": figure.control,
            }),
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::super::bars::{Bar, Direction};
    use super::Row;

    static BYTES: Bar = Bar {
        id: "X1",
        what: "bytes",
        unit: "bytes",
        limit: 100.0,
        direction: Direction::Max,
        gates: true,
        not_yet: "nobody measured",
    };

    fn row(lines: &[serde_json::Value]) -> Row {
        let mut row = Row::not_yet(&BYTES);
        for line in lines {
            row.take(line).expect("a figure");
        }
        row
    }

    #[test]
    fn the_worst_of_several_figures_counts() {
        let row = row(&[json!({"id": "X1", "value": 101}), json!({"id": "X1", "value": 7})]);
        assert!(row.misses_a_gate());
    }

    #[test]
    fn a_naive_design_that_keeps_the_bar_proves_nothing() {
        assert!(row(&[json!({"id": "X1", "value": 7, "control": 8})]).misses_a_gate());
        assert!(!row(&[json!({"id": "X1", "value": 7, "control": 108})]).misses_a_gate());
    }

    #[test]
    fn what_nobody_measured_is_not_yet_and_gates_nothing() {
        let row = row(&[]);
        assert!(!row.misses_a_gate());
        assert_eq!(row.json(), json!({"id": "X1", "not_yet": "nobody measured"}));
    }

    #[test]
    fn a_figure_must_be_a_number() {
        assert!(Row::not_yet(&BYTES).take(&json!({"id": "X1", "value": "many"})).is_err());
    }
}
