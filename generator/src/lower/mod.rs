//! Takes the parsed document, gives [`facts::Document`]: nothing but reading. Nothing is decided here, and nothing is left out.
//!
//! What the parser has no room for stands in an extension at the top of the repaired tree (`repair::EXTENSION`), by the place of
//! the object that it was taken from, and is put back into its place here.

mod components;
mod head;
mod kept;
mod later;
mod names;
mod operations;
mod scalars;
mod schemas;
mod security;
mod wire;

use crate::facts;
use crate::pointer::JsonPointer;
use crate::repair::EXTENSION;
use kept::Kept;
use names::Names;
use openapiv3::{OpenAPI, ReferenceOr};

/// Reads a document, which is taken apart on the way.
pub fn lower(mut document: OpenAPI) -> facts::Document {
    let mut lowering = Lowering {
        kept: Kept::new(document.extensions.shift_remove(EXTENSION)),
        names: Names::default(),
        schemas: facts::Schemas::default(),
    };
    let root = JsonPointer::root();
    lowering.name_components(document.components.as_ref());
    let components = lowering.lower_components(document.components);
    let mut facts = facts::Document {
        openapi: lowering
            .kept
            .text(&root, "openapi")
            .unwrap_or(document.openapi),
        json_schema_dialect: lowering.kept.text(&root, "jsonSchemaDialect"),
        info: lowering.lower_info(document.info, root.child("info")),
        external_docs: head::external_docs(document.external_docs, &root),
        servers: head::servers(document.servers, &root),
        tags: head::tags(document.tags, &root),
        security: security::alternatives(document.security, &root),
        paths: lowering.lower_paths(document.paths.paths),
        paths_extensions: document.paths.extensions,
        components,
        extensions: document.extensions,
        ..facts::Document::default()
    };
    facts.webhooks = lowering.lower_path_items(&root, "webhooks");
    facts.schemas = lowering.schemas;
    facts.as_written = lowering.kept.rest();
    facts
}

/// What the parts of this phase share while a document is read.
struct Lowering {
    kept: Kept,
    names: Names,
    schemas: facts::Schemas,
}

impl Lowering {
    /// Reads a thing where it is used: in place, or as a reference to a component of a section.
    fn lower_use<T, F>(
        &mut self,
        item: ReferenceOr<T>,
        section: &'static str,
        pointer: JsonPointer,
        read: impl FnOnce(&mut Self, T, JsonPointer) -> F,
    ) -> facts::Use<F> {
        match item {
            ReferenceOr::Item(item) => facts::Use::Inline(read(self, item, pointer)),
            ReferenceOr::Reference { reference } => {
                facts::Use::Reference(self.lower_reference(reference, section, pointer))
            }
        }
    }

    fn lower_reference(
        &mut self,
        text: String,
        section: &'static str,
        pointer: JsonPointer,
    ) -> facts::Reference {
        facts::Reference {
            component: self.names.find(section, &text).map(str::to_owned),
            summary: self.kept.text(&pointer, "summary"),
            description: self.kept.text(&pointer, "description"),
            text,
            pointer,
        }
    }
}
