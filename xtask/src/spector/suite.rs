//! The suite as values: takes the installed packages, gives the OpenAPI documents and the scenarios of http-specs.

use super::node::Suite;
use crate::targets::MISSING_PROGRAM;
use anyhow::Context as _;
use sdk_generator::advice::{Advise as _, advised};
use serde::Deserialize;
use serde_json::{Map, Value};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// The URL that stands for the server's own in what the scenarios expect; the driver puts the real one in its place.
pub(super) const SERVER: &str = "http://spector.invalid";

/// A version of OpenAPI that the specifications are compiled to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize, clap::ValueEnum)]
pub(super) enum OpenApi {
    /// OpenAPI 3.0.
    #[serde(rename = "3.0")]
    #[value(name = "3.0")]
    V3_0,
    /// OpenAPI 3.1.
    #[serde(rename = "3.1")]
    #[value(name = "3.1")]
    V3_1,
}

impl OpenApi {
    /// Both.
    pub(super) const ALL: [Self; 2] = [Self::V3_0, Self::V3_1];

    /// As people write it.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::V3_0 => "3.0",
            Self::V3_1 => "3.1",
        }
    }
}

/// A specification and what it was compiled to.
#[derive(Debug, Deserialize)]
pub(super) struct Specification {
    /// Its folder in the suite.
    pub(super) folder: String,
    /// A document for each version of OpenAPI and of the API.
    pub(super) documents: Vec<Document>,
}

/// An OpenAPI document.
#[derive(Clone, Debug, Deserialize)]
pub(super) struct Document {
    /// The version of OpenAPI.
    pub(super) version: OpenApi,
    /// The version of the API, where it has several.
    pub(super) api: Option<String>,
    /// Where it stands.
    pub(super) file: PathBuf,
}

/// What a client should be able to do.
#[derive(Clone, Debug, Deserialize)]
pub(super) struct Scenario {
    /// Its name.
    pub(super) name: String,
    /// The folder of its specification.
    pub(super) folder: String,
    /// What passes it.
    pub(super) condition: Condition,
    /// Its requests and answers, in order.
    pub(super) exchanges: Vec<Exchange>,
}

/// What passes a scenario.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum Condition {
    /// Every request is answered with success.
    ResponseSuccess,
    /// The one request is refused with a certain status.
    StatusCode,
    /// Every one of several ways to ask was used.
    ByKey,
}

/// A request that the server expects, and its answer.
#[derive(Clone, Debug, Deserialize)]
pub(super) struct Exchange {
    /// The method, in small letters.
    pub(super) method: String,
    /// The path, as a route of the server.
    pub(super) uri: String,
    /// What the query has to hold.
    pub(super) query: Option<Map<String, Value>>,
    /// What the headers have to hold.
    pub(super) headers: Option<Map<String, Value>>,
    /// The body.
    pub(super) body: Option<Content>,
    /// The answer's status.
    pub(super) status: Option<u16>,
    /// The answer's headers.
    pub(super) answer_headers: Option<Map<String, Value>>,
    /// The answer's body.
    pub(super) answer: Option<Content>,
}

/// A body.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
pub(super) struct Content {
    /// Its media type.
    pub(super) media_type: String,
    /// What it holds, where that is text.
    #[serde(default)]
    pub(super) text: Option<String>,
    /// What it holds, where that is no text.
    #[serde(default)]
    pub(super) base64: Option<String>,
    /// The parts of a multipart body that are no files.
    #[serde(default)]
    pub(super) parts: Option<Map<String, Value>>,
    /// The files of a multipart body.
    #[serde(default)]
    pub(super) files: Vec<File>,
}

/// A file of a multipart body.
#[derive(Clone, Debug, PartialEq, Deserialize)]
pub(super) struct File {
    /// The part's name.
    pub(super) field: String,
    /// The file's name.
    pub(super) name: String,
    /// Its media type.
    pub(super) media_type: String,
    /// What it holds.
    pub(super) base64: String,
}

/// Compiles the specifications, unless that was done by the same packages and the same script.
///
/// # Errors
///
/// When the compiler fails.
pub(super) fn compile(suite: &Suite, work: &Path) -> anyhow::Result<Vec<Specification>> {
    let folder = work.join("openapi");
    let list = folder.join("documents.jsonl");
    let stamp = folder.join("made-by");
    let made_by = [
        fs::read_to_string(suite.path("package-lock.json"))?,
        fs::read_to_string(suite.path("compile.mjs"))?,
    ]
    .concat();
    if !fs::read_to_string(&stamp).is_ok_and(|found| found == made_by) {
        println!("Compiling the specifications to OpenAPI");
        if folder.exists() {
            fs::remove_dir_all(&folder)
                .with_context(|| format!("cannot remove {}", folder.display()))?;
        }
        fs::create_dir_all(&folder)
            .with_context(|| format!("cannot create {}", folder.display()))?;
        let said = output(suite.script("compile.mjs").arg(&folder))?;
        fs::write(&list, said)?;
        // Written last, so that a compilation that was broken off is done again.
        fs::write(&stamp, made_by)?;
    }
    lines(&fs::read_to_string(&list)?).context("cannot read what compile.mjs printed")
}

/// Reads the scenarios of the mock server.
///
/// # Errors
///
/// When the script fails, or what it prints is not understood.
pub(super) fn scenarios(suite: &Suite) -> anyhow::Result<Vec<Scenario>> {
    let said = output(suite.script("scenarios.mjs").arg(SERVER))?;
    lines(&said).context("cannot read what scenarios.mjs printed")
}

fn output(command: &mut Command) -> anyhow::Result<String> {
    let output = command
        .output()
        .with_context(|| format!("cannot start {}", command.get_program().display()))
        .advise(MISSING_PROGRAM)?;
    if !output.status.success() {
        return Err(advised(
            format!(
                "{command:?} failed ({}):\n{}",
                output.status,
                String::from_utf8_lossy(&output.stderr).trim_end()
            ),
            "mend what it says, and run the command again; with target/spector removed, all of it is installed again",
        ));
    }
    String::from_utf8(output.stdout).context("it did not print UTF-8")
}

fn lines<T: serde::de::DeserializeOwned>(text: &str) -> anyhow::Result<Vec<T>> {
    text.lines()
        .map(|line| serde_json::from_str(line).with_context(|| format!("in the line {line}")))
        .collect()
}
