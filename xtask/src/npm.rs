//! Installs npm packages at the versions of a lock file: takes a folder with `package.json` and `package-lock.json`, gives the folder
//! that they are installed in.
//!
//! The lock file names no registry, so that npm asks the one that it is set up for. No package runs a script of its own.

use anyhow::Context as _;
use sdk_generator::advice::{Advise as _, advised};
use std::fs;
use std::path::Path;
use std::process::Command;

/// What to do where Node or npm cannot be started.
pub(crate) const NODE: &str = "install Node (https://nodejs.org), and put it on the PATH";

/// Installs what the lock file in `sources` names into `target`, unless it is there already; `what` tells people what it is.
///
/// # Errors
///
/// When a file cannot be read or written, or npm fails.
pub(crate) fn install(what: &str, sources: &Path, target: &Path) -> anyhow::Result<()> {
    let lock = sources.join("package-lock.json");
    let lock = fs::read(&lock).with_context(|| format!("cannot read {}", lock.display()))?;
    // Written last, so that a half-done installation is not taken for one.
    let stamp = target.join("node_modules/.installed");
    if fs::read(&stamp).is_ok_and(|installed| installed == lock) {
        return Ok(());
    }
    println!("Installing {what} into {}", target.display());
    fs::create_dir_all(target).with_context(|| format!("cannot create {}", target.display()))?;
    for file in ["package.json", "package-lock.json"] {
        let from = sources.join(file);
        fs::copy(&from, target.join(file))
            .with_context(|| format!("cannot copy {}", from.display()))?;
    }
    let npm = if cfg!(windows) { "npm.cmd" } else { "npm" };
    let status = Command::new(npm)
        .args([
            "ci",
            "--no-audit",
            "--no-fund",
            "--ignore-scripts",
            "--loglevel=error",
        ])
        .current_dir(target)
        .status()
        .context("cannot start npm")
        .advise(NODE)?;
    if !status.success() {
        return Err(advised(
            format!("`npm ci` in {} failed ({status})", target.display()),
            "see what npm says above; it needs the registry that it is set up for",
        ));
    }
    fs::write(&stamp, lock).with_context(|| format!("cannot write {}", stamp.display()))
}

/// The version that a Node tells of itself, such as `v22.1.0`; `None` where there is none to start.
pub(crate) fn version(node: &Path) -> Option<String> {
    let output = Command::new(node).arg("--version").output().ok()?;
    Some(String::from_utf8_lossy(&output.stdout).trim().to_owned())
}

/// The first number of a version such as `v20.11.1`.
pub(crate) fn major(version: &str) -> Option<u32> {
    version
        .trim()
        .trim_start_matches('v')
        .split('.')
        .next()?
        .parse()
        .ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_of_node_are_read() {
        assert_eq!(major("v20.11.1\n"), Some(20));
        assert_eq!(major(""), None);
    }
}
