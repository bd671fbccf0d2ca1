//! The workspace of the generated crates and the driver: takes the crates and the adapters' code, gives a program, or tells which crates do
//! not compile.

use super::adapters::module_name;
use super::crates::Crate;
use crate::targets::MISSING_PROGRAM;
use crate::targets::{Repo, cargo};
use anyhow::Context as _;
use sdk_generator::advice::{Advise as _, advised};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Stdio;

/// The part of the driver that is the same for all crates.
const DRIVER: [(&str, &str); 5] = [
    ("main.rs", include_str!("../../spector/driver/main.rs")),
    ("pieces.rs", include_str!("../../spector/driver/pieces.rs")),
    ("send.rs", include_str!("../../spector/driver/send.rs")),
    ("step.rs", include_str!("../../spector/driver/step.rs")),
    ("values.rs", include_str!("../../spector/driver/values.rs")),
];

/// What came of a build.
pub(super) enum Built {
    /// The driver.
    Driver(PathBuf),
    /// What does not compile, with its first error.
    Broken(BTreeMap<Part, String>),
}

/// What may not compile.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Part {
    /// A crate, by its place.
    Crate(usize),
    /// An adapter, by its number.
    Adapter(usize),
}

/// Writes the workspace into `folder`. The crates stand already: below it, or in a workspace of their own.
///
/// # Errors
///
/// When a file cannot be written.
pub(super) fn write(
    repo: &Repo,
    folder: &Path,
    crates: &[&Crate],
    files: &BTreeMap<String, String>,
) -> anyhow::Result<()> {
    let put = |path: PathBuf, text: &str| -> anyhow::Result<()> {
        // Cargo takes a file that was written again for one that has changed.
        if fs::read_to_string(&path).is_ok_and(|known| known == text) {
            return Ok(());
        }
        fs::create_dir_all(path.parent().unwrap_or(folder))?;
        fs::write(&path, text).with_context(|| format!("cannot write {}", path.display()))
    };
    put(
        folder.join("Cargo.toml"),
        &format!(
            "[workspace]\nresolver = \"3\"\nmembers = [\"driver\"{}]\n\n[profile.dev]\ndebug = false\nincremental = false\n",
            crates
                .iter()
                .filter(|krate| krate.path.starts_with(folder))
                .map(|krate| format!(", \"crates/{}\"", krate.package))
                .collect::<String>()
        ),
    )?;
    // The versions that the repository is tested with.
    let lock = folder.join("Cargo.lock");
    if !lock.exists() {
        fs::copy(repo.path("Cargo.lock"), &lock).context("cannot copy the lock file")?;
    }
    let mut manifest = String::from(
        "[package]\nname = \"driver\"\nversion = \"0.0.0\"\nedition = \"2024\"\npublish = false\n\n[dependencies]\n\
         base64 = \"0.23\"\nserde = { version = \"1\", features = [\"derive\"] }\nserde_json = \"1\"\n\
         tokio = { version = \"1\", features = [\"rt\"] }\n",
    );
    let quoted = |path: &Path| toml::Value::from(path.to_string_lossy().into_owned());
    let runtime = quoted(&repo.path("runtime"));
    let _ = writeln!(
        manifest,
        "sdk-runtime = {{ path = {runtime}, default-features = false }}"
    );
    for krate in crates {
        let features: Vec<&str> = krate
            .plan
            .package
            .features
            .iter()
            .map(|feature| feature.name.as_str())
            .collect();
        let _ = writeln!(
            manifest,
            "{} = {{ path = {}, default-features = false, features = {features:?} }}",
            krate.package,
            quoted(&krate.path)
        );
    }
    put(folder.join("driver/Cargo.toml"), &manifest)?;
    let sources = folder.join("driver/src");
    for (name, text) in DRIVER {
        put(sources.join(name), text)?;
    }
    for (name, text) in files {
        put(sources.join(name), text)?;
    }
    Ok(())
}

