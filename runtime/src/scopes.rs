//! The fewest scopes that a token needs for some operations: takes a crate's table of what each operation asks for, gives one set.
//!
//! An operation may be content with any of several sets of scopes, so that one scope can serve many operations. Of the sets of the
//! fewest scopes, the one is given whose scopes open the fewest operations of the whole table, since a token should not allow more than
//! it must. Each choice is tried while there are few; beyond `MOST_STEPS` the best one so far is given, which is enough, if perhaps
//! not the least.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

/// What an operation asks for: its id, and the sets of scopes of which one is enough; none where a token needs no scope.
pub type Needed = (&'static str, &'static [&'static [&'static str]]);

/// How many choices are tried.
const MOST_STEPS: usize = 20_000;

/// An operation that the crate does not have, or whose group's feature is off.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnknownOperation {
    /// The operation, as it was asked for.
    pub operation: String,
}

impl fmt::Display for UnknownOperation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "no operation of this crate has the operationId `{}`; its group may be a feature that is off",
            self.operation
        )
    }
}

impl std::error::Error for UnknownOperation {}

/// The fewest scopes that allow all of these operations, in order; `groups` is the table.
///
/// # Errors
///
/// When the table does not have one of the operations.
pub fn least(
    groups: &[&[Needed]],
    operations: &[&str],
) -> Result<Vec<&'static str>, UnknownOperation> {
    let table = || groups.iter().flat_map(|group| group.iter());
    let mut open: Vec<&[&[&str]]> = Vec::new();
    for operation in operations {
        let before = open.len();
        let named = table().filter(|(id, _)| id == operation);
        let mut is_known = false;
        for (_, sets) in named {
            is_known = true;
            if !sets.is_empty() && !open[..before].contains(sets) {
                open.push(sets);
            }
        }
        if !is_known {
            return Err(UnknownOperation {
                operation: (*operation).to_owned(),
            });
        }
    }
    // What leaves the least choice first: it says what the others can share.
    open.sort_by_key(|sets| sets.len());
    let mut breadth: BTreeMap<&str, usize> = BTreeMap::new();
    for (_, sets) in table() {
        let scopes: BTreeSet<&str> = sets.iter().flat_map(|set| set.iter().copied()).collect();
        for scope in scopes {
            *breadth.entry(scope).or_default() += 1;
        }
    }
    let mut search = Search {
        open: &open,
        breadth: &breadth,
        steps: 0,
        best: None,
    };
    search.go(0, &mut BTreeSet::new());
    let (_, best) = search.best.unwrap_or_default();
    Ok(best.into_iter().collect())
}

/// How many scopes, and how many operations they open.
type Cost = (usize, usize);

/// A search for the cheapest choice.
struct Search<'t> {
    /// What each operation is content with.
    open: &'t [&'static [&'static [&'static str]]],
    /// How many operations each scope is enough for, or helps to.
    breadth: &'t BTreeMap<&'static str, usize>,
    steps: usize,
    best: Option<(Cost, BTreeSet<&'static str>)>,
}

