//! Takes the code of a diagnostic and prints what the catalogue says about it, for somebody who has just met it; or takes a document and
//! a name, and has the item of that name explained.

use super::explain_item;
use super::job::SpecJob;
use super::overlays::Overlays;
use super::say;
use crate::advice::advised;
use crate::diagnostics::Code;
use crate::diagnostics::catalogue::{Entry, entry, nearest};
use clap::Args;
use std::fmt::Write as _;
use std::path::PathBuf;
use std::process::ExitCode;

/// Columns of the text; a terminal has 80 at least.
const WIDTH: usize = 80;

/// What is to be explained.
#[derive(Args)]
pub(super) struct Explain {
    /// The code of a diagnostic, such as ref-file-missing; or an OpenAPI document, when a NAME follows.
    #[arg(value_name = "CODE|SPEC")]
    subject: PathBuf,
    /// What is to be explained of the document: an operationId, a Rust path such as models::MfaDuoConfig::host, or a JSON pointer.
    name: Option<String>,
    /// What the document cannot say about the crate.
    #[arg(long, value_name = "FILE.toml", requires = "name")]
    target: Option<PathBuf>,
    #[command(flatten)]
    overlays: Overlays,
}

/// Prints the explanation.
///
/// # Errors
///
/// When there is no such code or name; the error tells the nearest ones.
pub(super) fn run(arguments: &Explain) -> anyhow::Result<ExitCode> {
    if let Some(name) = &arguments.name {
        let job = SpecJob {
            spec: arguments.subject.clone(),
            target: arguments.target.clone(),
            overlays: arguments.overlays.clone(),
        };
        return explain_item::run(&job, name);
    }
    if !arguments.overlays.files.is_empty() {
        return Err(advised(
            "`--overlay` applies to a document, but no NAME says what to explain in it",
            "write `sdk-generator explain SPEC NAME --overlay FILE`, or leave the overlay out",
        ));
    }
    let subject = &arguments.subject.to_string_lossy();
    let code = Code::of(subject).ok_or_else(|| unknown(subject))?;
    say::out(text(code))?;
    Ok(ExitCode::SUCCESS)
}

fn unknown(subject: &str) -> anyhow::Error {
    let nearest = nearest(subject).map(|code| format!("; did you mean `{code}`?"));
    advised(
        format!(
            "`{subject}` is not the code of a diagnostic{}",
            nearest.unwrap_or_default()
        ),
        "give a code that stands in the brackets of a message, or a document and a NAME: `sdk-generator explain SPEC NAME`",
    )
}

/// The entry of a code as plain text.
fn text(code: Code) -> String {
    let Entry { why, example, fix } = entry(code);
    let mut out = format!("{code}\n\n");
    let paragraph = |text: &str| textwrap::fill(text, WIDTH);
    // Writing to a string cannot fail.
    let _ = write!(out, "{}\n\n{}\n\n", paragraph(code.title()), paragraph(why));
    out.push_str("Example:\n\n");
    for (name, text) in *example {
        if example.len() > 1 {
            let _ = write!(out, "  {name}\n\n");
        }
        let _ = writeln!(out, "{}", textwrap::indent(text, "    "));
    }
    let _ = writeln!(out, "{}", paragraph(&format!("What to do: {fix}")));
    out
}
