//! The settings of jobs: the operations that start one, the one that tells its state, and the states.

use super::faults_in;

const DOCUMENT: &str = include_str!("../fixtures/jobs/openapi.yaml");
const GOOD: &str = include_str!("../fixtures/jobs/target.toml");

#[track_caller]
fn check(replaced: &str, by: &str, fault: &str) {
    assert!(GOOD.contains(replaced), "{replaced}");
    assert_eq!(faults_in(DOCUMENT, &GOOD.replace(replaced, by)), [fault]);
}

#[test]
fn settings_that_fit_are_no_faults() {
    assert_eq!(faults_in(DOCUMENT, GOOD), [""; 0]);
}

#[test]
fn the_operations_are_the_documents() {
    check(
        "\"startImport\"",
        "\"startImprot\"",
        "line 2: jobs.report.starts = \"startImprot\": the API has no operation `startImprot`; the nearest is `startImport`",
    );
    check(
        "status = \"getReport\"",
        "status = \"getRepotr\"",
        "line 4: jobs.report.status = \"getRepotr\": the API has no operation `getRepotr`; the nearest is `getReport`",
    );
    check(
        "status = \"getReport\"",
        "status = \"startReport\"",
        "line 4: jobs.report.status = \"startReport\": the operation cannot tell the state of a job: it is no GET of one JSON object by \
         what is in its path",
    );
}

#[test]
fn the_path_of_the_state_is_filled_from_the_id_and_the_path_of_the_start() {
    check(
        "id = \"/id\"\n",
        "",
        "line 3: jobs.report.status = \"getReport\": the path of the operation has what the paths of `starts` do not have; set `id` to where \
         their answers tell it",
    );
    let deeper = DOCUMENT.replace("/reports/{id}", "/reports/{id}/{part}/{page}");
    let parameter = "{name: id, in: path, required: true, schema: {type: string}}";
    assert!(
        deeper != DOCUMENT && deeper.contains(parameter),
        "{DOCUMENT}"
    );
    let all =
        ["id", "part", "page"].map(|name| parameter.replace("name: id", &format!("name: {name}")));
    let deeper = deeper.replace(parameter, &all.join(", "));
    assert_eq!(
        faults_in(&deeper, GOOD),
        [
            "line 4: jobs.report.status = \"getReport\": the path of the operation has more than the id of a job and what the paths of \
          `starts` have"
        ]
    );
}

#[test]
fn the_states_are_those_of_the_operation() {
    check(
        "done = [\"DONE\"]",
        "done = [\"DONNE\"]",
        "line 6: jobs.report.done = \"DONNE\": the API has no state `DONNE`; the nearest is `DONE`",
    );
}

#[test]
fn places_are_pointers_and_names_are_those_of_constants() {
    check(
        "id = \"/id\"",
        "id = \"id\"",
        "line 3: jobs.report.id = \"id\": this is no JSON pointer to a member (RFC 6901), such as `/id`",
    );
    check(
        "jobs.report",
        "jobs.Report",
        "line 1: jobs.Report = \"Report\": the name of a kind of job is lower-case ASCII letters, digits and `_`, and begins with a letter",
    );
    let twice = format!(
        "{GOOD}\n{}",
        GOOD.replace("jobs.report", "jobs.second")
            .replace("\"startReport\", ", "")
    );
    assert_eq!(
        faults_in(DOCUMENT, &twice),
        ["line 10: jobs.second.starts = \"startImport\": another kind of job has it already"]
    );
}
