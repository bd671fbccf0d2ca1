//! Types that have no value: those that require themselves. Takes the types, tells of the operations that use one: they come out, but
//! nothing can be shown or tested for them.

use crate::diagnostics::{Code, Diagnostic, Diagnostics};
use crate::plan::model::{Api, Operation, Shape, Type, TypeDef, TypeId, Types};
use std::collections::HashSet;

/// Tells of every operation that takes or gives a value which cannot exist.
pub(in crate::plan) fn tell(api: &Api, diagnostics: &mut Diagnostics) {
    let impossible = find(&api.types);
    if impossible.is_empty() {
        return;
    }
    for operation in &api.operations {
        let named = used(operation).flat_map(Type::named);
        let Some(id) = named.into_iter().find(|id| impossible.contains(id)) else {
            continue;
        };
        let name = &api.types.of(id).name;
        diagnostics.push(
            Diagnostic::warning(
                Code::ValueImpossible,
                operation.pointer.clone(),
                format!("`{name}` requires a property that holds another `{name}`, so no finite value of it exists. The operation is emitted without a test, and its example leaves the value to the reader."),
            )
            .help("Make one of the properties on the way optional, nullable, or a list.")
            .operation(operation.label()),
        );
    }
}

/// The types that an operation's inputs and answers have.
fn used(operation: &Operation) -> impl Iterator<Item = &Type> {
    let body = operation.body.iter().map(|body| &body.content);
    let answers = operation.responses.iter();
    let answers = answers.filter_map(|response| response.content.as_ref());
    let contents = body.chain(answers);
    let parameters = operation.parameters.iter().map(|parameter| &parameter.ty);
    contents
        .filter_map(|content| content.encoding.ty())
        .chain(parameters)
}

/// The types without a value. All are taken to have none until one is found; types refer forward more than back, so that few rounds
/// are needed from the last to the first.
fn find(types: &Types) -> HashSet<TypeId> {
    let mut open: Vec<(TypeId, &TypeDef)> = types.iter().filter(|(_, def)| !def.joined).collect();
    open.reverse();
    let mut impossible: HashSet<TypeId> = open.iter().map(|(id, _)| *id).collect();
    loop {
        let before = open.len();
        open.retain(|(id, def)| {
            let possible = is_possible(def, &impossible);
            if possible {
                impossible.remove(id);
            }
            !possible
        });
        if open.len() == before {
            return impossible;
        }
    }
}

fn is_possible(def: &TypeDef, impossible: &HashSet<TypeId>) -> bool {
    let has_value = |ty: &Type| has_value(ty, impossible);
    match &def.shape {
        Shape::Struct(object) => {
            let mut needed = object
                .fields
                .iter()
                .filter(|field| field.required && !field.nullable);
            needed.all(|field| has_value(&field.ty))
                && object.flattened.iter().all(|union| has_value(&union.ty))
        }
        Shape::Enum(_) => true,
        Shape::Union(union) => union.variants.iter().any(|variant| has_value(&variant.ty)),
        Shape::Alias(ty) => has_value(ty),
    }
}

fn has_value(ty: &Type, impossible: &HashSet<TypeId>) -> bool {
    match ty {
        Type::Named(id) => !impossible.contains(id),
        Type::Tuple(items) => items.iter().all(|item| has_value(item, impossible)),
        Type::Secret(inner) => has_value(inner, impossible),
        // An empty list, an empty map and null are values.
        _ => true,
    }
}
