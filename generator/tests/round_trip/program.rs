//! The program that reads the samples: one workspace of all crates and of one that calls them.

use super::documents::Subject;
use super::samples::Sample;
use super::secrets::SECRET;
use crate::common::{cargo, command, features_but_tls, workspace};
use sdk_generator::files;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

/// What the program is asked.
#[derive(Serialize)]
struct Question<'s> {
    library: &'s str,
    ty: &'s str,
    json: String,
}

/// What it says of a sample.
#[derive(Clone, Debug, Default, Deserialize, PartialEq)]
pub(crate) struct Reading {
    /// What comes out, where it is read.
    pub(crate) value: Option<Value>,
    /// Whether that is exactly what went in.
    pub(crate) same: bool,
    /// Whether `Debug` shows the secret that was planted.
    #[serde(default)]
    pub(crate) shows: bool,
    /// The name of its variant.
    pub(crate) variant: String,
    /// The places of deviations.
    pub(crate) deviations: Vec<String>,
    /// Where it cannot be read.
    pub(crate) pointer: Option<String>,
    /// Why.
    #[serde(default)]
    pub(crate) message: String,
}

/// A sample read strictly, and with what cannot be read left out.
#[derive(Clone, Debug, Default, Deserialize, PartialEq)]
pub(crate) struct Answer {
    pub(crate) strict: Reading,
    pub(crate) lossy: Reading,
}

const PROGRAM: &str = r#"
use sdk_runtime::{DecodeProblem, Reading};
use serde::{Serialize, de::DeserializeOwned};
use serde_json::{Value, json};
use std::fmt::Debug;

fn tell<T: Serialize + Debug>(json: &str, read: Result<Reading<T>, DecodeProblem>) -> Value {
    match read {
        Ok(read) => {
            let value = serde_json::to_value(&read.value).expect("JSON");
            let came: Value = serde_json::from_str(json).expect("JSON");
            let shown = format!("{:?}", read.value);
            let deviations: Vec<&str> = read.deviations.iter().map(|told| told.pointer()).collect();
            let message = read.deviations.iter().map(|told| told.to_string()).collect::<Vec<_>>().join("; ");
            json!({
                "same": value == came,
                "shows": shown.contains(SECRET) || format!("{:#?}", read.value).contains(SECRET),
                "variant": shown.split(['(', ' ']).next(),
                "deviations": deviations,
                "message": message,
                "value": value,
            })
        }
        Err(problem) => json!({
            "same": false, "variant": "", "deviations": [],
            "pointer": problem.pointer(), "message": problem.message(),
        }),
    }
}

fn read<T: DeserializeOwned + Serialize + Debug>(json: &str) -> Value {
    let strict = tell(json, Reading::<T>::from_slice(json.as_bytes()));
    let lossy = tell(json, Reading::<T>::lossy_from_slice(json.as_bytes()));
    json!({"strict": strict, "lossy": lossy})
}

fn main() {
    for line in std::io::stdin().lines() {
        let question: Value = serde_json::from_str(&line.expect("a line")).expect("JSON");
        let of = |name: &str| question[name].as_str().expect("a text").to_owned();
        println!("{}", reader(&of("library"), &of("ty"))(&of("json")));
    }
}
"#;

/// Compiles the crates and reads every sample.
pub(crate) fn run(subjects: &[Subject], samples: &[Sample]) -> Vec<Answer> {
    // In one place in every run, so that Cargo builds anew only what has changed.
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("round-trip");
    let _ = std::fs::remove_dir_all(&folder);
    for subject in subjects {
        let place = folder.join(&subject.package);
        files::write(&subject.files, &place).unwrap_or_else(|error| panic!("{error}"));
    }
    write_program(&folder, subjects, samples);
    cargo(&folder, &["build", "-p", "round-trip"]);
    ask(&folder, samples)
}

fn write_program(folder: &Path, subjects: &[Subject], samples: &[Sample]) {
    let write = |path: PathBuf, text: String| std::fs::write(path, text).expect("a written file");
    let place = folder.join("round-trip/src");
    std::fs::create_dir_all(&place).expect("a folder");
    write(
        folder.join("Cargo.toml"),
        "[workspace]\nresolver = \"3\"\nmembers = [\"*\"]\n".to_owned(),
    );
    std::fs::copy(workspace().join("Cargo.lock"), folder.join("Cargo.lock"))
        .expect("a copied lock file");
    // With the features that the goldens are tested with, so that dependencies are compiled once for both.
    let mut manifest = "[package]\nname = \"round-trip\"\nversion = \"0.0.0\"\nedition = \"2024\"\n\n[dependencies]\nsdk-runtime = { version = \"0.1.0\", default-features = false, features = [\"blocking\", \"compression\", \"mock\"] }\ntokio = { version = \"1\", features = [\"macros\", \"rt-multi-thread\", \"time\"] }\nserde = \"1\"\nserde_json = \"1\"\n".to_owned();
    for Subject { package, files, .. } in subjects {
        let features = features_but_tls(files.get("Cargo.toml").expect("a manifest"));
        writeln!(
            manifest,
            "{package} = {{ path = \"../{package}\", default-features = false, features = {features:?} }}"
        )
        .expect("a text");
    }
    write(folder.join("round-trip/Cargo.toml"), manifest);
    let types: BTreeSet<(&str, &str)> = samples
        .iter()
        .map(|sample| (sample.library.as_str(), sample.ty.as_str()))
        .collect();
    let mut program = format!(
        "{PROGRAM}\nconst SECRET: &str = {SECRET:?};\n\nfn reader(library: &str, ty: &str) -> fn(&str) -> Value {{\n    match (library, ty) {{\n"
    );
    for (library, ty) in types {
        writeln!(
            program,
            "        ({library:?}, {ty:?}) => read::<{library}::models::{ty}>,"
        )
        .expect("a text");
    }
    program.push_str("        _ => panic!(\"{library}::models::{ty}\"),\n    }\n}\n");
    write(place.join("main.rs"), program);
}

fn ask(folder: &Path, samples: &[Sample]) -> Vec<Answer> {
    let questions = folder.join("questions");
    let lines: Vec<String> = samples
        .iter()
        .map(|sample| {
            let question = Question {
                library: &sample.library,
                ty: &sample.ty,
                json: sample.value.to_string(),
            };
            serde_json::to_string(&question).expect("JSON")
        })
        .collect();
    std::fs::write(&questions, lines.join("\n")).expect("written questions");
    let input = std::fs::File::open(&questions).expect("the questions");
    let output = command(folder, &["run", "-q", "-p", "round-trip"])
        .stdin(input)
        .output()
        .expect("Cargo runs");
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    let answers = String::from_utf8(output.stdout).expect("text");
    answers
        .lines()
        .map(|line| serde_json::from_str(line).expect("an answer"))
        .collect()
}
