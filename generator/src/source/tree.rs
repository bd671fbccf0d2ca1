//! Takes the events of a parser and gives a [`Value`]: the same reading for YAML and JSON.
//!
//! The parsers could fill a [`Value`] by themselves, but then a key that stands twice would be lost silently,
//! a YAML merge key would stay a member called `<<`, and a few lines of aliases could fill the memory. The seeds
//! here watch for all of these while the tree grows, and count depth and size as they go.

use super::trail::Trail;
use crate::grammar::{ObjectKind, is_version};
use crate::pointer::JsonPointer;
use serde::de::{
    DeserializeSeed, Deserializer, EnumAccess, Error, MapAccess, SeqAccess, VariantAccess, Visitor,
};
use serde_json::{Map, Number, Value};
use std::cell::{Cell, RefCell};
use std::collections::HashSet;
use std::fmt;

/// The deepest nesting that is read, in levels of arrays and objects. It stays below the limit of 128 of both
/// parsers, so that the one diagnostic is made here, alike for YAML and JSON.
pub(crate) const MAX_DEPTH: usize = 120;

/// The size that a node counts for apart from its text, in bytes.
const NODE_SIZE: usize = 32;

/// Why a reading was given up although the text may be well-formed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Stop {
    /// More than [`MAX_DEPTH`] levels.
    TooDeep,
    /// The tree outgrew its allowance.
    TooLarge,
}

/// Something that a document should not contain, but that does not end the reading.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum FaultKind {
    /// A key stands twice in an object; `lossy` when the value that was dropped held a part of the interface.
    DuplicateKey { key: String, lossy: bool },
    /// A path stands twice in `paths` of the root document; what both say is kept.
    DuplicatePath(String),
    /// The text holds more than one YAML document.
    MoreDocuments,
    /// A number that JSON cannot tell: an infinity, not a number, or one beyond the doubles.
    NotFinite,
    /// An escape in a text that is half of a character.
    HalfCharacter,
    /// A YAML tag of the document's own.
    Tag(String),
    /// A YAML merge key with something other than a mapping, or a list of mappings.
    Merge,
}

/// A [`FaultKind`] and where it stands in its file.
#[derive(Clone, Debug)]
pub(crate) struct Fault {
    pub(crate) pointer: JsonPointer,
    pub(crate) kind: FaultKind,
}

/// The language of the text, where the two differ in meaning.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Dialect {
    Json,
    Yaml,
}

/// What one reading of one text may use and has found.
pub(crate) struct Reading {
    dialect: Dialect,
    /// Whether the text is the root document, in which some scalars are text by definition.
    document: bool,
    allowance: Cell<usize>,
    stop: Cell<Option<Stop>>,
    faults: RefCell<Vec<Fault>>,
}

impl Reading {
    /// A reading whose tree may grow to `allowance` bytes.
    pub(crate) fn new(dialect: Dialect, document: bool, allowance: usize) -> Self {
        Self {
            dialect,
            document,
            allowance: Cell::new(allowance),
            stop: Cell::new(None),
            faults: RefCell::default(),
        }
    }

    /// The seed of the whole document.
    pub(crate) fn root(&self) -> impl for<'de> DeserializeSeed<'de, Value = Value> {
        NodeSeed {
            reading: self,
            trail: Trail::ROOT,
            text: false,
        }
    }

    /// Why the reading was given up, if it was.
    pub(crate) fn stop(&self) -> Option<Stop> {
        self.stop.get()
    }

    /// What is left of the allowance, in bytes.
    pub(crate) fn left(&self) -> usize {
        self.allowance.get()
    }

    /// The faults, in the order of the text.
    pub(crate) fn into_faults(self) -> Vec<Fault> {
        self.faults.into_inner()
    }

    /// Remembers faults that were found before the reading.
    pub(super) fn add_faults(&self, faults: Vec<Fault>) {
        self.faults.borrow_mut().extend(faults);
    }

    /// Remembers that more documents follow the one that was read.
    pub(crate) fn more_documents(&self) {
        self.fault(Trail::ROOT, FaultKind::MoreDocuments);
    }

    /// Whether a member here is a path item: to drop one of two would drop operations.
    fn is_paths(&self, trail: Trail<'_>) -> bool {
        self.document && trail.depth() == 1 && trail.ends_with_key("paths")
    }

    fn fault(&self, trail: Trail<'_>, kind: FaultKind) {
        self.faults.borrow_mut().push(Fault {
            pointer: trail.pointer(),
            kind,
        });
    }

    fn charge<E: Error>(&self, text: usize) -> Result<(), E> {
        match self
            .allowance
            .get()
            .checked_sub(text.saturating_add(NODE_SIZE))
        {
            Some(left) => {
                self.allowance.set(left);
                Ok(())
            }
            None => Err(self.give_up(Stop::TooLarge)),
        }
    }

    fn give_up<E: Error>(&self, stop: Stop) -> E {
        self.stop.set(Some(stop));
        E::custom(match stop {
            Stop::TooDeep => "nested too deeply",
            Stop::TooLarge => "too large",
        })
    }

    /// Whether OpenAPI says that this scalar is text, so that it is read as it is written.
    fn is_text(&self, trail: Trail<'_>, key: &str) -> bool {
        let owner = match trail.depth() {
            0 => ObjectKind::Document,
            1 if trail.ends_with_key("info") => ObjectKind::Info,
            _ => return false,
        };
        self.dialect == Dialect::Yaml && self.document && is_version(owner, key)
    }
}

/// Reads one node.
#[derive(Clone, Copy)]
struct NodeSeed<'c> {
    reading: &'c Reading,
    trail: Trail<'c>,
    text: bool,
}

impl<'de> DeserializeSeed<'de> for NodeSeed<'_> {
    type Value = Value;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Value, D::Error> {
        if self.text {
            deserializer.deserialize_str(self)
        } else {
            deserializer.deserialize_any(self)
        }
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
        while let Some(key) = members.next_key_seed(KeySeed)? {
            self.reading.charge(key.len())?;
            let trail = self.trail.key(&key);
            let text = self.reading.is_text(self.trail, &key);
            let value = members.next_value_seed(NodeSeed {
                reading: self.reading,
                trail,
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
        let (tag, content) = tagged.variant_seed(KeySeed)?;
        self.reading.fault(self.trail, FaultKind::Tag(tag));
        content.newtype_variant_seed(self)
    }
}

/// Reads a key as it is written, so that `200:` and `yes:` are the text that they look like.
pub(super) struct KeySeed;

impl<'de> DeserializeSeed<'de> for KeySeed {
    type Value = String;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<String, D::Error> {
        deserializer.deserialize_str(self)
    }
}

impl Visitor<'_> for KeySeed {
    type Value = String;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a key that is text")
    }

    fn visit_str<E: Error>(self, value: &str) -> Result<String, E> {
        Ok(value.to_owned())
    }

    fn visit_string<E: Error>(self, value: String) -> Result<String, E> {
        Ok(value)
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

/// The size of a tree as readings count it, in bytes.
pub(crate) fn weigh(node: &Value) -> usize {
    let held: usize = match node {
        Value::String(text) => text.len(),
        Value::Array(elements) => elements.iter().map(weigh).sum(),
        Value::Object(members) => members
            .iter()
            .map(|(key, member)| key.len() + weigh(member))
            .sum(),
        _ => 0,
    };
    held.saturating_add(NODE_SIZE)
}
