//! Parameters: takes what was sent of one, gives its value, in the style that the document says (OpenAPI 3.0, "Style Values"), and
//! what is wrong with it.

use serde_json::{Map, Value};

use super::api::{Loaded, Operation};
use super::call::{Call, decoded, form_decoded};
use super::description::{Location, Parameter};
use super::flat::types;
use super::schema::{Schemas, Way};

/// What is wrong with a parameter of a request.
pub(super) fn faults(
    loaded: &Loaded,
    operation: &Operation,
    parameter: &Parameter,
    call: &Call,
) -> Vec<String> {
    let place = format!(
        "{} parameter `{}`",
        place_name(parameter.location),
        parameter.name
    );
    // These three are not parameters but what bodies and credentials say (OpenAPI 3.0.3, 4.7.12.2).
    let is_header = parameter.location == Location::Header;
    let ignored = ["accept", "content-type", "authorization"];
    if is_header
        && ignored
            .iter()
            .any(|name| parameter.name.eq_ignore_ascii_case(name))
    {
        return Vec::new();
    }
    let schema = parameter.schema.as_ref().unwrap_or(&Value::Bool(true));
    match value(&loaded.schemas, operation, parameter, schema, call) {
        Ok(None) if parameter.required => vec![format!("{place} is missing")],
        Ok(None) => Vec::new(),
        Ok(Some(value)) => {
            let is_empty = parameter.empty && value == "";
            let faults = loaded.schemas.faults(schema, &value, Way::Sent);
            let faults = faults.into_iter().filter(|_| !is_empty);
            faults.map(|fault| format!("{place}: {fault}")).collect()
        }
        Err(fault) => vec![format!("{place}: {fault}")],
    }
}

fn place_name(location: Location) -> &'static str {
    match location {
        Location::Path => "path",
        Location::Query => "query",
        Location::Header => "header",
        Location::Cookie => "cookie",
    }
}

/// The value of a parameter; `None` when it was not sent.
fn value(
    schemas: &Schemas,
    operation: &Operation,
    parameter: &Parameter,
    schema: &Value,
    call: &Call,
) -> Result<Option<Value>, String> {
    let flat = schemas.flat(schema, None);
    let types = types(&flat);
    let is_list = types.contains(&"array");
    let is_object = types.contains(&"object");
    let reader = Reader {
        schemas,
        flat: &flat,
    };
    let style = parameter.style.as_deref().unwrap_or_default();
    if parameter.location == Location::Query && !parameter.json {
        if style == "deepObject" {
            return Ok(reader.deep_object(&parameter.name, call));
        }
        let explode = parameter
            .explode
            .unwrap_or(style.is_empty() || style == "form");
        if explode && is_object {
            let is_other = |name: &str| operation.parameters.iter().any(|other| other.name == name);
            return Ok(reader.exploded_object(call, is_other));
        }
        if explode && is_list {
            let values = call.query(&parameter.name);
            let items = values.iter().map(|text| reader.item(text)).collect();
            return Ok((!values.is_empty()).then_some(Value::Array(items)));
        }
    }
    match raw(parameter, call) {
        Some(raw) => written(&reader, parameter, &types, raw).map(Some),
        None => Ok(None),
    }
}

/// The value of a parameter that was written in one piece.
fn written(
    reader: &Reader<'_>,
    parameter: &Parameter,
    types: &[&str],
    raw: String,
) -> Result<Value, String> {
    let is_list = types.contains(&"array");
    let style = parameter.style.as_deref().unwrap_or_default();
    let raw = match style {
        "matrix" if parameter.explode == Some(true) && types.contains(&"object") => {
            raw.trim_start_matches(';').replace(';', ",")
        }
        "label" => raw.strip_prefix('.').unwrap_or(&raw).to_owned(),
        "matrix" => {
            let prefix = format!(";{}=", parameter.name);
            raw.strip_prefix(&prefix)
                .unwrap_or(&raw)
                .replace(&prefix, ",")
        }
        _ => raw,
    };
    let decode = match parameter.location {
        Location::Path | Location::Cookie => decoded,
        Location::Query => form_decoded,
        Location::Header => str::to_owned as fn(&str) -> String,
    };
    if parameter.json {
        let text = decode(&raw);
        return serde_json::from_str(&text).map_err(|_| "it is no JSON".to_owned());
    }
    if !is_list && !types.contains(&"object") {
        return Ok(typed(&decode(&raw), types));
    }
    let separator = match style {
        "spaceDelimited" => "%20",
        "pipeDelimited" => "|",
        "label" if parameter.explode == Some(true) => ".",
        _ => ",",
    };
    let raw = match style {
        "spaceDelimited" => raw.replace('+', "%20"),
        "pipeDelimited" => raw.replace("%7C", "|").replace("%7c", "|"),
        // Many clients encode the commas between the items too. Lists within a list have commas of their own.
        _ if !raw.contains(separator) && !reader.is_nested() => {
            raw.replace("%2C", ",").replace("%2c", ",")
        }
        _ => raw,
    };
    let pieces = raw.split(separator).filter(|piece| !piece.is_empty());
    let pieces: Vec<String> = pieces.map(|piece| decode(piece.trim())).collect();
    Ok(match is_list {
        true => pieces.iter().map(|piece| reader.item(piece)).collect(),
        false => reader.object(&pieces),
    })
}

