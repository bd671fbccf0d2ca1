//! `src/scopes.rs`: what each operation asks of a token, as a table, and the function that finds the fewest scopes for some of them.

use super::rust::cfg;
use crate::plan::Plan;
use crate::plan::model::{Operation, TagId};
use crate::pretty::MAX_LINE;
use crate::tokens;
use serde::Serialize;

#[derive(Serialize)]
pub(super) struct ScopesFile {
    /// The call of the macro that declares the table.
    call: String,
}

/// The table.
pub(super) fn scopes(plan: &Plan) -> ScopesFile {
    let mut call = "sdk_runtime::scopes!(SCOPES {".to_owned();
    for (id, _) in plan.tags() {
        call.push_str(&group(plan, id));
    }
    call.push_str("\n});");
    ScopesFile { call }
}

fn group(plan: &Plan, tag: TagId) -> String {
    let cfg = cfg(&plan.gate_of(tag));
    let gap = if cfg.is_empty() { "" } else { " " };
    let operations = plan.operations_of(tag);
    let entries: String = operations.map(|(_, operation)| entry(operation)).collect();
    format!("\n    {cfg}{gap}{{{entries}\n    }}")
}

/// What an operation asks for: its sets of scopes, of which one is enough. As many on a line as there is room for.
fn entry(operation: &Operation) -> String {
    let mut text = format!("\n        {}", tokens::string(&operation.id));
    let mut width = text.len();
    let sets = &operation.access.scopes;
    for (place, set) in sets.iter().enumerate() {
        let sign = if place == 0 { "=> [" } else { "| [" };
        let scopes: Vec<String> = set.iter().map(|scope| tokens::string(scope)).collect();
        let mut words: Vec<String> = scopes.iter().map(|scope| format!("{scope},")).collect();
        match words.last_mut() {
            Some(last) => {
                last.pop();
                last.push(']');
            }
            None => words.push("]".to_owned()),
        }
        if let Some(first) = words.first_mut() {
            first.insert_str(0, sign);
        }
        for word in words {
            if width + word.len() + 2 > MAX_LINE {
                text.push_str("\n           ");
                width = 11;
            }
            text.push(' ');
            text.push_str(&word);
            width += word.len() + 1;
        }
    }
    text.push(',');
    text
}
