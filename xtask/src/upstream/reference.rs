//! References between the components of one document: reads them, writes them, and finds what they lead to.

use sdk_generator::grammar::{ObjectKind, Section, Shape};
use sdk_generator::pointer::JsonPointer;
use serde_json::{Map, Value};

/// A component of a document, by its section and name.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) struct Component {
    pub(super) section: Section,
    pub(super) name: String,
}

impl Component {
    /// The component that a `$ref` leads to; `None` where it leads elsewhere.
    pub(super) fn of(reference: &str) -> Option<Self> {
        let pointer = JsonPointer::parse(reference.strip_prefix('#')?)?;
        let tokens: Vec<String> = pointer.tokens().collect();
        let [components, key, name] = tokens.as_slice() else {
            return None;
        };
        let mut sections = Section::ALL.into_iter();
        let section = sections.find(|one| components == "components" && one.key() == key)?;
        Some(Self {
            section,
            name: name.clone(),
        })
    }

    /// The component that an object refers to, where it is a reference.
    pub(super) fn of_object(object: &Map<String, Value>) -> Option<Self> {
        Self::of(object.get("$ref")?.as_str()?)
    }

    /// The reference that leads to it, within its document.
    pub(super) fn reference(&self) -> String {
        to("", ["components", self.section.key(), &self.name])
    }

    /// What stands there.
    pub(super) fn find<'v>(&self, document: &'v Value) -> Option<&'v Map<String, Value>> {
        document
            .get("components")?
            .get(self.section.key())?
            .get(&self.name)?
            .as_object()
    }
}

/// The reference to a place of a file; of its own file, where it has no name.
pub(super) fn to<'t>(file: &str, tokens: impl IntoIterator<Item = &'t str>) -> String {
    format!("{file}#{}", JsonPointer::from_tokens(tokens).as_str())
}

/// The components that a value of this shape refers to.
pub(super) fn components(shape: Shape, node: &Value) -> Vec<Component> {
    let mut found = Vec::new();
    each(shape, &mut node.clone(), &mut |text| {
        found.extend(Component::of(text));
    });
    found
}

/// Writes every reference to a component in a value of this shape anew.
pub(super) fn rewrite(shape: Shape, node: &mut Value, write: &impl Fn(&Component) -> String) {
    each(shape, node, &mut |text| {
        if let Some(component) = Component::of(text) {
            *text = write(&component);
        }
    });
}

/// Calls `call` with every reference in a value of this shape, those of a discriminator's mapping included. The grammar tells where
/// there may be one: a `$ref` in an example is data, and a property may be called `example`.
fn each(shape: Shape, node: &mut Value, call: &mut dyn FnMut(&mut String)) {
    match (shape, node) {
        (Shape::One(kind), Value::Object(object)) => {
            for (key, value) in object.iter_mut() {
                match (key.as_str(), value) {
                    ("$ref", Value::String(text)) => call(text),
                    (key, value) => {
                        if let Some(shape) = kind.any_shape(key) {
                            each(shape, value, call);
                        }
                    }
                }
            }
        }
        (Shape::SchemaOrFlag, node) => each(Shape::One(ObjectKind::Schema), node, call),
        (Shape::Map(kind) | Shape::ExtensibleMap(kind), Value::Object(members)) => {
            for value in members.values_mut() {
                each(Shape::One(kind), value, call);
            }
        }
        (Shape::List(kind), Value::Array(elements)) => {
            for value in elements {
                each(Shape::One(kind), value, call);
            }
        }
        (Shape::ReferenceMap, Value::Object(mapping)) => {
            for value in mapping.values_mut() {
                if let Value::String(text) = value {
                    call(text);
                }
            }
        }
        _ => {}
    }
}
