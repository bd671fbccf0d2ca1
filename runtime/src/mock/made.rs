//! Values made up from schemas: takes a schema, gives a value that keeps it, of the examples that its parts have where they keep it too.

use std::collections::HashSet;

use serde_json::{Map, Value, json};

use super::flat::{is_of, reference, required, types};
use super::pattern::text_of;
use super::schema::{Schemas, Way, keeps_pattern};

/// How deep a value goes beyond what is required, and at all.
const MAX_DEPTH: usize = 5;
const MAX_REQUIRED_DEPTH: usize = 40;
/// How many nodes a value has beyond what is required.
const MAX_NODES: usize = 400;

/// How much of a value is made up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Extent {
    /// Every member that a value can have.
    Whole,
    /// What is required alone.
    Required,
}

impl Schemas {
    /// A value of this schema: with the examples of its parts, without them where it does not keep the schema, and with what is
    /// required alone where it still does not.
    pub(super) fn made(&self, schema: &Value, way: Way, extent: Extent) -> Value {
        let ways = [
            (extent, true),
            (extent, false),
            (Extent::Required, true),
            (Extent::Required, false),
        ];
        let found = self.first_valid(schema, way, &ways);
        found.unwrap_or_else(|| self.make(schema, way, extent, true))
    }

    /// A value with every member that one can have; `None` where none keeps the schema.
    pub(super) fn made_whole(&self, schema: &Value, way: Way) -> Option<Value> {
        let ways = [(Extent::Whole, true), (Extent::Whole, false)];
        self.first_valid(schema, way, &ways)
    }

    fn first_valid(&self, schema: &Value, way: Way, ways: &[(Extent, bool)]) -> Option<Value> {
        let ways = ways.iter();
        let mut values = ways.map(|(extent, examples)| self.make(schema, way, *extent, *examples));
        values.find(|value| self.is_valid(schema, value, way))
    }

    fn make(&self, schema: &Value, way: Way, extent: Extent, examples: bool) -> Value {
        let mut making = Making {
            schemas: self,
            way,
            extent,
            examples,
            nodes: MAX_NODES,
            open: HashSet::new(),
        };
        making.value(schema, 0)
    }
}

struct Making<'s> {
    schemas: &'s Schemas,
    way: Way,
    extent: Extent,
    examples: bool,
    nodes: usize,
    /// The shared schemas that are being made, in which optional members that are of them again are left out.
    open: HashSet<String>,
}

impl Making<'_> {
    fn value(&mut self, schema: &Value, depth: usize) -> Value {
        let opened = reference(schema).filter(|name| self.open.insert((*name).to_owned()));
        let flat = self.schemas.flat(schema, None);
        let value = self.of_flat(&flat, depth);
        if let Some(name) = opened {
            self.open.remove(name);
        }
        value
    }

    fn of_flat(&mut self, flat: &Map<String, Value>, depth: usize) -> Value {
        self.nodes = self.nodes.saturating_sub(1);
        if depth > MAX_REQUIRED_DEPTH {
            return Value::Null;
        }
        let types = types(flat);
        let shown = flat.get("examples").and_then(|examples| examples.get(0));
        if let Some(shown) = shown.filter(|_| self.examples)
            && (types.is_empty() || types.iter().any(|ty| is_of(shown, ty)))
        {
            return shown.clone();
        }
        if let Some(Value::Array(values)) = flat.get("enum") {
            let mut values = values.iter();
            return values
                .find(|value| !value.is_null())
                .cloned()
                .unwrap_or_default();
        }
        match types.iter().find(|ty| **ty != "null").copied() {
            Some("object") => self.object(flat, depth),
            Some("array") => self.array(flat, depth),
            Some("integer") => number(flat, true),
            Some("number") => number(flat, false),
            Some("boolean") => json!(true),
            None if types.contains(&"null") => Value::Null,
            Some(_) | None => json!(text(flat)),
        }
    }

    fn object(&mut self, flat: &Map<String, Value>, depth: usize) -> Value {
        let mut made = Map::new();
        let needed: Vec<&str> = required(flat).collect();
        let nothing = Map::new();
        let properties = flat.get("properties").and_then(Value::as_object);
        let properties = properties.unwrap_or(&nothing);
        // What is required comes first, lest what is not uses up the nodes.
        for name in &needed {
            match properties.get(*name) {
                Some(property) if self.schemas.is_left_out(property, self.way) => {}
                Some(property) => {
                    let value = self.value(property, depth + 1);
                    made.insert((*name).to_owned(), value);
                }
                None => {
                    made.insert((*name).to_owned(), json!("text"));
                }
            }
        }
        for (name, property) in properties {
            let is_open = reference(property).is_some_and(|name| self.open.contains(name));
            let is_wanted = self.extent == Extent::Whole && depth < MAX_DEPTH && self.nodes > 0;
            let is_ours = !self.schemas.is_left_out(property, self.way);
            if is_wanted && is_ours && !is_open && !made.contains_key(name) {
                made.insert(name.clone(), self.value(property, depth + 1));
            }
        }
        let least = count(flat, "minProperties").unwrap_or_default();
        let further = flat.get("additionalProperties");
        let is_described = matches!(further, Some(Value::Object(_)));
        let is_wanted = made.is_empty() && self.extent == Extent::Whole && depth < MAX_DEPTH;
        let is_missing = made.len() < least && further != Some(&json!(false));
        if is_missing || is_wanted && is_described {
            let value = match further.filter(|_| is_described) {
                Some(schema) => self.value(schema, depth + 1),
                None => json!("text"),
            };
            let names = (0..least.max(1)).map(|number| match number {
                0 => "key".to_owned(),
                number => format!("key{number}"),
            });
            made.extend(names.map(|name| (name, value.clone())));
        }
        Value::Object(made)
    }

    fn array(&mut self, flat: &Map<String, Value>, depth: usize) -> Value {
        if let Some(Value::Array(places)) = flat.get("prefixItems") {
            return places
                .iter()
                .map(|place| self.value(place, depth + 1))
                .collect();
        }
        let least = count(flat, "minItems").unwrap_or_default();
        let most = count(flat, "maxItems").unwrap_or(1);
        let is_wanted = self.extent == Extent::Whole && depth < MAX_DEPTH && self.nodes > 0;
        let wanted = least.max(usize::from(is_wanted).min(most));
        let Some(items) = flat.get("items").filter(|_| wanted > 0) else {
            return (0..least).map(|_| json!("text")).collect();
        };
        let is_open = reference(items).is_some_and(|name| self.open.contains(name));
        if is_open && least == 0 {
            return json!([]);
        }
        let item = self.value(items, depth + 1);
        let is_set = flat.get("uniqueItems") == Some(&json!(true));
        let differing = |place: usize| match &item {
            Value::String(text) if is_set && place > 0 => json!(format!("{text}{place}")),
            Value::Number(number) if is_set => match number.as_i64() {
                Some(number) => json!(number + i64::try_from(place).unwrap_or_default()),
                None => item.clone(),
            },
            _ => item.clone(),
        };
        (0..wanted).map(differing).collect()
    }
}

