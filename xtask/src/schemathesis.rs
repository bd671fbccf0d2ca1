//! `cargo xtask conformance --mock`: the mocks of the crates against Schemathesis, a tester for OpenAPI documents that nobody here wrote,
//! and against the crates' own tests.
//!
//! Schemathesis makes requests that the document allows and requests that it does not, and checks that the mock takes the ones and
//! refuses the others, and that each answer is one that the document declares.

use crate::serving::{self, Serving};
use crate::targets::{MISSING_PROGRAM, Repo, Target};
use anyhow::Context as _;
use sdk_generator::advice::{Advise as _, advised};
use sdk_generator::bundle::{self, Format};
use sdk_generator::pipeline;
use serde_json::Value;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};

/// The version that is installed.
const VERSION: &str = "4.32.5";
/// What is checked of each answer. The document of an API does not declare 400 for every operation, so statuses are not.
const CHECKS: &str = "not_a_server_error,content_type_conformance,response_headers_conformance,\
    response_schema_conformance,negative_data_rejection,positive_data_acceptance";
/// What Schemathesis says of a value that keeps several members of a `oneOf`: of one that was sent, which the mock takes by intent, and of
/// one that is answered, where the document's own example is such a value.
const AMBIGUOUS: [&str; 2] = [
    "ambiguous with a sibling `oneOf` branch",
    "is valid under more than one of the schemas listed in the 'oneOf' keyword",
];

/// Runs the command.
///
/// # Errors
///
/// When Schemathesis cannot be installed or started, or a crate does not compile.
pub(crate) fn run(repo: &Repo, targets: &[Target]) -> anyhow::Result<ExitCode> {
    let folder = repo.path("target/schemathesis");
    let program = install(&folder)?;
    let mut code = ExitCode::SUCCESS;
    for target in targets {
        let document = folder.join(format!("{}.json", target.name));
        write_document(&repo.path(&target.document()), &document)?;
        let serving = Serving::start(&serving::executable(repo, target)?, &["--any-token"])?;
        let tests = crate::conformance::test(repo, target)
            .env(crate::conformance::SERVER, &serving.url)
            .status()
            .context("cannot start cargo")
            .advise(MISSING_PROGRAM)?;
        let output = Command::new(&program)
            // It keeps what it has seen in the folder that it is run in.
            .current_dir(&folder)
            .arg("run")
            .arg(&document)
            .args([
                "--url",
                &serving.url,
                "--header",
                "Authorization: Bearer any",
            ])
            .args(["--phases", "examples,coverage,fuzzing"])
            .args(["--max-examples", "3", "--generation-deterministic"])
            .args(["--continue-on-failure", "--checks", CHECKS])
            .env("NO_COLOR", "1")
            .output()
            .context("cannot start Schemathesis")?;
        let text = String::from_utf8_lossy(&output.stdout);
        let judged = Judged::of(&text);
        let name = &target.name;
        println!("{name}: Schemathesis: {}", judged.cases);
        println!(
            "  {} of them about values that keep several members of a oneOf, as the mock means it",
            judged.ambiguous
        );
        if judged.failures > judged.ambiguous || judged.cases.is_empty() || !tests.success() {
            code = ExitCode::from(1);
            println!("{name}: not conformant; what Schemathesis says:\n{text}");
        }
    }
    Ok(code)
}

/// What the output of a run comes to.
#[derive(Debug, Default, PartialEq, Eq)]
struct Judged {
    /// The line that counts the cases; empty when the run did not come to it.
    cases: String,
    failures: usize,
    ambiguous: usize,
}

impl Judged {
    fn of(text: &str) -> Self {
        // Each finding begins with its code, and what is said of it follows.
        let findings: Vec<&str> = text.split("\n- ST").skip(1).collect();
        let is_ambiguous = |finding: &&&str| AMBIGUOUS.iter().any(|words| finding.contains(words));
        let mut lines = text
            .lines()
            .skip_while(|line| !line.starts_with("Test cases:"));
        Self {
            cases: lines.nth(1).unwrap_or_default().trim().to_owned(),
            failures: findings.len(),
            ambiguous: findings.iter().filter(is_ambiguous).count(),
        }
    }
}

