//! Work that the server goes on with after it answered, as a target file tells it: once for each kind.

use super::fault::{Faults, Setting};
use super::known::Known;
use serde::Deserialize;
use std::collections::BTreeMap;

/// The kinds, by the names of the constants that they become.
pub type Jobs = BTreeMap<String, Job>;

/// A kind of job.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Job {
    /// The operations that start one, by operationId.
    pub starts: Vec<String>,
    /// Where their answers tell its id, as a JSON pointer; none where the path of the operation that tells its state has nothing in it but
    /// what their own paths have.
    #[serde(default)]
    pub id: Option<String>,
    /// The operation that tells its state, by operationId: one that reads, by what is in its path.
    pub status: String,
    /// Where that operation's answer tells the state, as a JSON pointer.
    pub state: String,
    /// The states of one that is done.
    pub done: Vec<String>,
    /// The states of one that failed.
    #[serde(default)]
    pub failed: Vec<String>,
}

/// An operation that can tell the state of a job.
#[derive(Debug)]
pub struct Status<'a> {
    /// Its operationId.
    pub id: &'a str,
    /// The parameters of its path.
    pub path: Vec<&'a str>,
    /// The values of each of its answer's members that has a list of them.
    pub states: Vec<(&'a str, Vec<&'a str>)>,
}

/// Checks every kind.
pub(super) fn check(faults: &mut Faults<'_>, jobs: &Jobs, known: &Known<'_>) {
    for (name, job) in jobs {
        let key = ["jobs", name.as_str()];
        if !super::paging::is_constant(name) {
            faults.add(
                Setting::new(&key, name),
                "the name of a kind of job is lower-case ASCII letters, digits and `_`, and begins with a letter",
            );
        }
        let key = ["jobs", name, "starts"];
        faults.expect_once(&key, &job.starts);
        for setting in Setting::items(&key, &job.starts) {
            faults.expect_known(setting, setting.value, "operation", &known.operations);
            let others = jobs.iter().filter(|(other, _)| *other < name);
            if others
                .into_iter()
                .any(|(_, other)| other.starts.contains(&setting.value.to_owned()))
            {
                faults.add(setting, "another kind of job has it already");
            }
        }
        for (part, pointer) in [("id", job.id.as_ref()), ("state", Some(&job.state))] {
            if let Some(pointer) = pointer.filter(|pointer| !pointer.starts_with('/')) {
                let key = ["jobs", name, part];
                faults.add(
                    Setting::new(&key, pointer),
                    "this is no JSON pointer to a member (RFC 6901), such as `/id`",
                );
            }
        }
        check_status(faults, name, job, known);
    }
}

fn check_status(faults: &mut Faults<'_>, name: &str, job: &Job, known: &Known<'_>) {
    let key = ["jobs", name, "status"];
    let setting = Setting::new(&key, &job.status);
    let mut statuses = known.statuses.iter();
    let Some(status) = statuses.find(|status| status.id == job.status) else {
        match known.operations.contains(&job.status.as_str()) {
            true => faults.add(
                setting,
                "the operation cannot tell the state of a job: it is no GET of one JSON object by what is in its path",
            ),
            false => faults.expect_known(setting, &job.status, "operation", &known.operations),
        }
        return;
    };
    for start in &job.starts {
        let own = known.paths.get(start.as_str());
        let is_given = |name: &&&str| own.is_some_and(|own| own.contains(*name));
        let missing = status.path.iter().filter(|name| !is_given(name)).count();
        let fault = match job.id {
            Some(_) if missing > 1 => {
                "the path of the operation has more than the id of a job and what the paths of `starts` have"
            }
            None if missing > 0 => {
                "the path of the operation has what the paths of `starts` do not have; set `id` to where their answers tell it"
            }
            _ => continue,
        };
        faults.add(setting, fault);
        break;
    }
    let member = job.state.trim_start_matches('/');
    let mut members = status.states.iter();
    let Some((_, states)) = members.find(|(known, _)| *known == member) else {
        return;
    };
    for (part, list) in [("done", &job.done), ("failed", &job.failed)] {
        let key = ["jobs", name, part];
        for setting in Setting::items(&key, list) {
            faults.expect_known(setting, setting.value, "state", states);
        }
    }
}
