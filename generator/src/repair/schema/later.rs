//! Takes a schema with keywords that JSON Schema 2020-12 has (OpenAPI 3.1) and OpenAPI 3.0 has not, gives one that says the same
//! in 3.0's words, as far as they reach.

use super::keywords::LATER_KEYWORDS;
use crate::repair::site::RepairSite;
use serde_json::{Map, Value, json};

type Schema = Map<String, Value>;

/// `const`: an enum of one value.
pub(in crate::repair) fn const_to_enum(schema: &mut Schema, site: &mut RepairSite<'_, '_>) {
    let Some(value) = schema.remove("const") else {
        return;
    };
    site.note_in_30(
        "const",
        "`const` is from OpenAPI 3.1; it is read as an enum of one value.",
    );
    match value {
        Value::Null => {
            schema.insert("nullable".to_owned(), Value::Bool(true));
        }
        // An enum of an object or a list has no counterpart.
        Value::Object(_) | Value::Array(_) => {}
        value => {
            schema.entry("enum").or_insert_with(|| json!([value]));
        }
    }
}

/// `examples`: the first of them becomes `example`. Authors of 3.0 write it by mistake, as a list or with names as parameters have it.
pub(in crate::repair) fn examples_to_example(schema: &mut Schema, site: &mut RepairSite<'_, '_>) {
    let Some(examples) = schema.remove("examples") else {
        return;
    };
    site.note_in_30(
        "examples",
        "A schema in OpenAPI 3.0 has `example` instead of `examples`; the first of these is read as the example.",
    );
    let first = match examples {
        Value::Array(examples) => examples.into_iter().next(),
        Value::Object(examples) => match examples.into_iter().next() {
            Some((_, Value::Object(mut example))) => example.remove("value"),
            Some((_, value)) => Some(value),
            None => None,
        },
        Value::Null => None,
        scalar => Some(scalar),
    };
    if let Some(first) = first
        && !first.is_null()
    {
        schema.entry("example").or_insert(first);
    }
}

/// Exclusive limits that are numbers: 3.0 has the limit and, apart from it, a flag.
pub(in crate::repair) fn exclusive_limit_number(
    schema: &mut Schema,
    site: &mut RepairSite<'_, '_>,
) {
    for (exclusive, limit) in [
        ("exclusiveMinimum", "minimum"),
        ("exclusiveMaximum", "maximum"),
    ] {
        let Some(Value::Number(number)) = schema.get(exclusive) else {
            continue;
        };
        let number = number.clone();
        site.note_in_30(
            exclusive,
            "A number here is from OpenAPI 3.1; it is read as the limit itself.",
        );
        schema.insert(limit.to_owned(), Value::Number(number));
        schema.insert(exclusive.to_owned(), Value::Bool(true));
    }
}

/// `prefixItems`: 3.0 has no tuples. The items become alternatives, with the mark `x-prefix-items`, by which the lower phase
/// knows that they stand in this order.
pub(in crate::repair) fn tuple_items(schema: &mut Schema, site: &mut RepairSite<'_, '_>) {
    let Some(prefix) = schema.remove("prefixItems") else {
        return;
    };
    site.note_in_30(
        "prefixItems",
        "`prefixItems` is from OpenAPI 3.1; it is read with its meaning there.",
    );
    let Value::Array(mut prefix) = prefix else {
        return;
    };
    let rest = schema.remove("items");
    let is_closed = rest == Some(Value::Bool(false));
    let ordered = matches!(rest, None | Some(Value::Bool(false)));
    if is_closed {
        schema
            .entry("maxItems")
            .or_insert(Value::from(prefix.len()));
    }
    if let Some(rest @ Value::Object(_)) = rest {
        prefix.push(rest);
    }
    let mut items = Map::new();
    if ordered {
        items.insert("x-prefix-items".to_owned(), Value::Bool(true));
    }
    items.insert("anyOf".to_owned(), Value::Array(prefix));
    schema.insert("items".to_owned(), Value::Object(items));
    schema.entry("type").or_insert(Value::from("array"));
}

/// `items` that are a list, as drafts before 2020-12 had tuples: any of them.
pub(in crate::repair) fn items_list(schema: &mut Schema, site: &mut RepairSite<'_, '_>) {
    let Some(Value::Array(schemas)) = schema.get_mut("items") else {
        return;
    };
    let items = match schemas.len() {
        0 => json!({}),
        1 => schemas.swap_remove(0),
        _ => json!({ "anyOf": std::mem::take(schemas) }),
    };
    site.note_at(
        "items",
        "`items` must be one schema; each element is read as any one of the schemas in this list.",
    );
    schema.insert("items".to_owned(), items);
}

