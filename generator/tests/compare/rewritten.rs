//! Ways to write a document so that it says the same.

use serde_json::{Map, Value, json};
use std::fs;
use std::path::{Path, PathBuf};

/// Members that hold data of the author's own, in which nothing has OpenAPI's meaning.
const DATA: [&str; 6] = ["example", "examples", "default", "enum", "const", "value"];

/// Whether what stands at a key of this object is a map of names, in which no key has a meaning.
fn is_map(key: &str) -> bool {
    matches!(
        key,
        "properties"
            | "schemas"
            | "responses"
            | "parameters"
            | "headers"
            | "requestBodies"
            | "paths"
            | "content"
            | "callbacks"
            | "links"
            | "securitySchemes"
            | "scopes"
            | "mapping"
            | "variables"
            | "encoding"
            | "patternProperties"
            | "flows"
    )
}

/// Calls `change` for every object that is a thing of OpenAPI's, from the inside out.
fn each(value: &mut Value, is_names: bool, change: &mut impl FnMut(&mut Map<String, Value>)) {
    match value {
        Value::Object(members) => {
            for (key, member) in members.iter_mut() {
                if is_names || !(DATA.contains(&key.as_str()) || key.starts_with("x-")) {
                    each(member, !is_names && is_map(key), change);
                }
            }
            if !is_names {
                change(members);
            }
        }
        Value::Array(elements) => {
            for element in elements {
                each(element, false, change);
            }
        }
        _ => {}
    }
}

/// Turns round the order of keys, and of the lists of which the order means nothing.
pub(crate) fn reorder(tree: &mut Value) {
    each(tree, false, &mut |object| {
        for key in [
            "required",
            "enum",
            "tags",
            "allOf",
            "oneOf",
            "anyOf",
            "security",
            "parameters",
        ] {
            if let Some(Value::Array(list)) = object.get_mut(key) {
                list.reverse();
            }
        }
    });
    turn(tree);
}

fn turn(value: &mut Value) {
    match value {
        Value::Object(members) => {
            members.values_mut().for_each(turn);
            let turned: Vec<_> = std::mem::take(members).into_iter().rev().collect();
            members.extend(turned);
        }
        Value::Array(elements) => elements.iter_mut().for_each(turn),
        _ => {}
    }
}

/// Tells everything in other words, and without examples.
pub(crate) fn retell(tree: &mut Value) {
    each(tree, false, &mut |object| {
        for key in ["title", "summary", "description"] {
            if let Some(Value::String(text)) = object.get_mut(key) {
                *text = format!("In other words, {}.", text.len());
            }
        }
        object.shift_remove("example");
        object.shift_remove("examples");
        object.insert(
            "externalDocs".to_owned(),
            json!({ "url": "https://example.com/more" }),
        );
        // Only these may have documentation elsewhere.
        if !(object.contains_key("type") || object.contains_key("responses")) {
            object.shift_remove("externalDocs");
        }
        if object.contains_key("flows") || object.contains_key("in") {
            object.shift_remove("externalDocs");
        }
    });
}

const SCHEMAS: &str = "#/components/schemas/";

/// Gives every schema among the components another name.
pub(crate) fn rename_schemas(tree: &mut Value) {
    // Without a mapping, the names of the components are what is sent.
    let text = tree.to_string();
    let mut discriminators = text.split("\"discriminator\":{").skip(1);
    if discriminators.any(|rest| {
        rest.split('}')
            .next()
            .is_some_and(|own| !own.contains("mapping"))
    }) {
        return;
    }
    let schemas = tree.pointer_mut("/components/schemas");
    if let Some(Value::Object(schemas)) = schemas {
        let renamed: Vec<_> = std::mem::take(schemas)
            .into_iter()
            .map(|(name, schema)| (format!("{name}Renamed"), schema))
            .collect();
        schemas.extend(renamed);
    }
    each_reference(tree, &mut |text| {
        text.starts_with(SCHEMAS).then(|| format!("{text}Renamed"))
    });
}

/// Calls `change` for every reference, those in mappings as well.
fn each_reference(tree: &mut Value, change: &mut impl FnMut(&str) -> Option<String>) {
    match tree {
        Value::String(text) if text.starts_with("#/components/") => {
            if let Some(changed) = change(text) {
                *text = changed;
            }
        }
        Value::Object(members) => members
            .values_mut()
            .for_each(|member| each_reference(member, change)),
        Value::Array(elements) => elements
            .iter_mut()
            .for_each(|element| each_reference(element, change)),
        _ => {}
    }
}

