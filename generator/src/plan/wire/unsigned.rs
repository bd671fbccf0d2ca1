//! Operations without `security`: takes what was planned, tells of each that asks for no credentials while most operations of its
//! group do, in a document that says nothing for all. It is what a document looks like in which somebody forgot it, and the server
//! then answers 401.

use super::super::Planning;
use crate::diagnostics::{Code, Diagnostic};
use crate::facts::{self, SecurityAlternative};
use crate::plan::model::{Operation, TagId};
use indexmap::IndexMap;
use serde_json::{Map, Value, json};
use std::collections::HashMap;

/// What the operations of a group ask for.
#[derive(Default)]
struct Siblings {
    asking: usize,
    all: usize,
    /// How often each list of alternatives is asked for, in the order of the document.
    asked: IndexMap<String, usize>,
}

/// Tells of every operation that asks for nothing, unlike its siblings. `planned` are the operations of the document, in its order.
pub(super) fn tell(planning: &mut Planning<'_>, planned: &[Operation]) {
    let facts = planning.facts;
    if facts.security.is_some() {
        return;
    }
    let items = facts.paths.iter();
    let operations = items.flat_map(|item| {
        let operations = item.operations.iter();
        operations.map(|operation| (item.path.as_str(), operation))
    });
    let operations: Vec<_> = operations.zip(planned).collect();
    let mut groups: HashMap<TagId, Siblings> = HashMap::new();
    for ((_, operation), planned) in &operations {
        groups.entry(planned.tag).or_default().add(operation);
    }
    for ((path, operation), planned) in operations {
        let siblings = groups.get(&planned.tag);
        let Some(siblings) = siblings.filter(|_| operation.security.is_none()) else {
            continue;
        };
        let others = siblings.all - 1;
        if siblings.asking * 2 > others
            && let Some(security) = siblings.most_asked()
        {
            let target = format!("$.paths[{}].{}", json!(path), operation.method.key());
            planning.operation = Some(format!("{} {path}", operation.method));
            planning.report(
                Diagnostic::warning(
                    Code::SecurityMissing,
                    operation.pointer.clone(),
                    format!(
                        "The operation asks for no credentials, while {} of the {others} others of its group do; it is sent without.",
                        siblings.asking
                    ),
                )
                .help(format!(
                    "If it needs them, give it `security`, here or by an action of an overlay: {{target: '{}', update: {{security: {security}}}}}. If it needs none, `security: []` says so.",
                    target.replace('\'', "''")
                )),
            );
        }
    }
    planning.operation = None;
}

impl Siblings {
    fn add(&mut self, operation: &facts::Operation) {
        self.all += 1;
        let security = operation.security.as_deref().unwrap_or_default();
        let asks = |alternative: &SecurityAlternative| !alternative.schemes.is_empty();
        if !security.iter().any(asks) {
            return;
        }
        self.asking += 1;
        *self.asked.entry(written(security)).or_default() += 1;
    }

    fn most_asked(&self) -> Option<&str> {
        // Of two that are asked for equally often, it is the first: the last of those that are found from the end.
        let most = self.asked.iter().rev().max_by_key(|(_, count)| **count);
        most.map(|(security, _)| security.as_str())
    }
}

/// What a document writes for these alternatives.
fn written(alternatives: &[SecurityAlternative]) -> String {
    let alternatives = alternatives.iter().map(|alternative| {
        let schemes = alternative.schemes.iter();
        let schemes = schemes.map(|required| (required.scheme.clone(), json!(required.scopes)));
        Value::Object(schemes.collect::<Map<_, _>>())
    });
    Value::Array(alternatives.collect()).to_string()
}
