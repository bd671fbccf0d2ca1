//! Takes a schema with keywords that JSON Schema 2020-12 (OpenAPI 3.1) has and OpenAPI 3.0 does not, gives one that says the same
//! in 3.0's words, as far as they reach.

use super::keywords::LATER_KEYWORDS;
use super::null::allow_null;
use super::types::is_of_type;
use crate::grammar::schema::TYPE_KEYWORDS;
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
    site.keep("const", value.clone());
    match value {
        Value::Null => allow_null(schema),
        // An enum of an object or a list has no counterpart.
        Value::Object(_) | Value::Array(_) => site.note_at(
            "const",
            "The only value is an object or a list, which no type expresses; others are accepted as well.",
        ),
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
    let ty = schema.get("type").and_then(Value::as_str);
    let fits = |example: &&Value| ty.is_none_or(|ty| is_of_type(example, ty));
    let first = match &examples {
        Value::Array(examples) => examples.iter().find(fits).or(examples.first()),
        Value::Object(examples) => match examples.values().next() {
            Some(Value::Object(example)) => example.get("value"),
            other => other,
        },
        Value::Null => None,
        scalar => Some(scalar),
    };
    let first = first.cloned();
    site.keep("examples", examples);
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
        site.replace(schema, limit, Value::Number(number));
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
    site.keep("prefixItems", Value::from(prefix.len()));
    if let Some(flag @ Value::Bool(_)) = &rest {
        site.keep("items", flag.clone());
    }
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
    site.keep("patternProperties", Value::Object(patterns.clone()));
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
    let text = |value: &Option<Value>| Some(value.as_ref()?.as_str()?.trim().to_ascii_lowercase());
    let format = match (text(&encoding).as_deref(), text(&media_type)) {
        (Some("base64url"), _) => Some("base64url"),
        (Some(encoding), _) if encoding.starts_with("base64") => Some("byte"),
        (Some("binary"), _) => Some("binary"),
        (None, Some(media_type)) if !is_text(&media_type) => Some("binary"),
        _ => None,
    };
    let key = match encoding.is_some() {
        true => "contentEncoding",
        false => "contentMediaType",
    };
    for (key, value) in [
        ("contentEncoding", encoding),
        ("contentMediaType", media_type),
    ] {
        if let Some(value) = value {
            site.keep(key, value);
        }
    }
    // They speak of texts alone.
    let is_of_text = schema.get("type").is_none_or(|ty| ty == "string");
    let Some(format) = format.filter(|_| is_of_text) else {
        return;
    };
    site.note_in_30(
        key,
        "This keyword is from OpenAPI 3.1; it is read as a format.",
    );
    schema.entry("type").or_insert(Value::from("string"));
    schema.entry("format").or_insert(Value::from(format));
}

/// Whether the content of a media type is text, so that a JSON string holds it as it is.
fn is_text(media_type: &str) -> bool {
    let essence = media_type.split(';').next().unwrap_or_default().trim();
    essence.starts_with("text/")
        || ["json", "xml", "yaml", "javascript", "csv", "graphql"]
            .iter()
            .any(|word| essence.ends_with(word))
}

/// Schemas that are kept within a schema. Those that are referred to stand among the components since the document was loaded.
pub(in crate::repair) fn definitions_in_schema(schema: &mut Schema, site: &mut RepairSite<'_, '_>) {
    for key in ["$defs", "definitions"] {
        if let Some(definitions) = schema.remove(key) {
            site.keep(key, definitions);
            site.note_in_30(
                key,
                "OpenAPI 3.0 has no schemas within a schema; those that nothing refers to are left out.",
            );
        }
    }
}

/// Conditions and other keywords that no type can express; each keyword that the document uses is reported once, but for those that
/// say which further properties there may be: these have a place in the plan.
pub(in crate::repair) fn later_keyword(schema: &mut Schema, site: &mut RepairSite<'_, '_>) {
    for keyword in LATER_KEYWORDS.into_iter().chain(["$anchor", "$id"]) {
        if let Some(value) = schema.remove(keyword) {
            site.keep(keyword, value);
            match keyword {
                "then" | "else" | "unevaluatedProperties" | "dependentRequired"
                | "dependentSchemas" => {}
                "if" => site.note_once(keyword, "`if` is a condition, which no type expresses, here and everywhere else; the properties of `then` and `else` are optional."),
                _ => site.note_once(keyword, format!("`{keyword}` has no counterpart in OpenAPI 3.0 and is left out, here and everywhere else.")),
            }
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
    const MEANT_IN_31: [&str; 15] = [
        "properties",
        "required",
        "additionalProperties",
        "unevaluatedProperties",
        "patternProperties",
        "allOf",
        "oneOf",
        "anyOf",
        "enum",
        "const",
        "if",
        "then",
        "else",
        "dependentRequired",
        "dependentSchemas",
    ];
    let is_31 = site.document.is_31;
    let allows_null = |ty: &Value| {
        let mut names = ty.as_array().into_iter().flatten();
        names.any(|name| name == "null")
    };
    if is_31 && schema.get("type").is_some_and(allows_null) {
        allow_null(schema);
    }
    let is_kept = |key: &str| TOLD.contains(&key) || (is_31 && MEANT_IN_31.contains(&key));
    let has_meaning = |key: &str| is_31 && key != "$ref" && !key.starts_with("x-");
    let mut beside = Vec::new();
    for key in schema
        .keys()
        .filter(|key| !is_kept(key) && has_meaning(key))
    {
        beside.push(key.clone());
    }
    for key in beside {
        if let Some(value) = schema.shift_remove(&key) {
            site.keep(&key, value);
        }
        let is_limit = TYPE_KEYWORDS
            .iter()
            .find_map(|(_, keys)| keys.iter().find(|limit| **limit == key));
        if let Some(limit) = is_limit {
            site.note_once(limit, format!("`{limit}` beside `$ref` has no effect on the type and is left out, here and everywhere else."));
        }
    }
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
