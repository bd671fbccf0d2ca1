//! What a schema asks of a value: takes the facts, gives all schemas that a value has to meet at once, and the choices among them.

use sdk_generator::facts::{
    AdditionalProperties, Document, Schema, SchemaId, SchemaType, SchemaUse,
};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// How many schemas one value is held against; documents that go around in circles have no end.
const MAX_SCHEMAS: usize = 400;

/// How many choices within choices are looked through for null.
const MAX_NESTED: usize = 8;

/// A document, to be asked what its values are.
pub(crate) struct Schemas<'f> {
    pub(crate) facts: &'f Document,
    /// Whether a value of two members of `oneOf` is none, as the keyword says and documents seldom mean.
    pub(crate) exactly_one: bool,
    /// The components that are made of a base by `allOf`, by the base: each with the value of the base's discriminator.
    families: HashMap<SchemaId, Vec<(String, SchemaId)>>,
}

/// A member of a choice.
#[derive(Clone, Debug)]
pub(crate) struct Member {
    pub(crate) schema: SchemaId,
    /// The property that tells of it, and the value that it then has.
    pub(crate) tag: Option<(String, String)>,
}

impl<'f> Schemas<'f> {
    pub(crate) fn new(facts: &'f Document) -> Self {
        let mut all = Self {
            facts,
            exactly_one: false,
            families: HashMap::new(),
        };
        all.families = all.find_families();
        all
    }

    pub(crate) fn get(&self, id: SchemaId) -> &'f Schema {
        self.facts
            .schemas
            .get(id)
            .expect("a schema of the document")
    }

    /// The schemas that a value of these has to meet: they themselves, and what they are made of by `allOf`.
    pub(crate) fn gather(&self, seeds: &[SchemaId]) -> Vec<&'f Schema> {
        let mut found: Vec<&Schema> = Vec::new();
        let mut open: Vec<SchemaId> = seeds.iter().rev().copied().collect();
        while let Some(id) = open.pop() {
            if found.iter().any(|known| known.id == id) || found.len() >= MAX_SCHEMAS {
                continue;
            }
            let schema = self.get(id);
            found.push(schema);
            open.extend(schema.all_of.iter().rev().filter_map(|used| used.schema));
        }
        found
    }

    /// The lists of members of which a value has to be one: `oneOf`, `anyOf`, and the family of a base.
    pub(crate) fn choices(&self, schema: &'f Schema) -> Vec<Vec<Member>> {
        let lists = [&schema.one_of, &schema.any_of];
        let mut choices: Vec<Vec<Member>> = lists
            .into_iter()
            .filter(|members| !members.is_empty())
            .map(|members| self.members(schema, members))
            .collect();
        if choices.is_empty()
            && let Some(discriminator) = &schema.discriminator
            && let Some(family) = self.families.get(&schema.id)
        {
            let property = &discriminator.property_name;
            let member = |(value, id): &(String, SchemaId)| Member {
                schema: *id,
                tag: Some((property.clone(), value.clone())),
            };
            choices.push(family.iter().map(member).collect());
        }
        choices.retain(|members| !members.is_empty());
        choices
    }

    fn members(&self, schema: &'f Schema, members: &'f [SchemaUse]) -> Vec<Member> {
        let member = |used: &SchemaUse| {
            let id = used.schema?;
            (!self.is_only_null(self.get(id))).then(|| Member {
                schema: id,
                tag: self.tag(schema, used),
            })
        };
        members.iter().filter_map(member).collect()
    }

    /// The property and its value that stand for a member, where the union says so.
    fn tag(&self, schema: &Schema, member: &SchemaUse) -> Option<(String, String)> {
        let discriminator = schema.discriminator.as_ref()?;
        let id = member.schema?;
        let name = self.get(id).component.clone()?;
        let is_it = |(_, target): &(&String, &String)| last_word(target) == name;
        let mapped = discriminator.mapping.iter().find(is_it);
        let value = mapped.map_or(name.clone(), |(value, _)| value.clone());
        Some((discriminator.property_name.clone(), value))
    }

    /// Whether a member of a family is a base in its turn. What is of its own type says so by no tag, since an unknown tag means
    /// the base as well: what cannot be read as it is kept whole.
    pub(crate) fn has_heirs(&self, id: SchemaId) -> bool {
        let mut members = self.families.values().flatten();
        members.any(|(_, other)| {
            *other != id && self.gather(&[*other]).iter().any(|schema| schema.id == id)
        })
    }

    fn find_families(&self) -> HashMap<SchemaId, Vec<(String, SchemaId)>> {
        let mut families: HashMap<SchemaId, Vec<(String, SchemaId)>> = HashMap::new();
        for (name, used) in &self.facts.components.schemas {
            let Some(id) = used.inline() else { continue };
            for base in self.gather(&[id]) {
                let Some(discriminator) = &base.discriminator else {
                    continue;
                };
                if base.id == id || !base.one_of.is_empty() || !base.any_of.is_empty() {
                    continue;
                }
                let is_it = |(_, target): &(&String, &String)| last_word(target) == name;
                let mapped = discriminator.mapping.iter().find(is_it);
                let value = mapped.map_or(name, |(value, _)| value).clone();
                families.entry(base.id).or_default().push((value, id));
            }
        }
        families
    }

    /// Whether null is the only value.
    pub(crate) fn is_only_null(&self, schema: &Schema) -> bool {
        !schema.enum_values.is_empty() && schema.enum_values.iter().all(Value::is_null)
    }

    /// Whether null may be meant by any of the schemas that a value has to meet: documents say it beside a reference, too.
    pub(crate) fn may_be_null(&self, seeds: &[SchemaId]) -> bool {
        self.may_be_null_within(seeds, 0)
    }

    fn may_be_null_within(&self, seeds: &[SchemaId], depth: usize) -> bool {
        let schemas = self.gather(seeds);
        let says = |schema: &&Schema| {
            let members = schema.one_of.iter().chain(&schema.any_of);
            let mut members = members.filter_map(|used| used.schema);
            schema.nullable
                || schema.enum_values.iter().any(Value::is_null)
                || (depth < MAX_NESTED
                    && members.any(|member| self.may_be_null_within(&[member], depth + 1)))
        };
        let is_silent = |schema: &&Schema| {
            schema.enum_values.is_empty() && schema.one_of.is_empty() && schema.any_of.is_empty()
        };
        schemas.iter().any(says) || (self.kind(&schemas).is_none() && schemas.iter().all(is_silent))
    }

    /// Whether a schema says itself that null is a value.
    pub(crate) fn is_nullable(&self, seeds: &[SchemaId]) -> bool {
        let schemas: Vec<&Schema> = seeds.iter().map(|id| self.get(*id)).collect();
        schemas.iter().all(|schema| schema.nullable)
    }

    /// Whether the schemas contradict each other, so that there is no value.
    pub(crate) fn contradict(&self, schemas: &[&Schema]) -> bool {
        let is_number = |ty| matches!(ty, SchemaType::Integer | SchemaType::Number);
        let mut types = schemas.iter().filter_map(|schema| schema.ty);
        types.next().is_some_and(|first| {
            types.any(|ty| ty != first && !(is_number(ty) && is_number(first)))
        })
    }

    /// The type of a value of these schemas; `None` where they allow several, or all.
    pub(crate) fn kind(&self, schemas: &[&Schema]) -> Option<SchemaType> {
        let types = || schemas.iter().filter_map(|schema| schema.ty);
        let integer = types().find(|ty| *ty == SchemaType::Integer);
        let said = integer.or_else(|| types().next());
        let has = |is: fn(&Schema) -> bool| schemas.iter().any(|schema| is(schema));
        let object = |schema: &Schema| {
            !schema.properties.is_empty() || schema.additional_properties.is_some()
        };
        said.or_else(|| has(object).then_some(SchemaType::Object))
            .or_else(|| has(|schema| schema.items.is_some()).then_some(SchemaType::Array))
            .or_else(|| {
                let later = |schema: &Schema| {
                    let later = schema.later();
                    later.is_some_and(|later| !later.prefix_items.is_empty())
                };
                has(later).then_some(SchemaType::Array)
            })
    }
}

