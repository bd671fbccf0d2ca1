//! Which operations start a job that can be waited for: takes the kinds of the target file and the operations, says of each operation that
//! starts one which kind it is, and of each kind which operation tells its state.

use super::model::{Api, Location, Operation, OperationId, OperationJob};
use crate::target::{self, Target};

/// A kind of job, whose operations are found.
#[derive(Clone, Debug)]
pub struct JobPlan {
    /// Its name in the target file.
    pub name: String,
    /// What the target file says of it.
    pub settings: target::Job,
    /// The operation that tells its state.
    pub status: OperationId,
    /// The parameter of that operation's path that takes the id.
    pub parameter: String,
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
        let Some(parameter) = id_parameter(&api[status]) else {
            continue;
        };
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
        id_parameter(operation)?;
        Some(target::Status {
            id: &operation.id,
            states: states(api, operation)?,
        })
    });
    statuses.collect()
}

/// The one parameter that an operation reads a thing by.
fn id_parameter(operation: &Operation) -> Option<String> {
    let mut required = operation
        .parameters
        .iter()
        .filter(|parameter| parameter.required);
    let (Some(parameter), None) = (required.next(), required.next()) else {
        return None;
    };
    let is_plain = operation.method == "GET" && parameter.location == Location::Path;
    is_plain.then(|| parameter.wire.as_str().to_owned())
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
