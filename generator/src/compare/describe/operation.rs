//! What an operation says, with what its path says for all of its operations.

use super::Describer;
use super::head::{external_docs, parameter_names};
use super::values;
use crate::compare::What;
use crate::compare::item::{Body, Item, Part, Section};
use crate::facts::{Callback, Operation, Parameter, ParameterLocation, PathItem, Responses, Use};
use std::collections::HashSet;

impl<'d> Describer<'d> {
    /// What an operation says. What its path says counts as said by the operation.
    pub(in crate::compare) fn operation(
        &self,
        path: &'d PathItem,
        operation: &'d Operation,
    ) -> Item<'d> {
        let mut item = Item::new(&operation.pointer);
        item.value("operationId", operation.id.as_deref());
        item.set("tags", values(&operation.tags));
        item.text("summary", operation.summary.as_deref());
        item.text("description", operation.description.as_deref());
        item.text(
            "externalDocs",
            operation.external_docs.as_ref().map(external_docs),
        );
        item.flag("deprecated", operation.deprecated);
        item.extensions(&operation.extensions);
        item.part(Part::only(
            What::PathItem,
            "path",
            "path",
            &path.pointer,
            Body::Item(Box::new(path_texts(path))),
        ));
        self.parameters(&mut item, path, operation);
        if let Some(body) = &operation.request_body {
            let pointer = match body {
                Use::Inline(body) => &body.pointer,
                Use::Reference(reference) => &reference.pointer,
            };
            let body = Self::used(Section::RequestBodies, body, |one| self.request_body(one));
            item.part(Part::only(
                What::RequestBody,
                "requestBody",
                "request body",
                pointer,
                body,
            ));
        }
        self.responses(&mut item, &operation.responses);
        self.callbacks(&mut item, operation);
        let servers = [&operation.servers, &path.servers, &self.document.servers];
        let nearest = servers.into_iter().find(|servers| !servers.is_empty());
        self.servers(&mut item, nearest.unwrap_or(&self.document.servers));
        let security = operation.security.as_ref();
        for alternative in security
            .or(self.document.security.as_ref())
            .into_iter()
            .flatten()
        {
            item.part(self.security_alternative(alternative));
        }
        item
    }

    /// A path item of a webhook or a callback.
    pub(super) fn path_item(&self, path: &'d PathItem) -> Item<'d> {
        let mut item = path_texts(path);
        for operation in &path.operations {
            let name = operation.method.as_str();
            let body = Body::Item(Box::new(self.operation(path, operation)));
            let pointer = &operation.pointer;
            item.part(Part::named(
                What::Operation,
                "operations",
                name,
                pointer,
                body,
            ));
        }
        item
    }

    /// A callback.
    pub(super) fn callback(&self, callback: &'d Callback) -> Item<'d> {
        let mut item = Item::new(&callback.pointer);
        item.extensions(&callback.extensions);
        for (expression, path) in &callback.paths {
            let pointer = match path {
                Use::Inline(path) => &path.pointer,
                Use::Reference(reference) => &reference.pointer,
            };
            let body = Self::used(Section::PathItems, path, |one| self.path_item(one));
            item.part(Part::named(
                What::PathItem,
                "paths",
                expression,
                pointer,
                body,
            ));
        }
        item
    }

    fn callbacks(&self, item: &mut Item<'d>, operation: &'d Operation) {
        for (name, callback) in &operation.callbacks {
            let pointer = match callback {
                Use::Inline(callback) => &callback.pointer,
                Use::Reference(reference) => &reference.pointer,
            };
            let body = Self::used(Section::Callbacks, callback, |one| self.callback(one));
            item.part(Part::named(
                What::Callback,
                "callbacks",
                name,
                pointer,
                body,
            ));
        }
    }

    /// The parameters of an operation: its own, and those of its path that it does not replace.
    fn parameters(&self, item: &mut Item<'d>, path: &'d PathItem, operation: &'d Operation) {
        let mut seen = HashSet::new();
        for used in operation.parameters.iter().chain(&path.parameters) {
            let pointer = match used {
                Use::Inline(parameter) => &parameter.pointer,
                Use::Reference(reference) => &reference.pointer,
            };
            let body = Self::used(Section::Parameters, used, |one| self.parameter(one));
            let Some(parameter) = self.document.components.parameter(used) else {
                item.part(Part::named(
                    What::Parameter,
                    "parameters",
                    pointer.as_str(),
                    pointer,
                    body,
                ));
                continue;
            };
            if !seen.insert((parameter.location, parameter.name.as_str())) {
                continue;
            }
            let location = location(parameter.location);
            let name = &parameter.name;
            item.part(
                Part::named(What::Parameter, "parameters", name, pointer, body)
                    .labelled(format!("{location} parameter `{name}`"))
                    .keyed(vec![format!("{location} {}", key(parameter, &path.path))]),
            );
        }
    }

    fn responses(&self, item: &mut Item<'d>, responses: &'d Responses) {
        item.extensions(&responses.extensions);
        for (status, response) in &responses.by_status {
            let pointer = match response {
                Use::Inline(response) => &response.pointer,
                Use::Reference(reference) => &reference.pointer,
            };
            let body = Self::used(Section::Responses, response, |one| self.response(one));
            let status = status.to_string();
            item.part(
                Part::named(What::Response, "responses", &status, pointer, body)
                    .labelled(format!("response {status}")),
            );
        }
    }
}

/// What a path says beside parameters, servers and operations.
fn path_texts(path: &PathItem) -> Item<'_> {
    let mut item = Item::new(&path.pointer);
    item.text("summary", path.summary.as_deref());
    item.text("description", path.description.as_deref());
    item.extensions(&path.extensions);
    item
}

/// By what a parameter is known among those of its location. One of the path is known by its place, for its name never
/// travels; names of headers have no case.
fn key(parameter: &Parameter, path: &str) -> String {
    match parameter.location {
        ParameterLocation::Header => parameter.name.to_ascii_lowercase(),
        ParameterLocation::Path => parameter_names(path)
            .position(|name| name == parameter.name)
            .map_or_else(|| parameter.name.clone(), |place| format!("{{{place}}}")),
        _ => parameter.name.clone(),
    }
}

fn location(location: ParameterLocation) -> &'static str {
    match location {
        ParameterLocation::Path => "path",
        ParameterLocation::Query => "query",
        ParameterLocation::Header => "header",
        ParameterLocation::Cookie => "cookie",
    }
}
