//! Takes the parsed document, gives [`ir::Api`]: what the document means, without any Rust.
//!
//! Nothing is dropped silently. What cannot be expressed yet is lowered to something weaker that still works (a field
//! to any JSON value, a body to bytes), with a warning; an operation is never left out.

mod aliases;
mod constraints;
mod content;
mod dedupe;
mod enums;
mod errors;
mod keywords;
mod layout;
mod objects;
mod operations;
mod parameters;
mod paths;
mod scalars;
mod schemas;
mod security;
mod servers;
mod unions;
mod usage;

use crate::diagnostics::{Code, Diagnostic, Diagnostics};
use crate::ir;
use crate::pointer::{self, JsonPointer};
use crate::target::Target;
use openapiv3::{OpenAPI, ReferenceOr};
use std::collections::{HashMap, HashSet, VecDeque};

/// Lowers a document.
pub fn lower(document: &OpenAPI, target: &Target, diagnostics: &mut Diagnostics) -> ir::Api {
    let mut lowering = Lowering {
        document,
        target,
        diagnostics,
        types: ir::Types::default(),
        named: HashMap::new(),
        open_aliases: HashSet::new(),
        open_schemas: VecDeque::new(),
        form: false,
        depth: 0,
        operation: None,
    };
    let server = servers::lower(&mut lowering);
    let security_schemes = security::lower_schemes(&mut lowering);
    let (tags, mut operations) = operations::lower(&mut lowering);
    lowering.break_alias_circles();
    lowering.settle_unions();
    dedupe::join(&mut lowering.types, &mut operations);
    let mut api = ir::Api {
        title: document.info.title.clone(),
        version: document.info.version.clone(),
        description: document.info.description.clone(),
        server,
        security_schemes,
        tags,
        operations,
        error_sets: Vec::new(),
        types: lowering.types,
    };
    errors::share(&mut api);
    usage::mark(&mut api);
    layout::arrange(&mut api.types);
    api
}

/// What the parts of this phase share while a document is lowered.
struct Lowering<'d> {
    document: &'d OpenAPI,
    target: &'d Target,
    diagnostics: &'d mut Diagnostics,
    types: ir::Types,
    /// The types that have a name already, by the place of their schema.
    named: HashMap<JsonPointer, ir::Type>,
    /// Components that are being lowered and are no objects: meeting one again inside itself cannot be expressed by name.
    open_aliases: HashSet<JsonPointer>,
    /// Objects and unions that have a name, and whose parts are still to be lowered. They wait here, so that a document with
    /// a long chain of references needs no deep stack.
    open_schemas: VecDeque<schemas::OpenSchema<'d>>,
    /// Whether what is lowered is a form of several parts, where binary text is bytes as they are.
    form: bool,
    /// How many schemas that are no objects stand around the one that is being lowered.
    depth: usize,
    /// The operation that is being lowered, for diagnostics.
    operation: Option<String>,
}

/// How many `$ref`s may lead from one component to the next; the load phase has already refused circles.
const MAX_REF_CHAIN: usize = 64;

impl<'d> Lowering<'d> {
    /// Adds a diagnostic, with the operation that is being lowered.
    fn report(&mut self, mut diagnostic: Diagnostic) {
        diagnostic.operation = self.operation.clone();
        self.diagnostics.push(diagnostic);
    }

    /// Follows a `$ref` to a component of the kind that `section` and `find` stand for.
    ///
    /// Gives the item and the place where it really stands. A reference that leads nowhere is reported.
    fn resolve<T>(
        &mut self,
        item: &'d ReferenceOr<T>,
        pointer: &JsonPointer,
        section: &str,
        find: impl Fn(&'d openapiv3::Components, &str) -> Option<&'d ReferenceOr<T>>,
    ) -> Option<(&'d T, JsonPointer)> {
        let mut current = item;
        let mut place = pointer.clone();
        for _ in 0..MAX_REF_CHAIN {
            match current {
                ReferenceOr::Item(item) => return Some((item, place)),
                ReferenceOr::Reference { reference } => {
                    let target = component_name(reference, section).and_then(|name| {
                        Some((find(self.document.components.as_ref()?, &name)?, name))
                    });
                    let Some((next, name)) = target else {
                        self.report_unresolved(reference, pointer);
                        return None;
                    };
                    current = next;
                    place = JsonPointer::from_tokens(["components", section, &name]);
                }
            }
        }
        None
    }

    fn report_unresolved(&mut self, reference: &str, pointer: &JsonPointer) {
        self.report(
            Diagnostic::warning(
                Code::RefNotFollowed,
                pointer.clone(),
                format!("The reference `{reference}` does not lead to a component of the right kind; it is left out."),
            )
            .help("Refer to a component in the right section of `components`."),
        );
    }
}

/// The name of a component in a reference such as `#/components/schemas/Pet`.
fn component_name(reference: &str, section: &str) -> Option<String> {
    let name = reference
        .strip_prefix("#/components/")?
        .strip_prefix(section)?
        .strip_prefix('/')?;
    (!name.contains('/')).then(|| pointer::unescape(name))
}

/// Text that says something; documents are full of empty strings.
fn text(text: Option<&String>) -> Option<String> {
    text.map(|text| text.trim())
        .filter(|text| !text.is_empty())
        .map(str::to_owned)
}
