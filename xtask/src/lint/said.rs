//! Takes the facts, gives every text of the document, with what it is about, and every place that should have one and has none.

use sdk_generator::facts::{
    Content, Document, Operation, Parameter, PathItem, RequestBody, Response, Schema, SchemaId,
    SchemaUse, Use,
};
use sdk_generator::pointer::JsonPointer;
use std::collections::HashMap;

/// A text, or the place where one is missing.
pub(super) struct Said<'f> {
    /// What it is about.
    pub(super) what: String,
    /// The name of that, which the text may not only repeat.
    pub(super) name: String,
    pub(super) text: Option<&'f str>,
    /// Whether there has to be one.
    pub(super) is_needed: bool,
    pub(super) pointer: JsonPointer,
}

/// Gathers them all.
pub(super) fn gather(facts: &Document) -> Vec<Said<'_>> {
    let mut gatherer = Gatherer { all: Vec::new() };
    gatherer.head(facts);
    for item in &facts.paths {
        gatherer.path(item);
    }
    let components = &facts.components;
    for (name, used) in &components.parameters {
        gatherer.parameter(used, Some(name));
    }
    for (name, used) in &components.request_bodies {
        gatherer.body(used, &format!("`{name}`"), name);
    }
    for (name, used) in &components.responses {
        gatherer.response(used, &format!("`{name}`"), name);
    }
    for used in components.headers.values() {
        gatherer.header(used);
    }
    for (name, used) in &components.examples {
        gatherer.example(used, name);
    }
    gatherer.schemas(facts);
    gatherer.all
}

struct Gatherer<'f> {
    all: Vec<Said<'f>>,
}

impl<'f> Gatherer<'f> {
    fn add(
        &mut self,
        pointer: &JsonPointer,
        keyword: &str,
        (what, name): (impl Into<String>, &str),
        text: Option<&'f String>,
        is_needed: bool,
    ) {
        let text = text.map(|text| text.trim()).filter(|text| !text.is_empty());
        self.all.push(Said {
            what: what.into(),
            name: name.to_owned(),
            text,
            is_needed,
            pointer: match text {
                Some(_) => pointer.child(keyword),
                None => pointer.clone(),
            },
        });
    }

    fn head(&mut self, facts: &'f Document) {
        let info = &facts.info;
        let what = ("the description of the API", info.title.as_str());
        self.add(
            &info.pointer,
            "description",
            what,
            info.description.as_ref(),
            true,
        );
        for server in &facts.servers {
            let what = (
                format!("the description of the server `{}`", server.url),
                "",
            );
            self.add(
                &server.pointer,
                "description",
                what,
                server.description.as_ref(),
                false,
            );
            for (name, variable) in &server.variables {
                let what = (
                    format!("the description of the variable `{name}`"),
                    name.as_str(),
                );
                self.add(
                    &variable.pointer,
                    "description",
                    what,
                    variable.description.as_ref(),
                    false,
                );
            }
        }
        for tag in &facts.tags {
            let what = (
                format!("the description of the tag `{}`", tag.name),
                tag.name.as_str(),
            );
            self.add(
                &tag.pointer,
                "description",
                what,
                tag.description.as_ref(),
                true,
            );
        }
        let operations = facts.paths.iter().flat_map(|item| &item.operations);
        for (operation, name) in
            operations.flat_map(|one| one.tags.iter().map(move |tag| (one, tag)))
        {
            if !facts.tags.iter().any(|tag| tag.name == *name) {
                let pointer = operation.pointer.child("tags");
                let what = (
                    format!(
                        "the description of the tag `{name}`, which `tags` of the document does not have"
                    ),
                    "",
                );
                self.add(&pointer, "", what, None, true);
            }
        }
    }

    fn path(&mut self, item: &'f PathItem) {
        let what = (format!("the description of the path `{}`", item.path), "");
        self.add(
            &item.pointer,
            "description",
            what,
            item.description.as_ref(),
            false,
        );
        for used in &item.parameters {
            self.parameter(used, None);
        }
        for operation in &item.operations {
            let id = operation
                .id
                .clone()
                .unwrap_or_else(|| format!("{} {}", operation.method, item.path));
            self.operation(operation, &id);
        }
    }

