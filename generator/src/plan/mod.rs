//! Takes the facts of a document and the target's settings, gives what will be emitted: every decision is made here, once.
//!
//! Nothing is dropped silently. What cannot be expressed yet becomes something weaker that still works (a field any JSON
//! value, a body bytes), with a warning; an operation is never left out.

mod aliases;
mod dedupe;
mod errors;
mod forms;
mod layout;
pub mod reason;
mod shape;
mod usage;
mod wire;

use crate::diagnostics::{Code, Diagnostic, Diagnostics};
use crate::facts;
use crate::ir;
use crate::pointer::JsonPointer;
use crate::target::Target;
use forms::{FormVariants, Key};
use shape::OpenSchema;
use std::collections::{HashMap, HashSet, VecDeque};

/// Plans the crate of a document.
pub fn plan(facts: &facts::Document, target: &Target, diagnostics: &mut Diagnostics) -> ir::Api {
    let mut planning = Planning {
        facts,
        target,
        diagnostics,
        types: ir::Types::default(),
        named: HashMap::new(),
        open_aliases: HashSet::new(),
        open_schemas: VecDeque::new(),
        forms: FormVariants::find(facts),
        form: false,
        depth: 0,
        operation: None,
    };
    let server = wire::servers::plan(&mut planning);
    let security_schemes = wire::security::plan_schemes(&mut planning);
    let (tags, mut operations) = wire::operations::plan(&mut planning);
    planning.break_alias_circles();
    planning.settle_unions();
    dedupe::join(&mut planning.types, &mut operations);
    let mut api = ir::Api {
        title: facts.info.title.clone(),
        version: facts.info.version.clone(),
        description: facts.info.description.clone(),
        server,
        security_schemes,
        tags,
        operations,
        error_sets: Vec::new(),
        types: planning.types,
    };
    errors::share(&mut api);
    usage::mark(&mut api);
    layout::arrange(&mut api.types);
    reason::explain(facts, &mut api);
    api
}

/// What the parts of this room share while a document is planned.
struct Planning<'f> {
    facts: &'f facts::Document,
    target: &'f Target,
    diagnostics: &'f mut Diagnostics,
    types: ir::Types,
    /// The types that have a name already, by their schema.
    named: HashMap<Key, ir::Type>,
    /// Components that are being planned and are no objects: meeting one again inside itself cannot be expressed by name.
    open_aliases: HashSet<Key>,
    /// Objects and unions that have a name, and whose parts are still to be planned. They wait here, so that a document with
    /// a long chain of references needs no deep stack.
    open_schemas: VecDeque<OpenSchema<'f>>,
    /// The schemas that are one type in a form and another elsewhere.
    forms: FormVariants,
    /// Whether what is planned is a part of a form of several parts, where binary text is bytes as they are.
    form: bool,
    /// How many schemas that are no objects stand around the one that is being planned.
    depth: usize,
    /// The operation that is being planned, for diagnostics.
    operation: Option<String>,
}

impl<'f> Planning<'f> {
    /// Adds a diagnostic, with the operation that is being planned.
    fn report(&mut self, mut diagnostic: Diagnostic) {
        diagnostic.operation = self.operation.clone();
        self.diagnostics.push(diagnostic);
    }

    /// The thing that is meant where one is used; a reference that leads nowhere is reported.
    fn resolve<T>(
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

    fn report_unresolved(&mut self, reference: &str, pointer: &JsonPointer) {
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
fn text(text: Option<&String>) -> Option<String> {
    text.map(|text| text.trim())
        .filter(|text| !text.is_empty())
        .map(str::to_owned)
}
