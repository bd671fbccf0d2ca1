//! The examples of a document, each with its schema and with the Rust type of its place.

use sdk_generator::facts::{Components, Content, Document, MediaType, SchemaId, Use};
use sdk_generator::plan::Plan;
use sdk_generator::plan::model::{Shape, Type};
use sdk_generator::pointer::JsonPointer;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};

/// An example.
pub(super) struct Example {
    pub(super) pointer: JsonPointer,
    pub(super) schema: SchemaId,
    pub(super) value: Value,
    /// The type that it is read as, as the program writes it.
    pub(super) ty: String,
}

/// The examples, and how many others stand where no type is known: beside media types that are not chosen, and in schemas that no
/// operation reaches.
pub(super) struct Collected {
    pub(super) examples: Vec<Example>,
    pub(super) without: usize,
}

/// Collects them.
pub(super) fn collect(facts: &Document, plan: &Plan) -> Collected {
    let bodies = types_of_bodies(plan);
    let mut found = Collected {
        examples: Vec::new(),
        without: 0,
    };
    let mut seen: BTreeSet<String> = BTreeSet::new();
    for media in media_types(facts) {
        let Some(used) = &media.schema else { continue };
        let ty = bodies.get(used.pointer.as_str());
        for (pointer, value) in examples_of(media, &facts.components) {
            if seen.insert(pointer.as_str().to_owned()) {
                found.add(pointer, used.schema, value, ty.cloned());
            }
        }
    }
    let types = types_of_schemas(facts, plan);
    for (id, schema) in facts.schemas.iter() {
        let ty = types.get(&id);
        let more = schema
            .later()
            .map(|later| later.examples.as_slice())
            .unwrap_or_default();
        let one = schema.example.iter().map(|value| value.as_ref().clone());
        let mut values: Vec<Value> = one.chain(more.iter().cloned()).collect();
        values.dedup();
        for value in values {
            let pointer = schema.pointer.child("example");
            found.add(pointer, Some(id), value, ty.cloned());
        }
    }
    found
}

impl Collected {
    fn add(
        &mut self,
        pointer: JsonPointer,
        schema: Option<SchemaId>,
        value: Value,
        ty: Option<String>,
    ) {
        match (schema, ty) {
            (Some(schema), Some(ty)) => self.examples.push(Example {
                pointer,
                schema,
                value,
                ty,
            }),
            _ => self.without += 1,
        }
    }
}

/// The types of bodies and answers, by the places of their schemas.
fn types_of_bodies(plan: &Plan) -> BTreeMap<String, String> {
    let mut types = BTreeMap::new();
    for (_, operation) in plan.operations() {
        let bodies = operation.body.iter().map(|body| &body.content);
        let answers = operation.responses.iter();
        let answers = answers.filter_map(|response| response.content.as_ref());
        for content in bodies.chain(answers) {
            if let Some(ty) = content.encoding.ty().and_then(|ty| rust_type(plan, ty)) {
                types.insert(content.origin.pointer.as_str().to_owned(), ty);
            }
        }
    }
    types
}

/// The types that have a name, and those of their properties, by the schemas that they were made of.
fn types_of_schemas(facts: &Document, plan: &Plan) -> BTreeMap<SchemaId, String> {
    let mut types = BTreeMap::new();
    // What is merged from a component and more is a type of its own.
    let is_component = |id: &SchemaId| {
        let schema = facts.schemas.get(*id);
        schema.is_some_and(|schema| schema.component.is_some())
    };
    let reached = plan.reached_types();
    let known = reached.iter().filter(|(_, def)| !def.joined);
    for (id, def) in known.clone() {
        let ty = rust_type(plan, &Type::Named(*id));
        if let (Some(schema), Some(ty)) = (def.origin.schema, ty)
            && is_component(&schema) == def.component
        {
            types.insert(schema, ty);
        }
    }
    for (_, def) in known {
        let Shape::Struct(object) = &def.shape else {
            continue;
        };
        for field in &object.fields {
            let ty = rust_type(plan, &field.ty).map(|ty| match field.nullable {
                true => format!("Option<{ty}>"),
                false => ty,
            });
            if let (Some(schema), Some(ty)) = (field.origin.schema, ty)
                && !is_component(&schema)
            {
                types.entry(schema).or_insert(ty);
            }
        }
    }
    types
}

/// A type as the program writes it; `None` where it holds a file, which is no JSON.
fn rust_type(plan: &Plan, ty: &Type) -> Option<String> {
    let inner = |ty: &Type| rust_type(plan, ty);
    Some(match ty {
        Type::Named(id) => {
            let def = plan.ty(*id);
            let is_file = |ty: &&Type| *ty.revealed() == Type::Binary;
            if def.usage.tags.is_empty() || def.parts().iter().any(is_file) {
                return None;
            }
            format!("shown::models::{}", def.ident)
        }
        Type::String => "String".to_owned(),
        Type::Base64 => "sdk_runtime::Base64".to_owned(),
        Type::Base64Url => "sdk_runtime::Base64Url".to_owned(),
        Type::Binary => return None,
        Type::DateTime => "sdk_runtime::DateTime".to_owned(),
        Type::Date => "sdk_runtime::Date".to_owned(),
        Type::Int32 => "i32".to_owned(),
        Type::Int64 => "i64".to_owned(),
        Type::Uint64 => "u64".to_owned(),
        Type::Double => "f64".to_owned(),
        Type::Boolean => "bool".to_owned(),
        Type::Array(item) => format!("Vec<{}>", inner(item)?),
        Type::Tuple(items) => {
            let items: Option<Vec<String>> = items.iter().map(inner).collect();
            format!("({},)", items?.join(", "))
        }
        Type::Map(value) => format!("std::collections::BTreeMap<String, {}>", inner(value)?),
        Type::Nullable(value) => format!("Option<{}>", inner(value)?),
        Type::Secret(value) => inner(value)?,
        Type::JsonPatchOperation => "sdk_runtime::JsonPatchOperation".to_owned(),
        Type::Any => "Value".to_owned(),
    })
}

/// Every media type of a body or an answer.
fn media_types(facts: &Document) -> Vec<&MediaType> {
    let components = &facts.components;
    let mut contents: Vec<&Content> = Vec::new();
    for operation in facts.paths.iter().flat_map(|path| &path.operations) {
        let body = operation.request_body.as_ref();
        let body = body.and_then(|body| components.request_body(body));
        contents.extend(body.map(|body| &body.content));
        let answers = operation.responses.by_status.iter();
        let answers = answers.filter_map(|(_, response)| components.response(response));
        contents.extend(answers.map(|response| &response.content));
    }
    contents
        .into_iter()
        .flat_map(|content| content.values())
        .collect()
}

/// The examples of a media type.
fn examples_of(media: &MediaType, components: &Components) -> Vec<(JsonPointer, Value)> {
    let one = media.example.iter();
    let one = one.map(|value| (media.pointer.child("example"), value.as_ref().clone()));
    let named = media.examples.iter().filter_map(|(name, used)| {
        let pointer = match used {
            Use::Inline(example) => example.pointer.clone(),
            Use::Reference(_) => media.pointer.child("examples").child(name),
        };
        let value = components.example(used)?.value.as_ref()?;
        Some((pointer, value.as_ref().clone()))
    });
    one.chain(named).collect()
}
