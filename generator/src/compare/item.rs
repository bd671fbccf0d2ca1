//! What a thing of a document says, in one shape for all kinds of thing: keywords with values, and parts.
//!
//! Exists so that comparing is written once. What a kind of thing says is told in `describe`; the comparison knows nothing of it.

use super::What;
use crate::facts::{Operation, PathItem, SchemaId};
use crate::pointer::JsonPointer;
use serde_json::Value;

/// A thing and all that it says itself.
#[derive(Debug)]
pub(super) struct Item<'d> {
    /// Where it stands.
    pub(super) pointer: &'d JsonPointer,
    pub(super) keywords: Vec<Keyword>,
    pub(super) parts: Vec<Part<'d>>,
}

/// A keyword and what stands at it.
#[derive(Debug)]
pub(super) struct Keyword {
    /// The keys that lead to it from the thing: one, unless it is a member of a value (`info`, `version`).
    pub(super) keys: Vec<String>,
    pub(super) content: Content,
    /// Whether it is for people: compared only on request.
    pub(super) is_text: bool,
}

/// The keys that lead to a keyword.
pub(super) struct Keys(Vec<String>);

impl From<&str> for Keys {
    fn from(key: &str) -> Self {
        Self(vec![key.to_owned()])
    }
}

impl<const N: usize> From<[&str; N]> for Keys {
    fn from(keys: [&str; N]) -> Self {
        Self(keys.map(str::to_owned).to_vec())
    }
}

impl Keyword {
    /// Its name, in which `.` leads to a member.
    pub(super) fn name(&self) -> String {
        self.keys.join(".")
    }

    /// Its place below that of the thing.
    pub(super) fn below(&self, thing: &JsonPointer) -> JsonPointer {
        self.keys
            .iter()
            .fold(thing.clone(), |pointer, key| pointer.child(key))
    }
}

/// The value of a keyword.
#[derive(Debug, PartialEq)]
pub(super) enum Content {
    /// One value.
    One(Value),
    /// A list of which the order means nothing.
    Set(Vec<Value>),
}

/// A thing within a thing.
#[derive(Debug)]
pub(super) struct Part<'d> {
    pub(super) what: What,
    /// Parts are paired within their group alone.
    pub(super) group: &'static str,
    /// What it is called in a sentence, such as "response 200".
    pub(super) label: String,
    /// Its name alone.
    pub(super) name: String,
    /// What it is paired by: first those whose first key is the same, then the second, and so on.
    pub(super) keys: Vec<String>,
    /// Whether it is paired with whatever is left over, in their order, when no key is the same.
    pub(super) fits_any: bool,
    /// Where it is used.
    pub(super) pointer: &'d JsonPointer,
    /// Its value in a few words, for when it is added or removed.
    pub(super) summary: Option<String>,
    pub(super) body: Body<'d>,
}

/// What a part is.
#[derive(Debug)]
pub(super) enum Body<'d> {
    /// It stands here and nowhere else.
    Item(Box<Item<'d>>),
    /// It is a component, which may be used elsewhere as well.
    Component(Section, &'d str),
    /// It is an operation of a path.
    Operation(&'d PathItem, &'d Operation),
    /// It is a schema.
    Schema(SchemaId),
    /// A reference that leads nowhere.
    Lost(&'d str),
}

/// The sections of `components`, but for schemas.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) enum Section {
    Responses,
    Parameters,
    RequestBodies,
    Headers,
    SecuritySchemes,
    Links,
    Callbacks,
    PathItems,
}

impl Section {
    pub(super) const ALL: [Self; 8] = [
        Self::Responses,
        Self::Parameters,
        Self::RequestBodies,
        Self::Headers,
        Self::SecuritySchemes,
        Self::Links,
        Self::Callbacks,
        Self::PathItems,
    ];

    /// Its key.
    pub(super) fn key(self) -> &'static str {
        match self {
            Self::Responses => "responses",
            Self::Parameters => "parameters",
            Self::RequestBodies => "requestBodies",
            Self::Headers => "headers",
            Self::SecuritySchemes => "securitySchemes",
            Self::Links => "links",
            Self::Callbacks => "callbacks",
            Self::PathItems => "pathItems",
        }
    }

    /// What one of its members is.
    pub(super) fn what(self) -> What {
        match self {
            Self::Responses => What::Response,
            Self::Parameters => What::Parameter,
            Self::RequestBodies => What::RequestBody,
            Self::Headers => What::Header,
            Self::SecuritySchemes => What::SecurityScheme,
            Self::Links => What::Link,
            Self::Callbacks => What::Callback,
            Self::PathItems => What::PathItem,
        }
    }
}

impl<'d> Item<'d> {
    pub(super) fn new(pointer: &'d JsonPointer) -> Self {
        Self {
            pointer,
            keywords: Vec::new(),
            parts: Vec::new(),
        }
    }

    fn add(&mut self, keys: impl Into<Keys>, content: Content, is_text: bool) {
        self.keywords.push(Keyword {
            keys: keys.into().0,
            content,
            is_text,
        });
    }

    /// A keyword with one value, where there is one.
    pub(super) fn value(&mut self, keys: impl Into<Keys>, value: Option<impl Into<Value>>) {
        if let Some(value) = value {
            self.add(keys, Content::One(value.into()), false);
        }
    }

    /// A keyword that says nothing when it is false.
    pub(super) fn flag(&mut self, keys: impl Into<Keys>, flag: bool) {
        self.value(keys, flag.then_some(true));
    }

    /// A list of which the order means nothing; an empty one says nothing.
    pub(super) fn set(&mut self, keys: impl Into<Keys>, values: impl IntoIterator<Item = Value>) {
        let values: Vec<Value> = values.into_iter().collect();
        if !values.is_empty() {
            self.add(keys, Content::Set(values), false);
        }
    }

    /// A keyword for people, where there is one.
    pub(super) fn text(&mut self, keys: impl Into<Keys>, value: Option<impl Into<Value>>) {
        if let Some(value) = value {
            self.add(keys, Content::One(value.into()), true);
        }
    }

    pub(super) fn extensions(&mut self, extensions: &crate::facts::Extensions) {
        for (name, value) in extensions {
            self.value(name.as_str(), Some(value.clone()));
        }
    }

    pub(super) fn part(&mut self, part: Part<'d>) {
        self.parts.push(part);
    }
}

impl<'d> Part<'d> {
    /// A part that is paired by its name.
    pub(super) fn named(
        what: What,
        group: &'static str,
        name: &str,
        pointer: &'d JsonPointer,
        body: Body<'d>,
    ) -> Self {
        Self {
            what,
            group,
            label: format!("{what} `{name}`"),
            name: name.to_owned(),
            keys: vec![name.to_owned()],
            fits_any: false,
            pointer,
            summary: None,
            body,
        }
    }

    /// The only part of its group.
    pub(super) fn only(
        what: What,
        group: &'static str,
        label: &str,
        pointer: &'d JsonPointer,
        body: Body<'d>,
    ) -> Self {
        Self {
            label: label.to_owned(),
            name: group.to_owned(),
            ..Self::named(what, group, "", pointer, body)
        }
    }

    pub(super) fn labelled(mut self, label: String) -> Self {
        self.label = label;
        self
    }

    pub(super) fn keyed(mut self, keys: Vec<String>) -> Self {
        self.keys = keys;
        self
    }

    pub(super) fn fits_any(mut self, fits_any: bool) -> Self {
        self.fits_any = fits_any;
        self
    }

    pub(super) fn summed_up(mut self, summary: String) -> Self {
        self.summary = Some(summary);
        self
    }
}
