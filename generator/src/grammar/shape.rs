//! The shapes of members: what a value must be to stand where the specification wants it.

use super::ObjectKind;
use serde_json::{Map, Value};

/// The shape of a member.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    /// Any value.
    Any,
    /// The data of an example: any value, but a reference to a file may stand for the file's content.
    Example,
    /// The version of OpenAPI, which a repair of its own reads in any notation.
    Version,
    /// A text.
    Text,
    /// True or false.
    Flag,
    /// A number.
    Number,
    /// A whole number that is not negative.
    Count,
    /// A list of any values.
    Values,
    /// A list of texts.
    Texts,
    /// An object of texts.
    TextMap,
    /// An object of texts, each of them a reference or the name of a schema: `discriminator.mapping`.
    ReferenceMap,
    /// A list of objects of lists of texts: security requirements.
    Requirements,
    /// An object.
    One(ObjectKind),
    /// A schema or a flag: `additionalProperties`.
    SchemaOrFlag,
    /// A list of objects.
    List(ObjectKind),
    /// An object of objects, by keys of the author's own.
    Map(ObjectKind),
    /// A [`Shape::Map`] in which keys that start with `x-` are extensions nevertheless.
    ExtensibleMap(ObjectKind),
}

impl Shape {
    /// Whether `value` has this shape, as far as one look at it and its elements tells.
    pub fn fits(self, value: &Value) -> bool {
        match self {
            Self::Any | Self::Example | Self::Version => true,
            Self::Text => value.is_string(),
            Self::Flag => value.is_boolean(),
            Self::Number => value.is_number(),
            Self::Count => value.is_u64(),
            Self::Values => value.is_array(),
            Self::Texts => is_list(value, Value::is_string),
            Self::TextMap | Self::ReferenceMap => is_map(value, |_, text| text.is_string()),
            Self::Requirements => is_list(value, |requirement| {
                is_map(requirement, |_, scopes| is_list(scopes, Value::is_string))
            }),
            Self::One(kind) => is_object(kind, value),
            Self::SchemaOrFlag => value.is_object() || value.is_boolean(),
            Self::List(kind) => is_list(value, |element| is_object(kind, element)),
            Self::Map(kind) => is_map(value, |_, member| is_object(kind, member)),
            // An extension of such a map may have any value.
            Self::ExtensibleMap(kind) => is_map(value, |key, member| {
                key.starts_with("x-") || is_object(kind, member)
            }),
        }
    }
}

fn is_list(value: &Value, is_element: impl Fn(&Value) -> bool) -> bool {
    value
        .as_array()
        .is_some_and(|elements| elements.iter().all(is_element))
}

fn is_map(value: &Value, is_member: impl Fn(&str, &Value) -> bool) -> bool {
    value
        .as_object()
        .is_some_and(|members| members.iter().all(|(key, member)| is_member(key, member)))
}

fn is_object(kind: ObjectKind, value: &Value) -> bool {
    value
        .as_object()
        .is_some_and(|object| has_essential(kind, object))
}

/// Whether the object has the text without which it says nothing.
pub fn has_essential(kind: ObjectKind, object: &Map<String, Value>) -> bool {
    let has_text = |key: &str| object.get(key).is_some_and(Value::is_string);
    kind.essential_text()
        .is_none_or(|key| has_text(key) || (kind.may_refer() && has_text("$ref")))
}
