//! Error sets: which operations share their error answers.
//!
//! APIs answer a status with the same body nearly everywhere. The most frequent body of each status makes one shared set, and every
//! operation that does not contradict it uses it: one error type for nearly the whole crate, so `?` works across calls. The
//! operations that contradict it share sets among themselves in the same way, until one is left alone.

use crate::plan::model::{Api, Encoding, ErrorSet, ErrorSetId, Operation, OperationId, Status};
use std::collections::BTreeMap;

/// How the body of each status is read.
type Answers = BTreeMap<Status, Encoding>;

/// Fills in [`Api::error_sets`] and [`Operation::errors`].
pub(super) fn share(api: &mut Api) {
    let declared: Vec<Answers> = api.operations.iter().map(answers).collect();
    // The first set is the shared one, even where it is nobody's.
    let mut sets = vec![ErrorSet::default()];
    let mut left: Vec<usize> = (0..declared.len()).collect();
    loop {
        let answers = most_frequent(left.iter().filter_map(|index| declared.get(*index)));
        let (members, others): (Vec<usize>, Vec<usize>) = left
            .iter()
            .partition(|index| declared.get(**index).is_some_and(|own| fits(own, &answers)));
        match (sets.as_mut_slice(), members.as_slice()) {
            ([shared], [_, ..]) if shared.answers.is_empty() => shared.answers = answers,
            (_, [first, _, ..]) => {
                let of_members = members.iter().filter_map(|index| declared.get(*index));
                let answers = most_frequent(of_members);
                add(api, &mut sets, *first, &members, answers);
            }
            _ => break,
        }
        left = others;
    }
    own_sets(api, &mut sets, &left, &declared);
    api.error_sets = sets;
}

/// Whether an operation that declares `own` may read its refusals as a set has it.
fn fits(own: &Answers, set: &Answers) -> bool {
    let has_own = own
        .iter()
        .all(|(status, body)| set.get(status) == Some(body));
    has_own
        && set
            .iter()
            .all(|(status, body)| is_read_so(own, *status, body))
}

/// Gives the operations that agree with no others sets of their own, which those share that declare just the same.
fn own_sets(api: &mut Api, sets: &mut Vec<ErrorSet>, left: &[usize], declared: &[Answers]) {
    let first_own = sets.len();
    for index in left {
        let Some(answers) = declared.get(*index) else {
            continue;
        };
        let own = sets.iter().skip(first_own);
        match own
            .zip(first_own..)
            .find(|(set, _)| set.answers == *answers)
        {
            Some((_, known)) => read_as(api, *index, known),
            None => add(api, sets, *index, &[*index], answers.clone()),
        }
    }
}

fn add(api: &mut Api, sets: &mut Vec<ErrorSet>, owner: usize, members: &[usize], answers: Answers) {
    for member in members {
        read_as(api, *member, sets.len());
    }
    sets.push(ErrorSet {
        owner: Some(OperationId(owner)),
        answers,
        ..ErrorSet::default()
    });
}

fn read_as(api: &mut Api, operation: usize, set: usize) {
    if let Some(operation) = api.operations.get_mut(operation) {
        operation.errors = ErrorSetId(set);
    }
}

/// Whether reading a status as `body` does not contradict what an operation declares: a range or `default` of its own
/// holds for every status that it does not name.
fn is_read_so(declared: &Answers, status: Status, body: &Encoding) -> bool {
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

fn answers(operation: &Operation) -> Answers {
    operation
        .refusals()
        .filter_map(|response| Some((response.status, response.content.as_ref()?.encoding.clone())))
        .filter(|(_, encoding)| *encoding != Encoding::Bytes)
        .collect()
}

/// The most frequent body of each status; of two as frequent ones, the one met first.
fn most_frequent<'a>(declared: impl Iterator<Item = &'a Answers>) -> Answers {
    let mut counts: BTreeMap<Status, Vec<(&Encoding, usize)>> = BTreeMap::new();
    for (status, body) in declared.flatten() {
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
