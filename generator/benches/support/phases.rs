//! The phases as functions of one argument, in their order, so that a benchmark says what it measures and no more.
//!
//! They are those of [`sdk_generator::generate::generate`], which is what the benchmarks call the whole.

use sdk_generator::diagnostics::Diagnostics;
use sdk_generator::files::FileSet;
use sdk_generator::format::Origin;
use sdk_generator::generate::{Job, generate};
use sdk_generator::pages::Page;
use sdk_generator::plan::{Plan, RuntimeSource, Wish};
use sdk_generator::render::Templates;
use sdk_generator::target::Target;
use sdk_generator::{facts, format, load, lower, pages, parse, plan, repair};
use serde_json::Value;
use std::path::Path;

/// What a document is generated with.
pub(crate) struct Setup {
    pub(crate) job: Job,
    pub(crate) templates: Templates,
}

impl Setup {
    /// Everything as it is without a target file.
    pub(crate) fn new(document: &Path) -> Self {
        let job = Job {
            overlays: Vec::new(),
            document: document.to_owned(),
            target: Target::default(),
            name: Some("benchmark".to_owned()),
            templates: None,
            runtime: RuntimeSource::Version("0.1.0".to_owned()),
            origin: Origin {
                command: "sdk-generator generate".to_owned(),
                source: "openapi.yaml".to_owned(),
            },
        };
        let templates = Templates::load(None).expect("the templates parse");
        Self { job, templates }
    }

    /// From the path to one tree.
    pub(crate) fn load(&self) -> Value {
        let mut diagnostics = Diagnostics::default();
        let loaded = load::load(&self.job.document, &mut diagnostics).expect("a document");
        loaded.tree
    }

    /// From the tree to one that the parser takes.
    pub(crate) fn repair(&self, tree: Value) -> Value {
        repair::repair(tree, &mut Diagnostics::default())
    }

    /// From the tree to OpenAPI.
    pub(crate) fn parse(&self, tree: Value) -> openapiv3::OpenAPI {
        let mut diagnostics = Diagnostics::default();
        parse::parse(tree, &mut diagnostics).expect("an OpenAPI document")
    }

    /// From OpenAPI to what it says.
    pub(crate) fn lower(&self, document: openapiv3::OpenAPI) -> facts::Document {
        lower::lower(document)
    }

    /// From what it says to what is emitted.
    pub(crate) fn plan(&self, facts: facts::Document) -> Plan {
        let wish = Wish {
            target: &self.job.target,
            name: self.job.name.as_deref(),
            runtime: &self.job.runtime,
        };
        let mut diagnostics = Diagnostics::default();
        plan::plan(facts, &wish, &mut diagnostics).expect("settings that apply")
    }

    /// From the plan to pages.
    pub(crate) fn pages(&self, plan: &Plan) -> Vec<Page> {
        pages::pages(plan)
    }

    /// From pages to text.
    pub(crate) fn render(&self, pages: &[Page]) -> Vec<String> {
        let render = |page| self.templates.render(page).expect("a rendered page");
        pages.iter().map(render).collect()
    }

    /// From text to the text that is written.
    pub(crate) fn format(&self, pages: &[Page], texts: &[String]) -> Vec<String> {
        let format = |(page, text): (&Page, &String)| {
            format::format(&page.path, text, page.kind, &self.job.origin).expect("text that parses")
        };
        pages.iter().zip(texts).map(format).collect()
    }

    /// All of it, as the program does it.
    pub(crate) fn whole(&self) -> FileSet {
        let outcome = generate(&self.job).expect("a run");
        outcome.files.expect("files")
    }
}
