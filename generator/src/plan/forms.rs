//! Which schemas are one type in a multipart form and another elsewhere.
//!
//! Binary text is bytes as they are in a form, and text anywhere else. A component that holds such text and is used in both ways
//! needs two types; which of the two uses the document names first is of no account. One that is used in one way alone, or that
//! holds nothing binary, is one type.

use super::shape::{allows_everything, is_plain};
use super::wire::content::{self, Kind, Way};
use crate::facts::{
    AdditionalProperties, Components, Content, Document, MediaType, Operation, PathItem, Schema,
    SchemaId, SchemaType, SchemaUse, Use, ValueForm,
};
use std::collections::{HashMap, HashSet};

/// By what the type of a schema is remembered while a document is planned.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) struct Key {
    schema: SchemaId,
    form: bool,
}

impl Key {
    /// Whether this is the type that the schema has in forms alone.
    pub(super) fn is_form_variant(self) -> bool {
        self.form
    }
}

/// The schemas that are one type in a form and another elsewhere.
#[derive(Debug, Default)]
pub(super) struct FormVariants {
    schemas: HashSet<SchemaId>,
    /// The parts of forms that are files although no type says so.
    files: HashSet<SchemaId>,
}

impl FormVariants {
    /// Finds them.
    pub(super) fn find(facts: &Document) -> Self {
        let mut uses = Uses::default();
        for item in &facts.paths {
            for operation in &item.operations {
                uses.add_operation(facts, item, operation);
            }
        }
        if uses.in_forms.is_empty() {
            return Self::default();
        }
        let in_forms = reach(facts, &uses.in_forms);
        let binary = holding_binary(facts, &in_forms, &uses.files);
        if binary.is_empty() {
            return Self::default();
        }
        let elsewhere = reach(facts, &uses.elsewhere);
        Self {
            schemas: binary.intersection(&elsewhere).copied().collect(),
            files: uses.files,
        }
    }

    /// Whether a part of a form is a file although no type says so.
    pub(super) fn is_file(&self, schema: &Schema) -> bool {
        self.files.contains(&schema.id)
    }

    /// By what the type of a schema is remembered that is used in a form, or elsewhere.
    pub(super) fn key(&self, schema: SchemaId, in_form: bool) -> Key {
        Key {
            schema,
            form: in_form && self.schemas.contains(&schema),
        }
    }
}

/// The schemas that operations name themselves.
#[derive(Default)]
struct Uses {
    in_forms: Vec<SchemaId>,
    elsewhere: Vec<SchemaId>,
    files: HashSet<SchemaId>,
}

impl Uses {
    fn add_operation(&mut self, facts: &Document, item: &PathItem, operation: &Operation) {
        let components = &facts.components;
        let parameters = item.parameters.iter().chain(&operation.parameters);
        for parameter in parameters.filter_map(|used| components.parameter(used)) {
            self.add_form(&parameter.form);
        }
        let body = operation.request_body.as_ref();
        if let Some(body) = body.and_then(|body| components.request_body(body)) {
            self.add_content(facts, &body.content, Way::Sent);
        }
        for (_, response) in &operation.responses.by_status {
            self.add_response(facts, components, response);
        }
    }

    fn add_response(
        &mut self,
        facts: &Document,
        components: &Components,
        response: &Use<crate::facts::Response>,
    ) {
        let Some(response) = components.response(response) else {
            return;
        };
        self.add_content(facts, &response.content, Way::Received);
        for header in response.headers.values() {
            if let Some(header) = components.header(header) {
                self.add_form(&header.form);
            }
        }
    }

    fn add_form(&mut self, form: &ValueForm) {
        match form {
            ValueForm::Schema(schema) => self.elsewhere.extend(schema.schema),
            ValueForm::Content(content) => {
                let schemas = content.values().filter_map(|media| media.schema.as_ref());
                self.elsewhere
                    .extend(schemas.filter_map(|used| used.schema));
            }
        }
    }

