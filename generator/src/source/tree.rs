//! Takes the events of a parser and gives a [`Value`]: the same reading for YAML and JSON.
//!
//! The parsers could fill a [`Value`] by themselves, but then a key that stands twice would be lost silently,
//! a YAML merge key would stay a member called `<<`, and a few lines of aliases could fill the memory. The seeds
//! here watch for all of these while the tree grows, and count depth and size as they go.

use super::reading::{Dialect, FaultKind, Reading, Stop};
use super::trail::Trail;
use serde::de::{
    DeserializeSeed, Deserializer, EnumAccess, Error, MapAccess, SeqAccess, VariantAccess, Visitor,
};
use serde_json::{Map, Number, Value};
use std::collections::HashSet;
use std::fmt;

/// The deepest nesting that is read, in levels of arrays and objects. It stays below the limit of 128 of both
/// parsers, so that the one diagnostic is made here, alike for YAML and JSON.
pub(crate) const MAX_DEPTH: usize = 120;

/// The seed of the whole document.
pub(super) fn root(reading: &Reading) -> impl for<'de> DeserializeSeed<'de, Value = Value> {
    NodeSeed {
        reading,
        trail: Trail::ROOT,
        start: None,
        text: false,
    }
}

/// Reads one node.
#[derive(Clone, Copy)]
struct NodeSeed<'c> {
    reading: &'c Reading,
    trail: Trail<'c>,
    /// The byte at which its key starts.
    start: Option<u32>,
    text: bool,
}

impl<'de> DeserializeSeed<'de> for NodeSeed<'_> {
    type Value = Value;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Value, D::Error> {
        let number = self.reading.open(self.trail, self.start);
        let node = if self.text {
            deserializer.deserialize_str(self)
        } else {
            deserializer.deserialize_any(self)
        }?;
        self.reading.close(number);
        Ok(node)
    }
}

/// Reads what a tag stands before, which is the node that the tag belongs to.
struct TaggedSeed<'c>(NodeSeed<'c>);

impl<'de> DeserializeSeed<'de> for TaggedSeed<'_> {
    type Value = Value;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Value, D::Error> {
        deserializer.deserialize_any(self.0)
    }
}

impl<'de> Visitor<'de> for NodeSeed<'_> {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(if self.text { "text" } else { "a value" })
    }

    fn visit_bool<E: Error>(self, value: bool) -> Result<Value, E> {
        self.reading.charge(0)?;
        Ok(Value::Bool(value))
    }

    fn visit_i64<E: Error>(self, value: i64) -> Result<Value, E> {
        self.reading.charge(0)?;
        Ok(value.into())
    }

    fn visit_u64<E: Error>(self, value: u64) -> Result<Value, E> {
        self.reading.charge(0)?;
        Ok(value.into())
    }

    /// Integers beyond 64 bits lose their last digits, as they do in every JSON reader that has doubles only.
    fn visit_i128<E: Error>(self, value: i128) -> Result<Value, E> {
        self.visit_f64(value as f64)
    }

    fn visit_u128<E: Error>(self, value: u128) -> Result<Value, E> {
        self.visit_f64(value as f64)
    }

    fn visit_f64<E: Error>(self, value: f64) -> Result<Value, E> {
        self.reading.charge(0)?;
        Ok(Number::from_f64(value).map_or_else(
            || {
                self.reading.fault(self.trail, FaultKind::NotFinite);
                Value::Null
            },
            Value::Number,
        ))
    }

    fn visit_borrowed_str<E: Error>(self, value: &'de str) -> Result<Value, E> {
        self.reading.is_slice(value);
        self.visit_str(value)
    }

    fn visit_str<E: Error>(self, value: &str) -> Result<Value, E> {
        self.visit_string(value.to_owned())
    }

    fn visit_string<E: Error>(self, value: String) -> Result<Value, E> {
        self.reading.charge(value.len())?;
        Ok(Value::String(value))
    }

    fn visit_unit<E: Error>(self) -> Result<Value, E> {
        self.reading.charge(0)?;
        Ok(Value::Null)
    }

    fn visit_none<E: Error>(self) -> Result<Value, E> {
        self.visit_unit()
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut elements: A) -> Result<Value, A::Error> {
        self.reading.charge(0)?;
        if self.trail.depth() >= MAX_DEPTH {
            return Err(self.reading.give_up(Stop::TooDeep));
        }
        let mut list = Vec::new();
        loop {
            let seed = NodeSeed {
                trail: self.trail.index(list.len()),
                start: None,
                ..self
            };
            match elements.next_element_seed(seed)? {
                Some(value) => list.push(value),
                None => return Ok(Value::Array(list)),
            }
        }
    }

    fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<Value, A::Error> {
        self.reading.charge(0)?;
        if self.trail.depth() >= MAX_DEPTH {
            return Err(self.reading.give_up(Stop::TooDeep));
        }
        let mut object = ObjectBuilder::default();
        while let Some((key, start)) = members.next_key_seed(KeySeed(self.reading))? {
            self.reading.charge(key.len())?;
            let trail = self.trail.key(&key);
            let text = self.reading.is_text(self.trail, &key);
            let value = members.next_value_seed(NodeSeed {
                reading: self.reading,
                trail,
                start,
                text,
            })?;
            let fault = if key == "<<" && self.reading.dialect == Dialect::Yaml {
                object.merge(value)
            } else if self.reading.is_paths(self.trail) {
                object.insert_path(&key, value)
            } else {
                object.insert(&key, value)
            };
            if let Some(kind) = fault {
                self.reading.fault(trail, kind);
            }
        }
        Ok(Value::Object(object.members))
    }

    /// A tagged node of YAML (`!Name …`); what it holds is kept, the tag has no meaning here.
    fn visit_enum<A: EnumAccess<'de>>(self, tagged: A) -> Result<Value, A::Error> {
        let ((tag, _), content) = tagged.variant_seed(KeySeed(self.reading))?;
        self.reading.fault(self.trail, FaultKind::Tag(tag));
        content.newtype_variant_seed(TaggedSeed(self))
    }
}