/// `patternProperties`: 3.0 cannot tell names apart, so all further properties are of these schemas.
pub(in crate::repair) fn pattern_properties(schema: &mut Schema, site: &mut RepairSite<'_, '_>) {
    let Some(patterns) = schema.remove("patternProperties") else {
        return;
    };
    site.note_in_30("patternProperties", "`patternProperties` is from OpenAPI 3.1; its schemas are read as those of all additional properties.");
    let Value::Object(patterns) = patterns else {
        return;
    };
    let mut schemas: Vec<Value> = patterns.into_iter().map(|(_, schema)| schema).collect();
    let has_own = schema
        .get("additionalProperties")
        .is_some_and(Value::is_object);
    if has_own || schemas.is_empty() {
        return;
    }
    let values = match schemas.len() {
        1 => schemas.swap_remove(0),
        _ => json!({ "anyOf": schemas }),
    };
    schema.insert("additionalProperties".to_owned(), values);
}

/// `contentEncoding` and `contentMediaType`: the formats `byte` and `binary` say the same in 3.0.
pub(in crate::repair) fn content_encoding(schema: &mut Schema, site: &mut RepairSite<'_, '_>) {
    let encoding = schema.remove("contentEncoding");
    let media_type = schema.remove("contentMediaType");
    let is_base64 = encoding
        .as_ref()
        .and_then(Value::as_str)
        .is_some_and(|encoding| encoding.to_ascii_lowercase().starts_with("base64"));
    let is_bytes = media_type.as_ref().and_then(Value::as_str) == Some("application/octet-stream");
    let format = match (is_base64, is_bytes) {
        (true, _) => "byte",
        (false, true) => "binary",
        (false, false) => return,
    };
    let key = if is_base64 {
        "contentEncoding"
    } else {
        "contentMediaType"
    };
    site.note_in_30(
        key,
        "This keyword is from OpenAPI 3.1; it is read as a format.",
    );
    schema.entry("type").or_insert(Value::from("string"));
    schema.entry("format").or_insert(Value::from(format));
}

/// Schemas that are kept within a schema. Those that are referred to stand among the components since the document was loaded.
pub(in crate::repair) fn definitions_in_schema(schema: &mut Schema, site: &mut RepairSite<'_, '_>) {
    for key in ["$defs", "definitions"] {
        if schema.remove(key).is_some() {
            site.note_in_30(
                key,
                "OpenAPI 3.0 has no schemas within a schema; those that nothing refers to are left out.",
            );
        }
    }
}

/// Conditions and other keywords that no type can express; it is told once which keyword the document uses.
pub(in crate::repair) fn later_keyword(schema: &mut Schema, site: &mut RepairSite<'_, '_>) {
    for keyword in LATER_KEYWORDS.into_iter().chain(["$anchor", "$id"]) {
        if schema.remove(keyword).is_some() {
            site.note_once(keyword, format!("`{keyword}` has no counterpart in OpenAPI 3.0 and is left out, here and everywhere else."));
        }
    }
}

/// A `$ref` that is no text refers to nothing.
pub(in crate::repair) fn reference_not_text(schema: &mut Schema, site: &mut RepairSite<'_, '_>) {
    if schema
        .get("$ref")
        .is_some_and(|reference| !reference.is_string())
    {
        site.warn_at(
            "$ref",
            "The value of `$ref` must be a string; this one is left out.",
        );
        schema.shift_remove("$ref");
    }
}

/// Keywords beside `$ref`, which OpenAPI 3.0 tells readers to ignore (4.7.23) and 3.1 does not. Those that say something about the
/// place at which the reference stands are kept: the reference becomes the only part of an `allOf`.
pub(in crate::repair) fn reference_siblings(schema: &mut Schema, site: &mut RepairSite<'_, '_>) {
    const TOLD: [&str; 11] = [
        "description",
        "title",
        "nullable",
        "default",
        "example",
        "examples",
        "readOnly",
        "writeOnly",
        "deprecated",
        "x-nullable",
        "externalDocs",
    ];
    const MEANT_IN_31: [&str; 6] = [
        "properties",
        "required",
        "additionalProperties",
        "allOf",
        "oneOf",
        "anyOf",
    ];
    let is_31 = site.document.is_31;
    let is_kept = |key: &str| TOLD.contains(&key) || (is_31 && MEANT_IN_31.contains(&key));
    if !schema
        .iter()
        .any(|(key, value)| is_kept(key) && !value.is_null())
    {
        return;
    }
    let Some(reference) = schema.remove("$ref") else {
        return;
    };
    site.note_in_30(
        "$ref",
        "OpenAPI 3.0 ignores the keys beside `$ref`; they are read as additions to the schema that it refers to.",
    );
    schema.retain(|key, _| is_kept(key) || key.starts_with("x-"));
    let reference = json!({ "$ref": reference });
    match schema.get_mut("allOf") {
        Some(Value::Array(parts)) => parts.insert(0, reference),
        _ => {
            schema.insert("allOf".to_owned(), json!([reference]));
        }
    }
}
