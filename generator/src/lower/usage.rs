//! Who reaches which type: by requests, by responses, by which tags. And which fields need an indirection.
//!
//! Features, `Nullable` fields and constructors all follow from this, so it is worked out once, when every type is known.

use crate::ir::{Api, Encoding, Operation, Shape, Type, TypeDef, TypeId, Types, Usage};
use std::collections::{BTreeSet, HashMap};

/// Fills in [`TypeDef::usage`] and [`crate::ir::Field::boxed`] of every type.
pub(super) fn mark(api: &mut Api) {
    let mut usages: HashMap<TypeId, Usage> = HashMap::new();
    for operation in &api.operations {
        let sent = operation
            .body
            .iter()
            .filter_map(|body| body.content.encoding.ty())
            .chain(operation.parameters.iter().map(|parameter| &parameter.ty));
        for id in reach(&api.types, sent) {
            let usage = usages.entry(id).or_default();
            usage.request = true;
            usage.tags.insert(operation.tag);
        }
        for id in reach(&api.types, received(api, operation)) {
            let usage = usages.entry(id).or_default();
            usage.response = true;
            usage.tags.insert(operation.tag);
        }
    }
    for (id, usage) in usages {
        if let Some(def) = api.types.get_mut(id) {
            def.usage = usage;
        }
    }
    box_recursive_fields(&mut api.types);
}

/// What an operation answers with, and whatever else its error set can be read as.
fn received<'a>(api: &'a Api, operation: &'a Operation) -> impl Iterator<Item = &'a Type> {
    let declared = operation
        .responses
        .iter()
        .filter_map(|response| response.content.as_ref())
        .map(|content| &content.encoding);
    let shared = api
        .error_sets
        .get(operation.errors.0)
        .into_iter()
        .flat_map(|set| set.answers.values());
    declared.chain(shared).filter_map(Encoding::ty)
}

/// Every named type that these types reach.
fn reach<'t>(types: &Types, from: impl IntoIterator<Item = &'t Type>) -> BTreeSet<TypeId> {
    let mut reached = BTreeSet::new();
    let mut open: Vec<TypeId> = from.into_iter().filter_map(Type::named).collect();
    while let Some(id) = open.pop() {
        if reached.insert(id) {
            open.extend(
                types
                    .get(id)
                    .into_iter()
                    .flat_map(TypeDef::parts)
                    .filter_map(Type::named),
            );
        }
    }
    reached
}

/// The named type that a value of this type holds in place, without a heap in between.
fn held(ty: &Type) -> Option<TypeId> {
    match ty {
        Type::Named(id) => Some(*id),
        Type::Nullable(inner) => held(inner),
        _ => None,
    }
}

/// Marks the fields that close a circle of types which hold each other in place.
///
/// A depth-first walk marks each field that leads back to a type on the walk's own path; what remains is a
/// graph without circles, so every type has a size.
fn box_recursive_fields(types: &mut Types) {
    let mut state: HashMap<TypeId, Visit> = HashMap::new();
    let mut boxed: Vec<(TypeId, usize)> = Vec::new();
    let roots: Vec<TypeId> = types.iter().map(|(id, _)| id).collect();
    for root in roots {
        // The walk keeps its own stack: documents decide how deep it goes.
        let mut stack = vec![(root, 0)];
        while let Some((id, next)) = stack.pop() {
            if next == 0 && state.insert(id, Visit::Open) == Some(Visit::Done) {
                state.insert(id, Visit::Done);
                continue;
            }
            let Some((index, target)) = next_held(types, id, next) else {
                state.insert(id, Visit::Done);
                continue;
            };
            stack.push((id, index + 1));
            match state.get(&target) {
                Some(Visit::Open) => boxed.push((id, index)),
                Some(Visit::Done) => {}
                None => stack.push((target, 0)),
            }
        }
    }
    for (id, index) in boxed {
        if let Some(TypeDef {
            shape: Shape::Struct(object),
            ..
        }) = types.get_mut(id)
            && let Some(field) = object.fields.get_mut(index)
        {
            field.boxed = true;
        }
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Visit {
    Open,
    Done,
}

/// The first part of `id` at or after `from` that holds a named type in place.
fn next_held(types: &Types, id: TypeId, from: usize) -> Option<(usize, TypeId)> {
    let def = types.get(id)?;
    def.parts()
        .into_iter()
        .enumerate()
        .skip(from)
        .find_map(|(index, ty)| Some((index, held(ty)?)))
}
