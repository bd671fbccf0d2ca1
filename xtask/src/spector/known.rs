//! The scenarios that cannot pass: takes `xtask/spector/known.toml` and verdicts, gives what is not as the list says.
//!
//! The list may only shrink: whoever mends something takes what passes now off it, so that it cannot break again unseen.

use super::suite::OpenApi;
use super::verdict::Verdict;
use anyhow::Context as _;
use serde::Deserialize;
use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

/// The list.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Known {
    /// What no generator can pass.
    #[serde(default)]
    cannot: Vec<Entry>,
    /// What ours gets wrong.
    #[serde(default)]
    open: Vec<Entry>,
}

/// Scenarios that fail for one reason.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Entry {
    #[serde(rename = "reason")]
    _reason: String,
    documents: Vec<OpenApi>,
    scenarios: Vec<String>,
}

impl Known {
    /// Reads the list.
    ///
    /// # Errors
    ///
    /// When it cannot be read.
    pub(super) fn read(file: &Path) -> anyhow::Result<Self> {
        let text =
            fs::read_to_string(file).with_context(|| format!("cannot read {}", file.display()))?;
        toml::from_str(&text).with_context(|| format!("in {}", file.display()))
    }

    /// The scenarios that cannot pass with documents of a version.
    fn of(&self, version: OpenApi) -> BTreeSet<&str> {
        self.cannot
            .iter()
            .chain(&self.open)
            .filter(|entry| entry.documents.contains(&version))
            .flat_map(|entry| entry.scenarios.iter().map(String::as_str))
            .collect()
    }

    /// What is not as the list says: a scenario that fails and is not on it, and one that is on it and passes, or is no scenario at all.
    /// `names` are all scenarios of the suite, verdicts those of the run.
    pub(super) fn complaints(
        &self,
        version: OpenApi,
        verdicts: &[Verdict],
        names: &BTreeSet<&str>,
    ) -> Vec<String> {
        let known = self.of(version);
        let of_run = verdicts.iter().filter_map(|verdict| {
            let name = verdict.name.as_str();
            match (verdict.problem.is_none(), known.contains(name)) {
                (true, true) => Some(format!(
                    "{name} passes: remove it from `{}` in xtask/spector/known.toml",
                    version.name()
                )),
                (false, false) => Some(format!("{name} fails, and did not before")),
                _ => None,
            }
        });
        let unknown = known.iter().filter(|name| !names.contains(**name));
        let unknown = unknown
            .map(|name| format!("{name} is no scenario: remove it from xtask/spector/known.toml"));
        of_run.chain(unknown).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn verdict(name: &str, passes: bool) -> Verdict {
        Verdict {
            name: name.to_owned(),
            folder: String::new(),
            problem: (!passes).then(String::new),
            by_hand: BTreeSet::new(),
            nulls: false,
        }
    }

    #[test]
    fn the_list_may_only_shrink() {
        let known: Known = toml::from_str(
            "[[cannot]]\nreason = \"r\"\ndocuments = [\"3.0\"]\nscenarios = [\"a\", \"b\", \"gone\"]\n",
        )
        .expect("a list");
        let verdicts = [verdict("a", true), verdict("b", false), verdict("c", false)];
        let names = ["a", "b", "c"].into();
        assert_eq!(
            known.complaints(OpenApi::V3_0, &verdicts, &names),
            [
                "a passes: remove it from `3.0` in xtask/spector/known.toml",
                "c fails, and did not before",
                "gone is no scenario: remove it from xtask/spector/known.toml",
            ]
        );
        let verdicts = [verdict("a", true), verdict("b", true)];
        let none: [&str; 0] = [];
        assert_eq!(known.complaints(OpenApi::V3_1, &verdicts, &names), none);
    }
}
