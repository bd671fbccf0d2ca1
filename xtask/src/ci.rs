//! `cargo xtask ci`: every check that a change must pass but the tests, from the quickest to the slowest, up to the first that fails.
//! The tests are `cargo test --workspace`, and stay a command of their own, so that they run once where both are run.
//!
//! No step sets `RUSTFLAGS`: that would build every dependency once more. Clippy denies warnings for this repository's packages alone.

use crate::targets::{MISSING_PROGRAM, Repo, cargo};
use crate::{codegen, soak, spector, stories};
use anyhow::Context as _;
use sdk_generator::advice::Advise as _;
use sdk_generator::plan::names::RESERVED_FEATURES;
use std::fs;
use std::path::Path;
use std::process::{Command, ExitCode};
use std::time::Instant;

/// The packages that people write. The others come out of the generator, which prints Rust in its own layout.
const WRITTEN: [&str; 3] = ["sdk-generator", "sdk-runtime", "xtask"];
/// The runtime's optional features, but for `native-tls`, which on Linux needs the headers of OpenSSL. Its tests need them, so that
/// whatever builds tests has them; documentation does not.
const FEATURES: &str = "sdk-runtime/blocking,sdk-runtime/compression,sdk-runtime/jiff,sdk-runtime/json-patch,sdk-runtime/mock,sdk-runtime/testing,sdk-runtime/tracing";
/// The command that runs the tests.
const TESTS: &str = "cargo test --workspace";

/// One thing to run.
struct Step {
    name: String,
    action: Action,
}

