//! A schema taken together: what it refers to, what all of its parts say, and the member of a union that a value is of, as one object
//! of keywords. Values are made up and changed by it.

use serde_json::{Map, Value, json};

use super::schema::Schemas;

/// How many references and unions are followed.
const MAX_STEPS: usize = 40;

impl Schemas {
    /// A schema taken together, for this value where there is one: of a union it has the member that most of the value's members
    /// belong to, else the first that is not null.
    pub(super) fn flat(&self, schema: &Value, value: Option<&Value>) -> Map<String, Value> {
        let mut flat = Map::new();
        self.add(schema, value, &mut flat, 0);
        flat
    }

    fn add(
        &self,
        schema: &Value,
        value: Option<&Value>,
        flat: &mut Map<String, Value>,
        steps: usize,
    ) {
        let Value::Object(members) = schema else {
            return;
        };
        if steps > MAX_STEPS {
            return;
        }
        let steps = steps + 1;
        if let Some(referred) = reference(schema).and_then(|name| self.referred(name)) {
            self.add(referred, value, flat, steps);
        }
        for part in list(members, "allOf") {
            self.add(part, value, flat, steps);
        }
        for union in ["oneOf", "anyOf"] {
            let choices = list(members, union);
            if let Some(chosen) = self.chosen(choices, value) {
                self.add(chosen, value, flat, steps);
                // A value that is there has its tag.
                if let Some(discriminator) =
                    members.get("discriminator").filter(|_| value.is_none())
                {
                    tag(discriminator, chosen, flat);
                }
            }
        }
        for (keyword, value) in members {
            merge(flat, keyword, value);
        }
    }

    fn chosen<'s>(&'s self, choices: &'s [Value], value: Option<&Value>) -> Option<&'s Value> {
        let is_null = |choice: &&Value| choice.get("type") == Some(&json!("null"));
        let choices = choices.iter().filter(|choice| !is_null(choice));
        match value {
            None => choices.into_iter().next(),
            // The first of those that are as good.
            Some(value) => choices.rev().max_by_key(|choice| {
                let flat = self.flat(choice, None);
                shared(&flat, value)
            }),
        }
    }
}

/// How much a value looks like one of this schema.
fn shared(flat: &Map<String, Value>, value: &Value) -> usize {
    let properties = flat.get("properties").and_then(Value::as_object);
    match (value, properties) {
        (Value::Object(members), Some(properties)) => {
            let known = members.iter().filter(|(name, value)| {
                let tags = properties
                    .get(*name)
                    .and_then(|property| property.get("enum"));
                let is_other = tags.is_some_and(|tags| !list_of(tags).contains(value));
                properties.contains_key(*name) && !is_other
            });
            1 + known.count()
        }
        _ => types(flat).iter().filter(|ty| is_of(value, ty)).count(),
    }
}

/// Says which member of a union an object is of, by the property that tells.
fn tag(discriminator: &Value, chosen: &Value, flat: &mut Map<String, Value>) {
    let Some(property) = discriminator.get("propertyName").and_then(Value::as_str) else {
        return;
    };
    let name = reference(chosen).and_then(|reference| reference.strip_prefix("#/$defs/"));
    let Some(name) = name else { return };
    let mapping = discriminator.get("mapping").and_then(Value::as_object);
    let mut mapped = mapping.into_iter().flatten();
    let tag = mapped.find(|(_, schema)| schema.as_str() == Some(name));
    let tag = tag.map_or(name, |(tag, _)| tag.as_str());
    let properties = flat.entry("properties").or_insert_with(|| json!({}));
    let Some(properties) = properties.as_object_mut() else {
        return;
    };
    let is_number = properties
        .get(property)
        .is_some_and(|property| property.get("type").and_then(Value::as_str) == Some("integer"));
    let number = tag.parse::<i64>().ok().filter(|_| is_number);
    let tag = number.map_or_else(|| json!(tag), |number| json!(number));
    properties.insert(property.to_owned(), json!({ "enum": [tag] }));
    let required = flat.entry("required").or_insert_with(|| json!([]));
    if let Some(required) = required.as_array_mut()
        && !required.contains(&json!(property))
    {
        required.push(json!(property));
    }
}

/// Adds what a part says to what other parts said.
fn merge(flat: &mut Map<String, Value>, keyword: &str, value: &Value) {
    if matches!(
        keyword,
        "$ref" | "allOf" | "oneOf" | "anyOf" | "not" | "discriminator"
    ) {
        return;
    }
    // Here all parts are one, so that what no part names is what this one does not name.
    let keyword = match keyword {
        "unevaluatedProperties" => "additionalProperties",
        other => other,
    };
    match (flat.get_mut(keyword), value) {
        (Some(Value::Object(known)), Value::Object(more)) if keyword == "properties" => {
            known.extend(
                more.iter()
                    .map(|(name, value)| (name.clone(), value.clone())),
            );
        }
        (Some(Value::Array(known)), Value::Array(more)) if keyword == "required" => {
            known.extend(
                more.iter()
                    .filter(|name| !known.contains(name))
                    .cloned()
                    .collect::<Vec<_>>(),
            );
        }
        _ => {
            flat.insert(keyword.to_owned(), value.clone());
        }
    }
}

/// What a schema refers to.
pub(super) fn reference(schema: &Value) -> Option<&str> {
    schema.get("$ref")?.as_str()
}

fn list<'m>(members: &'m Map<String, Value>, keyword: &str) -> &'m [Value] {
    members.get(keyword).map(list_of).unwrap_or_default()
}

fn list_of(value: &Value) -> &[Value] {
    value.as_array().map(Vec::as_slice).unwrap_or_default()
}

/// The types that a value may have; none when nothing is said. Where the type is not said, the other keywords tell it.
pub(super) fn types(flat: &Map<String, Value>) -> Vec<&str> {
    match flat.get("type") {
        Some(Value::String(ty)) => vec![ty],
        Some(Value::Array(types)) => types.iter().filter_map(Value::as_str).collect(),
        _ if flat.contains_key("properties") => vec!["object"],
        _ if flat.contains_key("items") || flat.contains_key("prefixItems") => vec!["array"],
        _ => Vec::new(),
    }
}

/// Whether a value is of a type.
pub(super) fn is_of(value: &Value, ty: &str) -> bool {
    match ty {
        "string" => value.is_string(),
        "integer" => value.is_i64() || value.is_u64(),
        "number" => value.is_number(),
        "boolean" => value.is_boolean(),
        "array" => value.is_array(),
        "object" => value.is_object(),
        _ => value.is_null(),
    }
}

/// The names that an object needs.
pub(super) fn required(flat: &Map<String, Value>) -> impl Iterator<Item = &str> {
    list(flat, "required").iter().filter_map(Value::as_str)
}
