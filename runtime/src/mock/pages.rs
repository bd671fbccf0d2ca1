//! Pages of examples: a list that the document shows is the first page and the only one with items.
//!
//! Whoever follows a link or a cursor of it comes to a page without items, links and cursors, so that no paging runs for ever. A link
//! leads back to the server, and not to the host that the document shows, which would be sent the caller's credentials.
//!
//! The pages of what was created are real: their cursors tell how many items stand before the next one.

use serde_json::{Map, Value, json};

use super::api::Operation;
use super::call::Call;
use super::description::Location;
use super::flat::required;
use super::hostile::filled;
use super::reply::Reply;
use super::schema::Schemas;
use crate::encode::percent_encode;

/// How deep in an object cursors are looked for.
const MAX_DEPTH: usize = 4;

/// Makes an example the page that was asked for.
pub(super) fn turned(schemas: &Schemas, schema: Option<&Value>, call: &Call, reply: &mut Reply) {
    let is_first = !continues(call);
    if let Some(host) = call.header("host") {
        let links = reply.headers.iter_mut();
        for (_, value) in links.filter(|(name, _)| name.eq_ignore_ascii_case("link")) {
            *value = led_back(value, host);
        }
    }
    if is_first {
        return;
    }
    reply.headers.retain(|(name, _)| !leads_on(name));
    let value = serde_json::from_slice::<Value>(&reply.body);
    if let (Some(schema), Ok(value)) = (schema, value) {
        let empty = filled(schemas, schema, value, 0);
        reply.body = ended(schemas, schema, None, empty, 0)
            .to_string()
            .into_bytes();
    }
}

/// What leads on from a page.
pub(super) struct Next {
    cursor: String,
    link: String,
}

impl Next {
    /// What leads to the items behind so many of them.
    pub(super) fn new(operation: &Operation, call: &Call, place: usize) -> Self {
        let mut parameters = operation.parameters.iter();
        let parameter = parameters.find(|known| {
            known.location == Location::Query && leads_on(&known.name) && !leads_back(&known.name)
        });
        let name = parameter.map_or("offset", |known| known.name.as_str());
        let kept = call.query.iter().filter(|(known, _)| known != name);
        let pairs = kept.map(|(name, value)| (name.as_str(), value.clone()));
        let pairs = pairs.chain([(name, place.to_string())]);
        let pairs = pairs.map(|(name, value)| format!("{name}={}", percent_encode(&value)));
        let query = pairs.collect::<Vec<_>>().join("&");
        let host = call.header("host").unwrap_or_default();
        Self {
            cursor: place.to_string(),
            link: format!("http://{host}{}?{query}", call.path),
        }
    }
}

/// The value of a page, with what leads on from it in its headers and its members, or nothing of that on the last page.
pub(super) fn led_on(
    schemas: &Schemas,
    schema: &Value,
    next: Option<&Next>,
    reply: &mut Reply,
    value: Value,
) -> Value {
    reply.headers.retain_mut(|(name, value)| {
        if !leads_on(name) {
            return true;
        }
        let Some(next) = next.filter(|_| !leads_back(name)) else {
            return false;
        };
        *value = match name.eq_ignore_ascii_case("link") {
            true => format!("<{}>; rel=\"next\"", next.link),
            false => next.cursor.clone(),
        };
        true
    });
    ended(schemas, schema, next, value, 0)
}

/// How many items stand before the page that a request asks for by a cursor.
pub(super) fn cursor(call: &Call) -> Option<usize> {
    let mut cursors = call.query.iter().filter(|(name, _)| leads_on(name));
    cursors.find_map(|(_, value)| value.parse().ok())
}

/// Whether a request asks for what follows the first page.
fn continues(call: &Call) -> bool {
    call.query.iter().any(|(name, value)| {
        let number = value.parse::<u64>().ok();
        match name.to_ascii_lowercase().as_str() {
            "page" => number.is_some_and(|page| page > 1),
            "offset" | "skip" | "start" => number.is_some_and(|offset| offset > 0),
            name => leads_on(name) && !value.is_empty(),
        }
    })
}

/// Whether a header, a member or a parameter of this name leads to another page.
fn leads_on(name: &str) -> bool {
    let name = name.to_ascii_lowercase().replace(['-', '_'], "");
    name == "link" || name.contains("cursor") || name.starts_with("next") || name == "pagetoken"
}

/// Whether a name that leads to another page leads to an earlier one.
fn leads_back(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    name.contains("before") || name.contains("prev")
}

/// A header `Link` with this host in the place of every other.
fn led_back(link: &str, host: &str) -> String {
    let mut led = String::new();
    let mut rest = link;
    while let Some((before, behind)) = rest.split_once("://") {
        let scheme = before.rfind('<').map_or(0, |start| start + 1);
        led.push_str(before.get(..scheme).unwrap_or_default());
        led.push_str("http://");
        led.push_str(host);
        let end = behind.find(['/', '?', '>']).unwrap_or(behind.len());
        rest = behind.get(end..).unwrap_or_default();
    }
    led + rest
}

/// A value with what leads on from it. On the last page that is null where that may be, and left out where that may be.
fn ended(
    schemas: &Schemas,
    schema: &Value,
    next: Option<&Next>,
    value: Value,
    depth: usize,
) -> Value {
    let Value::Object(members) = value else {
        return value;
    };
    let flat = schemas.flat(schema, None);
    let needed: Vec<&str> = required(&flat).collect();
    let property = |name: &str| flat.get("properties").and_then(|known| known.get(name));
    let ended: Map<String, Value> = members
        .into_iter()
        .filter_map(|(name, value)| {
            let schema = property(&name).unwrap_or(&Value::Bool(true));
            if !leads_on(&name) {
                let value = match depth < MAX_DEPTH {
                    true => ended(schemas, schema, next, value, depth + 1),
                    false => value,
                };
                return Some((name, value));
            }
            if let Some(next) = next.filter(|_| !leads_back(&name)) {
                let is_link = name.to_ascii_lowercase().ends_with("link");
                let way = if is_link { &next.link } else { &next.cursor };
                return Some((name, json!(way)));
            }
            let flat = schemas.flat(schema, None);
            let may_be_null = super::flat::types(&flat).contains(&"null");
            match (may_be_null, needed.contains(&name.as_str())) {
                (true, _) => Some((name, Value::Null)),
                (false, true) => Some((name, json!(""))),
                (false, false) => None,
            }
        })
        .collect();
    Value::Object(ended)
}

#[cfg(test)]
mod tests {
    use super::{leads_on, led_back};

    #[test]
    fn links_lead_back() {
        let link = r#"<https://a.example/x?page=2>; rel="next", <https://a.example>; rel="first""#;
        let led = r#"<http://127.0.0.1:1/x?page=2>; rel="next", <http://127.0.0.1:1>; rel="first""#;
        assert_eq!(led_back(link, "127.0.0.1:1"), led);
        assert_eq!(led_back("</x>", "127.0.0.1:1"), "</x>");
    }

    #[test]
    fn names_tell_what_leads_on() {
        for name in [
            "Link",
            "After-Cursor",
            "next_link",
            "nextPage",
            "page_token",
        ] {
            assert!(leads_on(name), "{name}");
        }
        assert!(!leads_on("X-Total-Count"));
    }
}
