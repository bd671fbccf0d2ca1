//! What can be written in a parameter: takes its extensions `x-filter` and `x-sort`, gives them typed. What does not have their form
//! is told, and the parameter stays a plain text.
//!
//! ```yaml
//! x-filter:
//!   fields: {name: [eq, sw], owner.id: [eq, in]}
//!   combine: [and]   # and, or: both where nothing is said
//! x-sort: [name, owner.id]
//! ```

use super::super::Planning;
use super::kinds::Items;
use crate::diagnostics::{Code, Diagnostic};
use crate::facts::{self, Parameter, ParameterLocation, ValueForm};
use crate::plan::model::{self as ir, Combination, Expression, FilterOperator, WireName};
use crate::pointer::JsonPointer;
use serde_json::{Map, Value};
use std::collections::BTreeSet;

/// What is wrong with an extension, and where.
struct Fault {
    pointer: JsonPointer,
    message: String,
}

fn fault<T>(pointer: &JsonPointer, message: impl Into<String>) -> Result<T, Fault> {
    Err(Fault {
        pointer: pointer.clone(),
        message: message.into(),
    })
}

/// What can be written in a parameter of this type, if the document says it.
pub(super) fn plan(
    planning: &mut Planning<'_>,
    operation: &facts::Operation,
    parameter: &Parameter,
    ty: &ir::Type,
) -> Option<Expression> {
    let is_text = *planning.types.through_alias(ty) == ir::Type::String;
    let is_plain = matches!(parameter.form, ValueForm::Schema(_));
    let in_query = parameter.location == ParameterLocation::Query;
    let has_place = is_text && is_plain && in_query;
    let read = match (
        parameter.extensions.get("x-filter"),
        parameter.extensions.get("x-sort"),
    ) {
        (None, None) => return None,
        (Some(_), Some(_)) => fault(
            &parameter.pointer.child("x-sort"),
            "has both `x-filter` and `x-sort`",
        ),
        (None, Some(_)) if !has_place => fault(&parameter.pointer.child("x-sort"), NO_PLACE),
        (Some(_), None) if !has_place => fault(&parameter.pointer.child("x-filter"), NO_PLACE),
        (Some(value), None) => {
            let items = Items::of(planning.facts, operation);
            read_filter(value, parameter.pointer.child("x-filter"), &items)
        }
        (None, Some(value)) => read_sort(value, parameter.pointer.child("x-sort")),
    };
    match read {
        Ok(expression) => Some(expression),
        Err(Fault { pointer, message }) => {
            let name = &parameter.name;
            planning.report(
                Diagnostic::warning(
                    Code::FilterMalformed,
                    pointer,
                    format!("The parameter `{name}` {message}; it takes any text."),
                )
                .help(
                    "Write `x-filter: {fields: {name: [eq, in]}, combine: [and, or]}` or `x-sort: [name]`, on a query parameter of type `string`.",
                ),
            );
            None
        }
    }
}

const NO_PLACE: &str = "is not a text in the query, which `x-filter` and `x-sort` need";

fn read_filter(
    value: &Value,
    pointer: JsonPointer,
    items: &Items<'_>,
) -> Result<Expression, Fault> {
    let Value::Object(members) = value else {
        return fault(&pointer, "has an `x-filter` that is no object");
    };
    let known = |name: &&String| matches!(name.as_str(), "fields" | "combine");
    if let Some(other) = members.keys().find(|name| !known(name)) {
        return fault(
            &pointer.child(other),
            format!(
                "has an `x-filter` with the key `{other}`, which is neither `fields` nor `combine`"
            ),
        );
    }
    let place = pointer.child("fields");
    let fields = match members.get("fields") {
        Some(Value::Object(fields)) if !fields.is_empty() => read_fields(fields, &place, items)?,
        Some(_) => return fault(&place, "has an `x-filter` whose `fields` name no field"),
        None => return fault(&pointer, "has an `x-filter` without `fields`"),
    };
    let combine = match members.get("combine") {
        None => Combination::ALL.iter().copied().collect(),
        Some(words) => read_words(
            words,
            &pointer.child("combine"),
            Combination::of,
            "`and`, `or`",
        )?,
    };
    Ok(Expression::Filter(ir::Filter {
        ident: ir::RustIdent::default(),
        fields,
        combine,
        pointer,
    }))
}

fn read_fields(
    fields: &Map<String, Value>,
    pointer: &JsonPointer,
    items: &Items<'_>,
) -> Result<Vec<ir::FilterField>, Fault> {
    let every: Vec<String> = FilterOperator::ALL
        .iter()
        .map(|operator| format!("`{}`", operator.word()))
        .collect();
    let mut read = Vec::new();
    for (name, words) in fields {
        let place = pointer.child(name);
        check_name(name, &place)?;
        let operators = read_words(words, &place, FilterOperator::of, &every.join(", "))?;
        if operators.is_empty() {
            return fault(
                &place,
                format!("has an `x-filter` in which `{name}` takes no operator"),
            );
        }
        let (kind, reason) = items.kind(name);
        read.push(ir::FilterField {
            wire: WireName(name.clone()),
            ident: ir::RustIdent::default(),
            kind,
            reason,
            operators,
            set: ir::OperatorSetId::default(),
            pointer: place,
        });
    }
    Ok(read)
}

fn read_words<W: Ord>(
    value: &Value,
    pointer: &JsonPointer,
    of: fn(&str) -> Option<W>,
    known: &str,
) -> Result<BTreeSet<W>, Fault> {
    let Value::Array(words) = value else {
        return fault(
            pointer,
            format!("has an `x-filter` in which something else than a list of {known} stands"),
        );
    };
    let mut read = BTreeSet::new();
    for (index, word) in words.iter().enumerate() {
        match word.as_str().and_then(of) {
            Some(word) => _ = read.insert(word),
            None => {
                return fault(
                    &pointer.index(index),
                    format!("has an `x-filter` in which {word} stands for one of {known}"),
                );
            }
        }
    }
    Ok(read)
}

fn read_sort(value: &Value, pointer: JsonPointer) -> Result<Expression, Fault> {
    let Some(names) = value.as_array().filter(|names| !names.is_empty()) else {
        return fault(&pointer, "has an `x-sort` that is no list of fields");
    };
    let mut fields: Vec<ir::SortField> = Vec::new();
    for (index, name) in names.iter().enumerate() {
        let place = pointer.index(index);
        let Some(name) = name.as_str() else {
            return fault(
                &place,
                format!("has an `x-sort` in which {name} stands for a field"),
            );
        };
        check_name(name, &place)?;
        let is_known = |field: &ir::SortField| field.wire.as_str() == name;
        if !fields.iter().any(is_known) {
            fields.push(ir::SortField {
                wire: WireName(name.to_owned()),
                ident: ir::RustIdent::default(),
                pointer: place,
            });
        }
    }
    Ok(Expression::Sort(ir::Sort {
        ident: ir::RustIdent::default(),
        fields,
        pointer,
    }))
}

/// Refuses a name that would be read as something else than a field where it is written bare.
fn check_name(name: &str, pointer: &JsonPointer) -> Result<(), Fault> {
    let can_stand = |c: char| c.is_alphanumeric() || "_-.:$@/".contains(c);
    let is_name = !name.is_empty() && !name.starts_with('-') && name.chars().all(can_stand);
    match is_name {
        true => Ok(()),
        false => fault(
            pointer,
            format!("names a field {name:?}, which cannot be written in a filter or a sorter"),
        ),
    }
}
