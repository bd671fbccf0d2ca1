//! From the path of a document to a [`FileSet`], without touching the output folder: the whole pipeline, then every page printed.

use crate::diagnostics::{Diagnostics, render::render as render_diagnostics};
use crate::files::FileSet;
use crate::format::{self, FormatError, Origin};
use crate::init::{Question, open_questions};
use crate::load::Sources;
use crate::pages::{self, Page};
use crate::pipeline::{self, Run};
use crate::plan::{Plan, RuntimeSource, Wish};
use crate::render::{RenderError, Templates};
use crate::runtime;
use crate::target::{self, Target, TargetFault};
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

impl Job {
    fn wish(&self) -> Wish<'_> {
        Wish {
            target: &self.target,
            name: self.name.as_deref(),
            runtime: &self.runtime,
        }
    }
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
    /// What settings would answer and do not.
    pub questions: Vec<Question>,
    /// What all of this was told of. To take it apart takes a while, which a command that ends with the outcome does not wait for.
    pub plan: Option<Plan>,
}

impl Outcome {
    /// What a run gave, with the files that were printed from its plan.
    fn of(run: Run<Plan>, files: Option<FileSet>, target: &Target) -> Self {
        // Only who has a crate made needs to know what is open about it.
        let emitted = run.value.as_ref().filter(|_| files.is_some());
        let questions = emitted.map(|plan| open_questions(plan, target));
        let api = run.value.as_ref().map(|plan| &plan.api);
        let operations = api.map_or(0, |api| api.operations.len());
        let types = api.map_or(0, |api| {
            let types = api.types.iter();
            types.filter(|(_, def)| !def.usage.tags.is_empty()).count()
        });
        Self {
            operations,
            types,
            questions: questions.unwrap_or_default(),
            operations_found: run.operations_found,
            diagnostics: run.diagnostics,
            sources: Some(run.sources),
            files,
            plan: run.value,
        }
    }

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
    /// A file that is copied into the crate cannot be read.
    #[error("cannot read {path}, which the crate takes a copy of")]
    Copied {
        /// The file.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// Settings of the target apply to nothing, or cannot be used.
    #[error(
        "{} of {} cannot be used:\n{}",
        if faults.len() == 1 { "a setting".to_owned() } else { format!("{} settings", faults.len()) },
        if file.as_os_str().is_empty() { "the target".into() } else { file.to_string_lossy() },
        target::list(faults)
    )]
    Settings {
        /// The file.
        file: PathBuf,
        /// All of them, in the order of the file.
        faults: Vec<TargetFault>,
    },
    /// Two pages want the same file, which is a fault of the name phase.
    #[error("two pages would be written to {0}")]
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
    let run = plan(pipeline::load(&job.document, &job.overlays), job)?;
    emit(run, job)
}

/// Runs the phases from the plan of a job to its files.
///
/// # Errors
///
/// When a template or an example file is at fault.
pub fn emit(run: Run<Plan>, job: &Job) -> Result<Outcome, GenerateError> {
    let files = run.ok().map(|plan| print(job, plan)).transpose()?;
    Ok(Outcome::of(run, files, &job.target))
}

/// Runs the phases from the loaded document of a job up to the plan.
///
/// # Errors
///
/// When a setting is at fault. A fault of the document is no error here: it is told by the run's diagnostics.
pub fn plan(loaded: Run<Value>, job: &Job) -> Result<Run<Plan>, GenerateError> {
    let run = loaded.read().plan(&job.wish());
    let run = run.map_err(|faults| GenerateError::Settings {
        file: job.target.file.clone(),
        faults,
    })?;
    if let Some(plan) = run.ok() {
        let kept = plan.api.operations.len();
        if kept != run.operations_found {
            return Err(GenerateError::LostOperations {
                found: run.operations_found,
                kept,
            });
        }
        if !target::is_package_name(&plan.name.package) {
            return Err(GenerateError::Name(plan.name.package.clone()));
        }
    }
    Ok(run)
}

/// Runs the phases that find fault with the document, and no more.
pub fn lint(document: &Path, overlays: &[PathBuf]) -> Outcome {
    find_faults(pipeline::load(document, overlays))
}

/// The same from a loaded document on.
pub fn find_faults(loaded: Run<Value>) -> Outcome {
    let run = loaded.read().plan_freely();
    Outcome {
        // They are about the crate, which nobody has asked for.
        questions: Vec::new(),
        ..Outcome::of(run, None, &Target::default())
    }
}

/// View, render and format: every file of the crate.
fn print(job: &Job, plan: &Plan) -> Result<FileSet, GenerateError> {
    let templates = Templates::load(job.templates.as_deref())?;
    let printed: Vec<(String, String)> = pages::drafts(plan)
        .map(|draft| {
            let page = draft.into_page();
            let text = templates.render(&page)?;
            let Page {
                path, kind, view, ..
            } = page;
            // It takes several times the memory of the text that was printed from it, and formatting takes as much again.
            drop(view);
            let mut text = format::format(&path, &text, kind, &job.origin)?;
            // All files wait for the last one; what was set aside for more text than there is would wait with them.
            text.shrink_to_fit();
            Ok((path, text))
        })
        .collect::<Result<_, GenerateError>>()?;
    let mut files = FileSet::default();
    for (path, text) in printed {
        if files.get(&path).is_some() {
            return Err(GenerateError::SameFile(path));
        }
        files.insert(path, text);
    }
    for path in job.target.copied() {
        let source = job.target.folder.join(&path);
        let text = fs::read(&source).map_err(|error| GenerateError::Copied {
            path: source,
            source: error,
        })?;
        files.insert(path, text);
    }
    if job.runtime == RuntimeSource::Vendored {
        let package = plan.vendored_runtime();
        runtime::copy_into(&mut files, "runtime", &package).map_err(GenerateError::Runtime)?;
    }
    Ok(files.recorded())
}