/// Reads a key as it is written, so that `200:` and `yes:` are the text that they look like, and the byte at which it starts.
struct KeySeed<'c>(&'c Reading);

impl<'de> DeserializeSeed<'de> for KeySeed<'_> {
    type Value = (String, Option<u32>);

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_str(self)
    }
}

impl<'de> Visitor<'de> for KeySeed<'_> {
    type Value = (String, Option<u32>);

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a key that is text")
    }

    fn visit_borrowed_str<E: Error>(self, value: &'de str) -> Result<Self::Value, E> {
        Ok((value.to_owned(), self.0.offset(value)))
    }

    fn visit_str<E: Error>(self, value: &str) -> Result<Self::Value, E> {
        Ok((value.to_owned(), None))
    }

    fn visit_string<E: Error>(self, value: String) -> Result<Self::Value, E> {
        Ok((value, None))
    }
}

/// An object while it is read: it knows which members came by a merge key, since the object's own go before them.
#[derive(Default)]
struct ObjectBuilder {
    members: Map<String, Value>,
    merged: HashSet<String>,
}

impl ObjectBuilder {
    fn insert(&mut self, key: &str, value: Value) -> Option<FaultKind> {
        let is_container = value.is_object() || value.is_array();
        let slot = self.members.get_mut(key);
        let Some(slot) = slot else {
            self.members.insert(key.to_owned(), value);
            return None;
        };
        let lossy = (is_container || slot.is_object() || slot.is_array()) && *slot != value;
        *slot = value;
        if self.merged.remove(key) {
            return None;
        }
        Some(FaultKind::DuplicateKey {
            key: key.to_owned(),
            lossy,
        })
    }

    /// Adds a path item, or the members of a second one of the same path to the first.
    fn insert_path(&mut self, key: &str, value: Value) -> Option<FaultKind> {
        match (self.members.get_mut(key), value) {
            (Some(Value::Object(first)), Value::Object(second)) if *first != second => {
                first.extend(second);
                Some(FaultKind::DuplicatePath(key.to_owned()))
            }
            (_, value) => self.insert(key, value),
        }
    }

    /// Adds the members of a merge key's value (YAML 1.1, <https://yaml.org/type/merge.html>).
    fn merge(&mut self, value: Value) -> Option<FaultKind> {
        match value {
            Value::Object(members) => {
                for (key, value) in members {
                    if !self.members.contains_key(&key) {
                        self.merged.insert(key.clone());
                        self.members.insert(key, value);
                    }
                }
                None
            }
            Value::Array(list) if list.iter().all(Value::is_object) => list
                .into_iter()
                .fold(None, |fault, mapping| fault.or(self.merge(mapping))),
            _ => Some(FaultKind::Merge),
        }
    }
}
