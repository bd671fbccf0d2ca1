//! Who reaches which type: by requests, by responses, by which tags.
//!
//! Features, `Nullable` fields and constructors all follow from this, so it is worked out once, when every type is known.

use crate::ir::{Api, Encoding, Operation, Shape, Type, TypeDef, TypeId, Types, Usage};
use std::collections::{BTreeSet, HashMap};

/// Fills in [`TypeDef::usage`] of every type.
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
            relax(def);
        }
    }
}

/// What only the server sets is not sent, and what only the caller sets is not answered (OpenAPI 3.0.3, 4.7.24.1), so in types
/// that go that way such a property is not always there.
fn relax(def: &mut TypeDef) {
    if let Shape::Struct(object) = &mut def.shape {
        for field in &mut object.fields {
            let left_out =
                (def.usage.request && field.read_only) || (def.usage.response && field.write_only);
            field.required &= !left_out;
        }
    }
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
    let mut open: Vec<TypeId> = from.into_iter().flat_map(Type::named).collect();
    while let Some(id) = open.pop() {
        if reached.insert(id) {
            open.extend(
                types
                    .get(id)
                    .into_iter()
                    .flat_map(TypeDef::parts)
                    .flat_map(Type::named),
            );
        }
    }
    reached
}
