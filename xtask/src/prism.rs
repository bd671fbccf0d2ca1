//! Prism, a mock server for OpenAPI documents: installs it, starts it on a document, reads its log, stops it.
//!
//! Its log is the evidence: which operations it serves, what it was asked, and what it found wrong with that.

use crate::npm;
use anyhow::Context as _;
use sdk_generator::advice::{Advise as _, advised};
use std::collections::{BTreeSet, VecDeque};
use std::io::{BufRead as _, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread::JoinHandle;
use std::time::Duration;

/// The oldest major version of Node that is known to work.
const NODE: u32 = 20;
/// How long Prism may take to read a document and listen.
const START: Duration = Duration::from_secs(60);
/// How long Prism may take to log its verdict on requests that are answered already.
const SETTLE: Duration = Duration::from_secs(5);
/// How many lines of its log are shown when it does not start.
const LAST_LINES: usize = 20;
/// Where its command stands in the folder it is installed in.
const SCRIPT: &str = "node_modules/@stoplight/prism-cli/dist/index.js";

/// What Prism said so far.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Log {
    /// Where it listens.
    pub(crate) url: Option<String>,
    /// How many operations it found in the document.
    pub(crate) operations: usize,
    /// How many requests it got.
    pub(crate) requests: usize,
    /// The methods and paths that it was asked for, each once.
    pub(crate) asked: BTreeSet<String>,
    /// How many requests it found nothing wrong with.
    pub(crate) accepted: usize,
    /// What it found wrong, in its own words.
    pub(crate) violations: Vec<String>,
    /// How many requests it has come to a verdict on.
    pub(crate) judged: usize,
    /// Whether its output is at an end.
    pub(crate) ended: bool,
    /// The lines it printed last.
    pub(crate) last: VecDeque<String>,
}

impl Log {
    /// Takes a line of Prism's standard output.
    fn read(&mut self, line: &str) {
        if self.last.len() == LAST_LINES {
            self.last.pop_front();
        }
        self.last.push_back(line.to_owned());
        let words: Vec<&str> = line.split_whitespace().collect();
        if let Some((_, rest)) = line.split_once("Prism is listening on ") {
            self.url = Some(rest.trim().to_owned());
        } else if line.contains("[CLI]") && self.url.is_none() {
            // Before it listens it lists what it serves: `info  POST  http://127.0.0.1:4010/path`.
            self.operations +=
                usize::from(words.last().is_some_and(|word| word.starts_with("http://")));
        } else if let Some((_, rest)) = line
            .split_once("[HTTP SERVER] ")
            .filter(|_| line.ends_with("Request received"))
        {
            self.requests += 1;
            self.asked.insert(
                rest.split_whitespace()
                    .take(2)
                    .collect::<Vec<_>>()
                    .join(" "),
            );
        } else if line.contains("The request passed the validation rules") {
            self.accepted += 1;
            self.judged += 1;
        } else if line.contains("Request did not pass the validation rules") {
            self.judged += 1;
        } else if let Some((_, rest)) = line.split_once("Violation: ") {
            self.violations.push(rest.to_owned());
        } else if let Some((_, rest)) = line.split_once("Request terminated with error: ") {
            self.judged += 1;
            self.violations.push(rest.to_owned());
        }
    }
}

/// A log that one thread writes and another waits for.
#[derive(Default)]
struct Shared {
    log: Mutex<Log>,
    changed: Condvar,
}

impl Shared {
    fn lock(&self) -> MutexGuard<'_, Log> {
        self.log.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The log as soon as it is as wanted, or when the time is over.
    fn wait(&self, time: Duration, wanted: impl Fn(&Log) -> bool) -> Log {
        let log = self.lock();
        let waited = self
            .changed
            .wait_timeout_while(log, time, |log| !wanted(log) && !log.ended);
        waited.unwrap_or_else(PoisonError::into_inner).0.clone()
    }
}

/// A running Prism; dropping it ends the process.
pub(crate) struct Prism {
    process: Child,
    shared: Arc<Shared>,
    reader: Option<JoinHandle<()>>,
    url: String,
}

