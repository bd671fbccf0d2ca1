//! What can be filtered and ordered by: `src/operators.rs`, the calls of the macros that declare it beside the requests, and the
//! tables that tell of it in documentation.

use super::rust::{macro_call, table_call};
use crate::plan::Plan;
use crate::plan::model::{
    Combination, Expression, FieldKind, Filter, FilterField, FilterOperator, Operation, Parameter,
    Tag,
};
use crate::prose::{code, code_cell};
use crate::tokens;
use serde::Serialize;

#[derive(Serialize)]
pub(super) struct OperatorsFile {
    /// The call of the macro that declares the sets.
    call: String,
}

/// What can be written in a parameter, for readers.
#[derive(Serialize)]
pub(super) struct ExpressionView {
    /// The parameter, and what it takes.
    about: String,
    /// The fields of a filter; none of a sorter.
    fields: Vec<FieldRow>,
}

#[derive(Serialize)]
struct FieldRow {
    field: String,
    function: String,
    kind: &'static str,
    operators: String,
}

/// Every set of operators that some field takes.
pub(super) fn operators(plan: &Plan) -> OperatorsFile {
    let sets = plan.api.operator_sets.iter().map(|set| {
        let operators: Vec<&str> = set.operators.iter().map(|one| one.ident()).collect();
        format!("\n    {}({}),", set.ident, operators.join(", "))
    });
    OperatorsFile {
        call: format!("sdk_runtime::operators!({}\n)", sets.collect::<String>()),
    }
}

/// The calls that declare what an operation can be filtered and ordered by.
pub(super) fn calls(plan: &Plan, operation: &Operation, tag: &Tag) -> Vec<String> {
    let method = format!("{}::{}", tag.api, operation.ident);
    let calls = operation.expressions().map(|(_, expression)| {
        let ident = expression.ident();
        match expression {
            Expression::Filter(filter) => filter_call(plan, &method, filter),
            Expression::Sort(sort) => {
                let fields = sort.fields.iter();
                let fields: Vec<String> = fields
                    .map(|field| {
                        format!("{} = {}", field.ident, tokens::string(field.wire.as_str()))
                    })
                    .collect();
                macro_call(
                    &format!("sorters!({method}: {ident}"),
                    &fields,
                    ")".to_owned(),
                )
            }
        }
    });
    calls.collect()
}

fn filter_call(plan: &Plan, method: &str, filter: &Filter) -> String {
    let words: Vec<&str> = filter.combine.iter().map(|word| word.ident()).collect();
    let entry = |field: &FilterField| {
        let set = plan.api.operator_set(field);
        let set = set.map(|set| set.ident.to_string()).unwrap_or_default();
        let kind = field.kind.ident();
        (
            format!("{}: {kind}[operators::{set}]", field.ident),
            format!("= {},", tokens::string(field.wire.as_str())),
        )
    };
    table_call(
        &format!("filter!({method}: {}({})", filter.ident, words.join(", ")),
        filter.fields.iter().map(entry),
        ")",
    )
}

/// What can be written in the parameters of an operation; `linked` where the names of types lead to them.
pub(super) fn views(operation: &Operation, tag: &Tag, linked: bool) -> Vec<ExpressionView> {
    let views = operation
        .expressions()
        .map(|(parameter, expression)| ExpressionView {
            about: about(parameter, expression, tag, linked),
            fields: match expression {
                Expression::Filter(filter) => filter.fields.iter().map(row).collect(),
                Expression::Sort(_) => Vec::new(),
            },
        });
    views.collect()
}

fn about(parameter: &Parameter, expression: &Expression, tag: &Tag, linked: bool) -> String {
    let path = format!("api::{}::{}", tag.module, expression.ident());
    let name = match linked {
        true => format!("[`{}`](crate::{path})", expression.ident()),
        false => code(&path),
    };
    let input = code(parameter.ident.word());
    match expression {
        Expression::Filter(filter) => {
            let words: Vec<String> = filter
                .combine
                .iter()
                .map(|word: &Combination| code(word.word()))
                .collect();
            let combined = match words.is_empty() {
                true => "are not combined".to_owned(),
                false => format!("are combined by {}", words.join(" and ")),
            };
            format!(
                "{input} takes a text or a filter of {name}, by these fields; filters {combined}:"
            )
        }
        Expression::Sort(sort) => {
            let fields: Vec<String> = sort
                .fields
                .iter()
                .map(|field| code(&format!("{}()", field.ident)))
                .collect();
            format!(
                "{input} takes a text or an order of {name}, by {}.",
                fields.join(", ")
            )
        }
    }
}

fn row(field: &FilterField) -> FieldRow {
    let operators = field.operators.iter();
    let operators: Vec<String> = operators.map(|one| code_cell(one.method())).collect();
    FieldRow {
        field: code_cell(field.wire.as_str()),
        function: code_cell(&format!("{}()", field.ident)),
        kind: field.kind.word(),
        operators: operators.join(", "),
    }
}

/// A filter or an order as an example writes it, where `api` is imported.
pub(super) fn shown(expression: &Expression, tag: &Tag) -> Option<String> {
    let path = format!("api::{}::{}", tag.module, expression.ident());
    match expression {
        Expression::Filter(filter) => {
            let field = filter.fields.first()?;
            let operator = *field.operators.first()?;
            Some(format!(
                "{path}::{}().{}({})",
                field.ident,
                operator.method(),
                shown_value(field.kind, operator)
            ))
        }
        Expression::Sort(sort) => {
            let field = sort.fields.first()?;
            Some(format!("{path}::{}()", field.ident))
        }
    }
}

fn shown_value(kind: FieldKind, operator: FilterOperator) -> String {
    let value = match kind {
        FieldKind::Number => "1",
        FieldKind::Flag => "true",
        FieldKind::DateTime => "\"2024-05-01T00:00:00Z\"",
        FieldKind::Date => "\"2024-05-01\"",
        FieldKind::Text => "\"value\"",
    };
    match operator {
        FilterOperator::In | FilterOperator::Ca => format!("[{value}]"),
        FilterOperator::Sw | FilterOperator::Co => "\"value\"".to_owned(),
        FilterOperator::IsNull | FilterOperator::Pr => String::new(),
        _ => value.to_owned(),
    }
}
