//! Error sets: which operations share their error answers.
//!
//! APIs answer a status with the same body nearly everywhere. The most frequent body of each status makes one shared set, and every
//! operation that does not contradict it uses it: one error type for nearly the whole crate, so `?` works across calls. An
//! operation that contradicts it has a set of its own.

use crate::plan::model::{Api, Encoding, ErrorSet, ErrorSetId, Operation, OperationId, Status};
use std::collections::BTreeMap;

/// Fills in [`Api::error_sets`] and [`Operation::errors`].
pub(super) fn share(api: &mut Api) {
    let declared: Vec<BTreeMap<Status, Encoding>> = api.operations.iter().map(answers).collect();
    let shared = most_frequent(&declared);
    let mut sets = vec![ErrorSet {
        owner: None,
        answers: shared,
        ..ErrorSet::default()
    }];
    for (index, (operation, answers)) in api.operations.iter_mut().zip(declared).enumerate() {
        let fits = |set: &ErrorSet| {
            let has_own = answers
                .iter()
                .all(|(status, body)| set.answers.get(status) == Some(body));
            has_own
                && set
                    .answers
                    .iter()
                    .all(|(status, body)| is_read_so(&answers, *status, body))
        };
        let known = sets.iter().position(|set| match set.owner {
            None => fits(set),
            Some(_) => set.answers == answers,
        });
        operation.errors = ErrorSetId(known.unwrap_or(sets.len()));
        if known.is_none() {
            sets.push(ErrorSet {
                owner: Some(OperationId(index)),
                answers,
                ..ErrorSet::default()
            });
        }
    }
    // Where every operation contradicts some part of it, the shared set is nobody's.
    let unused = |operation: &Operation| operation.errors != ErrorSetId::default();
    if api.operations.iter().all(unused)
        && let Some(shared) = sets.first_mut()
    {
        shared.answers.clear();
    }
    api.error_sets = sets;
}

/// Whether reading a status as `body` does not contradict what an operation declares: a range or `default` of its own
/// holds for every status that it does not name.
fn is_read_so(declared: &BTreeMap<Status, Encoding>, status: Status, body: &Encoding) -> bool {
    let hundred = match status {
        Status::Code(code) => Some(Status::Range(code / 100 * 100)),
        Status::Range(_) | Status::Default => None,
    };
    [Some(status), hundred, Some(Status::Default)]
        .into_iter()
        .flatten()
        .find_map(|status| declared.get(&status))
        .is_none_or(|own| own == body)
}

fn answers(operation: &Operation) -> BTreeMap<Status, Encoding> {
    operation
        .refusals()
        .filter_map(|response| Some((response.status, response.content.as_ref()?.encoding.clone())))
        .filter(|(_, encoding)| *encoding != Encoding::Bytes)
        .collect()
}

/// The most frequent body of each status; of two as frequent ones, the one met first.
fn most_frequent(declared: &[BTreeMap<Status, Encoding>]) -> BTreeMap<Status, Encoding> {
    let mut counts: BTreeMap<Status, Vec<(&Encoding, usize)>> = BTreeMap::new();
    for (status, body) in declared.iter().flatten() {
        let bodies = counts.entry(*status).or_default();
        match bodies.iter_mut().find(|(known, _)| *known == body) {
            Some((_, count)) => *count += 1,
            None => bodies.push((body, 1)),
        }
    }
    counts
        .into_iter()
        .filter_map(|(status, bodies)| {
            let most = bodies.iter().map(|(_, count)| *count).max()?;
            let (body, _) = bodies.into_iter().find(|(_, count)| *count == most)?;
            Some((status, body.clone()))
        })
        .collect()
}
