//! Takes what went wrong while reading and gives the diagnostic that reports it.
//!
//! All codes and all wording of the load phase that concern files and texts are here, side by side.

use super::{MAX_FILE_BYTES, MAX_FILES, MAX_TOTAL_BYTES};
use crate::diagnostics::{Code, Diagnostic, Diagnostics};
use crate::pointer::JsonPointer;
use crate::source::{Fault, FaultKind, MAX_DEPTH, Position, SourceFile, Stop, SyntaxError};

/// How many diagnostics of one kind are made for one file before the rest is only counted. A document of many megabytes can hold
/// one in every line, which nobody would read.
const MAX_ALIKE: usize = 100;

/// The same for references that lead nowhere; more, because they are faults of the document's content.
pub(super) const MAX_REFERENCES: usize = 1_000;

/// The diagnostic for a text that could not be read.
pub(super) fn syntax(
    file: &SourceFile,
    error: &SyntaxError,
    stop: Option<Stop>,
    at: JsonPointer,
) -> Diagnostic {
    let position = file.position(error.offset.unwrap_or(0));
    match stop.or(error.stop) {
        Some(Stop::TooDeep) => Diagnostic::error(
            Code::NestingTooDeep,
            at,
            format!("The file is nested too deeply: more than {MAX_DEPTH} levels are not read."),
        )
        .help("Check for a YAML alias inside the node that its own anchor names: it nests without end."),
        Some(Stop::TooLarge) => Diagnostic::error(
            Code::YamlAliasBomb,
            at,
            "The file's YAML aliases expand it to many times its size.",
        )
        .help("Use `$ref` instead of a YAML alias for the repeated part."),
        None => {
            let (code, language) = if file.is_json() {
                (Code::JsonSyntax, "JSON")
            } else {
                (Code::YamlSyntax, "YAML")
            };
            let message = error.message.trim_end_matches('.');
            Diagnostic::error(
                code,
                at,
                format!("The file is not valid {language}: {message}."),
            )
        }
    }
    .at(position)
}

/// Pushes the diagnostics for the faults of a text that could be read. `at` is the place in the merged tree that refers
/// to the file; in the root document each fault has its own.
pub(super) fn push_text_faults(
    file: &SourceFile,
    faults: Vec<Fault>,
    is_root: bool,
    at: &JsonPointer,
    diagnostics: &mut Diagnostics,
) {
    // Losses go first, so that many small faults cannot hide them.
    let (losses, small): (Vec<_>, Vec<_>) = faults
        .into_iter()
        .map(|fault| {
            (
                matches!(fault.kind, FaultKind::DuplicateKey { lossy: true, .. }),
                fault,
            )
        })
        .partition(|(is_loss, _)| *is_loss);
    for kind in [losses, small] {
        let hidden = kind.len().saturating_sub(MAX_ALIKE);
        for (_, fault) in kind.into_iter().take(MAX_ALIKE) {
            let at = if is_root {
                fault.pointer.clone()
            } else {
                at.clone()
            };
            diagnostics.push(text_fault(file, fault, at));
        }
        if hidden > 0 {
            diagnostics.push(more_note(hidden, at.clone()).at(file.position(0)));
        }
    }
}

/// The diagnostic in the place of `count` more of the kind before it.
pub(super) fn more_note(count: usize, at: JsonPointer) -> Diagnostic {
    Diagnostic::note(
        Code::MoreOfTheSame,
        at,
        format!("{count} more of the same kind are not shown."),
    )
}

fn text_fault(file: &SourceFile, fault: Fault, at: JsonPointer) -> Diagnostic {
    let position = file.locate(&fault.pointer);
    match fault.kind {
        FaultKind::DuplicateKey { key, lossy: true } => Diagnostic::warning(
            Code::DuplicateKey,
            at,
            format!(
                "The key `{key}` appears twice in one object, with different contents; the last one is used."
            ),
        )
        .help("Merge both contents under one key."),
        FaultKind::DuplicatePath(path) => Diagnostic::warning(
            Code::DuplicatePath,
            at,
            format!(
                "The path `{path}` appears twice; the operations of both are used, and where both have the same method, the last one is."
            ),
        )
        .help("Put all operations of the path under one key."),
        FaultKind::DuplicateKey { key, lossy: false } => Diagnostic::warning(
            Code::DuplicateKey,
            at,
            format!("The key `{key}` appears twice in one object; the last value is used."),
        ),
        FaultKind::NotFinite => Diagnostic::warning(
            Code::NumberNotFinite,
            at,
            "The number is infinite, not a number, or too large for a double, which JSON cannot hold; it is read as null.",
        )
        .help("Write a number below 1.8e308, or leave it out."),
        FaultKind::HalfCharacter => Diagnostic::warning(
            Code::HalfCharacter,
            at,
            "The text holds half of a character: an escape of a surrogate without its other half. It is read as U+FFFD.",
        )
        .help("Write the character itself, or both of its escapes."),
        FaultKind::Tag(tag) => Diagnostic::warning(
            Code::YamlTag,
            at,
            format!("The YAML tag `{tag}` has no meaning in an OpenAPI document and is ignored."),
        ),
        FaultKind::MoreDocuments => Diagnostic::warning(
            Code::YamlManyDocuments,
            at,
            "The file holds several YAML documents; only the first is read.",
        )
        .help("Put each document in a file of its own."),
        FaultKind::Merge => Diagnostic::warning(
            Code::YamlMerge,
            at,
            "The value of the merge key `<<` is neither a mapping nor a list of mappings, so it is ignored.",
        ),
    }
    .at(position)
}

/// The diagnostic for bytes that are not text.
pub(super) fn not_text(file: &SourceFile, at: JsonPointer) -> Diagnostic {
    let position = file.position(file.text().len());
    Diagnostic::error(Code::NotUtf8, at, "The file is not encoded in UTF-8.")
        .help("Save the file as UTF-8.")
        .at(position)
}

/// The diagnostic for a file that exists but cannot be read.
pub(super) fn unreadable(name: &str, reason: &str, at: JsonPointer) -> Diagnostic {
    Diagnostic::error(
        Code::FileUnreadable,
        at,
        format!("The file `{name}` cannot be read: {reason}."),
    )
    .at(Position {
        file: name.to_owned(),
        line: 1,
        column: 1,
    })
}

/// The diagnostic for a file, or a set of files, beyond the limits.
pub(super) fn too_large(name: &str, at: JsonPointer) -> Diagnostic {
    Diagnostic::error(
        Code::DocumentTooLarge,
        at,
        format!(
            "The file `{name}` is not read, because it would make the document too large. The limits are {} MiB in one file, {} MiB \
             and {MAX_FILES} files in total.",
            MAX_FILE_BYTES >> 20,
            MAX_TOTAL_BYTES >> 20,
        ),
    )
}

/// The diagnostic for a root document that holds something other than an object.
pub(super) fn not_an_object(file: &SourceFile) -> Diagnostic {
    Diagnostic::error(
        Code::DocumentNotAnObject,
        JsonPointer::root(),
        "The document is not an object, so it is not an OpenAPI document.",
    )
    .at(file.position(0))
}
