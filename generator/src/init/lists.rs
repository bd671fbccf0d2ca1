//! Operations that give a list in parts: takes the plan, gives those whose parameters say so.

use super::found::{MOST, of};
use crate::plan::Plan;
use crate::plan::model::{Encoding, Operation, Shape, Type};

/// Names of parameters that say which part of a list is wanted.
const STEPS: [&str; 14] = [
    "offset",
    "page",
    "cursor",
    "after",
    "starting_after",
    "page_token",
    "pageToken",
    "after_cursor",
    "next_token",
    "nextToken",
    "continue",
    "start",
    "skip",
    "$skip",
];

/// A line for each operation that answers with a list and takes such parameters.
pub(super) fn paged(plan: &Plan) -> Vec<String> {
    let mut lines = Vec::new();
    for operation in &plan.api.operations {
        let parameters = operation.parameters.iter();
        let steps: Vec<&str> = parameters
            .map(|parameter| parameter.wire.as_str())
            .filter(|name| STEPS.contains(name))
            .collect();
        if !steps.is_empty() && answers_with_list(plan, operation) {
            lines.push(format!("{} ({})", operation.label(), steps.join(", ")));
        }
    }
    let more = lines.len().saturating_sub(MOST);
    lines.truncate(MOST);
    if more > 0 {
        lines.push(format!("and {more} more"));
    }
    lines
}

/// Whether an answer is a list, or an object with one.
fn answers_with_list(plan: &Plan, operation: &Operation) -> bool {
    let content = operation
        .success()
        .and_then(|success| success.content.as_ref());
    let Some(Encoding::Json(ty)) = content.map(|content| &content.encoding) else {
        return false;
    };
    let is_list = |ty: &Type| matches!(plan.through_alias(ty), Type::Array(_));
    is_list(ty)
        || of(plan, ty).is_some_and(|def| match &def.shape {
            Shape::Struct(object) => object.fields.iter().any(|field| is_list(&field.ty)),
            _ => false,
        })
}