impl Prism {
    /// Starts Prism, installed in `folder`, on a document, and waits until it listens on a free port of loopback.
    ///
    /// # Errors
    ///
    /// When it cannot be started, ends, or does not listen in time; the error holds the end of its log.
    pub(crate) fn start(folder: &Path, sources: &Path, document: &Path) -> anyhow::Result<Self> {
        let mut process = Command::new("node")
            .arg("--require")
            .arg(sources.join("exit-with-parent.cjs"))
            .arg(folder.join(SCRIPT))
            .args(["mock", "--errors", "-h", "127.0.0.1", "-p", "0"])
            .arg(document)
            // In production it would fork, and the log must hold no colours.
            .env_remove("NODE_ENV")
            .env_remove("FORCE_COLOR")
            .env("NO_COLOR", "1")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .context("cannot start node")
            .advise(npm::NODE)?;
        let output = process.stdout.take();
        let shared = Arc::new(Shared::default());
        let writer = Arc::clone(&shared);
        // Read to the end whatever happens: Prism dies of a pipe that nobody reads.
        let reader = std::thread::spawn(move || {
            for line in output
                .into_iter()
                .flat_map(|output| BufReader::new(output).lines())
                .map_while(Result::ok)
            {
                writer.lock().read(&line);
                writer.changed.notify_all();
            }
            writer.lock().ended = true;
            writer.changed.notify_all();
        });
        let mut prism = Self {
            process,
            shared,
            reader: Some(reader),
            url: String::new(),
        };
        let log = prism.shared.wait(START, |log| log.url.is_some());
        match log.url {
            Some(url) => prism.url = url,
            None => {
                let when = match log.ended {
                    true => "; it ended".to_owned(),
                    false => format!(" after {} s", START.as_secs()),
                };
                let said = log.last.into_iter().collect::<Vec<_>>().join("\n");
                return Err(advised(
                    format!("Prism does not listen{when}:\n{said}"),
                    "mend what it says, and run the command again; with target/prism removed, Prism is installed again",
                ));
            }
        }
        Ok(prism)
    }

    /// Where it listens.
    pub(crate) fn url(&self) -> &str {
        &self.url
    }

    /// Stops it and gives its log.
    pub(crate) fn stop(mut self) -> Log {
        self.shared.wait(SETTLE, |log| log.judged >= log.requests);
        self.end();
        self.shared.lock().clone()
    }

    fn end(&mut self) {
        // It may have ended by itself; then there is nothing to kill.
        let _ = self.process.kill();
        let _ = self.process.wait();
        if let Some(reader) = self.reader.take() {
            let _ = reader.join();
        }
    }
}

impl Drop for Prism {
    fn drop(&mut self) {
        self.end();
    }
}

/// Installs the pinned version, unless it is there already; gives the folder.
///
/// # Errors
///
/// When Node is missing or too old, or npm fails.
pub(crate) fn install(sources: &Path, target: &Path) -> anyhow::Result<PathBuf> {
    check_node()?;
    npm::install("Prism", sources, target)?;
    Ok(target.to_owned())
}

fn check_node() -> anyhow::Result<()> {
    let needed =
        format!("`cargo xtask conformance` needs Node {NODE} or later (https://nodejs.org)");
    let Some(version) = npm::version(Path::new("node")) else {
        return Err(advised(
            format!("{needed}, and there is no `node` on the PATH"),
            npm::NODE,
        ));
    };
    match npm::major(&version) {
        Some(major) if major >= NODE => Ok(()),
        _ => Err(advised(
            format!("{needed}; `node --version` says `{version}`"),
            npm::NODE,
        )),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_log_is_understood() {
        let mut log = Log::default();
        for line in [
            "[2:27:03 AM] › [CLI] …  awaiting  Starting Prism…",
            "[2:27:04 AM] › [CLI] ℹ  info      POST       http://127.0.0.1:39193/token",
            "[2:27:04 AM] › [CLI] ℹ  info      GET        http://127.0.0.1:39193/users/7/devices",
            "[2:27:04 AM] › [CLI] ▶  start     Prism is listening on http://127.0.0.1:39193",
            "[2:27:04 AM] › [HTTP SERVER] post /token ℹ  info      Request received",
            "[2:27:05 AM] ›     [VALIDATOR] ✔  success   The request passed the validation rules. Looking for the best response",
            "[2:27:05 AM] › [HTTP SERVER] get /users/1/devices ℹ  info      Request received",
            "[2:27:05 AM] ›     [VALIDATOR] ⚠  warning   Request did not pass the validation rules",
            "[2:27:05 AM] ›     [VALIDATOR] ✖  error     Violation: request Invalid security scheme used",
            "[2:27:05 AM] › [HTTP SERVER] get /nope ℹ  info      Request received",
            "[2:27:05 AM] › [HTTP SERVER] get /nope ✖  error     Request terminated with error: Route not resolved",
        ] {
            log.read(line);
        }
        assert_eq!(log.url.as_deref(), Some("http://127.0.0.1:39193"));
        assert_eq!(
            (log.operations, log.requests, log.accepted, log.judged),
            (2, 3, 1, 3)
        );
        assert_eq!(
            log.asked.into_iter().collect::<Vec<_>>(),
            ["get /nope", "get /users/1/devices", "post /token"]
        );
        assert_eq!(
            log.violations,
            ["request Invalid security scheme used", "Route not resolved"]
        );
    }
}
