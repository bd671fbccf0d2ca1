//! Reads the keywords of JSON Schema 2020-12 that the repairs kept, and `xml`.

use super::{Lowering, kept};
use crate::facts::{AdditionalProperties, JsonSchemaKeywords, NullMember, Schema, SchemaUse, Xml};
use crate::pointer::JsonPointer;
use indexmap::IndexMap;
use serde_json::{Map, Value};

type Kept = Map<String, Value>;

impl Lowering {
    /// Takes out of `kept` what has a place of its own.
    pub(super) fn fill_later(&mut self, facts: &mut Schema, kept: &mut Kept) {
        facts.xml = xml(kept, &facts.pointer).map(Box::new);
        let mut later = JsonSchemaKeywords {
            types: types(kept),
            const_value: kept.shift_remove("const"),
            examples: examples(kept),
            null_member: null_member(kept),
            dependent_required: dependent_required(kept),
            min_contains: count(kept, "minContains"),
            max_contains: count(kept, "maxContains"),
            content_encoding: text(kept, "contentEncoding"),
            content_media_type: text(kept, "contentMediaType"),
            comment: text(kept, "$comment"),
            dialect: text(kept, "$schema"),
            id: text(kept, "$id"),
            anchor: text(kept, "$anchor"),
            dynamic_anchor: text(kept, "$dynamicAnchor"),
            dynamic_ref: text(kept, "$dynamicRef"),
            ..JsonSchemaKeywords::default()
        };
        self.fill_prefix(facts, &mut later, kept);
        self.fill_schemas(&facts.pointer, &mut later, kept);
        if later != JsonSchemaKeywords::default() {
            facts.later = Some(Box::new(later));
        }
    }

    /// The items of a tuple: the repairs made them the first alternatives of `items`.
    fn fill_prefix(&mut self, facts: &Schema, later: &mut JsonSchemaKeywords, kept: &mut Kept) {
        let Some(length) = count(kept, "prefixItems") else {
            return;
        };
        let length = usize::try_from(length).unwrap_or(usize::MAX);
        let items = facts
            .items
            .as_ref()
            .and_then(|items| self.schemas.of(items));
        let items = items.map(|items| items.any_of.iter().take(length).cloned());
        later.prefix_items = items.into_iter().flatten().collect();
        later.items_after_prefix = kept.shift_remove("items").and_then(|flag| flag.as_bool());
    }

    fn fill_schemas(
        &mut self,
        pointer: &JsonPointer,
        later: &mut JsonSchemaKeywords,
        kept: &mut Kept,
    ) {
        later.pattern_properties = self.schema_map("patternProperties", pointer, kept);
        later.dependent_schemas = self.schema_map("dependentSchemas", pointer, kept);
        later.definitions = self.schema_map("$defs", pointer, kept);
        let older = self.schema_map("definitions", pointer, kept);
        later.definitions.extend(older);
        later.property_names = self.schema("propertyNames", pointer, kept);
        later.if_schema = self.schema("if", pointer, kept);
        later.then_schema = self.schema("then", pointer, kept);
        later.else_schema = self.schema("else", pointer, kept);
        later.contains = self.schema("contains", pointer, kept);
        later.content_schema = self.schema("contentSchema", pointer, kept);
        later.unevaluated_properties = self.schema_or_flag("unevaluatedProperties", pointer, kept);
        later.unevaluated_items = self.schema_or_flag("unevaluatedItems", pointer, kept);
    }

    /// The schema at a keyword; it stays in `kept` when it is none.
    fn schema(
        &mut self,
        keyword: &str,
        pointer: &JsonPointer,
        kept: &mut Kept,
    ) -> Option<SchemaUse> {
        match kept::parse(kept.shift_remove(keyword)?) {
            Ok(schema) => Some(self.lower_schema_use(schema, pointer.child(keyword))),
            Err(value) => {
                kept.insert(keyword.to_owned(), value);
                None
            }
        }
    }

    fn schema_or_flag(
        &mut self,
        keyword: &str,
        pointer: &JsonPointer,
        kept: &mut Kept,
    ) -> Option<AdditionalProperties> {
        if let Some(Value::Bool(flag)) = kept.get(keyword) {
            let flag = AdditionalProperties::Flag(*flag);
            kept.shift_remove(keyword);
            return Some(flag);
        }
        let schema = self.schema(keyword, pointer, kept)?;
        Some(AdditionalProperties::Schema(schema))
    }

