//! Takes the name of a shell, prints the script by which it completes the words of this program.

use super::{Cli, say};
use clap::{Args, CommandFactory as _};
use clap_complete::Shell;
use std::process::ExitCode;

/// For which shell.
#[derive(Args)]
pub(super) struct Completions {
    /// The shell.
    #[arg(value_enum)]
    shell: Shell,
}

/// Prints the script.
///
/// # Errors
///
/// When it cannot be printed.
pub(super) fn run(arguments: &Completions) -> anyhow::Result<ExitCode> {
    let mut command = Cli::command();
    let name = command.get_name().to_owned();
    let mut script = Vec::new();
    clap_complete::generate(arguments.shell, &mut command, name, &mut script);
    say::out(String::from_utf8_lossy(&script))?;
    Ok(ExitCode::SUCCESS)
}
