//! Takes a document and its settings, prints the plan of the crate as JSON for other programs.

use super::job::{SpecJob, refuse_to_plan};
use super::{must_exist, say};
use crate::plan::json::plan_json;
use crate::{generate, pipeline};
use clap::Args;
use std::process::ExitCode;

/// What is to be planned.
#[derive(Args)]
pub(super) struct Plan {
    #[command(flatten)]
    job: SpecJob,
}

/// Prints the plan.
///
/// # Errors
///
/// When the document or the target file cannot be read, or a setting is at fault.
pub(super) fn run(arguments: &Plan) -> anyhow::Result<ExitCode> {
    must_exist(&arguments.job.spec)?;
    let job = arguments.job.job()?;
    let run = generate::plan(pipeline::load(&job.document, &job.overlays), &job)?;
    let Some(plan) = run.ok() else {
        return Ok(refuse_to_plan(&run));
    };
    let json = plan_json(plan, &run.sources);
    say::out_line(serde_json::to_string_pretty(&json)?)?;
    Ok(ExitCode::SUCCESS)
}
