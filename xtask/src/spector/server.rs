//! The Spector server: starts it on a free port of loopback, and stops it.

use super::node::Suite;
use crate::targets::MISSING_PROGRAM;
use crate::targets::Repo;
use anyhow::Context as _;
use sdk_generator::advice::{Advise as _, advised};
use std::fs::File;
use std::io::{BufRead as _, BufReader, Write as _};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::mpsc;
use std::time::Duration;

/// How long the server may take to load its scenarios and listen.
const START: Duration = Duration::from_secs(120);
/// What it says before its address.
const LISTENS: &str = "Started server on ";

/// A running server; dropping it ends the process.
pub(super) struct Server {
    process: Child,
    url: String,
}

impl Server {
    /// Starts the server, and waits until it listens. What it says goes to `log`.
    ///
    /// # Errors
    ///
    /// When it cannot be started, or does not listen in time.
    pub(super) fn start(repo: &Repo, suite: &Suite, log: &Path) -> anyhow::Result<Self> {
        let mut process = Command::new(suite.node())
            .arg("--require")
            .arg(repo.path("xtask/prism/exit-with-parent.cjs"))
            .arg(suite.path("node_modules/@typespec/spector/cmd/cli.mjs"))
            .arg("serve")
            .arg(suite.path("node_modules/@typespec/http-specs/specs"))
            .args(["--port", "0", "--coverageFile"])
            .arg(log.with_extension("coverage.json"))
            .env_remove("FORCE_COLOR")
            .env("NO_COLOR", "1")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .context("cannot start node")
            .advise(MISSING_PROGRAM)?;
        let output = process.stdout.take();
        let mut server = Self {
            process,
            url: String::new(),
        };
        let mut file =
            File::create(log).with_context(|| format!("cannot create {}", log.display()))?;
        let (sender, receiver) = mpsc::channel();
        // Read to the end whatever happens: it would stop at a pipe that nobody empties.
        std::thread::spawn(move || {
            let lines = output
                .into_iter()
                .flat_map(|output| BufReader::new(output).lines());
            for line in lines.map_while(Result::ok) {
                let _ = writeln!(file, "{line}");
                if let Some((_, address)) = line.split_once(LISTENS) {
                    let _ = sender.send(address.trim().to_owned());
                }
            }
        });
        let Ok(address) = receiver.recv_timeout(START) else {
            return Err(advised(
                format!(
                    "Spector does not listen; {} has what it said",
                    log.display()
                ),
                "mend what stands there, and run the command again",
            ));
        };
        // By the name that it calls itself by, so that its links are to the same origin.
        let (_, port) = address.rsplit_once(':').context("Spector tells no port")?;
        server.url = format!("http://localhost:{port}");
        Ok(server)
    }

    /// Where it listens.
    pub(super) fn url(&self) -> &str {
        &self.url
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // It may have ended by itself; then there is nothing to kill.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}
