//! serde's `rename_all`: which rule saves the most `rename` attributes.
//!
//! The rules are serde's own (`serde_derive/src/internals/case.rs` describes them); they must agree with it to the
//! letter, which the emitted round-trip tests prove.

use super::model::{Presence, Struct};

/// The rule by which the wire names of an object's properties follow from their Rust names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RenameRule(Option<&'static str>);

impl RenameRule {
    /// What serde calls it; `None` where wire names are the Rust names.
    pub fn name(self) -> Option<&'static str> {
        self.0
    }

    /// The wire name that a field has by this rule.
    pub fn wire_name(self, word: &str) -> String {
        apply(self.0.unwrap_or_default(), word)
    }
}

impl Struct {
    /// The rule that saves the most `rename` attributes.
    pub fn rename_rule(&self) -> RenameRule {
        let pairs: Vec<(&str, &str)> = self
            .fields
            .iter()
            .map(|field| (field.ident.word(), field.wire.as_str()))
            .collect();
        RenameRule(choose(&pairs))
    }

    /// Whether every property may be left out, so that the object has a default value.
    pub fn has_default(&self) -> bool {
        self.flattened.is_none()
            && self
                .fields
                .iter()
                .all(|field| field.presence != Presence::Always)
    }
}

/// The rules that documents use, by the names that serde gives them.
const RULES: [&str; 6] = [
    "camelCase",
    "snake_case",
    "kebab-case",
    "SCREAMING_SNAKE_CASE",
    "SCREAMING-KEBAB-CASE",
    "PascalCase",
];

/// Chooses a rule for pairs of (Rust word, wire name); `None` when no rule saves two attributes or more.
fn choose(pairs: &[(&str, &str)]) -> Option<&'static str> {
    let saved = |rule: &str| {
        pairs
            .iter()
            .filter(|(word, wire)| apply(rule, word) == *wire)
            .count()
    };
    let without = pairs.iter().filter(|(word, wire)| word == wire).count();
    let best = RULES.into_iter().max_by_key(|rule| {
        // Of rules that are as good, the first in the list.
        (
            saved(rule),
            std::cmp::Reverse(RULES.iter().position(|other| other == rule)),
        )
    })?;
    (saved(best) >= without + 2 || (saved(best) == pairs.len() && without < saved(best)))
        .then_some(best)
}

/// What serde makes of a field in snake case under a rule; without a rule, the field.
fn apply(rule: &str, word: &str) -> String {
    match rule {
        "camelCase" => lower_first(&pascal(word)),
        "PascalCase" => pascal(word),
        "kebab-case" => word.replace('_', "-"),
        "SCREAMING_SNAKE_CASE" => word.to_ascii_uppercase(),
        "SCREAMING-KEBAB-CASE" => word.to_ascii_uppercase().replace('_', "-"),
        _ => word.to_owned(),
    }
}

fn pascal(word: &str) -> String {
    let mut capital = true;
    let mut pascal = String::with_capacity(word.len());
    for c in word.chars() {
        if c == '_' {
            capital = true;
        } else if capital {
            pascal.push(c.to_ascii_uppercase());
            capital = false;
        } else {
            pascal.push(c);
        }
    }
    pascal
}

fn lower_first(word: &str) -> String {
    let mut chars = word.chars();
    match chars.next() {
        Some(first) => first.to_ascii_lowercase().to_string() + chars.as_str(),
        None => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_rule_that_fits_is_chosen() {
        assert_eq!(
            choose(&[("mfa_method", "mfaMethod"), ("host", "host")]),
            Some("camelCase")
        );
        assert_eq!(choose(&[("user_id", "user_id"), ("id", "id")]), None);
        assert_eq!(
            choose(&[("a_b", "aB"), ("c", "c"), ("d_e", "D-E"), ("f", "f")]),
            None
        );
    }
}