/// The properties of an object of several schemas: all that each has to meet.
pub(crate) fn properties(schemas: &[&Schema]) -> BTreeMap<String, Vec<SchemaId>> {
    let mut all: BTreeMap<String, Vec<SchemaId>> = BTreeMap::new();
    for schema in schemas {
        for (name, used) in &schema.properties {
            let known = all.entry(name.clone()).or_default();
            known.extend(used.schema.filter(|id| !known.contains(id)));
        }
    }
    all
}

/// The names of the properties that have to be there.
pub(crate) fn required(schemas: &[&Schema]) -> BTreeSet<String> {
    let names = schemas.iter().flat_map(|schema| &schema.required);
    names.cloned().collect()
}

/// What other properties are, where a schema says it; `Some(None)` is anything at all.
pub(crate) fn additional(schemas: &[&Schema]) -> Option<Option<SchemaId>> {
    let said = schemas.iter().filter_map(|schema| {
        let later = schema.later();
        let unevaluated = later.and_then(|later| later.unevaluated_properties.as_ref());
        schema.additional_properties.as_ref().or(unevaluated)
    });
    let mut open = None;
    for additional in said {
        match additional {
            AdditionalProperties::Flag(false) => return None,
            AdditionalProperties::Flag(true) => open = open.or(Some(None)),
            AdditionalProperties::Schema(used) => open = Some(used.schema),
        }
    }
    open
}

/// Whether something is surely required: the name is no slip of the document's, and both sides of an exchange have the property.
pub(crate) fn is_surely_required(schemas: &[&Schema], name: &str, of: &[&Schema]) -> bool {
    let mut names = schemas
        .iter()
        .flat_map(|schema| schema.required_properties());
    names.any(|known| known == name)
        && !of
            .iter()
            .any(|schema| schema.read_only || schema.write_only)
}

fn last_word(reference: &str) -> &str {
    reference.rsplit('/').next().unwrap_or(reference)
}
