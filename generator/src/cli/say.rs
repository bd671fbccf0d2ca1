//! Printing, for every command: takes text, gives it to whoever reads standard output or standard error, as loud and as coloured as
//! the options `--quiet` and `--color` ask for.
//!
//! A reader may have had enough before the end, as `head` does. What is left is then not printed, nothing is said of it, and the
//! command ends as it would have. `println!` would panic there, so no command uses it.

use crate::advice::{self, Advise as _};
use crate::diagnostics::styles::Styles;
use anstream::{AutoStream, ColorChoice};
use anyhow::Context as _;
use clap::{Args, ValueEnum};
use std::fmt::Display;
use std::io::{self, Write};
use std::sync::OnceLock;

/// How a command speaks: the options that all commands have.
#[derive(Args, Clone, Copy, Debug)]
pub(super) struct Voice {
    /// When to use colours: on a terminal, always, or never. NO_COLOR and CLICOLOR_FORCE apply unless this is given.
    #[arg(long, global = true, value_enum, value_name = "WHEN", default_value_t = When::Auto)]
    color: When,
    /// Says nothing but errors, and what was asked for.
    #[arg(long, global = true)]
    quiet: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum When {
    Auto,
    Always,
    Never,
}

/// Where text goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Stream {
    /// Standard output.
    Out,
    /// Standard error.
    Err,
}

/// Whether the run is quiet; it is said once, and is the run's as its streams are.
static QUIET: OnceLock<bool> = OnceLock::new();

impl Voice {
    /// Speaks like this from here on.
    pub(super) fn begin(self) {
        let choice = match self.color {
            When::Auto => ColorChoice::Auto,
            When::Always => ColorChoice::Always,
            When::Never => ColorChoice::Never,
        };
        choice.write_global();
        let _ = QUIET.set(self.quiet);
    }
}

/// Whether nothing but errors is to be said.
pub(super) fn is_quiet() -> bool {
    QUIET.get().is_some_and(|quiet| *quiet)
}

/// The styles of text that goes there.
pub(super) fn styles(stream: Stream) -> Styles {
    let choice = match stream {
        Stream::Out => AutoStream::choice(&io::stdout()),
        Stream::Err => AutoStream::choice(&io::stderr()),
    };
    match choice {
        ColorChoice::Never => Styles::PLAIN,
        _ => Styles::COLOURED,
    }
}

/// Prints a text as it is to standard output.
pub(super) fn out(text: impl Display) -> anyhow::Result<()> {
    told(print(Stream::Out, text))
        .context("cannot write to standard output")
        .advise("send it to a file or a program that takes it")
}

/// The same with a line's end.
pub(super) fn out_line(text: impl Display) -> anyhow::Result<()> {
    out(format_args!("{text}\n"))
}

/// Prints what a run has to tell of itself, unless it is to be quiet.
pub(super) fn tell(text: impl Display) -> anyhow::Result<()> {
    if is_quiet() { Ok(()) } else { out(text) }
}

/// The same with a line's end.
pub(super) fn tell_line(text: impl Display) -> anyhow::Result<()> {
    tell(format_args!("{text}\n"))
}

/// Prints a text as it is to standard error. There is nowhere to tell that this failed.
pub(super) fn err(text: impl Display) {
    let _ = print(Stream::Err, text);
}

/// The same with a line's end.
pub(super) fn err_line(text: impl Display) {
    err(format_args!("{text}\n"));
}

/// Prints what went wrong, and what to do about it.
pub(super) fn error(error: &anyhow::Error) {
    err(advice::text(error, &styles(Stream::Err)));
}

/// Prints to a stream; where its text has styles, a console that must be told of them is.
fn print(stream: Stream, text: impl Display) -> io::Result<()> {
    let plain = styles(stream) == Styles::PLAIN;
    match (stream, plain) {
        (Stream::Out, true) => print_to(io::stdout().lock(), text),
        (Stream::Out, false) => print_to(AutoStream::always(io::stdout().lock()), text),
        (Stream::Err, true) => print_to(io::stderr().lock(), text),
        (Stream::Err, false) => print_to(AutoStream::always(io::stderr().lock()), text),
    }
}

fn print_to(mut stream: impl Write, text: impl Display) -> io::Result<()> {
    write!(stream, "{text}").and_then(|()| stream.flush())
}

/// What is to be told of a print: not that the reader has gone.
fn told(written: io::Result<()>) -> io::Result<()> {
    match written {
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
        written => written,
    }
}
