//! Adds to the scenarios what only the mock server's handlers know: takes `xtask/spector/supplement.toml` and scenarios, changes these.

use super::suite::{Content, Scenario};
use anyhow::Context as _;
use sdk_generator::advice::advised;
use serde::Deserialize;
use serde_json::{Map, Value};
use std::fs;
use std::path::Path;

/// The file.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Supplement {
    scenario: Vec<Entry>,
}

/// What is added to a scenario, and why.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Entry {
    name: String,
    #[serde(rename = "reason")]
    _reason: String,
    /// The body of its first request, as JSON.
    body: Option<String>,
    /// Headers of a further request, which is otherwise like the last.
    again: Option<Map<String, Value>>,
}

/// Adds what the file tells.
///
/// # Errors
///
/// When the file cannot be read, or names a scenario that there is not.
pub(super) fn add(file: &Path, scenarios: &mut [Scenario]) -> anyhow::Result<()> {
    let text =
        fs::read_to_string(file).with_context(|| format!("cannot read {}", file.display()))?;
    let supplement: Supplement =
        toml::from_str(&text).with_context(|| format!("in {}", file.display()))?;
    for entry in supplement.scenario {
        let Some(scenario) = scenarios
            .iter_mut()
            .find(|scenario| scenario.name == entry.name)
        else {
            return Err(advised(
                format!(
                    "{}: the suite has no scenario `{}`",
                    file.display(),
                    entry.name
                ),
                "remove the entry there, or correct its name",
            ));
        };
        if let (Some(text), Some(first)) = (entry.body, scenario.exchanges.first_mut()) {
            first.body = Some(Content {
                media_type: "application/json".to_owned(),
                text: Some(text),
                ..Content::default()
            });
        }
        if let (Some(headers), Some(mut last)) = (entry.again, scenario.exchanges.last().cloned()) {
            last.headers = Some(headers);
            last.answer = None;
            last.status = Some(200);
            scenario.exchanges.push(last);
        }
    }
    Ok(())
}
