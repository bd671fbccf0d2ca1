//! Documents in which one thing stands very often in one place: what is kept as a list there and searched for each of them costs the
//! square of their number.

use serde_json::{Map, Value, json};

/// A kind of crowd: its name, how many there are at size 1, and the document with so many.
pub(crate) type Crowd = (&'static str, usize, fn(usize) -> Value);

pub(crate) const CROWDS: [Crowd; 4] = [
    ("ids", 600, same_ids),
    ("values", 2_500, colliding_values),
    ("fields", 500, colliding_properties),
    ("variants", 400, inline_variants),
];

fn document(paths: Value, schema: Value) -> Value {
    json!({
        "openapi": "3.0.3",
        "info": {"title": "Crowded", "version": "1.0.0"},
        "paths": paths,
        "components": {"schemas": {"Crowd": schema}},
    })
}

fn operation(id: &str) -> Value {
    let content = json!({"application/json": {"schema": {"$ref": "#/components/schemas/Crowd"}}});
    json!({"get": {"operationId": id, "responses": {"200": {"description": "It.", "content": content}}}})
}

/// Operations that all have one id.
fn same_ids(count: usize) -> Value {
    let paths: Map<String, Value> = (0..count)
        .map(|index| (format!("/a{index}"), operation("same")))
        .collect();
    document(paths.into(), json!({"type": "object"}))
}

/// Texts that all become one identifier: as many different ones as are asked for.
fn colliding(count: usize) -> impl Iterator<Item = String> {
    let signs = ['-', '.', '*', '~', ':', ';', '#', '%'];
    (0..count).map(move |index| {
        let mut text = "a".to_owned();
        let mut rest = index;
        while rest > 0 {
            text.extend(signs.get(rest % signs.len()));
            rest /= signs.len();
        }
        text
    })
}

fn colliding_values(count: usize) -> Value {
    let values: Vec<String> = colliding(count).collect();
    let schema = json!({"type": "string", "enum": values});
    document(json!({"/a": operation("get")}), schema)
}

fn colliding_properties(count: usize) -> Value {
    let properties: Map<String, Value> = colliding(count)
        .map(|name| (name, json!({"type": "string"})))
        .collect();
    let schema = json!({"type": "object", "properties": properties});
    document(json!({"/a": operation("get")}), schema)
}

/// Objects of the same properties, each of which holds an object of its own.
fn inline_variants(count: usize) -> Value {
    let variant = |index| {
        let own = format!("own{index}");
        let inner = json!({"type": "object", "properties": {own: {"type": "integer"}}});
        json!({"type": "object", "properties": {"name": {"type": "string"}, "inner": inner}})
    };
    let variants: Vec<Value> = (0..count).map(variant).collect();
    document(json!({"/a": operation("get")}), json!({"oneOf": variants}))
}
