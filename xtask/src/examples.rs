//! `cargo xtask examples`: reads a document's own examples as the types of their places.
//!
//! The crate stands in `target/examples`, beside a program that reads every example of a body, an answer, a type and a property. One
//! that is no value of its own schema is the document's contradiction; any other that does not read is a fault of the generator or
//! of the runtime.

mod collect;
mod program;
#[path = "../../generator/tests/round_trip/valid.rs"]
#[allow(dead_code, reason = "the round trip asks it more than this command")]
pub(crate) mod valid;
#[path = "../../generator/tests/round_trip/view.rs"]
#[allow(dead_code, reason = "the round trip asks it more than this command")]
pub(crate) mod view;

use crate::targets::Repo;
use anyhow::Context as _;
use collect::{Collected, Example};
use program::{Answer, Told};
use sdk_generator::advice::{Advise as _, advised};
use sdk_generator::format::Origin;
use sdk_generator::generate::{self, Job};
use sdk_generator::pipeline;
use sdk_generator::plan::RuntimeSource;
use sdk_generator::target::Target;
use std::path::PathBuf;
use std::process::ExitCode;
use view::Schemas;

/// What to do about a document that nothing can be generated from.
const LINT: &str = "mend what `sdk-generator lint` says of it";

/// The words after `examples`.
#[derive(clap::Args, Clone, Debug)]
pub(crate) struct Arguments {
    /// The OpenAPI document.
    #[arg(value_name = "SPEC")]
    pub(crate) spec: PathBuf,
}

/// Runs the command.
///
/// # Errors
///
/// When the document cannot be generated from, or the program cannot be compiled or run.
pub(crate) fn run(repo: &Repo, arguments: &Arguments) -> anyhow::Result<ExitCode> {
    let job = Job {
        overlays: Vec::new(),
        document: arguments.spec.clone(),
        target: Target::default(),
        name: Some("shown".to_owned()),
        templates: None,
        runtime: RuntimeSource::Path(repo.path("runtime").to_string_lossy().into_owned()),
        origin: Origin {
            command: "cargo xtask examples".to_owned(),
            source: "openapi.yaml".to_owned(),
        },
    };
    let load = || pipeline::load(&job.document, &job.overlays);
    let facts = load()
        .read()
        .value
        .with_context(|| format!("{} cannot be read", job.document.display()))
        .advise(LINT)?;
    let planned = generate::plan(load(), &job)?;
    let plan = planned
        .ok()
        .with_context(|| format!("nothing can be generated from {}", job.document.display()))
        .advise(LINT)?;
    let outcome = generate::generate(&job)?;
    let Some(files) = &outcome.files else {
        return Err(advised(outcome.report(), LINT));
    };
    let Collected { examples, without } = collect::collect(&facts, plan);
    let answers = program::run(repo, files, &examples)?;
    let mut schemas = Schemas::new(&facts);
    let (mut right, mut told, mut refused, mut unexplained) = (0, 0, 0, 0);
    for (example, answer) in examples.iter().zip(&answers) {
        if answer.problem.is_none() && answer.deviations.is_empty() {
            right += 1;
            continue;
        }
        match answer.problem {
            Some(_) => refused += 1,
            None => told += 1,
        }
        let why = contradiction(&mut schemas, example, answer);
        unexplained += usize::from(why.is_none());
        let why = why.unwrap_or_else(|| "AND IT IS A VALUE OF ITS SCHEMA".to_owned());
        println!(
            "{} ({}): {}; {why}",
            example.pointer,
            example.ty,
            said(answer)
        );
    }
    println!(
        "{} examples of bodies, answers, types and properties ({without} more stand where nothing is read): {right} read as documented, {told} with something to tell, {refused} not read; {unexplained} of these do not contradict their schema",
        examples.len(),
    );
    Ok(ExitCode::from(u8::from(unexplained > 0)))
}

/// What was said of an example that is not as documented.
fn said(answer: &Answer) -> String {
    let line = |told: &Told| format!("`{}`: {}", told.pointer, told.message);
    let all = answer.problem.iter().chain(&answer.deviations);
    all.map(line).collect::<Vec<_>>().join(", ")
}

/// The keyword by which an example is no value of its own schema. What documents mean comes before what `oneOf` says to the letter.
fn contradiction(schemas: &mut Schemas<'_>, example: &Example, answer: &Answer) -> Option<String> {
    let is_date = |told: &Told| told.message.contains(": a date");
    for exactly_one in [false, true] {
        schemas.exactly_one = exactly_one;
        if let Err((pointer, keyword)) = valid::check(schemas, &[example.schema], &example.value) {
            let several = if exactly_one {
                ", since it is of several"
            } else {
                ""
            };
            return Some(format!(
                "the document's `{keyword}` says otherwise at `{pointer}`{several}"
            ));
        }
        if answer.problem.is_none() && answer.deviations.iter().all(is_date) {
            return Some("the document's `format` says otherwise".to_owned());
        }
    }
    None
}
