//! Runs the `sdk-generator` binary in a folder of its own, and looks at what it printed and left on disk.
//!
//! Shared by the tests that go through the command line.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// A document with one operation and one model.
pub(crate) const DOCUMENT: &str = r##"openapi: 3.0.3
info: { title: Pets, version: "1" }
servers: [{ url: "https://example.com" }]
paths:
  /pets/{id}:
    get:
      tags: [Pets]
      operationId: getPet
      summary: Gets a pet.
      parameters:
        - { name: id, in: path, required: true, schema: { type: string } }
      responses:
        "200":
          description: The pet.
          content:
            application/json:
              schema: { $ref: "#/components/schemas/Pet" }
components:
  schemas:
    Pet:
      type: object
      required: [name]
      properties:
        name: { type: string, description: What it is called. }
"##;

/// What a run gave.
pub(crate) struct Run {
    /// The exit code; `None` when a signal ended the run.
    pub(crate) code: Option<i32>,
    /// What it printed.
    pub(crate) stdout: String,
    /// What it complained about.
    pub(crate) stderr: String,
}

impl Run {
    /// Checks the exit code; a failure shows all that was printed.
    #[track_caller]
    pub(crate) fn exits(self, code: i32) -> Self {
        assert_eq!(
            self.code,
            Some(code),
            "\n--- stdout\n{}\n--- stderr\n{}",
            self.stdout,
            self.stderr
        );
        self
    }
}

/// A folder with the document in it, in which the binary is run.
pub(crate) struct Place {
    folder: tempfile::TempDir,
}

impl Place {
    /// A new folder with `openapi.yaml`.
    pub(crate) fn new() -> Self {
        let place = Self {
            folder: tempfile::tempdir().expect("a folder"),
        };
        place.write("openapi.yaml", DOCUMENT);
        place
    }

    /// Where it is.
    pub(crate) fn path(&self, relative: &str) -> PathBuf {
        self.folder.path().join(relative)
    }

    /// Writes a file and the folders above it.
    pub(crate) fn write(&self, relative: &str, text: &str) {
        let path = self.path(relative);
        fs::create_dir_all(path.parent().expect("a parent")).expect("a folder");
        fs::write(path, text).expect("a written file");
    }

    /// Reads a file.
    #[track_caller]
    pub(crate) fn read(&self, relative: &str) -> String {
        fs::read_to_string(self.path(relative))
            .unwrap_or_else(|error| panic!("{relative}: {error}"))
    }

    /// Runs the binary in this folder.
    pub(crate) fn run(&self, words: &[&str]) -> Run {
        self.run_in("", words)
    }

    /// Runs the binary in a folder below this one.
    pub(crate) fn run_in(&self, folder: &str, words: &[&str]) -> Run {
        finish(generator(&self.path(folder)).args(words))
    }
}

/// The binary, to be run in a folder.
pub(crate) fn generator(folder: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_sdk-generator"));
    command.current_dir(folder);
    command
}

/// Runs a command to its end.
pub(crate) fn finish(command: &mut Command) -> Run {
    let output = command.stdin(Stdio::null()).output().expect("a process");
    Run {
        code: output.status.code(),
        stdout: String::from_utf8_lossy(&output.stdout).into_owned(),
        stderr: String::from_utf8_lossy(&output.stderr).into_owned(),
    }
}
