//! Takes a name as a person gives it, finds what it names.

use super::{Evidence, Subject};
use crate::closeness::nearest_few;
use crate::pointer::JsonPointer;

/// How many names an error suggests.
const SUGGESTED: usize = 3;

/// Why a name cannot be explained.
#[derive(Debug, thiserror::Error)]
pub enum ExplainError {
    /// Nothing is called so.
    #[error("nothing is called `{name}`{}", suggest(nearest))]
    Unknown {
        /// The name.
        name: String,
        /// What it may have meant.
        nearest: Vec<String>,
    },
    /// The document has the place, and nothing of the crate comes from it.
    #[error(
        "nothing is emitted for {0}: it is in the document, but no operation uses it, or it says nothing that reaches the crate"
    )]
    Unused(JsonPointer),
}

fn suggest(nearest: &[String]) -> String {
    match nearest {
        [] => String::new(),
        nearest => format!("; did you mean one of these?\n  {}", nearest.join("\n  ")),
    }
}

/// Everything that has this name.
pub(super) fn find<'r>(
    evidence: &Evidence<'r>,
    name: &str,
) -> Result<Vec<Subject<'r>>, ExplainError> {
    let subjects = evidence.subjects();
    if name.starts_with('#') || name.starts_with('/') {
        return by_pointer(evidence, subjects, name);
    }
    let library = format!("{}::", evidence.plan.name.library);
    let plain = ["crate::", library.as_str()]
        .iter()
        .find_map(|prefix| name.strip_prefix(prefix))
        .unwrap_or(name);
    let mut known: Vec<String> = Vec::new();
    let mut found = Vec::new();
    for subject in subjects {
        let names = subject.names(evidence.plan);
        if names.iter().any(|known| known == plain) {
            found.push(subject);
        }
        known.extend(names);
    }
    if found.is_empty() {
        return Err(ExplainError::Unknown {
            name: name.to_owned(),
            nearest: nearest_few(plain, known.iter().map(String::as_str), SUGGESTED),
        });
    }
    Ok(found)
}

/// What comes from a place of the document, or else from the nearest place around it from which something does.
fn by_pointer<'r>(
    evidence: &Evidence<'r>,
    subjects: Vec<Subject<'r>>,
    name: &str,
) -> Result<Vec<Subject<'r>>, ExplainError> {
    let text = name.trim_start_matches('#');
    let pointer = JsonPointer::parse(text)
        .filter(|pointer| evidence.document.pointer(pointer.as_str()).is_some())
        .ok_or_else(|| ExplainError::Unknown {
            name: name.to_owned(),
            nearest: {
                let known = subjects.iter().map(|subject| subject.pointer().as_str());
                let nearest = nearest_few(text, known, SUGGESTED);
                nearest
                    .iter()
                    .map(|pointer| format!("#{pointer}"))
                    .collect()
            },
        })?;
    let depth = |pointer: &JsonPointer| pointer.as_str().len();
    let around = |subject: &Subject<'_>| pointer.starts_with(subject.pointer());
    let nearest = subjects
        .iter()
        .filter(|subject| around(subject))
        .map(|subject| depth(subject.pointer()))
        .max()
        .ok_or_else(|| ExplainError::Unused(pointer.clone()))?;
    Ok(subjects
        .into_iter()
        .filter(|subject| around(subject) && depth(subject.pointer()) == nearest)
        .collect())
}
