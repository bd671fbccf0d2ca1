//! Reads parameters, bodies, responses, headers and examples.

use super::Lowering;
use crate::facts::{
    Content, Encoding, Example, Header, MediaType, Parameter, ParameterLocation, ParameterStyle,
    RequestBody, Response, ValueForm,
};
use crate::pointer::JsonPointer;
use openapiv3::{ParameterSchemaOrContent, PathStyle, QueryStyle};
use std::sync::Arc;

impl Lowering {
    pub(super) fn lower_parameter(
        &mut self,
        parameter: openapiv3::Parameter,
        pointer: JsonPointer,
    ) -> Parameter {
        let mut said_in_query = (false, None);
        let (data, location, style) = match parameter {
            openapiv3::Parameter::Query {
                parameter_data,
                allow_reserved,
                style,
                allow_empty_value,
            } => {
                said_in_query = (allow_reserved, allow_empty_value);
                (parameter_data, ParameterLocation::Query, query_style(style))
            }
            openapiv3::Parameter::Header { parameter_data, .. } => (
                parameter_data,
                ParameterLocation::Header,
                ParameterStyle::Simple,
            ),
            openapiv3::Parameter::Path {
                parameter_data,
                style,
            } => {
                let style = match style {
                    PathStyle::Matrix => ParameterStyle::Matrix,
                    PathStyle::Label => ParameterStyle::Label,
                    PathStyle::Simple => ParameterStyle::Simple,
                };
                (parameter_data, ParameterLocation::Path, style)
            }
            openapiv3::Parameter::Cookie { parameter_data, .. } => (
                parameter_data,
                ParameterLocation::Cookie,
                ParameterStyle::Form,
            ),
        };
        let (allow_reserved, allow_empty_value) = said_in_query;
        Parameter {
            name: data.name,
            location,
            description: data.description,
            required: data.required,
            deprecated: data.deprecated,
            allow_empty_value: allow_empty_value
                .or_else(|| self.kept.flag(&pointer, "allowEmptyValue")),
            style,
            explode: data.explode,
            allow_reserved: allow_reserved
                || self.kept.flag(&pointer, "allowReserved").unwrap_or(false),
            form: self.lower_form(data.format, &pointer),
            example: data.example.map(Arc::new),
            examples: self.lower_map(
                data.examples,
                "examples",
                &pointer.child("examples"),
                Self::lower_example,
            ),
            extensions: data.extensions,
            pointer,
        }
    }

    fn lower_form(&mut self, form: ParameterSchemaOrContent, owner: &JsonPointer) -> ValueForm {
        match form {
            ParameterSchemaOrContent::Schema(schema) => {
                ValueForm::Schema(self.lower_schema_use(schema, owner.child("schema")))
            }
            ParameterSchemaOrContent::Content(content) => {
                ValueForm::Content(self.lower_content(content, owner))
            }
        }
    }

    fn lower_content(&mut self, content: openapiv3::Content, owner: &JsonPointer) -> Content {
        let base = owner.child("content");
        let content = content.into_iter().map(|(name, media)| {
            let media = self.lower_media_type(media, base.child(&name));
            (name, media)
        });
        content.collect()
    }

    fn lower_media_type(&mut self, media: openapiv3::MediaType, pointer: JsonPointer) -> MediaType {
        let schema = media
            .schema
            .map(|schema| self.lower_schema_use(schema, pointer.child("schema")));
        let base = pointer.child("encoding");
        let encoding = media.encoding.into_iter().map(|(name, encoding)| {
            let encoding = self.lower_encoding(encoding, base.child(&name));
            (name, encoding)
        });
        MediaType {
            schema,
            example: media.example.map(Arc::new),
            encoding: encoding.collect(),
            examples: self.lower_map(
                media.examples,
                "examples",
                &pointer.child("examples"),
                Self::lower_example,
            ),
            extensions: media.extensions,
            pointer,
        }
    }

    fn lower_encoding(&mut self, encoding: openapiv3::Encoding, pointer: JsonPointer) -> Encoding {
        Encoding {
            content_type: encoding.content_type,
            headers: self.lower_map(
                encoding.headers,
                "headers",
                &pointer.child("headers"),
                Self::lower_header,
            ),
            style: encoding.style.map(query_style),
            explode: encoding.explode,
            allow_reserved: encoding.allow_reserved,
            extensions: encoding.extensions,
            pointer,
        }
    }

    pub(super) fn lower_request_body(
        &mut self,
        body: openapiv3::RequestBody,
        pointer: JsonPointer,
    ) -> RequestBody {
        RequestBody {
            description: body.description,
            content: self.lower_content(body.content, &pointer),
            required: body.required,
            extensions: body.extensions,
            pointer,
        }
    }

    pub(super) fn lower_response(
        &mut self,
        response: openapiv3::Response,
        pointer: JsonPointer,
    ) -> Response {
        Response {
            description: response.description,
            headers: self.lower_map(
                response.headers,
                "headers",
                &pointer.child("headers"),
                Self::lower_header,
            ),
            content: self.lower_content(response.content, &pointer),
            links: self.lower_links(&pointer),
            extensions: response.extensions,
            pointer,
        }
    }

    pub(super) fn lower_header(
        &mut self,
        header: openapiv3::Header,
        pointer: JsonPointer,
    ) -> Header {
        Header {
            description: header.description,
            required: header.required,
            deprecated: header.deprecated,
            explode: self.kept.flag(&pointer, "explode"),
            form: self.lower_form(header.format, &pointer),
            example: header.example.map(Arc::new),
            examples: self.lower_map(
                header.examples,
                "examples",
                &pointer.child("examples"),
                Self::lower_example,
            ),
            extensions: header.extensions,
            pointer,
        }
    }

    pub(super) fn lower_example(
        &mut self,
        example: openapiv3::Example,
        pointer: JsonPointer,
    ) -> Example {
        Example {
            summary: example.summary,
            description: example.description,
            value: example.value.map(Arc::new),
            external_value: example.external_value,
            extensions: example.extensions,
            pointer,
        }
    }
}

/// A style that queries and forms share.
fn query_style(style: QueryStyle) -> ParameterStyle {
    match style {
        QueryStyle::Form => ParameterStyle::Form,
        QueryStyle::SpaceDelimited => ParameterStyle::SpaceDelimited,
        QueryStyle::PipeDelimited => ParameterStyle::PipeDelimited,
        QueryStyle::DeepObject => ParameterStyle::DeepObject,
    }
}
