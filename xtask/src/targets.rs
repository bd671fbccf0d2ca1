//! Finds the repository's folders and the APIs that it holds: takes names from the command line, gives [`Target`]s.
//!
//! A target is a folder of `specs/` with a `target.toml` and an `openapi.yaml`; nothing else lists them, so a new API is a new folder.

use anyhow::Context as _;
use sdk_generator::advice::{Advise as _, advised};
use serde_json::Value;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// What to do where a program cannot be started.
pub(crate) const MISSING_PROGRAM: &str = "install this program, and put it on the PATH";

/// The repository, by its root folder.
#[derive(Clone, Debug)]
pub(crate) struct Repo {
    root: PathBuf,
}

/// One API: its document, and the crate made from it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Target {
    /// The folder's name, in `specs/` and in `generated/`.
    pub(crate) name: String,
}

impl Repo {
    /// The repository that this program was built in, whatever folder it is run from.
    ///
    /// # Errors
    ///
    /// When that folder is gone.
    pub(crate) fn here() -> anyhow::Result<Self> {
        // Cargo tells it at run time; the folder of the build stands in when the program is started without Cargo.
        let xtask = std::env::var_os("CARGO_MANIFEST_DIR")
            .unwrap_or_else(|| env!("CARGO_MANIFEST_DIR").into());
        let xtask = Path::new(&xtask);
        let root = xtask
            .parent()
            .with_context(|| format!("{} has no parent folder", xtask.display()))?;
        Self::at(root)
    }

    /// The repository at this root.
    ///
    /// # Errors
    ///
    /// When there is no such folder.
    pub(crate) fn at(root: &Path) -> anyhow::Result<Self> {
        let root =
            fs::canonicalize(root).with_context(|| format!("cannot read {}", root.display()))?;
        Ok(Self { root })
    }

    /// The root folder.
    pub(crate) fn root(&self) -> &Path {
        &self.root
    }

    /// A path below the root.
    pub(crate) fn path(&self, relative: &str) -> PathBuf {
        self.root.join(relative)
    }

    /// Every target, by name.
    ///
    /// # Errors
    ///
    /// When `specs/` cannot be read or holds none.
    pub(crate) fn targets(&self) -> anyhow::Result<Vec<Target>> {
        let specs = self.path("specs");
        let mut targets = Vec::new();
        for entry in
            fs::read_dir(&specs).with_context(|| format!("cannot read {}", specs.display()))?
        {
            let entry = entry?;
            let folder = entry.path();
            if folder.join("target.toml").is_file() && folder.join("openapi.yaml").is_file() {
                targets.push(Target {
                    name: entry.file_name().to_string_lossy().into_owned(),
                });
            }
        }
        targets.sort_by(|a, b| a.name.cmp(&b.name));
        if targets.is_empty() {
            return Err(advised(
                format!(
                    "no folder of {} has a target.toml and an openapi.yaml",
                    specs.display()
                ),
                "put both into a folder there, named after the API; `sdk-generator init` writes the target.toml",
            ));
        }
        Ok(targets)
    }

    /// The targets of these names, each once; all of them when there are no names.
    ///
    /// # Errors
    ///
    /// When a name is no target's.
    pub(crate) fn select(&self, names: &[String]) -> anyhow::Result<Vec<Target>> {
        let mut targets = self.targets()?;
        if let Some(unknown) = names
            .iter()
            .find(|name| targets.iter().all(|target| target.name != **name))
        {
            let known: Vec<&str> = targets.iter().map(|target| target.name.as_str()).collect();
            return Err(advised(
                format!("there is no target `{unknown}` in specs/"),
                format!("name one of these: {}", known.join(", ")),
            ));
        }
        targets.retain(|target| names.is_empty() || names.contains(&target.name));
        Ok(targets)
    }
}

/// Cargo, to be run at the root: the one that runs this program, so that the toolchain is the same.
pub(crate) fn cargo(repo: &Repo) -> Command {
    let mut command = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    command.current_dir(repo.root());
    command
}

/// Builds something, and gives each program that it has with what Cargo says of its target; `fault` says what cannot be built.
pub(crate) fn programs(
    repo: &Repo,
    words: &[&str],
    fault: &str,
) -> anyhow::Result<Vec<(Value, PathBuf)>> {
    let output = cargo(repo)
        .args(words)
        .args(["--message-format", "json-render-diagnostics"])
        .stderr(Stdio::inherit())
        .output()
        .context("cannot start cargo")
        .advise(MISSING_PROGRAM)?;
    if !output.status.success() {
        return Err(advised(fault, "see what the compiler says above"));
    }
    let text = String::from_utf8_lossy(&output.stdout);
    let messages = text
        .lines()
        .filter_map(|line| serde_json::from_str::<Value>(line).ok());
    let built = messages.filter_map(|message| {
        let program = message.get("executable")?.as_str()?.into();
        Some((message.get("target")?.clone(), program))
    });
    Ok(built.collect())
}

impl Target {
    /// Where its document stands, below the root.
    pub(crate) fn document(&self) -> String {
        format!("specs/{}/openapi.yaml", self.name)
    }

    /// Where its settings stand, below the root.
    pub(crate) fn settings(&self) -> String {
        format!("specs/{}/target.toml", self.name)
    }

    /// Where what is known to be wrong in the vendor's document stands, below the root.
    pub(crate) fn corrections(&self) -> String {
        format!("specs/{}/corrections.yaml", self.name)
    }

    /// Where the words stand that its texts use, below the root.
    pub(crate) fn glossary(&self) -> String {
        format!("specs/{}/glossary.yaml", self.name)
    }

    /// Where its crate stands, below the root.
    pub(crate) fn krate(&self) -> String {
        format!("generated/{}", self.name)
    }

    /// Where its crate's manifest stands, below the root.
    pub(crate) fn manifest(&self) -> String {
        format!("generated/{}/Cargo.toml", self.name)
    }
}
