//! Takes a document and a name, prints why the item of that name is what it is.

use super::job::{SpecJob, refuse_to_plan};
use super::progress::Progress;
use super::{must_exist, reading, say};
use crate::explain::Evidence;
use crate::{generate, pipeline};
use std::process::ExitCode;

/// How many explanations of one name are printed whole; a parameter that is shared by all operations has as many as these.
const SHOWN: usize = 4;

/// Prints the explanation of everything that has the name.
///
/// # Errors
///
/// When the document or the target file cannot be read, a setting is at fault, or nothing has the name.
pub(super) fn run(job: &SpecJob, name: &str) -> anyhow::Result<ExitCode> {
    must_exist(&job.spec)?;
    let job = job.job()?;
    let progress = Progress::new();
    progress.phase(reading(&job.document));
    let loaded = pipeline::load(&job.document, &job.overlays);
    let document = loaded.value.clone().unwrap_or_default();
    progress.phase("planning the crate");
    let run = generate::plan(loaded, &job)?;
    drop(progress);
    let Some(plan) = run.ok() else {
        return Ok(refuse_to_plan(&run));
    };
    let evidence = Evidence {
        document: &document,
        sources: &run.sources,
        diagnostics: &run.diagnostics,
        target: &job.target,
        plan,
    };
    let chains = evidence.explain(name)?;
    let texts: Vec<String> = chains
        .iter()
        .take(SHOWN)
        .map(|chain| chain.text(&run.sources))
        .collect();
    say::out(texts.join("\n"))?;
    if let Some(more) = chains.get(SHOWN..).filter(|more| !more.is_empty()) {
        say::out_line(format_args!(
            "\nThe same place leads to {} more:",
            more.len()
        ))?;
        for chain in more {
            say::out_line(format_args!("  {} {}", chain.item.kind, chain.item.path))?;
        }
    }
    Ok(ExitCode::SUCCESS)
}
