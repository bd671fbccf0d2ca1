//! Takes an error of a command, gives its text: what happened, where, and what to do about it.
//!
//! Each kind of error has its advice here, in one `match` per kind, so that a new error does not compile before somebody has said what
//! whoever meets it does. An error that is made where it happens brings its advice along: [`Advise`].

use crate::bundle::BundleError;
use crate::diagnostics::Severity;
use crate::diagnostics::styles::Styles;
use crate::explain::ExplainError;
use crate::files::WriteError;
use crate::format::FormatError;
use crate::generate::GenerateError;
use crate::render::RenderError;
use crate::target::TargetError;
use std::error::Error;
use std::fmt;
use std::io;

/// What to do about what should not have happened.
const REPORT: &str = "this is a fault of the program: report it, with the command, this text, and the document if you may share it";

/// What to do about text that does not parse although templates and settings made it.
const MEND_TEMPLATE: &str = "fix the template in `--templates` that prints this file, or the setting of the target file that the text comes from; with \
     neither, report it as a fault of the generator";

/// An error with what to do about it.
#[derive(Debug)]
struct Advised {
    error: anyhow::Error,
    help: String,
}

impl fmt::Display for Advised {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.error.fmt(f)
    }
}

impl Error for Advised {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        self.error.source()
    }
}

/// Says what to do about an error, where the error is made.
pub trait Advise<T> {
    /// Adds what to do.
    ///
    /// # Errors
    ///
    /// The same as before.
    fn advise(self, help: impl Into<String>) -> anyhow::Result<T>;
}

impl<T, E: Into<anyhow::Error>> Advise<T> for Result<T, E> {
    fn advise(self, help: impl Into<String>) -> anyhow::Result<T> {
        self.map_err(|error| {
            anyhow::Error::new(Advised {
                error: error.into(),
                help: help.into(),
            })
        })
    }
}

/// A new error: what happened, and what to do.
pub fn advised(happened: impl Into<String>, help: impl Into<String>) -> anyhow::Error {
    anyhow::Error::new(Advised {
        error: anyhow::Error::msg(happened.into()),
        help: help.into(),
    })
}

/// The text of an error, its causes, and what to do; it ends with a line's end.
pub fn text(error: &anyhow::Error, styles: &Styles) -> String {
    let (style, strong, frame) = (styles.of(Severity::Error), styles.strong, styles.frame);
    let (told, help) = (told(error), help(error));
    format!(
        "{style}error{style:#}{strong}:{strong:#} {}\n {frame}={frame:#} {strong}help{strong:#}: {help}\n",
        told.trim_end()
    )
}

/// An error and its causes, each said once: some errors tell their cause themselves.
fn told(error: &anyhow::Error) -> String {
    error
        .chain()
        .map(ToString::to_string)
        .fold(String::new(), |told, cause| match told {
            told if told.is_empty() => cause,
            told if told.contains(&cause) => told,
            told => format!("{told}: {cause}"),
        })
}

/// What to do about an error: what the outermost of its causes that knows says.
fn help(error: &anyhow::Error) -> String {
    let known = error.chain().find_map(known);
    known.unwrap_or_else(|| REPORT.to_owned())
}

fn known(error: &(dyn Error + 'static)) -> Option<String> {
    if let Some(advised) = error.downcast_ref::<Advised>() {
        return Some(advised.help.clone());
    }
    if let Some(error) = error.downcast_ref() {
        return generate(error);
    }
    let help = if let Some(error) = error.downcast_ref() {
        target(error)?
    } else if let Some(error) = error.downcast_ref() {
        write(error)?
    } else if let Some(error) = error.downcast_ref() {
        bundle(error)?
    } else if let Some(error) = error.downcast_ref() {
        explain(error)
    } else if let Some(error) = error.downcast_ref::<io::Error>() {
        disk(error.kind())
    } else {
        return None;
    };
    Some(help.to_owned())
}

fn generate(error: &GenerateError) -> Option<String> {
    let help = match error {
        GenerateError::Render(error) => match error {
            RenderError::Read { source, .. } => disk(source.kind()),
            RenderError::Unused { .. } => {
                "give the file the path of a built-in template, or take it out of the folder of templates"
            }
            RenderError::Template { .. } => {
                "fix the template at this line; if it is not from `--templates`, report it as a fault of the generator"
            }
        },
        GenerateError::Format(
            FormatError::Rust { .. } | FormatError::Json { .. } | FormatError::Toml { .. },
        ) => MEND_TEMPLATE,
        GenerateError::Copied { .. } => {
            "put the file there, or take it out of the target file, which names it"
        }
        GenerateError::Settings { .. } => {
            "change or remove these lines; `sdk-generator plan SPEC` prints every name that settings can use"
        }
        GenerateError::SameFile(_) => {
            "two items give the file its name: give one of them another name, below `[names]` in a target file"
        }
        GenerateError::LostOperations { .. } | GenerateError::Runtime(_) => REPORT,
        GenerateError::Name(_) => {
            "give the crate another name: `--name CRATE`, or `name` below `[package]` in a target file"
        }
    };
    Some(help.to_owned())
}

fn target(error: &TargetError) -> Option<&'static str> {
    match error {
        // The cause tells.
        TargetError::Read { .. } => None,
        TargetError::Parse { .. } => Some(
            "fix the file at this line; `sdk-generator init SPEC --out -` prints one in which each setting is explained",
        ),
    }
}

