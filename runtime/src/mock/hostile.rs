//! Answers that no test of one's own thinks of: takes an answer and the schema of its body, gives what a bad day makes of them.
//!
//! What is changed stays JSON, and each change is one that servers are known for.

use serde_json::{Map, Value, json};

use super::flat::{is_of, required, types};
use super::schema::Schemas;

/// What goes wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Hostile {
    /// Every other call of an operation, from the first on, is refused with 429, and with a `Retry-After` of no second and of one
    /// second in turn.
    TooManyRequests,
    /// Every other call of an operation, from the first on, is refused with 503.
    Unavailable,
    /// The connection ends in the middle of the body of every other call, from the first on.
    CutBody,
    /// Bodies come in pieces, with a pause before each ([`Builder::slow_pause`](super::Builder::slow_pause)).
    SlowBody,
    /// All granted tokens expire at the first call, which is refused with 401.
    ExpiredToken,
    /// The first page of a list has as many items as were asked for, and the page after it has none.
    FullLastPage,
    /// Every value of an enum is one that this version of the document does not know.
    UnknownEnumValue,
    /// Every member that may be missing is null.
    NullOptionals,
    /// Every member is null, also one that the document requires. What cannot be read then is an error, or left out where the caller asks
    /// for that.
    NullEverywhere,
    /// Every number is a text of its digits.
    TextForNumbers,
}

/// What stands for a value that the document does not know.
const UNKNOWN: &str = "value-of-a-later-version";

impl Hostile {
    /// All of them.
    pub const ALL: [Self; 10] = [
        Self::TooManyRequests,
        Self::Unavailable,
        Self::CutBody,
        Self::SlowBody,
        Self::ExpiredToken,
        Self::FullLastPage,
        Self::UnknownEnumValue,
        Self::NullOptionals,
        Self::NullEverywhere,
        Self::TextForNumbers,
    ];

    /// Whether it changes what a body says.
    pub(super) fn changes_values(self) -> bool {
        matches!(
            self,
            Self::UnknownEnumValue
                | Self::NullOptionals
                | Self::NullEverywhere
                | Self::TextForNumbers
        )
    }

    /// A body's value, changed by what its schema says of it.
    pub(super) fn changed(self, schemas: &Schemas, schema: &Value, value: Value) -> Value {
        let flat = schemas.flat(schema, Some(&value));
        match value {
            Value::Object(members) => self.object(schemas, &flat, members),
            Value::Array(items) => {
                let schema = |place: usize| {
                    let places = flat.get("prefixItems").and_then(|places| places.get(place));
                    places
                        .or_else(|| flat.get("items"))
                        .unwrap_or(&Value::Bool(true))
                        .clone()
                };
                let items = items.into_iter().enumerate();
                items
                    .map(|(place, item)| self.changed(schemas, &schema(place), item))
                    .collect()
            }
            Value::String(_) if self == Self::UnknownEnumValue && flat.contains_key("enum") => {
                json!(UNKNOWN)
            }
            Value::Number(number) if self == Self::TextForNumbers => json!(number.to_string()),
            other => other,
        }
    }

    fn object(
        self,
        schemas: &Schemas,
        flat: &Map<String, Value>,
        members: Map<String, Value>,
    ) -> Value {
        let properties = flat.get("properties").and_then(Value::as_object);
        let rest = flat.get("additionalProperties");
        let needed: Vec<&str> = required(flat).collect();
        let changed = members.into_iter().map(|(name, value)| {
            let property = properties.and_then(|properties| properties.get(&name));
            let is_optional = property.is_some() && !needed.contains(&name.as_str());
            let schema = property.or(rest).unwrap_or(&Value::Bool(true));
            let value = match self {
                Self::NullOptionals if is_optional => Value::Null,
                Self::NullEverywhere if property.is_some() => Value::Null,
                _ => self.changed(schemas, schema, value),
            };
            (name, value)
        });
        Value::Object(changed.collect())
    }
}

/// A list of exactly this many items, of those that it has: the list itself, or the only one that an object has as a member.
pub(super) fn filled(schemas: &Schemas, schema: &Value, value: Value, count: usize) -> Value {
    match value {
        Value::Array(items) => {
            let items = items
                .iter()
                .cycle()
                .take(if items.is_empty() { 0 } else { count });
            items.cloned().collect()
        }
        Value::Object(mut members) => {
            let flat = schemas.flat(schema, None);
            let Some(name) = list_member(schemas, &flat) else {
                return Value::Object(members);
            };
            if let Some(list) = members.remove(&name) {
                let list = filled(schemas, &Value::Bool(true), list, count);
                members.insert(name, list);
            }
            Value::Object(members)
        }
        other => other,
    }
}

/// The only member of an object that is a list of objects.
pub(super) fn list_member(schemas: &Schemas, flat: &Map<String, Value>) -> Option<String> {
    let properties = flat.get("properties")?.as_object()?;
    let is_list = |schema: &Value| {
        let flat = schemas.flat(schema, None);
        let items = flat.get("items").map(|items| schemas.flat(items, None));
        types(&flat).contains(&"array")
            && items.is_some_and(|items| types(&items).iter().any(|ty| is_of(&json!({}), ty)))
    };
    let mut lists = properties.iter().filter(|(_, schema)| is_list(schema));
    let (name, _) = lists.next()?;
    lists.next().is_none().then(|| name.clone())
}
