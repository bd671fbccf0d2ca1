//! Faults of a target file: takes what is wrong with a setting, gives a line that names the setting, its value and the nearest
//! thing that exists. It exists so that all faults of a file are collected first and shown together.

use crate::closeness::nearest;
use std::collections::BTreeMap;
use std::fmt;
use toml::de::{DeTable, DeValue};

/// A setting that applies to nothing, or whose value cannot be used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TargetFault {
    /// The setting, as a dotted key of TOML.
    pub key: String,
    /// Its value, or the item of its list that is at fault, as TOML has it.
    pub value: String,
    /// The line of the target file, when the settings come from a file.
    pub line: Option<usize>,
    /// What is wrong.
    pub problem: String,
    /// The nearest thing that exists.
    pub nearest: Option<String>,
}

impl fmt::Display for TargetFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(line) = self.line {
            write!(f, "line {line}: ")?;
        }
        write!(f, "{} = {}: {}", self.key, self.value, self.problem)?;
        match &self.nearest {
            Some(nearest) => write!(f, "; the nearest is `{nearest}`"),
            None => Ok(()),
        }
    }
}

/// Faults as a list for people, a line for each.
pub(crate) fn list(faults: &[TargetFault]) -> String {
    let lines: Vec<String> = faults.iter().map(|fault| format!("  {fault}")).collect();
    lines.join("\n")
}

/// One setting of a target file.
#[derive(Clone, Copy, Debug)]
pub(super) struct Setting<'s> {
    /// Its key, table by table.
    pub(super) key: &'s [&'s str],
    /// The place of the value in a list.
    pub(super) index: Option<usize>,
    /// Its value.
    pub(super) value: &'s str,
}

impl<'s> Setting<'s> {
    /// A setting that is one text.
    pub(super) fn new(key: &'s [&'s str], value: &'s str) -> Self {
        Self {
            key,
            index: None,
            value,
        }
    }

    /// The items of a list.
    pub(super) fn items(
        key: &'s [&'s str],
        list: &'s [String],
    ) -> impl Iterator<Item = Setting<'s>> {
        list.iter().enumerate().map(move |(index, value)| Self {
            key,
            index: Some(index),
            value,
        })
    }
}

/// The faults found so far.
#[derive(Debug)]
pub(super) struct Faults<'t> {
    lines: &'t Lines,
    list: Vec<TargetFault>,
}

impl<'t> Faults<'t> {
    /// None yet.
    pub(super) fn new(lines: &'t Lines) -> Self {
        Self {
            lines,
            list: Vec::new(),
        }
    }

    /// Adds a fault for which there is no nearest thing.
    pub(super) fn add(&mut self, setting: Setting<'_>, problem: impl Into<String>) {
        self.add_with(setting, problem, None);
    }

    /// Adds a fault.
    pub(super) fn add_with(
        &mut self,
        setting: Setting<'_>,
        problem: impl Into<String>,
        nearest: Option<String>,
    ) {
        let value = toml::Value::from(setting.value);
        self.push(setting.key, setting.index, &value, problem.into(), nearest);
    }

    /// Adds one fault for all that is missing in a list, so that it can be copied from the message.
    pub(super) fn add_missing(&mut self, key: &[&str], missing: Vec<&str>, problem: &str) {
        self.push(key, None, &missing.into(), problem.to_owned(), None);
    }

    fn push(
        &mut self,
        key: &[&str],
        index: Option<usize>,
        value: &toml::Value,
        problem: String,
        nearest: Option<String>,
    ) {
        let key = dotted(key);
        self.list.push(TargetFault {
            line: self.lines.of(&key, index),
            value: value.to_string(),
            problem,
            nearest,
            key,
        });
    }

    /// Adds a fault unless `name` is one of `known`, which are things of this kind.
    pub(super) fn expect_known(
        &mut self,
        setting: Setting<'_>,
        name: &str,
        kind: &str,
        known: &[&str],
    ) {
        if known.contains(&name) {
            return;
        }
        let problem = if known.is_empty() {
            format!("the API has no {kind}")
        } else {
            format!("the API has no {kind} `{name}`")
        };
        self.add_with(setting, problem, nearest(name, known.iter().copied()));
    }

    /// Adds a fault for each item that stands in the list a second time.
    pub(super) fn expect_once(&mut self, key: &[&str], list: &[String]) {
        for setting in Setting::items(key, list) {
            let before = list.iter().take(setting.index.unwrap_or_default());
            if before.into_iter().any(|item| item == setting.value) {
                self.add(setting, "the list has it already");
            }
        }
    }

    /// What was found, in the order of the file.
    pub(super) fn into_list(mut self) -> Vec<TargetFault> {
        self.list.sort_by_key(|fault| fault.line);
        self.list
    }
}

/// The line of each setting of a target file.
#[derive(Clone, Debug, Default)]
pub struct Lines {
    of: BTreeMap<String, usize>,
}

impl Lines {
    /// Finds the lines in a text that is TOML; otherwise there are none.
    pub(super) fn read(text: &str) -> Self {
        let mut lines = Self::default();
        if let Ok(table) = DeTable::parse(text) {
            lines.add_table(text, &mut Vec::new(), table.get_ref());
        }
        lines
    }

    fn add_table<'k>(&mut self, text: &str, path: &mut Vec<&'k str>, table: &'k DeTable<'_>) {
        for (key, value) in table {
            path.push(key.get_ref());
            let dotted = dotted(path);
            match value.get_ref() {
                DeValue::Table(table) => self.add_table(text, path, table),
                DeValue::Array(items) => {
                    for (index, item) in items.iter().enumerate() {
                        let line = line_at(text, item.span().start);
                        self.of.insert(format!("{dotted}[{index}]"), line);
                    }
                }
                _ => {}
            }
            let line = line_at(text, key.span().start);
            self.of.insert(dotted, line);
            path.pop();
        }
    }

    fn of(&self, key: &str, index: Option<usize>) -> Option<usize> {
        let item = index.and_then(|index| self.of.get(&format!("{key}[{index}]")));
        item.or_else(|| self.of.get(key)).copied()
    }
}

/// The number of the line that holds this byte.
fn line_at(text: &str, byte: usize) -> usize {
    let before = text.as_bytes().get(..byte).unwrap_or_default();
    before.iter().filter(|byte| **byte == b'\n').count() + 1
}

/// A dotted key of TOML; parts that are no bare keys stand in quotes.
fn dotted(parts: &[&str]) -> String {
    let is_bare = |part: &str| {
        !part.is_empty()
            && part
                .chars()
                .all(|c| c.is_ascii_alphanumeric() || c == '-' || c == '_')
    };
    let parts: Vec<String> = parts
        .iter()
        .map(|part| {
            if is_bare(part) {
                (*part).to_owned()
            } else {
                toml::Value::from(*part).to_string()
            }
        })
        .collect();
    parts.join(".")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_those_of_keys_and_of_items() {
        let lines = Lines::read(
            "[auth]\nscheme = 'a'\n\n[secrets]\nproperties = [\n  'a',\n  'b',\n]\n\
             [names.operations]\n'get a' = 'b'\nplain = 'c'\n",
        );
        assert_eq!(lines.of("auth.scheme", None), Some(2));
        assert_eq!(lines.of("secrets.properties", None), Some(5));
        assert_eq!(lines.of("secrets.properties", Some(1)), Some(7));
        assert_eq!(lines.of("names.operations.\"get a\"", None), Some(10));
        assert_eq!(lines.of("names.operations.plain", None), Some(11));
        assert_eq!(lines.of("auth.token_url", None), None);
    }
}
