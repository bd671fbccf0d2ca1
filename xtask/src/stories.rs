//! The stories of the crates: builds every example of `generated/` and runs those that end by themselves, which are all but the servers.
//! Each plays its service on loopback and checks what comes of its calls, so one that fails tells that a crate, its mock or the runtime does.

use crate::targets::{Repo, programs};
use anyhow::Context as _;
use sdk_generator::advice::advised;
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
    let words = ["build", "--workspace", "--examples"];
    let built = programs(repo, &words, "an example does not compile")?;
    let built = built.into_iter();
    let mut stories: Vec<_> = built
        .filter_map(|(target, program)| story(&target, program))
        .collect();
    stories.sort();
    Ok(stories)
}

/// The story that a program is, by what Cargo says of its target.
fn story(target: &Value, program: PathBuf) -> Option<(String, PathBuf)> {
    let is_example = target.get("kind")?.as_array()?.contains(&"example".into());
    let name = target.get("name")?.as_str()?;
    (is_example && name != SERVER).then(|| (name.to_owned(), program))
}

#[cfg(test)]
mod tests {
    use super::story;
    use serde_json::json;
    use std::path::PathBuf;

    #[test]
    fn a_story_is_an_example_that_is_no_server() {
        let built = |kind: &str, name: &str| {
            story(
                &json!({"kind": [kind], "name": name}),
                PathBuf::from("/t/x"),
            )
        };
        assert_eq!(built("example", "export").expect("a story").0, "export");
        assert_eq!(built("example", "serve"), None);
        assert_eq!(built("lib", "onelogin"), None);
        assert_eq!(story(&json!({}), PathBuf::new()), None);
    }
}
