//! `cargo xtask spector`: generated clients against Microsoft's http-specs, a suite that nobody here wrote.
//!
//! The suite's specifications are compiled to OpenAPI 3.0 and 3.1, a crate is generated of each document, and a driver calls the methods
//! with the values that the suite's Spector server expects. The server judges the requests, the driver what the methods give back.
//!
//! | module | takes → gives |
//! |---|---|
//! | `node` | the repository → Node and the packages, at pinned versions |
//! | `suite` | the packages → OpenAPI documents and scenarios |
//! | `supplement` | scenarios → the same, with what only the server's handlers know |
//! | `plan` | the JSON of `sdk-generator plan` → what is needed of it |
//! | `crates` | a document → its crate and its plan |
//! | `matching`, `wire`, `values` | an expected request → its operation and the values of its arguments |
//! | `steps`, `by_hand` | a scenario → the calls that make it, and what of them a caller does by hand |
//! | `adapters` | calls → the Rust that makes them |
//! | `workspace` | crates and adapters → a program |
//! | `server` | → a running Spector |
//! | `verdict`, `known`, `table` | what the program printed → which scenarios are right, whether that was so before, and a table |

mod adapters;
mod by_hand;
mod crates;
mod known;
mod matching;
mod node;
mod plan;
mod run;
mod server;
mod steps;
mod suite;
mod supplement;
mod table;
mod values;
mod verdict;
mod wire;
mod workspace;

use crate::targets::Repo;
use known::Known;
use node::Suite;
use run::Workshop;
use sdk_generator::advice::advised;
use std::collections::BTreeSet;
use std::path::PathBuf;
use std::process::ExitCode;
use steps::Adapter;
use suite::{OpenApi, Scenario, Specification};

/// The words after `spector`.
#[derive(clap::Args, Clone, Debug)]
pub(crate) struct Arguments {
    /// The version of OpenAPI; both without it.
    #[arg(long, value_name = "VERSION")]
    openapi: Option<OpenApi>,
    /// A folder of the suite, such as `payload/xml`, with those below it; all without it.
    #[arg(long, value_name = "FOLDER")]
    only: Option<String>,
    /// A build of the generator, instead of the one that is built from this repository.
    #[arg(long, value_name = "BIN")]
    generator: Option<PathBuf>,
}

/// Runs the command.
///
/// # Errors
///
/// When the suite cannot be installed, compiled or started, or the driver cannot be built or run.
pub(crate) fn run(repo: &Repo, arguments: &Arguments) -> anyhow::Result<ExitCode> {
    let work = repo.path("target/spector");
    let suite = Suite::install(repo, &work)?;
    let specifications = suite::compile(&suite, &work)?;
    let mut scenarios = suite::scenarios(&suite)?;
    supplement::add(&repo.path("xtask/spector/supplement.toml"), &mut scenarios)?;
    let known = Known::read(&repo.path("xtask/spector/known.toml"))?;
    let names: BTreeSet<&str> = scenarios
        .iter()
        .map(|scenario| scenario.name.as_str())
        .collect();
    let specifications: Vec<&Specification> = specifications
        .iter()
        .filter(|specification| is_within(&specification.folder, arguments.only.as_deref()))
        .collect();
    let chosen: Vec<&Scenario> = scenarios
        .iter()
        .filter(|scenario| is_within(&scenario.folder, arguments.only.as_deref()))
        .collect();
    if chosen.is_empty() {
        return Err(advised(
            format!(
                "the suite has no folder `{}`; its folders are: {}",
                arguments.only.as_deref().unwrap_or_default(),
                scenarios
                    .iter()
                    .map(|scenario| scenario.folder.as_str())
                    .collect::<BTreeSet<_>>()
                    .into_iter()
                    .collect::<Vec<_>>()
                    .join(", ")
            ),
            "give `--only` one of these folders",
        ));
    }
    let workshop = Workshop::open(repo, &suite, work, arguments)?;
    let versions = arguments
        .openapi
        .map_or(OpenApi::ALL.to_vec(), |version| vec![version]);
    let mut runs = Vec::new();
    let mut complaints = Vec::new();
    for version in versions {
        let verdicts = workshop.judge(version, &specifications, &chosen)?;
        print!("{}", run::told(version, &verdicts));
        complaints.extend(
            known
                .complaints(version, &verdicts, &names)
                .into_iter()
                .map(|complaint| format!("{}: {complaint}", version.name())),
        );
        runs.push((version, verdicts));
    }
    print!("\n{}", table::table(&runs));
    for (version, verdicts) in &runs {
        print!(
            "\nBy hand, with {} documents:\n{}",
            version.name(),
            table::by_hand(verdicts)
        );
        let nulls = verdicts.iter().filter(|verdict| verdict.nulls).count();
        println!("  {nulls:>4}  (not counted) null in an answer where the server has nothing");
    }
    if complaints.is_empty() {
        println!("\nAll is as xtask/spector/known.toml says");
        return Ok(ExitCode::SUCCESS);
    }
    println!("\nNot as xtask/spector/known.toml says:");
    for complaint in complaints {
        println!("  {complaint}");
    }
    Ok(ExitCode::from(1))
}

/// Compiles the driver with a call of every operation of the committed crates, without the suite: a change of what is emitted may make
/// calls that no longer compile, and should show before the suite is run again.
///
/// # Errors
///
/// When the driver or one of its calls does not compile, or Cargo cannot be started.
pub(crate) fn check(repo: &Repo) -> anyhow::Result<()> {
    let generator = crates::build_generator(repo)?;
    let targets = repo.targets()?;
    let crates = targets
        .iter()
        .map(|target| crates::committed(repo, &generator, target))
        .collect::<anyhow::Result<Vec<_>>>()?;
    let adapters: Vec<Adapter> = crates
        .iter()
        .enumerate()
        .flat_map(|(krate, made)| {
            (0..made.plan.operations.len()).map(move |operation| Adapter { krate, operation })
        })
        .collect();
    let folder = repo.path("target/spector/check");
    let files = adapters::files(&crates, &adapters);
    workspace::write(repo, &folder, &crates.iter().collect::<Vec<_>>(), &files)?;
    workspace::check(repo, &folder)
}

/// Whether a folder is the one that is asked for, or below it.
fn is_within(folder: &str, only: Option<&str>) -> bool {
    only.is_none_or(|only| {
        let rest = folder.strip_prefix(only.trim_end_matches('/'));
        rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_holds_those_below_it() {
        assert!(is_within("payload/xml", None));
        assert!(is_within("payload/xml", Some("payload")));
        assert!(is_within("payload/xml", Some("payload/xml/")));
        assert!(!is_within("payload/xml", Some("pay")));
    }
}
