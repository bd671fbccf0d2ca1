//! Takes what the repairs kept beside the tree, gives it out by place and keyword.

use crate::facts::AsWritten;
use crate::pointer::JsonPointer;
use indexmap::IndexMap;
use serde::de::DeserializeOwned;
use serde_json::{Map, Value};

/// What was kept, by place. Each value is given out once.
pub(super) struct Kept {
    places: Map<String, Value>,
}

impl Kept {
    pub(super) fn new(extension: Option<Value>) -> Self {
        let places = match extension {
            Some(Value::Object(places)) => places,
            _ => Map::new(),
        };
        Self { places }
    }

    /// Everything that was kept of the object at `pointer`.
    pub(super) fn all(&mut self, pointer: &JsonPointer) -> Option<Map<String, Value>> {
        if self.places.is_empty() {
            return None;
        }
        match self.places.get_mut(pointer.as_str())?.take() {
            Value::Object(members) => Some(members),
            _ => None,
        }
    }

    /// The value of a keyword, when it is of the wanted kind.
    fn value(
        &mut self,
        pointer: &JsonPointer,
        keyword: &str,
        is_wanted: fn(&Value) -> bool,
    ) -> Option<Value> {
        let members = self.places.get_mut(pointer.as_str())?.as_object_mut()?;
        if !members.get(keyword).is_some_and(is_wanted) {
            return None;
        }
        members.shift_remove(keyword)
    }

    pub(super) fn text(&mut self, pointer: &JsonPointer, keyword: &str) -> Option<String> {
        match self.value(pointer, keyword, Value::is_string)? {
            Value::String(text) => Some(text),
            _ => None,
        }
    }

    pub(super) fn flag(&mut self, pointer: &JsonPointer, keyword: &str) -> Option<bool> {
        self.value(pointer, keyword, Value::is_boolean)?.as_bool()
    }

    /// The members of an object that was kept, each of which `read` takes or gives back; what it gives back stays where it was.
    pub(super) fn members(
        &mut self,
        pointer: &JsonPointer,
        keyword: &str,
    ) -> Option<Map<String, Value>> {
        match self.value(pointer, keyword, Value::is_object)? {
            Value::Object(members) => Some(members),
            _ => None,
        }
    }

    /// Puts back what could not be read, so that it is told as it was written.
    pub(super) fn put_back(&mut self, pointer: &JsonPointer, keyword: &str, value: Value) {
        let members = self
            .places
            .entry(pointer.as_str())
            .or_insert_with(|| Value::Object(Map::new()));
        if let Value::Object(members) = members {
            members.insert(keyword.to_owned(), value);
        }
    }

    /// What nobody asked for, by place.
    pub(super) fn rest(self) -> IndexMap<JsonPointer, AsWritten> {
        let places = self.places.into_iter().filter_map(|(pointer, members)| {
            let Value::Object(members) = members else {
                return None;
            };
            let pointer = JsonPointer::parse(&pointer)?;
            (!members.is_empty()).then(|| (pointer, members.into_iter().collect()))
        });
        places.collect()
    }
}

/// A value in the parser's terms; the value itself when the parser refuses it.
pub(super) fn parse<T: DeserializeOwned>(value: Value) -> Result<T, Value> {
    T::deserialize(&value).map_err(|_| value)
}
