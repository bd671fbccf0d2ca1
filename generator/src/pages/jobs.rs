//! Work that the server goes on with after it answered: `src/jobs.rs`, and the calls of the macro that say which operations start it.

use super::rust::{cfg, constant, table_call};
use crate::plan::model::{Operation, TagId};
use crate::plan::{JobPlan, Plan};
use crate::tokens;
use serde::Serialize;
use std::collections::BTreeMap;

#[derive(Serialize)]
pub(super) struct JobsFile {
    kinds: Vec<KindView>,
}

#[derive(Serialize)]
struct KindView {
    docs: String,
    ident: String,
    value: String,
}

/// A call of the macro, where the operation that tells the state is compiled.
#[derive(Serialize)]
pub(super) struct JobCall {
    cfg: String,
    call: String,
}

/// Every kind.
pub(super) fn kinds(plan: &Plan) -> JobsFile {
    let kinds = plan.jobs.iter().map(|job| {
        let status = &plan.api[job.status];
        KindView {
            docs: format!("/// A job whose state `{}` tells.", status.ident),
            ident: constant(&job.name),
            value: value(job, status),
        }
    });
    JobsFile {
        kinds: kinds.collect(),
    }
}

fn value(job: &JobPlan, status: &Operation) -> String {
    let text = tokens::string;
    let list = |states: &[String]| {
        let states: Vec<String> = states.iter().map(|state| text(state)).collect();
        format!("&[{}]", states.join(", "))
    };
    let kind = match (&job.settings.id, &job.parameter) {
        (Some(id), Some(parameter)) => {
            let (id, path, parameter) = (text(id), text(&status.path), text(parameter));
            format!("new({id}, {path}, {parameter})")
        }
        _ => format!("by_path({})", text(&status.path)),
    };
    format!(
        "Job::{kind}.state({}, {}, {})",
        text(&job.settings.state),
        list(&job.settings.done),
        list(&job.settings.failed)
    )
}

/// The calls that say which operations of a tag start a job.
pub(super) fn calls(plan: &Plan, tag: TagId) -> Vec<JobCall> {
    let mut by_kind: BTreeMap<(&str, TagId), Vec<(String, String)>> = BTreeMap::new();
    for (_, operation) in plan.operations_of(tag) {
        if let Some(job) = &operation.job {
            let status = &plan.api[job.status];
            let path = match status.tag == tag {
                true => status.request.to_string(),
                false => format!(
                    "crate::api::{}::{}",
                    plan.tag(status.tag).module,
                    status.request
                ),
            };
            let entries = by_kind.entry((&job.kind, status.tag)).or_default();
            entries.push((operation.request.to_string(), format!("=> {path},")));
        }
    }
    let calls = by_kind.into_iter().map(|((kind, status), entries)| {
        let head = format!("starts_job!(crate::jobs::{}", constant(kind));
        JobCall {
            cfg: match status == tag {
                true => String::new(),
                false => cfg(&plan.gate_of(status)),
            },
            call: table_call(&head, entries.into_iter(), ")"),
        }
    });
    calls.collect()
}

/// What rustdoc tells of an operation that starts a job.
pub(super) fn note(operation: &Operation) -> Option<String> {
    operation.job.as_ref()?;
    Some(
        "The work goes on after the answer: `wait()` sends the request and waits until it is done."
            .to_owned(),
    )
}
