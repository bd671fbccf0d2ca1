//! Who reaches which type: by requests, by responses, by which tags.
//!
//! Features, `Nullable` fields and constructors all follow from this, so it is worked out once, when every type is known.

use crate::plan::model::{
    Api, Body, Encoding, Operation, Shape, TagId, Type, TypeDef, TypeId, Types, Usage,
};
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// Fills in [`TypeDef::usage`] of every type.
pub(super) fn mark(api: &mut Api) {
    let mut usages: HashMap<TypeId, Usage> = HashMap::new();
    for (tag, operations) in by_tag(api) {
        let sent = operations.iter().flat_map(|operation| sent(operation));
        for id in reach(&api.types, sent) {
            let usage = usages.entry(id).or_default();
            usage.request = true;
            usage.tags.insert(tag);
        }
        let received = operations
            .iter()
            .flat_map(|operation| received(api, operation));
        for id in reach(&api.types, received) {
            let usage = usages.entry(id).or_default();
            usage.response = true;
            usage.tags.insert(tag);
        }
    }
    let patches = api.operations.iter().flat_map(merge_patches);
    for id in reach(&api.types, patches) {
        usages.entry(id).or_default().merge_patch = true;
    }
    for (id, usage) in usages {
        if let Some(def) = api.types.get_mut(id) {
            def.usage = usage;
            relax(def);
            if def.usage.merge_patch {
                let_entries_be_null(def);
            }
        }
    }
}

/// What only the server sets is not sent, and what only the caller sets is not answered (OpenAPI 3.0.3, 4.7.24.1), so in types
/// that go both ways such a property is not always there. In a type that goes one way alone, what is required is meant.
fn relax(def: &mut TypeDef) {
    if !(def.usage.request && def.usage.response) {
        return;
    }
    if let Shape::Struct(object) = &mut def.shape {
        for field in &mut object.fields {
            field.required &= !field.read_only && !field.write_only;
        }
    }
}

/// An entry of a map is deleted by null, as a property is (RFC 7396). The items of a list are not: a list is replaced as a whole.
fn let_entries_be_null(def: &mut TypeDef) {
    fn within(ty: &mut Type) {
        if let Type::Map(value) = ty {
            within(value);
            allow_null(value);
        }
    }
    fn allow_null(ty: &mut Type) {
        if !matches!(ty, Type::Nullable(_) | Type::Any) {
            let inner = std::mem::replace(ty, Type::Any);
            *ty = Type::Nullable(Box::new(inner));
        }
    }
    match &mut def.shape {
        Shape::Struct(object) => {
            object
                .fields
                .iter_mut()
                .for_each(|field| within(&mut field.ty));
            if let Some(value) = &mut object.additional {
                within(value);
                allow_null(value);
            }
        }
        Shape::Alias(ty) => within(ty),
        Shape::Enum(_) | Shape::Union(_) => {}
    }
}

/// The operations of each tag. What a whole tag reaches is found in one walk: where types refer to each other in circles, one for
/// each operation would go through most of the document every time.
fn by_tag(api: &Api) -> BTreeMap<TagId, Vec<&Operation>> {
    let mut tags: BTreeMap<TagId, Vec<&Operation>> = BTreeMap::new();
    for operation in &api.operations {
        tags.entry(operation.tag).or_default().push(operation);
    }
    tags
}

/// What an operation sends as a merge patch.
fn merge_patches(operation: &Operation) -> impl Iterator<Item = &Type> {
    let is_patch = |body: &&Body| {
        let media_type = body.content.media_type.as_str();
        media_type.starts_with("application/merge-patch+json")
    };
    let bodies = operation.body.iter().filter(is_patch);
    bodies.filter_map(|body| body.content.encoding.ty())
}

/// What an operation sends: its body and its parameters.
fn sent(operation: &Operation) -> impl Iterator<Item = &Type> {
    operation
        .body
        .iter()
        .filter_map(|body| body.content.encoding.ty())
        .chain(operation.parameters.iter().map(|parameter| &parameter.ty))
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
