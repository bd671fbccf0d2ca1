//! `cargo xtask docs`: makes a book that can be searched of each crate's `docs/`, with a pinned mdBook.
//!
//! mdBook shows the front matter that a page has for a documentation portal as text, so the book is made from a copy of the pages without
//! it, below `target/docs`. mdBook itself is built below `target/mdbook`, which takes minutes once; so the command is no part of
//! `cargo xtask ci`.

use crate::targets::{MISSING_PROGRAM, Repo, Target, cargo};
use anyhow::Context as _;
use sdk_generator::advice::{Advise as _, advised};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};

/// The version of mdBook.
const MDBOOK: &str = "0.5.4";

/// The words after `docs`.
#[derive(clap::Args, Clone, Debug, Default)]
pub(crate) struct Arguments {
    /// The crates whose books are made, by their folders in specs/; all unless given.
    #[arg(value_name = "NAME")]
    names: Vec<String>,
    /// Show the books in a browser.
    #[arg(long)]
    open: bool,
}

/// Runs the command.
///
/// # Errors
///
/// When mdBook cannot be built, or files cannot be read or written.
pub(crate) fn run(repo: &Repo, arguments: &Arguments) -> anyhow::Result<ExitCode> {
    let targets = repo.select(&arguments.names)?;
    let program = install(repo)?;
    for target in &targets {
        let book = repo.path(&format!("target/docs/{}", target.name));
        let pages = copy(repo, target)?;
        let mut command = Command::new(&program);
        command
            .arg("build")
            .arg(&pages)
            .arg("--dest-dir")
            .arg(&book);
        if arguments.open {
            command.arg("--open");
        }
        let status = command
            .status()
            .with_context(|| format!("cannot start {}", program.display()))
            .advise("remove target/mdbook, and run the command again")?;
        if !status.success() {
            println!("The book of {} cannot be made ({status}).", target.name);
            return Ok(ExitCode::from(1));
        }
        println!("{}", book.join("index.html").display());
    }
    Ok(ExitCode::SUCCESS)
}

/// Builds the pinned mdBook, unless it is there already; gives the program.
fn install(repo: &Repo) -> anyhow::Result<PathBuf> {
    let folder = repo.path("target/mdbook");
    let name = format!("bin/mdbook{}", std::env::consts::EXE_SUFFIX);
    let program = folder.join(name);
    if version(&program).is_some_and(|found| found == format!("mdbook v{MDBOOK}")) {
        return Ok(program);
    }
    println!("Building mdBook {MDBOOK} into {}", folder.display());
    let status = cargo(repo)
        .args(["install", "mdbook", "--version", MDBOOK, "--locked"])
        // What serves and watches books is not needed, and is most of what there is to build.
        .args(["--no-default-features", "--features", "search"])
        .arg("--force")
        .arg("--root")
        .arg(&folder)
        .status()
        .context("cannot start cargo")
        .advise(MISSING_PROGRAM)?;
    if !status.success() {
        return Err(advised(
            format!("mdBook {MDBOOK} cannot be built ({status})"),
            "see what cargo says above; it needs the registry that it is set up for",
        ));
    }
    Ok(program)
}

/// What a program says of its version.
fn version(program: &Path) -> Option<String> {
    let output = Command::new(program).arg("--version").output().ok()?;
    Some(String::from_utf8_lossy(&output.stdout).trim().to_owned())
}

/// Copies the pages of a crate without their front matter; gives the folder that they are in.
fn copy(repo: &Repo, target: &Target) -> anyhow::Result<PathBuf> {
    let from = repo.path(&format!("{}/docs", target.krate()));
    let to = repo.path(&format!("target/docs/pages/{}", target.name));
    if to.exists() {
        fs::remove_dir_all(&to).with_context(|| format!("cannot remove {}", to.display()))?;
    }
    copy_folder(&from, &to)?;
    Ok(to)
}

fn copy_folder(from: &Path, to: &Path) -> anyhow::Result<()> {
    fs::create_dir_all(to).with_context(|| format!("cannot create {}", to.display()))?;
    let entries = fs::read_dir(from)
        .with_context(|| format!("cannot read {}", from.display()))
        .advise("run `cargo xtask codegen` first")?;
    for entry in entries {
        let entry = entry?;
        let (path, copy) = (entry.path(), to.join(entry.file_name()));
        if path.is_dir() {
            copy_folder(&path, &copy)?;
            continue;
        }
        let bytes = fs::read(&path).with_context(|| format!("cannot read {}", path.display()))?;
        let text = match path.extension().is_some_and(|extension| extension == "md") {
            true => without_front_matter(&String::from_utf8_lossy(&bytes)).into(),
            false => bytes,
        };
        fs::write(&copy, text).with_context(|| format!("cannot write {}", copy.display()))?;
    }
    Ok(())
}

/// A page without the front matter of a portal.
fn without_front_matter(page: &str) -> &str {
    page.strip_prefix("---\n")
        .and_then(|rest| rest.split_once("\n---\n"))
        .map_or(page, |(_, rest)| rest.trim_start_matches('\n'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn front_matter_is_taken_off_and_nothing_else() {
        let page = "---\nid: a\n---\n\n# A\n\n---\nb\n";
        assert_eq!(without_front_matter(page), "# A\n\n---\nb\n");
        for page in ["# A\n\n---\nid: a\n---\n", "---\nno end", ""] {
            assert_eq!(without_front_matter(page), page);
        }
    }

    #[test]
    fn the_pages_of_every_crate_are_copied() {
        let repo = Repo::here().unwrap();
        let folder = tempfile::tempdir().unwrap();
        for target in repo.targets().unwrap() {
            let copied = folder.path().join(&target.name);
            copy_folder(&repo.path(&format!("{}/docs", target.krate())), &copied).unwrap();
            assert!(copied.join("book.toml").is_file());
            for folder in ["api", "models"] {
                for page in fs::read_dir(copied.join(folder)).unwrap() {
                    let text = fs::read_to_string(page.unwrap().path()).unwrap();
                    assert!(
                        text.starts_with("# ") || text.starts_with("<!-- "),
                        "{text}"
                    );
                }
            }
        }
    }
}
