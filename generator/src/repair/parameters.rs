//! Takes a parameter or a header, gives one with a place, a schema and a style that fit each other (OpenAPI 3.0.3, 4.7.12).

use super::site::RepairSite;
use serde_json::{Map, Value, json};

type Object = Map<String, Value>;

/// Whether a parameter is a body or a part of a form, as Swagger 2.0 had them.
pub(super) fn is_body(parameter: &Value) -> bool {
    matches!(
        parameter.get("in").and_then(Value::as_str),
        Some("body" | "formData" | "form")
    )
}

/// A parameter that does not say where it stands, or says it in other words: it is in the path if the path names it, in the query otherwise.
pub(super) fn parameter_in(parameter: &mut Object, site: &mut RepairSite<'_, '_>) {
    let said = parameter
        .get("in")
        .and_then(Value::as_str)
        .map(str::to_owned);
    if matches!(
        said.as_deref(),
        Some("query" | "header" | "path" | "cookie")
    ) || parameter.contains_key("$ref")
    {
        return;
    }
    let lower = said
        .as_deref()
        .unwrap_or_default()
        .trim()
        .to_ascii_lowercase();
    let place = match lower.as_str() {
        "query" | "header" | "path" | "cookie" => lower,
        "headers" => "header".to_owned(),
        _ => {
            let name = parameter
                .get("name")
                .and_then(Value::as_str)
                .unwrap_or_default();
            let placeholder = format!("{{{name}}}");
            let is_in_path = site
                .pointer()
                .tokens()
                .nth(1)
                .is_some_and(|path| path.contains(&placeholder));
            if is_in_path { "path" } else { "query" }.to_owned()
        }
    };
    match said {
        Some(said) => site.warn_at(
            "in",
            format!("`{said}` is not a location of a parameter; it is read as `{place}`."),
        ),
        None => site.warn(format!(
            "The parameter does not say where it is sent; it is read as one in the {place}."
        )),
    }
    parameter.insert("in".to_owned(), Value::String(place));
}

/// `collectionFormat`, by which Swagger 2.0 told how a list is written.
pub(super) fn collection_format(parameter: &mut Object, site: &mut RepairSite<'_, '_>) {
    let Some(format) = parameter.remove("collectionFormat") else {
        return;
    };
    let (style, explode) = match format.as_str() {
        Some("multi") => (None, true),
        Some("csv") => (None, false),
        Some("ssv") => (Some("spaceDelimited"), false),
        Some("pipes") => (Some("pipeDelimited"), false),
        _ => return,
    };
    site.note_at(
        "collectionFormat",
        "`collectionFormat` is from Swagger 2.0; it is read as `style` and `explode`.",
    );
    parameter.entry("explode").or_insert(Value::Bool(explode));
    if let Some(style) = style {
        parameter.entry("style").or_insert(Value::from(style));
    }
}

/// A type and its keywords beside the name, as in Swagger 2.0: they belong to the schema.
pub(super) fn type_outside_schema(parameter: &mut Object, site: &mut RepairSite<'_, '_>) {
    const MOVED: [&str; 20] = [
        "type",
        "format",
        "enum",
        "default",
        "items",
        "pattern",
        "minimum",
        "maximum",
        "minLength",
        "maxLength",
        "minItems",
        "maxItems",
        "uniqueItems",
        "multipleOf",
        "exclusiveMinimum",
        "exclusiveMaximum",
        "nullable",
        "properties",
        "oneOf",
        "anyOf",
    ];
    let has_content = parameter.get("content").is_some_and(Value::is_object);
    let has_schema = parameter.get("schema").is_some_and(Value::is_object);
    if has_content || has_schema || parameter.contains_key("$ref") {
        return;
    }
    let mut schema = Map::new();
    for key in MOVED {
        if let Some(value) = parameter.remove(key) {
            schema.insert(key.to_owned(), value);
        }
    }
    if !schema.is_empty() {
        site.note(
            "The type is beside the name, as in Swagger 2.0; it is read as the type of the schema.",
        );
        parameter.insert("schema".to_owned(), Value::Object(schema));
    }
}

/// Neither a schema nor content: a text, which is what is sent in any case.
pub(super) fn schema_missing(parameter: &mut Object, site: &mut RepairSite<'_, '_>) {
    if parameter.contains_key("$ref") {
        return;
    }
    if parameter
        .get("content")
        .is_some_and(|content| content.as_object().is_none_or(Map::is_empty))
    {
        parameter.remove("content");
    }
    let is_told = |key: &str| parameter.get(key).is_some_and(|value| !value.is_null());
    if !is_told("schema") && !is_told("content") {
        site.note("There is no schema; the value is read as a string.");
        parameter.insert("schema".to_owned(), json!({ "type": "string" }));
    }
}

/// Both a schema and content, of which one is allowed: the schema is kept.
pub(super) fn schema_and_content(parameter: &mut Object, site: &mut RepairSite<'_, '_>) {
    if parameter.get("schema").is_some_and(Value::is_object)
        && let Some(content) = parameter.remove("content")
    {
        site.keep("content", content);
        site.note_at(
            "content",
            "There are both `schema` and `content`, and only one of them is allowed; the schema is kept.",
        );
    }
}

/// Path parameters that are not required: a path without one of its parts is another path (4.7.12.2).
pub(super) fn path_parameter_optional(parameter: &mut Object, site: &mut RepairSite<'_, '_>) {
    let is_path = parameter.get("in").and_then(Value::as_str) == Some("path");
    if is_path && parameter.get("required") != Some(&Value::Bool(true)) {
        site.note("A path parameter is always required, so it is read as required.");
        parameter.insert("required".to_owned(), Value::Bool(true));
    }
}

/// A style that its place does not have (4.7.12.3): the usual one is used.
pub(super) fn style_unknown(parameter: &mut Object, site: &mut RepairSite<'_, '_>) {
    let Some(style) = parameter.get("style") else {
        return;
    };
    // Headers of responses do not say where they are.
    let place = parameter
        .get("in")
        .and_then(Value::as_str)
        .unwrap_or("header");
    let allowed: &[&str] = match place {
        "path" => &["matrix", "label", "simple"],
        "header" => &["simple"],
        "cookie" => &["form"],
        _ => &["form", "spaceDelimited", "pipeDelimited", "deepObject"],
    };
    let known = style.as_str().and_then(|style| {
        let style = style.trim();
        allowed
            .iter()
            .find(|known| known.eq_ignore_ascii_case(style))
    });
    match known {
        Some(known) if style != known => {
            site.note_at(
                "style",
                format!("The style is spelled `{known}` in OpenAPI; it is read as that."),
            );
            parameter.insert("style".to_owned(), Value::from(*known));
        }
        Some(_) => {}
        None => {
            site.note_at(
                "style",
                format!(
                    "A parameter in the {place} cannot have this style; the default style is used."
                ),
            );
            parameter.remove("style");
        }
    }
}

/// A style of a form's part that no form has.
pub(super) fn encoding_style_unknown(encoding: &mut Object, site: &mut RepairSite<'_, '_>) {
    let is_known = |style: &Value| {
        matches!(
            style.as_str(),
            Some("form" | "spaceDelimited" | "pipeDelimited" | "deepObject")
        )
    };
    if encoding.get("style").is_some_and(|style| !is_known(style)) {
        site.note_at(
            "style",
            "A property of a form cannot have this style; the default style is used.",
        );
        encoding.remove("style");
    }
}
