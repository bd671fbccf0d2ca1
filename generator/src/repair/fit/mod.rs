//! Takes an object with members of a wrong shape, gives one in which every member has the shape that the specification wants.
//!
//! These are the faults that any member can have: null, a flag or a number written as text, one thing where a list of them
//! belongs. What can be read in only one way is read so; the rest is left out, with a warning.

mod lists;
mod maps;
mod objects;
mod scalars;

use super::site::RepairSite;
use crate::diagnostics::Code;
use crate::grammar::{ObjectKind, Shape};
use serde_json::{Map, Number, Value};

/// A null where something belongs: the same as leaving the member out.
pub(super) const NULL: Code = Code::NullMember;
/// `"true"` where a flag belongs.
pub(super) const FLAG: Code = Code::FlagAsText;
/// `"10"` where a number belongs.
pub(super) const NUMBER: Code = Code::NumberAsText;
/// A negative or broken number where a count belongs.
pub(super) const COUNT: Code = Code::CountNotNatural;
/// A number, a flag or a list where a text belongs.
pub(super) const TEXT: Code = Code::TextExpected;
/// One thing, or an object of things, where a list belongs.
pub(super) const LIST: Code = Code::ListExpected;
/// A list where an object of named things belongs.
pub(super) const MAP: Code = Code::MapExpected;
/// A text where an object belongs whose only necessary member is a text.
pub(super) const OBJECT: Code = Code::ObjectAsText;
/// An object without the one member that it needs.
pub(super) const ESSENTIAL: Code = Code::EssentialMemberMissing;
/// A flag, a text or a list where a schema belongs.
pub(super) const SCHEMA: Code = Code::SchemaNotObject;
/// Something that cannot be read at this place.
pub(super) const DROPPED: Code = Code::NotOpenapiHere;

/// Every code of this module.
#[cfg(test)]
pub(super) const CODES: &[Code] = &[
    NULL, FLAG, NUMBER, COUNT, TEXT, LIST, MAP, OBJECT, ESSENTIAL, SCHEMA, DROPPED,
];

/// Gives every member of `object` its shape.
pub(super) fn fit(
    object: &mut Map<String, Value>,
    kind: ObjectKind,
    site: &mut RepairSite<'_, '_>,
) {
    let misfits: Vec<(String, Shape)> = object
        .iter()
        .filter_map(|(key, value)| {
            let shape = kind.shape(key)?;
            (!shape.fits(value)).then(|| (key.clone(), shape))
        })
        .collect();
    for (key, shape) in misfits {
        let Some(slot) = object.get_mut(&key) else {
            continue;
        };
        let value = slot.take();
        let mut member = Member { key: &key, site };
        match member.read(shape, value) {
            Some(value) => *slot = value,
            None => {
                object.shift_remove(&key);
            }
        }
    }
}

/// A member of the object at `site`.
struct Member<'m, 's, 'a, 't> {
    key: &'m str,
    site: &'s mut RepairSite<'a, 't>,
}

impl Member<'_, '_, '_, '_> {
    fn note(&mut self, code: Code, message: String) {
        self.site.code = code;
        self.site.note_at(self.key, message);
    }

    fn warn(&mut self, code: Code, message: String) {
        self.site.code = code;
        self.site.warn_at(self.key, message);
    }

    /// Says that the member, or the part of it called `what`, is left out.
    fn drop<T>(&mut self, what: &str, wanted: &str) -> Option<T> {
        self.warn(DROPPED, format!("{what} is left out: it must be {wanted}."));
        None
    }

    /// Reads `value` as `shape`; `None` leaves it out.
    fn read(&mut self, shape: Shape, value: Value) -> Option<Value> {
        if shape.fits(&value) {
            return Some(value);
        }
        if value.is_null() {
            self.note(NULL, format!("`{}` is null; it is left out.", self.key));
            return None;
        }
        let key = format!("`{}`", self.key);
        match shape {
            Shape::Any | Shape::Example | Shape::Version => Some(value),
            Shape::Text => self.text(value),
            Shape::Flag => self.flag(value),
            Shape::Number => self.number(value),
            Shape::Count => self.count(value),
            Shape::Values => Some(self.list(value)),
            Shape::Texts => {
                let elements = self.elements(value);
                let texts = elements
                    .into_iter()
                    .filter_map(|element| self.name(element));
                Some(Value::Array(texts.collect()))
            }
            Shape::TextMap | Shape::ReferenceMap => self.text_map(value),
            Shape::Requirements => Some(self.requirements(value)),
            Shape::One(kind) => self.object(kind, value, &key),
            Shape::SchemaOrFlag => match value.as_str().map(str::trim) {
                Some("true" | "false") => self.flag(value),
                _ => self.object(ObjectKind::Schema, value, &key),
            },
            Shape::List(kind) => {
                let elements = self.elements(value);
                let objects = elements
                    .into_iter()
                    .filter_map(|element| self.element(kind, element));
                Some(Value::Array(objects.collect()))
            }
            Shape::Map(kind) | Shape::ExtensibleMap(kind) => self.map(kind, value),
        }
    }
}

/// A number in decimal, as JSON writes it or as people do.
pub(super) fn parse_number(text: &str) -> Option<Number> {
    let text = text.trim();
    if let Ok(whole) = text.parse::<i64>() {
        return Some(Number::from(whole));
    }
    text.parse::<f64>().ok().and_then(Number::from_f64)
}
