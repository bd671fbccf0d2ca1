//! The phases in their order, as stages of one value: each command runs them as far as it needs.
//!
//! [`load()`] reads a document, [`Run::read`] gives its facts, [`Run::plan`] decides what is emitted from them. What was said of the
//! document on the way, and where its nodes stand, goes along.

use crate::diagnostics::Diagnostics;
use crate::facts;
use crate::grammar::count_operations;
use crate::load::{self, Sources};
use crate::plan::{self, Plan, RuntimeSource, Wish};
use crate::target::{Target, TargetFault};
use crate::{lower, overlay, parse, repair};
use serde_json::Value;
use std::path::{Path, PathBuf};

/// A document on its way through the phases.
pub struct Run<T> {
    /// What it has become; `None` where the document cannot be read, and the diagnostics say why.
    pub value: Option<T>,
    /// What there is to say about it.
    pub diagnostics: Diagnostics,
    /// Where each of its places stands.
    pub sources: Sources,
    /// How many operations it has, counted before any phase could lose one.
    pub operations_found: usize,
}

/// Reads a document and the files that it refers to, and corrects it by overlays, in their order.
pub fn load(document: &Path, overlays: &[PathBuf]) -> Run<Value> {
    let mut diagnostics = Diagnostics::default();
    let (tree, mut sources) = load::load_with_sources(document, &mut diagnostics);
    let tree = tree
        .filter(|_| overlays.is_empty() || !diagnostics.has_errors())
        .and_then(|tree| overlay::apply_files(overlays, tree, &mut sources, &mut diagnostics));
    Run {
        operations_found: tree.as_ref().map_or(0, count_operations),
        value: tree,
        diagnostics,
        sources,
    }
}

impl<T> Run<T> {
    /// Runs one more phase, unless the document cannot be read or has an error.
    fn then<U>(self, phase: impl FnOnce(T, &mut Diagnostics) -> Option<U>) -> Run<U> {
        let mut diagnostics = self.diagnostics;
        let value = self.value.filter(|_| !diagnostics.has_errors());
        Run {
            value: value.and_then(|value| phase(value, &mut diagnostics)),
            diagnostics,
            sources: self.sources,
            operations_found: self.operations_found,
        }
    }

    /// The value, where the document has no error.
    pub fn ok(&self) -> Option<&T> {
        self.value
            .as_ref()
            .filter(|_| !self.diagnostics.has_errors())
    }
}

impl Run<Value> {
    /// Repairs and parses the document, and gives what it says.
    pub fn read(self) -> Run<facts::Document> {
        self.then(|tree, diagnostics| {
            let tree = repair::repair(tree, diagnostics);
            let document = parse::parse(tree, diagnostics)?;
            Some(lower::lower(document))
        })
    }
}

impl Run<facts::Document> {
    /// Decides what is emitted from the document.
    ///
    /// # Errors
    ///
    /// When settings apply to nothing; all of them are told.
    pub fn plan(self, wish: &Wish<'_>) -> Result<Run<Plan>, Vec<TargetFault>> {
        let mut faults = Ok(());
        let run = self.then(|facts, diagnostics| {
            plan::plan(facts, wish, diagnostics)
                .map_err(|found| faults = Err(found))
                .ok()
        });
        faults.map(|()| run)
    }

    /// Decides what would be emitted without any settings.
    pub fn plan_freely(self) -> Run<Plan> {
        let wish = Wish {
            target: &Target::default(),
            name: None,
            runtime: &RuntimeSource::Vendored,
        };
        // What is not set cannot apply to nothing.
        self.then(|facts, diagnostics| plan::plan(facts, &wish, diagnostics).ok())
    }
}
