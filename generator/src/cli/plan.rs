//! Takes a document and its settings, prints the plan of the crate as JSON for other programs.

use super::job::{SpecJob, refuse_to_plan};
use super::must_exist;
use crate::generate;
use crate::plan::json::plan_json;
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
    let planned = generate::plan(&arguments.job.job()?, |_| {})?;
    let Some(plan) = &planned.plan else {
        return Ok(refuse_to_plan(&planned));
    };
    let json = plan_json(plan, &planned.sources);
    println!("{}", serde_json::to_string_pretty(&json)?);
    Ok(ExitCode::SUCCESS)
}
