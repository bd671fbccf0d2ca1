//! Reads the components, referred to or not.

use super::{Lowering, kept};
use crate::facts::{Callback, Components, Link, PathItem, Use};
use crate::pointer::JsonPointer;
use indexmap::IndexMap;
use openapiv3::ReferenceOr;
use serde_json::Value;

/// The place of a section.
fn section(name: &str) -> JsonPointer {
    JsonPointer::from_tokens(["components", name])
}

/// The sections that the parser has no room for.
const KEPT: [&str; 3] = ["links", "callbacks", "pathItems"];

impl Lowering {
    /// Takes down the names of all components, so that references can be followed before what they lead to has been read.
    pub(super) fn name_components(&mut self, components: Option<&openapiv3::Components>) {
        let pointer = JsonPointer::root().child("components");
        for section in KEPT {
            if let Some(members) = self.kept.members(&pointer, section) {
                self.names.add_values(section, &members);
                self.kept
                    .put_back(&pointer, section, Value::Object(members));
            }
        }
        let Some(components) = components else {
            return;
        };
        self.names.add("schemas", &components.schemas);
        self.names.add("responses", &components.responses);
        self.names.add("parameters", &components.parameters);
        self.names.add("examples", &components.examples);
        self.names.add("requestBodies", &components.request_bodies);
        self.names.add("headers", &components.headers);
        self.names
            .add("securitySchemes", &components.security_schemes);
        for (name, schema) in &components.schemas {
            if matches!(schema, ReferenceOr::Item(_)) {
                let id = self.reserve_schema();
                self.names.add_schema(name, id);
            }
        }
    }

    pub(super) fn lower_components(
        &mut self,
        components: Option<openapiv3::Components>,
    ) -> Components {
        let Some(components) = components else {
            return Components::default();
        };
        let pointer = JsonPointer::root().child("components");
        Components {
            schemas: self.lower_component_schemas(components.schemas),
            responses: self.lower_section("responses", components.responses, Self::lower_response),
            parameters: self.lower_section(
                "parameters",
                components.parameters,
                Self::lower_parameter,
            ),
            examples: self.lower_section("examples", components.examples, Self::lower_example),
            request_bodies: self.lower_section(
                "requestBodies",
                components.request_bodies,
                Self::lower_request_body,
            ),
            headers: self.lower_section("headers", components.headers, Self::lower_header),
            security_schemes: self.lower_section(
                "securitySchemes",
                components.security_schemes,
                Self::lower_security_scheme,
            ),
            links: self.lower_links(&pointer),
            callbacks: self.lower_callbacks(&pointer),
            path_items: self.lower_path_items(&pointer, "pathItems"),
            extensions: components.extensions,
        }
    }

    fn lower_section<T, F>(
        &mut self,
        name: &'static str,
        items: IndexMap<String, ReferenceOr<T>>,
        read: fn(&mut Self, T, JsonPointer) -> F,
    ) -> IndexMap<String, Use<F>> {
        self.lower_map(items, name, &section(name), read)
    }

    /// Reads things by name, of which each may be a reference.
    pub(super) fn lower_map<T, F>(
        &mut self,
        items: IndexMap<String, ReferenceOr<T>>,
        section: &'static str,
        base: &JsonPointer,
        read: fn(&mut Self, T, JsonPointer) -> F,
    ) -> IndexMap<String, Use<F>> {
        let items = items.into_iter().map(|(name, item)| {
            let pointer = base.child(&name);
            let item = self.lower_use(item, section, pointer, read);
            (name, item)
        });
        items.collect()
    }

    /// Reads a map that the repairs kept, of which each member may be a reference. What `read` gives back stays as it was written.
    fn lower_kept_map<F>(
        &mut self,
        owner: &JsonPointer,
        keyword: &'static str,
        read: impl Fn(&mut Self, &str, Value, JsonPointer) -> Result<F, Value>,
    ) -> IndexMap<String, Use<F>> {
        let base = owner.child(keyword);
        let mut items = IndexMap::new();
        for (name, value) in self.kept.members(owner, keyword).unwrap_or_default() {
            let pointer = base.child(&name);
            let reference = value.get("$ref").and_then(Value::as_str);
            if let Some(reference) = reference.map(str::to_owned) {
                let reference = self.lower_reference(reference, keyword, pointer);
                items.insert(name, Use::Reference(reference));
                continue;
            }
            match read(self, &name, value, pointer) {
                Ok(item) => drop(items.insert(name, Use::Inline(item))),
                Err(value) => self.kept.put_back(&base, &name, value),
            }
        }
        items
    }

    /// Reads `webhooks`, `pathItems`, or what else is path items by name.
    pub(super) fn lower_path_items(
        &mut self,
        owner: &JsonPointer,
        keyword: &'static str,
    ) -> IndexMap<String, Use<PathItem>> {
        self.lower_kept_map(owner, keyword, |lowering, name, value, pointer| {
            let item = kept::parse(value)?;
            Ok(lowering.lower_path_item(name.to_owned(), item, pointer))
        })
    }

    /// Reads `callbacks` of the object at `owner`.
    pub(super) fn lower_callbacks(
        &mut self,
        owner: &JsonPointer,
    ) -> IndexMap<String, Use<Callback>> {
        self.lower_kept_map(owner, "callbacks", |lowering, _, value, pointer| {
            let Value::Object(members) = value else {
                return Err(value);
            };
            let mut callback = Callback {
                pointer: pointer.clone(),
                ..Callback::default()
            };
            for (expression, value) in members {
                if expression.starts_with("x-") {
                    callback.extensions.insert(expression, value);
                    continue;
                }
                let place = pointer.child(&expression);
                match kept::parse(value) {
                    Ok(item) => {
                        let item = lowering.lower_path_item(expression.clone(), item, place);
                        callback.paths.insert(expression, Use::Inline(item));
                    }
                    Err(value) => lowering.kept.put_back(&pointer, &expression, value),
                }
            }
            Ok(callback)
        })
    }

    /// Reads `links` of the object at `owner`.
    pub(super) fn lower_links(&mut self, owner: &JsonPointer) -> IndexMap<String, Use<Link>> {
        self.lower_kept_map(owner, "links", |_, _, value, pointer| {
            let Value::Object(members) = value else {
                return Err(value);
            };
            Ok(lower_link(members, pointer))
        })
    }
}

fn lower_link(members: serde_json::Map<String, Value>, pointer: JsonPointer) -> Link {
    let mut link = Link {
        pointer,
        ..Link::default()
    };
    for (key, value) in members {
        match (key.as_str(), value) {
            ("operationRef", Value::String(text)) => link.operation_ref = Some(text),
            ("operationId", Value::String(text)) => link.operation_id = Some(text),
            ("description", Value::String(text)) => link.description = Some(text),
            ("requestBody", value) => link.request_body = Some(value),
            ("parameters", Value::Object(parameters)) => {
                link.parameters = parameters.into_iter().collect();
            }
            ("server", value) => {
                let pointer = link.pointer.child("server");
                let server = kept::parse(value).ok();
                link.server = server.map(|server| super::head::lower_server(server, pointer));
            }
            (key, value) if key.starts_with("x-") => {
                link.extensions.insert(key.to_owned(), value);
            }
            _ => {}
        }
    }
    link
}
