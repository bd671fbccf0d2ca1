//! Takes the vendor's document, corrected, and ours, and gives ours with the vendor's facts.
//!
//! Facts are copied from theirs; words are kept from ours, as are the names of components and the choice of what is a component.
//! Nothing of the vendor's words is taken over: what is new there has none, and is listed.

use super::pairs::{self, Pairs};
use super::reference::Component;
use super::tree::{self, Object};
use super::words::{is_default, is_words, pair_lists};
use sdk_generator::grammar::{ObjectKind, Section, Shape, is_method};
use serde_json::{Value, json};
use std::collections::{BTreeMap, HashMap, VecDeque};

/// Ours with the vendor's facts, and what there is to do by hand.
pub(super) struct Merged {
    /// The document, in one tree.
    pub(super) document: Value,
    /// What is new in the vendor's document: it has no words yet.
    pub(super) new: Vec<String>,
    /// What the vendor's document no longer has.
    pub(super) gone: Vec<String>,
    /// Components of ours that stand for several things of the vendor's, which differ now.
    pub(super) torn: Vec<String>,
}

/// Merges the two documents, both as [`tree::with_parameters_at_operations`] gives them.
pub(super) fn merge(theirs: &Value, ours: &Value) -> Merged {
    let mut merger = Merger {
        theirs,
        ours,
        pairs: pairs::find(theirs, ours),
        todo: VecDeque::new(),
        built: HashMap::new(),
        new: Vec::new(),
        gone: Vec::new(),
        torn: Vec::new(),
    };
    let mut document = merger.root();
    merger.components();
    let mut sections: BTreeMap<&str, BTreeMap<String, Value>> = BTreeMap::new();
    for (component, object) in merger.built {
        let section = sections.entry(component.section.key()).or_default();
        section.insert(component.name, Value::Object(object));
    }
    document.insert("components".to_owned(), json!(sections));
    Merged {
        document: Value::Object(document),
        new: merger.new,
        gone: merger.gone,
        torn: merger.torn,
    }
}

/// Whether two components are the same; in which order the vendor lists the values of an enum is no fact.
fn is_same(one: &Object, other: &Object) -> bool {
    let sorted = |object: &Object| {
        let mut object = object.clone();
        if let Some(Value::Array(values)) = object.get_mut("enum") {
            values.sort_by_key(Value::to_string);
        }
        object
    };
    one == other || sorted(one) == sorted(other)
}

struct Merger<'a> {
    theirs: &'a Value,
    ours: &'a Value,
    pairs: Pairs,
    /// Components of ours that are still to be made, with what of theirs they are made from.
    todo: VecDeque<(Component, &'a Object)>,
    built: HashMap<Component, Object>,
    new: Vec<String>,
    gone: Vec<String>,
    torn: Vec<String>,
}

impl<'a> Merger<'a> {
    /// The document without its components.
    fn root(&mut self) -> Object {
        let mut root = Object::new();
        for (key, value) in tree::members(self.theirs) {
            let ours = self.ours.get(key);
            match key {
                "components" => {}
                "paths" => {
                    let paths = self.paths();
                    root.insert(key.to_owned(), Value::Object(paths));
                }
                _ => {
                    let shape = ObjectKind::Document.any_shape(key);
                    let value = self.value(shape, key, value, ours, key);
                    root.insert(key.to_owned(), value);
                }
            }
        }
        root
    }

    fn paths(&mut self) -> Object {
        let mut paths = Object::new();
        for (path, item) in tree::paths(self.theirs) {
            // What holds for all operations of the path; its parameters stand at them already.
            let mut merged: Object = item
                .iter()
                .filter(|(key, _)| !is_method(key) && !is_words(ObjectKind::PathItem, key))
                .map(|(key, value)| (key.clone(), value.clone()))
                .collect();
            for (method, operation) in tree::operations(item) {
                let ours = tree::find_operation(self.ours, path, method, operation);
                let id = operation.get("operationId").and_then(Value::as_str);
                let name = id.map_or_else(|| format!("{method} {path}"), str::to_owned);
                let operation = self.object(ObjectKind::Operation, operation, ours, &name);
                merged.insert(method.to_owned(), Value::Object(operation));
            }
            paths.insert(path.to_owned(), Value::Object(merged));
        }
        for (path, item) in tree::paths(self.ours) {
            for (method, operation) in tree::operations(item) {
                if tree::find_operation(self.theirs, path, method, operation).is_none() {
                    self.gone.push(format!("{} {path}", method.to_uppercase()));
                }
            }
        }
        paths
    }

