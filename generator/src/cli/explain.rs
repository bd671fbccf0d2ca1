//! Takes the code of a diagnostic and prints what the catalogue says about it, for somebody who has just met it.

use crate::diagnostics::Code;
use crate::diagnostics::catalogue::{Entry, entry, nearest};
use anyhow::anyhow;
use clap::Args;
use std::fmt::Write as _;
use std::process::ExitCode;

/// Columns of the text; a terminal has 80 at least.
const WIDTH: usize = 80;

/// What is to be explained.
#[derive(Args)]
pub(super) struct Explain {
    /// The code of a diagnostic, such as ref-file-missing.
    #[arg(value_name = "CODE")]
    subject: String,
}

/// Prints the explanation.
///
/// # Errors
///
/// When there is no such code; the error names the nearest one.
pub(super) fn run(arguments: &Explain) -> anyhow::Result<ExitCode> {
    let subject = arguments.subject.as_str();
    let code = Code::of(subject).ok_or_else(|| unknown(subject))?;
    print!("{}", text(code));
    Ok(ExitCode::SUCCESS)
}

fn unknown(subject: &str) -> anyhow::Error {
    match nearest(subject) {
        Some(code) => {
            anyhow!("`{subject}` is not the code of a diagnostic; did you mean `{code}`?")
        }
        None => anyhow!("`{subject}` is not the code of a diagnostic"),
    }
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
