//! What the documents that we write must be beyond what any document must: takes the facts, the plan and the glossary of a target, gives
//! what is at fault, all of it at once.
//!
//! Whoever meets a fault of these can mend it, since the documents are ours. `names` looks at what types are called, and the others at
//! texts: `said` gathers them all, `texts` finds those that are missing or say nothing, `glossary` those that call a thing by another
//! word than the others, and `examples` the values that their schemas refuse.

mod examples;
mod formats;
mod glossary;
mod names;
mod said;
mod texts;
mod words;

use crate::targets::{Repo, Target};
use anyhow::Context as _;
use sdk_generator::facts::Document;
use sdk_generator::load::Sources;
use sdk_generator::pipeline;
use sdk_generator::plan::Plan;
use sdk_generator::pointer::JsonPointer;
use std::path::Path;

/// One fault, at one place of the document.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Finding {
    pointer: JsonPointer,
    /// What is wrong, and what to do about it.
    message: String,
}

impl Finding {
    fn new(pointer: JsonPointer, message: impl Into<String>) -> Self {
        Self {
            pointer,
            message: message.into(),
        }
    }
}

/// What is at fault with the document of a target, a line each with the place in its files; nothing where all is well.
///
/// # Errors
///
/// When the document or the glossary cannot be read.
pub(crate) fn lint(repo: &Repo, target: &Target, plan: &Plan) -> anyhow::Result<Vec<String>> {
    let document = target.document();
    let read = pipeline::load(&repo.path(&document), &[]).read();
    let facts = read
        .ok()
        .with_context(|| format!("{document} cannot be read"))?;
    let glossary = glossary::read(repo, target)?;
    let mut findings = names::find(plan);
    findings.extend(find_in_texts(facts, &glossary));
    findings.extend(examples::find(facts));
    let folder = repo.path(&format!("specs/{}", target.name));
    Ok(lines(&findings, &read.sources, repo.root(), &folder))
}

fn find_in_texts(facts: &Document, glossary: &[glossary::Term]) -> Vec<Finding> {
    let said = said::gather(facts);
    let mut findings = texts::find(&said);
    findings.extend(glossary::find(&said, glossary));
    findings
}

/// The findings in the order of the files, each once.
fn lines(findings: &[Finding], sources: &Sources, root: &Path, folder: &Path) -> Vec<String> {
    let mut lines: Vec<(String, usize, String)> = findings
        .iter()
        .map(|finding| {
            let place = sources.locate(&finding.pointer);
            let (file, line) = place.map_or_else(Default::default, |at| (at.file, at.line));
            let path = folder.join(file);
            let path = path.strip_prefix(root).unwrap_or(&path);
            (path.display().to_string(), line, finding.message.clone())
        })
        .collect();
    lines.sort();
    lines.dedup();
    let lines = lines.into_iter();
    lines
        .map(|(file, line, message)| format!("{file}:{line}: {message}"))
        .collect()
}

/// The facts of a document that has only these components.
#[cfg(test)]
fn facts_of(schemas: &str) -> Document {
    facts_of_document(&format!("paths: {{}}\ncomponents:\n  schemas:\n{schemas}"))
}

/// The facts of a document, less its head.
#[cfg(test)]
fn facts_of_document(rest: &str) -> Document {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("openapi.yaml");
    let head = "openapi: 3.0.3\ninfo: {title: Pets, version: '1'}\nservers: [{url: 'https://example.com'}]\n";
    std::fs::write(&path, format!("{head}{rest}")).unwrap();
    let read = pipeline::load(&path, &[]).read();
    assert!(!read.diagnostics.has_errors());
    read.value.unwrap()
}

/// The messages of findings.
#[cfg(test)]
fn messages(findings: &[Finding]) -> Vec<&str> {
    findings
        .iter()
        .map(|finding| finding.message.as_str())
        .collect()
}
