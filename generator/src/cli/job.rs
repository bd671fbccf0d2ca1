//! Takes the arguments that name a document and its settings, gives the job that is run for them.

use super::overlays::Overlays;
use super::say;
use super::shown::Shown;
use crate::advice::advised;
use crate::diagnostics::Severity;
use crate::format::Origin;
use crate::generate::Job;
use crate::pipeline::Run;
use crate::plan::{Plan, RuntimeSource};
use crate::target::Target;
use clap::Args;
use std::path::{Component, Path, PathBuf};
use std::process::ExitCode;

/// A document and the settings of its crate, where nothing is written.
#[derive(Args)]
pub(super) struct SpecJob {
    /// The OpenAPI document.
    pub(super) spec: PathBuf,
    /// What the document cannot say about the crate.
    #[arg(long, value_name = "FILE.toml")]
    pub(super) target: Option<PathBuf>,
    #[command(flatten)]
    pub(super) overlays: Overlays,
}

impl SpecJob {
    /// The job, of which only the phases up to the plan are run.
    pub(super) fn job(&self) -> anyhow::Result<Job> {
        Ok(Job {
            document: self.spec.clone(),
            overlays: self.overlays.existing()?.to_vec(),
            target: target(self.target.as_deref())?,
            name: None,
            templates: None,
            runtime: RuntimeSource::Vendored,
            origin: origin(&self.spec),
        })
    }
}

/// The settings of a target file; none without one.
pub(super) fn target(path: Option<&Path>) -> anyhow::Result<Target> {
    Ok(match path {
        Some(path) => Target::read(path)?,
        None => Target::default(),
    })
}

/// A file that is copied into the crate must not stand where its copy goes: the generator would take it for its own there, and
/// remove it with the setting.
pub(super) fn must_not_copy_onto_itself(target: &Target, out: &Path) -> anyhow::Result<()> {
    let real = |path: PathBuf| std::fs::canonicalize(path).ok();
    for path in target.copied() {
        let source = real(target.folder.join(&path));
        if source.is_some() && source == real(out.join(&path)) {
            return Err(advised(
                format!(
                    "{path}, which {} names, stands where its copy would be written",
                    target.file.display()
                ),
                format!(
                    "keep the target file and what it names outside of {}",
                    out.display()
                ),
            ));
        }
    }
    Ok(())
}

/// What files say of their origin.
pub(super) fn origin(spec: &Path) -> Origin {
    let file = spec.file_name().unwrap_or_default();
    Origin {
        command: "sdk-generator generate".to_owned(),
        source: file.to_string_lossy().into_owned(),
    }
}

/// Says why a document has no plan.
pub(super) fn refuse_to_plan(run: &Run<Plan>) -> ExitCode {
    let shown = Shown::from(Severity::Error);
    say::err(shown.text(&run.diagnostics, Some(&run.sources)));
    say::err_line("There is no plan of this document until what is shown above is fixed.");
    ExitCode::from(1)
}

/// The way from one folder to another, as Cargo.toml has it; neither need exist.
pub(super) fn relative(from: &Path, to: &Path) -> anyhow::Result<String> {
    let from = std::path::absolute(from)?;
    let to = std::path::absolute(to)?;
    let from: Vec<Component<'_>> = from.components().collect();
    let to: Vec<Component<'_>> = to.components().collect();
    let shared = from.iter().zip(&to).take_while(|(a, b)| a == b).count();
    let mut parts: Vec<String> = from.iter().skip(shared).map(|_| "..".to_owned()).collect();
    parts.extend(
        to.iter()
            .skip(shared)
            .map(|part| part.as_os_str().to_string_lossy().into_owned()),
    );
    Ok(if parts.is_empty() {
        ".".to_owned()
    } else {
        parts.join("/")
    })
}
