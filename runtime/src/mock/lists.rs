//! Lists as requests ask for them and answers have them: which items a page has, and the object around a list.

use serde_json::{Map, Value};

use super::api::{Loaded, Operation};
use super::call::Call;
use super::flat::types;
use super::hostile::list_member;
use super::made::Extent;
use super::pages;
use super::schema::Way;

/// Parameters that say how many items a page has.
const LIMITS: [&str; 4] = ["limit", "per_page", "page_size", "pageSize"];

/// How many items a page has unless the caller says.
pub(super) fn default_limit(operation: &Operation) -> Option<usize> {
    let mut parameters = operation.parameters.iter();
    let limit = parameters.find(|parameter| LIMITS.contains(&parameter.name.as_str()))?;
    let default = limit.schema.as_ref()?.get("default")?.as_u64()?;
    usize::try_from(default).ok()
}

/// The places of the items that a list's parameters ask for.
pub(super) fn window(call: &Call, count: usize, default: Option<usize>) -> (usize, usize) {
    let number = |names: &[&str]| {
        let mut values = names.iter().flat_map(|name| call.query(name));
        values.find_map(|text| text.parse::<usize>().ok())
    };
    let limit = number(&LIMITS).or(default);
    let page = number(&["page"]).map(|page| page.saturating_sub(1));
    let offset = pages::cursor(call).or_else(|| number(&["offset", "skip", "start"]));
    let start = match (offset, page, limit) {
        (Some(offset), _, _) => offset,
        (None, Some(page), Some(limit)) => page.saturating_mul(limit),
        (None, Some(page), None) if page > 0 => count,
        _ => 0,
    };
    let start = start.min(count);
    let end = start.saturating_add(limit.unwrap_or(count)).min(count);
    (start, end)
}

/// The schema of what a list holds, or an object that wraps one; any other schema as it is.
pub(super) fn unwrapped(loaded: &Loaded, schema: &Value) -> Value {
    let flat = loaded.schemas.flat(schema, None);
    let has_id = flat
        .get("properties")
        .is_some_and(|known| known.get("id").is_some());
    let items = |flat: &Map<String, Value>| flat.get("items").cloned();
    let wrapped = || {
        let name = list_member(&loaded.schemas, &flat).filter(|_| !has_id)?;
        let list = flat.get("properties")?.get(&name)?;
        items(&loaded.schemas.flat(list, None))
    };
    items(&flat)
        .or_else(wrapped)
        .unwrap_or_else(|| schema.clone())
}

/// Values as an answer's schema has them: the one alone, a list of them, or an object around a list.
pub(super) fn wrapped(loaded: &Loaded, schema: &Value, values: &[Value]) -> Value {
    let flat = loaded.schemas.flat(schema, None);
    if types(&flat).contains(&"array") {
        let items = flat.get("items").unwrap_or(&Value::Bool(true));
        return values
            .iter()
            .map(|value| seen(loaded, items, value))
            .collect();
    }
    let has_id = flat
        .get("properties")
        .is_some_and(|known| known.get("id").is_some());
    let list = list_member(&loaded.schemas, &flat).filter(|_| !has_id);
    if let Some(name) = list {
        // With what leads on from a page, which few documents require.
        let mut outer = loaded.schemas.made(schema, Way::Given, Extent::Whole);
        let list = flat
            .get("properties")
            .and_then(|known| known.get(&name))
            .cloned();
        let list = wrapped(loaded, &list.unwrap_or_default(), values);
        if let Value::Object(members) = &mut outer {
            members.insert(name, list);
            return outer;
        }
    }
    values
        .first()
        .map(|value| seen(loaded, schema, value))
        .unwrap_or_default()
}

/// A value with the members that a schema has, and what it requires beside them.
fn seen(loaded: &Loaded, schema: &Value, value: &Value) -> Value {
    let flat = loaded.schemas.flat(schema, None);
    let (Value::Object(members), Some(Value::Object(properties))) = (value, flat.get("properties"))
    else {
        return value.clone();
    };
    let mut made = loaded.schemas.made(schema, Way::Given, Extent::Required);
    let shown = members.iter().filter(|(name, _)| {
        let property = properties.get(*name);
        property.is_some_and(|property| !loaded.schemas.is_left_out(property, Way::Given))
    });
    if let Value::Object(made) = &mut made {
        made.extend(shown.map(|(name, value)| (name.clone(), value.clone())));
    }
    made
}
