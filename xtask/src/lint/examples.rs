//! Finds the examples that their schemas refuse: takes the facts, gives each with the place within it and the keyword that refuses it.
//!
//! What a value is, `valid` judges, as it does for `cargo xtask examples`. Beyond that, an example of ours keeps to formats and limits, and
//! has no member that nothing describes: nobody meant it, and readers would take it for one that there is.

use super::Finding;
use crate::examples::valid;
use crate::examples::view::{Schemas, additional, properties};
use sdk_generator::facts::{
    Content, Document, Example, Number, Schema, SchemaId, SchemaUse, Use, ValueForm,
};
use sdk_generator::pointer::JsonPointer;
use serde_json::Value;
use std::sync::Arc;

/// How deep a value is looked into.
const MAX_DEPTH: usize = 40;

/// Finds them.
pub(super) fn find(facts: &Document) -> Vec<Finding> {
    let schemas = Schemas::new(facts);
    let mut findings = Vec::new();
    for (pointer, schema, value) in all(facts) {
        let refused = valid::check(&schemas, &[schema], &value)
            .err()
            .map(|(place, keyword)| (place, keyword.to_owned()));
        let Some((place, why)) = refused.or_else(|| beyond(&schemas, &[schema], &value, "", 0))
        else {
            continue;
        };
        let at = match place.as_str() {
            "" => String::new(),
            place => format!(" at `{place}`"),
        };
        let message = format!(
            "the example is refused by its schema{at}, by `{why}`: make it a value that the service could send or take"
        );
        findings.push(Finding::new(pointer, message));
    }
    findings
}

/// Every example of the document, with its schema.
fn all(facts: &Document) -> Vec<(JsonPointer, SchemaId, Arc<Value>)> {
    let mut found = Vec::new();
    let components = &facts.components;
    let operations = || facts.paths.iter().flat_map(|item| &item.operations);
    let at_paths = facts.paths.iter().flat_map(|item| &item.parameters);
    let at_operations = operations().flat_map(|one| &one.parameters);
    let parameters = at_paths
        .chain(at_operations)
        .chain(components.parameters.values());
    for parameter in parameters.filter_map(Use::as_inline) {
        if let ValueForm::Schema(used) = &parameter.form {
            let one = (parameter.example.as_ref(), &parameter.examples);
            add(facts, used, &parameter.pointer, one, &mut found);
        }
    }
    let bodies = operations().filter_map(|one| one.request_body.as_ref());
    let bodies = bodies.chain(components.request_bodies.values());
    let answers = operations().flat_map(|one| one.responses.by_status.iter().map(|(_, used)| used));
    let answers: Vec<_> = answers
        .chain(components.responses.values())
        .filter_map(Use::as_inline)
        .collect();
    let headers = answers.iter().flat_map(|answer| answer.headers.values());
    for header in headers.filter_map(Use::as_inline) {
        if let ValueForm::Schema(used) = &header.form {
            add(
                facts,
                used,
                &header.pointer,
                (header.example.as_ref(), &header.examples),
                &mut found,
            );
        }
    }
    let contents = bodies.filter_map(Use::as_inline).map(|body| &body.content);
    let contents = contents.chain(answers.iter().map(|answer| &answer.content));
    for media in contents.flat_map(Content::values) {
        if let Some(used) = &media.schema {
            add(
                facts,
                used,
                &media.pointer,
                (media.example.as_ref(), &media.examples),
                &mut found,
            );
        }
    }
    for (id, schema) in facts.schemas.iter() {
        let value = schema.example.as_ref();
        found.extend(value.map(|value| (schema.pointer.child("example"), id, Arc::clone(value))));
    }
    found
}

type Named = indexmap::IndexMap<String, Use<Example>>;

fn add(
    facts: &Document,
    used: &SchemaUse,
    pointer: &JsonPointer,
    (one, named): (Option<&Arc<Value>>, &Named),
    found: &mut Vec<(JsonPointer, SchemaId, Arc<Value>)>,
) {
    let Some(id) = used.schema else { return };
    found.extend(one.map(|value| (pointer.child("example"), id, Arc::clone(value))));
    for (name, used) in named {
        let example = facts.components.example(used);
        if let Some(value) = example.and_then(|example| example.value.as_ref()) {
            let place = match used {
                Use::Inline(example) => example.pointer.clone(),
                Use::Reference(_) => pointer.child("examples").child(name),
            };
            found.push((place, id, Arc::clone(value)));
        }
    }
}

/// What is wrong with a value that is of its schemas: a format, a limit, or a member that none of them describes.
fn beyond(
    schemas: &Schemas<'_>,
    seeds: &[SchemaId],
    value: &Value,
    place: &str,
    depth: usize,
) -> Option<(String, String)> {
    if depth > MAX_DEPTH {
        return None;
    }
    let seeds = with_choices(schemas, seeds, value);
    let all = schemas.gather(&seeds);
    if let Some(keyword) = all.iter().find_map(|schema| scalar_fault(schema, value)) {
        return Some((place.to_owned(), keyword));
    }
    match value {
        Value::Array(items) => {
            let of = all
                .iter()
                .filter_map(|schema| schema.items.as_ref()?.schema);
            let of: Vec<SchemaId> = of.collect();
            items.iter().enumerate().find_map(|(index, item)| {
                beyond(schemas, &of, item, &format!("{place}/{index}"), depth + 1)
            })
        }
        Value::Object(members) => {
            let known = properties(&all);
            let more = additional(&all);
            let says_nothing = known.is_empty();
            members.iter().find_map(|(name, member)| {
                let place = format!("{place}/{name}");
                match (known.get(name), more) {
                    (Some(of), _) => beyond(schemas, of, member, &place, depth + 1),
                    (None, Some(Some(id))) => beyond(schemas, &[id], member, &place, depth + 1),
                    (None, Some(None)) => None,
                    (None, None) if says_nothing => None,
                    (None, None) => Some((place, "properties".to_owned())),
                }
            })
        }
        _ => None,
    }
}

