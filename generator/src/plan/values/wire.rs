//! What must be on the wire for a value: takes a value and how the document says it is written, gives what a server reads.
//!
//! It is worked out here once more, and not by the runtime, so that an emitted test does not ask the code that it tests.

use crate::plan::Plan;
use crate::plan::model::{
    Content, Encoding, Location, Parameter, ParameterStyle, Shape, StyleKind, Type,
};
use crate::plan::wire::content::{essence, is_json};
use percent_encoding::{AsciiSet, CONTROLS, NON_ALPHANUMERIC, utf8_percent_encode};
use serde_json::{Map, Value};

/// What RFC 3986, 2.3 calls unreserved stays as it is in a path.
const RESERVED: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'~');

/// What cannot stand in the fixed part of a path (RFC 3986, 3.3).
const OUTSIDE_PATH: &AsciiSet = &CONTROLS
    .add(b' ')
    .add(b'"')
    .add(b'#')
    .add(b'<')
    .add(b'>')
    .add(b'?')
    .add(b'[')
    .add(b'\\')
    .add(b']')
    .add(b'^')
    .add(b'`')
    .add(b'{')
    .add(b'|')
    .add(b'}');

/// Names and values, decoded.
pub(crate) type Pairs = Vec<(String, String)>;

fn encode(text: &str) -> String {
    utf8_percent_encode(text, RESERVED).to_string()
}

/// A scalar's text; a nested value's JSON. Null has none.
fn text(value: &Value) -> Option<String> {
    match value {
        Value::Null => None,
        Value::String(text) => Some(text.clone()),
        other => Some(other.to_string()),
    }
}

/// The items of a value, or its members' names and values in turn.
fn flat(value: &Value) -> Vec<String> {
    match value {
        Value::Array(items) => items.iter().filter_map(text).collect(),
        Value::Object(members) => members
            .iter()
            .filter_map(|(name, value)| Some([name.clone(), text(value)?]))
            .flatten()
            .collect(),
        one => text(one).into_iter().collect(),
    }
}

/// The members of a value, or its items under a name.
fn pairs(name: &str, value: &Value) -> Pairs {
    match value {
        Value::Object(members) => members
            .iter()
            .filter_map(|(name, value)| Some((name.clone(), text(value)?)))
            .collect(),
        other => flat(other)
            .into_iter()
            .map(|text| (name.to_owned(), text))
            .collect(),
    }
}

/// Whether no item of a value holds a character.
pub(crate) fn has_no_item_with(value: &Value, character: char) -> bool {
    flat(value).iter().all(|text| !text.contains(character))
}

/// What stands in the path for a parameter.
pub(crate) fn path_text(parameter: &Parameter, value: &Value) -> String {
    let style = parameter.style;
    if style.kind == StyleKind::Json {
        return encode(&value.to_string());
    }
    let (name, is_object) = (parameter.wire.as_str(), value.is_object());
    let exploded = || -> Vec<String> {
        pairs(name, value)
            .iter()
            .map(|(name, text)| match is_object {
                true => format!("{}={}", encode(name), encode(text)),
                false => encode(text),
            })
            .collect()
    };
    let joined = || {
        let texts: Vec<String> = flat(value).iter().map(|text| encode(text)).collect();
        texts.join(",")
    };
    let named = |text: &str| match text {
        "" => format!(";{}", encode(name)),
        text => format!(";{}={text}", encode(name)),
    };
    match (style.kind, style.explode) {
        (StyleKind::Label, true) => format!(".{}", exploded().join(".")),
        (StyleKind::Label, false) => format!(".{}", joined()),
        (StyleKind::Matrix, true) if is_object => {
            exploded().iter().map(|pair| format!(";{pair}")).collect()
        }
        (StyleKind::Matrix, true) => exploded().iter().map(|text| named(text)).collect(),
        (StyleKind::Matrix, false) => named(&joined()),
        (_, true) => exploded().join(","),
        (_, false) => joined(),
    }
}

/// The query pairs of a parameter or of a form's member.
pub(crate) fn query_pairs(name: &str, value: &Value, style: ParameterStyle) -> Pairs {
    let separator = match style.kind {
        StyleKind::Json if value.is_null() => return Vec::new(),
        StyleKind::Json => return vec![(name.to_owned(), value.to_string())],
        StyleKind::DeepObject => {
            let mut found = Vec::new();
            deep_pairs(name, value, &mut found);
            return found;
        }
        StyleKind::SpaceDelimited => " ",
        StyleKind::PipeDelimited => "|",
        _ => ",",
    };
    match (style.explode, flat(value)) {
        (true, _) => pairs(name, value),
        (false, _) if value.is_null() => Vec::new(),
        (false, texts) => vec![(name.to_owned(), texts.join(separator))],
    }
}

fn deep_pairs(name: &str, value: &Value, found: &mut Pairs) {
    match value {
        Value::Object(members) => {
            for (member, value) in members {
                let name = format!("{name}[{member}]");
                match value {
                    Value::Array(items) if !items.iter().any(is_nested) => {
                        found.extend(pairs(&name, value));
                    }
                    value => deep_pairs(&name, value, found),
                }
            }
        }
        Value::Array(items) => {
            for (index, item) in items.iter().enumerate() {
                deep_pairs(&format!("{name}[{index}]"), item, found);
            }
        }
        one => found.extend(pairs(name, one)),
    }
}

fn is_nested(value: &Value) -> bool {
    value.is_array() || value.is_object()
}

