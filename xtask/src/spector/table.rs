//! Prints the verdicts: a line for each folder, and how many scenarios of it are right, wrong and awkward by version of OpenAPI.

use super::by_hand::ByHand;
use super::suite::OpenApi;
use super::verdict::Verdict;
use std::collections::BTreeMap;
use std::fmt::Write as _;

/// The counts of a folder.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Counts {
    right: usize,
    wrong: usize,
    awkward: usize,
}

impl Counts {
    fn count(&mut self, verdict: &Verdict) {
        match verdict.problem {
            None => self.right += 1,
            Some(_) => self.wrong += 1,
        }
        self.awkward += usize::from(verdict.is_awkward());
    }
}

/// The table; awkward scenarios are among the right ones.
pub(super) fn table(runs: &[(OpenApi, Vec<Verdict>)]) -> String {
    let mut rows: BTreeMap<&str, Vec<Counts>> = BTreeMap::new();
    let mut all = vec![Counts::default(); runs.len()];
    for (column, (_, verdicts)) in runs.iter().enumerate() {
        for verdict in verdicts {
            let row = rows
                .entry(group(&verdict.folder))
                .or_insert_with(|| vec![Counts::default(); runs.len()]);
            for counts in [row.get_mut(column), all.get_mut(column)]
                .into_iter()
                .flatten()
            {
                counts.count(verdict);
            }
        }
    }
    let mut text = format!("{:26}", "folder");
    for (version, _) in runs {
        let _ = write!(
            text,
            "  {:>9} {:>5} {:>7}",
            format!("{} right", version.name()),
            "wrong",
            "awkward"
        );
    }
    text.push('\n');
    for (name, counts) in rows.into_iter().chain([("all", all)]) {
        let _ = write!(text, "{name:26}");
        for counts in counts {
            let _ = write!(
                text,
                "  {:>9} {:>5} {:>7}",
                counts.right, counts.wrong, counts.awkward
            );
        }
        text.push('\n');
    }
    text
}

/// What is done by hand, and in how many scenarios that are right.
pub(super) fn by_hand(verdicts: &[Verdict]) -> String {
    let mut counts: BTreeMap<ByHand, usize> = BTreeMap::new();
    for verdict in verdicts.iter().filter(|verdict| verdict.is_awkward()) {
        for what in &verdict.by_hand {
            *counts.entry(*what).or_default() += 1;
        }
    }
    counts
        .iter()
        .fold(String::new(), |mut text, (what, count)| {
            let _ = writeln!(text, "  {count:>4}  {}", what.told());
            text
        })
}

/// The folder that stands for a scenario's in the table: the first, and the first two of those that hold most of the suite.
fn group(folder: &str) -> &str {
    let mut ends = folder.match_indices('/').map(|(at, _)| at);
    let end = match folder.split('/').next() {
        Some("payload" | "type") => ends.nth(1),
        _ => ends.next(),
    };
    folder.split_at(end.unwrap_or(folder.len())).0
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn verdicts_are_counted_by_folder() {
        let verdict = |folder: &str, passes: bool, by_hand: &[ByHand]| Verdict {
            name: String::new(),
            folder: folder.to_owned(),
            problem: (!passes).then(String::new),
            by_hand: by_hand.iter().copied().collect::<BTreeSet<_>>(),
            nulls: false,
        };
        let verdicts = vec![
            verdict("type/model/empty", true, &[]),
            verdict("type/model/usage", true, &[ByHand::Xml]),
            verdict("routes", false, &[ByHand::Xml]),
        ];
        assert_eq!(by_hand(&verdicts), "     1  XML as text\n");
        let table = table(&[(OpenApi::V3_0, verdicts)]);
        let lines: Vec<Vec<&str>> = table
            .lines()
            .map(|line| line.split_whitespace().collect())
            .collect();
        assert_eq!(
            lines,
            [
                vec!["folder", "3.0", "right", "wrong", "awkward"],
                vec!["routes", "0", "1", "0"],
                vec!["type/model", "2", "0", "1"],
                vec!["all", "2", "1", "1"],
            ]
        );
    }

    #[test]
    fn folders_are_grouped() {
        assert_eq!(group("encode/bytes"), "encode");
        assert_eq!(group("routes"), "routes");
        assert_eq!(group("type/property/nullable"), "type/property");
        assert_eq!(group("payload/xml"), "payload/xml");
    }
}
