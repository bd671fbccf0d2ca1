//! What was created, read, changed and deleted, by the shape of paths: an operation whose path ends in `/{id}` is about an item of the
//! collection that the path before it is, where the document has operations for both.
//!
//! A collection begins empty. What a caller creates is completed with what its schema requires and an id of the declared type.

use std::collections::HashMap;

use json_patch::merge;
use reqwest::header::CONTENT_TYPE;
use serde_json::{Value, json};

use super::api::{Loaded, Operation};
use super::call::{Call, decoded};
use super::change::patched;
use super::flat::types;
use super::lists::{default_limit, unwrapped, window, wrapped};
use super::made::Extent;
use super::pages::{self, Next};
use super::reply::Reply;
use super::schema::Way;
use crate::media_type::essence;

/// What an operation does to a collection.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Role {
    List,
    Create,
    Read,
    Replace,
    Patch,
    Delete,
}

/// What a stateful server makes of a request.
pub(super) enum Outcome {
    /// An answer of this value, as the operation's success.
    Success(Value),
    /// An answer without a value of its own.
    Done,
    /// A page of a list.
    Page(Page),
    /// There is no such item.
    Missing,
    /// The request cannot be carried out, and why.
    Refused(String),
}

/// A part of a list.
pub(super) struct Page {
    values: Vec<Value>,
    /// The place of the item behind it, where there is one.
    next: Option<usize>,
    /// How many items the whole list has.
    count: usize,
}

/// The collections, by their paths as they were sent; items in the order in which they were created.
#[derive(Default)]
pub(super) struct State {
    collections: HashMap<String, Vec<(String, Value)>>,
    created: u64,
}

/// What an operation does, and to the items of which operation's path; `None` where its path is neither a collection's nor an item's.
pub(super) fn role(loaded: &Loaded, operation: &Operation) -> Option<(Role, String)> {
    let item = |parent: &str| {
        let mut operations = loaded.operations.iter();
        operations.find_map(|other| (parent_of(&other.path)? == parent).then(|| other.path.clone()))
    };
    let has = |path: &str, method: &str| {
        let mut operations = loaded.operations.iter();
        operations.any(|other| other.path == path && other.method == method)
    };
    let path = operation.path.as_str();
    if let Some(parent) = parent_of(path)
        && (has(parent, "POST") || has(parent, "GET"))
    {
        let role = match operation.method.as_str() {
            "GET" => Role::Read,
            "PUT" => Role::Replace,
            "PATCH" => Role::Patch,
            "DELETE" => Role::Delete,
            _ => return None,
        };
        // Without a way to create, items are the document's examples.
        return has(parent, "POST").then(|| (role, path.to_owned()));
    }
    let item = item(path)?;
    match operation.method.as_str() {
        "POST" => Some((Role::Create, item)),
        "GET" if has(path, "POST") => Some((Role::List, item)),
        _ => None,
    }
}

/// The path before a last segment that is a parameter.
fn parent_of(path: &str) -> Option<&str> {
    let (parent, last) = path.rsplit_once('/')?;
    let name = last.strip_prefix('{')?.strip_suffix('}')?;
    (!name.contains(['{', '}']) && !parent.is_empty()).then_some(parent)
}

/// The parameter that an item's path ends in.
fn parameter_of(item: &str) -> &str {
    let last = item.rsplit('{').next().unwrap_or_default();
    last.trim_end_matches('}')
}

/// The schema of an item: what reading one answers, else what creating one takes.
fn item_schema<'l>(loaded: &'l Loaded, item: &str) -> Option<&'l Value> {
    let of = |path: &str, method: &str| {
        let mut operations = loaded.operations.iter();
        operations.find(|other| other.path == path && other.method == method)
    };
    let read = of(item, "GET").and_then(|read| {
        let (_, answer) = read.success()?;
        answer.media()?.1.schema.as_ref()
    });
    let created = || {
        let create = of(parent_of(item)?, "POST")?;
        create
            .body
            .as_ref()?
            .content
            .values()
            .next()?
            .schema
            .as_ref()
    };
    read.or_else(created)
}

impl State {
    /// Carries a request out.
    pub(super) fn play(
        &mut self,
        loaded: &Loaded,
        operation: &Operation,
        role: Role,
        item: &str,
        call: &Call,
    ) -> Outcome {
        let is_collection = matches!(role, Role::List | Role::Create);
        let (collection, id) = match call.path.rsplit_once('/') {
            Some((parent, id)) if !is_collection => (parent.to_owned(), decoded(id)),
            _ => (call.path.clone(), String::new()),
        };
        if role == Role::Create {
            return self.create(loaded, item, collection, call);
        }
        let items = self.collections.entry(collection).or_default();
        if role == Role::List {
            let (start, end) = window(call, items.len(), default_limit(operation));
            let page = items.get(start..end).unwrap_or_default();
            return Outcome::Page(Page {
                values: page.iter().map(|(_, item)| item.clone()).collect(),
                next: (end < items.len()).then_some(end),
                count: items.len(),
            });
        }
        let Some(place) = items.iter().position(|(known, _)| *known == id) else {
            return Outcome::Missing;
        };
        if role == Role::Delete {
            items.remove(place);
            return Outcome::Done;
        }
        let Some((_, value)) = items.get_mut(place) else {
            return Outcome::Missing;
        };
        if role == Role::Read {
            return Outcome::Success(value.clone());
        }
        match changed(loaded, role, item, value, call) {
            Ok(changed) => {
                *value = changed.clone();
                Outcome::Success(changed)
            }
            Err(fault) => Outcome::Refused(fault),
        }
    }

