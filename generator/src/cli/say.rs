//! Printing, for every command: takes text, gives it to whoever reads standard output or standard error.
//!
//! A reader may have had enough before the end, as `head` does. What is left is then not printed, nothing is said of it, and the
//! command ends as it would have. `println!` would panic there, so no command uses it.

use anyhow::Context as _;
use std::fmt::Display;
use std::io::{self, Write as _};

/// Prints a text as it is to standard output.
pub(super) fn out(text: impl Display) -> anyhow::Result<()> {
    let mut stdout = io::stdout().lock();
    let written = write!(stdout, "{text}").and_then(|()| stdout.flush());
    told(written).context("cannot write to standard output")
}

/// The same with a line's end.
pub(super) fn out_line(text: impl Display) -> anyhow::Result<()> {
    out(format_args!("{text}\n"))
}

/// Prints a text as it is to standard error. There is nowhere to tell that this failed.
pub(super) fn err(text: impl Display) {
    let _ = write!(io::stderr().lock(), "{text}");
}

/// The same with a line's end.
pub(super) fn err_line(text: impl Display) {
    err(format_args!("{text}\n"));
}

/// What is to be told of a print: not that the reader has gone.
fn told(written: io::Result<()>) -> io::Result<()> {
    match written {
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
        written => written,
    }
}
