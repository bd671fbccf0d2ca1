//! Values with one thing wrong: takes a value that has everything, plants what servers really send, and says what has to come of it.

use super::documents::{Model, Subject};
use super::make::Place;
use super::samples::{Expected, Sample};
use super::valid;
use super::view::Schemas;
use sdk_generator::facts::SchemaType;
use sdk_generator::plan::model::{Shape, Type};
use serde_json::{Value, json};
use std::collections::{HashMap, HashSet};

/// How often each fault is planted in one type.
const MAX_OF_A_KIND: usize = 4;

const ABSENT: &str = "null for an absent member";

/// What is planted, and whether the value is still read.
struct Fault {
    kind: &'static str,
    value: Value,
    is_read: bool,
}

/// The faults of a type.
pub(crate) fn of(
    subject: &Subject,
    schemas: &Schemas<'_>,
    model: &Model<'_>,
    whole: &Value,
    places: &[Place],
) -> Vec<Sample> {
    // The type of a union beside properties has none of these properties.
    let is_beside = matches!(model.def.shape, Shape::Union(_))
        && !model.def.component
        && !schemas.get(model.schema).properties.is_empty();
    if is_beside {
        return Vec::new();
    }
    let mut counts: HashMap<&'static str, usize> = HashMap::new();
    let mut samples = Vec::new();
    let holders = secret_holders(subject);
    for place in places.iter().filter(|place| !place.steps.is_empty()) {
        // What is wrong within a secret is told of the secret, lest its parts show.
        let is_holder = |name: &String| holders.contains(name.as_str());
        let mut around = place.steps.iter().rev().skip(1);
        if around.any(|step| is_holder(&step.name)) || place.steps.iter().any(|step| step.unsure) {
            continue;
        }
        for fault in faults(schemas, place) {
            // A merge patch says by null that a member goes.
            if model.def.usage.merge_patch && fault.kind == ABSENT {
                continue;
            }
            let count = counts.entry(fault.kind).or_default();
            if *count >= MAX_OF_A_KIND || !stands(whole, place) {
                continue;
            }
            *count += 1;
            let Some(value) = planted(whole, place, &fault.value) else {
                continue;
            };
            let pointer = pointer(place);
            samples.push(Sample {
                library: subject.library.clone(),
                ty: model.name().to_owned(),
                value,
                how: format!("{} at {pointer}", fault.kind),
                expected: match fault.is_read {
                    true => Expected::Told { pointer },
                    false => Expected::Refused {
                        pointer,
                        rest: without(whole, place),
                    },
                },
            });
        }
    }
    samples
}

/// The names of properties that hold secrets and are lists or objects.
fn secret_holders(subject: &Subject) -> HashSet<&str> {
    let types = subject.plan.api.types.iter();
    let structs = types.filter_map(|(_, def)| match &def.shape {
        Shape::Struct(object) => Some(object),
        _ => None,
    });
    let fields = structs.flat_map(|object| &object.fields);
    let holds = fields.filter(|field| {
        let inner = subject.plan.through_alias(field.ty.revealed());
        let is_secret = field.secret || field.ty.revealed() != &field.ty;
        is_secret && matches!(inner, Type::Array(_) | Type::Map(_))
    });
    holds.map(|field| field.wire.as_str()).collect()
}

fn faults(schemas: &Schemas<'_>, place: &Place) -> Vec<Fault> {
    let read = |kind, value| Fault {
        kind,
        value,
        is_read: true,
    };
    let refused = |kind, value| Fault {
        kind,
        value,
        is_read: false,
    };
    let all = schemas.gather(&place.seeds);
    let format = all
        .iter()
        .find_map(|schema| schema.format.as_deref())
        .unwrap_or_default();
    let encoding = all.iter().any(|schema| {
        schema
            .later()
            .is_some_and(|later| later.content_encoding.is_some())
    });
    let is_enum = all.iter().any(|schema| !schema.enum_values.is_empty());
    let is_plain = !encoding && !matches!(format, "byte" | "base64" | "base64url");
    let mut faults = match (schemas.kind(&all), format) {
        (Some(SchemaType::String), _) if is_enum => {
            vec![read("an unknown enum value", json!("A value of tomorrow"))]
        }
        (Some(SchemaType::String), "date-time") => vec![
            read("a date without a time", json!("2024-01-31")),
            read("a number for a moment", json!(1_706_700_000)),
        ],
        (Some(SchemaType::String), "date") => vec![
            read("an odd date", json!("yesterday")),
            read("an empty date", json!("")),
        ],
        (Some(SchemaType::String), _) if is_plain => vec![
            read("a number for a text", json!(12345)),
            read("a boolean for a text", json!(true)),
            refused("a list for a text", json!(["text"])),
        ],
        (Some(SchemaType::Integer), _) if !is_enum => vec![
            read("a text for an integer", json!("12345")),
            read("a whole number with a point", json!(3.0)),
            refused("a word for an integer", json!("many")),
        ],
        (Some(SchemaType::Number), "") if !is_enum => {
            vec![read("a text for a number", json!("1.25"))]
        }
        (Some(SchemaType::Boolean), _) if !is_enum => vec![
            read("a text for a boolean", json!("true")),
            refused("a number for a boolean", json!(1)),
        ],
        (Some(SchemaType::Array), _) => vec![refused("an object for a list", json!({"a": 1}))],
        (Some(SchemaType::Object), _) => vec![refused("a text for an object", json!("text"))],
        _ => Vec::new(),
    };
    if format == "int32" && !is_enum {
        faults.push(refused(
            "an int32 that is too large",
            json!(5_000_000_000_u64),
        ));
    }
    if valid::check(schemas, &place.seeds, &Value::Null).is_err() {
        let last = place.steps.last();
        let is_member = last.is_some_and(|step| step.name.parse::<usize>().is_err());
        match last.is_some_and(|step| step.required) {
            true => faults.push(refused("null for a required member", Value::Null)),
            false if is_member && last.is_some_and(|step| step.name != "other/key~") => {
                faults.push(read(ABSENT, Value::Null));
            }
            false => {}
        }
    }
    faults
}

/// Whether the place is in the value: what has no value that ends was left out again.
fn stands(whole: &Value, place: &Place) -> bool {
    whole.pointer(&pointer(place)).is_some()
}

fn pointer(place: &Place) -> String {
    let steps = place.steps.iter();
    let names = steps.map(|step| format!("/{}", step.name.replace('~', "~0").replace('/', "~1")));
    names.collect()
}

pub(crate) fn planted(whole: &Value, place: &Place, fault: &Value) -> Option<Value> {
    let mut value = whole.clone();
    *value.pointer_mut(&pointer(place))? = fault.clone();
    Some(value)
}

/// The value without the smallest thing around the place that can be missing; `None` where that is all of it.
fn without(whole: &Value, place: &Place) -> Option<Value> {
    let last = place.steps.iter().rposition(|step| step.optional)?;
    let (around, from) = place.steps.split_at(last);
    let around = Place {
        steps: around.to_vec(),
        seeds: Vec::new(),
    };
    let mut value = whole.clone();
    let name = &from.first()?.name;
    match value.pointer_mut(&pointer(&around))? {
        Value::Array(items) => drop(items.remove(name.parse().ok()?)),
        Value::Object(members) => drop(members.remove(name)),
        _ => return None,
    }
    Some(value)
}
