//! The tools that are compared: where their programs are, the commands that make them work, and the crates that hold what they emit.

use super::{Arguments, runs};
use crate::targets::{Repo, cargo};
use anyhow::Context as _;
use sdk_generator::advice::advised;
use sdk_generator::diagnostics::{Code, Diagnostics};
use sdk_generator::generate::lint;
use sdk_generator::load;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// A generator.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Tool {
    Ours,
    OpenapiToRust,
    Ploidy,
}

impl Tool {
    /// All of them, ours first.
    pub(super) const ALL: [Self; 3] = [Self::Ours, Self::OpenapiToRust, Self::Ploidy];

    /// Its name, which is also its package's and its program's.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Ours => "sdk-generator",
            Self::OpenapiToRust => "openapi-to-rust",
            Self::Ploidy => "ploidy",
        }
    }

    /// The version that the commands here are written for; ours is the one of this repository.
    fn version(self) -> &'static str {
        match self {
            Self::Ours => "",
            Self::OpenapiToRust => "0.23.0",
            Self::Ploidy => "0.15.0",
        }
    }
}

/// What is needed to run each tool, and to check what it emits.
pub(super) struct Workshop {
    /// The temporary folder.
    folder: PathBuf,
    /// The programs, in the order of [`Tool::ALL`].
    programs: Vec<PathBuf>,
    /// What ours reads.
    original: PathBuf,
    /// What the peers read.
    single: PathBuf,
    runtime: PathBuf,
    lock: PathBuf,
}

impl Workshop {
    /// Finds or builds every program, and bundles a document of several files.
    ///
    /// # Errors
    ///
    /// When a peer is missing (with the command that installs it), or ours cannot be built.
    pub(super) fn open(repo: &Repo, arguments: &Arguments, folder: &Path) -> anyhow::Result<Self> {
        let original = fs::canonicalize(&arguments.spec)
            .with_context(|| format!("cannot read {}", arguments.spec.display()))?;
        let peers = arguments.peers.as_ref().map(fs::canonicalize).transpose()?;
        let mut programs = Vec::new();
        for tool in Tool::ALL {
            let program = match (tool, &arguments.generator) {
                (Tool::Ours, Some(program)) => fs::canonicalize(program)
                    .with_context(|| format!("cannot find {}", program.display()))?,
                (Tool::Ours, None) => build_ours(repo)?,
                (peer, _) => peers
                    .as_ref()
                    .map_or_else(|| peer.name().into(), |folder| folder.join(peer.name())),
            };
            programs.push(program);
        }
        missing(&programs)?;
        let single = match &arguments.bundle {
            Some(bundle) => fs::canonicalize(bundle)
                .with_context(|| format!("cannot read {}", bundle.display()))?,
            None if has_many_files(&original) => bundle(&programs, &original, folder)?,
            None => original.clone(),
        };
        Ok(Self {
            folder: folder.to_owned(),
            programs,
            original,
            single,
            runtime: repo.path("runtime"),
            lock: repo.path("Cargo.lock"),
        })
    }