    /// Makes the components that were asked for, and those that these ask for.
    fn components(&mut self) {
        for (name, scheme) in tree::section(self.theirs, Section::SecuritySchemes) {
            let component = Component {
                section: Section::SecuritySchemes,
                name: name.to_owned(),
            };
            self.todo.push_back((component, scheme));
        }
        while let Some((component, theirs)) = self.todo.pop_front() {
            let at = format!("{}/{}", component.section.key(), component.name);
            let ours = component.find(self.ours);
            let known = self.new.len();
            let object = self.object(component.section.kind(), theirs, ours, &at);
            match self.built.get(&component) {
                Some(first) if !is_same(first, &object) => self.torn.push(at),
                Some(_) => self.new.truncate(known),
                None => {
                    self.built.insert(component, object);
                }
            }
        }
    }

    /// Merges one value of this shape.
    fn value(
        &mut self,
        shape: Option<Shape>,
        key: &str,
        theirs: &'a Value,
        ours: Option<&'a Value>,
        at: &str,
    ) -> Value {
        match (shape, theirs) {
            (Some(Shape::One(kind)), Value::Object(theirs)) => {
                self.node(kind, theirs, ours.and_then(Value::as_object), at)
            }
            (Some(Shape::SchemaOrFlag), Value::Object(theirs)) => {
                let ours = ours.and_then(Value::as_object);
                self.node(ObjectKind::Schema, theirs, ours, at)
            }
            (Some(Shape::Map(kind) | Shape::ExtensibleMap(kind)), Value::Object(theirs)) => {
                let one = Some(Shape::One(kind));
                let merge = |(name, value): (&'a String, &'a Value)| {
                    let ours = ours.and_then(|ours| ours.get(name));
                    let value = self.value(one, name, value, ours, &format!("{at}.{name}"));
                    (name.clone(), value)
                };
                Value::Object(theirs.iter().map(merge).collect())
            }
            (Some(Shape::List(kind)), Value::Array(list)) => {
                let others = ours
                    .and_then(Value::as_array)
                    .map_or(&[][..], Vec::as_slice);
                let one = Some(Shape::One(kind));
                let pairs = pair_lists(key, (self.theirs, list), (self.ours, others));
                let merge = |(theirs, ours): (&'a Value, Option<&'a Value>)| {
                    let name = theirs.get("name").and_then(Value::as_str).unwrap_or(key);
                    self.value(one, "", theirs, ours, &format!("{at}.{name}"))
                };
                Value::Array(pairs.into_iter().map(merge).collect())
            }
            // The scopes of a flow: their names are facts, what they mean is words.
            (Some(Shape::TextMap), Value::Object(theirs)) => {
                let word = |name: &String| {
                    let text = ours.and_then(|ours| ours.get(name)).cloned();
                    (name.clone(), text.unwrap_or_else(|| json!("")))
                };
                Value::Object(theirs.keys().map(word).collect())
            }
            (Some(Shape::ReferenceMap), Value::Object(mapping)) => {
                Value::Object(self.mapping(mapping))
            }
            _ => theirs.clone(),
        }
    }

    /// A discriminator's mapping, with the names of our components.
    fn mapping(&mut self, theirs: &'a Object) -> Object {
        let rename = |(value, target): (&String, &'a Value)| {
            let component = target.as_str().and_then(Component::of);
            let target = component.map_or_else(|| target.clone(), |one| json!(self.refer(&one)));
            (value.clone(), target)
        };
        theirs.iter().map(rename).collect()
    }

