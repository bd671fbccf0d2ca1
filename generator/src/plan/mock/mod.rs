//! What a server has to know that plays the API: takes the facts, gives the requests and answers of each operation and the schemas,
//! as JSON without a word for people. It is kept as text: nobody looks into it again, and as trees it would take ten times the memory.
//!
//! It is made from the facts, since the limits that a request has to keep are no part of the types that are emitted. The emitted crate
//! has it as `src/mock/api.json`, and `sdk_runtime::mock` reads it; its grammar is told there.

mod schemas;

use super::Plan;
use super::model::{ApiKeyLocation, Operation, SecurityKind};
use super::wire::content::is_json;
use crate::facts::{
    self, Components, Content, Document, Example, MediaType, Parameter, ParameterLocation,
    ParameterStyle, RequestBody, Response, Use, ValueForm,
};
use crate::pointer::JsonPointer;
use indexmap::IndexMap;
use schemas::Schemas;
use serde_json::{Map, Value, json};
use std::collections::HashMap;

/// What is told of each operation, and what operations share.
#[derive(Debug, Default)]
pub struct Described {
    /// The members of each operation's object that the facts tell, with commas between them.
    operations: HashMap<JsonPointer, Box<str>>,
    /// Components of the document that operations name, by section and name: each is JSON on one line.
    sections: [(&'static str, IndexMap<String, Box<str>>); 4],
}

/// Tells what a server has to know of a document.
pub(super) fn describe(facts: &Document) -> Described {
    let describing = Describing {
        components: &facts.components,
        schemas: Schemas::new(&facts.schemas),
    };
    let mut operations = HashMap::new();
    for item in &facts.paths {
        for operation in &item.operations {
            let described = members(describing.operation(item, operation));
            operations.insert(operation.pointer.clone(), described.into());
        }
    }
    let components = &facts.components;
    let schemas = describing.schemas.components();
    let schemas = schemas.map(|(name, schema)| (name, line(&schema)));
    let sections = [
        (
            "parameters",
            section(&components.parameters, |parameter| {
                describing.parameter(parameter)
            }),
        ),
        (
            "bodies",
            section(&components.request_bodies, |body| describing.body(body)),
        ),
        (
            "answers",
            section(&components.responses, |response| {
                describing.answer(response)
            }),
        ),
        ("schemas", schemas.collect()),
    ];
    Described {
        operations,
        sections,
    }
}

/// The components of a section that are no references themselves.
fn section<T>(
    components: &IndexMap<String, Use<T>>,
    describe: impl Fn(&T) -> Value,
) -> IndexMap<String, Box<str>> {
    let inline = components
        .iter()
        .filter_map(|(name, item)| Some((name.clone(), line(&describe(item.as_inline()?)))));
    inline.collect()
}

/// A value as JSON on one line.
fn line(value: &Value) -> Box<str> {
    value.to_string().into()
}

/// The members of an object as JSON on one line, without the braces.
fn members(object: Map<String, Value>) -> String {
    let mut text = Value::Object(object).to_string();
    text.pop();
    text.remove(0);
    text
}

struct Describing<'f> {
    components: &'f Components,
    schemas: Schemas<'f>,
}

impl Describing<'_> {
    fn operation(
        &self,
        item: &facts::PathItem,
        operation: &facts::Operation,
    ) -> Map<String, Value> {
        let mut described = Map::new();
        let own = self.parameters(&operation.parameters);
        // What the operation says of a parameter stands in the place of what its path says.
        let mut parameters: IndexMap<_, Value> = self.parameters(&item.parameters).collect();
        parameters.extend(own);
        if !parameters.is_empty() {
            let parameters: Vec<Value> = parameters.into_values().collect();
            described.insert("parameters".to_owned(), parameters.into());
        }
        if let Some(body) = &operation.request_body {
            described.insert("body".to_owned(), used(body, |body| self.body(body)));
        }
        let answers = operation.responses.by_status.iter();
        let answers = answers.map(|(status, response)| {
            (
                status.to_string(),
                used(response, |response| self.answer(response)),
            )
        });
        described.insert("answers".to_owned(), Value::Object(answers.collect()));
        described
    }

