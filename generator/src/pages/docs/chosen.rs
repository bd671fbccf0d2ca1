//! Which operations the guide and the README show: of what a kind of call is possible with, one that the README shows, else one that asks for little.

use super::example::is_whole;
use super::readme::shown;
use crate::plan::Plan;
use crate::plan::model::{
    Encoding, Expression, FieldKind, Filter, FilterField, FilterOperator, Operation, OperationId,
    Outcome, Parameter,
};

/// The operation that a newcomer should copy first.
pub(super) fn first(plan: &Plan) -> Option<&Operation> {
    shown(plan).first().map(|id| &plan.api[*id])
}

/// An operation that answers with a page of a list.
pub(super) fn paged(plan: &Plan) -> Option<&Operation> {
    of(plan, |operation| operation.paging.is_some())
}

/// An operation with a filter, and a field that it can be filtered by.
#[derive(Clone, Copy)]
pub(super) struct Filtered<'p> {
    pub(super) operation: &'p Operation,
    pub(super) parameter: &'p Parameter,
    pub(super) filter: &'p Filter,
    pub(super) field: &'p FilterField,
}

/// An operation that can be filtered by a text which equals and cannot be searched for a part of it, and that field: the name, where it
/// will do.
pub(super) fn filtered(plan: &Plan) -> Option<Filtered<'_>> {
    let operation = of(plan, |operation| filterings(operation).next().is_some())?;
    let named = filterings(operation).find(|filtered| filtered.field.wire.as_str() == "name");
    named.or_else(|| filterings(operation).next())
}

/// By which fields an operation can be filtered so.
fn filterings(operation: &Operation) -> impl Iterator<Item = Filtered<'_>> {
    let filters = operation
        .expressions()
        .filter_map(|(parameter, expression)| match expression {
            Expression::Filter(filter) if !parameter.required => Some((parameter, filter)),
            _ => None,
        });
    let all = filters.flat_map(move |(parameter, filter)| {
        filter.fields.iter().map(move |field| Filtered {
            operation,
            parameter,
            filter,
            field,
        })
    });
    all.filter(|filtered| {
        let field = filtered.field;
        let takes = |operator| field.operators.contains(&operator);
        field.kind == FieldKind::Text && takes(FilterOperator::Eq) && !takes(FilterOperator::Co)
    })
}

/// An operation that starts a job.
pub(super) fn job(plan: &Plan) -> Option<&Operation> {
    of(plan, |operation| operation.job.is_some())
}

/// An operation whose body is bytes or holds a file.
pub(super) fn upload(plan: &Plan) -> Option<&Operation> {
    of(plan, |operation| {
        let inputs = operation.inputs();
        let body = inputs.iter().find(|input| input.content.is_some());
        body.is_some_and(|body| match body.content.map(|content| &content.encoding) {
            Some(Encoding::Bytes) => true,
            Some(Encoding::Multipart(_)) => {
                plan.input_expr(body).is_some_and(|expr| expr.has_file())
            }
            _ => false,
        })
    })
}

/// An operation that answers with bytes that are neither events nor rows.
pub(super) fn download(plan: &Plan) -> Option<&Operation> {
    of(plan, |operation| {
        let is_bytes = matches!(
            operation.outcome(),
            Outcome::One(Encoding::Bytes) | Outcome::Optional(Encoding::Bytes)
        );
        let content = operation
            .success()
            .and_then(|answer| answer.content.as_ref());
        is_bytes && content.is_some_and(|content| content.pieces().is_none())
    })
}

/// How many inputs a call cannot be made without.
pub(super) fn required_inputs(operation: &Operation) -> usize {
    let inputs = operation.inputs();
    inputs.iter().filter(|input| input.required).count()
}

/// The first of what the README shows that will do, else the one that needs the fewest inputs.
fn of(plan: &Plan, will_do: impl Fn(&Operation) -> bool) -> Option<&Operation> {
    let shown: Vec<OperationId> = shown(plan);
    let of_readme = shown.iter().map(|id| &plan.api[*id]);
    let mut of_readme = of_readme.filter(|operation| will_do(operation));
    let others = plan.operations().map(|(_, operation)| operation);
    let mut others: Vec<_> = others.filter(|operation| will_do(operation)).collect();
    others.sort_by_cached_key(|operation| (operation.deprecated, required_inputs(operation)));
    // Whether an operation can be shown whole is asked last, since the answer takes the making of its inputs.
    let first_whole = || {
        let mut others = others.into_iter();
        others.find(|operation| is_whole(plan, operation))
    };
    of_readme.next().or_else(first_whole)
}
