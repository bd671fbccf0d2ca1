//! `cargo xtask codegen`: makes `generated/` from `specs/` and `templates/`, or tells how it differs.
//!
//! All crates are made in memory first; nothing is written unless all of them can be.

use crate::drift::{self, COMMAND, Emitted, Extra};
use crate::targets::Repo;
use anyhow::Context as _;
use sdk_generator::advice::advised;
use sdk_generator::files::{self, Drift, FileSet, Written};
use sdk_generator::surface;
use std::fs;
use std::io;
use std::path::Path;
use std::process::ExitCode;

/// The words after `codegen`.
#[derive(clap::Args, Clone, Debug, Default)]
pub(crate) struct Arguments {
    /// Folders of specs/; all of them when none is named.
    #[arg(value_name = "TARGET")]
    pub(crate) targets: Vec<String>,
    /// Writes nothing; exits 1 and tells what differs when generated/ is not what would be written.
    #[arg(long)]
    pub(crate) check: bool,
}

/// Runs the command.
///
/// # Errors
///
/// When a target is unknown, cannot be generated from, or `generated/` cannot be read or written.
pub(crate) fn run(repo: &Repo, arguments: &Arguments) -> anyhow::Result<ExitCode> {
    let (emitted, extras) = prepare(repo, arguments)?;
    if arguments.check {
        let drift = drift::find(repo, &emitted, &extras)?;
        if !drift.is_empty() {
            let callers = what_changes_for_callers(repo, &emitted)?;
            print!("{}", report(&drift, &callers, &extras, arguments));
            return Ok(ExitCode::from(1));
        }
        for one in &emitted {
            println!(
                "{}: {} files, as generated",
                one.target.krate(),
                one.files.len()
            );
        }
    } else {
        for line in write(repo, &emitted, &extras)? {
            println!("{line}");
        }
    }
    Ok(ExitCode::SUCCESS)
}

/// Runs the generator, and looks for what does not belong into `generated/` when all of it is asked for.
fn prepare(repo: &Repo, arguments: &Arguments) -> anyhow::Result<(Vec<Emitted>, Vec<Extra>)> {
    let targets = repo.select(&arguments.targets)?;
    let emitted = drift::emit(repo, &targets)?;
    let extras = if arguments.targets.is_empty() {
        drift::extras(repo, &targets)?
    } else {
        Vec::new()
    };
    Ok((emitted, extras))
}

/// What callers of the crates would see of what differs.
fn what_changes_for_callers(repo: &Repo, emitted: &[Emitted]) -> anyhow::Result<String> {
    let told = emitted.iter().map(|one| {
        let krate = one.target.krate();
        let found = drift::read(&repo.path(&krate))?;
        Ok(surface::summary(&krate, &found, &one.files))
    });
    told.collect()
}

/// What `--check` prints when it found something, for a person who has never seen this repository.
fn report(drift: &Drift, callers: &str, extras: &[Extra], arguments: &Arguments) -> String {
    let count = match drift.files.len() {
        1 => "1 file there is".to_owned(),
        count => format!("{count} files there are"),
    };
    let mut report = format!(
        "The crates in generated/ are written by this repository's generator from the OpenAPI documents in specs/ and the templates in \
         templates/,\nand are committed beside them; nobody edits them by hand. {count} not what the generator writes now: a document, a \
         template,\nthe generator or a generated file was changed without running it again.\n\n"
    );
    report.push_str(&drift.report(""));
    report.push_str(callers);
    for extra in extras.iter().filter(|extra| !extra.ours) {
        report.push_str(&format!(
            "\n{} is no crate that the generator made, so the command leaves it: delete it, or move it elsewhere.\n",
            extra.name
        ));
    }
    let mut command = COMMAND.to_owned();
    for target in &arguments.targets {
        command.push(' ');
        command.push_str(target);
    }
    report.push_str(&format!(
        "\nTo fix it, run this and commit what it changes:\n\n    {command}\n"
    ));
    report
}

/// Writes the crates and removes what no target makes; gives a line for each.
fn write(repo: &Repo, emitted: &[Emitted], extras: &[Extra]) -> anyhow::Result<Vec<String>> {
    let mut lines = Vec::new();
    for one in emitted {
        let krate = one.target.krate();
        let found = drift::read(&repo.path(&krate))?;
        let callers = surface::summary(&krate, &found, &one.files);
        let written = write_one(repo, one, &found)?;
        lines.push(format!(
            "{krate}: {} operations; {} files written, {} unchanged, {} removed",
            one.operations, written.written, written.kept, written.removed,
        ));
        if !callers.is_empty() {
            lines.push(callers);
        }
    }
    let mut foreign = Vec::new();
    for extra in extras {
        if !extra.ours {
            foreign.push(extra.name.as_str());
            continue;
        }
        let removed = if fs::symlink_metadata(&extra.path)?.is_dir() {
            fs::remove_dir_all(&extra.path)
        } else {
            fs::remove_file(&extra.path)
        };
        removed.with_context(|| format!("cannot remove {}", extra.name))?;
        lines.push(format!("{}: removed, no target makes it", extra.name));
    }
    if !foreign.is_empty() {
        return Err(advised(
            format!(
                "{} is no crate that the generator made, and stays",
                foreign.join(", ")
            ),
            "delete it, or move it elsewhere",
        ));
    }
    Ok(lines)
}

/// Writes one crate. Nothing in the folder of a target is anybody's but the generator's, whatever the record there says: files that
/// nobody recorded are replaced, and what is not generated goes.
fn write_one(repo: &Repo, one: &Emitted, found: &FileSet) -> anyhow::Result<Written> {
    let folder = repo.path(&one.target.krate());
    let mut written = files::write_over(&one.files, &folder)?;
    for (path, _) in found
        .iter()
        .filter(|(path, _)| one.files.get(path).is_none())
    {
        let path = folder.join(path);
        match fs::remove_file(&path) {
            Ok(()) => written.removed += 1,
            // The record named it, so it is counted already.
            Err(error) if error.kind() == io::ErrorKind::NotFound => continue,
            Err(error) => {
                return Err(error).with_context(|| format!("cannot remove {}", path.display()));
            }
        }
        remove_empty_folders(&path, &folder);
    }
    Ok(written)
}

/// Removes the folders above a file that hold nothing any more, up to the folder of the crate.
fn remove_empty_folders(file: &Path, krate: &Path) {
    let above = file.ancestors().skip(1);
    for folder in above.take_while(|folder| *folder != krate) {
        if fs::remove_dir(folder).is_err() {
            break;
        }
    }
}

#[cfg(test)]
#[path = "codegen_tests.rs"]
mod tests;