    /// Parameters by what tells them apart.
    fn parameters(
        &self,
        parameters: &[Use<Parameter>],
    ) -> impl Iterator<Item = ((ParameterLocation, String), Value)> {
        parameters.iter().filter_map(|item| {
            let parameter = self.components.parameter(item)?;
            let key = (parameter.location, parameter.name.clone());
            Some((key, used(item, |parameter| self.parameter(parameter))))
        })
    }

    fn parameter(&self, parameter: &Parameter) -> Value {
        let mut described = Map::new();
        described.insert("name".to_owned(), parameter.name.clone().into());
        described.insert("in".to_owned(), location_name(parameter.location).into());
        if parameter.required {
            described.insert("required".to_owned(), true.into());
        }
        let default = default_style(parameter.location);
        if parameter.style != default {
            described.insert("style".to_owned(), style_name(parameter.style).into());
        }
        if let Some(explode) = parameter.explode
            && explode != (parameter.style == ParameterStyle::Form)
        {
            described.insert("explode".to_owned(), explode.into());
        }
        if parameter.allow_empty_value == Some(true) {
            described.insert("empty".to_owned(), true.into());
        }
        self.form(&parameter.form, &mut described);
        Value::Object(described)
    }

    /// The schema of a parameter or a header, and whether its value is JSON.
    fn form(&self, form: &ValueForm, described: &mut Map<String, Value>) {
        let schema = match form {
            ValueForm::Schema(schema) => Some(schema),
            ValueForm::Content(content) => match content.first() {
                Some((media_type, media)) if is_json(&media_type.to_ascii_lowercase()) => {
                    described.insert("json".to_owned(), true.into());
                    media.schema.as_ref()
                }
                // A text of another media type is not looked at.
                _ => None,
            },
        };
        if let Some(schema) = schema {
            described.insert("schema".to_owned(), self.schemas.of(schema));
        }
    }

    fn body(&self, body: &RequestBody) -> Value {
        let mut described = Map::new();
        if body.required {
            described.insert("required".to_owned(), true.into());
        }
        described.insert("content".to_owned(), self.content(&body.content, false));
        Value::Object(described)
    }

    fn answer(&self, response: &Response) -> Value {
        let mut described = Map::new();
        let headers = response.headers.iter().filter_map(|(name, header)| {
            let header = self.components.header(header)?;
            let mut described = Map::new();
            self.form(&header.form, &mut described);
            if let Some(example) = self.example(header.example.as_ref(), &header.examples) {
                described.insert("example".to_owned(), example);
            }
            Some((name.clone(), Value::Object(described)))
        });
        let headers: Map<String, Value> = headers.collect();
        if !headers.is_empty() {
            described.insert("headers".to_owned(), headers.into());
        }
        if !response.content.is_empty() {
            described.insert("content".to_owned(), self.content(&response.content, true));
        }
        Value::Object(described)
    }

    fn content(&self, content: &Content, with_examples: bool) -> Value {
        let content = content.iter().map(|(media_type, media)| {
            let described = self.media_type(media, with_examples);
            (media_type.clone(), described)
        });
        Value::Object(content.collect())
    }

    fn media_type(&self, media: &MediaType, with_example: bool) -> Value {
        let mut described = Map::new();
        // A form whose members have styles of their own is not taken apart.
        let is_styled = media.encoding.values().any(|member| member.style.is_some());
        if let Some(schema) = media.schema.as_ref().filter(|_| !is_styled) {
            described.insert("schema".to_owned(), self.schemas.of(schema));
        }
        let example = self.example(media.example.as_ref(), &media.examples);
        if let Some(example) = example.filter(|_| with_example) {
            described.insert("example".to_owned(), example);
        }
        Value::Object(described)
    }

    /// The first value that is shown.
    fn example(
        &self,
        example: Option<&facts::SharedValue>,
        examples: &IndexMap<String, Use<Example>>,
    ) -> Option<Value> {
        let named = examples.values();
        let named = named.filter_map(|item| self.components.example(item)?.value.as_ref());
        let mut shown = example.into_iter().chain(named);
        shown.next().map(|value| Value::clone(value))
    }
}