/// Writes a document whole, for Schemathesis to read.
fn write_document(document: &Path, out: &Path) -> anyhow::Result<()> {
    let loaded = pipeline::load(document, &[]);
    let mut tree = loaded
        .ok()
        .with_context(|| format!("{} cannot be read", document.display()))
        .advise("see what `sdk-generator lint` says of it")?
        .clone();
    list_null(&mut tree);
    let text = bundle::print(&tree, Format::Json)?;
    fs::write(out, text).with_context(|| format!("cannot write {}", out.display()))
}

/// Lists null among the values of each enum that is `nullable`. OpenAPI 3.0.3 wants it listed, but few authors know, and the mock
/// takes `nullable` at its word.
fn list_null(node: &mut Value) {
    match node {
        Value::Object(members) => {
            let is_nullable = members.get("nullable") == Some(&Value::Bool(true));
            if let Some(Value::Array(values)) = members.get_mut("enum")
                && is_nullable
                && !values.contains(&Value::Null)
            {
                values.push(Value::Null);
            }
            members.values_mut().for_each(list_null);
        }
        Value::Array(items) => items.iter_mut().for_each(list_null),
        _ => {}
    }
}

/// Installs the pinned version into a virtual environment of Python, unless it is there already; gives the program.
fn install(folder: &Path) -> anyhow::Result<PathBuf> {
    const PYTHON: &str = "install Python 3.10 or later (https://python.org) with its module `venv`";
    let environment = folder.join("venv");
    let scripts = environment.join(if cfg!(windows) { "Scripts" } else { "bin" });
    // Written last, so that a half-done installation is not taken for one.
    let stamp = folder.join(".installed");
    if fs::read_to_string(&stamp).is_ok_and(|installed| installed == VERSION) {
        return Ok(scripts.join("st"));
    }
    println!(
        "Installing Schemathesis {VERSION} into {}",
        folder.display()
    );
    fs::create_dir_all(folder).with_context(|| format!("cannot create {}", folder.display()))?;
    let python = if cfg!(windows) { "python" } else { "python3" };
    let made = Command::new(python)
        .args(["-m", "venv"])
        .arg(&environment)
        .status()
        .context("cannot start Python")
        .advise(PYTHON)?;
    let installed = made.success()
        && Command::new(scripts.join("python"))
            .args([
                "-m",
                "pip",
                "install",
                "--quiet",
                "--disable-pip-version-check",
            ])
            .arg(format!("schemathesis=={VERSION}"))
            .status()
            .context("cannot start pip")?
            .success();
    if !installed {
        return Err(advised(
            format!("Schemathesis {VERSION} cannot be installed"),
            "see what pip says above; it needs the package index that it is set up for",
        ));
    }
    fs::write(&stamp, VERSION).with_context(|| format!("cannot write {}", stamp.display()))?;
    Ok(scripts.join("st"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn null_is_listed_where_it_is_meant() {
        let mut node = json!({ "a": [{ "enum": ["b"], "nullable": true }, { "enum": ["b"] }] });
        list_null(&mut node);
        let listed = json!({ "a": [{ "enum": ["b", null], "nullable": true }, { "enum": ["b"] }] });
        assert_eq!(node, listed);
        list_null(&mut node);
        assert_eq!(node, listed);
    }

    #[test]
    fn an_output_is_judged() {
        let text = "____ POST /apps ____\n1. Test Case ID: a\n\n- ST201 Schema-violating request accepted\n\n    \
            Invalid component: in body - valid value (ambiguous with a sibling `oneOf` branch)\n\n\
            Test cases:\n  12 generated, 1 found 1 unique failures\n";
        let judged = Judged {
            cases: "12 generated, 1 found 1 unique failures".to_owned(),
            failures: 1,
            ambiguous: 1,
        };
        assert_eq!(Judged::of(text), judged);
        // Twice in one finding does not make another.
        let twice = text.replace("valid value", "ambiguous with a sibling `oneOf` branch");
        let both = twice.replace("Test cases:", "- ST105 Undocumented status\n\nTest cases:");
        let judged = Judged::of(&both);
        assert_eq!((judged.failures, judged.ambiguous), (2, 1));
        assert_eq!(Judged::of("Traceback"), Judged::default());
    }
}