fn write(error: &WriteError) -> Option<&'static str> {
    match error {
        WriteError::NotOurs(_) => Some(
            "name an empty folder or one that the generator made, or say `--force` to write there beside what it holds",
        ),
        WriteError::NotRecorded { .. } => {
            Some("move what is there away, or say `--force` to replace it")
        }
        WriteError::InTheWay { .. } => Some("move it away, or name another folder"),
        WriteError::NotAFolder(_) => Some("name another folder, or move away what stands there"),
        // The cause tells.
        WriteError::Io { .. } => None,
        WriteError::Unfinished { .. } => Some(
            "make sure that the folder can be written to, and run the command again: it undoes these changes first",
        ),
    }
}

fn bundle(error: &BundleError) -> Option<&'static str> {
    match error {
        BundleError::Format(_) => Some("give the file a name that ends in .yaml or .json"),
        BundleError::IsSource(_) => Some("name another file with `--out`"),
        BundleError::Print(_) => Some(REPORT),
        // The cause tells.
        BundleError::Write { .. } => None,
    }
}

fn explain(error: &ExplainError) -> &'static str {
    match error {
        ExplainError::Unknown { .. } => {
            "use a name that `sdk-generator plan SPEC` prints, or the JSON pointer of a place in the document"
        }
        ExplainError::Unused(_) => {
            "ask for a place that an operation uses; `sdk-generator plan SPEC` prints all that is emitted"
        }
    }
}

/// What to do when the file system refuses.
fn disk(kind: io::ErrorKind) -> &'static str {
    use io::ErrorKind;
    match kind {
        ErrorKind::NotFound => {
            "check the spelling of the path, and that it leads there from the folder in which you run the command"
        }
        ErrorKind::PermissionDenied => "change who may read and write there, or name another place",
        ErrorKind::IsADirectory => "this is a folder: name a file",
        ErrorKind::NotADirectory => "a part of the path is a file: name another path",
        ErrorKind::AlreadyExists => "move away what stands there, or name another place",
        ErrorKind::InvalidData => "store the file as UTF-8 text",
        ErrorKind::StorageFull | ErrorKind::QuotaExceeded => {
            "make room on the disk, and run the command again"
        }
        ErrorKind::ReadOnlyFilesystem => "name a place that can be written to",
        _ => "see what keeps the file system from doing this, and run the command again",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use anyhow::Context as _;

    fn plain(error: &anyhow::Error) -> String {
        text(error, &Styles::PLAIN)
    }

    #[test]
    fn the_cause_tells_what_to_do_where_nothing_nearer_does() {
        let missing = || io::Error::from(io::ErrorKind::NotFound);
        let error: anyhow::Result<()> = Err(missing()).context("cannot read a.yaml");
        let told = plain(&error.unwrap_err());
        assert!(
            told.starts_with("error: cannot read a.yaml: entity not found\n = help: check"),
            "{told}"
        );
        let error: anyhow::Result<()> = Err(missing())
            .context("cannot start npm")
            .advise("install Node");
        let told = plain(&error.unwrap_err().context("the mock server does not run"));
        assert_eq!(
            told,
            "error: the mock server does not run: cannot start npm: entity not found\n = help: install Node\n"
        );
    }

    #[test]
    fn what_nobody_foresaw_is_to_be_reported() {
        let told = plain(&anyhow::Error::msg("odd"));
        assert_eq!(told, format!("error: odd\n = help: {REPORT}\n"));
        let told = plain(&advised("odd", "look"));
        assert_eq!(told, "error: odd\n = help: look\n");
    }

    #[test]
    fn styles_stand_around_words() {
        let told = text(&advised("odd", "look"), &Styles::COLOURED);
        assert!(
            told.starts_with("\u{1b}[1m\u{1b}[91merror\u{1b}[0m"),
            "{told:?}"
        );
    }
}
