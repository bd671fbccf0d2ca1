//! Reads paths and their operations.

use super::{Lowering, head, security};
use crate::facts::{Method, Operation, Parameter, PathItem, Responses, StatusCode, Use};
use crate::pointer::JsonPointer;
use indexmap::IndexMap;
use openapiv3::ReferenceOr;

impl Lowering {
    pub(super) fn lower_paths(
        &mut self,
        paths: IndexMap<String, ReferenceOr<openapiv3::PathItem>>,
    ) -> Vec<PathItem> {
        let base = JsonPointer::root().child("paths");
        let mut items = Vec::with_capacity(paths.len());
        for (path, item) in paths {
            let pointer = base.child(&path);
            match item {
                ReferenceOr::Item(item) => items.push(self.lower_path_item(path, item, pointer)),
                ReferenceOr::Reference { reference } => {
                    // References of paths are replaced when the document is loaded; one that is left leads nowhere.
                    self.kept.put_back(&pointer, "$ref", reference.into());
                }
            }
        }
        items
    }

    pub(super) fn lower_path_item(
        &mut self,
        path: String,
        item: openapiv3::PathItem,
        pointer: JsonPointer,
    ) -> PathItem {
        let methods = [
            (Method::Get, item.get),
            (Method::Put, item.put),
            (Method::Post, item.post),
            (Method::Delete, item.delete),
            (Method::Options, item.options),
            (Method::Head, item.head),
            (Method::Patch, item.patch),
            (Method::Trace, item.trace),
        ];
        let operations = methods.into_iter().filter_map(|(method, operation)| {
            let pointer = pointer.child(method.key());
            Some(self.lower_operation(method, operation?, pointer))
        });
        let operations = operations.collect();
        PathItem {
            path,
            summary: item.summary,
            description: item.description,
            servers: head::servers(item.servers, &pointer),
            parameters: self.lower_parameters(item.parameters, &pointer),
            operations,
            extensions: item.extensions,
            pointer,
        }
    }

    fn lower_operation(
        &mut self,
        method: Method,
        operation: openapiv3::Operation,
        pointer: JsonPointer,
    ) -> Operation {
        let body = operation.request_body.map(|body| {
            let pointer = pointer.child("requestBody");
            self.lower_use(body, "requestBodies", pointer, Self::lower_request_body)
        });
        Operation {
            method,
            id: operation.operation_id,
            tags: operation.tags,
            summary: operation.summary,
            description: operation.description,
            external_docs: head::external_docs(operation.external_docs, &pointer),
            deprecated: operation.deprecated,
            parameters: self.lower_parameters(operation.parameters, &pointer),
            request_body: body,
            responses: self.lower_responses(operation.responses, &pointer.child("responses")),
            callbacks: self.lower_callbacks(&pointer),
            security: security::alternatives(operation.security, &pointer),
            servers: head::servers(operation.servers, &pointer),
            extensions: operation.extensions,
            pointer,
        }
    }

    fn lower_parameters(
        &mut self,
        parameters: Vec<ReferenceOr<openapiv3::Parameter>>,
        owner: &JsonPointer,
    ) -> Vec<Use<Parameter>> {
        let base = owner.child("parameters");
        let parameters = parameters.into_iter().enumerate();
        parameters
            .map(|(index, parameter)| {
                let pointer = base.index(index);
                self.lower_use(parameter, "parameters", pointer, Self::lower_parameter)
            })
            .collect()
    }

    fn lower_responses(
        &mut self,
        responses: openapiv3::Responses,
        base: &JsonPointer,
    ) -> Responses {
        let coded = responses.responses.into_iter().map(|(code, response)| {
            let status = match code {
                openapiv3::StatusCode::Code(code) => StatusCode::Code(code),
                openapiv3::StatusCode::Range(hundreds) => StatusCode::Range(hundreds),
            };
            (status, response)
        });
        let default = responses.default.into_iter();
        let all = coded.chain(default.map(|response| (StatusCode::Default, response)));
        let by_status = all.map(|(status, response)| {
            let pointer = base.child(&status.to_string());
            let response = self.lower_use(response, "responses", pointer, Self::lower_response);
            (status, response)
        });
        Responses {
            by_status: by_status.collect(),
            extensions: responses.extensions,
        }
    }
}
