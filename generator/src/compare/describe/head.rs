//! What a document says of itself: version, servers, tags, operations and webhooks.

use super::{Describer, object, values};
use crate::compare::item::{Body, Item, Part, Section};
use crate::compare::{What, operation_key};
use crate::facts::{ExternalDocs, Server, ServerVariable};
use crate::pointer::JsonPointer;
use serde_json::Value;

/// Where a document stands.
static ROOT: JsonPointer = JsonPointer::root();

impl<'d> Describer<'d> {
    /// What the document says, but for components, which are compared where they are used.
    pub(in crate::compare) fn whole(&self) -> Item<'d> {
        let document = self.document;
        let mut item = Item::new(&ROOT);
        item.value("openapi", Some(document.openapi.as_str()));
        self.info(&mut item);
        item.text(
            "externalDocs",
            document.external_docs.as_ref().map(external_docs),
        );
        item.extensions(&document.extensions);
        item.extensions(&document.paths_extensions);
        item.extensions(&document.components.extensions);
        self.servers(&mut item, &document.servers);
        for alternative in document.security.iter().flatten() {
            item.part(self.security_alternative(alternative));
        }
        for tag in &document.tags {
            let mut body = Item::new(&tag.pointer);
            body.text("description", tag.description.as_deref());
            body.text(
                "externalDocs",
                tag.external_docs.as_ref().map(external_docs),
            );
            body.extensions(&tag.extensions);
            let body = Body::Item(Box::new(body));
            item.part(Part::named(
                What::Tag,
                "tags",
                &tag.name,
                &tag.pointer,
                body,
            ));
        }
        for (name, webhook) in &document.webhooks {
            let body = Self::used(Section::PathItems, webhook, |one| self.path_item(one));
            let pointer = match webhook {
                crate::facts::Use::Inline(one) => &one.pointer,
                crate::facts::Use::Reference(reference) => &reference.pointer,
            };
            item.part(Part::named(What::Webhook, "webhooks", name, pointer, body));
        }
        for path in &document.paths {
            for operation in &path.operations {
                let name = format!("{} {}", operation.method, path.path);
                let nameless = operation_key(path, operation);
                let body = Body::Operation(path, operation);
                item.part(
                    Part::named(
                        What::Operation,
                        "operations",
                        &name,
                        &operation.pointer,
                        body,
                    )
                    .labelled(format!("operation {name}"))
                    .keyed(vec![name, nameless]),
                );
            }
        }
        item
    }

    fn info(&self, item: &mut Item<'d>) {
        let info = &self.document.info;
        item.text(["info", "title"], Some(info.title.as_str()));
        item.text(["info", "summary"], info.summary.as_deref());
        item.text(["info", "description"], info.description.as_deref());
        item.value(["info", "version"], Some(info.version.as_str()));
        item.value(["info", "termsOfService"], info.terms_of_service.as_deref());
        if let Some(contact) = &info.contact {
            item.value(["info", "contact", "name"], contact.name.as_deref());
            item.value(["info", "contact", "url"], contact.url.as_deref());
            item.value(["info", "contact", "email"], contact.email.as_deref());
            item.extensions(&contact.extensions);
        }
        if let Some(license) = &info.license {
            item.value(["info", "license", "name"], Some(license.name.as_str()));
            item.value(
                ["info", "license", "identifier"],
                license.identifier.as_deref(),
            );
            item.value(["info", "license", "url"], license.url.as_deref());
            item.extensions(&license.extensions);
        }
        item.extensions(&info.extensions);
    }

    pub(super) fn servers(&self, item: &mut Item<'d>, servers: &'d [Server]) {
        for server in servers {
            let body = Body::Item(Box::new(self.server(server)));
            item.part(
                Part::named(What::Server, "servers", &server.url, &server.pointer, body)
                    .fits_any(true),
            );
        }
    }

    pub(super) fn server(&self, server: &'d Server) -> Item<'d> {
        let mut item = Item::new(&server.pointer);
        item.value("url", Some(server.url.as_str()));
        item.text("description", server.description.as_deref());
        item.extensions(&server.extensions);
        for (name, variable) in &server.variables {
            let body = Body::Item(Box::new(server_variable(variable)));
            let pointer = &variable.pointer;
            item.part(Part::named(
                What::ServerVariable,
                "variables",
                name,
                pointer,
                body,
            ));
        }
        item
    }
}

fn server_variable(variable: &ServerVariable) -> Item<'_> {
    let mut item = Item::new(&variable.pointer);
    item.value("default", Some(variable.default.as_str()));
    item.set("enum", values(&variable.values));
    item.text("description", variable.description.as_deref());
    item.extensions(&variable.extensions);
    item
}

/// External documentation as one text.
pub(super) fn external_docs(docs: &ExternalDocs) -> Value {
    object([
        ("url", Some(docs.url.as_str().into())),
        ("description", docs.description.as_deref().map(Value::from)),
    ])
}

/// A path without the names of its parameters, which never travel.
pub(in crate::compare) fn nameless(path: &str) -> String {
    let mut out = String::with_capacity(path.len());
    let mut rest = path;
    while let Some((before, after)) = rest.split_once('{') {
        out.push_str(before);
        out.push('{');
        match after.split_once('}') {
            Some((_, after)) => {
                out.push('}');
                rest = after;
            }
            None => rest = after,
        }
    }
    out.push_str(rest);
    out
}

/// The names of a path's parameters, in their order.
pub(super) fn parameter_names(path: &str) -> impl Iterator<Item = &str> {
    path.split('{')
        .skip(1)
        .filter_map(|piece| piece.split_once('}'))
        .map(|(name, _)| name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_taken_apart() {
        assert_eq!(nameless("/a/{id}/b-{x}.{y}"), "/a/{}/b-{}.{}");
        assert_eq!(nameless("/a/{id"), "/a/{id");
        assert_eq!(nameless("/plain"), "/plain");
        let names: Vec<_> = parameter_names("/a/{id}/b-{x}.{y}").collect();
        assert_eq!(names, ["id", "x", "y"]);
    }
}