/// The schemas with the members of unions that the value is of.
fn with_choices(schemas: &Schemas<'_>, seeds: &[SchemaId], value: &Value) -> Vec<SchemaId> {
    let mut all = seeds.to_vec();
    let mut next = 0;
    while let Some(id) = all.get(next).copied() {
        next += 1;
        for schema in schemas.gather(&[id]) {
            for choice in schemas.choices(schema) {
                let is_told = |tag: &(String, String)| {
                    value.get(&tag.0).and_then(Value::as_str) == Some(&tag.1)
                };
                let told = choice
                    .iter()
                    .find(|member| member.tag.as_ref().is_some_and(is_told));
                // Of those that would take it, the one that describes all of it.
                let whole = || {
                    choice
                        .iter()
                        .find(|member| valid::is_whole(schemas, &[member.schema], value))
                };
                let fits = || {
                    choice
                        .iter()
                        .find(|member| valid::check(schemas, &[member.schema], value).is_ok())
                };
                if let Some(member) = told.or_else(whole).or_else(fits)
                    && !all.contains(&member.schema)
                {
                    all.push(member.schema);
                }
            }
        }
    }
    all
}

/// The keyword of a schema that a value does not keep to though it is of its type.
fn scalar_fault(schema: &Schema, value: &Value) -> Option<String> {
    let limits = schema.limits();
    if let Some(text) = value.as_str() {
        let format = schema.format.as_deref().unwrap_or_default();
        let length = text.chars().count();
        let faults = [
            (
                !super::formats::is_of(text, format),
                format!("format: {format}"),
            ),
            (
                limits.min_length.is_some_and(|least| length < least),
                "minLength".to_owned(),
            ),
            (
                limits.max_length.is_some_and(|most| length > most),
                "maxLength".to_owned(),
            ),
        ];
        return faults
            .into_iter()
            .find_map(|(is_fault, why)| is_fault.then_some(why));
    }
    if let Some(number) = value.as_f64() {
        let float = |number: Number| match number {
            #[allow(clippy::cast_precision_loss, reason = "limits of documents are small")]
            Number::Integer(number) => number as f64,
            Number::Float(number) => number,
        };
        let faults = [
            (
                limits.minimum.is_some_and(|least| number < float(least)),
                "minimum",
            ),
            (
                limits.maximum.is_some_and(|most| number > float(most)),
                "maximum",
            ),
        ];
        return faults
            .into_iter()
            .find_map(|(is_fault, why)| is_fault.then(|| why.to_owned()));
    }
    let items = value.as_array()?.len();
    let faults = [
        (
            limits.min_items.is_some_and(|least| items < least),
            "minItems",
        ),
        (
            limits.max_items.is_some_and(|most| items > most),
            "maxItems",
        ),
    ];
    faults
        .into_iter()
        .find_map(|(is_fault, why)| is_fault.then(|| why.to_owned()))
}

#[cfg(test)]
mod tests {
    use super::super::facts_of;
    use super::find;

    #[test]
    fn an_example_is_looked_into_to_its_bottom() {
        let pet = "    Pet:\n      type: object\n      required: [name]\n      properties:\n        name: {type: string, maxLength: 5}\n        \
                   born: {type: string, format: date-time}\n        kind: {type: string, enum: [cat, dog]}\n        \
                   likes: {type: array, items: {oneOf: [{type: string}, {$ref: '#/components/schemas/Toy'}]}}\n      ";
        let toy = "    Toy: {type: object, required: [size], properties: {size: {type: integer, minimum: 1}}}\n";
        for (example, why) in [
            (
                "{name: Tom, born: '2024-05-01T12:00:00Z', kind: cat, likes: [milk, {size: 2}]}",
                None,
            ),
            ("{kind: cat}", Some("by `required`")),
            ("{name: Tom, kind: cow}", Some("at `/kind`, by `enum`")),
            (
                "{name: Tom, born: yesterday}",
                Some("at `/born`, by `format: date-time`"),
            ),
            ("{name: Thomas}", Some("at `/name`, by `maxLength`")),
            (
                "{name: Tom, likes: [{}]}",
                Some("at `/likes/0`, by `oneOf`"),
            ),
            (
                "{name: Tom, likes: [{size: 0}]}",
                Some("at `/likes/0/size`, by `minimum`"),
            ),
            (
                "{name: Tom, colour: red}",
                Some("at `/colour`, by `properties`"),
            ),
        ] {
            let found = find(&facts_of(&format!("{pet}example: {example}\n{toy}")));
            let said = found
                .first()
                .map(|one| one.message.as_str())
                .unwrap_or_default();
            assert_eq!(found.len(), usize::from(why.is_some()), "{example}: {said}");
            assert!(said.contains(why.unwrap_or_default()), "{example}: {said}");
        }
    }
}
