//! How the command speaks: colours, quiet runs, examples in the help, and the scripts of shells.

use super::command::{Place, finish, generator};
use std::io::Write as _;
use std::process::{Command, Stdio};

/// A document with a warning: a key stands twice.
fn with_warning() -> Place {
    let place = Place::new();
    let text = place.read("openapi.yaml");
    place.write(
        "openapi.yaml",
        &text.replace("      summary:", "      summary: Twice.\n      summary:"),
    );
    place
}

const COMMANDS: [&str; 9] = [
    "init",
    "generate",
    "check",
    "lint",
    "explain",
    "plan",
    "compare",
    "bundle",
    "completions",
];

#[test]
fn colours_come_when_they_are_asked_for() {
    let place = Place::new();
    place.write("bad.yaml", "openapi: 3.0.3\npaths: [\n");
    let lint = ["lint", "bad.yaml"];
    let plain = place.run(&lint).exits(1).stdout;
    assert!(!plain.contains('\u{1b}'), "{plain:?}");
    let coloured = place
        .run(&["--color", "always", "lint", "bad.yaml"])
        .exits(1)
        .stdout;
    assert!(
        coloured.contains("\u{1b}[1m\u{1b}[91merror[yaml-syntax]\u{1b}[0m"),
        "{coloured:?}"
    );
    let forced = |name: &str, words: &[&str]| {
        let mut command = generator(&place.path(""));
        finish(command.args(words).env(name, "1")).exits(1).stdout
    };
    assert_eq!(forced("CLICOLOR_FORCE", &lint), coloured);
    assert_eq!(
        forced("CLICOLOR_FORCE", &["lint", "bad.yaml", "--color=never"]),
        plain
    );
    assert_eq!(forced("NO_COLOR", &lint), plain);
    assert_eq!(
        forced("NO_COLOR", &["lint", "bad.yaml", "--color=always"]),
        coloured
    );
    // Without its styles it is the plain text, to the last byte.
    let bare = anstream::adapter::strip_str(&coloured).to_string();
    assert_eq!(bare, plain);
    let error = place
        .run(&["lint", "absent.yaml", "--color=always"])
        .exits(2)
        .stderr;
    assert!(error.starts_with("\u{1b}["), "{error:?}");
}

#[test]
fn a_quiet_run_says_nothing_but_errors() {
    let place = with_warning();
    for words in [
        ["generate", "openapi.yaml", "--out", "sdk", "--quiet"].as_slice(),
        &["--quiet", "check", "openapi.yaml", "--out", "sdk"],
        &["lint", "openapi.yaml", "--quiet"],
        &["lint", "openapi.yaml", "--quiet", "--all"],
        &["init", "openapi.yaml", "--quiet"],
        &["bundle", "openapi.yaml", "--out", "whole.yaml", "--quiet"],
        &["compare", "openapi.yaml", "openapi.yaml", "--quiet"],
    ] {
        let run = place.run(words).exits(0);
        assert_eq!(
            (run.stdout.as_str(), run.stderr.as_str()),
            ("", ""),
            "{words:?}"
        );
    }
    assert!(place.path("sdk/src/lib.rs").exists());
    place.write("bad.yaml", "openapi: 3.0.3\npaths: [\n");
    let run = place.run(&["lint", "bad.yaml", "--quiet"]).exits(1);
    assert!(run.stdout.contains("error[yaml-syntax]"), "{}", run.stdout);
    let run = place
        .run(&["generate", "bad.yaml", "--out", "sdk", "--quiet"])
        .exits(1);
    assert!(run.stderr.contains("error[yaml-syntax]"), "{}", run.stderr);
    let run = place.run(&["lint", "absent.yaml", "--quiet"]).exits(2);
    assert!(run.stderr.contains("absent.yaml"), "{}", run.stderr);
    // What was asked for is printed all the same.
    let plan = place
        .run(&["plan", "openapi.yaml", "--quiet"])
        .exits(0)
        .stdout;
    assert!(plan.starts_with('{'), "{plan}");
}

#[test]
fn what_is_denied_is_said_in_a_quiet_run() {
    let place = with_warning();
    let words = ["lint", "openapi.yaml", "--quiet", "--deny", "warnings"];
    let run = place.run(&words).exits(1);
    assert!(
        run.stdout.starts_with("warning[duplicate-key]"),
        "{}",
        run.stdout
    );
    assert!(run.stdout.ends_with("\n1 warning\n"), "{}", run.stdout);
}

#[test]
fn the_help_of_each_command_has_examples() {
    let place = Place::new();
    for command in COMMANDS {
        let help = place.run(&[command, "--help"]).exits(0).stdout;
        let examples = help.split("\nExamples:\n").nth(1).unwrap_or_default();
        let mut lines = examples.lines().filter(|line| !line.is_empty());
        assert!(
            lines.all(|line| line.starts_with(&format!("  sdk-generator {command} "))),
            "{help}"
        );
        assert!(!examples.is_empty(), "{help}");
        assert!(
            help.contains("--color <WHEN>") && help.contains("--quiet"),
            "{help}"
        );
    }
    let help = place.run(&["--help"]).exits(0).stdout;
    assert!(
        help.contains("\nExamples:\n  sdk-generator init "),
        "{help}"
    );
}

#[test]
fn each_shell_has_its_completions() {
    let place = Place::new();
    for shell in ["bash", "elvish", "fish", "powershell", "zsh"] {
        let script = place.run(&["completions", shell]).exits(0).stdout;
        for command in COMMANDS {
            assert!(script.contains(command), "{shell} does not know {command}");
        }
    }
}

#[test]
#[cfg(unix)]
fn bash_reads_its_completions() {
    let script = Place::new().run(&["completions", "bash"]).exits(0).stdout;
    let bash = Command::new("bash")
        .arg("-n")
        .stdin(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn();
    let mut bash = bash.expect("bash");
    let mut stdin = bash.stdin.take().expect("a pipe");
    stdin.write_all(script.as_bytes()).expect("a reader");
    drop(stdin);
    let output = bash.wait_with_output().expect("an end");
    let complaint = String::from_utf8_lossy(&output.stderr);
    assert!(
        output.status.success() && complaint.is_empty(),
        "{complaint}"
    );
}
