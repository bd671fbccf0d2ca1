//! Facts are carried over from a vendor's document that has changed, and from one that has changed back; words stay.

use super::reference::{self, Component};
use super::update::{Updated, update};
use super::{find, tree};
use crate::targets::{Repo, Target};
use sdk_generator::grammar::{ObjectKind, Section, Shape};
use sdk_generator::pipeline;
use sdk_generator::pointer::JsonPointer;
use serde_json::{Map, Value, json};
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use tempfile::TempDir;

/// A copy of the document of a committed target, and a vendor's document that is changed at will.
struct Place {
    folder: TempDir,
    repo: Repo,
    target: Target,
    /// What the vendor has, in words and names of its own.
    theirs: Value,
}

impl Place {
    fn of(name: &str) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let from = Repo::here()
            .expect("the repository")
            .path(&format!("specs/{name}"));
        let specs = folder.path().join("specs").join(name);
        copy(&from, &specs);
        // What the vendor has is ours already, corrections included.
        let _ = fs::remove_file(specs.join("corrections.yaml"));
        let ours = pipeline::load(&specs.join("openapi.yaml"), &[]).value;
        let repo = Repo::at(folder.path()).expect("a repository");
        let target = repo.targets().expect("targets").remove(0);
        Self {
            folder,
            repo,
            target,
            theirs: in_words_of_theirs(ours.expect("a document")),
        }
    }

    fn put_theirs(&self, theirs: &Value) -> PathBuf {
        let path = self.folder.path().join("theirs.json");
        fs::write(&path, theirs.to_string()).expect("a file");
        path
    }

    fn update(&self, theirs: &Value) -> Updated {
        let path = self.put_theirs(theirs);
        let updated = update(&self.repo, &self.target, &path, &[]).expect("an update");
        let found = find(&self.repo, &self.target, &path, &[]).expect("a comparison");
        let told: Vec<_> = found.changes.iter().map(|one| &one.sentence).collect();
        assert_eq!(told, Vec::<&String>::new());
        updated
    }

    /// The lines in which files are not as they were, with their files.
    fn changed_since(&self, before: &BTreeMap<PathBuf, String>) -> Vec<String> {
        let after = self.files();
        let paths: BTreeSet<&PathBuf> = before.keys().chain(after.keys()).collect();
        let lines = |files: &BTreeMap<PathBuf, String>, path| -> BTreeSet<String> {
            let text = files.get(path).into_iter();
            text.flat_map(|text| text.lines().map(str::to_owned))
                .collect()
        };
        let changed = paths
            .into_iter()
            .filter(|path| before.get(*path) != after.get(*path));
        changed
            .map(|path| {
                let (old, new) = (lines(before, path), lines(&after, path));
                let lines: Vec<_> = old.symmetric_difference(&new).cloned().collect();
                let name = path.display();
                format!("{name}: {}", lines.join(" | "))
            })
            .collect()
    }

    /// Every file of our document.
    fn files(&self) -> BTreeMap<PathBuf, String> {
        let mut files = BTreeMap::new();
        let mut folders = vec![self.repo.path(&format!("specs/{}", self.target.name))];
        while let Some(folder) = folders.pop() {
            for entry in fs::read_dir(folder).expect("a folder") {
                let path = entry.expect("an entry").path();
                match path.is_dir() {
                    true => folders.push(path),
                    false => {
                        let text = fs::read_to_string(&path).expect("a text");
                        files.insert(path, text);
                    }
                }
            }
        }
        files
    }
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).expect("a folder");
    for entry in fs::read_dir(from).expect("a folder") {
        let entry = entry.expect("an entry");
        let place = to.join(entry.file_name());
        match entry.path().is_dir() {
            true => copy(&entry.path(), &place),
            false => {
                fs::copy(entry.path(), place).expect("a copy");
            }
        }
    }
}

/// A document with the same facts, and with other words and other names of schemas.
fn in_words_of_theirs(mut document: Value) -> Value {
    retell(&mut document);
    let schemas = document["components"]["schemas"]
        .as_object_mut()
        .expect("schemas");
    *schemas = std::mem::take(schemas)
        .into_iter()
        .map(|(name, schema)| (format!("{name}Dto"), schema))
        .collect();
    reference::rewrite(
        Shape::One(ObjectKind::Document),
        &mut document,
        &|component| match component.section {
            Section::Schemas => Component {
                name: format!("{}Dto", component.name),
                ..component.clone()
            }
            .reference(),
            _ => component.reference(),
        },
    );
    document
}

fn retell(node: &mut Value) {
    match node {
        Value::Object(members) => {
            members.retain(|key, value| {
                !(matches!(key.as_str(), "example" | "examples")
                    || (key == "title" && value.is_string()))
            });
            for (key, value) in members.iter_mut() {
                match value {
                    Value::String(text) if matches!(key.as_str(), "description" | "summary") => {
                        *text = "The vendor's words.".to_owned();
                    }
                    _ => retell(value),
                }
            }
        }
        Value::Array(elements) => elements.iter_mut().for_each(retell),
        _ => {}
    }
}

