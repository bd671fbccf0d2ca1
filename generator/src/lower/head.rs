//! Reads what stands at the top of a document.

use super::Lowering;
use crate::facts::{Contact, ExternalDocs, Info, License, Server, ServerVariable, Tag};
use crate::pointer::JsonPointer;

impl Lowering {
    pub(super) fn lower_info(&mut self, info: openapiv3::Info, pointer: JsonPointer) -> Info {
        let contact = info.contact.map(|contact| Contact {
            name: contact.name,
            url: contact.url,
            email: contact.email,
            extensions: contact.extensions,
            pointer: pointer.child("contact"),
        });
        let license = info.license.map(|license| {
            let pointer = pointer.child("license");
            License {
                name: license.name,
                identifier: self.kept.text(&pointer, "identifier"),
                url: license.url,
                extensions: license.extensions,
                pointer,
            }
        });
        Info {
            title: info.title,
            summary: self.kept.text(&pointer, "summary"),
            description: info.description,
            terms_of_service: info.terms_of_service,
            contact,
            license,
            version: info.version,
            extensions: info.extensions,
            pointer,
        }
    }
}

/// Reads `externalDocs` of the object at `owner`.
pub(super) fn external_docs(
    docs: Option<openapiv3::ExternalDocumentation>,
    owner: &JsonPointer,
) -> Option<ExternalDocs> {
    docs.map(|docs| ExternalDocs {
        description: docs.description,
        url: docs.url,
        extensions: docs.extensions,
        pointer: owner.child("externalDocs"),
    })
}

/// Reads `servers` of the object at `owner`.
pub(super) fn servers(servers: Vec<openapiv3::Server>, owner: &JsonPointer) -> Vec<Server> {
    let base = owner.child("servers");
    let servers = servers.into_iter().enumerate();
    servers
        .map(|(index, server)| lower_server(server, base.index(index)))
        .collect()
}

pub(super) fn lower_server(server: openapiv3::Server, pointer: JsonPointer) -> Server {
    let base = pointer.child("variables");
    let variables = server.variables.into_iter().flatten();
    let variables = variables.map(|(name, variable)| {
        let variable = ServerVariable {
            values: variable.enumeration,
            default: variable.default,
            description: variable.description,
            extensions: variable.extensions,
            pointer: base.child(&name),
        };
        (name, variable)
    });
    Server {
        url: server.url,
        description: server.description,
        variables: variables.collect(),
        extensions: server.extensions,
        pointer,
    }
}

/// Reads `tags` of the document at `root`.
pub(super) fn tags(tags: Vec<openapiv3::Tag>, root: &JsonPointer) -> Vec<Tag> {
    let base = root.child("tags");
    let tags = tags.into_iter().enumerate().map(|(index, tag)| {
        let pointer = base.index(index);
        Tag {
            name: tag.name,
            description: tag.description,
            external_docs: external_docs(tag.external_docs, &pointer),
            extensions: tag.extensions,
            pointer,
        }
    });
    tags.collect()
}
