//! Takes one document as one tree, and gives the files that it is kept in.
//!
//! A root (`openapi.yaml`) with what concerns the whole; for each tag a file of its paths and one of the schemas that it alone uses; and
//! `shared.yaml` for what several tags use. A file's place follows from the document alone, so that two runs give the same files.

use super::reference::{self, Component};
use super::tree::{self, Object};
use sdk_generator::grammar::{ObjectKind, Section, Shape};
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// The file of what several tags use.
const SHARED: &str = "shared.yaml";
/// The file that the others hang on.
pub(super) const ROOT: &str = "openapi.yaml";

/// A file of the document.
pub(super) struct File {
    /// Its place below the folder of the target.
    pub(super) name: String,
    /// What its first line says.
    pub(super) heading: String,
    pub(super) tree: Value,
}

/// A file that is being filled.
struct Part {
    heading: String,
    /// What the file holds, by which the references in it are found.
    shape: Shape,
    members: Object,
}

impl Part {
    fn new(heading: String, shape: Shape) -> Self {
        Self {
            heading,
            shape,
            members: Object::new(),
        }
    }
}

/// Divides the document.
pub(super) fn split(document: &Value) -> Vec<File> {
    let homes = homes(document);
    let mut parts: BTreeMap<String, Part> = BTreeMap::new();
    let mut root = Part::new(
        "The whole: servers, sign-in, tags, and where each path stands.".to_owned(),
        Shape::One(ObjectKind::Document),
    );
    root.members = document.as_object().cloned().unwrap_or_default();
    let mut paths = Object::new();
    for (path, item) in tree::paths(document) {
        let tag = tag_of_item(item);
        let name = format!("paths/{}.yaml", slug(&tag));
        let to = reference::to(&name, [path]);
        paths.insert(path.to_owned(), json!({ "$ref": to }));
        let heading = format!("The operations under the tag {tag}.");
        let part = parts
            .entry(name)
            .or_insert_with(|| Part::new(heading, Shape::Map(ObjectKind::PathItem)));
        part.members
            .insert(path.to_owned(), Value::Object(item.clone()));
    }
    root.members
        .insert("paths".to_owned(), Value::Object(paths));
    let mut left = Object::new();
    for section in Section::ALL {
        for (name, object) in tree::section(document, section) {
            let component = Component {
                section,
                name: name.to_owned(),
            };
            let members = match homes.get(&component) {
                None => section_of(&mut left, section),
                Some(home) => {
                    let part = parts
                        .entry(home.file.clone())
                        .or_insert_with(|| home.part());
                    match part.shape {
                        Shape::One(_) => section_of(&mut part.members, section),
                        _ => Some(&mut part.members),
                    }
                }
            };
            if let Some(members) = members {
                members.insert(name.to_owned(), Value::Object(object.clone()));
            }
        }
    }
    root.members
        .insert("components".to_owned(), Value::Object(left));
    parts.insert(ROOT.to_owned(), root);
    let finish = |(name, part): (String, Part)| {
        let mut tree = Value::Object(part.members);
        reference::rewrite(part.shape, &mut tree, &|component| {
            address(component, &homes, &name)
        });
        File {
            name,
            heading: part.heading,
            tree,
        }
    };
    parts.into_iter().map(finish).collect()
}

/// A section of components, which is made where it is missing.
fn section_of(components: &mut Object, section: Section) -> Option<&mut Object> {
    let section = components.entry(section.key()).or_insert(json!({}));
    section.as_object_mut()
}

/// Where a component stands.
struct Home {
    file: String,
    /// The one tag whose operations use it.
    tag: Option<String>,
}

impl Home {
    /// The file, without anything in it yet.
    fn part(&self) -> Part {
        match &self.tag {
            Some(tag) => Part::new(
                format!("The schemas that only operations under the tag {tag} use."),
                Shape::Map(ObjectKind::Schema),
            ),
            None => Part::new(
                "What operations of several tags use.".to_owned(),
                Shape::One(ObjectKind::Components),
            ),
        }
    }
}

/// The file of each component; those that stay in the root have none.
fn homes(document: &Value) -> HashMap<Component, Home> {
    let mut users: BTreeMap<Component, BTreeSet<String>> = BTreeMap::new();
    for (_, item) in tree::paths(document) {
        let tag = tag_of_item(item);
        let item = Value::Object(item.clone());
        let mut todo = reference::components(Shape::One(ObjectKind::PathItem), &item);
        while let Some(component) = todo.pop() {
            let is_new = users
                .entry(component.clone())
                .or_default()
                .insert(tag.clone());
            if let Some(object) = component.find(document).filter(|_| is_new) {
                let shape = Shape::One(component.section.kind());
                todo.extend(reference::components(shape, &Value::Object(object.clone())));
            }
        }
    }
    let home = |(component, tags): (Component, BTreeSet<String>)| {
        let only = tags.first().filter(|_| tags.len() == 1);
        let only = only.filter(|_| component.section == Section::Schemas);
        let file = only.map_or_else(
            || SHARED.to_owned(),
            |tag| format!("schemas/{}.yaml", slug(tag)),
        );
        let tag = only.cloned();
        (component, Home { file, tag })
    };
    users.into_iter().map(home).collect()
}

/// How the file `from` refers to a component.
fn address(component: &Component, homes: &HashMap<Component, Home>, from: &str) -> String {
    let up = if from.contains('/') { "../" } else { "" };
    let (section, name) = (component.section.key(), component.name.as_str());
    let home = homes.get(component);
    let file = home.map_or(ROOT, |home| home.file.as_str());
    let file = match file == from {
        true => String::new(),
        false => format!("{up}{file}"),
    };
    match home {
        None => reference::to(&file, ["components", section, name]),
        Some(Home { tag: None, .. }) => reference::to(&file, [section, name]),
        Some(Home { tag: Some(_), .. }) => reference::to(&file, [name]),
    }
}

/// The tag that a path belongs to: the first tag of its first operation.
fn tag_of_item(item: &Object) -> String {
    let tag = tree::operations(item).find_map(|(_, operation)| {
        let tags = operation.get("tags")?.as_array()?;
        tags.first()?.as_str()
    });
    tag.unwrap_or("other").to_owned()
}

/// A tag as the name of a file.
fn slug(tag: &str) -> String {
    let lower = tag.to_lowercase();
    let words: Vec<&str> = lower
        .split(|letter: char| !letter.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .collect();
    words.join("-")
}