/// The first schema of a document that has properties.
fn first_object(document: &mut Value) -> &mut Map<String, Value> {
    let schemas = document["components"]["schemas"]
        .as_object_mut()
        .expect("schemas");
    let mut objects = schemas
        .values_mut()
        .filter_map(|schema| schema.get_mut("properties"));
    objects
        .next()
        .and_then(Value::as_object_mut)
        .expect("an object")
}

#[test]
fn other_words_and_names_of_the_vendors_change_nothing() {
    for name in ["onelogin", "sailpoint-v3"] {
        let mut place = Place::of(name);
        let before = place.files();
        let theirs = std::mem::take(&mut place.theirs);
        let updated = place.update(&theirs);
        assert_eq!(updated.written, Vec::<String>::new());
        assert_eq!((updated.new, updated.gone), (Vec::new(), Vec::new()));
        assert_eq!(place.changed_since(&before), Vec::<String>::new());
    }
}

#[test]
fn what_changes_is_carried_over_and_back_again() {
    let mut place = Place::of("onelogin");
    let before = place.files();
    let theirs = std::mem::take(&mut place.theirs);
    let mut changed = theirs.clone();
    let property =
        json!({ "type": "string", "maxLength": 7, "description": "The vendor's words." });
    first_object(&mut changed).insert("newcomer".to_owned(), property);
    changed["paths"]["/newcomers"] = json!({ "get": {
        "operationId": "listNewcomers",
        "tags": ["Newcomers"],
        "summary": "The vendor's words.",
        "parameters": [{ "name": "since", "in": "query", "schema": { "type": "string", "format": "date" } }],
        "responses": { "200": {
            "description": "The vendor's words.",
            "content": { "application/json": { "schema": { "type": "array", "items": { "type": "string" } } } },
        } },
    } });
    let updated = place.update(&changed);
    let there = place.files();
    assert!(
        updated
            .written
            .contains(&"specs/onelogin/paths/newcomers.yaml".to_owned())
    );
    assert!(
        updated.new.contains(&"listNewcomers".to_owned()),
        "{:?}",
        updated.new
    );
    assert!(
        updated
            .new
            .contains(&"listNewcomers.parameters.since".to_owned())
    );
    assert!(updated.new.iter().any(|place| place.ends_with(".newcomer")));
    assert!(there.values().any(|text| text.contains("maxLength: 7")));
    let has_their_words = |text: &String| text.contains("The vendor's words");
    assert!(
        !there.values().any(has_their_words),
        "words of the vendor's came over"
    );

    let updated = place.update(&theirs);
    assert_eq!(updated.removed, ["specs/onelogin/paths/newcomers.yaml"]);
    assert_eq!(updated.gone, ["GET /newcomers"]);
    assert_eq!(place.changed_since(&before), Vec::<String>::new());
}

#[test]
fn a_property_may_be_called_as_a_keyword_is() {
    let mut place = Place::of("onelogin");
    let before = place.files();
    let theirs = std::mem::take(&mut place.theirs);
    let mut changed = theirs.clone();
    for name in ["default", "enum", "example", "mapping"] {
        let schema = json!({ "type": "object", "properties": { name: { "type": "integer" } } });
        changed["components"]["schemas"][format!("{name}Dto")] = schema;
        let used = json!({ "type": "array", "items": { "$ref": format!("#/components/schemas/{name}Dto") } });
        first_object(&mut changed).insert(name.to_owned(), used);
    }
    place.update(&changed);
    place.update(&theirs);
    assert_eq!(place.changed_since(&before), Vec::<String>::new());
}

/// Where the schema of a refusal stands, which refers to one that many refusals have.
fn schema_of_a_refusal(document: &Value) -> Option<JsonPointer> {
    let operations = tree::paths(document).flat_map(|(path, item)| {
        tree::operations(item).map(move |(method, operation)| (path, method, operation))
    });
    let mut answers = operations.flat_map(|(path, method, operation)| {
        let statuses = operation["responses"].as_object().into_iter().flatten();
        statuses.map(move |(status, answer)| (path, method, status, answer))
    });
    let (path, method, status, _) = answers.find(|(_, _, status, answer)| {
        let schema = &answer["content"]["application/json"]["schema"];
        status.starts_with('4') && schema["$ref"].is_string()
    })?;
    Some(JsonPointer::from_tokens([
        "paths",
        path,
        method,
        "responses",
        status,
        "content",
        "application/json",
        "schema",
    ]))
}

#[test]
fn a_component_that_would_have_to_be_two_things_is_refused() {
    let mut place = Place::of("onelogin");
    let before = place.files();
    let mut theirs = std::mem::take(&mut place.theirs);
    // One of the places of a schema that many share has its own copy of it, which says something else.
    let pointer = schema_of_a_refusal(&theirs).expect("a refusal");
    let schema = theirs.pointer_mut(pointer.as_str()).expect("a schema");
    *schema = json!({ "type": "object", "properties": { "other": { "type": "string" } } });
    let path = place.put_theirs(&theirs);
    let error = update(&place.repo, &place.target, &path, &[]).err();
    let error = error.map(|error| error.to_string()).expect("an error");
    assert!(error.contains("stand for several things"), "{error}");
    assert_eq!(place.changed_since(&before), Vec::<String>::new());
}
