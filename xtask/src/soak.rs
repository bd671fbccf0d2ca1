//! `cargo xtask soak`: mixed calls of the crates for some minutes against mocks of their APIs on which things go wrong, each in a process
//! of its own. Fails when a call does not end as it may, when callers and servers count differently, and when the memory of either grows.

use crate::serving::{self, Serving};
use crate::targets::{MISSING_PROGRAM, Repo, cargo};
use anyhow::Context as _;
use sdk_generator::advice::{Advise as _, advised};
use std::fs;
use std::io::{BufRead as _, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode, Stdio};

/// The words after `soak`.
#[derive(clap::Args, Clone, Debug)]
pub(crate) struct Arguments {
    /// How long. How memory goes is told from the third minute on.
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
/// How much more memory the last minute may have than the second, in hundredths.
const GROWTH: u64 = 5;
/// What the program says behind the number of its attempts.
const ATTEMPTS: &str = "attempts that a server heard of";
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
"#;

/// Compiles the program that makes the calls, and runs nothing: it calls the committed crates, whose methods may change.
///
/// # Errors
///
/// When it does not compile.
pub(crate) fn check(repo: &Repo) -> anyhow::Result<()> {
    compile(repo, &lay_out(repo)?, "check", &repo.path("target"))
}

/// Writes the program that makes the calls, and gives its folder.
fn lay_out(repo: &Repo) -> anyhow::Result<PathBuf> {
    let folder = repo.path("target/soak");
    fs::create_dir_all(folder.join("src"))
        .with_context(|| format!("cannot create {}", folder.display()))?;
    for (path, text) in [("Cargo.toml", MANIFEST), ("src/main.rs", PROGRAM)] {
        fs::write(folder.join(path), text).with_context(|| format!("cannot write {path}"))?;
    }
    fs::copy(repo.path("Cargo.lock"), folder.join("Cargo.lock"))
        .context("cannot copy the lock file")?;
    Ok(folder)
}

fn command(repo: &Repo, folder: &Path, word: &str, target: &Path) -> Command {
    let mut command = cargo(repo);
    command
        .args([word, "--quiet"])
        .current_dir(folder)
        .env("CARGO_TARGET_DIR", target);
    // Checked without, so that what the checks of the crates have compiled serves here too.
    if word != "check" {
        command.env("CARGO_PROFILE_DEV_OPT_LEVEL", "1");
    }
    command
}

fn compile(repo: &Repo, folder: &Path, word: &str, target: &Path) -> anyhow::Result<()> {
    let status = command(repo, folder, word, target).status();
    match status
        .context("cannot start cargo")
        .advise(MISSING_PROGRAM)?
        .success()
    {
        true => Ok(()),
        false => Err(advised(
            "the program that makes the calls does not compile",
            "correct xtask/soak/main.rs where the compiler says so",
        )),
    }
}

/// Runs the command.
///
/// # Errors
///
/// When a crate does not compile, or a mock cannot be started.
pub(crate) fn run(repo: &Repo, arguments: &Arguments) -> anyhow::Result<ExitCode> {
    let folder = lay_out(repo)?;
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
    let target = folder.join("target");
    compile(repo, &folder, "build", &target)?;
    let mut calls = command(repo, &folder, "run", &target)
        .arg("--")
        .args(words)
        .stdout(Stdio::piped())
        .spawn()
        .context("cannot start cargo")
        .advise(MISSING_PROGRAM)?;
    let lines = BufReader::new(calls.stdout.take().context("no output")?).lines();
    let (mut heard, mut memories) = (None, Vec::new());
    for line in lines.map_while(Result::ok) {
        println!("{line}");
        if line.starts_with("minute ") {
            let memory: u64 = servers.iter().filter_map(Serving::memory).sum();
            println!("  the servers have {memory} KiB");
            memories.push(memory);
        }
        if let Some((before, _)) = line.split_once(ATTEMPTS) {
            let number = before.split_whitespace().last();
            heard = number.and_then(|number| number.parse::<usize>().ok());
        }
    }
    let ended_well = calls.wait()?.success();
    let answered: usize = servers.iter().map(Serving::answered).sum();
    println!("{} servers answered {answered}", servers.len());
    let grown = match (memories.get(1), memories.last()) {
        (Some(second), Some(last)) => last.saturating_sub(*second) * 100 > second * GROWTH,
        _ => false,
    };
    let problem = match (ended_well, heard == Some(answered), grown) {
        (false, _, _) => "the calls did not all end as they may, or their memory grew",
        (_, false, _) => "callers and servers counted differently",
        (_, _, true) => "the memory of the servers grew",
        _ => return Ok(ExitCode::SUCCESS),
    };
    Err(advised(problem, "read the figures above"))
}
