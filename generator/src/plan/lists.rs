//! Which operations give a list in parts, and how their parameters say which part: takes operations of the plan. The first
//! target file tells of it.

use super::Plan;
use super::model::{Encoding, Operation, Shape, Type};

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
        let parameters = operation.parameters.iter();
        let steps: Vec<&str> = parameters
            .map(|parameter| parameter.wire.as_str())
            .filter(|name| STEPS.contains(name))
            .collect();
        match !steps.is_empty() && self.answers_with_list(operation) {
            true => steps,
            false => Vec::new(),
        }
    }

    /// Whether an answer is a list, or an object with one.
    fn answers_with_list(&self, operation: &Operation) -> bool {
        let content = operation
            .success()
            .and_then(|success| success.content.as_ref());
        let Some(Encoding::Json(ty)) = content.map(|content| &content.encoding) else {
            return false;
        };
        let is_list = |ty: &Type| {
            let ty = match ty {
                Type::Nullable(inner) => inner,
                ty => ty,
            };
            matches!(self.through_alias(ty), Type::Array(_))
        };
        is_list(ty)
            || match self.shape_of(ty) {
                Some(Shape::Struct(object)) => object.fields.iter().any(|field| is_list(&field.ty)),
                _ => false,
            }
    }
}
