//! Mocks of the crates as processes of their own: builds the program that serves one, starts it, and ends it. What judges a mock from
//! outside needs them (`schemathesis`, `soak`).

use crate::targets::{Repo, Target, programs};
use anyhow::Context as _;
use sdk_generator::advice::advised;
use std::io::{BufRead as _, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

/// A mock that serves; dropping it ends the process.
pub(crate) struct Serving {
    process: Child,
    /// Where it listens.
    pub(crate) url: String,
    answered: Arc<AtomicUsize>,
}

impl Serving {
    /// Starts a mock at a free port with these words, and waits until it says where it listens.
    pub(crate) fn start(executable: &Path, words: &[&str]) -> anyhow::Result<Self> {
        let mut process = Command::new(executable)
            .args(words)
            .stdout(Stdio::piped())
            .spawn()
            .with_context(|| format!("cannot start {}", executable.display()))?;
        let stdout = process.stdout.take();
        let answered = Arc::new(AtomicUsize::new(0));
        let counted = Arc::clone(&answered);
        // Made before anything fails, so that the process ends then too.
        let mut serving = Self {
            process,
            url: String::new(),
            answered,
        };
        let mut lines = BufReader::new(stdout.context("no output")?).lines();
        let first = lines.next().transpose().ok().flatten().unwrap_or_default();
        serving.url = first.rsplit(' ').next().unwrap_or_default().to_owned();
        // Read to the end whatever happens, so that the mock never waits for a reader.
        std::thread::spawn(move || {
            let lines = lines.map_while(Result::ok);
            for line in lines.filter(|line| !line.starts_with("export ")) {
                // `METHOD path status`; paths of token endpoints end so with both platforms.
                let mut words = line.split(' ').skip(1);
                let is_token = words.next().is_some_and(|path| path.ends_with("/token"));
                let counts = !is_token && words.next() != Some("401");
                counted.fetch_add(usize::from(counts), Ordering::Relaxed);
            }
        });
        match serving.url.starts_with("http://") {
            true => Ok(serving),
            false => Err(advised(
                format!("{} does not say where it listens", executable.display()),
                "run it by hand, and see what it says",
            )),
        }
    }

    /// How many requests it has answered, but for those for a token and those that it refused for their token.
    pub(crate) fn answered(&self) -> usize {
        self.answered.load(Ordering::Relaxed)
    }

    /// The memory that the process has now, in KiB; none where the system does not tell.
    pub(crate) fn memory(&self) -> Option<u64> {
        let path = format!("/proc/{}/status", self.process.id());
        let status = std::fs::read_to_string(path).ok()?;
        let line = status
            .lines()
            .find_map(|line| line.strip_prefix("VmRSS:"))?;
        line.trim().strip_suffix(" kB")?.trim().parse().ok()
    }
}

impl Drop for Serving {
    fn drop(&mut self) {
        // It may have ended by itself; then there is nothing to kill.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// Builds the program that serves a crate's mock, and gives its path.
pub(crate) fn executable(repo: &Repo, target: &Target) -> anyhow::Result<PathBuf> {
    let words = [
        "build",
        "--manifest-path",
        &target.manifest(),
        "--features",
        "mock",
        "--example",
        "serve",
    ];
    let fault = format!("the example `serve` of {} does not compile", target.krate());
    let built = programs(repo, &words, &fault)?;
    let (_, program) = built.into_iter().next_back().context(fault)?;
    Ok(program)
}
