//! Takes the top of the document, gives one with the members that the parser wants there.

use super::site::RepairSite;
use crate::grammar::is_method;
use serde_json::{Map, Value, json};

type Object = Map<String, Value>;

/// A version of OpenAPI 3 in any notation. The tree says 3.0.3 from here on, since that is what it is brought to.
pub(super) fn version_odd(document: &mut Object, site: &mut RepairSite<'_, '_>) {
    let said = document.get("openapi").or_else(|| document.get("swagger"));
    let Some(version) = said.and_then(version_text) else {
        return;
    };
    let digits = version.trim().trim_start_matches(['v', 'V', '^', '~', '=']);
    let mut parts = digits.split('.');
    if parts.next() != Some("3") {
        return;
    }
    let minor = parts.next().unwrap_or("0").parse::<u32>().unwrap_or(0);
    site.document.is_31 = minor >= 1;
    let patch = parts.next();
    let is_unusual = patch.is_none_or(|patch| patch.len() > 1 && patch.starts_with('0'))
        || digits != version
        || !document.get("openapi").is_some_and(Value::is_string);
    if is_unusual {
        site.note_at(
            "openapi",
            format!("`{version}` is not a version of OpenAPI as it is usually written; it is read as 3.{minor}."),
        );
    }
    if minor > 1 {
        site.note_at(
            "openapi",
            format!("OpenAPI 3.{minor} is read as if it were 3.1."),
        );
    }
    let written = document.insert("openapi".to_owned(), Value::from("3.0.3"));
    if let Some(version) = written.filter(|version| version != "3.0.3") {
        site.keep("openapi", version);
    }
}

fn version_text(version: &Value) -> Option<String> {
    match version {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    }
}

/// Information without a title or a version, or none at all.
pub(super) fn info_incomplete(document: &mut Object, site: &mut RepairSite<'_, '_>) {
    let info = document.entry("info").or_insert(Value::Null);
    if !info.is_object() {
        *info = json!({});
    }
    let Value::Object(info) = info else {
        return;
    };
    for (key, stand_in) in [("title", "API"), ("version", "0")] {
        let is_told = info
            .get(key)
            .is_some_and(|value| value.is_string() || value.is_number());
        if !is_told {
            site.note_at(
                "info",
                format!("The document has no {key}; \"{stand_in}\" is used instead."),
            );
            info.insert(key.to_owned(), Value::from(stand_in));
        }
    }
}

/// No paths: right in OpenAPI 3.1 beside webhooks, and harmless before.
pub(super) fn paths_missing(document: &mut Object, site: &mut RepairSite<'_, '_>) {
    if !document.get("paths").is_some_and(Value::is_object) {
        site.note("The document has no paths, so there are no operations.");
        document.insert("paths".to_owned(), json!({}));
    }
}

/// Paths that do not begin with a slash, which the parser would take for extensions and forget.
pub(super) fn path_without_slash(document: &mut Object, site: &mut RepairSite<'_, '_>) {
    let Some(Value::Object(paths)) = document.get_mut("paths") else {
        return;
    };
    if paths
        .keys()
        .all(|path| path.starts_with('/') || path.starts_with("x-"))
    {
        return;
    }
    let mut fixed = Map::with_capacity(paths.len());
    for (path, item) in std::mem::take(paths) {
        let is_item = item
            .as_object()
            .is_some_and(|item| item.keys().any(|key| is_method(key)));
        if path.starts_with('/') || (path.starts_with("x-") && !is_item) {
            fixed.insert(path, item);
            continue;
        }
        let with_slash = format!("/{}", path.trim_start());
        site.note_at(
            "paths",
            format!("The path `{path}` does not start with a slash; it is read as `{with_slash}`."),
        );
        match fixed.get_mut(&with_slash) {
            Some(Value::Object(other)) => {
                if let Value::Object(item) = item {
                    for (key, value) in item {
                        other.entry(key).or_insert(value);
                    }
                }
            }
            _ => {
                fixed.insert(with_slash, item);
            }
        }
    }
    *paths = fixed;
}

/// `webhooks`, which are calls by the server and not to it.
pub(super) fn webhooks_ignored(document: &mut Object, site: &mut RepairSite<'_, '_>) {
    if let Some(webhooks) = document.remove("webhooks") {
        site.keep("webhooks", webhooks);
        site.note("Webhooks are requests that the server sends; a client does not send them, so they are left out.");
    }
}

/// Callbacks, of which no code is made; they are left out first, so that their faults need no repair.
pub(super) fn callbacks_ignored(object: &mut Object, site: &mut RepairSite<'_, '_>) {
    if let Some(callbacks) = object.remove("callbacks") {
        site.keep("callbacks", callbacks);
        site.note_once(
            "callbacks",
            "Callbacks are requests that the server sends; they are left out, here and everywhere else.",
        );
    }
}

/// Links tell which call may follow on which; no code is made of them.
pub(super) fn links_ignored(object: &mut Object, site: &mut RepairSite<'_, '_>) {
    if let Some(links) = object.remove("links") {
        site.keep("links", links);
        site.note_once(
            "links",
            "No code is generated for links; they are left out, here and everywhere else.",
        );
    }
}

/// Sections of the components that are lists or texts, and shared parameters that are bodies, as Swagger 2.0 had them.
pub(super) fn body_parameter_shared(document: &mut Object, site: &mut RepairSite<'_, '_>) {
    let parameters = document
        .get_mut("components")
        .and_then(|components| components.get_mut("parameters"));
    let Some(Value::Object(parameters)) = parameters else {
        return;
    };
    let bodies: Vec<String> = parameters
        .iter()
        .filter(|(_, parameter)| super::parameters::is_body(parameter))
        .map(|(name, _)| name.clone())
        .collect();
    for name in bodies {
        if let Some(parameter) = parameters.shift_remove(&name) {
            site.note_at("components", format!("The parameter `{name}` is a body, as in Swagger 2.0; it becomes the request body of the operations that refer to it."));
            site.document.body_parameters.insert(name, parameter);
        }
    }
}

/// A reference that stands for a path item was replaced when the document was loaded; what is left refers to nothing.
pub(super) fn path_item_reference(item: &mut Object, site: &mut RepairSite<'_, '_>) {
    if item.shift_remove("$ref").is_some() {
        site.warn(
            "The path item refers to something that does not exist; the reference is left out.",
        );
    }
}

/// Methods written with capitals.
pub(super) fn method_case(item: &mut Object, site: &mut RepairSite<'_, '_>) {
    let misspelt: Vec<String> = item
        .keys()
        .filter(|key| !is_method(key) && is_method(&key.trim().to_ascii_lowercase()))
        .cloned()
        .collect();
    for key in misspelt {
        let method = key.trim().to_ascii_lowercase();
        if item.contains_key(&method) {
            continue;
        }
        if let Some(operation) = item.shift_remove(&key) {
            site.note_at(
                &key,
                format!("`{key}` is written `{method}` in OpenAPI; it is read as that."),
            );
            item.insert(method, operation);
        }
    }
}