    /// Merges an object that may be a reference in either document.
    fn node(
        &mut self,
        kind: ObjectKind,
        theirs: &'a Object,
        ours: Option<&'a Object>,
        at: &str,
    ) -> Value {
        let target = Component::of_object(theirs);
        let content = target.as_ref().map(|component| component.find(self.theirs));
        let our_component = ours.and_then(Component::of_object);
        let reference = match (&target, content, our_component) {
            (Some(_), Some(Some(content)), Some(component)) => {
                self.todo.push_back((component.clone(), content));
                component.reference()
            }
            (None, _, Some(component)) => {
                self.todo.push_back((component.clone(), theirs));
                component.reference()
            }
            (Some(_), Some(Some(content)), None) if ours.is_some() => {
                return Value::Object(self.object(kind, content, ours, at));
            }
            (Some(target), ..) => self.refer(target),
            (None, ..) => return Value::Object(self.object(kind, theirs, ours, at)),
        };
        let mut merged = Object::new();
        merged.insert("$ref".to_owned(), json!(reference));
        // What stands beside a reference says more of this place.
        if target.is_some() {
            let beside = theirs.iter().filter(|(key, _)| *key != "$ref");
            for (key, value) in beside.filter(|(key, value)| !is_default(kind, key, value)) {
                if !is_words(kind, key) {
                    merged.insert(key.clone(), value.clone());
                }
            }
        }
        for (key, value) in ours.into_iter().flatten() {
            if is_words(kind, key) {
                merged.insert(key.clone(), value.clone());
            }
        }
        Value::Object(merged)
    }

    /// The reference to our component for one of theirs, which is made when it is missing.
    fn refer(&mut self, theirs: &Component) -> String {
        if let Some(content) = theirs.find(self.theirs) {
            let ours = self.pairs.ours(theirs).cloned();
            let ours = ours.unwrap_or_else(|| self.new_name(theirs));
            self.todo.push_back((ours.clone(), content));
            return ours.reference();
        }
        theirs.reference()
    }

    /// A name for a component that ours has not: theirs, unless ours has that for something else.
    fn new_name(&mut self, theirs: &Component) -> Component {
        let mut name = theirs.clone();
        while self.pairs.is_taken(&name) {
            name.name.push_str("New");
        }
        self.pairs.put(theirs.clone(), name.clone());
        name
    }

    /// Merges an object that is no reference.
    fn object(
        &mut self,
        kind: ObjectKind,
        theirs: &'a Object,
        ours: Option<&'a Object>,
        at: &str,
    ) -> Object {
        let mut merged = Object::new();
        for (key, value) in theirs {
            if is_words(kind, key) || is_default(kind, key, value) {
                continue;
            }
            let other = ours.and_then(|ours| ours.get(key));
            let at = match kind {
                ObjectKind::Schema if key == "properties" => at.to_owned(),
                _ => format!("{at}.{key}"),
            };
            let value = self.value(kind.any_shape(key), key, value, other, &at);
            merged.insert(key.clone(), value);
        }
        let kept =
            |key: &str| is_words(kind, key) || (key.starts_with("x-") && !theirs.contains_key(key));
        for (key, value) in ours.into_iter().flatten().filter(|(key, _)| kept(key)) {
            merged.insert(key.clone(), value.clone());
        }
        if wants_description(kind, theirs, at) && !merged.contains_key("description") {
            self.new.push(at.to_owned());
        }
        tree::in_order(kind, merged)
    }
}

/// Whether such an object is told to a reader, so that it wants words. A part of a composition and the schema of a parameter or body are
/// told by what they are a part of.
fn wants_description(kind: ObjectKind, object: &Object, at: &str) -> bool {
    match kind {
        ObjectKind::Operation | ObjectKind::Parameter | ObjectKind::Response | ObjectKind::Tag => {
            true
        }
        ObjectKind::Schema => {
            let is_part = [".schema", ".allOf", ".oneOf", ".anyOf"];
            object.contains_key("description") && !is_part.iter().any(|end| at.ends_with(end))
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::is_same;
    use serde_json::{Value, json};

    #[test]
    fn the_order_of_the_values_of_an_enum_makes_no_other_component() {
        let object = |value: Value| value.as_object().cloned().unwrap_or_default();
        let one = object(json!({"type": "string", "enum": ["A", "B"]}));
        assert!(is_same(
            &one,
            &object(json!({"type": "string", "enum": ["B", "A"]}))
        ));
        assert!(!is_same(
            &one,
            &object(json!({"type": "string", "enum": ["A"]}))
        ));
    }
}