    fn operation(&mut self, operation: &'f Operation, id: &str) {
        // A summary may well say no more than the operation's name, in words.
        let what = (format!("the summary of `{id}`"), "");
        self.add(
            &operation.pointer,
            "summary",
            what,
            operation.summary.as_ref(),
            true,
        );
        let what = (format!("the description of `{id}`"), id);
        self.add(
            &operation.pointer,
            "description",
            what,
            operation.description.as_ref(),
            true,
        );
        for used in &operation.parameters {
            self.parameter(used, None);
        }
        if let Some(used) = &operation.request_body {
            self.body(used, &format!("of `{id}`"), "");
        }
        for (status, used) in &operation.responses.by_status {
            // It has no name of its own, and what comes back is what the operation is called after.
            self.response(used, &format!("{status} of `{id}`"), "");
        }
    }

    fn parameter(&mut self, used: &'f Use<Parameter>, component: Option<&str>) {
        let Some(parameter) = used.as_inline() else {
            return;
        };
        let what = format!("the description of the parameter `{}`", parameter.name);
        let name = format!("{} {}", parameter.name, component.unwrap_or_default());
        self.add(
            &parameter.pointer,
            "description",
            (what, &name),
            parameter.description.as_ref(),
            true,
        );
        for (name, used) in &parameter.examples {
            self.example(used, name);
        }
    }

    fn body(&mut self, used: &'f Use<RequestBody>, of: &str, name: &str) {
        let Some(body) = used.as_inline() else { return };
        let what = (format!("the description of the request body {of}"), name);
        self.add(
            &body.pointer,
            "description",
            what,
            body.description.as_ref(),
            true,
        );
        self.content(&body.content);
    }

    fn response(&mut self, used: &'f Use<Response>, of: &str, name: &str) {
        let Some(response) = used.as_inline() else {
            return;
        };
        let what = (format!("the description of the response {of}"), name);
        self.add(
            &response.pointer,
            "description",
            what,
            Some(&response.description),
            true,
        );
        self.content(&response.content);
        for used in response.headers.values() {
            self.header(used);
        }
    }

    fn header(&mut self, used: &'f Use<sdk_generator::facts::Header>) {
        let Some(header) = used.as_inline() else {
            return;
        };
        let what = ("the description of a header", "");
        self.add(
            &header.pointer,
            "description",
            what,
            header.description.as_ref(),
            false,
        );
    }

    fn content(&mut self, content: &'f Content) {
        for media in content.values() {
            for (name, used) in &media.examples {
                self.example(used, name);
            }
        }
    }

    fn example(&mut self, used: &'f Use<sdk_generator::facts::Example>, name: &str) {
        let Some(example) = used.as_inline() else {
            return;
        };
        for (keyword, text) in [
            ("summary", &example.summary),
            ("description", &example.description),
        ] {
            let what = (format!("the {keyword} of the example `{name}`"), "");
            self.add(&example.pointer, keyword, what, text.as_ref(), false);
        }
    }

    fn schemas(&mut self, facts: &'f Document) {
        let mut roles: HashMap<SchemaId, (String, String)> = HashMap::new();
        for (id, schema) in facts.schemas.iter() {
            if let Some(name) = &schema.component {
                let what = format!("the description of the schema `{name}`");
                roles.insert(id, (what, name.clone()));
            }
            for (name, used) in &schema.properties {
                let what = format!("the description of the property `{name}`");
                match used.inline() {
                    Some(id) => drop(roles.insert(id, (what, name.clone()))),
                    None => self.add(
                        &used.pointer,
                        "",
                        (format!("{what}, beside its `$ref`,"), name),
                        None,
                        true,
                    ),
                }
            }
            if let Some(item) = schema.items.as_ref().and_then(SchemaUse::inline)
                && facts.schemas.get(item).is_some_and(is_object)
            {
                let what = "the description of the items of a list".to_owned();
                roles.insert(item, (what, String::new()));
            }
        }
        for (id, schema) in facts.schemas.iter() {
            let (what, name) = match roles.get(&id) {
                Some((what, name)) => (what.as_str(), name.as_str()),
                None => ("the description of a schema", ""),
            };
            let is_needed = roles.contains_key(&id);
            self.add(
                &schema.pointer,
                "description",
                (what, name),
                schema.description.as_ref(),
                is_needed,
            );
        }
    }
}

fn is_object(schema: &Schema) -> bool {
    !schema.properties.is_empty()
}
