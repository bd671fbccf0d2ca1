//! Prints what was measured: a line for each quantity, a column for each tool, and how ours relates to each peer's.

use std::fmt;

/// A quantity.
pub(super) struct Row {
    /// What it is.
    pub(super) name: String,
    /// What it is counted in; empty for plain counts.
    pub(super) unit: &'static str,
    /// Its value for each tool; `None` where there is none.
    pub(super) values: Vec<Option<f64>>,
}

/// The whole table; the first tool is ours.
pub(super) struct Table {
    /// What was measured.
    pub(super) title: String,
    /// The columns.
    pub(super) tools: Vec<&'static str>,
    /// The lines.
    pub(super) rows: Vec<Row>,
    /// What else there is to say.
    pub(super) failures: Vec<String>,
}

impl fmt::Display for Table {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let widest = self.rows.iter().map(|row| row.name.chars().count()).max();
        let first = widest.unwrap_or(0).max(10);
        writeln!(f, "{}\n", self.title)?;
        write!(f, "{:first$}", "")?;
        for tool in &self.tools {
            write!(f, "  {tool:>15}")?;
        }
        for tool in self.tools.iter().skip(1) {
            write!(f, "  {:>20}", format!("ours/{tool}"))?;
        }
        writeln!(f)?;
        for row in &self.rows {
            write!(f, "{:first$}", row.name)?;
            for value in &row.values {
                write!(f, "  {:>15}", shown(*value, row.unit))?;
            }
            let ours = row.values.first().copied().flatten();
            for value in row.values.iter().skip(1) {
                write!(f, "  {:>20}", ratio(ours, *value))?;
            }
            writeln!(f)?;
        }
        for failure in &self.failures {
            writeln!(f, "\n{failure}")?;
        }
        Ok(())
    }
}

fn shown(value: Option<f64>, unit: &str) -> String {
    match (value, unit) {
        (None, _) => "-".to_owned(),
        (Some(value), "") => format!("{value:.0}"),
        (Some(value), "s") => format!("{value:.3} s"),
        (Some(value), unit) => format!("{value:.0} {unit}"),
    }
}

fn ratio(ours: Option<f64>, theirs: Option<f64>) -> String {
    match (ours, theirs) {
        (Some(ours), Some(theirs)) if theirs > 0.0 => format!("{:.2}", ours / theirs),
        _ => "-".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_quantity_has_a_line_with_ratios() {
        let table = Table {
            title: "a document".to_owned(),
            tools: vec!["ours", "theirs", "broken"],
            rows: vec![Row {
                name: "generation".to_owned(),
                unit: "s",
                values: vec![Some(0.25), Some(1.0), None],
            }],
            failures: vec!["broken failed: no".to_owned()],
        };
        let text = table.to_string();
        let line = text
            .lines()
            .find(|line| line.starts_with("generation"))
            .expect("a line");
        let words: Vec<&str> = line.split_whitespace().collect();
        assert_eq!(
            words,
            ["generation", "0.250", "s", "1.000", "s", "-", "0.25", "-"]
        );
        assert!(text.ends_with("broken failed: no\n"));
    }
}
