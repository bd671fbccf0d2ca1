//! A run over the documents of one version of OpenAPI: takes documents and scenarios, gives verdicts.

use super::crates::{self, Crate};
use super::node::Suite;
use super::server::Server;
use super::steps::{self, Adapter, Calls};
use super::suite::{OpenApi, Scenario, Specification};
use super::verdict::{self, Verdict};
use super::workspace::{self, Built, Part};
use super::{Arguments, adapters};
use crate::targets::MISSING_PROGRAM;
use crate::targets::Repo;
use anyhow::Context as _;
use sdk_generator::advice::{Advise as _, advised};
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// How often crates that do not compile are left out before the run is given up.
const BUILDS: usize = 4;

/// How many characters of a problem are shown; the file of verdicts has all of it.
const LINE: usize = 300;

/// What a run needs.
pub(super) struct Workshop<'r> {
    repo: &'r Repo,
    suite: &'r Suite,
    work: PathBuf,
    generator: PathBuf,
    /// Whether all of the suite is run, so that no other crate is needed again soon.
    whole: bool,
}

impl<'r> Workshop<'r> {
    /// Finds or builds the generator.
    ///
    /// # Errors
    ///
    /// When it is not there, or cannot be built.
    pub(super) fn open(
        repo: &'r Repo,
        suite: &'r Suite,
        work: PathBuf,
        arguments: &Arguments,
    ) -> anyhow::Result<Self> {
        let generator = match &arguments.generator {
            Some(generator) => fs::canonicalize(generator)
                .with_context(|| format!("cannot find {}", generator.display()))?,
            None => crates::build_generator(repo)?,
        };
        Ok(Self {
            repo,
            suite,
            work,
            generator,
            whole: arguments.only.is_none(),
        })
    }

    /// Judges the scenarios with crates made of the documents of a version.
    ///
    /// # Errors
    ///
    /// When the driver cannot be built or run.
    pub(super) fn judge(
        &self,
        version: OpenApi,
        specifications: &[&Specification],
        scenarios: &[&Scenario],
    ) -> anyhow::Result<Vec<Verdict>> {
        let folder = self.work.join(version.name());
        let (crates, failures) = crates::make(
            self.repo,
            &self.generator,
            version,
            specifications,
            &folder.join("crates"),
        )?;
        if self.whole {
            workspace::sweep(&folder.join("crates"), &crates)?;
        }
        let mut planned: BTreeMap<&str, Result<Calls, String>> = scenarios
            .iter()
            .map(|scenario| {
                let failed = failures
                    .iter()
                    .find(|failure| failure.folder == scenario.folder);
                let calls = steps::plan(scenario, &crates).map_err(|why| match failed {
                    Some(failure) => format!("nothing was generated: {}", failure.said),
                    None => why,
                });
                (scenario.name.as_str(), calls)
            })
            .collect();
        println!(
            "Building {} crates of {} documents",
            crates.len(),
            version.name()
        );
        let (driver, used) = self.build(&folder, &crates, &mut planned)?;
        let calls = folder.join("calls.json");
        fs::write(&calls, numbered(scenarios, &planned, &used)?.to_string())
            .with_context(|| format!("cannot write {}", calls.display()))?;
        let server = Server::start(self.repo, self.suite, &folder.join("server.log"))?;
        let output = Command::new(&driver)
            .arg(&calls)
            .arg(server.url())
            .stdin(Stdio::null())
            .stderr(Stdio::inherit())
            .output()
            .with_context(|| format!("cannot start {}", driver.display()))
            .advise(MISSING_PROGRAM)?;
        drop(server);
        if !output.status.success() {
            return Err(advised(
                format!("the driver {} failed ({})", driver.display(), output.status),
                "see what the driver says above; its source is xtask/spector/driver",
            ));
        }
        let (said, coverage) = verdict::read(&String::from_utf8_lossy(&output.stdout))?;
        let verdicts = verdict::judge(scenarios, &planned, &said, &coverage);
        let lines = verdicts
            .iter()
            .map(|verdict| format!("{}\n", verdict.json()));
        let file = folder.join("verdicts.jsonl");
        fs::write(&file, lines.collect::<String>())
            .with_context(|| format!("cannot write {}", file.display()))?;
        Ok(verdicts)
    }

    /// Builds the driver. The scenarios of a crate or a call that does not compile fail with its first error.
    fn build(
        &self,
        folder: &Path,
        crates: &[Crate],
        planned: &mut BTreeMap<&str, Result<Calls, String>>,
    ) -> anyhow::Result<(PathBuf, Vec<Adapter>)> {
        let mut left_out = BTreeSet::new();
        for _ in 0..BUILDS {
            let steps = planned.values().flatten().flat_map(|calls| &calls.steps);
            let used: BTreeSet<Adapter> = steps.map(|step| step.code).collect();
            let used: Vec<Adapter> = used.into_iter().collect();
            let there: Vec<&Crate> = crates
                .iter()
                .enumerate()
                .filter(|(index, _)| !left_out.contains(index))
                .map(|(_, krate)| krate)
                .collect();
            workspace::write(self.repo, folder, &there, &adapters::files(crates, &used))?;
            let target = self.work.join("build");
            let broken = match workspace::build(self.repo, folder, &target, crates, used.len())? {
                Built::Driver(driver) => return Ok((driver, used)),
                Built::Broken(broken) => broken,
            };
            for calls in planned.values_mut() {
                let steps = calls.iter().flat_map(|calls| &calls.steps);
                let mut error = steps.filter_map(|step| {
                    let number = used.iter().position(|code| *code == step.code);
                    let of_adapter = number.and_then(|number| broken.get(&Part::Adapter(number)));
                    broken.get(&Part::Crate(step.code.krate)).or(of_adapter)
                });
                if let Some(error) = error.next().cloned() {
                    *calls = Err(format!("does not compile: {}", error.trim_end()));
                }
            }
            left_out.extend(broken.into_keys().filter_map(|part| match part {
                Part::Crate(index) => Some(index),
                Part::Adapter(_) => None,
            }));
        }
        Err(advised(
            format!(
                "crates in {} do not compile, even after others were left out",
                folder.display()
            ),
            "build the driver in this folder with Cargo, and mend the generator where it says",
        ))
    }
}

/// The calls as the driver reads them.
fn numbered(
    scenarios: &[&Scenario],
    planned: &BTreeMap<&str, Result<Calls, String>>,
    used: &[Adapter],
) -> anyhow::Result<Value> {
    let mut list = Vec::new();
    for scenario in scenarios {
        let Some(Ok(calls)) = planned.get(scenario.name.as_str()) else {
            continue;
        };
        let mut steps = Vec::new();
        for step in &calls.steps {
            let mut value = serde_json::to_value(step)?;
            let number = used.iter().position(|code| *code == step.code);
            if let Some(members) = value.as_object_mut() {
                members.insert("adapter".to_owned(), json!(number));
            }
            steps.push(value);
        }
        list.push(json!({"name": scenario.name, "steps": steps}));
    }
    Ok(Value::from(list))
}

/// What is wrong, scenario by scenario, each in a line.
pub(super) fn told(version: OpenApi, verdicts: &[Verdict]) -> String {
    let mut text = String::new();
    for verdict in verdicts {
        if let Some(problem) = &verdict.problem {
            let problem: Vec<&str> = problem.split_whitespace().collect();
            let line: String = problem.join(" ").chars().take(LINE).collect();
            let _ = writeln!(
                text,
                "{}: {} is wrong: {line}",
                version.name(),
                verdict.name
            );
        }
    }
    text
}
