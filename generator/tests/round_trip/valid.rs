//! Holds a value against a schema: gives the keyword that it contradicts. It judges what a value is, and not how long or how large.

use super::view::{Schemas, additional, properties, required};
use sdk_generator::facts::{Schema, SchemaId, SchemaType};
use serde_json::Value;

/// A keyword, and the place of the value that contradicts it.
pub(crate) type Contradiction = (String, &'static str);

/// How deep a value is looked into.
const MAX_DEPTH: usize = 60;

/// Holds a value against schemas that it has to meet at once.
pub(crate) fn check(
    schemas: &Schemas<'_>,
    seeds: &[SchemaId],
    value: &Value,
) -> Result<(), Contradiction> {
    at(schemas, seeds, value, &mut Vec::new(), "")
}

/// Whether a value is of these schemas and has no property that they do not name.
pub(crate) fn is_whole(schemas: &Schemas<'_>, seeds: &[SchemaId], value: &Value) -> bool {
    let Value::Object(members) = value else {
        return check(schemas, seeds, value).is_ok();
    };
    let all = schemas.gather(seeds);
    let known = properties(&all);
    let choices: Vec<SchemaId> = all
        .iter()
        .flat_map(|schema| schemas.choices(schema))
        .flatten()
        .map(|member| member.schema)
        .filter(|id| !all.iter().any(|schema| schema.id == *id))
        .collect();
    let open = additional(&all).is_some();
    check(schemas, seeds, value).is_ok()
        && members.keys().all(|name| {
            let within = |id: &SchemaId| properties(&schemas.gather(&[*id])).contains_key(name);
            open || known.contains_key(name) || choices.iter().any(within)
        })
}

fn at(
    schemas: &Schemas<'_>,
    seeds: &[SchemaId],
    value: &Value,
    open: &mut Vec<(SchemaId, *const Value)>,
    pointer: &str,
) -> Result<(), Contradiction> {
    let contradicts = |keyword| Err((pointer.to_owned(), keyword));
    if value.is_null() {
        return match schemas.may_be_null(seeds) {
            true => Ok(()),
            false => contradicts("nullable"),
        };
    }
    let all = schemas.gather(seeds);
    for schema in &all {
        if open.len() > MAX_DEPTH || open.contains(&(schema.id, std::ptr::from_ref(value))) {
            continue;
        }
        if let Some(ty) = schema.ty
            && !is_of(value, ty)
        {
            return contradicts("type");
        }
        let is_small = value
            .as_i64()
            .is_some_and(|number| i32::try_from(number).is_ok());
        if schema.format.as_deref() == Some("int32") && value.is_number() && !is_small {
            return contradicts("format");
        }
        if !schema.enum_values.is_empty() && !schema.enum_values.contains(value) {
            return contradicts("enum");
        }
        open.push((schema.id, value));
        let members = [("oneOf", &schema.one_of), ("anyOf", &schema.any_of)];
        for (keyword, members) in members
            .into_iter()
            .filter(|(_, members)| !members.is_empty())
        {
            let members = members.iter().filter_map(|used| used.schema);
            let mut fits = members.filter(|id| at(schemas, &[*id], value, open, pointer).is_ok());
            let is_one = fits.next().is_some();
            let is_only = !schemas.exactly_one || keyword == "anyOf" || fits.next().is_none();
            drop(fits);
            if !is_one || !is_only {
                open.pop();
                return contradicts(keyword);
            }
        }
        open.pop();
    }
    match value {
        Value::Array(items) => check_items(schemas, &all, items, open, pointer),
        Value::Object(_) => check_members(schemas, &all, value, open, pointer),
        _ => Ok(()),
    }
}

fn is_of(value: &Value, ty: SchemaType) -> bool {
    match ty {
        SchemaType::String => value.is_string(),
        SchemaType::Integer => value.is_i64() || value.is_u64(),
        SchemaType::Number => value.is_number(),
        SchemaType::Boolean => value.is_boolean(),
        SchemaType::Array => value.is_array(),
        SchemaType::Object => value.is_object(),
    }
}

fn check_items(
    schemas: &Schemas<'_>,
    all: &[&Schema],
    items: &[Value],
    open: &mut Vec<(SchemaId, *const Value)>,
    pointer: &str,
) -> Result<(), Contradiction> {
    for (index, item) in items.iter().enumerate() {
        let prefix = all
            .iter()
            .find_map(|schema| schema.later()?.prefix_items.get(index));
        let seeds: Vec<SchemaId> = match prefix {
            Some(used) => used.schema.into_iter().collect(),
            None => all
                .iter()
                .filter_map(|schema| schema.items.as_ref()?.schema)
                .collect(),
        };
        at(schemas, &seeds, item, open, &format!("{pointer}/{index}"))?;
    }
    Ok(())
}

fn check_members(
    schemas: &Schemas<'_>,
    all: &[&Schema],
    value: &Value,
    open: &mut Vec<(SchemaId, *const Value)>,
    pointer: &str,
) -> Result<(), Contradiction> {
    let missing = required(all)
        .into_iter()
        .any(|name| value.get(&name).is_none());
    if missing {
        return Err((pointer.to_owned(), "required"));
    }
    let known = properties(all);
    let beyond = additional(all);
    for (name, member) in value.as_object().into_iter().flatten() {
        let seeds = match (known.get(name), beyond) {
            (Some(seeds), _) => seeds.clone(),
            (None, Some(Some(id))) => vec![id],
            (None, _) => continue,
        };
        let place = format!("{pointer}/{}", name.replace('~', "~0").replace('/', "~1"));
        at(schemas, &seeds, member, open, &place)?;
    }
    Ok(())
}
