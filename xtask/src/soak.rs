//! `cargo xtask soak`: mixed calls of the crates for some minutes against mocks of their APIs on which things go wrong, each in a process
//! of its own. Fails when a call does not end as it may, when callers and servers count differently, and when memory grows.

use crate::serving::{self, Serving};
use crate::targets::{MISSING_PROGRAM, Repo, cargo};
use anyhow::Context as _;
use sdk_generator::advice::{Advise as _, advised};
use std::fs;
use std::process::ExitCode;
use std::time::{Duration, Instant};

/// The words after `soak`.
#[derive(clap::Args, Clone, Debug)]
pub(crate) struct Arguments {
    /// How long.
    #[arg(long, default_value_t = 10)]
    minutes: u32,
}

/// The days of a server: a good one, and what may go wrong on another.
const DAYS: [&str; 10] = [
    "good",
    "TooManyRequests",
    "Unavailable",
    "CutBody",
    "SlowBody",
    "ExpiredToken",
    "FullLastPage",
    "UnknownEnumValue",
    "NullOptionals",
    "TextForNumbers",
];
/// How long a token lives, in seconds: short, so that many are fetched.
const LIFETIME: &str = "20";
/// The program that makes the calls.
const PROGRAM: &str = include_str!("../soak/main.rs");
const MANIFEST: &str = r#"[package]
name = "soak"
version = "0.0.0"
edition = "2024"

[workspace]

[dependencies]
onelogin = { path = "../../generated/onelogin" }
sailpoint-v3 = { path = "../../generated/sailpoint-v3" }
sdk-runtime = { path = "../../runtime" }
tokio = { version = "1", features = ["macros", "rt-multi-thread", "time"] }

[profile.dev]
debug = false
opt-level = 1
"#;

/// Runs the command.
///
/// # Errors
///
/// When a crate does not compile, or a mock cannot be started.
pub(crate) fn run(repo: &Repo, arguments: &Arguments) -> anyhow::Result<ExitCode> {
    let folder = repo.path("target/soak");
    fs::create_dir_all(folder.join("src"))
        .with_context(|| format!("cannot create {}", folder.display()))?;
    for (path, text) in [("Cargo.toml", MANIFEST), ("src/main.rs", PROGRAM)] {
        fs::write(folder.join(path), text).with_context(|| format!("cannot write {path}"))?;
    }
    fs::copy(repo.path("Cargo.lock"), folder.join("Cargo.lock"))
        .context("cannot copy the lock file")?;
    let mut servers = Vec::new();
    let mut words = vec![arguments.minutes.to_string()];
    for target in repo.targets()? {
        let executable = serving::executable(repo, &target)?;
        for day in DAYS {
            let mut options = vec!["--token-lifetime", LIFETIME];
            if day != DAYS[0] {
                options.extend(["--hostile", day]);
            }
            let server = Serving::start(&executable, &options)?;
            words.extend([target.name.clone(), day.to_owned(), server.url.clone()]);
            servers.push(server);
        }
    }
    let mut calls = cargo(repo)
        .args(["run", "--quiet", "--"])
        .args(words)
        .current_dir(&folder)
        .env("CARGO_TARGET_DIR", folder.join("target"))
        .spawn()
        .context("cannot start cargo")
        .advise(MISSING_PROGRAM)?;
    let start = Instant::now();
    let mut minutes = 0;
    let status = loop {
        if let Some(status) = calls.try_wait()? {
            break status;
        }
        std::thread::sleep(Duration::from_secs(1));
        if start.elapsed() >= Duration::from_secs(60) * (minutes + 1) {
            minutes += 1;
            let memory: u64 = servers.iter().filter_map(Serving::memory).sum();
            println!("  the servers have {memory} KiB");
        }
    };
    let answered: usize = servers.iter().map(Serving::answered).sum();
    println!("{} servers answered {answered} requests", servers.len());
    match status.success() {
        true => Ok(ExitCode::SUCCESS),
        false => Err(advised(
            "the calls did not all end as they may, or their memory grew",
            "read what is said to be wrong above",
        )),
    }
}
