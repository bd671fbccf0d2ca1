//! The stories of the crates: builds every example of `generated/` and runs those that end by themselves, which are all but the servers.
//! Each plays its service on loopback and checks what comes of its calls, so one that fails tells that a crate, its mock or the runtime does.

use crate::targets::{MISSING_PROGRAM, Repo, cargo};
use anyhow::Context as _;
use sdk_generator::advice::{Advise as _, advised};
use serde_json::Value;
use std::path::PathBuf;
use std::process::{Command, Stdio};

/// The example that serves a mock until it is stopped.
const SERVER: &str = "serve";

/// Builds the examples as `cargo test --workspace` does, so that they are built once for both, and runs them.
///
/// # Errors
///
/// When an example does not compile, or one ends with a failure.
pub(crate) fn run(repo: &Repo) -> anyhow::Result<()> {
    for (name, program) in build(repo)? {
        let output = Command::new(&program)
            .current_dir(repo.root())
            .stdin(Stdio::null())
            .output()
            .with_context(|| format!("cannot start {}", program.display()))?;
        if !output.status.success() {
            let said = [output.stdout, output.stderr].concat();
            let said = String::from_utf8_lossy(&said);
            return Err(advised(
                format!(
                    "the story `{name}` ends with {}; it said:\n{said}",
                    output.status
                ),
                format!("run it alone, with what it prints: {}", program.display()),
            ));
        }
        println!("{name}: ends well");
    }
    Ok(())
}

/// The names of the stories and their programs.
fn build(repo: &Repo) -> anyhow::Result<Vec<(String, PathBuf)>> {
    let output = cargo(repo)
        .args(["build", "--workspace", "--examples"])
        .args(["--message-format", "json-render-diagnostics"])
        .stderr(Stdio::inherit())
        .output()
        .context("cannot start cargo")
        .advise(MISSING_PROGRAM)?;
    if !output.status.success() {
        return Err(advised(
            "an example does not compile",
            "see what the compiler says above",
        ));
    }
    let text = String::from_utf8_lossy(&output.stdout);
    let messages = text
        .lines()
        .filter_map(|line| serde_json::from_str(line).ok());
    let mut stories: Vec<_> = messages.filter_map(|message| story(&message)).collect();
    stories.sort();
    Ok(stories)
}

/// The story that a message of Cargo's says was built.
fn story(message: &Value) -> Option<(String, PathBuf)> {
    let target = message.get("target")?;
    let is_example = target.get("kind")?.as_array()?.contains(&"example".into());
    let name = target.get("name")?.as_str()?;
    let program = message.get("executable")?.as_str()?;
    (is_example && name != SERVER).then(|| (name.to_owned(), PathBuf::from(program)))
}

#[cfg(test)]
mod tests {
    use super::story;
    use serde_json::json;

    #[test]
    fn a_story_is_an_example_that_is_no_server() {
        let built = |kind: &str, name: &str| json!({"reason": "compiler-artifact", "target": {"kind": [kind], "name": name}, "executable": "/t/x"});
        let found = story(&built("example", "export")).expect("a story");
        assert_eq!(found.0, "export");
        assert_eq!(story(&built("example", "serve")), None);
        assert_eq!(story(&built("lib", "onelogin")), None);
        assert_eq!(story(&json!({"reason": "build-finished"})), None);
    }
}
