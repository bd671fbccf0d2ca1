//! What parameters, bodies, responses, headers and links say.

use super::{Describer, object};
use crate::compare::What;
use crate::compare::item::{Body, Item, Part, Section};
use crate::facts::{
    Content, Encoding, Example, Header, Link, MediaType, Parameter, ParameterStyle, RequestBody,
    Response, Use, ValueForm,
};
use crate::pointer::JsonPointer;
use indexmap::IndexMap;
use serde_json::Value;

impl<'d> Describer<'d> {
    pub(super) fn parameter(&self, parameter: &'d Parameter) -> Item<'d> {
        let mut item = Item::new(&parameter.pointer);
        if parameter.style == ParameterStyle::Matrix {
            // The one style in which the name of a path parameter travels.
            item.value("name", Some(parameter.name.as_str()));
        }
        item.value("style", Some(style(parameter.style)));
        // The default is that of the style.
        let explodes = parameter.style == ParameterStyle::Form;
        item.value(
            "explode",
            parameter.explode.filter(|explode| *explode != explodes),
        );
        item.flag("required", parameter.required);
        item.flag("deprecated", parameter.deprecated == Some(true));
        item.flag("allowEmptyValue", parameter.allow_empty_value == Some(true));
        item.flag("allowReserved", parameter.allow_reserved);
        item.text("description", parameter.description.as_deref());
        self.examples(&mut item, parameter.example.as_deref(), &parameter.examples);
        item.extensions(&parameter.extensions);
        self.form(&mut item, &parameter.form);
        item
    }

    pub(super) fn header(&self, header: &'d Header) -> Item<'d> {
        let mut item = Item::new(&header.pointer);
        item.flag("required", header.required);
        item.flag("deprecated", header.deprecated == Some(true));
        item.flag("explode", header.explode == Some(true));
        item.text("description", header.description.as_deref());
        self.examples(&mut item, header.example.as_deref(), &header.examples);
        item.extensions(&header.extensions);
        self.form(&mut item, &header.form);
        item
    }

    pub(super) fn request_body(&self, body: &'d RequestBody) -> Item<'d> {
        let mut item = Item::new(&body.pointer);
        item.flag("required", body.required);
        item.text("description", body.description.as_deref());
        item.extensions(&body.extensions);
        self.content(&mut item, &body.content);
        item
    }

    pub(super) fn response(&self, response: &'d Response) -> Item<'d> {
        let mut item = Item::new(&response.pointer);
        item.text("description", Some(response.description.as_str()));
        item.extensions(&response.extensions);
        self.headers(&mut item, &response.headers);
        self.content(&mut item, &response.content);
        for (name, link) in &response.links {
            let pointer = place(link, |one| &one.pointer);
            let body = Self::used(Section::Links, link, |one| self.link(one));
            item.part(Part::named(What::Link, "links", name, pointer, body));
        }
        item
    }

    pub(super) fn link(&self, link: &'d Link) -> Item<'d> {
        let mut item = Item::new(&link.pointer);
        item.value("operationRef", link.operation_ref.as_deref());
        item.value("operationId", link.operation_id.as_deref());
        for (name, value) in &link.parameters {
            item.value(["parameters", name.as_str()], Some(value.clone()));
        }
        item.value("requestBody", link.request_body.clone());
        item.text("description", link.description.as_deref());
        item.extensions(&link.extensions);
        if let Some(server) = &link.server {
            let body = Body::Item(Box::new(self.server(server)));
            item.part(Part::only(
                What::Server,
                "server",
                "server",
                &server.pointer,
                body,
            ));
        }
        item
    }

    fn headers(&self, item: &mut Item<'d>, headers: &'d IndexMap<String, Use<Header>>) {
        for (name, header) in headers {
            let pointer = place(header, |one| &one.pointer);
            let body = Self::used(Section::Headers, header, |one| self.header(one));
            item.part(
                Part::named(What::Header, "headers", name, pointer, body)
                    .keyed(vec![name.to_ascii_lowercase()]),
            );
        }
    }

    fn form(&self, item: &mut Item<'d>, form: &'d ValueForm) {
        match form {
            ValueForm::Schema(schema) => {
                item.part(self.schema_part(What::Schema, "schema", "schema", schema));
            }
            ValueForm::Content(content) => self.content(item, content),
        }
    }

    fn content(&self, item: &mut Item<'d>, content: &'d Content) {
        for (name, media_type) in content {
            let body = Body::Item(Box::new(self.media_type(media_type)));
            item.part(
                Part::named(What::MediaType, "content", name, &media_type.pointer, body)
                    .keyed(vec![name.to_ascii_lowercase()]),
            );
        }
    }

    fn media_type(&self, media_type: &'d MediaType) -> Item<'d> {
        let mut item = Item::new(&media_type.pointer);
        self.examples(
            &mut item,
            media_type.example.as_deref(),
            &media_type.examples,
        );
        item.extensions(&media_type.extensions);
        if let Some(schema) = &media_type.schema {
            item.part(self.schema_part(What::Schema, "schema", "schema", schema));
        }
        for (name, encoding) in &media_type.encoding {
            let body = Body::Item(Box::new(self.encoding(encoding)));
            let pointer = &encoding.pointer;
            item.part(Part::named(What::Encoding, "encoding", name, pointer, body));
        }
        item
    }

    fn encoding(&self, encoding: &'d Encoding) -> Item<'d> {
        let mut item = Item::new(&encoding.pointer);
        item.value("contentType", encoding.content_type.as_deref());
        item.value("style", encoding.style.map(style));
        item.flag("explode", encoding.explode);
        item.flag("allowReserved", encoding.allow_reserved);
        item.extensions(&encoding.extensions);
        self.headers(&mut item, &encoding.headers);
        item
    }

    /// Examples are for people.
    fn examples(
        &self,
        item: &mut Item<'d>,
        example: Option<&Value>,
        examples: &IndexMap<String, Use<Example>>,
    ) {
        item.text("example", example.cloned());
        for (name, used) in examples {
            let Some(one) = self.document.components.example(used) else {
                continue;
            };
            let value = object([
                ("summary", one.summary.as_deref().map(Value::from)),
                ("description", one.description.as_deref().map(Value::from)),
                ("value", one.value.as_deref().cloned()),
                (
                    "externalValue",
                    one.external_value.as_deref().map(Value::from),
                ),
            ]);
            item.text(["examples", name.as_str()], Some(value));
        }
    }
}

/// Where a thing is used.
fn place<'d, T>(
    used: &'d Use<T>,
    pointer: impl FnOnce(&'d T) -> &'d JsonPointer,
) -> &'d JsonPointer {
    match used {
        Use::Inline(item) => pointer(item),
        Use::Reference(reference) => &reference.pointer,
    }
}

fn style(style: ParameterStyle) -> &'static str {
    match style {
        ParameterStyle::Matrix => "matrix",
        ParameterStyle::Label => "label",
        ParameterStyle::Simple => "simple",
        ParameterStyle::Form => "form",
        ParameterStyle::SpaceDelimited => "spaceDelimited",
        ParameterStyle::PipeDelimited => "pipeDelimited",
        ParameterStyle::DeepObject => "deepObject",
    }
}