impl Search<'_> {
    /// Chooses for the operations from this one on.
    fn go(&mut self, at: usize, chosen: &mut BTreeSet<&'static str>) {
        let cost = self.cost(chosen);
        if self.best.as_ref().is_some_and(|(best, _)| *best <= cost) {
            return;
        }
        let is_met = |sets: &[&[&str]]| {
            let mut sets = sets.iter();
            sets.any(|set| set.iter().all(|scope| chosen.contains(scope)))
        };
        let rest = self.open.iter().enumerate().skip(at);
        let Some((at, sets)) = rest.into_iter().find(|(_, sets)| !is_met(sets)) else {
            self.best = Some((cost, chosen.clone()));
            return;
        };
        // The cheapest first, so that what is found before the steps are over is good.
        let mut ways: Vec<(Cost, Vec<&'static str>)> = sets
            .iter()
            .map(|set| {
                let new: BTreeSet<&'static str> = set
                    .iter()
                    .copied()
                    .filter(|scope| !chosen.contains(scope))
                    .collect();
                (self.cost(&new), new.into_iter().collect())
            })
            .collect();
        ways.sort_by_key(|(cost, _)| *cost);
        for (_, new) in ways {
            self.steps += 1;
            if self.steps > MOST_STEPS && self.best.is_some() {
                return;
            }
            chosen.extend(new.iter().copied());
            self.go(at + 1, chosen);
            for scope in &new {
                chosen.remove(scope);
            }
        }
    }

    fn cost(&self, scopes: &BTreeSet<&'static str>) -> Cost {
        let breadth = scopes.iter().filter_map(|scope| self.breadth.get(scope));
        (scopes.len(), breadth.sum())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ROLES: &[Needed] = &[
        ("listRoles", &[&["roles:read"], &["roles:manage"], &["all"]]),
        ("createRole", &[&["roles:manage"], &["all"]]),
        ("ping", &[]),
    ];
    const USERS: &[Needed] = &[
        ("listUsers", &[&["users:read"], &["users:manage"], &["all"]]),
        ("lockUser", &[&["users:manage", "users:lock"]]),
        ("readUser", &[&["users:read"], &["all"]]),
    ];

    #[track_caller]
    fn expect(operations: &[&str], scopes: &[&str]) {
        assert_eq!(least(&[ROLES, USERS], operations).unwrap(), scopes);
    }

    #[test]
    fn nothing_needs_nothing() {
        expect(&[], &[]);
        expect(&["ping"], &[]);
    }

    #[test]
    fn of_what_is_enough_the_narrowest_is_taken() {
        expect(&["listRoles"], &["roles:read"]);
        // Where two are alike, the first of the table.
        expect(&["listUsers"], &["users:read"]);
    }

    #[test]
    fn one_scope_serves_several_operations() {
        expect(&["listRoles", "createRole"], &["roles:manage"]);
        expect(&["createRole", "listRoles", "listUsers"], &["all"]);
    }

    #[test]
    fn what_is_needed_together_comes_together() {
        expect(&["lockUser"], &["users:lock", "users:manage"]);
        expect(&["listUsers", "lockUser"], &["users:lock", "users:manage"]);
    }

    #[test]
    fn the_order_of_the_operations_and_their_number_do_not_matter() {
        let one = least(&[ROLES, USERS], &["lockUser", "readUser", "lockUser"]);
        assert_eq!(one, least(&[ROLES, USERS], &["readUser", "lockUser"]));
    }

    #[test]
    fn an_unknown_operation_is_named() {
        let error = least(&[ROLES], &["listRoles", "listUsers"]).unwrap_err();
        assert_eq!(error.operation, "listUsers");
        assert_eq!(
            error.to_string(),
            "no operation of this crate has the operationId `listUsers`; its group may be a feature that is off"
        );
    }

    /// Every one of many operations has ways of its own, so that the choices are more than can be tried.
    #[test]
    fn many_choices_end_in_time_with_what_is_enough() {
        let text = |text: String| -> &'static str { text.leak() };
        let needed: Vec<Needed> = (0..60)
            .map(|number| {
                let sets: Vec<&'static [&'static str]> = (0..6)
                    .map(|way| {
                        let scopes = [
                            text(format!("{}", (number * 7 + way * 13) % 41)),
                            text(format!("{}", (number * 11 + way * 5) % 43)),
                        ];
                        &*scopes.to_vec().leak()
                    })
                    .collect();
                (text(format!("operation{number}")), &*sets.leak())
            })
            .collect();
        let ids: Vec<&str> = needed.iter().map(|(id, _)| *id).collect();
        let scopes = least(&[needed.as_slice()], &ids).unwrap();
        for (id, sets) in &needed {
            let is_met = sets
                .iter()
                .any(|set| set.iter().all(|scope| scopes.contains(scope)));
            assert!(is_met, "{id}");
        }
    }
}
