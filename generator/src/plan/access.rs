//! What a token needs for each operation: takes the security requirements and target.toml's rule for lists of scopes, gives
//! [`Access::scopes`](super::model::Access::scopes); takes the extension that target.toml names, gives the levels of users.
//!
//! Scopes belong to one token, that of the scheme which the client signs in with: what an operation asks of another scheme is no
//! matter of this token. The rule is decided here, once, so that pages, the crate's table and the plan's JSON say the same.

use super::model::{Api, Operation, SecurityAlternative, SecurityScheme};
use crate::facts::Extensions;
use crate::target::{Auth, ScopeRule};
use indexmap::IndexSet;
use serde_json::Value;

/// Fills in the rule and the scopes of every operation.
pub(super) fn decide(api: &mut Api, client: Option<&SecurityScheme>, auth: &Auth) {
    let usual = auth.scopes.unwrap_or_default();
    for operation in &mut api.operations {
        let own = auth.scopes_of.get(&operation.id);
        operation.access.rule = own.copied().unwrap_or(usual);
        if let Some(client) = client {
            operation.access.scopes = scopes_of(
                &operation.security_alternatives,
                &client.name,
                operation.access.rule,
            );
        }
    }
}

/// The sets of scopes of which one is enough; none where nothing is needed.
fn scopes_of(
    alternatives: &[SecurityAlternative],
    client: &str,
    rule: ScopeRule,
) -> Vec<Vec<String>> {
    let mut sets: Vec<Vec<String>> = Vec::new();
    for alternative in alternatives {
        if alternative.requirements.is_empty() {
            return Vec::new();
        }
        let mut asked = alternative.requirements.iter();
        let Some(asked) = asked.find(|asked| asked.scheme == client) else {
            continue;
        };
        if asked.scopes.is_empty() {
            return Vec::new();
        }
        let scopes: IndexSet<&String> = asked.scopes.iter().collect();
        let scopes: Vec<String> = scopes.into_iter().cloned().collect();
        sets.extend(rule.sets(&scopes));
    }
    let mut kept: Vec<Vec<String>> = Vec::new();
    for set in sets {
        if !kept.contains(&set) {
            kept.push(set);
        }
    }
    kept
}

/// The operations that list more than one scope of this scheme, so that there is a rule to choose.
pub(super) fn with_lists<'a>(api: &'a Api, scheme: Option<&SecurityScheme>) -> Vec<&'a str> {
    let has_list = |operation: &Operation, scheme: &SecurityScheme| {
        let mut asked = operation.requirements();
        asked.any(|asked| asked.scheme == scheme.name && asked.scopes.len() > 1)
    };
    let operations = api.operations.iter();
    let with_list =
        operations.filter(|operation| scheme.is_some_and(|scheme| has_list(operation, scheme)));
    with_list.map(|operation| operation.id.as_str()).collect()
}

/// The texts of an extension: a list of them, or one. What is no text says nothing.
pub(super) fn levels(extensions: &Extensions, name: Option<&str>) -> Vec<String> {
    let value = name.and_then(|name| extensions.get(name));
    let texts: Vec<&Value> = match value {
        Some(Value::Array(items)) => items.iter().collect(),
        Some(value) => vec![value],
        None => Vec::new(),
    };
    let texts = texts.into_iter().filter_map(Value::as_str);
    texts
        .filter(|text| !text.trim().is_empty())
        .map(str::to_owned)
        .collect()
}

impl super::Plan {
    /// Whether some operation needs a scope, so that the crate has a table of them.
    pub fn has_scopes(&self) -> bool {
        let mut operations = self.api.operations.iter();
        operations.any(|operation| !operation.access.scopes.is_empty())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plan::model::SecurityRequirement;

    fn needed(alternatives: &[&[(&str, &[&str])]], rule: ScopeRule) -> Vec<Vec<String>> {
        let alternatives = alternatives.iter().map(|schemes| SecurityAlternative {
            requirements: schemes
                .iter()
                .map(|(scheme, scopes)| SecurityRequirement {
                    scheme: (*scheme).to_owned(),
                    scopes: scopes.iter().map(|scope| (*scope).to_owned()).collect(),
                })
                .collect(),
            pointer: crate::pointer::JsonPointer::default(),
        });
        let alternatives: Vec<SecurityAlternative> = alternatives.collect();
        scopes_of(&alternatives, "mine", rule)
    }

    #[test]
    fn a_list_is_one_set_or_as_many_as_it_has_scopes() {
        let asked: &[&[(&str, &[&str])]] = &[&[("mine", &["b", "a"]), ("other", &["c"])]];
        assert_eq!(needed(asked, ScopeRule::All), [["b", "a"]]);
        assert_eq!(needed(asked, ScopeRule::Any), [["b"], ["a"]]);
    }

    #[test]
    fn alternatives_are_sets_of_their_own_and_other_schemes_are_no_matter_of_the_token() {
        let asked: &[&[(&str, &[&str])]] = &[
            &[("mine", &["a"])],
            &[("other", &["c"])],
            &[("mine", &["a"])],
        ];
        assert_eq!(needed(asked, ScopeRule::All), [["a"]]);
        assert_eq!(
            needed(&[&[("other", &["c"])]], ScopeRule::All),
            [[""; 0]; 0]
        );
    }

    #[test]
    fn where_one_way_needs_no_scope_none_is_needed() {
        for asked in [&[][..], &[("mine", &[][..])]] {
            let asked: &[&[(&str, &[&str])]] = &[&[("mine", &["a"])], asked];
            assert_eq!(needed(asked, ScopeRule::Any), [[""; 0]; 0]);
        }
    }

    #[test]
    fn levels_are_texts() {
        let mut extensions = Extensions::new();
        extensions.insert("x-list".to_owned(), serde_json::json!(["A", 1, "B", " "]));
        extensions.insert("x-one".to_owned(), serde_json::json!("A"));
        assert_eq!(levels(&extensions, Some("x-list")), ["A", "B"]);
        assert_eq!(levels(&extensions, Some("x-one")), ["A"]);
        assert_eq!(levels(&extensions, Some("x-other")), [""; 0]);
        assert_eq!(levels(&extensions, None), [""; 0]);
    }
}
