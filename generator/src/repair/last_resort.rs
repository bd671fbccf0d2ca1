//! Takes a tree that the parser refuses although every repair has run, gives one without the smallest parts that it refuses.
//!
//! Each object is shown to the parser alone, with nothing below it. That costs the same for every object, while to have
//! the parser try the whole document again and again would take twice as long with every level that a fault lies deeper.

use super::fit::DROPPED;
use super::site::{DocumentState, RepairSite};
use super::walk;
use crate::diagnostics::Diagnostics;
use crate::grammar::{ObjectKind, Shape};
use openapiv3 as parser;
use serde::Deserialize;
use serde_json::{Map, Value, json};

type Object = Map<String, Value>;

/// Leaves out of every object what the parser refuses.
pub(crate) fn last_resort(tree: &mut Value, diagnostics: &mut Diagnostics) {
    walk::walk(
        tree,
        &mut DocumentState::default(),
        diagnostics,
        &mut |object, kind, site| {
            site.code = DROPPED;
            drop_member(object, kind, site);
            drop_refused(object, kind, site);
        },
    );
}

/// Leaves out the one member that the parser refuses, or empties the object when that is not enough.
fn drop_member(object: &mut Object, kind: ObjectKind, site: &mut RepairSite<'_, '_>) {
    let Some(refusal) = refusal(object, kind) else {
        return;
    };
    let keys: Vec<String> = object.keys().cloned().collect();
    for key in keys {
        let Some(value) = object.shift_remove(&key) else {
            continue;
        };
        if self::refusal(object, kind).is_none() {
            site.warn_at(
                &key,
                format!("This is left out, because it cannot be read: {refusal}."),
            );
            return;
        }
        object.insert(key, value);
    }
    site.warn(format!(
        "This is read as empty, because it cannot be read: {refusal}."
    ));
    *object = emptied(kind);
}

/// Leaves out the members of lists and maps that even as empty objects would be refused, such as parameters.
fn drop_refused(object: &mut Object, kind: ObjectKind, site: &mut RepairSite<'_, '_>) {
    for (key, value) in object.iter_mut() {
        let (Some(Shape::List(kind) | Shape::Map(kind)), false) =
            (kind.shape(key), key.starts_with("x-"))
        else {
            continue;
        };
        if refusal(&emptied(kind), kind).is_none() {
            continue;
        }
        let mut is_read = |element: &Value| match element {
            Value::Object(element) if kind.may_refer() && element.contains_key("$ref") => true,
            Value::Object(element) => match refusal(element, kind) {
                Some(refusal) => {
                    site.warn_at(
                        key,
                        format!("An element is left out, because it cannot be read: {refusal}."),
                    );
                    false
                }
                None => true,
            },
            _ => false,
        };
        match value {
            Value::Array(elements) => elements.retain(&mut is_read),
            Value::Object(members) => members.retain(|_, member| is_read(member)),
            _ => {}
        }
    }
}

/// An object of the kind that says as little as it can.
fn emptied(kind: ObjectKind) -> Object {
    match kind {
        ObjectKind::Document => Map::from_iter([
            ("openapi".to_owned(), json!("3.0.3")),
            ("info".to_owned(), json!({ "title": "API", "version": "0" })),
            ("paths".to_owned(), json!({})),
        ]),
        ObjectKind::Info => Map::from_iter([
            ("title".to_owned(), json!("API")),
            ("version".to_owned(), json!("0")),
        ]),
        ObjectKind::Response => Map::from_iter([("description".to_owned(), json!(""))]),
        ObjectKind::Operation => Map::from_iter([("responses".to_owned(), json!({}))]),
        ObjectKind::ServerVariable => Map::from_iter([("default".to_owned(), json!(""))]),
        _ => Map::new(),
    }
}

/// What the parser says of the object, with nothing below it; `None` when it takes it.
fn refusal(object: &Object, kind: ObjectKind) -> Option<String> {
    let shallow: Object = object
        .iter()
        .map(|(key, value)| {
            let value = match (kind.shape(key), value) {
                (Some(Shape::One(ObjectKind::Info)), Value::Object(_)) => {
                    Value::Object(emptied(ObjectKind::Info))
                }
                (Some(Shape::One(kind)), Value::Object(_)) if kind.essential_text().is_none() => {
                    Value::Object(emptied(kind))
                }
                (Some(Shape::SchemaOrFlag), Value::Object(_)) => json!({}),
                (Some(Shape::List(_)), Value::Array(_)) => json!([]),
                // A parameter's content needs no media type to be read.
                (Some(Shape::Map(_) | Shape::ExtensibleMap(_)), Value::Object(_)) => json!({}),
                (_, value) => value.clone(),
            };
            (key.clone(), value)
        })
        .collect();
    if kind.may_refer() && shallow.get("$ref").is_some_and(Value::is_string) {
        return None;
    }
    let node = Value::Object(shallow);
    match kind {
        ObjectKind::Document => said::<parser::OpenAPI>(&node),
        ObjectKind::Info => said::<parser::Info>(&node),
        ObjectKind::Contact => said::<parser::Contact>(&node),
        ObjectKind::License => said::<parser::License>(&node),
        ObjectKind::Server => said::<parser::Server>(&node),
        ObjectKind::ServerVariable => said::<parser::ServerVariable>(&node),
        ObjectKind::Tag => said::<parser::Tag>(&node),
        ObjectKind::ExternalDocs => said::<parser::ExternalDocumentation>(&node),
        ObjectKind::Components => said::<parser::Components>(&node),
        ObjectKind::PathItem => said::<parser::PathItem>(&node),
        ObjectKind::Operation => said::<parser::Operation>(&node),
        ObjectKind::Parameter => said::<parser::Parameter>(&node),
        ObjectKind::Header => said::<parser::Header>(&node),
        ObjectKind::RequestBody => said::<parser::RequestBody>(&node),
        ObjectKind::Responses => said::<parser::Responses>(&node),
        ObjectKind::Response => said::<parser::Response>(&node),
        ObjectKind::MediaType => said::<parser::MediaType>(&node),
        ObjectKind::Encoding => said::<parser::Encoding>(&node),
        ObjectKind::Example => said::<parser::Example>(&node),
        ObjectKind::Link => said::<parser::Link>(&node),
        ObjectKind::SecurityScheme => said::<parser::SecurityScheme>(&node),
        ObjectKind::Flows => said::<parser::OAuth2Flows>(&node),
        ObjectKind::Schema => said::<parser::Schema>(&node),
        ObjectKind::Discriminator => said::<parser::Discriminator>(&node),
        // A flow is read with the flows that it belongs to; callbacks and links are kept beside the tree that is parsed.
        ObjectKind::Flow | ObjectKind::Callback => None,
    }
}

fn said<'v, T: Deserialize<'v>>(node: &'v Value) -> Option<String> {
    T::deserialize(node).err().map(|error| error.to_string())
}
