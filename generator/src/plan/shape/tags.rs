//! The property that tells the members of a union apart.
//!
//! A `discriminator` says which it is: that of the union, or one that all members inherit. Where there is none, a property tells
//! whose listed values no two members share; and where all members list the same values, a property such as `type` does whose values
//! are the members' names.

use super::super::Planning;
use super::keywords;
use super::schemas::SchemaRef;
use super::unions::Member;
use crate::facts::{Discriminator, Schema, SchemaType};
use crate::pointer;
use indexmap::IndexMap;
use serde_json::Value;
use std::collections::HashMap;

/// How the members of a union are distinguished: the property, and its values for each member.
pub(super) struct Tag {
    pub(super) property: String,
    pub(super) values: Vec<Vec<String>>,
}

/// Properties by which authors name the type of an object, the more telling first.
const NAMES_OF_TYPES: [&str; 10] = [
    "_type",
    "@type",
    "$type",
    "type",
    "kind",
    "object",
    "objectType",
    "object_type",
    "resourceType",
    "resource_type",
];

/// How deep the values of a property are looked for in what its schema, or the member, is made of.
const MAX_DEPTH: usize = 4;

impl<'f> Planning<'f> {
    pub(super) fn find_tag(&self, schema: &'f Schema, members: &[Member<'f>]) -> Option<Tag> {
        let objects: Vec<Member<'f>> = members.iter().copied().filter(may_be_object).collect();
        if members.len() < 2 || objects.is_empty() {
            return None;
        }
        let found = match &schema.discriminator {
            Some(discriminator) => {
                let property = discriminator.property_name.clone();
                let values = self.values_of(&property, Some(discriminator), &objects);
                Some(Tag { property, values })
            }
            None if objects.len() < 2 => None,
            None => self
                .inherited_tag(&objects)
                .or_else(|| self.implied_tag(&objects)),
        };
        let Tag { property, values } = found?;
        // What is no object has no property to tell it by.
        let mut values = values.into_iter();
        let values = members.iter().map(|member| match may_be_object(member) {
            true => values.next().unwrap_or_default(),
            false => Vec::new(),
        });
        Some(Tag {
            values: values.collect(),
            property,
        })
    }

    /// The values of a property that stand for each member: those of the mapping, those that it alone lists, the one that is its
    /// name, or else its name itself, as OpenAPI has it without a mapping (3.0.3, 4.7.25).
    pub(super) fn values_of(
        &self,
        property: &str,
        discriminator: Option<&Discriminator>,
        members: &[Member<'f>],
    ) -> Vec<Vec<String>> {
        let mapped = |member| discriminator.map(|found| mapped_values(found, member));
        let mapped: Vec<Vec<String>> = members
            .iter()
            .map(|member| mapped(member).unwrap_or_default())
            .collect();
        let listed = members.iter().zip(&mapped).map(|(member, mapped)| {
            let is_mapped = !mapped.is_empty();
            match is_mapped {
                true => mapped.clone(),
                false => self.listed_values(member.schema, property, 0),
            }
        });
        let listed: Vec<Vec<String>> = listed.collect();
        let mut uses: HashMap<&str, usize> = HashMap::new();
        for value in listed.iter().flatten() {
            *uses.entry(value).or_default() += 1;
        }
        let is_own = |value: &String| uses.get(value.as_str()) == Some(&1);
        let named = names_among(members, &listed);
        let values = members.iter().zip(mapped).zip(&listed).enumerate();
        values
            .map(|(index, ((member, mapped), listed))| {
                if !mapped.is_empty() {
                    return mapped;
                }
                if !listed.is_empty() && listed.iter().all(is_own) {
                    return listed.clone();
                }
                let name = member.component();
                let spelt =
                    |value: &&String| name.is_some_and(|name| letters(name) == letters(value));
                let named = named.as_ref().and_then(|named| named.get(index));
                let value = named.or_else(|| listed.iter().find(spelt)).or(name);
                value.into_iter().cloned().collect()
            })
            .collect()
    }

    /// A discriminator that all members inherit.
    fn inherited_tag(&self, members: &[Member<'f>]) -> Option<Tag> {
        let (first, rest) = members.split_first()?;
        let discriminator = self.discriminator_of(first.schema)?;
        let is_shared = rest.iter().all(|member| {
            let theirs = self.discriminator_of(member.schema);
            theirs.is_some_and(|theirs| theirs.pointer == discriminator.pointer)
        });
        if !is_shared {
            return None;
        }
        let property = discriminator.property_name.clone();
        let values = self.values_of(&property, Some(discriminator), members);
        are_apart(&values).then_some(Tag { property, values })
    }

    /// A property that tells by its values, where no discriminator is declared.
    fn implied_tag(&self, members: &[Member<'f>]) -> Option<Tag> {
        let candidates = self.candidates(members.first()?.schema, 0);
        let found = candidates.iter().find_map(|property| {
            let mut values = Vec::with_capacity(members.len());
            for member in members {
                values.push(self.listed_values(member.schema, property, 0));
                if values.last().is_none_or(Vec::is_empty) {
                    return None;
                }
            }
            are_apart(&values).then(|| Tag {
                property: property.clone(),
                values,
            })
        });
        found.or_else(|| self.named_tag(members, &candidates))
    }

    /// A property whose values are the members' names, one that names the type before any other.
    fn named_tag(&self, members: &[Member<'f>], candidates: &[String]) -> Option<Tag> {
        let place = |property: &str| NAMES_OF_TYPES.iter().position(|name| *name == property);
        let mut properties: Vec<&String> = candidates.iter().collect();
        properties.sort_by_key(|property| place(property).unwrap_or(usize::MAX));
        properties.into_iter().find_map(|property| {
            let listed: Vec<Vec<String>> = members
                .iter()
                .map(|member| self.listed_values(member.schema, property, 0))
                .collect();
            let values = names_among(members, &listed)?;
            Some(Tag {
                property: property.clone(),
                values: values.into_iter().map(|value| vec![value]).collect(),
            })
        })
    }

    /// The properties of a member that may tell it from others.
    fn candidates(&self, schema: &'f Schema, depth: usize) -> Vec<String> {
        let properties = self.properties_of(schema);
        if !properties.is_empty() || depth >= MAX_DEPTH {
            return properties.keys().map(|name| (*name).to_owned()).collect();
        }
        let members = self.union_members(schema);
        let first = members.first();
        first.map_or(Vec::new(), |first| self.candidates(first.schema, depth + 1))
    }

    /// The texts and whole numbers that a member lists as the values of one of its properties; those of all its own members, where it
    /// is a union.
    fn listed_values(&self, schema: &'f Schema, property: &str, depth: usize) -> Vec<String> {
        let properties: IndexMap<&str, SchemaRef<'f>> = self.properties_of(schema);
        let found = properties.get(property);
        if let Some(schema) = found.and_then(|property| self.behind(*property)) {
            return self.values_in(schema, 0);
        }
        let members = self.union_members(schema);
        if members.len() < 2 || depth >= MAX_DEPTH {
            return Vec::new();
        }
        let mut values = Vec::new();
        for member in members {
            let inner = self.listed_values(member.schema, property, depth + 1);
            if inner.is_empty() {
                return inner;
            }
            values.extend(inner);
        }
        values
    }

    /// The values that a schema lists, itself, in a member of `allOf`, or in every member of a union.
    fn values_in(&self, schema: &'f Schema, depth: usize) -> Vec<String> {
        let own: Vec<String> = keywords::values(schema).filter_map(tag_text).collect();
        if !own.is_empty() || depth >= MAX_DEPTH {
            return own;
        }
        let behind = |used| self.facts.schemas.of(used);
        let mut parts = schema.all_of.iter().filter_map(behind);
        let found = parts.find_map(|part| {
            let values = self.values_in(part, depth + 1);
            (!values.is_empty()).then_some(values)
        });
        if let Some(found) = found {
            return found;
        }
        let mut values = Vec::new();
        for member in self.union_members(schema) {
            let inner = self.values_in(member.schema, depth + 1);
            if inner.is_empty() {
                return inner;
            }
            values.extend(inner);
        }
        values
    }
}

/// A value as the text that a tag is compared as.
fn tag_text(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) if number.is_i64() => Some(number.to_string()),
        _ => None,
    }
}

/// Whether a member may be an object: nothing says that it is a text, a number or a list.
fn may_be_object(member: &Member<'_>) -> bool {
    let ty = member.schema.ty;
    ty.is_none_or(|ty| ty == SchemaType::Object) && !keywords::lists_values(member.schema)
}

/// Whether each has values, and no two have one in common.
fn are_apart(values: &[Vec<String>]) -> bool {
    let mut seen = HashMap::new();
    let mut apart = values.iter().enumerate().map(|(index, values)| {
        let mut own = values.iter();
        !values.is_empty() && own.all(|value| *seen.entry(value).or_insert(index) == index)
    });
    apart.all(|apart| apart)
}

/// The value of each member that is its name, perhaps with something before and after it that all names have: `IdentityDocument` and
/// `RoleDocument` are `identity` and `role`. `None` unless each has one of its own.
fn names_among(members: &[Member<'_>], listed: &[Vec<String>]) -> Option<Vec<String>> {
    let names: Option<Vec<String>> = members
        .iter()
        .map(|member| {
            Some(letters(
                member.component().or(member.schema.title.as_ref())?,
            ))
        })
        .collect();
    let names = names?;
    let (first, values) = (names.first()?, listed.first()?);
    let affixes = values.iter().filter_map(|value| {
        let value = letters(value);
        let (before, after) = first.split_once(&value).filter(|_| !value.is_empty())?;
        Some((before.to_owned(), after.to_owned()))
    });
    let mut found = affixes.filter_map(|(before, after)| {
        let values = names.iter().zip(listed).map(|(name, listed)| {
            let core = name.strip_prefix(&before)?.strip_suffix(&after)?;
            let mut listed = listed.iter();
            listed.find(|value| letters(value) == core).cloned()
        });
        let values = values.collect::<Option<Vec<String>>>()?;
        let single: Vec<Vec<String>> = values.iter().map(|value| vec![value.clone()]).collect();
        are_apart(&single).then_some(values)
    });
    found.next()
}

/// The letters and digits of a name, in lower case.
fn letters(name: &str) -> String {
    let letters = name.chars().filter(|c| c.is_alphanumeric());
    letters.flat_map(char::to_lowercase).collect()
}

/// The values that the mapping gives to a member.
pub(super) fn mapped_values(discriminator: &Discriminator, member: &Member<'_>) -> Vec<String> {
    let Some(component) = &member.schema.component else {
        return Vec::new();
    };
    let means = |target: &str| {
        let name = target.strip_prefix("#/components/schemas/");
        target == component || name.is_some_and(|name| pointer::unescape(name) == *component)
    };
    let mapping = discriminator.mapping.iter();
    mapping
        .filter(|(_, target)| means(target))
        .map(|(value, _)| value.clone())
        .collect()
}
