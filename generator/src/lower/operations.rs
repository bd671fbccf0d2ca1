//! Operations and tags.

use super::{Lowering, content, parameters, security};
use crate::diagnostics::{Code, Diagnostic};
use crate::ir::{self, Status, TagId};
use crate::pointer::JsonPointer;
use openapiv3::{PathItem, ReferenceOr};
use std::collections::HashMap;

/// The tag of operations that have none.
const UNTAGGED: &str = "default";

/// Lowers every operation, and gives the tags that have any, in the document's order.
pub(super) fn lower(lowering: &mut Lowering<'_>) -> (Vec<ir::Tag>, Vec<ir::Operation>) {
    let document = lowering.document;
    let mut tags = TagList::default();
    // Tags are numbered in the order of the document's list, so that an operation that moves does not renumber them.
    for tag in &document.tags {
        tags.declare(&tag.name, super::text(tag.description.as_ref()));
    }
    let mut operations = Vec::new();
    for (path, item) in &document.paths.paths {
        let pointer = JsonPointer::root().child("paths").child(path);
        let ReferenceOr::Item(item) = item else {
            lowering.report(Diagnostic::warning(
                Code::RefNotFollowed,
                pointer,
                format!("The path item of `{path}` is a reference that could not be followed."),
            ));
            continue;
        };
        for (method, operation) in item.iter() {
            let site = Site {
                method: upper(method),
                path,
                item,
                pointer: pointer.child(method),
            };
            operations.push(lower_operation(
                lowering, &mut tags, &site, operation, &pointer,
            ));
        }
    }
    lowering.operation = None;
    tags.keep_used(&mut operations)
}

/// Where an operation stands.
struct Site<'d> {
    method: &'static str,
    path: &'d str,
    item: &'d PathItem,
    pointer: JsonPointer,
}

fn lower_operation<'d>(
    lowering: &mut Lowering<'d>,
    tags: &mut TagList,
    site: &Site<'d>,
    operation: &'d openapiv3::Operation,
    item_pointer: &JsonPointer,
) -> ir::Operation {
    lowering.operation = Some(format!("{} {}", site.method, site.path));
    let id = super::text(operation.operation_id.as_ref()).unwrap_or_else(|| {
        lowering.report(
            Diagnostic::note(
                Code::NoOperationId,
                site.pointer.clone(),
                "The operation has no operationId.",
            )
            .help(
                "Its name is made from its method and path; add an operationId to choose the name.",
            ),
        );
        format!("{} {}", site.method.to_ascii_lowercase(), site.path)
    });
    let tag = tags.declare(
        operation.tags.first().map_or(UNTAGGED, String::as_str),
        None,
    );
    let (path, parameters) = parameters::lower(
        lowering,
        site.path,
        &id,
        &[
            (&site.item.parameters, item_pointer.child("parameters")),
            (&operation.parameters, site.pointer.child("parameters")),
        ],
    );
    let body = operation.request_body.as_ref().and_then(|body| {
        content::lower_body(lowering, body, &site.pointer.child("requestBody"), &id)
    });
    let mut responses = content::lower_responses(
        lowering,
        &operation.responses,
        &site.pointer.child("responses"),
        &id,
    );
    for response in &mut responses {
        // RFC 9110, 9.3.2 and 15: these never carry a body, whatever a document says of it.
        if site.method == "HEAD" || matches!(response.status, Status::Code(204 | 205 | 304)) {
            response.content = None;
        }
    }
    lowering.lower_open_schemas();
    ir::Operation {
        tag,
        method: site.method,
        path,
        summary: super::text(operation.summary.as_ref()),
        description: super::text(operation.description.as_ref()),
        external_docs: operation
            .external_docs
            .as_ref()
            .map(|docs| docs.url.clone()),
        deprecated: operation.deprecated,
        parameters,
        body,
        responses,
        errors: ir::ErrorSetId::default(),
        security: security::lower_requirements(lowering, operation),
        security_alternatives: security::lower_alternatives(lowering, operation, &site.pointer),
        pointer: site.pointer.clone(),
        id,
        ident: ir::RustIdent::default(),
        request: ir::RustIdent::default(),
        response: None,
        credentials: ir::Credentials::default(),
    }
}

fn upper(method: &str) -> &'static str {
    match method {
        "get" => "GET",
        "put" => "PUT",
        "post" => "POST",
        "delete" => "DELETE",
        "options" => "OPTIONS",
        "head" => "HEAD",
        "patch" => "PATCH",
        _ => "TRACE",
    }
}

/// The tags, by name and in order.
#[derive(Default)]
struct TagList {
    tags: Vec<ir::Tag>,
    by_name: HashMap<String, TagId>,
}

impl TagList {
    fn declare(&mut self, name: &str, description: Option<String>) -> TagId {
        if let Some(id) = self.by_name.get(name) {
            return *id;
        }
        let id = TagId(self.tags.len());
        self.tags.push(ir::Tag {
            name: name.to_owned(),
            description,
            ..ir::Tag::default()
        });
        self.by_name.insert(name.to_owned(), id);
        id
    }

    /// Drops the tags without operations and renumbers the rest.
    fn keep_used(self, operations: &mut Vec<ir::Operation>) -> (Vec<ir::Tag>, Vec<ir::Operation>) {
        let mut new_ids = HashMap::new();
        let mut kept = Vec::new();
        for (index, tag) in self.tags.into_iter().enumerate() {
            let old = TagId(index);
            if operations.iter().any(|operation| operation.tag == old) {
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