    fn add_content(&mut self, facts: &Document, content: &Content, way: Way) {
        let Some((_, media, kind)) = content::choose(facts, content, way) else {
            return;
        };
        let schema = media.schema.as_ref().and_then(|used| used.schema);
        match kind {
            Kind::Multipart => {
                self.in_forms.extend(schema);
                self.add_files(facts, media);
            }
            Kind::Json | Kind::Form => self.elsewhere.extend(schema),
            Kind::Text | Kind::Bytes => {}
        }
    }
}

impl Uses {
    /// Adds the parts of a form that have no type. Such a part is `application/octet-stream` in OpenAPI 3.1 (4.8.15) unless `encoding`
    /// says otherwise; in 3.0, it is a file where `encoding` says that it is neither JSON nor text.
    fn add_files(&mut self, facts: &Document, media: &MediaType) {
        let is_30 = facts.openapi.starts_with("3.0");
        let schema = media.schema.as_ref().and_then(|used| used.schema);
        let mut open: Vec<SchemaId> = schema.into_iter().collect();
        let mut seen = HashSet::new();
        while let Some(schema) = open.pop().and_then(|id| facts.schemas.get(id)) {
            if !seen.insert(schema.id) {
                continue;
            }
            open.extend(schema.all_of.iter().filter_map(|member| member.schema));
            for (name, used) in &schema.properties {
                let encoding = media.encoding.get(name);
                let said = encoding.and_then(|encoding| encoding.content_type.as_deref());
                let is_file = match said {
                    Some(said) => said.split(',').all(is_raw),
                    None => !is_30,
                };
                let inline = |used: &SchemaUse| facts.schemas.get(used.inline()?);
                let part = inline(used);
                let item = part.and_then(|part| inline(part.items.as_ref()?));
                let parts = part.into_iter().chain(item);
                let untyped = parts.filter(|part| is_file && allows_everything(part));
                self.files.extend(untyped.map(|part| part.id));
            }
        }
    }
}

/// The schemas that a type is made of which is made of this one.
fn parts(schema: &Schema) -> impl Iterator<Item = SchemaId> {
    let additional = match &schema.additional_properties {
        Some(AdditionalProperties::Schema(used)) => Some(used),
        _ => None,
    };
    let members = schema
        .all_of
        .iter()
        .chain(&schema.one_of)
        .chain(&schema.any_of);
    let properties = schema.properties.values();
    properties
        .chain(&schema.items)
        .chain(additional)
        .chain(members)
        .filter_map(|used| used.schema)
}

/// Every schema that these reach.
fn reach(facts: &Document, from: &[SchemaId]) -> HashSet<SchemaId> {
    let mut reached = HashSet::new();
    let mut open = from.to_vec();
    while let Some(id) = open.pop() {
        if reached.insert(id) {
            open.extend(facts.schemas.get(id).into_iter().flat_map(parts));
        }
    }
    reached
}

/// Those of the schemas that are binary text, or reach it.
fn holding_binary(
    facts: &Document,
    among: &HashSet<SchemaId>,
    files: &HashSet<SchemaId>,
) -> HashSet<SchemaId> {
    let mut holders: HashMap<SchemaId, Vec<SchemaId>> = HashMap::new();
    let mut open = Vec::new();
    for schema in among.iter().filter_map(|id| facts.schemas.get(*id)) {
        let is_text = is_plain(schema) && schema.ty == Some(SchemaType::String);
        let is_binary = is_text && schema.format.as_deref() == Some("binary");
        if is_binary || files.contains(&schema.id) {
            open.push(schema.id);
        }
        for part in parts(schema) {
            holders.entry(part).or_default().push(schema.id);
        }
    }
    let mut found = HashSet::new();
    while let Some(id) = open.pop() {
        if found.insert(id) {
            open.extend(holders.get(&id).into_iter().flatten());
        }
    }
    found
}

/// Whether the content of a media type is neither JSON nor text.
fn is_raw(media_type: &str) -> bool {
    let essence = media_type.split(';').next().unwrap_or_default().trim();
    let essence = essence.to_ascii_lowercase();
    !essence.starts_with("text/") && !essence.ends_with("json") && !essence.ends_with("xml")
}
