//! Takes the facts of a document, gives the types and operations that are made of them, without names yet.
//!
//! Nothing is dropped silently. What cannot be expressed becomes something weaker that still works (a field any JSON
//! value, a body bytes), with a warning; an operation is never left out.

use super::forms::{FormVariants, Key};
use super::model::{Api, Type, TypeId, Types};
use super::shape::{Families, OpenSchema, Together};
use super::titles::Titles;
use super::{dedupe, errors, layout, paging, reason, secrets, usage, wire};
use crate::diagnostics::{Code, Diagnostic, Diagnostics};
use crate::facts;
use crate::pointer::JsonPointer;
use crate::target::Target;
use std::collections::{HashMap, HashSet, VecDeque};

/// Makes the types and operations of a document.
pub(super) fn plan_api(
    facts: &facts::Document,
    target: &Target,
    diagnostics: &mut Diagnostics,
) -> Api {
    let mut planning = Planning {
        facts,
        target,
        diagnostics,
        types: Types::default(),
        named: HashMap::new(),
        open_aliases: HashSet::new(),
        open_schemas: VecDeque::new(),
        forms: FormVariants::find(facts),
        titles: Titles::find(facts),
        families: Families::find(facts),
        bases: HashMap::new(),
        merged: HashMap::new(),
        together: Together::default(),
        form: false,
        depth: 0,
        operation: None,
    };
    let server = wire::servers::plan(&mut planning);
    let security_schemes = wire::security::plan_schemes(&mut planning);
    let (tags, mut operations) = wire::operations::plan(&mut planning);
    planning.break_alias_circles();
    planning.settle_unions();
    planning.settle_bases();
    secrets::hide(&mut planning.types, target);
    dedupe::join(&mut planning.types, &mut operations);
    let mut api = Api {
        title: facts.info.title.clone(),
        version: facts.info.version.clone(),
        description: facts.info.description.clone(),
        server,
        security_schemes,
        tags,
        operations,
        error_sets: Vec::new(),
        header_sets: Vec::new(),
        operator_sets: Vec::new(),
        types: planning.types,
    };
    errors::share(&mut api);
    paging::decide(&mut api, target);
    usage::mark(&mut api);
    layout::arrange(&mut api.types);
    reason::explain(facts, &mut api);
    api
}

/// What the parts of this room share while a document is planned.
pub(super) struct Planning<'f> {
    pub(super) facts: &'f facts::Document,
    pub(super) target: &'f Target,
    pub(super) diagnostics: &'f mut Diagnostics,
    pub(super) types: Types,
    /// The types that have a name already, by their schema.
    pub(super) named: HashMap<Key, Type>,
    /// Components that are being planned and are no objects: meeting one again inside itself cannot be expressed by name.
    pub(super) open_aliases: HashSet<Key>,
    /// Objects and unions that have a name, and whose parts are still to be planned. They wait here, so that a document with
    /// a long chain of references needs no deep stack.
    pub(super) open_schemas: VecDeque<OpenSchema<'f>>,
    /// The schemas that are one type in a form and another elsewhere.
    pub(super) forms: FormVariants,
    /// The inline schemas that are called by their title.
    pub(super) titles: Titles,
    /// Which components are made of which.
    pub(super) families: Families<'f>,
    /// The structs of the properties that bases have themselves, by their schema.
    pub(super) bases: HashMap<Key, TypeId>,
    /// The objects that several schemas describe together, by these.
    pub(super) merged: HashMap<Vec<Key>, TypeId>,
    /// Which unions are one object.
    pub(super) together: Together,
    /// Whether what is planned is a part of a form of several parts, where binary text is bytes as they are.
    pub(super) form: bool,
    /// How many schemas that are no objects stand around the one that is being planned.
    pub(super) depth: usize,
    /// The operation that is being planned, for diagnostics.
    pub(super) operation: Option<String>,
}

impl<'f> Planning<'f> {
    /// Adds a diagnostic, with the operation that is being planned.
    pub(super) fn report(&mut self, mut diagnostic: Diagnostic) {
        diagnostic.operation = self.operation.clone();
        self.diagnostics.push(diagnostic);
    }

    /// The thing that is meant where one is used; a reference that leads nowhere is reported.
    pub(super) fn resolve<T>(
        &mut self,
        item: &'f facts::Use<T>,
        find: impl Fn(&'f facts::Components, &'f facts::Use<T>) -> Option<&'f T>,
    ) -> Option<&'f T> {
        let facts = self.facts;
        let found = find(&facts.components, item);
        if let (None, facts::Use::Reference(reference)) = (&found, item) {
            self.report_unresolved(&reference.text, &reference.pointer);
        }
        found
    }

    pub(super) fn report_unresolved(&mut self, reference: &str, pointer: &JsonPointer) {
        self.report(
            Diagnostic::warning(
                Code::RefNotFollowed,
                pointer.clone(),
                format!("The reference `{reference}` leads to nothing that can stand here; it is left out."),
            )
            .help("Point it at a component of the right section."),
        );
    }
}

/// Text that says something; documents are full of empty strings.
pub(super) fn text(text: Option<&String>) -> Option<String> {
    text.map(|text| text.trim())
        .filter(|text| !text.is_empty())
        .map(str::to_owned)
}