    fn create(&mut self, loaded: &Loaded, item: &str, path: String, call: &Call) -> Outcome {
        let schema = item_schema(loaded, item).unwrap_or(&Value::Bool(true));
        let unwrapped = unwrapped(loaded, schema);
        let made = loaded
            .schemas
            .made(&unwrapped, Way::Given, Extent::Required);
        let sent: Value = serde_json::from_slice(call.body()).unwrap_or_default();
        let mut value = match made {
            Value::Object(_) => made,
            _ => json!({}),
        };
        if sent.is_object() {
            merge(&mut value, &sent);
        }
        self.created += 1;
        let (name, id) = self.id(loaded, &unwrapped, item);
        // Some items are found by a name that callers choose.
        let chosen = Some(parameter_of(item)).filter(|parameter| *parameter != "id");
        let chosen = chosen.and_then(|parameter| sent.get(parameter)).cloned();
        let key = match chosen.as_ref().unwrap_or(&id) {
            Value::String(text) => text.clone(),
            other => other.to_string(),
        };
        if let Some(members) = value.as_object_mut()
            && (chosen.is_none() || name == "id")
        {
            members.insert(name, id);
        }
        self.collections
            .entry(path)
            .or_default()
            .push((key, value.clone()));
        Outcome::Success(value)
    }

    /// The name of the member that an item is found by, and a new value of its type.
    fn id(&self, loaded: &Loaded, schema: &Value, item: &str) -> (String, Value) {
        let flat = loaded.schemas.flat(schema, None);
        let parameter = parameter_of(item);
        let property = |name: &str| flat.get("properties").and_then(|known| known.get(name));
        let name = ["id", parameter]
            .into_iter()
            .find(|name| property(name).is_some());
        let name = name.unwrap_or("id");
        let schema = property(name).map(|property| loaded.schemas.flat(property, None));
        let schema = schema.unwrap_or_default();
        let format = schema.get("format").and_then(Value::as_str);
        let number = self.created;
        let id = match types(&schema).first() {
            Some(&"integer" | &"number") => json!(number),
            _ if format == Some("uuid") => json!(format!("00000000-0000-4000-8000-{number:012x}")),
            _ => json!(format!("{number:032x}")),
        };
        (name.to_owned(), id)
    }
}

/// An item after a change.
fn changed(
    loaded: &Loaded,
    role: Role,
    item: &str,
    value: &Value,
    call: &Call,
) -> Result<Value, String> {
    let sent: Value = serde_json::from_slice(call.body()).unwrap_or_default();
    let content_type = call
        .headers
        .get(CONTENT_TYPE)
        .and_then(|value| value.to_str().ok());
    let is_patch = content_type.is_some_and(|ty| essence(ty) == "application/json-patch+json");
    if role == Role::Patch && (is_patch || sent.is_array()) {
        return patched(value, &sent);
    }
    let mut changed = value.clone();
    if role == Role::Patch {
        merge(&mut changed, &sent);
        return Ok(changed);
    }
    // What is replaced keeps what its schema requires and the request leaves out, its id above all.
    let schema = item_schema(loaded, item).unwrap_or(&Value::Bool(true));
    let flat = loaded.schemas.flat(&unwrapped(loaded, schema), None);
    let needed: Vec<&str> = super::flat::required(&flat).collect();
    let parameter = parameter_of(item);
    if let (Value::Object(members), Value::Object(sent)) = (&mut changed, sent) {
        members
            .retain(|name, _| name == "id" || name == parameter || needed.contains(&name.as_str()));
        let own = |name: &str| name == "id" || name == parameter;
        members.extend(sent.into_iter().filter(|(name, _)| !own(name)));
    }
    Ok(changed)
}

/// An outcome as the operation's answer; `success` is what the document declares.
pub(super) fn answered(
    loaded: &Loaded,
    operation: &Operation,
    call: &Call,
    outcome: &Outcome,
) -> Option<Reply> {
    let (status, declared) = operation.success()?;
    let mut reply = super::answers::declared(loaded, status, declared);
    let values = match outcome {
        Outcome::Success(value) => std::slice::from_ref(value),
        Outcome::Page(page) => {
            reply.replace_header("X-Total-Count", &page.count.to_string());
            page.values.as_slice()
        }
        Outcome::Done => return Some(reply),
        Outcome::Missing | Outcome::Refused(_) => return None,
    };
    if let Some((media_type, media)) = declared.media() {
        let schema = media.schema.as_ref().unwrap_or(&Value::Bool(true));
        let value = wrapped(loaded, schema, values);
        let value = match outcome {
            Outcome::Page(page) => {
                let next = page.next.map(|next| Next::new(operation, call, next));
                pages::led_on(&loaded.schemas, schema, next.as_ref(), &mut reply, value)
            }
            _ => value,
        };
        reply.body = super::answers::written(media_type, &value);
    }
    Some(reply)
}
