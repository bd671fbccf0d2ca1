//! `cargo xtask conformance`: the emitted tests against Prism, a server that reads the same documents and that nobody here wrote.
//!
//! The tests check the answers. This checks Prism's own log, so that a run in which Prism was never asked, or found fault with a
//! request that the tests let pass, fails.

use crate::prism::{self, Log, Prism};
use crate::targets::MISSING_PROGRAM;
use crate::targets::{Repo, Target, cargo};
use anyhow::Context as _;
use sdk_generator::advice::{Advise as _, advised};
use sdk_generator::generate::lint;
use std::collections::BTreeMap;
use std::fs;
use std::process::ExitCode;

/// The environment variable that sends the emitted tests to another server than their own.
pub(crate) const SERVER: &str = "SDK_TEST_BASE_URL";

/// The words after `conformance`.
#[derive(clap::Args, Clone, Debug, Default)]
pub(crate) struct Arguments {
    /// Folders of specs/; all of them when none is named.
    #[arg(value_name = "TARGET")]
    pub(crate) targets: Vec<String>,
    /// Lets Schemathesis check the mocks of the crates in place of the crates' requests.
    #[arg(long)]
    pub(crate) mock: bool,
}

/// Runs the command.
///
/// # Errors
///
/// When a target is unknown, or Prism cannot be installed or started.
pub(crate) fn run(repo: &Repo, arguments: &Arguments) -> anyhow::Result<ExitCode> {
    let targets = repo.select(&arguments.targets)?;
    if arguments.mock {
        return crate::schemathesis::run(repo, &targets);
    }
    let prism = prism::install(&repo.path("xtask/prism"), &repo.path("target/prism"))?;
    let mut code = ExitCode::SUCCESS;
    for target in &targets {
        // Built first, so that Prism does not wait through a compilation.
        let build = test(repo, target)
            .arg("--no-run")
            .status()
            .context("cannot start cargo")
            .advise(MISSING_PROGRAM)?;
        let unplayable = unplayable(repo, target)?;
        let server = Prism::start(
            &prism,
            &repo.path("xtask/prism"),
            &repo.path(&target.document()),
        )?;
        let tests = build.success()
            && test(repo, target)
                .args(["--", "--exact"])
                .args(unplayable.keys().flat_map(|name| ["--skip", name.as_str()]))
                .env(SERVER, server.url())
                .status()
                .context("cannot start cargo")?
                .success();
        let log = server.stop();
        let operations = lint(&repo.path(&target.document()), &[]).operations;
        let mut faults = faults(&log, operations, unplayable.len());
        if !tests {
            faults.insert(0, "the tests failed, see above".to_owned());
        }
        if faults.is_empty() {
            println!(
                "{}: Prism accepted all {} requests, for {} of {operations} operations",
                target.name,
                log.requests,
                operations.saturating_sub(unplayable.len()),
            );
            for (name, reason) in &unplayable {
                println!("  not played: {name}: {reason}");
            }
        } else {
            code = ExitCode::from(1);
            println!("{}: not conformant", target.name);
            for fault in faults {
                println!("  {fault}");
            }
        }
    }
    Ok(code)
}

/// The run of a crate's tests of its operations.
pub(crate) fn test(repo: &Repo, target: &Target) -> std::process::Command {
    let mut command = cargo(repo);
    command.args([
        "test",
        "--manifest-path",
        &target.manifest(),
        "--test",
        "operations",
    ]);
    command
}

/// The tests of operations that Prism cannot play, each with its reason: `specs/<target>/prism.toml`.
///
/// # Errors
///
/// When the file cannot be read, or names a test that there is not.
fn unplayable(repo: &Repo, target: &Target) -> anyhow::Result<BTreeMap<String, String>> {
    let place = format!("specs/{}/prism.toml", target.name);
    let path = repo.path(&place);
    if !path.is_file() {
        return Ok(BTreeMap::new());
    }
    let text = fs::read_to_string(&path).with_context(|| format!("cannot read {place}"))?;
    let named: BTreeMap<String, String> = toml::from_str(&text)
        .with_context(|| format!("{place} does not give each test a reason"))
        .advise("write a line `\"group::operation\" = \"why Prism cannot play it\"` for each")?;
    for name in named.keys() {
        let (module, test) = name.split_once("::").unwrap_or((name, ""));
        let file = format!("{}/tests/operations/{module}.rs", target.krate());
        let tests = fs::read_to_string(repo.path(&file)).unwrap_or_default();
        if !tests.contains(&format!("fn {test}()")) {
            return Err(advised(
                format!("{place} names `{name}`, and {file} has no such test"),
                "take the line out",
            ));
        }
    }
    Ok(named)
}

/// What in Prism's log says that not every operation was exercised that can be, or not as its document has it.
fn faults(log: &Log, operations: usize, unplayable: usize) -> Vec<String> {
    let mut faults: Vec<String> = log
        .violations
        .iter()
        .map(|violation| format!("Prism: {violation}"))
        .collect();
    if log.operations != operations {
        faults.push(format!(
            "Prism serves {} operations, the crate has {operations}",
            log.operations
        ));
    }
    if log.asked.len() + unplayable < operations {
        let asked: Vec<&str> = log.asked.iter().map(String::as_str).collect();
        faults.push(format!(
            "Prism was asked for {} operations of {operations}: {}",
            asked.len(),
            asked.join(", ")
        ));
    }
    if log.accepted != log.requests {
        faults.push(format!(
            "Prism accepted {} requests of {}",
            log.accepted, log.requests
        ));
    }
    faults
}

#[cfg(test)]
mod tests {
    use super::*;

    fn log() -> Log {
        let asked = ["get /a", "get /b"].map(str::to_owned).into();
        Log {
            operations: 2,
            requests: 6,
            accepted: 6,
            asked,
            ..Log::default()
        }
    }

    #[test]
    fn a_log_is_judged() {
        assert_eq!(faults(&log(), 2, 0), [""; 0]);
        assert_eq!(
            faults(
                &Log {
                    violations: vec!["request.body".to_owned()],
                    ..log()
                },
                2,
                0
            ),
            ["Prism: request.body"]
        );
        assert_eq!(
            faults(
                &Log {
                    accepted: 5,
                    ..log()
                },
                2,
                0
            ),
            ["Prism accepted 5 requests of 6"]
        );
        assert_eq!(
            faults(&log(), 3, 0),
            [
                "Prism serves 2 operations, the crate has 3",
                "Prism was asked for 2 operations of 3: get /a, get /b"
            ]
        );
        assert_eq!(
            faults(&log(), 3, 1),
            ["Prism serves 2 operations, the crate has 3"]
        );
        assert_eq!(faults(&Log::default(), 0, 0), [""; 0]);
    }
}
