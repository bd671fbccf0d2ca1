//! Which operations answer with lists, and by which parameters they give them in parts: takes operations and types of the plan. The
//! first target file tells of such operations, and every target file is held against them.

use super::Plan;
use super::model::{Api, Location, Operation, Outcome, Type, Types};

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

impl Plan {
    /// The parameters by which a list is asked for in parts; none where the operation answers with no list.
    pub fn list_steps<'o>(&self, operation: &'o Operation) -> Vec<&'o str> {
        steps(&self.api.types, operation)
    }
}

/// The operations that answer with a list, and those that answer with an object that has one of which parts can be asked for, by
/// operationId.
pub(super) fn of(api: &Api) -> Vec<&str> {
    let types = &api.types;
    let is_list = |operation: &&Operation| {
        answer(operation).is_some_and(|ty| item_of(types, ty).is_some())
            || !steps(types, operation).is_empty()
    };
    let operations = api.operations.iter().filter(is_list);
    operations.map(|operation| operation.id.as_str()).collect()
}

/// What an operation answers with, where that is one thing.
pub(super) fn answer(operation: &Operation) -> Option<&Type> {
    match operation.outcome() {
        Outcome::One(encoding) | Outcome::Optional(encoding) => encoding.json(),
        Outcome::Nothing | Outcome::Several(_) => None,
    }
}

/// What a list is of.
pub(super) fn item_of<'t>(types: &'t Types, ty: &'t Type) -> Option<&'t Type> {
    match types.through_alias(ty) {
        Type::Array(item) => Some(item),
        Type::Nullable(inner) => item_of(types, inner),
        _ => None,
    }
}

/// The parameters by which a list, or a list in an object, is asked for in parts.
fn steps<'o>(types: &Types, operation: &'o Operation) -> Vec<&'o str> {
    let parameters = operation.parameters.iter();
    let steps = parameters
        .filter(|parameter| parameter.location == Location::Query)
        .map(|parameter| parameter.wire.as_str())
        .filter(|name| STEPS.contains(name));
    let steps: Vec<&str> = steps.collect();
    let holds_list = |ty: &Type| {
        let fields = types.struct_of(ty).into_iter().flat_map(|of| &of.fields);
        item_of(types, ty).is_some()
            || fields
                .into_iter()
                .any(|field| item_of(types, &field.ty).is_some())
    };
    match !steps.is_empty() && answer(operation).is_some_and(holds_list) {
        true => steps,
        false => Vec::new(),
    }
}