/// What was sent, encoded as it was.
fn raw(parameter: &Parameter, call: &Call) -> Option<String> {
    let name = parameter.name.as_str();
    match parameter.location {
        Location::Path => {
            let mut values = call.parameters.iter();
            values
                .find(|(known, _)| known == name)
                .map(|(_, value)| value.clone())
        }
        Location::Query => {
            let pairs = call.raw_query.split('&');
            let mut pairs = pairs.map(|pair| pair.split_once('=').unwrap_or((pair, "")));
            let found = pairs.find(|(known, _)| form_decoded(known) == name);
            found.map(|(_, value)| value.to_owned())
        }
        Location::Header => {
            let values = call.headers.get_all(name).iter();
            let values: Vec<&str> = values.filter_map(|value| value.to_str().ok()).collect();
            (!values.is_empty()).then(|| values.join(","))
        }
        Location::Cookie => call.cookie(name),
    }
}

/// Reads the parts of a list or an object.
pub(super) struct Reader<'r> {
    pub(super) schemas: &'r Schemas,
    pub(super) flat: &'r Map<String, Value>,
}

impl Reader<'_> {
    /// Whether the items of a list are lists or objects.
    fn is_nested(&self) -> bool {
        let items = self.flat.get("items");
        let items = items.map(|items| self.schemas.flat(items, None));
        items.is_some_and(|items| {
            let types = types(&items);
            types.contains(&"array") || types.contains(&"object")
        })
    }

    /// An item of a list.
    pub(super) fn item(&self, text: &str) -> Value {
        self.part(self.flat.get("items"), text)
    }

    /// A member of an object.
    pub(super) fn member(&self, name: &str, text: &str) -> Value {
        self.part(self.property(name), text)
    }

    /// Puts a member that was sent beside the others; one that is a list has each text that was sent of it.
    pub(super) fn add(&self, members: &mut Map<String, Value>, name: &str, text: &str) {
        let property = self.property(name);
        let property = property.map(|property| self.schemas.flat(property, None));
        let property = property.unwrap_or_default();
        if !types(&property).contains(&"array") {
            members.insert(name.to_owned(), typed(text, &types(&property)));
            return;
        }
        let item = self.part(property.get("items"), text);
        let list = members
            .entry(name)
            .or_insert_with(|| Value::Array(Vec::new()));
        if let Value::Array(list) = list {
            list.push(item);
        }
    }

    /// The schema of a member.
    pub(super) fn property(&self, name: &str) -> Option<&Value> {
        let own = self
            .flat
            .get("properties")
            .and_then(|properties| properties.get(name));
        own.or_else(|| self.flat.get("additionalProperties"))
    }

    fn part(&self, schema: Option<&Value>, text: &str) -> Value {
        let flat = schema
            .map(|schema| self.schemas.flat(schema, None))
            .unwrap_or_default();
        typed(text, &types(&flat))
    }

    /// `name[member]=value` for each member, and for each item of a member that is a list; a member within a member is not looked at.
    fn deep_object(&self, name: &str, call: &Call) -> Option<Value> {
        let pairs = call.query.iter().filter_map(|(key, value)| {
            let member = key.strip_prefix(name)?.strip_prefix('[')?;
            let (member, rest) = member.split_once(']')?;
            rest.is_empty().then_some((member, value))
        });
        let mut members: Map<String, Value> = Map::new();
        for (member, text) in pairs {
            self.add(&mut members, member, text);
        }
        (!members.is_empty()).then_some(Value::Object(members))
    }

    /// A pair for each member, under the member's own name: where it can have further members, each pair that is no other parameter's.
    fn exploded_object(&self, call: &Call, is_other: impl Fn(&str) -> bool) -> Option<Value> {
        let is_open = self
            .flat
            .get("additionalProperties")
            .is_some_and(Value::is_object);
        let is_own = |name: &str| {
            let properties = self.flat.get("properties");
            let is_known = properties.is_some_and(|properties| properties.get(name).is_some());
            is_known || is_open && !is_other(name)
        };
        let members = call.query.iter().filter(|(name, _)| is_own(name));
        let members = members.map(|(name, value)| (name.clone(), self.member(name, value)));
        let members: Map<String, Value> = members.collect();
        (!members.is_empty()).then_some(Value::Object(members))
    }

    /// `a=1` for each member, or names and values in turn.
    fn object(&self, pieces: &[String]) -> Value {
        let is_exploded = pieces.iter().all(|piece| piece.contains('='));
        let pairs: Vec<(&str, &str)> = match is_exploded {
            true => pieces
                .iter()
                .filter_map(|piece| piece.split_once('='))
                .collect(),
            false => {
                let pairs = pieces.chunks(2);
                pairs
                    .filter_map(|pair| Some((pair.first()?.as_str(), pair.get(1)?.as_str())))
                    .collect()
            }
        };
        let members = pairs.into_iter();
        let members = members.map(|(name, text)| (name.to_owned(), self.member(name, text)));
        Value::Object(members.collect())
    }
}

/// A text as a value of one of these types; a text where it is of none, or where texts are allowed.
pub(super) fn typed(text: &str, types: &[&str]) -> Value {
    let is = |ty: &str| types.contains(&ty);
    if is("null") && text == "null" {
        return Value::Null;
    }
    if is("string") {
        return Value::from(text);
    }
    let number = (is("integer") || is("number"))
        .then(|| serde_json::from_str(text).ok().filter(Value::is_number))
        .flatten();
    let flag = is("boolean").then(|| text.parse::<bool>().ok()).flatten();
    let json = (is("object") || is("array"))
        .then(|| serde_json::from_str(text).ok())
        .flatten();
    number
        .or_else(|| flag.map(Value::from))
        .or(json)
        .unwrap_or_else(|| Value::from(text))
}
