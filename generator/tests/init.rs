//! The first `target.toml` of a document: it can be used as it is, and so can every proposal in it.

use sdk_generator::plan::{Plan, RuntimeSource, Wish};
use sdk_generator::target::{Target, TargetFault};
use sdk_generator::{init, pipeline};
use std::path::{Path, PathBuf};

fn workspace() -> &'static Path {
    let manifest = Path::new(env!("CARGO_MANIFEST_DIR"));
    manifest.parent().expect("a workspace")
}

fn documents() -> Vec<PathBuf> {
    let fixtures = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures");
    let fixtures = std::fs::read_dir(fixtures).expect("the fixtures");
    let mut found: Vec<PathBuf> = fixtures
        .map(|entry| entry.expect("a fixture").path().join("openapi.yaml"))
        .filter(|path| path.is_file())
        .collect();
    for name in ["onelogin", "sailpoint-v3"] {
        found.push(workspace().join("specs").join(name).join("openapi.yaml"));
    }
    found
}

fn plan(document: &Path, target: &Target) -> Result<Plan, Vec<TargetFault>> {
    let wish = Wish {
        target,
        name: None,
        runtime: &RuntimeSource::Vendored,
    };
    let run = pipeline::load(document, &[]).read().plan(&wish)?;
    Ok(run.value.expect("a plan"))
}

/// The file with every proposal taken in: a line that is a comment sign, a space, and a setting.
fn with_proposals(text: &str) -> String {
    let is_proposal = |line: &str| {
        let Some((key, _)) = line.split_once(" = ") else {
            return false;
        };
        let is_plain = |c: char| c.is_ascii_alphanumeric() || c == '_';
        key.chars().all(is_plain) || key.starts_with('"')
    };
    let lines = text.lines().map(|line| match line.strip_prefix("# ") {
        Some(rest) if is_proposal(rest) => rest,
        _ => line,
    });
    lines.collect::<Vec<_>>().join("\n")
}

fn read(text: &str) -> Target {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("target.toml");
    std::fs::write(&file, text).expect("a written file");
    Target::read(&file)
        .unwrap_or_else(|error| panic!("{error}: {:?}\n{text}", std::error::Error::source(&error)))
}

#[test]
fn what_is_written_can_be_used_and_so_can_all_that_is_proposed() {
    let documents = documents();
    assert!(documents.len() > 25, "{} documents", documents.len());
    for document in documents {
        let free = plan(&document, &Target::default()).expect("no settings");
        let text = init::settings(&free, "openapi.yaml");
        for text in [text.clone(), with_proposals(&text)] {
            if let Err(faults) = plan(&document, &read(&text)) {
                panic!("{}: {faults:?}\n{text}", document.display());
            }
        }
    }
}

#[test]
fn the_settings_of_our_own_documents_are_found() {
    let document = workspace().join("specs/sailpoint-v3/openapi.yaml");
    let free = plan(&document, &Target::default()).expect("no settings");
    let text = init::settings(&free, "openapi.yaml");
    for found in [
        "scheme = \"userAuth\"",
        "# required_variables = [\"tenant\"]",
        "message = [\"/message\", \"/error\", \"/causes/0/text\", \"/messages/0/text\"]",
        "tracking_id = [\"/trackingId\"]",
    ] {
        assert!(
            text.contains(found) || found == "# tenant",
            "{found} is not in\n{text}"
        );
    }
    let questions = init::open_questions(&free, &Target::default());
    let asked: Vec<&str> = questions.iter().map(|question| question.setting).collect();
    assert_eq!(
        asked,
        [
            "[server] required_variables",
            "[auth] scheme",
            "[errors] message",
            "[package] license",
            "[names.operations]"
        ]
    );
    let target =
        Target::read(&workspace().join("specs/sailpoint-v3/target.toml")).expect("settings");
    let set = plan(&document, &target).expect("a plan");
    assert_eq!(init::open_questions(&set, &target), []);
}
