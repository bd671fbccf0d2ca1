//! `docs/coverage.md`: how much of the API the crate has, and of which kind, counted for each group and in all.

use crate::plan::Plan;
use crate::plan::model::{Encoding, Expression, Operation, Outcome, SecurityKind, TagId};
use crate::prose::{code_cell, to_cell, to_line};
use indexmap::IndexMap;
use serde::Serialize;
use std::collections::BTreeSet;

#[derive(Serialize)]
pub(super) struct Coverage {
    title: String,
    rows: Vec<Row>,
    total: Row,
    /// The scopes that operations ask for.
    scopes: Vec<Asked>,
    /// What the levels of users are called, where operations name any.
    levels_heading: String,
    levels: Vec<Asked>,
}

/// What there is of a group, or of all.
#[derive(Default, Serialize)]
struct Row {
    label: String,
    page: String,
    operations: usize,
    types: usize,
    paged: usize,
    filters: usize,
    streams: usize,
    deprecated: usize,
    scopes: usize,
}

/// A scope or a level, with how many operations it opens.
#[derive(Serialize)]
struct Asked {
    name: String,
    about: String,
    operations: usize,
}

/// The page.
pub(super) fn coverage(plan: &Plan) -> Coverage {
    let rows = plan.tags().map(|(id, tag)| Row {
        label: to_line(&tag.name),
        page: format!("api/{}.md", tag.page),
        types: types_of(plan, id),
        ..counted(plan.operations_of(id).map(|(_, operation)| operation))
    });
    let all = || plan.operations().map(|(_, operation)| operation);
    Coverage {
        title: to_line(&plan.api.title),
        rows: rows.collect(),
        total: Row {
            types: plan.reached_types().len(),
            ..counted(all())
        },
        scopes: asked(plan, all(), |operation| {
            operation.access.scopes.iter().flatten().collect()
        }),
        levels_heading: plan.levels.as_deref().map(to_line).unwrap_or_default(),
        levels: asked(plan, all(), |operation| {
            operation.access.levels.iter().collect()
        }),
    }
}

fn types_of(plan: &Plan, tag: TagId) -> usize {
    let types = plan.api.types.iter();
    types
        .filter(|(_, def)| def.usage.tags.contains(&tag))
        .count()
}

fn counted<'p>(operations: impl Iterator<Item = &'p Operation>) -> Row {
    let mut row = Row::default();
    let mut scopes: BTreeSet<&str> = BTreeSet::new();
    for operation in operations {
        let filters = operation
            .parameters
            .iter()
            .any(|parameter| matches!(parameter.expression, Some(Expression::Filter(_))));
        row.operations += 1;
        row.paged += usize::from(operation.paging.is_some());
        row.filters += usize::from(filters);
        row.streams += usize::from(is_streamed(operation));
        row.deprecated += usize::from(operation.deprecated);
        scopes.extend(operation.access.scopes.iter().flatten().map(String::as_str));
    }
    row.scopes = scopes.len();
    row
}

/// Whether an answer is bytes, which may be read as they come.
fn is_streamed(operation: &Operation) -> bool {
    matches!(
        operation.outcome(),
        Outcome::One(Encoding::Bytes) | Outcome::Optional(Encoding::Bytes)
    )
}

/// What operations ask for, by name, with what the client's scheme says of it.
fn asked<'p>(
    plan: &'p Plan,
    operations: impl Iterator<Item = &'p Operation>,
    of: fn(&'p Operation) -> BTreeSet<&'p String>,
) -> Vec<Asked> {
    let mut counts: IndexMap<&str, usize> = IndexMap::new();
    for name in operations.flat_map(of) {
        *counts.entry(name).or_default() += 1;
    }
    counts.sort_unstable_keys();
    let about = |name: &str| {
        let mut schemes = plan.api.security_schemes.values();
        let text = schemes.find_map(|scheme| match &scheme.kind {
            SecurityKind::ClientCredentials { scopes, .. } => scopes
                .iter()
                .find_map(|(scope, text)| (scope == name).then_some(text)),
            _ => None,
        });
        text.map(|text| to_cell(text)).unwrap_or_default()
    };
    let asked = counts.into_iter().map(|(name, operations)| Asked {
        name: code_cell(name),
        about: about(name),
        operations,
    });
    asked.collect()
}