    fn schema_map(
        &mut self,
        keyword: &str,
        pointer: &JsonPointer,
        kept: &mut Kept,
    ) -> IndexMap<String, SchemaUse> {
        let mut schemas = IndexMap::new();
        if !kept.get(keyword).is_some_and(Value::is_object) {
            return schemas;
        }
        let Some(Value::Object(members)) = kept.shift_remove(keyword) else {
            return schemas;
        };
        let base = pointer.child(keyword);
        for (name, value) in members {
            match kept::parse(value) {
                Ok(schema) => {
                    let used = self.lower_schema_use(schema, base.child(&name));
                    schemas.insert(name, used);
                }
                Err(value) => self.kept.put_back(&base, &name, value),
            }
        }
        schemas
    }
}

/// The types of a list, or null. A type that a repair replaced for another reason stays as it was written.
fn types(kept: &mut Kept) -> Vec<String> {
    let types = match kept.get("type") {
        Some(Value::Array(names)) => names
            .iter()
            .map(|name| name.as_str().map(str::to_owned))
            .collect::<Option<Vec<String>>>(),
        Some(Value::String(name)) if name == "null" => Some(vec![name.clone()]),
        _ => None,
    };
    if types.is_some() {
        kept.shift_remove("type");
    }
    types.unwrap_or_default()
}

fn examples(kept: &mut Kept) -> Vec<Value> {
    match kept.get_mut("examples") {
        Some(Value::Array(examples)) => {
            let examples = std::mem::take(examples);
            kept.shift_remove("examples");
            examples
        }
        _ => Vec::new(),
    }
}

fn null_member(kept: &mut Kept) -> Option<NullMember> {
    ["oneOf", "anyOf"].into_iter().find_map(|keyword| {
        let composition = kept.get_mut(keyword)?;
        let Some(Value::Array(members)) = composition.get_mut("null").map(Value::take) else {
            return None;
        };
        let overruled = match composition.get_mut("overruled").map(Value::take) {
            Some(Value::Object(overruled)) => overruled.into_iter().collect(),
            _ => IndexMap::new(),
        };
        kept.shift_remove(keyword);
        Some(NullMember {
            keyword: keyword.to_owned(),
            members,
            overruled,
        })
    })
}

fn dependent_required(kept: &mut Kept) -> IndexMap<String, Vec<String>> {
    let Some(Value::Object(members)) = kept.get("dependentRequired") else {
        return IndexMap::new();
    };
    let lists = members.iter().map(|(name, list)| {
        let names = list.as_array()?.iter();
        let names = names.map(|name| name.as_str().map(str::to_owned));
        Some((name.clone(), names.collect::<Option<Vec<String>>>()?))
    });
    let lists: Option<IndexMap<_, _>> = lists.collect();
    if lists.is_some() {
        kept.shift_remove("dependentRequired");
    }
    lists.unwrap_or_default()
}

fn xml(kept: &mut Kept, owner: &JsonPointer) -> Option<Xml> {
    if !kept.get("xml").is_some_and(Value::is_object) {
        return None;
    }
    let Some(Value::Object(mut members)) = kept.shift_remove("xml") else {
        return None;
    };
    let flag = |members: &mut Kept, keyword: &str| {
        let flag = members.get(keyword).and_then(Value::as_bool);
        if flag.is_some() {
            members.shift_remove(keyword);
        }
        flag.unwrap_or(false)
    };
    Some(Xml {
        name: text(&mut members, "name"),
        namespace: text(&mut members, "namespace"),
        prefix: text(&mut members, "prefix"),
        attribute: flag(&mut members, "attribute"),
        wrapped: flag(&mut members, "wrapped"),
        extensions: members.into_iter().collect(),
        pointer: owner.child("xml"),
    })
}

fn text(kept: &mut Kept, keyword: &str) -> Option<String> {
    if !kept.get(keyword).is_some_and(Value::is_string) {
        return None;
    }
    match kept.shift_remove(keyword) {
        Some(Value::String(text)) => Some(text),
        _ => None,
    }
}

fn count(kept: &mut Kept, keyword: &str) -> Option<u64> {
    let count = kept.get(keyword).and_then(Value::as_u64)?;
    kept.shift_remove(keyword);
    Some(count)
}