/// Writes out every schema where it is used, except those that contain themselves and those that a discriminator tells apart.
pub(crate) fn inline_schemas(tree: &mut Value) {
    let Some(Value::Object(schemas)) = tree.pointer("/components/schemas").cloned() else {
        return;
    };
    // What stands beside a reference in 3.1 adds to the component, and cannot be written out in its place.
    let is_31 = tree["openapi"]
        .as_str()
        .is_some_and(|version| version.starts_with("3.1"));
    if is_31 || tree.to_string().contains("\"discriminator\"") {
        return;
    }
    let (mut plain, recursive): (Map<_, _>, Map<_, _>) = schemas
        .clone()
        .into_iter()
        .partition(|(name, schema)| !leads_to(schema, name, &schemas, &mut Vec::new()));
    // What contains one that contains itself keeps referring to it.
    for _ in 0..plain.len() {
        for name in plain.keys().cloned().collect::<Vec<_>>() {
            let schema = plain.get(&name).cloned().unwrap_or_default();
            plain.insert(name, written_out(&schema, &plain));
        }
    }
    let used = tree.to_string();
    let mut rest = written_out(tree, &plain);
    let kept = plain
        .into_iter()
        .filter(|(name, _)| !used.contains(&format!("\"{SCHEMAS}{name}\"")));
    let recursive = recursive
        .iter()
        .map(|(name, schema)| (name.clone(), schema.clone()));
    let kept: Map<String, Value> = kept.chain(recursive).collect();
    if let Some(components) = rest.get_mut("components").and_then(Value::as_object_mut) {
        components.insert("schemas".to_owned(), Value::Object(kept));
    }
    *tree = rest;
}

/// Whether a schema refers to the component `name`, by however many others.
fn leads_to(
    schema: &Value,
    name: &str,
    schemas: &Map<String, Value>,
    seen: &mut Vec<String>,
) -> bool {
    match schema {
        Value::Object(members) => members.iter().any(|(key, member)| match member {
            Value::String(text) if key == "$ref" => {
                let Some(next) = text.strip_prefix(SCHEMAS) else {
                    return false;
                };
                if next == name {
                    return true;
                }
                if seen.iter().any(|one| one == next) {
                    return false;
                }
                seen.push(next.to_owned());
                schemas
                    .get(next)
                    .is_some_and(|next| leads_to(next, name, schemas, seen))
            }
            member => leads_to(member, name, schemas, seen),
        }),
        Value::Array(elements) => elements
            .iter()
            .any(|element| leads_to(element, name, schemas, seen)),
        _ => false,
    }
}

fn written_out(value: &Value, plain: &Map<String, Value>) -> Value {
    match value {
        Value::Object(members) => {
            let target = members
                .get("$ref")
                .and_then(Value::as_str)
                .and_then(|text| plain.get(text.strip_prefix(SCHEMAS)?));
            match target {
                Some(target) => target.clone(),
                None => members
                    .iter()
                    .map(|(key, member)| (key.clone(), written_out(member, plain)))
                    .collect::<Map<_, _>>()
                    .into(),
            }
        }
        Value::Array(elements) => elements
            .iter()
            .map(|element| written_out(element, plain))
            .collect::<Vec<_>>()
            .into(),
        other => other.clone(),
    }
}

/// Moves the parameters of every path to its operations.
pub(crate) fn spread_path_parameters(tree: &mut Value) {
    let Some(Value::Object(paths)) = tree.get_mut("paths") else {
        return;
    };
    for item in paths.values_mut().filter_map(Value::as_object_mut) {
        let Some(Value::Array(shared)) = item.shift_remove("parameters") else {
            continue;
        };
        for (key, operation) in item.iter_mut() {
            if key == "summary" || key == "description" || key == "servers" || key.starts_with("x-")
            {
                continue;
            }
            let Some(operation) = operation.as_object_mut() else {
                continue;
            };
            let own = operation.entry("parameters").or_insert_with(|| json!([]));
            if let Value::Array(own) = own {
                let name = |one: &Value| (one.get("name").cloned(), one.get("in").cloned());
                let replaced: Vec<_> = own.iter().map(name).collect();
                own.extend(
                    shared
                        .iter()
                        .filter(|one| one.get("name").is_none() || !replaced.contains(&name(one)))
                        .cloned(),
                );
            }
        }
    }
}

/// Sections whose members may stand in files of their own.
const SPLIT: [&str; 5] = [
    "schemas",
    "responses",
    "parameters",
    "headers",
    "requestBodies",
];

/// Writes every component into a file of its own, and gives the path of the root document. That lists all of them or,
/// unless they are to be listed, those alone that nothing refers to.
pub(crate) fn split(tree: &Value, folder: &Path, are_listed: bool) -> PathBuf {
    let mut root = tree.clone();
    let text = tree.to_string();
    for section in SPLIT {
        let pointer = format!("/components/{section}");
        let Some(Value::Object(members)) = root.pointer(&pointer).cloned() else {
            continue;
        };
        let mut listed = Map::new();
        for (name, mut member) in members {
            to_files(&mut member, "..");
            let place = folder.join(section);
            fs::create_dir_all(&place).expect("a folder");
            fs::write(place.join(format!("{name}.json")), member.to_string())
                .expect("a written file");
            if are_listed || !text.contains(&format!("\"#/components/{section}/{name}\"")) {
                listed.insert(
                    name.clone(),
                    json!({ "$ref": format!("{section}/{name}.json") }),
                );
            }
        }
        if let Some(components) = root.get_mut("components").and_then(Value::as_object_mut) {
            components.shift_remove(section);
            if !listed.is_empty() {
                components.insert(section.to_owned(), Value::Object(listed));
            }
        }
    }
    to_files(&mut root, ".");
    let path = folder.join("openapi.json");
    fs::write(&path, root.to_string()).expect("a written file");
    path
}

fn to_files(value: &mut Value, up: &str) {
    each_reference(value, &mut |text| {
        let rest = text.strip_prefix("#/components/")?;
        let (section, _) = rest.split_once('/')?;
        SPLIT
            .contains(&section)
            .then(|| format!("{up}/{rest}.json"))
    });
}
