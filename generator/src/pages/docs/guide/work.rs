//! The chapters about more than one exchange: lists in pages, jobs, and files that are sent and saved.

use super::super::Example;
use super::super::chosen::{self, Filtered};
use super::super::example::{Setting, Use, used};
use super::calls::with_call;
use crate::plan::Plan;
use crate::prose::code;
use serde::Serialize;

#[derive(Serialize)]
pub(super) struct Lists {
    stream: Option<Example>,
    pages: Option<Example>,
    /// A list whose place is stored after each page.
    resume: Option<Example>,
    /// A list that is filtered.
    filtered: Option<Example>,
    /// The filters that do not compile: of a field that is not there, and of one that is not compared so.
    refused: Vec<String>,
    /// Whether there are searches that go on behind their last hit.
    search_after: bool,
}

pub(super) fn lists(plan: &Plan) -> Lists {
    let paged = chosen::paged(plan);
    let stream = |call: &str| {
        format!(
            "let mut items = {call}.stream();\n\
             while let Some(item) = items.try_next().await? {{\nprintln!(\"{{item:?}}\");\n}}\n"
        )
    };
    let pages = |call: &str| {
        format!(
            "let mut pages = {call}.pages();\n\
             while let Some(page) = pages.try_next().await? {{\n\
             println!(\"{{}} items, of {{:?}} in all\", page.items().len(), page.total());\n}}\n"
        )
    };
    let resume = |call: &str| {
        format!(
            "let position = match std::fs::read(\"position.json\") {{\n\
             Ok(stored) => serde_json::from_slice(&stored)?,\n\
             Err(error) if error.kind() == std::io::ErrorKind::NotFound => Position::START,\n\
             Err(error) => return Err(error.into()),\n}};\n\
             let mut pages = {call}.pages_from(position);\n\
             while let Some(page) = pages.try_next().await? {{\n\
             for item in page.items() {{\nprintln!(\"{{item:?}}\");\n}}\n\
             std::fs::write(\"position.json\", serde_json::to_vec(page.next())?)?;\n}}\n"
        )
    };
    let filtered = chosen::filtered(plan);
    Lists {
        stream: paged.map(|operation| with_call(plan, operation, &[], "", stream)),
        pages: paged.map(|operation| with_call(plan, operation, &[], "", pages)),
        resume: paged.map(|operation| with_call(plan, operation, &["Position"], "", resume)),
        filtered: filtered.map(|filtered| filter(plan, filtered)),
        refused: filtered.map_or_else(Vec::new, |filtered| refused(plan, filtered)),
        search_after: plan
            .paging
            .values()
            .any(|style| style.search_after.is_some()),
    }
}

/// A list that is filtered by a field.
fn filter(plan: &Plan, filtered: Filtered<'_>) -> Example {
    let Filtered {
        operation,
        parameter,
        filter,
        field,
    } = filtered;
    let (ty, field, setter) = (&filter.ident, &field.ident, &parameter.ident);
    let import = format!("use {};\n", filter_path(plan, filtered));
    let items = |call: &str| {
        format!(
            "let wanted = {ty}::{field}().eq(\"Finance\");\n\
             let found = {call}.{setter}(wanted).await?;\n\
             println!(\"{{found:#?}}\");\n"
        )
    };
    with_call(plan, operation, &[], &import, items)
}

/// Programs that do not compile, since what they ask for is refused by the service.
fn refused(plan: &Plan, filtered: Filtered<'_>) -> Vec<String> {
    let (ty, field) = (&filtered.filter.ident, &filtered.field.ident);
    let path = filter_path(plan, filtered);
    let faults = [
        format!("{ty}::no_such_field().eq(\"Finance\");"),
        format!("{ty}::{field}().co(\"Fin\");"),
    ];
    let programs = faults.iter();
    programs
        .map(|fault| format!("use {path};\n\nlet _ = {fault}"))
        .collect()
}

fn filter_path(plan: &Plan, filtered: Filtered<'_>) -> String {
    let (library, module) = (&plan.name.library, &plan.api[filtered.operation.tag].module);
    format!("{library}::api::{module}::{}", filtered.filter.ident)
}

#[derive(Serialize)]
pub(super) struct Jobs {
    wait: Option<Example>,
    /// A job whose failure is told apart.
    failed: Option<Example>,
    rows: Vec<Row>,
}

/// An operation that starts a job, and the one that tells its state, as code.
#[derive(Serialize)]
struct Row {
    start: String,
    status: String,
}

pub(super) fn jobs(plan: &Plan) -> Jobs {
    let job = chosen::job(plan);
    let duration = "use std::time::Duration;\n";
    let wait = |call: &str| {
        format!(
            "let state = {call}.wait().at_most(Duration::from_secs(1_800)).await?;\n\
             println!(\"{{state:#?}}\");\n"
        )
    };
    let failed = |call: &str| {
        format!(
            "match {call}.wait().await {{\n\
             Ok(state) => println!(\"{{state:#?}}\"),\n\
             Err(Error::Job(error)) => {{\n\
             eprintln!(\"{{error}}; state {{:?}}, still running {{:?}}\", error.state(), error.running_id())\n}}\n\
             Err(error) => return Err(error.into()),\n}}\n"
        )
    };
    let rows = plan.operations().filter_map(|(_, operation)| {
        let status = &plan.api[operation.job.as_ref()?.status];
        Some(Row {
            start: code(operation.ident.word()),
            status: code(status.ident.word()),
        })
    });
    Jobs {
        wait: job.map(|operation| with_call(plan, operation, &[], duration, wait)),
        failed: job.map(|operation| with_call(plan, operation, &["Error"], "", failed)),
        rows: rows.collect(),
    }
}

#[derive(Serialize)]
pub(super) struct Files {
    upload: Option<Example>,
    download: Option<Example>,
}

/// A function that draws a bar.
const BAR: &str = "fn bar(progress: Progress) {\n\
    match progress.total() {\n\
    Some(total) => eprint!(\"\\r{:3} %\", progress.bytes() * 100 / total.max(1)),\n\
    None => eprint!(\"\\r{} bytes\", progress.bytes()),\n}\n}\n";

pub(super) fn files(plan: &Plan) -> Files {
    let with_bar = Use {
        names: &["Progress"],
        items: BAR,
        ..Use::CALL
    };
    let with_file = Use {
        setting: Setting::Upload,
        ..with_bar
    };
    let upload = |call: &str| {
        format!("let answer = {call}.on_upload(bar).await?;\nprintln!(\"{{answer:#?}}\");\n")
    };
    let download = |call: &str| {
        format!(
            "let download = {call}.send_stream().await?.into_body();\n\
             let bytes = download.on_progress(bar).save_to(\"download.dat\").await?;\n\
             println!(\"{{bytes}} bytes\");\n"
        )
    };
    Files {
        upload: chosen::upload(plan).map(|operation| used(plan, operation, &with_file, upload)),
        download: chosen::download(plan)
            .map(|operation| used(plan, operation, &with_bar, download)),
    }
}
