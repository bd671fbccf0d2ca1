//! Operations and tags.

use super::super::{Planning, access, text};
use super::groups::Groups;
use super::{bodies, parameters, security, unsigned};
use crate::diagnostics::{Code, Diagnostic};
use crate::facts::{self, Method, PathItem};
use crate::plan::model::{self as ir, Status, TagId};
use crate::pointer::JsonPointer;
use std::collections::{HashMap, HashSet};

/// Plans every operation, and gives the tags that have any, in the document's order.
pub(in crate::plan) fn plan(planning: &mut Planning<'_>) -> (Vec<ir::Tag>, Vec<ir::Operation>) {
    let facts = planning.facts;
    let mut tags = TagList::default();
    // Tags are numbered in the order of the document's list, so that an operation that moves does not renumber them.
    for tag in &facts.tags {
        let id = tags.declare(&tag.name, text(tag.description.as_ref()));
        tags.tell(planning, id, &tag.name, tag.pointer.child("name"));
    }
    let groups = Groups::find(planning);
    let mut operations = Vec::new();
    for item in &facts.paths {
        for operation in &item.operations {
            operations.push(plan_operation(
                planning, &mut tags, &groups, item, operation,
            ));
        }
    }
    planning.operation = None;
    unsigned::tell(planning, &operations);
    tags.keep_used(&mut operations)
}

fn plan_operation<'f>(
    planning: &mut Planning<'f>,
    tags: &mut TagList,
    groups: &Groups<'f>,
    item: &'f PathItem,
    operation: &'f facts::Operation,
) -> ir::Operation {
    let method = operation.method;
    planning.operation = Some(format!("{method} {}", item.path));
    let id = text(operation.id.as_ref()).unwrap_or_else(|| {
        planning.report(
            Diagnostic::note(
                Code::NoOperationId,
                operation.pointer.clone(),
                "The operation has no operationId.",
            )
            .help("Its name is made from method and path; give it an operationId to choose one."),
        );
        format!("{} {}", method.key(), item.path)
    });
    let tag = match operation.tags.first() {
        Some(name) => {
            let id = tags.declare(name, None);
            tags.tell(planning, id, name, operation.pointer.child("tags"));
            id
        }
        None => tags.declare(groups.of(&item.path), None),
    };
    let (path, parameters) = parameters::plan(planning, item, operation, &id);
    let body = operation
        .request_body
        .as_ref()
        .and_then(|body| bodies::plan_body(planning, body, &id));
    let mut responses = bodies::plan_responses(planning, &operation.responses, &id);
    for response in &mut responses {
        // RFC 9110, 9.3.2 and 15: these never carry a body, whatever a document says of it.
        if method == Method::Head || matches!(response.status, Status::Code(204 | 205 | 304)) {
            response.content = None;
        }
    }
    planning.plan_open_schemas();
    ir::Operation {
        tag,
        method: method.as_str(),
        path,
        summary: text(operation.summary.as_ref()),
        description: text(operation.description.as_ref()),
        external_docs: operation
            .external_docs
            .as_ref()
            .map(|docs| docs.url.clone()),
        deprecated: operation.deprecated,
        parameters,
        body,
        responses,
        errors: ir::ErrorSetId::default(),
        security_alternatives: security::plan_alternatives(planning, operation),
        pointer: operation.pointer.clone(),
        id,
        ident: ir::RustIdent::default(),
        request: ir::RustIdent::default(),
        response: None,
        headers: None,
        credentials: ir::Credentials::default(),
        access: ir::Access {
            levels: access::levels(&operation.extensions, planning.target.levels_extension()),
            ..ir::Access::default()
        },
        paging: None,
        job: None,
        is_repeatable: false,
    }
}

/// The tags, by name and in order. Names that differ in capital letters alone are one.
#[derive(Default)]
struct TagList {
    tags: Vec<ir::Tag>,
    /// By their names in lower case.
    by_name: HashMap<String, TagId>,
    /// The other spellings that were told.
    told: HashSet<String>,
}

impl TagList {
    fn declare(&mut self, name: &str, description: Option<String>) -> TagId {
        let lower = name.to_lowercase();
        if let Some(id) = self.by_name.get(&lower) {
            return *id;
        }
        let id = TagId(self.tags.len());
        self.tags.push(ir::Tag {
            name: name.to_owned(),
            description,
            ..ir::Tag::default()
        });
        self.by_name.insert(lower, id);
        id
    }

    /// Tells, once, that a tag is spelled in another way than where it came first.
    fn tell(&mut self, planning: &mut Planning<'_>, id: TagId, name: &str, pointer: JsonPointer) {
        let first = self.tags.get(id.0).map_or(name, |tag| tag.name.as_str());
        if first != name && self.told.insert(name.to_owned()) {
            let message = format!(
                "The tags `{name}` and `{first}` differ in capital letters alone; they make one group, `{first}`."
            );
            planning.report(
                Diagnostic::note(Code::TagCase, pointer, message).help("Spell the tag in one way."),
            );
        }
    }

    /// Drops the tags without operations and renumbers the rest.
    fn keep_used(self, operations: &mut Vec<ir::Operation>) -> (Vec<ir::Tag>, Vec<ir::Operation>) {
        let used: HashSet<TagId> = operations.iter().map(|operation| operation.tag).collect();
        let mut new_ids = HashMap::new();
        let mut kept = Vec::new();
        for (index, tag) in self.tags.into_iter().enumerate() {
            let old = TagId(index);
            if used.contains(&old) {
                new_ids.insert(old, TagId(kept.len()));
                kept.push(tag);
            }
        }
        for operation in operations.iter_mut() {
            if let Some(id) = new_ids.get(&operation.tag) {
                operation.tag = *id;
            }
        }
        (kept, std::mem::take(operations))
    }
}
