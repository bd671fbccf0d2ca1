//! Takes what can be filtered and ordered by, names it: the types beside the requests, a function for each field, and the sets of
//! operators, each of which a crate has once.

use super::case::Cases;
use super::ident::{NameKind, Scope};
use super::spell::spell;
use super::word::Word;
use crate::plan::model::{
    Api, Expression, FilterField, FilterOperator, Operation, OperatorSet, OperatorSetId, RustIdent,
};
use crate::plan::reason::NameStep;
use std::collections::{BTreeSet, HashMap};

/// Names the filters and sorters of an operation after its request; a second one after its parameter as well.
pub(super) fn name_expressions(operation: &mut Operation, scope: &mut Scope, cases: &Cases) {
    let request = operation.request.word().to_owned();
    for parameter in &mut operation.parameters {
        let Some(expression) = &mut parameter.expression else {
            continue;
        };
        let kind = expression.runtime_type();
        let mut wish = format!("{request}{kind}");
        if scope.has(&wish) {
            wish = format!("{request}{}", cases.pascal(parameter.wire.as_str()));
        }
        let ident = scope.claim(&wish, NameKind::Type, kind);
        let mut fields = Scope::default();
        let mut name = |wire: &str| field_name(wire, &mut fields, cases);
        match expression {
            Expression::Filter(filter) => {
                filter.ident = ident;
                for field in &mut filter.fields {
                    field.ident = name(field.wire.as_str());
                }
            }
            Expression::Sort(sort) => {
                sort.ident = ident;
                for field in &mut sort.fields {
                    field.ident = name(field.wire.as_str());
                }
            }
        }
    }
}

fn field_name(wire: &str, scope: &mut Scope, cases: &Cases) -> RustIdent {
    let word = Word::from(wire)
        .change(NameStep::Spelled, spell)
        .change(NameStep::SnakeCase, |word| cases.snake(word));
    scope.claim(word, NameKind::Value, "field")
}

/// Fills in [`Api::operator_sets`], and which of them each field takes.
pub(super) fn name_operator_sets(api: &mut Api) {
    let mut known: HashMap<BTreeSet<FilterOperator>, OperatorSetId> = HashMap::new();
    let mut sets: Vec<OperatorSet> = Vec::new();
    for field in api.operations.iter_mut().flat_map(filter_fields) {
        field.set = *known.entry(field.operators.clone()).or_insert_with(|| {
            let words = field.operators.iter().map(|operator| operator.ident());
            let wish: String = words.collect();
            sets.push(OperatorSet {
                // No two sets have the same operators, so that none is renamed.
                ident: Scope::default().claim(&wish, NameKind::Type, "Operators"),
                operators: field.operators.clone(),
            });
            OperatorSetId(sets.len() - 1)
        });
    }
    api.operator_sets = sets;
}

fn filter_fields(operation: &mut Operation) -> impl Iterator<Item = &mut FilterField> {
    let expressions = operation.parameters.iter_mut();
    expressions
        .filter_map(|parameter| match &mut parameter.expression {
            Some(Expression::Filter(filter)) => Some(&mut filter.fields),
            _ => None,
        })
        .flatten()
}
