//! How a folder differs from what would be written, for people: every file by name, and a diff that ends.

use super::FileSet;
use similar::{ChangeTag, TextDiff};
use std::fmt::Write as _;

/// How many lines of diff one file gets.
const LINES_PER_FILE: usize = 30;
/// How many lines of diff a report gets.
const LINES_PER_REPORT: usize = 200;
/// How long a line may be.
const LINE_WIDTH: usize = 200;

/// One file that is not as it would be written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Change {
    /// It has other content.
    Changed,
    /// It would be written, and is not there.
    Missing,
    /// It is there, and would not be written.
    Stale,
}

/// Every difference between a folder and what would be written there.
#[derive(Clone, Debug, Default)]
pub struct Drift {
    /// The files, by path.
    pub files: Vec<(String, Change)>,
    diffs: Vec<String>,
}

/// Compares what would be written with what stands on disk.
pub fn compare(wanted: &FileSet, found: &FileSet) -> Drift {
    let mut drift = Drift::default();
    let mut lines = 0;
    let paths: std::collections::BTreeSet<&str> = wanted
        .iter()
        .chain(found.iter())
        .map(|(path, _)| path)
        .collect();
    for path in paths {
        let (old, new) = (found.get(path), wanted.get(path));
        let change = match (old, new) {
            (Some(old), Some(new)) if old == new => continue,
            (Some(_), Some(_)) => Change::Changed,
            (None, _) => Change::Missing,
            (_, None) => Change::Stale,
        };
        drift.files.push((path.to_owned(), change));
        if change == Change::Changed && lines < LINES_PER_REPORT {
            let diff = diff(
                path,
                old.unwrap_or_default(),
                new.unwrap_or_default(),
                LINES_PER_REPORT - lines,
            );
            lines += diff.lines().count();
            drift.diffs.push(diff);
        }
    }
    drift
}

impl Drift {
    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.files.is_empty()
    }

    /// The report: each file with `prefix` before its path, then the diffs.
    pub fn report(&self, prefix: &str) -> String {
        let mut report = String::new();
        for (path, change) in &self.files {
            let word = match change {
                Change::Changed => "changed",
                Change::Missing => "missing",
                Change::Stale => "stale  ",
            };
            let _ = writeln!(report, "  {word}  {prefix}{}", printable(path));
        }
        for diff in &self.diffs {
            report.push('\n');
            report.push_str(diff);
        }
        report
    }
}

/// The lines of a file that differ, old (on disk) to new (as generated), at most so many.
fn diff(path: &str, old: &[u8], new: &[u8], budget: usize) -> String {
    let (Ok(old), Ok(new)) = (std::str::from_utf8(old), std::str::from_utf8(new)) else {
        return format!("{}: not text\n", printable(path));
    };
    let diff = TextDiff::configure()
        .timeout(std::time::Duration::from_secs(2))
        .diff_lines(old, new);
    let mut text = format!(
        "--- {} (on disk)\n+++ {} (as generated)\n",
        printable(path),
        printable(path)
    );
    let limit = LINES_PER_FILE.min(budget);
    let mut shown = 0;
    let mut hidden = 0;
    for group in diff.grouped_ops(2) {
        for change in group.iter().flat_map(|op| diff.iter_changes(op)) {
            if shown == limit {
                hidden += 1;
                continue;
            }
            let sign = match change.tag() {
                ChangeTag::Delete => '-',
                ChangeTag::Insert => '+',
                ChangeTag::Equal => ' ',
            };
            let line: String = printable(change.value().trim_end_matches(['\n', '\r']))
                .chars()
                .take(LINE_WIDTH)
                .collect();
            let _ = writeln!(text, "{sign}{line}");
            shown += 1;
        }
    }
    if hidden > 0 {
        let _ = writeln!(text, "… {hidden} more lines");
    }
    text
}

/// Text without what would drive a terminal.
fn printable(text: &str) -> String {
    text.chars()
        .map(|c| {
            if c.is_control() && c != '\t' {
                '\u{fffd}'
            } else {
                c
            }
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn set(files: &[(&str, &str)]) -> FileSet {
        let mut set = FileSet::default();
        for (path, text) in files {
            set.insert(*path, *text);
        }
        set
    }

    #[test]
    fn every_difference_is_named_and_the_diff_ends() {
        let long = |word: &str| {
            (0..500)
                .map(|n| format!("{word} {n}\n"))
                .collect::<String>()
        };
        let wanted = set(&[("a", "1\n"), ("b", &long("new")), ("c", "3\n")]);
        let found = set(&[("a", "1\n"), ("b", &long("old")), ("d", "4\n")]);
        let drift = compare(&wanted, &found);
        let expected = [
            ("b", Change::Changed),
            ("c", Change::Missing),
            ("d", Change::Stale),
        ];
        assert_eq!(
            drift.files,
            expected.map(|(path, change)| (path.to_owned(), change))
        );
        let report = drift.report("x/");
        assert!(
            report.contains("changed  x/b\n  missing  x/c\n  stale    x/d\n"),
            "{report}"
        );
        assert!(report.contains("more lines"), "{report}");
        assert!(report.lines().count() < 50, "{report}");
        assert!(compare(&wanted, &wanted).is_empty());
    }
}