enum Action {
    /// A program. What it prints is shown.
    Run(Command),
    /// `cargo xtask codegen --check`, in this process.
    Drift,
    /// A check in this process, and the command that makes it alone. The programs of long commands call what is emitted, and are compiled
    /// here so that they keep up with that.
    Check(fn(&Repo) -> anyhow::Result<()>, &'static str),
}

/// Runs the command.
///
/// # Errors
///
/// When the repository cannot be read or a program cannot be started.
pub(crate) fn run(repo: &Repo) -> anyhow::Result<ExitCode> {
    let start = Instant::now();
    let steps = steps(repo)?;
    let count = steps.len();
    for (number, Step { name, action }) in steps.into_iter().enumerate() {
        println!("\n=== {}/{count} {name}", number + 1);
        let begin = Instant::now();
        let (passed, alone) = match action {
            Action::Run(mut command) => {
                let status = command
                    .status()
                    .with_context(|| format!("cannot start `{}`", shown(&command)))
                    .advise(MISSING_PROGRAM)?;
                (status.success(), shown(&command))
            }
            Action::Drift => {
                let arguments = codegen::Arguments {
                    check: true,
                    ..Default::default()
                };
                (
                    codegen::run(repo, &arguments)? == ExitCode::SUCCESS,
                    "cargo xtask codegen --check".to_owned(),
                )
            }
            Action::Check(check, command) => (told(check(repo)), command.to_owned()),
        };
        let seconds = begin.elapsed().as_secs_f64();
        if !passed {
            println!(
                "=== {name} failed after {seconds:.1} s; to run it alone, from the repository's root:\n\n    {alone}"
            );
            return Ok(ExitCode::from(1));
        }
        println!("=== {name} passed in {seconds:.1} s");
    }
    println!(
        "\n=== all {count} checks passed in {:.0} s; what is left are the tests:\n\n    {TESTS}",
        start.elapsed().as_secs_f64()
    );
    Ok(ExitCode::SUCCESS)
}

fn steps(repo: &Repo) -> anyhow::Result<Vec<Step>> {
    let mut steps = Vec::new();
    let mut step = |name: &str, action: Action| {
        steps.push(Step {
            name: name.to_owned(),
            action,
        })
    };
    let mut format = cargo(repo);
    format.args(["fmt", "--check"]);
    format.args(WRITTEN.iter().flat_map(|package| ["--package", package]));
    step("format", Action::Run(format));
    let examples = examples(repo)?;
    if !examples.is_empty() {
        let mut format = Command::new("rustfmt");
        format
            .current_dir(repo.root())
            .args(["--check", "--edition", "2024"])
            .args(examples);
        step("format of the examples", Action::Run(format));
    }
    step("committed output", Action::Drift);
    step(
        "clippy",
        run_cargo(
            repo,
            &[
                "clippy",
                "--workspace",
                "--all-targets",
                "--",
                "-D",
                "warnings",
            ],
        ),
    );
    for target in repo.targets()? {
        let manifest = target.manifest();
        for tag in tags(&repo.path(&manifest))? {
            let words = [
                "clippy",
                "--manifest-path",
                &manifest,
                "--lib",
                "--no-default-features",
                "--features",
                &tag,
                "--",
                "-D",
                "warnings",
            ];
            step(
                &format!("{} with {tag} alone", target.name),
                run_cargo(repo, &words),
            );
        }
    }
    let soak = Action::Check(soak::check, "cargo xtask soak --minutes 1");
    step("program of soak", soak);
    let driver = Action::Check(spector::check, "cargo xtask spector");
    step("driver of spector", driver);
    let run = Action::Check(stories::run, "cargo xtask stories");
    step("stories", run);
    let mut docs = cargo(repo);
    docs.args(["doc", "--workspace", "--no-deps", "--features", FEATURES])
        .env("RUSTDOCFLAGS", "-D warnings");
    step("documentation", Action::Run(docs));
    Ok(steps)
}

/// Whether something was done well; tells what was wrong otherwise.
fn told(outcome: anyhow::Result<()>) -> bool {
    outcome.inspect_err(|error| eprintln!("{error:?}")).is_ok()
}

fn run_cargo(repo: &Repo, words: &[&str]) -> Action {
    let mut command = cargo(repo);
    command.args(words);
    Action::Run(command)
}

/// The hand-written programs in specs/*/examples/, which are copied into the crates as they are.
fn examples(repo: &Repo) -> anyhow::Result<Vec<String>> {
    let mut examples = Vec::new();
    for target in repo.targets()? {
        let folder = format!("specs/{}/examples", target.name);
        let Ok(entries) = fs::read_dir(repo.path(&folder)) else {
            continue;
        };
        for entry in entries {
            let name = entry?.file_name().to_string_lossy().into_owned();
            if name.ends_with(".rs") {
                examples.push(format!("{folder}/{name}"));
            }
        }
    }
    examples.sort();
    Ok(examples)
}

/// The features of an emitted crate that stand for a tag each.
fn tags(manifest: &Path) -> anyhow::Result<Vec<String>> {
    let text = fs::read_to_string(manifest)
        .with_context(|| format!("cannot read {}", manifest.display()))?;
    let table: toml::Table = toml::from_str(&text)
        .with_context(|| format!("{} is no TOML", manifest.display()))
        .advise(format!("make it again: {}", crate::drift::COMMAND))?;
    let features = table.get("features").and_then(toml::Value::as_table);
    let names = features.into_iter().flat_map(|features| features.keys());
    Ok(names
        .filter(|name| !RESERVED_FEATURES.contains(&name.as_str()))
        .cloned()
        .collect())
}

/// A command as a person types it.
fn shown(command: &Command) -> String {
    let mut words: Vec<String> = command
        .get_envs()
        .filter_map(|(name, value)| {
            Some(format!(
                "{}='{}'",
                name.to_string_lossy(),
                value?.to_string_lossy()
            ))
        })
        .collect();
    let program = Path::new(command.get_program())
        .file_stem()
        .unwrap_or_default();
    words.push(program.to_string_lossy().into_owned());
    words.extend(
        command
            .get_args()
            .map(|word| word.to_string_lossy().into_owned()),
    );
    words.join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tests_run_once() {
        let repo = Repo::here().unwrap();
        let script = fs::read_to_string(repo.path(".ci/run")).unwrap();
        let tests = script.lines().filter(|line| line.starts_with("cargo test"));
        assert_eq!(tests.collect::<Vec<_>>(), [TESTS]);
        assert!(script.contains("\ncargo xtask ci\n"), "{script}");
        for Step { name, action } in steps(&repo).unwrap() {
            if let Action::Run(command) = action {
                let runs_tests = command.get_args().any(|word| word == "test");
                assert!(!runs_tests, "{name} runs tests: {}", shown(&command));
            }
        }
    }

    #[test]
    fn commands_are_shown_as_they_are_typed() {
        let mut command = Command::new("/bin/cargo");
        command
            .args(["doc", "--no-deps"])
            .env("RUSTDOCFLAGS", "-D warnings");
        assert_eq!(
            shown(&command),
            "RUSTDOCFLAGS='-D warnings' cargo doc --no-deps"
        );
    }

    #[test]
    fn the_features_of_tags_are_told_from_the_others() {
        let folder = tempfile::tempdir().unwrap();
        let manifest = folder.path().join("Cargo.toml");
        fs::write(
            &manifest,
            "[features]\ndefault = [\"rustls\", \"pets\"]\nrustls = []\ntesting = []\npets = []\nusers = []\n",
        )
        .unwrap();
        assert_eq!(tags(&manifest).unwrap(), ["pets", "users"]);
    }
}
