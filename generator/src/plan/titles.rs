//! Takes the facts, gives the inline schemas that are called by their `title`: where it is a type's name already, and says which type.
//!
//! Most titles are prose, or the name of a property again, and tools put one title on many schemas. So a title is a name only where
//! it is a word in UpperCamelCase of at least two words, no component has the name, and all inline schemas of this title look alike.

use super::common_name::words;
use crate::facts::{Document, Schema, SchemaId};
use std::collections::{HashMap, HashSet};

/// The inline schemas that are called by their `title`.
#[derive(Debug, Default)]
pub(super) struct Titles(HashSet<SchemaId>);

impl Titles {
    /// Finds them.
    pub(super) fn find(facts: &Document) -> Self {
        let components = facts.components.schemas.keys();
        let components: HashSet<String> = components.map(|name| letters(name)).collect();
        let mut by_title: HashMap<String, Vec<&Schema>> = HashMap::new();
        for (_, schema) in facts.schemas.iter() {
            let title = schema.title.as_deref().filter(|title| is_type_name(title));
            if let (None, Some(title), true) = (&schema.component, title, is_type(schema)) {
                by_title.entry(letters(title)).or_default().push(schema);
            }
        }
        by_title.retain(|title, schemas| {
            let mut pairs = schemas.iter().zip(schemas.iter().skip(1));
            !components.contains(title) && pairs.all(|(one, other)| look_alike(one, other))
        });
        Self(
            by_title
                .values()
                .flatten()
                .map(|schema| schema.id)
                .collect(),
        )
    }

    /// The title of a schema, where it is called by it.
    pub(super) fn of<'f>(&self, schema: &'f Schema) -> Option<&'f str> {
        let title = schema.title.as_deref();
        title.filter(|_| self.0.contains(&schema.id))
    }
}

/// Whether a text is the name of a type: at least two words in UpperCamelCase, and no number at the end, by which tools tell apart what
/// they cannot name.
fn is_type_name(title: &str) -> bool {
    title.starts_with(|c: char| c.is_ascii_uppercase())
        && title.ends_with(|c: char| c.is_ascii_alphabetic())
        && title.chars().all(|c| c.is_ascii_alphanumeric())
        && title.contains(|c: char| c.is_ascii_lowercase())
        && words(title).len() > 1
}

/// Whether a schema makes a type that wants a name, as lists, maps and plain scalars do not.
fn is_type(schema: &Schema) -> bool {
    let members = [&schema.one_of, &schema.any_of, &schema.all_of];
    schema.items.is_none()
        && (!schema.enum_values.is_empty()
            || !schema.properties.is_empty()
            || members.iter().any(|members| !members.is_empty()))
}

/// Whether two schemas may be the same type, by what is seen at a glance; whether they are is known when they are planned.
fn look_alike(one: &Schema, other: &Schema) -> bool {
    let members = |schema: &Schema| {
        [
            schema.one_of.len(),
            schema.any_of.len(),
            schema.all_of.len(),
        ]
    };
    one.title == other.title
        && one.ty == other.ty
        && one.enum_values == other.enum_values
        && one.properties.keys().eq(other.properties.keys())
        && members(one) == members(other)
}

/// A name without what a case makes of it.
fn letters(name: &str) -> String {
    let letters = name.chars().filter(|c| c.is_alphanumeric());
    letters.flat_map(char::to_lowercase).collect()
}

#[cfg(test)]
mod tests {
    use super::is_type_name;

    #[test]
    fn a_title_is_a_name_where_it_is_one_word_of_at_least_two() {
        for name in [
            "OwnerReferenceKind",
            "MfaMethod",
            "V1UserListField",
            "SODPolicy",
        ] {
            assert!(is_type_name(name), "{name}");
        }
        for title in [
            "",
            "Status",
            "STATUS",
            "The status",
            "Owner Reference",
            "ownerReference",
            "InlineResponse200",
            "Owner_Reference",
            "Größe",
            "Owner.Reference",
        ] {
            assert!(!is_type_name(title), "{title}");
        }
    }
}
