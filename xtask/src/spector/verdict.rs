//! Verdicts: takes what the driver printed and what was planned, gives for each scenario whether it is right, and why not.

use super::by_hand::ByHand;
use super::steps::Calls;
use super::suite::Scenario;
use anyhow::Context as _;
use serde::Deserialize;
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};

/// What came of a scenario.
#[derive(Clone, Debug)]
pub(super) struct Verdict {
    /// Its name.
    pub(super) name: String,
    /// The folder of its specification.
    pub(super) folder: String,
    /// Why it is wrong.
    pub(super) problem: Option<String>,
    /// What a caller has to do by hand to make it right.
    pub(super) by_hand: BTreeSet<ByHand>,
    /// Whether an answer, serialised again, has null where the server has nothing; that is let pass.
    pub(super) nulls: bool,
}

impl Verdict {
    /// All of it, for other programs.
    pub(super) fn json(&self) -> Value {
        let by_hand: Vec<&str> = self.by_hand.iter().map(|what| what.told()).collect();
        json!({
            "scenario": self.name,
            "folder": self.folder,
            "right": self.problem.is_none(),
            "problem": self.problem,
            "by_hand": by_hand,
            "nulls": self.nulls,
        })
    }

    /// Whether it is right and needs something done by hand.
    pub(super) fn is_awkward(&self) -> bool {
        self.problem.is_none() && !self.by_hand.is_empty()
    }
}

/// What the driver says of a scenario.
#[derive(Debug, Deserialize)]
pub(super) struct Said {
    scenario: String,
    problem: Option<String>,
    notes: Vec<String>,
}

/// What the server says of all scenarios.
#[derive(Debug, Deserialize)]
pub(super) struct Coverage {
    results: BTreeMap<String, String>,
}

/// Reads what the driver printed: a line for each scenario, then the server's verdicts.
///
/// # Errors
///
/// When it printed something else.
pub(super) fn read(output: &str) -> anyhow::Result<(Vec<Said>, Vec<Coverage>)> {
    let mut lines: Vec<&str> = output.lines().collect();
    let last = lines.pop().context("the driver printed nothing")?;
    let coverage =
        serde_json::from_str(last).context("the driver did not end with the server's verdicts")?;
    let said = lines
        .into_iter()
        .map(|line| serde_json::from_str(line).with_context(|| format!("in the line {line}")))
        .collect::<anyhow::Result<_>>()?;
    Ok((said, coverage))
}

/// Judges the scenarios. Right is what both the driver and the server say is right: the server sees the request, the driver the answer.
pub(super) fn judge(
    scenarios: &[&Scenario],
    planned: &BTreeMap<&str, Result<Calls, String>>,
    said: &[Said],
    coverage: &[Coverage],
) -> Vec<Verdict> {
    let judged = scenarios.iter().map(|scenario| {
        let name = scenario.name.as_str();
        let mut verdict = Verdict {
            name: name.to_owned(),
            folder: scenario.folder.clone(),
            problem: None,
            by_hand: BTreeSet::new(),
            nulls: false,
        };
        match planned.get(name) {
            Some(Ok(calls)) => verdict.by_hand.clone_from(&calls.by_hand),
            Some(Err(why)) => verdict.problem = Some(why.clone()),
            None => verdict.problem = Some("it was not planned".to_owned()),
        }
        if verdict.problem.is_some() {
            return verdict;
        }
        let Some(said) = said.iter().find(|said| said.scenario == name) else {
            verdict.problem = Some("the driver says nothing of it".to_owned());
            return verdict;
        };
        if said.notes.iter().any(|note| note == "server") {
            verdict.by_hand.insert(ByHand::Server);
        }
        verdict.nulls = said.notes.iter().any(|note| note == "null");
        let server = coverage
            .iter()
            .find_map(|coverage| coverage.results.get(name));
        verdict.problem = said
            .problem
            .clone()
            .or_else(|| match server.map(String::as_str) {
                Some("pass") => None,
                Some(other) => Some(format!("the server says: {other}")),
                None => Some("the server says nothing of it".to_owned()),
            });
        verdict
    });
    judged.collect()
}

#[cfg(test)]
mod tests {
    use super::super::suite::Condition;
    use super::*;

    fn scenario(name: &str) -> Scenario {
        Scenario {
            name: name.to_owned(),
            folder: "f".to_owned(),
            condition: Condition::ResponseSuccess,
            exchanges: Vec::new(),
        }
    }

    #[test]
    fn driver_and_server_have_to_agree() {
        let scenarios = ["a", "b", "c", "d"].map(scenario);
        let scenarios: Vec<&Scenario> = scenarios.iter().collect();
        let calls = || {
            Ok(Calls {
                steps: Vec::new(),
                by_hand: BTreeSet::new(),
            })
        };
        let planned = [
            ("a", calls()),
            ("b", calls()),
            ("c", calls()),
            ("d", Err("no operation".to_owned())),
        ];
        let (said, coverage) = read(concat!(
            "{\"scenario\": \"a\", \"problem\": null, \"notes\": [\"server\"]}\n",
            "{\"scenario\": \"b\", \"problem\": null, \"notes\": []}\n",
            "{\"scenario\": \"c\", \"problem\": \"p\", \"notes\": []}\n",
            "[{\"results\": {\"a\": \"pass\", \"b\": \"fail\", \"c\": \"pass\"}}]\n",
        ))
        .expect("an output");
        let verdicts = judge(&scenarios, &planned.into(), &said, &coverage);
        let problems: Vec<Option<&str>> = verdicts
            .iter()
            .map(|verdict| verdict.problem.as_deref())
            .collect();
        assert_eq!(
            problems,
            [
                None,
                Some("the server says: fail"),
                Some("p"),
                Some("no operation")
            ]
        );
        let awkward: Vec<bool> = verdicts.iter().map(Verdict::is_awkward).collect();
        assert_eq!(awkward, [true, false, false, false]);
    }
}