/// A header's text; empty where it is not sent.
pub(crate) fn header_text(parameter: &Parameter, value: &Value) -> String {
    match (parameter.style.kind, parameter.style.explode, value) {
        (StyleKind::Json, _, Value::Null) => String::new(),
        (StyleKind::Json, _, value) => value.to_string(),
        (_, true, Value::Object(_)) => pairs("", value)
            .iter()
            .map(|(name, text)| format!("{name}={text}"))
            .collect::<Vec<_>>()
            .join(","),
        _ => flat(value).join(","),
    }
}

/// The path that a server sees, and the pairs of the query that the path itself ends with.
pub(crate) fn path_and_query(template: &str, values: &[(&Parameter, &Value)]) -> (String, Pairs) {
    let fill = |text: &str, fixed: &'static AsciiSet| {
        let mut filled = String::new();
        let mut rest = text;
        while let Some((before, after)) = rest.split_once('{') {
            let (name, after) = after.split_once('}').unwrap_or((after, ""));
            filled.push_str(&utf8_percent_encode(before, fixed).to_string());
            let value = values.iter().find(|(parameter, _)| {
                parameter.location == Location::Path && parameter.wire.as_str() == name
            });
            if let Some((parameter, value)) = value {
                filled.push_str(&path_text(parameter, value));
            }
            rest = after;
        }
        filled.push_str(&utf8_percent_encode(rest, fixed).to_string());
        filled
    };
    let (path, query) = template.split_once('?').unwrap_or((template, ""));
    let decode = |text: &str| {
        let spaced = text.replace('+', " ");
        let decoded = percent_encoding::percent_decode_str(&spaced).decode_utf8_lossy();
        decoded.into_owned()
    };
    let pairs = fill(query, OUTSIDE_PATH)
        .split('&')
        .filter(|pair| !pair.is_empty())
        .map(|pair| pair.split_once('=').unwrap_or((pair, "")))
        .map(|(name, value)| (decode(name), decode(value)))
        .collect();
    (fill(path, OUTSIDE_PATH), pairs)
}

/// The pairs of a form.
pub(crate) fn form_pairs(content: &Content, value: &Value) -> Pairs {
    let style = |name: &str| {
        let member = content
            .members
            .iter()
            .find(|member| member.wire.as_str() == name);
        member.and_then(|member| member.style)
    };
    let members = value.as_object().into_iter().flatten();
    members
        .flat_map(|(name, value)| {
            let default = match value {
                Value::Object(_) => StyleKind::Json,
                _ => StyleKind::Form,
            };
            let style = style(name).unwrap_or(ParameterStyle::new(default));
            query_pairs(name, value, style)
        })
        .collect()
}

/// The names and contents of the parts of a multipart body: one part for each item of a list, unless the part is JSON.
pub(crate) fn parts(content: &Content, value: &Value) -> Pairs {
    let is_one = |name: &str| {
        let mut members = content.members.iter();
        let member = members.find(|member| member.wire.as_str() == name);
        let media_type = member.and_then(|member| member.content_type.as_deref());
        media_type.is_some_and(|media_type| is_json(&essence(media_type)))
    };
    let members = value.as_object().into_iter().flatten();
    members
        .flat_map(|(name, value)| match value {
            Value::Array(_) if is_one(name) => vec![(name.clone(), value.to_string())],
            Value::Array(_) => pairs(name, value),
            one => text(one)
                .map(|text| (name.clone(), text))
                .into_iter()
                .collect(),
        })
        .collect()
}

impl Plan {
    /// A value as the emitted type writes it again: members in the type's order, numbers as numbers of their type. This
    /// matters where a value is written into one text.
    pub(crate) fn rewritten(&self, value: &Value, ty: &Type) -> Value {
        match (self.through_alias(ty), value) {
            (Type::Double, Value::Number(number)) => {
                number.as_f64().map_or(Value::Null, Value::from)
            }
            (Type::Array(inner), Value::Array(items)) => items
                .iter()
                .map(|item| self.rewritten(item, inner))
                .collect(),
            (Type::Nullable(inner) | Type::Secret(inner), value) => self.rewritten(value, inner),
            (Type::Map(inner), Value::Object(members)) => {
                let mut members: Vec<_> = members.iter().collect();
                members.sort_by_key(|(name, _)| *name);
                let member =
                    |(name, value): (&String, &Value)| (name.clone(), self.rewritten(value, inner));
                Value::Object(members.into_iter().map(member).collect())
            }
            (Type::Named(id), Value::Object(members)) => match &self.ty(*id).shape {
                Shape::Struct(object) => self.rewritten_object(members, object),
                _ => value.clone(),
            },
            _ => value.clone(),
        }
    }

    fn rewritten_object(
        &self,
        members: &Map<String, Value>,
        object: &crate::plan::model::Struct,
    ) -> Value {
        let mut written = Map::new();
        for field in &object.fields {
            if let Some(value) = members.get(field.wire.as_str()) {
                let value = self.rewritten(value, &field.ty);
                written.insert(field.wire.as_str().to_owned(), value);
            }
        }
        let mut rest: Vec<_> = members
            .iter()
            .filter(|(name, _)| !written.contains_key(*name))
            .collect();
        rest.sort_by_key(|(name, _)| *name);
        let rest: Vec<_> = rest
            .into_iter()
            .map(|(name, value)| {
                let ty = object.additional.as_ref();
                let value = ty.map_or_else(|| value.clone(), |ty| self.rewritten(value, ty));
                (name.clone(), value)
            })
            .collect();
        written.extend(rest);
        Value::Object(written)
    }
}

/// Whether the answers of a test are JSON under the plain name, so that its media type need not be told.
pub(crate) fn is_plain_json(content: &Content) -> bool {
    matches!(content.encoding, Encoding::Json(_)) && content.sent_media_type() == "application/json"
}
