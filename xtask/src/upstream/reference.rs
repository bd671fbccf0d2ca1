//! References between the components of one document: reads them, writes them, and finds what they lead to.

use sdk_generator::grammar::Section;
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
        let rest = reference.strip_prefix("#/components/")?;
        let (key, name) = rest.split_once('/')?;
        let section = Section::ALL.into_iter().find(|one| one.key() == key)?;
        Some(Self {
            section,
            name: name.replace("~1", "/").replace("~0", "~"),
        })
    }

    /// The component that an object refers to, where it is a reference.
    pub(super) fn of_object(object: &Map<String, Value>) -> Option<Self> {
        Self::of(object.get("$ref")?.as_str()?)
    }

    /// Its name as a token of a JSON pointer.
    pub(super) fn token(&self) -> String {
        self.name.replace('~', "~0").replace('/', "~1")
    }

    /// The reference that leads to it, within its document.
    pub(super) fn reference(&self) -> String {
        format!("#/components/{}/{}", self.section.key(), self.token())
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

/// Calls `each` with every reference to a component below a node, those of a discriminator's mapping included. What stands in
/// examples is data.
pub(super) fn visit(node: &Value, each: &mut impl FnMut(Component)) {
    match node {
        Value::Object(object) => {
            for (key, value) in object {
                match (key.as_str(), value) {
                    ("example" | "examples" | "default" | "enum", _) => {}
                    ("$ref", Value::String(text)) => {
                        Component::of(text).into_iter().for_each(&mut *each);
                    }
                    ("mapping", Value::Object(mapping)) => mapping
                        .values()
                        .filter_map(|value| Component::of(value.as_str()?))
                        .for_each(&mut *each),
                    _ => visit(value, each),
                }
            }
        }
        Value::Array(elements) => elements.iter().for_each(|element| visit(element, each)),
        _ => {}
    }
}

/// Writes every reference to a component below a node anew.
pub(super) fn rewrite(node: &mut Value, write: &impl Fn(&Component) -> String) {
    match node {
        Value::Object(object) => {
            for (key, value) in object.iter_mut() {
                match (key.as_str(), &mut *value) {
                    ("example" | "examples" | "default" | "enum", _) => {}
                    ("$ref", Value::String(text)) => {
                        if let Some(component) = Component::of(text) {
                            *text = write(&component);
                        }
                    }
                    ("mapping", Value::Object(mapping)) => {
                        for text in mapping.values_mut() {
                            if let Some(component) = text.as_str().and_then(Component::of) {
                                *text = Value::String(write(&component));
                            }
                        }
                    }
                    _ => rewrite(value, write),
                }
            }
        }
        Value::Array(elements) => elements.iter_mut().for_each(|one| rewrite(one, write)),
        _ => {}
    }
}
