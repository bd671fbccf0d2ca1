//! The phases in their order: from the path of a document to a [`FileSet`], without touching the output folder.

use crate::diagnostics::{Diagnostics, render::render as render_diagnostics};
use crate::files::FileSet;
use crate::format::{self, FormatError, Origin};
use crate::load::{self, Sources};
use crate::render::{RenderError, Templates};
use crate::report::count_operations;
use crate::target::Target;
use crate::view::{self, Context, RuntimeSource};
use crate::{facts, lower, name, overlay, parse, plan, repair, runtime};
use rayon::prelude::*;
use serde_json::Value;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

/// What is generated, and how.
#[derive(Clone, Debug)]
pub struct Job {
    /// The document.
    pub document: PathBuf,
    /// Overlays that correct it, in the order in which they are applied.
    pub overlays: Vec<PathBuf>,
    /// The crate's settings.
    pub target: Target,
    /// The crate's name, if not the target's.
    pub name: Option<String>,
    /// A folder whose templates replace the embedded ones of the same path.
    pub templates: Option<PathBuf>,
    /// How the crate gets at the runtime.
    pub runtime: RuntimeSource,
    /// What the files say of their origin.
    pub origin: Origin,
}

/// What a job gave.
pub struct Outcome {
    /// The files; `None` when the document cannot be generated from, and the diagnostics say why.
    pub files: Option<FileSet>,
    /// What there is to say about the document.
    pub diagnostics: Diagnostics,
    /// Where each place of the document stands.
    pub sources: Option<Sources>,
    /// How many operations the document has, counted before anything could lose one.
    pub operations_found: usize,
    /// How many operations are in the files: as many.
    pub operations: usize,
    /// How many types are in the files.
    pub types: usize,
}

impl Outcome {
    /// The diagnostics, for people.
    pub fn report(&self) -> String {
        render_diagnostics(&self.diagnostics, self.sources.as_ref())
    }
}

/// Why a job failed for a reason that is not the document's.
#[derive(Debug, thiserror::Error)]
pub enum GenerateError {
    /// A template.
    #[error(transparent)]
    Render(#[from] RenderError),
    /// A template, a setting or the generator made text that does not parse.
    #[error(transparent)]
    Format(#[from] FormatError),
    /// An example cannot be read.
    #[error("cannot read the example {path}")]
    Example {
        /// The file.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// An example's name is no plain file name.
    #[error("`{0}` is no name of an example: it must be a file name that ends in .rs")]
    ExampleName(String),
    /// Two pages want the same file, which is a fault of the name phase.
    #[error(
        "two pages would be written to {0}; give one of the items that it is called after another name in the target file"
    )]
    SameFile(String),
    /// An operation of the document did not come out, which is a fault of the generator.
    #[error(
        "internal error: the document has {found} operations and the crate would have {kept}; nothing was written"
    )]
    LostOperations {
        /// In the document.
        found: usize,
        /// In the crate.
        kept: usize,
    },
    /// The crate's name cannot be a crate's name.
    #[error(
        "`{0}` is no crate name: it must be ASCII letters, digits, `-` and `_`, begin with a letter, and be neither a Rust keyword nor the name of a crate that the emitted code uses"
    )]
    Name(String),
    /// The embedded runtime cannot be copied.
    #[error("the embedded runtime's manifest cannot be copied: {0}")]
    Runtime(String),
}

/// Runs every phase.
///
/// # Errors
///
/// When a template, a setting or an example file is at fault. A fault of the document is no error here: it is told by
/// the outcome's diagnostics.
pub fn generate(job: &Job) -> Result<Outcome, GenerateError> {
    let mut diagnostics = Diagnostics::default();
    let (tree, sources) = load_corrected(&job.document, &job.overlays, &mut diagnostics);
    let operations_found = tree.as_ref().map_or(0, count_operations);
    let document = tree
        .filter(|_| !diagnostics.has_errors())
        .map(|tree| repair::repair(tree, &mut diagnostics))
        .and_then(|tree| parse::parse(&tree, &mut diagnostics));
    let mut outcome = Outcome {
        files: None,
        diagnostics,
        sources: Some(sources),
        operations_found,
        operations: 0,
        types: 0,
    };
    let Some(document) = document else {
        return Ok(outcome);
    };
    let facts = lower::lower(document);
    let api = plan::plan(&facts, &job.target, &mut outcome.diagnostics);
    // They are larger than what is made of them, and nothing asks for them again.
    drop(facts);
    if outcome.diagnostics.has_errors() {
        return Ok(outcome);
    }
    if api.operations.len() != operations_found {
        return Err(GenerateError::LostOperations {
            found: operations_found,
            kept: api.operations.len(),
        });
    }
    let names = name::name(&api, &job.target, job.name.as_deref());
    if !is_package_name(&names.package) {
        return Err(GenerateError::Name(names.package));
    }
    outcome.operations = api.operations.len();
    outcome.types = api
        .types
        .iter()
        .filter(|(_, def)| !def.usage.tags.is_empty())
        .count();
    let context = Context::new(&api, &names, &job.target, &job.runtime);
    outcome.files = Some(print(job, &context)?);
    Ok(outcome)
}

