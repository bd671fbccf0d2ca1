//! The property that distinguishes the members of a union: the one that `discriminator` names, or one whose values no two members share.

use super::super::Planning;
use super::keywords;
use super::unions::Member;
use crate::facts::{Discriminator, Schema};
use crate::pointer;
use std::collections::HashSet;

/// How the members of a union are distinguished: the property, and its values for each member.
pub(super) struct Tag {
    pub(super) property: String,
    pub(super) values: Vec<Vec<String>>,
}

impl<'f> Planning<'f> {
    pub(super) fn find_tag(&self, schema: &'f Schema, members: &[Member<'f>]) -> Option<Tag> {
        if members.len() < 2 {
            return None;
        }
        let Some(discriminator) = &schema.discriminator else {
            return self.implied_tag(members);
        };
        let property = discriminator.property_name.clone();
        let values = members.iter().map(|member| {
            let mapped = mapped_values(discriminator, member);
            if !mapped.is_empty() {
                return mapped;
            }
            let listed = self.listed_values(member, &property);
            if !listed.is_empty() {
                return listed;
            }
            // OpenAPI 3.0.3, 4.7.25: without a mapping, the value is the component's name.
            member.component().into_iter().cloned().collect()
        });
        Some(Tag {
            values: values.collect(),
            property,
        })
    }

    fn implied_tag(&self, members: &[Member<'f>]) -> Option<Tag> {
        let first = members.first()?;
        let candidates = self.properties_of(first.schema);
        candidates.keys().find_map(|property| {
            let values: Vec<Vec<String>> = members
                .iter()
                .map(|member| self.listed_values(member, property))
                .collect();
            let mut seen = HashSet::new();
            let apart = values
                .iter()
                .all(|values| !values.is_empty() && values.iter().all(|value| seen.insert(value)));
            apart.then(|| Tag {
                property: (*property).to_owned(),
                values: values.clone(),
            })
        })
    }

    /// The texts that a member lists as the values of one of its properties.
    fn listed_values(&self, member: &Member<'f>, property: &str) -> Vec<String> {
        let properties = self.properties_of(member.schema);
        let schema = properties
            .get(property)
            .and_then(|property| self.behind(*property));
        let values = schema.into_iter().flat_map(keywords::values);
        values
            .filter_map(|value| value.as_str().map(str::to_owned))
            .collect()
    }
}

/// The values that the mapping gives to a member.
fn mapped_values(discriminator: &Discriminator, member: &Member<'_>) -> Vec<String> {
    let Some(component) = member.component() else {
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