/// A thing where it is used: what is told of it, or the name of the component that it is.
fn used<T>(item: &Use<T>, describe: impl Fn(&T) -> Value) -> Value {
    match item {
        Use::Inline(item) => describe(item),
        Use::Reference(reference) => match &reference.component {
            Some(name) => json!({ "ref": name }),
            None => json!({}),
        },
    }
}

impl Described {
    /// What operations share, by section and name: each is JSON on one line.
    pub fn sections(
        &self,
    ) -> impl Iterator<Item = (&'static str, impl Iterator<Item = (&str, &str)>)> {
        let sections = self.sections.iter();
        sections.map(|(section, items)| {
            let items = items.iter();
            (*section, items.map(|(name, item)| (name.as_str(), &**item)))
        })
    }
}

impl Plan {
    /// What a server has to know of an operation, as JSON on one line.
    pub fn described(&self, operation: &Operation) -> String {
        let mut described = Map::new();
        let group = self.tag(operation.tag).module.as_str();
        let text = |text: &str| Value::String(text.to_owned());
        described.insert("group".to_owned(), text(group));
        described.insert("name".to_owned(), text(operation.ident.as_str()));
        described.insert("id".to_owned(), text(&operation.id));
        described.insert("method".to_owned(), text(operation.method));
        described.insert("path".to_owned(), text(&operation.path));
        let alternatives = operation.security_alternatives.iter();
        let alternatives: Vec<Value> = alternatives
            .map(|alternative| {
                let schemes = alternative.requirements.iter();
                schemes.map(|scheme| text(&scheme.scheme)).collect()
            })
            .collect();
        if !alternatives.is_empty() {
            described.insert("security".to_owned(), alternatives.into());
        }
        let mut jobs = self.jobs.iter();
        let job = jobs.find(|job| self.api[job.status].id == operation.id);
        if let Some((job, done)) = job.and_then(|job| Some((job, job.settings.done.first()?))) {
            let told = json!({ "state": job.settings.state, "done": done });
            described.insert("job".to_owned(), told);
        }
        let named = members(described);
        match self.mock.operations.get(&operation.pointer) {
            Some(told) => format!("{{{named},{told}}}"),
            None => format!("{{{named}}}"),
        }
    }

    /// How each security scheme is seen in a request.
    pub fn described_schemes(&self) -> impl Iterator<Item = (&String, Value)> {
        let schemes = self.api.security_schemes.iter();
        schemes.map(|(name, scheme)| {
            let seen = match &scheme.kind {
                SecurityKind::ClientCredentials { .. } => json!({"kind": "granted"}),
                SecurityKind::Bearer => json!({"kind": "http", "name": "Bearer"}),
                SecurityKind::Basic => json!({"kind": "http", "name": "Basic"}),
                SecurityKind::Http { scheme } => json!({"kind": "http", "name": scheme}),
                SecurityKind::ApiKey { location, name } => {
                    json!({"kind": key_place(*location), "name": name})
                }
                SecurityKind::MutualTls => json!({"kind": "none"}),
            };
            (name, seen)
        })
    }
}

fn location_name(location: ParameterLocation) -> &'static str {
    match location {
        ParameterLocation::Path => "path",
        ParameterLocation::Query => "query",
        ParameterLocation::Header => "header",
        ParameterLocation::Cookie => "cookie",
    }
}

fn default_style(location: ParameterLocation) -> ParameterStyle {
    match location {
        ParameterLocation::Path | ParameterLocation::Header => ParameterStyle::Simple,
        ParameterLocation::Query | ParameterLocation::Cookie => ParameterStyle::Form,
    }
}

fn style_name(style: ParameterStyle) -> &'static str {
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

fn key_place(location: ApiKeyLocation) -> &'static str {
    match location {
        ApiKeyLocation::Header => "header",
        ApiKeyLocation::Query => "query",
        ApiKeyLocation::Cookie => "cookie",
    }
}
