//! The program that reads the examples: takes the crate's files and the examples, gives what came of each.

use super::collect::Example;
use crate::targets::MISSING_PROGRAM;
use crate::targets::{Repo, cargo};
use anyhow::Context as _;
use sdk_generator::advice::{Advise as _, advised};
use sdk_generator::files::{self, FileSet};
use serde::Deserialize;
use std::fs;
use std::process::Stdio;

/// Something that is told of an example.
#[derive(Clone, Debug, Deserialize)]
pub(super) struct Told {
    pub(super) pointer: String,
    pub(super) message: String,
}

/// What came of an example.
#[derive(Clone, Debug, Deserialize)]
pub(super) struct Answer {
    /// Why it cannot be read.
    pub(super) problem: Option<Told>,
    /// What is not as documented.
    pub(super) deviations: Vec<Told>,
}

const PROGRAM: &str = r#"//! Reads examples as the types of their places.
#![allow(unused_parens, reason = "a type may be a list of one type")]

use sdk_runtime::Reading;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

fn read<T: DeserializeOwned>(json: &str) -> Value {
    match Reading::<T>::from_slice(json.as_bytes()) {
        Ok(read) => {
            let told = read.deviations.iter();
            let told = told.map(|told| json!({"pointer": told.pointer(), "message": told.to_string()}));
            json!({"problem": null, "deviations": told.collect::<Vec<_>>()})
        }
        Err(problem) => json!({
            "problem": {"pointer": problem.pointer(), "message": problem.message()},
            "deviations": [],
        }),
    }
}

fn main() {
    for (index, line) in std::io::stdin().lines().enumerate() {
        println!("{}", reader(index)(&line.expect("a line")));
    }
}
"#;

/// Writes the crate and the program, compiles them, and reads every example.
///
/// # Errors
///
/// When a file cannot be written, or the program cannot be compiled or run.
pub(super) fn run(
    repo: &Repo,
    emitted: &FileSet,
    examples: &[Example],
) -> anyhow::Result<Vec<Answer>> {
    let folder = repo.path("target/examples");
    let place = folder.join("program");
    fs::create_dir_all(place.join("src"))?;
    files::write(emitted, &folder.join("shown"))?;
    let runtime = toml::Value::from(repo.path("runtime").to_string_lossy().into_owned());
    fs::write(
        folder.join("Cargo.toml"),
        "[workspace]\nresolver = \"3\"\nmembers = [\"program\", \"shown\"]\n",
    )?;
    fs::copy(repo.path("Cargo.lock"), folder.join("Cargo.lock"))
        .context("cannot copy the lock file")?;
    fs::write(
        place.join("Cargo.toml"),
        format!(
            "[package]\nname = \"program\"\nversion = \"0.0.0\"\nedition = \"2024\"\n\n[dependencies]\nserde = \"1\"\nserde_json = \"1\"\nshown = {{ path = \"../shown\" }}\nsdk-runtime = {{ path = {runtime} }}\n"
        ),
    )?;
    let arms = examples.iter().enumerate();
    let arms = arms.map(|(index, example)| format!("        {index} => read::<{}>,\n", example.ty));
    let arms: String = arms.collect();
    let reader = format!(
        "\nfn reader(index: usize) -> fn(&str) -> Value {{\n    match index {{\n{arms}        _ => panic!(\"no example\"),\n    }}\n}}\n"
    );
    fs::write(place.join("src/main.rs"), format!("{PROGRAM}{reader}"))?;
    let questions = folder.join("questions");
    let lines: Vec<String> = examples
        .iter()
        .map(|example| example.value.to_string())
        .collect();
    fs::write(&questions, lines.join("\n"))?;
    let output = cargo(repo)
        .args(["run", "--quiet", "--package", "program"])
        .current_dir(&folder)
        .env("CARGO_TARGET_DIR", repo.path("target/try"))
        .stdin(fs::File::open(&questions)?)
        .stderr(Stdio::inherit())
        .output()
        .context("cannot start Cargo")
        .advise(MISSING_PROGRAM)?;
    if !output.status.success() {
        return Err(advised(
            "the program that reads the examples failed",
            "see what it says above",
        ));
    }
    let answers = String::from_utf8(output.stdout)?;
    answers
        .lines()
        .map(|line| serde_json::from_str(line).context("no answer of the program"))
        .collect()
}
