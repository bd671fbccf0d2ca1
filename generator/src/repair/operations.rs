//! Takes an operation, gives one whose responses are there and whose parameters are parameters.

use super::parameters::is_body;
use super::site::RepairSite;
use serde_json::{Map, Value, json};

type Object = Map<String, Value>;

/// An operation that does not say what it answers.
pub(super) fn responses_missing(operation: &mut Object, site: &mut RepairSite<'_, '_>) {
    match operation.get_mut("responses") {
        Some(Value::Object(_)) => {}
        // A list of responses, each with its status.
        Some(Value::Array(list)) => {
            let mut responses = Map::new();
            for response in std::mem::take(list) {
                let Value::Object(mut response) = response else {
                    continue;
                };
                let status = ["code", "status", "statusCode", "name"]
                    .into_iter()
                    .find_map(|key| response.remove(key));
                match status {
                    Some(Value::String(status)) => {
                        drop(responses.insert(status, Value::Object(response)))
                    }
                    Some(Value::Number(status)) => {
                        drop(responses.insert(status.to_string(), Value::Object(response)))
                    }
                    _ => responses.extend(response),
                }
            }
            site.note_at(
                "responses",
                "`responses` must be an object; this list is read as one.",
            );
            operation.insert("responses".to_owned(), Value::Object(responses));
        }
        _ => {
            site.note("The operation does not say what responses it has.");
            operation.insert("responses".to_owned(), json!({}));
        }
    }
}

/// Parameters in the body or in a form, as Swagger 2.0 had them: they are the request's body.
pub(super) fn body_parameter(operation: &mut Object, site: &mut RepairSite<'_, '_>) {
    let Some(Value::Array(parameters)) = operation.get_mut("parameters") else {
        return;
    };
    let mut bodies = Vec::new();
    parameters.retain(|parameter| {
        let shared = parameter
            .get("$ref")
            .and_then(Value::as_str)
            .and_then(|reference| reference.strip_prefix("#/components/parameters/"))
            .and_then(|name| site.document.body_parameters.get(name));
        match shared {
            Some(shared) => bodies.push(shared.clone()),
            None if is_body(parameter) => bodies.push(parameter.clone()),
            None => return true,
        }
        false
    });
    if bodies.is_empty() {
        return;
    }
    site.note_at(
        "parameters",
        "Parameters in the body are from Swagger 2.0; they are read as the request body.",
    );
    if operation.contains_key("requestBody") {
        return;
    }
    let consumes = operation
        .get("consumes")
        .and_then(|types| Some(types.get(0)?.as_str()?.to_owned()));
    let body = body_of(bodies, consumes);
    operation.insert("requestBody".to_owned(), body);
}

fn body_of(mut parameters: Vec<Value>, consumes: Option<String>) -> Value {
    let whole = parameters
        .iter()
        .position(|parameter| parameter.get("in").and_then(Value::as_str) == Some("body"));
    let flag = |value: Option<&Value>| value == Some(&Value::Bool(true));
    if let Some(index) = whole {
        let parameter = parameters.swap_remove(index);
        let schema = parameter
            .get("schema")
            .cloned()
            .unwrap_or_else(|| json!({}));
        let media_type = consumes.unwrap_or_else(|| "application/json".to_owned());
        let mut body = json!({ "required": flag(parameter.get("required")), "content": { media_type: { "schema": schema } } });
        if let (Some(description @ Value::String(_)), Value::Object(body)) =
            (parameter.get("description"), &mut body)
        {
            body.insert("description".to_owned(), description.clone());
        }
        return body;
    }
    let has_file = parameters
        .iter()
        .any(|parameter| parameter.get("type").and_then(Value::as_str) == Some("file"));
    let media_type = consumes.unwrap_or_else(|| {
        let form = if has_file {
            "multipart/form-data"
        } else {
            "application/x-www-form-urlencoded"
        };
        form.to_owned()
    });
    let mut properties = Map::new();
    let mut required = Vec::new();
    for parameter in parameters {
        let Value::Object(mut parameter) = parameter else {
            continue;
        };
        let Some(Value::String(name)) = parameter.remove("name") else {
            continue;
        };
        if flag(parameter.remove("required").as_ref()) {
            required.push(Value::String(name.clone()));
        }
        parameter.remove("in");
        parameter.remove("collectionFormat");
        let mut schema = match parameter.remove("schema") {
            Some(Value::Object(schema)) => schema,
            _ => Map::new(),
        };
        for (key, value) in parameter {
            schema.entry(key).or_insert(value);
        }
        properties.insert(name, Value::Object(schema));
    }
    let is_required = !required.is_empty();
    json!({
        "required": is_required,
        "content": { media_type: { "schema": { "type": "object", "properties": properties, "required": required } } },
    })
}

/// The same parameter twice in one list: the first is kept.
pub(super) fn parameter_duplicate(owner: &mut Object, site: &mut RepairSite<'_, '_>) {
    let Some(Value::Array(parameters)) = owner.get_mut("parameters") else {
        return;
    };
    let identity = |parameter: &Value| -> Option<(String, String)> {
        match parameter.get("$ref") {
            Some(Value::String(reference)) => Some((reference.clone(), String::new())),
            _ => Some((
                parameter.get("name")?.as_str()?.to_owned(),
                parameter.get("in")?.as_str()?.to_owned(),
            )),
        }
    };
    let mut seen = std::collections::HashSet::new();
    let mut twice = Vec::new();
    parameters.retain(|parameter| match identity(parameter) {
        Some(identity) => {
            let is_new = seen.insert(identity.clone());
            if !is_new {
                twice.push(identity.0);
            }
            is_new
        }
        None => true,
    });
    for name in twice {
        site.note_at(
            "parameters",
            format!("`{name}` is declared twice; the first is kept."),
        );
    }
}

/// A request body whose schema stands outside of `content`.
pub(super) fn body_schema_outside_content(body: &mut Object, site: &mut RepairSite<'_, '_>) {
    schema_outside_content(body, site);
}

/// A response whose schema stands outside of `content`, as in Swagger 2.0.
pub(super) fn response_schema_outside_content(
    response: &mut Object,
    site: &mut RepairSite<'_, '_>,
) {
    schema_outside_content(response, site);
}

fn schema_outside_content(owner: &mut Object, site: &mut RepairSite<'_, '_>) {
    if owner.contains_key("content")
        || owner.contains_key("$ref")
        || !owner.get("schema").is_some_and(Value::is_object)
    {
        return;
    }
    if let Some(schema) = owner.remove("schema") {
        site.note_at(
            "schema",
            "The schema belongs under `content`; it is read as the schema of `application/json`.",
        );
        owner.insert(
            "content".to_owned(),
            json!({ "application/json": { "schema": schema } }),
        );
    }
}
