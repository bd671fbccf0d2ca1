//! Which operations start a job that can be waited for: takes the kinds of the target file and the operations, says of each operation that
//! starts one which kind it is, and of each kind which operation tells its state.

use super::model::{Api, Location, Operation, OperationId, OperationJob};
use crate::target::{self, Target};
use std::collections::BTreeMap;

/// A kind of job, whose operations are found.
#[derive(Clone, Debug)]
pub struct JobPlan {
    /// Its name in the target file.
    pub name: String,
    /// What the target file says of it.
    pub settings: target::Job,
    /// The operation that tells its state.
    pub status: OperationId,
    /// The parameter of that operation's path that takes the id; none where the job has none of its own.
    pub parameter: Option<String>,
}

/// Finds the operations of every kind.
pub(super) fn decide(api: &mut Api, target: &Target) -> Vec<JobPlan> {
    let mut kinds = Vec::new();
    for (name, settings) in &target.jobs {
        let mut operations = api.operations.iter();
        let Some(place) = operations.position(|operation| operation.id == settings.status) else {
            continue;
        };
        let status = OperationId(place);
        let Some(path) = path_alone(&api[status]) else {
            continue;
        };
        let starts = api
            .operations
            .iter()
            .filter(|one| settings.starts.contains(&one.id));
        let given: Vec<&str> = starts.flat_map(path_of).collect();
        // A status by one id alone may call it as its start calls something else.
        let missing = path
            .iter()
            .find(|name| path.len() == 1 || !given.contains(*name));
        let parameter = settings
            .id
            .as_ref()
            .and(missing)
            .map(|name| (*name).to_owned());
        for operation in &mut api.operations {
            if settings.starts.contains(&operation.id) {
                operation.job = Some(OperationJob {
                    kind: name.clone(),
                    status,
                });
            }
        }
        kinds.push(JobPlan {
            name: name.clone(),
            settings: settings.clone(),
            status,
            parameter,
        });
    }
    kinds
}

/// The operations that can tell the state of a job, with the values of those members of their answers that have a list of them.
pub(super) fn statuses(api: &Api) -> Vec<target::Status<'_>> {
    let operations = api.operations.iter();
    let statuses = operations.filter_map(|operation| {
        Some(target::Status {
            id: &operation.id,
            path: path_alone(operation)?,
            states: states(api, operation)?,
        })
    });
    statuses.collect()
}

/// The parameters in the paths of operations, by operationId.
pub(super) fn paths(api: &Api) -> BTreeMap<&str, Vec<&str>> {
    let operations = api.operations.iter();
    operations
        .map(|operation| (operation.id.as_str(), path_of(operation).collect()))
        .collect()
}

fn path_of(operation: &Operation) -> impl Iterator<Item = &str> {
    let parameters = operation.parameters.iter();
    let of_path = parameters.filter(|parameter| parameter.location == Location::Path);
    of_path.map(|parameter| parameter.wire.as_str())
}

/// The parameters by which an operation reads a thing, where they are all in its path.
fn path_alone(operation: &Operation) -> Option<Vec<&str>> {
    let mut required = operation.parameters.iter().filter(|one| one.required);
    let is_alone = required.all(|parameter| parameter.location == Location::Path);
    let path: Vec<&str> = path_of(operation).collect();
    (operation.method == "GET" && is_alone && !path.is_empty()).then_some(path)
}

fn states<'a>(api: &'a Api, operation: &'a Operation) -> Option<Vec<(&'a str, Vec<&'a str>)>> {
    let content = operation.success()?.content.as_ref()?;
    let object = api.types.struct_of(content.encoding.json()?)?;
    let states = object.fields.iter().filter_map(|field| {
        let values = api.types.enum_of(&field.ty)?.values.iter();
        let values = values.map(|value| value.name.as_str()).collect();
        Some((field.wire.as_str(), values))
    });
    Some(states.collect())
}