/// Removes the crates of earlier runs that this one has not made.
///
/// # Errors
///
/// When a folder cannot be read or removed.
pub(super) fn sweep(folder: &Path, crates: &[Crate]) -> anyhow::Result<()> {
    let kept: BTreeSet<&Path> = crates.iter().map(|krate| krate.path.as_path()).collect();
    let Ok(entries) = fs::read_dir(folder) else {
        return Ok(());
    };
    for entry in entries {
        let path = entry?.path();
        if !kept.contains(path.as_path()) {
            fs::remove_dir_all(&path)
                .with_context(|| format!("cannot remove {}", path.display()))?;
        }
    }
    Ok(())
}

/// Builds the driver, which has so many adapters.
///
/// # Errors
///
/// When Cargo cannot be started, or something else than the crates and their adapters is at fault.
pub(super) fn build(
    repo: &Repo,
    folder: &Path,
    target: &Path,
    crates: &[Crate],
    adapters: usize,
) -> anyhow::Result<Built> {
    let output = cargo(repo)
        .args(["build", "--keep-going", "--package", "driver"])
        .arg("--manifest-path")
        .arg(folder.join("Cargo.toml"))
        .args(["--message-format", "json"])
        .env("CARGO_TARGET_DIR", target)
        .env_remove("RUSTFLAGS")
        .stdin(Stdio::null())
        .output()
        .context("cannot start cargo")
        .advise(MISSING_PROGRAM)?;
    let messages: Vec<Value> = String::from_utf8_lossy(&output.stdout)
        .lines()
        .filter_map(|line| serde_json::from_str(line).ok())
        .collect();
    if output.status.success() {
        let driver = messages
            .iter()
            .find_map(|message| message.get("executable")?.as_str().map(PathBuf::from));
        return driver
            .map(Built::Driver)
            .context("Cargo does not say where it put the driver");
    }
    let mut broken = BTreeMap::new();
    for message in &messages {
        if let Some((part, said)) = error_of(message, crates, adapters) {
            broken.entry(part).or_insert(said);
        }
    }
    if broken.is_empty() {
        let errors: String = messages.iter().filter_map(rendered_error).take(3).collect();
        return Err(advised(
            format!(
                "the driver in {} does not compile:\n{errors}{}",
                folder.display(),
                String::from_utf8_lossy(&output.stderr).trim_end()
            ),
            "mend the generator, or the driver in xtask/spector/driver, where Cargo says",
        ));
    }
    Ok(Built::Broken(broken))
}

/// Checks the driver with all its adapters, and shows what the compiler says.
///
/// # Errors
///
/// When something does not compile, or Cargo cannot be started.
pub(super) fn check(repo: &Repo, folder: &Path) -> anyhow::Result<()> {
    let status = cargo(repo)
        .args(["check", "--quiet", "--package", "driver", "--manifest-path"])
        .arg(folder.join("Cargo.toml"))
        .env("CARGO_TARGET_DIR", repo.path("target"))
        .status()
        .context("cannot start cargo")
        .advise(MISSING_PROGRAM)?;
    match status.success() {
        true => Ok(()),
        false => Err(advised(
            "the driver of `cargo xtask spector` does not compile with the committed crates",
            "correct xtask/spector/driver or xtask/src/spector/adapters.rs, where the compiler says",
        )),
    }
}

fn rendered_error(message: &Value) -> Option<&str> {
    let message = message.get("message")?;
    (message.get("level")?.as_str()? == "error").then_some(())?;
    message.get("rendered")?.as_str()
}

/// The crate or the adapter that an error is in.
fn error_of(message: &Value, crates: &[Crate], adapters: usize) -> Option<(Part, String)> {
    let said = rendered_error(message)?;
    let source = message.pointer("/target/src_path")?.as_str()?;
    let of_crate = crates
        .iter()
        .position(|krate| Path::new(source).starts_with(&krate.path));
    let of_adapter = || {
        let spans = message.pointer("/message/spans")?.as_array()?;
        let span = spans.iter().find(|span| span["is_primary"] == true)?;
        let stem = Path::new(span["file_name"].as_str()?).file_stem()?;
        (0..adapters).find(|number| *module_name(*number) == *stem)
    };
    let part = of_crate
        .map(Part::Crate)
        .or_else(|| of_adapter().map(Part::Adapter))?;
    Some((part, said.to_owned()))
}
