//! Takes one document as one tree, and gives the files that it is kept in.
//!
//! A root (`openapi.yaml`) with what concerns the whole; for each tag a file of its paths and one of the schemas that it alone uses; and
//! `shared.yaml` for what several tags use. A file's place follows from the document alone, so that two runs give the same files.

use super::reference::{self, Component};
use super::tree::{self, Object};
use sdk_generator::grammar::Section;
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

/// Divides the document.
pub(super) fn split(document: &Value) -> Vec<File> {
    let homes = homes(document);
    let mut root = document.as_object().cloned().unwrap_or_default();
    let mut files: BTreeMap<String, (String, Object)> = BTreeMap::new();
    let mut paths = Object::new();
    for (path, item) in tree::paths(document) {
        let tag = tag_of_item(item);
        let name = format!("paths/{}.yaml", slug(&tag));
        let reference = format!("{name}#/{}", path.replace('~', "~0").replace('/', "~1"));
        paths.insert(path.to_owned(), json!({ "$ref": reference }));
        let heading = format!("The operations under the tag {tag}.");
        let file = files.entry(name).or_insert((heading, Object::new()));
        file.1.insert(path.to_owned(), Value::Object(item.clone()));
    }
    root.insert("paths".to_owned(), Value::Object(paths));
    let mut components = Object::new();
    for section in Section::ALL {
        for (name, object) in tree::section(document, section) {
            let component = Component {
                section,
                name: name.to_owned(),
            };
            let object = Value::Object(object.clone());
            let Some(home) = homes.get(&component) else {
                let section = components.entry(section.key()).or_insert(json!({}));
                section[name] = object;
                continue;
            };
            let file = files
                .entry(home.file.clone())
                .or_insert_with(|| (home.heading.clone(), Object::new()));
            match home.file.as_str() {
                SHARED => {
                    let section = file.1.entry(section.key()).or_insert(json!({}));
                    section[name] = object;
                }
                _ => {
                    file.1.insert(name.to_owned(), object);
                }
            }
        }
    }
    root.insert("components".to_owned(), Value::Object(components));
    let heading = "The whole: servers, sign-in, tags, and where each path stands.".to_owned();
    files.insert(ROOT.to_owned(), (heading, root));
    let finish = |(name, (heading, object)): (String, (String, Object))| {
        let mut tree = Value::Object(object);
        reference::rewrite(&mut tree, &|component| address(component, &homes, &name));
        File {
            name,
            heading,
            tree,
        }
    };
    files.into_iter().map(finish).collect()
}

/// Where a component stands.
struct Home {
    file: String,
    heading: String,
}

/// The file of each component; those that stay in the root have none.
fn homes(document: &Value) -> HashMap<Component, Home> {
    let mut users: BTreeMap<Component, BTreeSet<String>> = BTreeMap::new();
    for (_, item) in tree::paths(document) {
        let tag = tag_of_item(item);
        let mut todo = Vec::new();
        let item = Value::Object(item.clone());
        reference::visit(&item, &mut |component| todo.push(component));
        while let Some(component) = todo.pop() {
            if users
                .entry(component.clone())
                .or_default()
                .insert(tag.clone())
                && let Some(object) = component.find(document)
            {
                let object = Value::Object(object.clone());
                reference::visit(&object, &mut |component| todo.push(component));
            }
        }
    }
    let home = |(component, tags): (Component, BTreeSet<String>)| {
        let only = tags.first().filter(|_| tags.len() == 1);
        let only = only.filter(|_| component.section == Section::Schemas);
        let home = match only {
            Some(tag) => Home {
                file: format!("schemas/{}.yaml", slug(tag)),
                heading: format!("The schemas that only operations under the tag {tag} use."),
            },
            None => Home {
                file: SHARED.to_owned(),
                heading: "What operations of several tags use.".to_owned(),
            },
        };
        (component, home)
    };
    users.into_iter().map(home).collect()
}

/// How the file `from` refers to a component.
fn address(component: &Component, homes: &HashMap<Component, Home>, from: &str) -> String {
    let up = if from.contains('/') { "../" } else { "" };
    let token = component.token();
    let section = component.section.key();
    match homes.get(component).map(|home| home.file.as_str()) {
        None => format!("{up}{ROOT}#/components/{section}/{token}"),
        Some(SHARED) if from == SHARED => format!("#/{section}/{token}"),
        Some(SHARED) => format!("{up}{SHARED}#/{section}/{token}"),
        Some(file) if file == from => format!("#/{token}"),
        Some(file) => format!("{up}{file}#/{token}"),
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