/// Runs the phases that find fault with the document, and no more.
pub fn lint(document: &Path, overlays: &[PathBuf]) -> Outcome {
    let mut diagnostics = Diagnostics::default();
    let (tree, sources) = load_corrected(document, overlays, &mut diagnostics);
    let operations_found = tree.as_ref().map_or(0, count_operations);
    let api = tree
        .filter(|_| !diagnostics.has_errors())
        .map(|tree| repair::repair(tree, &mut diagnostics))
        .and_then(|tree| parse::parse(&tree, &mut diagnostics))
        .map(|document| {
            let facts = lower::lower(document);
            plan::plan(&facts, &Target::default(), &mut diagnostics)
        });
    Outcome {
        files: None,
        diagnostics,
        sources: Some(sources),
        operations_found,
        operations: api.as_ref().map_or(0, |api| api.operations.len()),
        types: api.map_or(0, |api| {
            api.types
                .iter()
                .filter(|(_, def)| !def.usage.tags.is_empty())
                .count()
        }),
    }
}

/// Loads a document and applies overlays to it. There is no tree when an overlay cannot be applied.
pub fn load_corrected(
    document: &Path,
    overlays: &[PathBuf],
    diagnostics: &mut Diagnostics,
) -> (Option<Value>, Sources) {
    let (tree, mut sources) = load::load_with_sources(document, diagnostics);
    let tree = tree
        .filter(|_| overlays.is_empty() || !diagnostics.has_errors())
        .and_then(|tree| overlay::apply_files(overlays, tree, &mut sources, diagnostics));
    (tree, sources)
}

/// What a document says, with overlays applied to it; `None` when it cannot be read, and the diagnostics say why.
pub fn read_facts(
    document: &Path,
    overlays: &[PathBuf],
    diagnostics: &mut Diagnostics,
) -> (Option<facts::Document>, Sources) {
    let (tree, sources) = load_corrected(document, overlays, diagnostics);
    let facts = tree
        .filter(|_| !diagnostics.has_errors())
        .map(|tree| repair::repair(tree, diagnostics))
        .and_then(|tree| parse::parse(&tree, diagnostics))
        .map(lower::lower);
    (facts, sources)
}

/// View, render and format: every file of the crate.
fn print(job: &Job, context: &Context<'_>) -> Result<FileSet, GenerateError> {
    let templates = Templates::load(job.templates.as_deref())?;
    let printed: Vec<(String, String)> = view::drafts(context)
        .map(|draft| {
            let page = draft.into_page();
            let text = templates.render(&page)?;
            let text = format::format(&page.path, &text, page.kind, &job.origin)?;
            Ok((page.path, text))
        })
        .collect::<Result<_, GenerateError>>()?;
    let mut files = FileSet::default();
    for (path, text) in printed {
        if files.get(&path).is_some() {
            return Err(GenerateError::SameFile(path));
        }
        files.insert(path, text);
    }
    for file in &job.target.examples.files {
        let plain = file.strip_suffix(".rs").is_some_and(|name| {
            !name.is_empty()
                && name
                    .chars()
                    .all(|c| c.is_ascii_alphanumeric() || c == '-' || c == '_')
        });
        if !plain {
            return Err(GenerateError::ExampleName(file.clone()));
        }
        let source = job.target.folder.join("examples").join(file);
        let text = fs::read(&source).map_err(|error| GenerateError::Example {
            path: source,
            source: error,
        })?;
        files.insert(format!("examples/{file}"), text);
    }
    if job.runtime == RuntimeSource::Vendored {
        runtime::copy_into(&mut files, "runtime").map_err(GenerateError::Runtime)?;
    }
    Ok(files)
}

/// Cargo's rule for package names, and Rust's for the crate names that follow from them.
fn is_package_name(name: &str) -> bool {
    name.starts_with(|c: char| c.is_ascii_alphabetic())
        && name
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || c == '-' || c == '_')
        && name.len() <= 64
        && name::is_plain(&name.replace('-', "_"))
        && !TAKEN.contains(&name.replace('-', "_").as_str())
}

/// Crates that the emitted code names: one of the same name would hide them.
const TAKEN: [&str; 10] = [
    "alloc",
    "core",
    "crate",
    "proc_macro",
    "reqwest",
    "sdk_runtime",
    "serde",
    "std",
    "test",
    "tokio",
];