fn count(flat: &Map<String, Value>, keyword: &str) -> Option<usize> {
    usize::try_from(flat.get(keyword)?.as_u64()?).ok()
}

fn number(flat: &Map<String, Value>, whole: bool) -> Value {
    let limit = |keyword: &str| flat.get(keyword).and_then(Value::as_f64);
    let step = limit("multipleOf").filter(|step| *step > 0.0);
    let unit = step.unwrap_or(1.0);
    let least = limit("minimum").or(limit("exclusiveMinimum").map(|above| above + unit));
    let most = limit("maximum").or(limit("exclusiveMaximum").map(|below| below - unit));
    let mut number = least.map_or(1.0, |least| least.max(1.0));
    number = most.map_or(number, |most| number.min(most));
    if let Some(step) = step {
        number = (number / step).ceil() * step;
    }
    #[allow(
        clippy::cast_possible_truncation,
        reason = "limits beyond the range of 64 bits are cut to it, and what is made up of them is held against the schema"
    )]
    match whole || number.fract() == 0.0 {
        true => json!(number.ceil() as i64),
        false => json!(number),
    }
}

/// By how much the repetitions of a pattern are made longer, for a text of the least length.
const LONGER: std::ops::Range<usize> = 0..64;

fn text(flat: &Map<String, Value>) -> String {
    let format = flat.get("format").and_then(Value::as_str);
    let plain = match format.unwrap_or_default() {
        "date-time" => "2024-01-31T12:00:00Z",
        "date" => "2024-01-31",
        "time" => "12:00:00Z",
        "uuid" => "00000000-0000-4000-8000-000000000001",
        "email" => "someone@example.com",
        "uri" | "url" | "iri" | "uri-reference" => "https://example.com",
        "hostname" => "example.com",
        "ipv4" => "192.0.2.1",
        "ipv6" => "2001:db8::1",
        "duration" => "P1D",
        "byte" => "dGV4dA==",
        "base64url" => "dGV4dA",
        _ => "text",
    };
    if let Some(pattern) = flat.get("pattern").and_then(Value::as_str) {
        let is_good = |text: &String| fits(text, flat) && keeps_pattern(text, pattern);
        let made = LONGER.filter_map(|longer| text_of(pattern, longer));
        let mut texts = [plain.to_owned()].into_iter().chain(made);
        return texts.find(is_good).unwrap_or_else(|| plain.to_owned());
    }
    let least = count(flat, "minLength").unwrap_or_default();
    let most = count(flat, "maxLength").unwrap_or(usize::MAX);
    let long = plain
        .chars()
        .chain(std::iter::repeat_n('x', least.saturating_sub(plain.len())));
    long.take(most).collect()
}

fn fits(text: &str, flat: &Map<String, Value>) -> bool {
    let least = count(flat, "minLength").unwrap_or_default();
    let most = count(flat, "maxLength").unwrap_or(usize::MAX);
    (least..=most).contains(&text.chars().count())
}