    /// Said in the title when the tools do not read the same file.
    pub(super) fn remark(&self) -> &'static str {
        match self.single == self.original {
            true => "",
            false => "; the peers read it bundled to one file",
        }
    }

    /// The folder of the crate that holds what a tool emits.
    pub(super) fn output(&self, tool: Tool) -> PathBuf {
        self.folder.join(tool.name())
    }

    fn program(&self, tool: Tool) -> Command {
        let position = Tool::ALL.iter().position(|known| *known == tool);
        match position.and_then(|position| self.programs.get(position)) {
            Some(program) => Command::new(program),
            None => Command::new(tool.name()),
        }
    }

    /// The command that generates into `output`.
    pub(super) fn generate(&self, tool: Tool, output: &Path) -> Command {
        let mut command = self.program(tool);
        match tool {
            Tool::Ours => command
                .arg("generate")
                .arg(&self.original)
                .arg("--out")
                .arg(output)
                .args(["--name", &package(tool), "--runtime"])
                .arg(format!("path={}", self.runtime.display())),
            Tool::OpenapiToRust => command
                .arg("generate")
                .arg(&self.single)
                .arg("--output-dir")
                .arg(output.join("src/generated"))
                .arg("--quiet"),
            Tool::Ploidy => command
                .args(["generate", "rust"])
                .arg(&self.single)
                .arg("--output")
                .arg(output)
                .args(["--name", &package(tool)]),
        };
        command
    }

    /// How many fields a tool left untyped, by its own account; `None` for a tool that does not say.
    ///
    /// # Errors
    ///
    /// When it cannot be run.
    pub(super) fn untyped(&self, tool: Tool) -> anyhow::Result<Option<usize>> {
        match tool {
            Tool::Ours => {
                let diagnostics = lint(&self.original, &[]).diagnostics;
                let untyped = diagnostics
                    .iter()
                    .filter(|diagnostic| diagnostic.code == Code::Untyped);
                Ok(Some(untyped.count()))
            }
            Tool::OpenapiToRust => {
                let output = self
                    .program(tool)
                    .arg("generate")
                    .arg(&self.single)
                    .args(["--dry-run", "--report-untyped"])
                    .output()?;
                let text = String::from_utf8_lossy(&output.stdout).into_owned();
                Ok(text
                    .lines()
                    .find_map(|line| line.strip_prefix("untyped: "))
                    .and_then(|rest| match rest.split_whitespace().next()? {
                        "none" => Some(0),
                        count => count.parse().ok(),
                    }))
            }
            Tool::Ploidy => Ok(None),
        }
    }

    /// Makes what a tool emitted a crate that stands alone, and gets what it depends on.
    ///
    /// # Errors
    ///
    /// When a file cannot be written, or a dependency cannot be had.
    pub(super) fn prepare(&self, tool: Tool) -> anyhow::Result<()> {
        let output = self.output(tool);
        match tool {
            // The versions that the repository is tested with.
            Tool::Ours => {
                fs::copy(&self.lock, output.join("Cargo.lock"))?;
            }
            // It emits modules, and tells what the crate around them depends on.
            Tool::OpenapiToRust => {
                let dependencies =
                    fs::read_to_string(output.join("src/generated/REQUIRED_DEPS.toml"))?;
                let manifest = format!(
                    "[package]\nname = \"{}\"\nversion = \"0.1.0\"\nedition = \"2024\"\n\n{dependencies}",
                    package(tool)
                );
                fs::write(output.join("Cargo.toml"), manifest)?;
                fs::write(output.join("src/lib.rs"), "pub mod generated;\n")?;
            }
            Tool::Ploidy => {}
        }
        let status = self.cargo(tool).args(["fetch", "--quiet"]).status()?;
        if !status.success() {
            return Err(advised(
                format!("cannot get what the crate of {} depends on", tool.name()),
                "see what Cargo says above; it needs the registry",
            ));
        }
        Ok(())
    }

    /// The command that checks or builds the crate.
    pub(super) fn compile(&self, tool: Tool, verb: &str) -> Command {
        let mut command = self.cargo(tool);
        command.args([verb, "--quiet", "--offline"]);
        command
    }

    /// Forgets what was compiled of the crate itself.
    ///
    /// # Errors
    ///
    /// When Cargo fails.
    pub(super) fn clean(&self, tool: Tool) -> anyhow::Result<()> {
        let status = self
            .cargo(tool)
            .args(["clean", "--quiet", "--offline", "--package", &package(tool)])
            .status()?;
        if !status.success() {
            return Err(advised(
                format!("cannot clean the crate of {}", tool.name()),
                "see what Cargo says above",
            ));
        }
        Ok(())
    }

    /// Cargo in the crate of a tool. Each has a target folder of its own, so that none profits from another.
    fn cargo(&self, tool: Tool) -> Command {
        let program = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
        let mut command = Command::new(program);
        command
            .current_dir(self.output(tool))
            .env(
                "CARGO_TARGET_DIR",
                self.folder.join(format!("{}-target", tool.name())),
            )
            .env_remove("RUSTFLAGS")
            .stdin(Stdio::null());
        command
    }
}

/// The package that a tool emits.
fn package(tool: Tool) -> String {
    format!("emitted-by-{}", tool.name())
}

/// Whether a document has other files; the peers read one.
fn has_many_files(document: &Path) -> bool {
    load::load(document, &mut Diagnostics::default())
        .is_some_and(|loaded| loaded.sources.files().count() > 1)
}

/// The document in one file, made by our generator.
fn bundle(programs: &[PathBuf], document: &Path, folder: &Path) -> anyhow::Result<PathBuf> {
    let bundle = folder.join("bundled.yaml");
    let ours = programs.first().context("there is no generator")?;
    let output = Command::new(ours)
        .arg("bundle")
        .arg(document)
        .arg("--out")
        .arg(&bundle)
        .output()?;
    if !output.status.success() || !bundle.is_file() {
        return Err(advised(
            format!(
                "cannot bundle {}: {}",
                document.display(),
                String::from_utf8_lossy(&output.stderr).trim_end()
            ),
            "fix what is shown, or give the document as one file with `--bundle`",
        ));
    }
    Ok(bundle)
}

/// Builds our generator as it is shipped, and tells where it is.
fn build_ours(repo: &Repo) -> anyhow::Result<PathBuf> {
    let output = cargo(repo)
        .args([
            "build",
            "--release",
            "--package",
            "sdk-generator",
            "--bin",
            "sdk-generator",
        ])
        .args(["--message-format", "json-render-diagnostics"])
        .stderr(Stdio::inherit())
        .output()?;
    if !output.status.success() {
        return Err(advised(
            "the generator cannot be built",
            "mend what Cargo says above",
        ));
    }
    String::from_utf8_lossy(&output.stdout)
        .lines()
        .filter_map(|line| serde_json::from_str::<serde_json::Value>(line).ok())
        .find_map(|message| message.get("executable")?.as_str().map(PathBuf::from))
        .context("Cargo does not say where it put the generator")
}

/// Fails, with what installs them, when peers are not there.
fn missing(programs: &[PathBuf]) -> anyhow::Result<()> {
    let missing: Vec<String> = Tool::ALL
        .iter()
        .zip(programs)
        .filter(|(tool, program)| **tool != Tool::Ours && !runs(program))
        .map(|(tool, _)| {
            format!(
                "    cargo install {} --version {} --locked --root <DIR>\n",
                tool.name(),
                tool.version()
            )
        })
        .collect();
    if missing.is_empty() {
        return Ok(());
    }
    Err(advised(
        format!(
            "not all of the peers are here; these commands install them:\n\n{}",
            missing.concat()
        ),
        "name their folder with `--peers <DIR>/bin`, or put it on the PATH",
    ))
}
